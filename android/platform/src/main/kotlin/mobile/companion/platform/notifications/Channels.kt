// The categories of notifications that a person can switch off one by one in the phone's settings.

package mobile.companion.platform.notifications

import mobile.companion.PreferenceChannel
import mobile.companion.PreferenceTopic
import mobile.companion.PreferencesView

/** A channel as the phone's settings show it. */
data class Channel(val id: String, val name: String)

/** The id of a topic's channel. It is the phone's memory of what the person chose, so it never changes. */
fun channelId(topic: PreferenceTopic): String = "topic.${topic.name.lowercase()}"

/** The channel of the alerts that this app makes itself. */
val ALERTS: String = channelId(PreferenceTopic.USAGE_THRESHOLD)

/**
 * The channels to have: that of the usage alerts, named [usage] until the operator's own name for it is known, and one for
 * each topic of which the operator notifies this phone.
 */
fun channels(view: PreferencesView, usage: String): List<Channel> {
    val topics = view.lines
        .flatMap { it.topics }
        .filter { topic -> topic.switches.any { it.channel == PreferenceChannel.PUSH } }
        .distinctBy { it.topic }
        .map { Channel(channelId(it.topic), it.title.text) }
    return if (topics.any { it.id == ALERTS }) topics else listOf(Channel(ALERTS, usage)) + topics
}
