package mobile.companion.platform.intents

import mobile.companion.IntentView
import org.junit.jupiter.api.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertTrue

class LinksTest {
    @Test
    fun `ways are tried in their order until one opens, and only pages of settings and calls`() {
        val actions = listOf(
            "android.intent.action.CALL",
            "android.settings.WIFI_CALLING_SETTINGS",
            "com.samsung.android.unifiedwfc.LAUNCH_UNIFIED_WFC",
            "com.samsung.android.app.telephonyui.action.OPEN_CALL_SETTINGS",
            "android.telecom.action.SHOW_CALL_SETTINGS",
            "android.settings.SETTINGS",
        )
        val intents = actions.map { IntentView(it, null, withSubscription = false) }
        val tried = mutableListOf<String>()
        assertTrue(firstThatOpens(intents) { it.action == actions[4].also { _ -> tried += it.action } })
        assertEquals(actions.subList(1, 5), tried)
        tried.clear()
        assertFalse(firstThatOpens(intents) { false.also { _ -> tried += it.action } })
        assertEquals(actions.drop(1), tried)
    }

    @Test
    fun `a link goes to the app that its scheme belongs to, and an unknown one to none`() {
        val vectors = mapOf(
            "tel:+3280012345" to Way.DIAL,
            "TEL:1900" to Way.DIAL,
            "mailto:help@operator.example?subject=a" to Way.MAIL,
            "https://operator.example/help" to Way.PAGE,
            "https://esimsetup.android.com/esim_qrcode_provisioning?carddata=LPA:1\$a\$b" to Way.ESIM,
            "http://operator.example/" to Way.NONE,
            "intent://operator.example#Intent;end" to Way.NONE,
            "file:///data/data" to Way.NONE,
            "tel" to Way.NONE,
            "" to Way.NONE,
        )
        for ((link, expected) in vectors) assertEquals(expected, wayOf(link), link)
    }

    @Test
    fun `what an intent asks is done once, and not again from the recent apps`() {
        val fromLink = 0x1400_0000
        val fromRecents = 0x0010_0000
        assertTrue(isWantedNow(fromLink, isRestored = false))
        assertTrue(isWantedNow(0, isRestored = false))
        assertFalse(isWantedNow(fromLink, isRestored = true), "the phone was turned")
        assertFalse(isWantedNow(fromLink or fromRecents, isRestored = false), "the task began with a link of long ago")
        assertFalse(isWantedNow(fromRecents, isRestored = true))
    }

    @Test
    fun `only Android's own link for an eSIM counts as one`() {
        val vectors = mapOf(
            "https://esimsetup.android.com/esim_qrcode_provisioning?carddata=LPA:1\$a\$b" to true,
            "http://esimsetup.android.com/esim_qrcode_provisioning?carddata=LPA:1\$a\$b" to false,
            "https://esimsetup.android.com.example/esim_qrcode_provisioning?carddata=x" to false,
            "https://esimsetup.android.com/esim_qrcode_provisioning.example/?carddata=x" to false,
            "intent://esimsetup.android.com" to false,
        )
        for ((link, expected) in vectors) assertEquals(expected, isSetupLink(link), link)
    }
}
