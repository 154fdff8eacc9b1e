package mobile.companion.platform.notifications

import android.app.Notification
import android.app.NotificationChannel
import android.app.NotificationManager
import android.app.PendingIntent
import android.content.Context
import android.os.Build
import mobile.companion.Alert
import mobile.companion.NotificationSettings
import mobile.companion.PreferencesView

/**
 * This app's notifications. [icon] is the small picture of the status bar, white on nothing.
 */
class Notifications(private val context: Context, private val icon: Int) {
    private val manager = context.getSystemService(NotificationManager::class.java)
    private val kept = context.getSharedPreferences("notifications", Context.MODE_PRIVATE)

    /** Makes the channels, or names them anew. What the person chose for one stays. */
    fun prepare(view: PreferencesView, usage: String) {
        val channels = channels(view, usage).map {
            NotificationChannel(it.id, it.name, NotificationManager.IMPORTANCE_DEFAULT).apply {
                lockscreenVisibility = Notification.VISIBILITY_PRIVATE
            }
        }
        manager.createNotificationChannels(channels)
    }

    /** Posts an alert, in place of an earlier one of the same id. [open] is what a tap opens. */
    fun post(alert: Alert, open: PendingIntent) {
        val whole = builder(alert.lockScreen)
            .setContentTitle(alert.title)
            .setContentText(alert.body)
            .setStyle(Notification.BigTextStyle().bigText(alert.body))
            .setTicker(alert.spoken)
            .setContentIntent(open)
            .setAutoCancel(true)
            .setOnlyAlertOnce(true)
            .setVisibility(Notification.VISIBILITY_PRIVATE)
            .setPublicVersion(builder(alert.lockScreen).build())
            .build()
        manager.notify(alert.id, ALERT, whole)
    }

    /** Takes back every notification: whoever signed out is not told of any more. */
    fun clear() = manager.cancelAll()

    /** The person is being asked whether this app may notify; from now on a no is a no. */
    fun asked() = kept.edit().putBoolean(WAS_ASKED, true).apply()

    /** Whether the phone lets any through. */
    fun areOn(): Boolean = manager.areNotificationsEnabled()

    /** What the phone's settings let through now. Tell the core whenever the app comes to the front. */
    fun settings(): NotificationSettings = notificationSettings(
        enabled = manager.areNotificationsEnabled(),
        asks = Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU,
        wasAsked = kept.getBoolean(WAS_ASKED, false),
        channelsOff = manager.notificationChannels
            .filter { it.importance == NotificationManager.IMPORTANCE_NONE }
            .map { it.id }
            .toSet(),
    )

    private fun builder(title: String) = Notification.Builder(context, ALERTS).setSmallIcon(icon).setContentTitle(title)

    private companion object {
        const val WAS_ASKED = "wasAsked"

        /** The alert's own id is the tag, which tells alerts apart. */
        const val ALERT = 1
    }
}
