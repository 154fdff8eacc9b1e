// What happened before a screen looks as it does in a picture.

package mobile.companion.ui

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import mobile.companion.CancelToken
import mobile.companion.DownloadProgress
import mobile.companion.DownloadState
import mobile.companion.NotificationPermission
import mobile.companion.NotificationSettings
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
    while (switches().none { it.phase == SwitchPhase.WAITING }) delay(20)
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

/** The latest invoice asks for money to another account than those before. */
internal val newPayee = "newPayee" to JsonPrimitive("2026-11-01")

/** The code of an eSIM came with the post. */
internal suspend fun Handset.readCode() {
    core.activation().readCode("LPA:1\$smdp.example.com\$0123-ABCD-4567", null)
}

/** Notifications were wanted, and then switched off in the phone's settings. */
internal suspend fun Handset.denyNotifications() {
    val switches = core.preferences().state().lines.flatMap { it.topics }.flatMap { it.switches }
    val push = switches.first { it.channel == PreferenceChannel.PUSH && it.canChange }
    core.preferences().set(push.preferenceId, true)
    core.preferences().refresh(null)
    core.preferences().setNotificationSettings(NotificationSettings(NotificationPermission.DENIED))
}

private val documents = "only" to JsonArray(listOf(JsonPrimitive("/documents")))

/** A download has begun, and nothing came yet. */
internal suspend fun Handset.beginDownload() {
    faults(documents, "latencyMs" to JsonPrimitive(60_000))
    val started = CoroutineScope(Dispatchers.Default).launch { tryDownload() }
    while (core.invoices().invoice(document())?.document !is DownloadState.Downloading) delay(20)
    check(started.isActive)
}

/** A download was left where it is, once some of it was here. */
internal suspend fun Handset.pauseDownload() {
    val slow = mapOf("paddingKib" to JsonPrimitive(300), "msPerKib" to JsonPrimitive(10))
    faults("documents" to JsonObject(slow))
    CancelToken().use { token ->
        val someOfIt = object : DownloadProgress {
            override fun moved(bytes: ULong, total: ULong?) {
                if (bytes > 100_000u) token.cancel()
            }
        }
        tryDownload(someOfIt, token)
    }
    while (core.invoices().invoice(document())?.document != DownloadState.Partly) delay(20)
}

/** A download is under way, and how long the whole is is known. */
internal suspend fun Handset.beginSlowDownload() {
    faults("documents" to JsonObject(mapOf("paddingKib" to JsonPrimitive(300), "msPerKib" to JsonPrimitive(60_000))))
    CoroutineScope(Dispatchers.Default).launch { tryDownload() }
    while ((core.invoices().invoice(document())?.document as? DownloadState.Downloading)?.total == null) delay(20)
}

private fun Handset.smsSwitch() = core.preferences().state().lines.flatMap { it.topics }.flatMap { it.switches }
    .first { it.channel == PreferenceChannel.SMS && it.canChange }

/** Two devices of the person chose differently. */
internal suspend fun Handset.chooseTwice() {
    sandbox.chooseElsewhere("emma", percent = 70)
    core.preferences().setThreshold(smsSwitch().preferenceId, "90")
    while (smsSwitch().phase != SwitchPhase.CONFLICT) delay(20)
}

/** The operator did not take what the person chose. */
internal suspend fun Handset.turnRefused() {
    faults("method" to JsonPrimitive("PATCH"), "status" to JsonPrimitive(403))
    core.preferences().set(smsSwitch().preferenceId, false)
    while (smsSwitch().phase != SwitchPhase.REFUSED) delay(20)
}

/** The legal day of the move has ended. */
internal suspend fun Handset.moveLate() {
    sandbox.activation("ines", "delayed")
    pass(2 * 86_400)
    core.activation().refresh(null)
}

/** Somebody else signs in, and waits for the person's decision. */
internal suspend fun Handset.signInAsWell(person: String) {
    try {
        phone.signIn(sandbox.person(person), sandbox)
    } catch (_: Problem) {
        check(core.session().state().otherAccount != null)
    }
}

private suspend fun Handset.tryDownload(progress: DownloadProgress? = null, token: CancelToken? = null) {
    try {
        core.invoices().download(document(), false, progress, token)
    } catch (_: Problem) {
        // The view says it.
    }
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
