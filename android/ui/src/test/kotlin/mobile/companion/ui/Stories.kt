// What happened before a screen looks as it does in a picture.

package mobile.companion.ui

import mobile.companion.PreferenceChannel
import mobile.companion.Problem
import mobile.companion.SimSecretKind
import mobile.companion.SwitchPhase

/** So much later, without a network. */
internal suspend fun Handset.later(seconds: Long) {
    phone.clock.advance(seconds)
    cutOff()
    askUsage()
}

/** A switch was turned without a network. */
internal suspend fun Handset.turnOffline() {
    cutOff()
    val switches = { core.preferences().state().lines.flatMap { it.topics }.flatMap { it.switches } }
    val sms = switches().first { it.channel == PreferenceChannel.SMS && it.canChange }
    core.preferences().set(sms.preferenceId, false)
    while (switches().none { it.phase == SwitchPhase.WAITING }) Thread.sleep(20)
}

/** The operator ended the session. */
internal suspend fun Handset.endSession() {
    sandbox.endSessions("emma")
    phone.clock.advance(2 * 3_600)
    askUsage()
}

/** So many steps of the walk, each with its main answer; or as far as it goes. */
internal suspend fun Handset.walk(steps: Int) {
    val room = core.wifiCalling()
    repeat(steps) {
        val view = room.state()
        val step = view.step
        if (view.works != null || step == null) return
        room.answer(step.id, step.answers.first().id)
    }
}

/** The PUK is on the screen. */
internal suspend fun Handset.revealPuk() {
    core.activation().reveal(core.activation().state().sims.first().id, SimSecretKind.PUK, null)
}

/** The code of an eSIM came with the post. */
internal suspend fun Handset.readCode() {
    core.activation().readCode("LPA:1\$smdp.example.com\$0123-ABCD-4567", null)
}

/** The latest invoice. */
internal fun Handset.document(): String = core.invoices().state().rows.firstNotNullOf { it.invoiceId }

private suspend fun Handset.askUsage() {
    try {
        core.usage().refresh(null)
    } catch (_: Problem) {
        // The view says it.
    }
}
