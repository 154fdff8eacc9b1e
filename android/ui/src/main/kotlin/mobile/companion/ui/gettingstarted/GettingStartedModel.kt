// What the screens of getting started call, done by the core.

package mobile.companion.ui.gettingstarted

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.withContext
import mobile.companion.EsimCodeView
import mobile.companion.EsimFieldView
import mobile.companion.EsimHandoverView
import mobile.companion.PreparedRequest
import mobile.companion.RequestKind
import mobile.companion.refresh
import mobile.companion.ui.model.AppModel
import mobile.companion.ui.model.Reply

internal class GettingStartedModel(private val app: AppModel) : GettingStartedActions {
    private val room = app.core.activation()
    private val atHand = MutableStateFlow<EsimCodeView?>(null)
    private val ways = MutableStateFlow<EsimHandoverView?>(null)

    /** The code at hand, without its secrets. */
    val code: StateFlow<EsimCodeView?> = atHand.asStateFlow()

    /** How it gets into this phone, once asked for. */
    val handover: StateFlow<EsimHandoverView?> = ways.asStateFlow()

    override fun refresh() {
        app.ask { room.refresh() }
    }

    override fun remedy() = app.mend(app.activation.value.notice) { room.refresh() }

    override fun tell(lineId: String, answerId: String) {
        app.act { room.tell(lineId, answerId) }
    }

    override fun ask(kind: RequestKind) = app.write(kind)

    override fun claim(letter: PreparedRequest) = app.write(letter)

    override fun scan() = app.hand { device -> device.scan { readCode(it, null) } }

    override fun readCode(text: String, reply: Reply?) {
        app.act(reply) { atHand.value = room.readCode(text, null) }
    }

    override fun pasted() = app.device.pasted()

    override val pasteLabel get() = app.device.pasteLabel

    override fun fetchCode(simId: String) {
        app.act { atHand.value = room.fetchCode(simId, null) }
    }

    override fun confirm(code: String, reply: Reply?) {
        app.act(reply) {
            atHand.value = room.setConfirmationCode(code)
            // It held the one before.
            ways.value = null
        }
    }

    override fun install() {
        app.act {
            val (phone, readiness) = withContext(Dispatchers.IO) { app.device.esim() }
            ways.value = room.handover(phone, readiness)
        }
    }

    override fun openLink(link: String) = app.hand { it.openLink(link) }

    override fun copy(field: EsimFieldView) = app.device.copy(field.value, field.isSecret)

    internal suspend fun refreshIfDue() = room.refreshIfDue(null)

    /** The screen of the eSIM was left. */
    internal fun left() {
        ways.value = null
    }

    internal suspend fun entered() {
        val before = atHand.value
        app.quietly {
            val kept = room.esimCode()
            // What was read meanwhile is newer.
            atHand.compareAndSet(before, kept)
        }
    }
}
