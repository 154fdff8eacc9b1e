// What the phone's settings let through, as the core is told it.

package mobile.companion.platform.notifications

import mobile.companion.NotificationPermission
import mobile.companion.NotificationSettings
import mobile.companion.PreferenceTopic

/**
 * The settings for `Preferences.setNotificationSettings`: whether notifications are [enabled], whether the person [wasAsked]
 * on a phone that asks ([asks]: Android 13 and later), and which channels are switched off.
 */
fun notificationSettings(
    enabled: Boolean,
    asks: Boolean,
    wasAsked: Boolean,
    channelsOff: Set<String>,
): NotificationSettings = NotificationSettings(
    permission = when {
        enabled -> NotificationPermission.GRANTED
        asks && !wasAsked -> NotificationPermission.NOT_ASKED
        else -> NotificationPermission.DENIED
    },
    topicsOff = PreferenceTopic.entries.filter { channelId(it) in channelsOff },
)
