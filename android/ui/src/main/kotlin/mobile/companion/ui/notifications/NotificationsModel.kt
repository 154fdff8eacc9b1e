// What the notifications screen calls, done by the core.

package mobile.companion.ui.notifications

import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import mobile.companion.NotificationPermission
import mobile.companion.OwnThreshold
import mobile.companion.Problem
import mobile.companion.ReachFix
import mobile.companion.TypedThreshold
import mobile.companion.refresh
import mobile.companion.ui.model.AppModel
import mobile.companion.ui.model.Device
import mobile.companion.ui.model.Reply

internal class NotificationsModel(private val app: AppModel) : NotificationsActions {
    private val preferences = app.core.preferences()
    private val alerts = app.core.alerts()
    private val changing = Mutex()

    override fun refresh() {
        app.ask { preferences.refresh() }
    }

    override fun remedy() = app.mend(app.preferences.value.notice) { preferences.refresh() }

    override fun turn(preferenceId: String, on: Boolean) {
        app.act { preferences.set(preferenceId, on) }
    }

    override fun chooseThreshold(preferenceId: String, percent: String, reply: Reply?) {
        app.act(reply) { preferences.setThreshold(preferenceId, percent) }
    }

    override fun keepMine(preferenceId: String) {
        app.act { preferences.keepMine(preferenceId) }
    }

    override fun keepTheirs(preferenceId: String) {
        app.act { preferences.keepTheirs(preferenceId) }
    }

    override fun mend(fix: ReachFix) = when (fix) {
        ReachFix.ASK_PERMISSION -> app.device.askNotificationPermission()
        ReachFix.OPEN_SETTINGS -> app.hand(Device::openNotificationSettings)
        ReachFix.REGISTER_PUSH -> app.device.registerPush()
    }

    override fun canMend(fix: ReachFix) = fix != ReachFix.REGISTER_PUSH || app.device.hasMessaging

    override fun add(threshold: TypedThreshold, reply: Reply?) = change(threshold, reply) { it }

    override fun remove(threshold: OwnThreshold) = change { it - threshold }

    override fun setQuietHours(fromMinute: Int, toMinute: Int) {
        app.act { alerts.setQuietHours(fromMinute.toUShort(), toMinute.toUShort()) }
    }

    override fun tryOne() {
        app.act {
            when (app.device.permission()) {
                NotificationPermission.GRANTED -> app.device.post(alerts.tryOne())
                NotificationPermission.NOT_ASKED -> app.device.askNotificationPermission()
                NotificationPermission.DENIED -> throw Problem.Unexpected(NOTIFICATIONS_OFF)
            }
        }
    }

    /** One change after the other: each begins with what the one before left. */
    private fun change(
        typed: TypedThreshold? = null,
        reply: Reply? = null,
        change: (List<OwnThreshold>) -> List<OwnThreshold>,
    ) {
        app.act(reply) {
            changing.withLock { alerts.setOwnThresholds(change(alerts.state().own.map { it.threshold }), typed) }
        }
    }

    private companion object {
        /** The phone would drop it. */
        const val NOTIFICATIONS_OFF = "notifications_off"
    }
}
