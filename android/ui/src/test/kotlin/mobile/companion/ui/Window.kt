// A window without a screen: what is drawn in it can be clicked, read and taken a picture of.

package mobile.companion.ui

import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.test.DesktopComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.SemanticsNodeInteraction
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasScrollAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onLast
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.platform.Font
import androidx.compose.ui.unit.Density
import mobile.companion.FrameView
import mobile.companion.Labels
import mobile.companion.ui.theme.CompanionTheme
import java.io.File
import java.nio.file.Path
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

/** Runs [test] on the whole app of [handset]. */
@OptIn(ExperimentalTestApi::class)
fun app(handset: Handset, look: Look = Look(), test: DesktopComposeUiTest.() -> Unit) = window(look) {
    setContent { App(handset.model, look.dark, roboto) }
    test()
}

/** Runs [test] on the whole app of a new phone on which [person] has signed in. */
@OptIn(ExperimentalTestApi::class)
fun signedIn(folder: Path, person: String, test: DesktopComposeUiTest.(Handset) -> Unit) = Handset(folder).use { handset ->
    handset.signIn(person)
    app(handset) { test(handset) }
}

private const val PATIENCE_MS = 20_000L

/** Waits until [text] is on the screen. */
@OptIn(ExperimentalTestApi::class)
fun DesktopComposeUiTest.awaitText(text: String) =
    await { onAllNodes(hasText(text, substring = true)).fetchSemanticsNodes().isNotEmpty() }

/** Waits until [condition] holds. */
@OptIn(ExperimentalTestApi::class)
fun DesktopComposeUiTest.await(condition: () -> Boolean) = waitUntil(timeoutMillis = PATIENCE_MS, condition = condition)

/** Clicks what says [text], wherever one has to scroll for it; the [last] one of several, else the first. */
@OptIn(ExperimentalTestApi::class)
fun DesktopComposeUiTest.click(text: String, last: Boolean = false) {
    awaitText(text)
    val all = onAllNodes(hasText(text, substring = true) and hasClickAction())
    val node = if (last) all.onLast() else all.onFirst()
    if (onAllNodes(hasScrollAction()).fetchSemanticsNodes().isNotEmpty()) node.tryScroll()
    node.performClick()
    waitForIdle()
}

/** What does not lie in anything that scrolls is in sight already. */
private fun SemanticsNodeInteraction.tryScroll() {
    try {
        performScrollTo()
    } catch (_: AssertionError) {
        return
    }
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
