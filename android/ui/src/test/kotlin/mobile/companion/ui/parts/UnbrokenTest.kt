package mobile.companion.ui.parts

import org.junit.jupiter.api.Test
import kotlin.test.assertEquals

class UnbrokenTest {
    @Test
    fun `no line ends after one or two letters, and long words still break at their hyphens`() {
        val vectors = listOf(
            "Wi-Fi" to "Wi-\u2060Fi",
            "Appels Wi-Fi" to "Appels Wi-\u2060Fi",
            "Wi-Fi-oproepen" to "Wi-\u2060Fi-oproepen",
            "WLAN-Telefonie" to "WLAN-Telefonie",
            "par e-mail" to "par e-\u2060mail",
            "5G-abonnement" to "5G-\u2060abonnement",
            "20-11-2026" to "20-11-2026",
            "LPA:1\$smdp.example.com\$0123-ABCD" to "LPA:1\$smdp.example.com\$0123-ABCD",
            "- a list" to "- a list",
            "" to "",
        )
        for ((text, drawn) in vectors) assertEquals(drawn, unbroken(text))
    }
}
