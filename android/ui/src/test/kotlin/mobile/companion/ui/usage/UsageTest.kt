// The usage screen: read, and read again without a network.

package mobile.companion.ui.usage

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import kotlinx.serialization.json.JsonPrimitive
import mobile.companion.ui.App
import mobile.companion.ui.Handset
import mobile.companion.ui.roboto
import mobile.companion.ui.window
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path

@OptIn(ExperimentalTestApi::class)
class UsageTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `what is left is read, and stays without a network`() = Handset(folder).use { handset ->
        handset.signIn("emma")
        window {
            setContent { App(handset.model, dark = false, font = roboto) }
            waitUntil(timeoutMillis = 10_000) { onAllNodes(hasText("3.8 GB left")).fetchSemanticsNodes().isNotEmpty() }

            handset.faults("cutOff" to JsonPrimitive(true))
            onNodeWithContentDescription(handset.labels.refresh).performClick()
            waitUntil(timeoutMillis = 20_000) { handset.model.usage.value.notice != null }
            waitForIdle()
            onNodeWithText("3.8 GB left").assertIsDisplayed()
            onNodeWithText(checkNotNull(handset.model.usage.value.notice).text).assertIsDisplayed()
        }
    }
}
