// What the Wi-Fi calling screen calls, done by the core.

package mobile.companion.ui.wificalling

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import mobile.companion.PathView
import mobile.companion.RequestKind
import mobile.companion.check
import mobile.companion.refresh
import mobile.companion.switchOn
import mobile.companion.ui.model.AppModel
import mobile.companion.ui.model.Reply

internal class WifiCallingModel(private val app: AppModel) : WifiCallingActions {
    private val room = app.core.wifiCalling()

    override fun refresh() {
        app.ask { room.refresh() }
    }

    override fun remedy() = app.mend(app.wifiCalling.value.notice) { room.refresh() }

    override fun answer(stepId: String, answerId: String) {
        app.act { room.answer(stepId, answerId) }
    }

    override fun stepBack() {
        app.act { room.back() }
    }

    override fun switchOn() {
        app.act { room.switchOn() }
    }

    override fun check() {
        app.act { room.check() }
    }

    override fun namePlace(place: String, reply: Reply?) {
        app.act(reply) { room.namePlace(place) }
    }

    override fun report() {
        room.report()?.let { app.write(it) }
    }

    override fun askEmployer() = app.write(RequestKind.WIFI_CALLING)

    override fun openPath(path: PathView) = app.hand { it.openPath(path.intents) }

    /** Tells what the phone knows now; the step follows it. */
    internal suspend fun entered() {
        room.tell(withContext(Dispatchers.IO) { app.device.facts() })
        room.refreshIfDue(null)
    }
}
