package mobile.companion.platform.phone

import org.junit.jupiter.api.Test
import kotlin.test.assertEquals

class SkinTest {
    @Test
    fun `each maker's property gives its skin and version, as they are written`() {
        val vectors = listOf(
            Triple("samsung", mapOf("ro.build.version.oneui" to "60101"), Skin("One UI", "60101")),
            Triple("Xiaomi", mapOf("ro.miui.ui.version.name" to "V140"), Skin("MIUI", "V140")),
            Triple(
                "Xiaomi",
                mapOf("ro.miui.ui.version.name" to "V816", "ro.mi.os.version.name" to "OS2.0"),
                Skin("HyperOS", "OS2.0"),
            ),
            Triple("OPPO", mapOf("ro.build.version.oplusrom" to "V14.0.0"), Skin("ColorOS", "V14.0.0")),
            Triple("realme", mapOf("ro.build.version.oplusrom" to "V13.1"), Skin("realme UI", "V13.1")),
            Triple("OnePlus", mapOf("ro.build.version.oplusrom" to "V15.0.0"), Skin("OxygenOS", "V15.0.0")),
            Triple("HUAWEI", mapOf("ro.build.version.emui" to "EmotionUI_12.0.0"), Skin("EMUI", "EmotionUI_12.0.0")),
            Triple("HONOR", mapOf("ro.build.version.magic" to " 8.0 "), Skin("MagicOS", "8.0")),
            // A property that is not there is printed as an empty line.
            Triple("google", mapOf("ro.build.version.oneui" to ""), null),
            Triple("google", emptyMap(), null),
        )
        for ((brand, properties, expected) in vectors) assertEquals(expected, skin(brand, properties::get), brand)
    }

    @Test
    fun `properties are read as the command prints them`() {
        val printed = sequenceOf(
            "[ro.build.version.oneui]: [60101]",
            "[ro.empty]: []",
            "[ro.brackets]: [a]: [b]]",
            "[persist.long]: [begins",
            "and ends]",
            "nonsense",
        )
        val expected = mapOf("ro.build.version.oneui" to "60101", "ro.empty" to "", "ro.brackets" to "a]: [b]")
        assertEquals(expected, properties(printed))
    }
}
