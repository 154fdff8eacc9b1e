// A window without a screen: what is drawn in it can be clicked, read and taken a picture of.

package mobile.companion.ui

import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.test.DesktopComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.platform.Font
import androidx.compose.ui.unit.Density
import mobile.companion.FrameView
import mobile.companion.Labels
import mobile.companion.ui.theme.CompanionTheme
import java.io.File
import kotlin.coroutines.EmptyCoroutineContext

/** Always the same letters, whatever fonts the machine has. */
val roboto: FontFamily = FontFamily(
    font("Roboto-Regular.ttf", FontWeight.Normal),
    font("Roboto-Medium.ttf", FontWeight.Medium),
    font("Roboto-Bold.ttf", FontWeight.Bold),
)

private fun font(name: String, weight: FontWeight) = Font(File(System.getProperty("fonts.dir"), name), weight)

/** How large a window is, and how a person reads in it. */
data class Look(
    val width: Int = 360,
    val height: Int = 780,
    val dark: Boolean = false,
    val fontScale: Float = 1f,
) {
    /** For names of pictures: what is not usual about it. */
    val suffix: String
        get() = listOfNotNull(
            "dark".takeIf { dark },
            "large-text".takeIf { fontScale > 1f },
            "landscape".takeIf { width > height },
        ).joinToString("") { "-$it" }
}

/** Runs [test] in a window of that look. */
@OptIn(ExperimentalTestApi::class)
fun window(look: Look = Look(), test: DesktopComposeUiTest.() -> Unit) {
    DesktopComposeUiTest(look.width, look.height, EmptyCoroutineContext, Density(1f, look.fontScale)).runTest(test)
}

/** Draws one screen, as the app would, and compares it with the picture of that [name]. */
@OptIn(ExperimentalTestApi::class)
fun picture(name: String, frame: FrameView, labels: Labels, look: Look = Look(), content: @Composable () -> Unit) =
    window(look) {
        setContent {
            CompanionTheme(frame, labels, look.dark, roboto) {
                Surface(Modifier.fillMaxSize(), color = MaterialTheme.colorScheme.surface, content = content)
            }
        }
        waitForIdle()
        assertTouchable(name)
        assertPicture(name + look.suffix, captureToImage())
    }
