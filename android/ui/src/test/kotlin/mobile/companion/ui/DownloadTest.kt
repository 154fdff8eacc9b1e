// Documents: fetched, left where they are, and gone on with when the app was away in between.

package mobile.companion.ui

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.SkikoComposeUiTest
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonPrimitive
import mobile.companion.DownloadState
import mobile.companion.Place
import mobile.companion.ui.navigation.Route
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.assertNull
import kotlin.test.assertTrue

@OptIn(ExperimentalTestApi::class)
class DownloadTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `a download goes on a short while after the app was left`() = signedIn(folder, "emma") { handset ->
        val id = fetching(handset, latencyMs = 500)
        runOnUiThread { handset.model.leftScreen() }
        letDownloadsEnd(handset, 20_000) { true }
        await { handset.core.invoices().invoice(id)?.document == DownloadState.Here }
        assertNull(handset.model.problem.value)
    }

    @Test
    fun `a download that took too long goes on by itself once the app is back`() = signedIn(folder, "emma") { handset ->
        val id = fetching(handset, latencyMs = 20_000)
        runOnUiThread { handset.model.leftScreen() }
        letDownloadsEnd(handset, 200) { true }
        assertTrue(handset.core.invoices().invoice(id)?.document !is DownloadState.Downloading)
        handset.core.suspend(4_000u)

        handset.faults()
        handset.core.resume()
        runOnUiThread { handset.model.cameToFront() }
        await { handset.core.invoices().invoice(id)?.document == DownloadState.Here }
        assertNull(handset.model.problem.value)
    }

    @Test
    fun `a download goes on behind the lock once it is open, and what was said before stays said`() =
        signedIn(folder, "emma") { handset ->
            val id = fetching(handset, latencyMs = 20_000)
            runBlocking { handset.core.appLock().turnOn() }
            runOnUiThread { handset.model.leftScreen() }
            letDownloadsEnd(handset, 200) { true }
            handset.core.appLock().lock()
            handset.faults()
            runOnUiThread { handset.model.cameToFront() }
            await { !handset.model.lock.value.locked }
            await { handset.core.invoices().invoice(id)?.document == DownloadState.Here }
            assertNull(handset.model.problem.value)
        }

    @Test
    fun `who is back meanwhile waits for no download`() = signedIn(folder, "emma") { handset ->
        val id = fetching(handset, latencyMs = 20_000)
        runOnUiThread { handset.model.leftScreen() }
        letDownloadsEnd(handset, 20_000) { false }
        assertTrue(handset.core.invoices().invoice(id)?.document is DownloadState.Downloading)
        handset.faults()
    }

    private fun letDownloadsEnd(handset: Handset, withinMs: Long, isAway: () -> Boolean) = runBlocking(Dispatchers.IO) {
        withContext(MainThread) { handset.model.letDownloadsEnd(withinMs, isAway) }
    }

    private fun SkikoComposeUiTest.fetching(handset: Handset, latencyMs: Int): String {
        runOnUiThread { handset.model.open(Place.INVOICES) }
        await { handset.model.invoices.value.run { rows.isNotEmpty() && !refreshing } }
        val id = handset.model.invoices.value.rows.firstNotNullOf { it.invoiceId }
        runOnUiThread { handset.model.open(Route.Invoice(id)) }
        val only = JsonArray(listOf(JsonPrimitive("/documents")))
        handset.faults("only" to only, "latencyMs" to JsonPrimitive(latencyMs))
        runOnUiThread { handset.model.rooms.invoices.download(id) }
        await { handset.core.invoices().invoice(id)?.document is DownloadState.Downloading }
        return id
    }
}
