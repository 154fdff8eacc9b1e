// What a phone's maker put over Android, by properties of the system that any app may read.

package mobile.companion.platform.phone

/** A skin as its maker writes it; what the version means is the core's to know. */
data class Skin(val name: String, val version: String)

/** The skin by the first property that says something; [property] gives null or a blank text for one that is not there. */
fun skin(brand: String, property: (String) -> String?): Skin? = SKINS.firstNotNullOfOrNull { (key, name) ->
    property(key)?.trim()?.takeIf { it.isNotEmpty() }?.let { Skin(name(brand.lowercase()), it) }
}

// HyperOS before MIUI: its phones still tell a version of MIUI, which counts on from 816.
private val SKINS: List<Pair<String, (brand: String) -> String>> = listOf(
    "ro.build.version.oneui" to { _ -> "One UI" },
    "ro.mi.os.version.name" to { _ -> "HyperOS" },
    "ro.miui.ui.version.name" to { _ -> "MIUI" },
    "ro.build.version.oplusrom" to ::oplus,
    "ro.build.version.opporom" to ::oplus,
    "ro.oxygen.version" to { _ -> "OxygenOS" },
    "ro.build.version.magic" to { _ -> "MagicOS" },
    "ro.build.version.emui" to { _ -> "EMUI" },
)

/** One base under three names. */
private fun oplus(brand: String) = when (brand) {
    "realme" -> "realme UI"
    "oneplus" -> "OxygenOS"
    else -> "ColorOS"
}
