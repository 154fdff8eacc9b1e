// What is in the window: the menu, and beside it the phone.

package mobile.companion.desktop

import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Typography
import androidx.compose.material3.darkColorScheme
import androidx.compose.material3.lightColorScheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.input.key.Key
import androidx.compose.ui.input.key.KeyEvent
import androidx.compose.ui.input.key.KeyEventType
import androidx.compose.ui.input.key.key
import androidx.compose.ui.input.key.type
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.platform.Font
import androidx.compose.ui.unit.Density
import androidx.compose.ui.unit.dp
import mobile.companion.ui.App
import java.io.File

private val MENU = 260.dp
private val GLASS = RoundedCornerShape(28.dp)
private const val LARGE_TEXT = 2f

/** Greys, so that colours are the operator's. */
private val day = lightColorScheme(
    primary = Color(0xFF3F4448),
    onPrimary = Color.White,
    secondaryContainer = Color(0xFFC9CDD1),
    onSecondaryContainer = Color(0xFF1B1D1F),
    surfaceContainerHighest = Color(0xFFE4E6E8),
    onSurface = Color(0xFF1B1D1F),
    onSurfaceVariant = Color(0xFF43474B),
    outline = Color(0xFF74787C),
)
private val night = darkColorScheme(
    primary = Color(0xFFC5C9CD),
    onPrimary = Color(0xFF2A2D30),
    secondaryContainer = Color(0xFF4A4E52),
    onSecondaryContainer = Color(0xFFE4E6E8),
    surfaceContainerHighest = Color(0xFF2A2D30),
    onSurface = Color(0xFFE4E6E8),
    onSurfaceVariant = Color(0xFFC5C9CD),
    outline = Color(0xFF8E9296),
)

/** Roboto where `fonts.dir` has it, else what this computer has. */
private val font: FontFamily by lazy {
    val folder = System.getProperty("fonts.dir")?.let(::File)?.takeIf { File(it, "Roboto-Regular.ttf").exists() }
    if (folder == null) {
        FontFamily.Default
    } else {
        FontFamily(
            Font(File(folder, "Roboto-Regular.ttf"), FontWeight.Normal),
            Font(File(folder, "Roboto-Medium.ttf"), FontWeight.Medium),
            Font(File(folder, "Roboto-Bold.ttf"), FontWeight.Bold),
        )
    }
}

/** Everything in the window. */
@Composable
internal fun Content(desk: Desk) {
    val choice by desk.choice.collectAsState()
    val phone by desk.phone.collectAsState()
    MaterialTheme(if (choice.isDark) night else day, typography = type()) {
        Surface(Modifier.fillMaxSize(), color = MaterialTheme.colorScheme.surfaceContainerHighest) {
            Row {
                Menu(desk, choice, Modifier.width(MENU).fillMaxHeight())
                val glass = Modifier.padding(top = 16.dp, end = 16.dp, bottom = 16.dp).fillMaxSize()
                    .border(1.dp, MaterialTheme.colorScheme.outline, GLASS).clip(GLASS)
                Box(glass) {
                    if (!choice.isAway) phone?.let { key(it) { Screens(it, choice) } }
                }
            }
        }
    }
}

@Composable
private fun Screens(phone: Phone, choice: Choice) {
    val density = LocalDensity.current.density
    CompositionLocalProvider(LocalDensity provides Density(density, if (choice.isLargeText) LARGE_TEXT else 1f)) {
        App(phone.model, choice.isDark, font)
    }
}

/** What the back gesture is on a phone is Escape here. */
internal fun Desk.back(event: KeyEvent): Boolean {
    val model = phone.value?.model
    return model != null && event.type == KeyEventType.KeyDown && event.key == Key.Escape && model.goingBack.go()
}

@Composable
private fun type(): Typography {
    val usual = MaterialTheme.typography
    return Typography(
        titleMedium = usual.titleMedium.copy(fontFamily = font),
        bodyLarge = usual.bodyLarge.copy(fontFamily = font),
        bodyMedium = usual.bodyMedium.copy(fontFamily = font),
        bodySmall = usual.bodySmall.copy(fontFamily = font),
        labelLarge = usual.labelLarge.copy(fontFamily = font),
        labelMedium = usual.labelMedium.copy(fontFamily = font),
    )
}
