// What every screen stands in: colours, type, shapes, and the words around what the views say.

package mobile.companion.ui.theme

import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Shapes
import androidx.compose.material3.Typography
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.remember
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.unit.dp
import mobile.companion.FrameView
import mobile.companion.Labels

/** The words of buttons, fields and headings; they do not change while the core is open. */
val LocalLabels = staticCompositionLocalOf<Labels> { error("no labels outside CompanionTheme") }

/** Colours that Material 3 has no name for. */
val LocalMoreColours = staticCompositionLocalOf<MoreColours> { error("no colours outside CompanionTheme") }

private val shapes = Shapes(
    small = RoundedCornerShape(8.dp),
    medium = RoundedCornerShape(12.dp),
    large = RoundedCornerShape(20.dp),
)

/**
 * Draws [content] in the operator's colours by day or in the [dark].
 *
 * @param font the family of all text; the phone's own where none is given.
 */
@Composable
fun CompanionTheme(
    frame: FrameView,
    labels: Labels,
    dark: Boolean,
    font: FontFamily = FontFamily.Default,
    content: @Composable () -> Unit,
) {
    val palette = if (dark) frame.dark else frame.light
    val scheme = remember(palette, dark) { palette.scheme(dark) }
    val more = remember(palette) { palette.moreColours() }
    val type = remember(font) { Typography().inFont(font) }
    CompositionLocalProvider(LocalLabels provides labels, LocalMoreColours provides more) {
        MaterialTheme(scheme, shapes, type, content)
    }
}

private fun Typography.inFont(font: FontFamily) = Typography(
    displayLarge = displayLarge.copy(fontFamily = font),
    displayMedium = displayMedium.copy(fontFamily = font),
    displaySmall = displaySmall.copy(fontFamily = font),
    headlineLarge = headlineLarge.copy(fontFamily = font),
    headlineMedium = headlineMedium.copy(fontFamily = font),
    headlineSmall = headlineSmall.copy(fontFamily = font),
    titleLarge = titleLarge.copy(fontFamily = font),
    titleMedium = titleMedium.copy(fontFamily = font),
    titleSmall = titleSmall.copy(fontFamily = font),
    bodyLarge = bodyLarge.copy(fontFamily = font),
    bodyMedium = bodyMedium.copy(fontFamily = font),
    bodySmall = bodySmall.copy(fontFamily = font),
    labelLarge = labelLarge.copy(fontFamily = font),
    labelMedium = labelMedium.copy(fontFamily = font),
    labelSmall = labelSmall.copy(fontFamily = font),
)
