package mobile.companion.platform.notifications

import mobile.companion.LinePreferencesView
import mobile.companion.NotificationPermission.DENIED
import mobile.companion.NotificationPermission.GRANTED
import mobile.companion.NotificationPermission.NOT_ASKED
import mobile.companion.PreferenceChannel
import mobile.companion.PreferenceSwitchView
import mobile.companion.PreferenceTopic
import mobile.companion.PreferenceTopicView
import mobile.companion.PreferencesPhase
import mobile.companion.PreferencesView
import mobile.companion.SpokenText
import mobile.companion.SwitchPhase
import org.junit.jupiter.api.Test
import kotlin.test.assertEquals

class NotificationsTest {
    @Test
    fun `there is a channel for each topic that comes to this phone, once, and always one for the app's own alerts`() {
        val bills = topic(PreferenceTopic.BILL_READY, "Facture", PreferenceChannel.PUSH, PreferenceChannel.EMAIL)
        val roaming = topic(PreferenceTopic.ROAMING, "Itinérance", PreferenceChannel.SMS)
        val usage = topic(PreferenceTopic.USAGE_THRESHOLD, "Consommation", PreferenceChannel.PUSH)
        val own = Channel("topic.usage_threshold", "Usage")

        assertEquals(listOf(own), channels(view(), "Usage"))
        assertEquals(listOf(own, Channel("topic.bill_ready", "Facture")), channels(view(listOf(bills, roaming)), "Usage"))
        assertEquals(
            listOf(Channel("topic.bill_ready", "Facture"), Channel("topic.usage_threshold", "Consommation")),
            channels(view(listOf(bills, usage), listOf(bills)), "Usage"),
        )
    }

    @Test
    fun `a channel's id is what it always was`() {
        val ids = PreferenceTopic.entries.map(::channelId)
        val expected = listOf(
            "usage_threshold", "out_of_bundle", "bill_ready", "payment", "order_status", "wifi_calling", "roaming",
            "marketing", "other",
        )
        assertEquals(expected.map { "topic.$it" }, ids)
    }

    @Test
    fun `a no counts only once the person was asked, where the phone asks at all`() {
        val vectors = listOf(
            Triple(true, true, false) to GRANTED,
            Triple(true, false, false) to GRANTED,
            Triple(false, true, false) to NOT_ASKED,
            Triple(false, true, true) to DENIED,
            Triple(false, false, false) to DENIED,
        )
        for ((case, expected) in vectors) {
            val (enabled, asks, wasAsked) = case
            assertEquals(expected, notificationSettings(enabled, asks, wasAsked, emptySet()).permission, "$case")
        }
    }

    @Test
    fun `a channel that is switched off is its topic's, and one of another app is nobody's`() {
        val off = setOf("topic.bill_ready", "something.else")
        val settings = notificationSettings(enabled = true, asks = true, wasAsked = true, channelsOff = off)
        assertEquals(listOf(PreferenceTopic.BILL_READY), settings.topicsOff)
    }

    private fun view(vararg lines: List<PreferenceTopicView>) = PreferencesView(
        revision = 1u,
        phase = PreferencesPhase.LOADED,
        refreshing = false,
        notice = null,
        waiting = 0u,
        lines = lines.map { LinePreferencesView(lineId = "1", label = said("1"), topics = it) },
    )

    private fun topic(topic: PreferenceTopic, title: String, vararg channels: PreferenceChannel) =
        PreferenceTopicView(topic, said(title), channels.map(::switch), note = null)

    private fun switch(channel: PreferenceChannel) = PreferenceSwitchView(
        preferenceId = "1",
        channel = channel,
        title = said(channel.name),
        on = true,
        thresholdPercent = null,
        canChange = true,
        phase = SwitchPhase.CONFIRMED,
        dismissLabel = null,
        status = null,
        pendingSinceMs = null,
        conflict = null,
        reach = null,
    )

    private fun said(text: String) = SpokenText(text, text)
}
