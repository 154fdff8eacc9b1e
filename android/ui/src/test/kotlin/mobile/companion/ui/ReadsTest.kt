package mobile.companion.ui

import androidx.compose.material3.Text
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.onNodeWithText
import mobile.companion.ui.model.Reads
import org.junit.jupiter.api.Test

@OptIn(ExperimentalTestApi::class)
class ReadsTest {
    @Test
    fun `what was read stays while nothing can be read, and is read anew after that`() = window {
        var isBlind = false
        var here: String? = "an invoice"
        var revision by mutableIntStateOf(0)
        val reads = Reads(isBlind = { isBlind })
        setContent { Text(reads.of(listOf("invoice"), revision) { here }.value ?: "none") }
        awaitText("an invoice")

        isBlind = true
        here = null
        revision += 1
        waitForIdle()
        onNodeWithText("an invoice").assertExists()

        isBlind = false
        revision += 1
        awaitText("none")
    }
}
