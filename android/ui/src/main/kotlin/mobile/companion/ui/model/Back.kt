// What going back does, by gesture, button or key: one rule for every phone and window.

package mobile.companion.ui.model

import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.stateIn
import mobile.companion.Place
import mobile.companion.ui.navigation.Route
import mobile.companion.ui.navigation.needsNobody

/** Going back. Main thread only. */
class Back internal constructor(private val app: AppModel) {
    private val changes =
        listOf(app.stack, app.letter, app.lock, app.session, app.wifiCalling, app.signIn.question, app.signIn.splitBill)

    /** Whether there is something to go back from; else going back leaves the app. */
    val isOffered: StateFlow<Boolean> =
        combine(changes) { step() != null }.stateIn(app.scope, SharingStarted.Eagerly, step() != null)

    /** Goes back. False: there was nothing to go back from. */
    fun go(): Boolean {
        val step = step() ?: return false
        step()
        return true
    }

    /** What covers the others goes first; nothing happens behind a lock. */
    private fun step(): (() -> Unit)? = when {
        app.lock.value.locked -> null
        app.letter.value != null -> app::closeLetter
        app.signIn.question.value != null -> app.signIn::dismissInvitation
        app.session.value.asksToSignIn -> outside()
        walks() -> app.rooms.wifiCalling::stepBack
        app.stack.value.canGoBack -> app::back
        else -> null
    }

    private fun outside(): (() -> Unit)? = when {
        app.stack.value.top.needsNobody -> app::back
        app.signIn.splitBill.value -> ({ app.signIn.openSplitBill(false) })
        else -> null
    }

    private fun walks() = app.stack.value.top == Route.At(Place.WIFI_CALLING) && app.wifiCalling.value.canGoBack
}
