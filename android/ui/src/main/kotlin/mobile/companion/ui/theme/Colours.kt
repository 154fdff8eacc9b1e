// The core's palettes as Material 3 names them. No colour is chosen here.

package mobile.companion.ui.theme

import androidx.compose.material3.ColorScheme
import androidx.compose.material3.darkColorScheme
import androidx.compose.material3.lightColorScheme
import androidx.compose.runtime.Immutable
import androidx.compose.ui.graphics.Color
import mobile.companion.Palette

/** A ground and what stands on it. */
@Immutable
data class Ground(val ground: Color, val on: Color)

/** What Material 3 has no name for. */
@Immutable
data class MoreColours(val warning: Ground, val warningContainer: Ground, val track: Color)

internal fun Palette.moreColours() = MoreColours(
    warning = Ground(warning.colour(), onWarning.colour()),
    warningContainer = Ground(warningContainer.colour(), onWarningContainer.colour()),
    track = surfaceVariant.colour(),
)

/** The scheme of Material 3. Its third accent is the second colour: an operator has two. */
internal fun Palette.scheme(dark: Boolean): ColorScheme {
    val base = if (dark) darkColorScheme() else lightColorScheme()
    return base.copy(
        primary = primary.colour(),
        onPrimary = onPrimary.colour(),
        primaryContainer = primaryContainer.colour(),
        onPrimaryContainer = onPrimaryContainer.colour(),
        inversePrimary = primaryContainer.colour(),
        secondary = secondary.colour(),
        onSecondary = onSecondary.colour(),
        secondaryContainer = secondaryContainer.colour(),
        onSecondaryContainer = onSecondaryContainer.colour(),
        tertiary = secondary.colour(),
        onTertiary = onSecondary.colour(),
        tertiaryContainer = secondaryContainer.colour(),
        onTertiaryContainer = onSecondaryContainer.colour(),
        error = error.colour(),
        onError = onError.colour(),
        errorContainer = errorContainer.colour(),
        onErrorContainer = onErrorContainer.colour(),
        background = surface.colour(),
        onBackground = onSurface.colour(),
        surface = surface.colour(),
        onSurface = onSurface.colour(),
        surfaceVariant = surfaceVariant.colour(),
        onSurfaceVariant = onSurfaceVariant.colour(),
        surfaceTint = primary.colour(),
        inverseSurface = onSurface.colour(),
        inverseOnSurface = surface.colour(),
        surfaceBright = surface.colour(),
        surfaceDim = surfaceContainer.colour(),
        surfaceContainerLowest = surface.colour(),
        surfaceContainerLow = surfaceContainerLow.colour(),
        surfaceContainer = surfaceContainer.colour(),
        surfaceContainerHigh = surfaceContainerHigh.colour(),
        surfaceContainerHighest = surfaceVariant.colour(),
        outline = outline.colour(),
        outlineVariant = outlineVariant.colour(),
    )
}

/** `0xAARRGGBB` in sRGB. */
private fun UInt.colour() = Color(toInt())
