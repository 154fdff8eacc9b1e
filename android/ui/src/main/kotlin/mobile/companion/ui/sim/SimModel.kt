// What the SIM screen calls, done by the core, which alone knows how long a secret may be seen.

package mobile.companion.ui.sim

import kotlinx.coroutines.Job
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import mobile.companion.SimSecretKind
import mobile.companion.SimSecretView
import mobile.companion.refresh
import mobile.companion.ui.model.AppModel

/** How often a shown secret is looked at anew: its seconds are counted down. */
private const val TICK_MS = 500L

internal class SimModel(private val app: AppModel) : SimActions {
    private val room = app.core.activation()
    private val onScreen = MutableStateFlow<SimSecretView?>(null)
    private val copied = MutableStateFlow(false)
    private var revealing: Job? = null

    /** What is on the screen now. While there is something, the screen must not be captured. */
    val secret: StateFlow<SimSecretView?> = onScreen.asStateFlow()

    /** Whether a copy of the shown PUK is on this phone. */
    val copy: StateFlow<Boolean> = copied.asStateFlow()

    override fun remedy() = app.mend(app.activation.value.notice) { room.refresh() }

    override fun reveal(simId: String, kind: SimSecretKind) {
        app.act {
            revealing = currentCoroutineContext()[Job]
            room.reveal(simId, kind, null)
            copied.value = room.offlineCopy(simId, null)
            while (true) {
                onScreen.value = room.shownSecret()
                if (onScreen.value == null) break
                delay(TICK_MS)
            }
        }
    }

    override fun hide() {
        // Also what the operator was asked for and did not bring yet.
        revealing?.cancel()
        conceal()
    }

    /** The app left the screen, which the phone's own prompt may do as well: what was asked for may still come. */
    internal fun conceal() {
        room.hide()
        onScreen.value = null
    }

    override fun keepCopy(simId: String, keep: Boolean) {
        app.act { copied.value = room.offlineCopy(simId, keep) }
    }

    override fun copy(secret: SimSecretView) = app.device.copy(secret.plain, secret = true)
}
