// Invoices behind the Kotlin face: seen, downloaded with progress, opened.

package mobile.companion

import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.File
import java.nio.file.Path
import java.util.concurrent.ConcurrentLinkedQueue
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.seconds

class InvoicesTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `an invoice arrives in the flow, is downloaded whole and opened from a copy`() = runBlocking {
        val sandbox = Sandbox(json("seed" to 1, "now" to NOON))
        Phone(folder, sandbox.profile).use { phone ->
            phone.signIn(sandbox.person("emma"), sandbox)
            withTimeout(30.seconds) {
                phone.core.invoices().refresh(null)
                val list = phone.core.invoicesViews().first { it.phase == InvoicesPhase.LOADED }
                val id = list.rows.firstNotNullOf { it.invoiceId }

                val told = ConcurrentLinkedQueue<ULong>()
                val progress = object : DownloadProgress {
                    override fun moved(bytes: ULong, total: ULong?) {
                        told.add(bytes)
                    }
                }
                phone.core.invoices().download(id, false, progress)
                phone.core.invoices().shareDocument(id).use { shared ->
                    val bytes = File(shared.path()).readBytes()
                    assertEquals("%PDF-", bytes.decodeToString(0, 5))
                    assertEquals(bytes.size.toULong(), told.last())
                    assertTrue(shared.name().endsWith(".pdf"))
                }
                assertEquals(DownloadState.Here, phone.core.invoicesViews().first().rows.first { it.invoiceId == id }.document)
            }
        }
    }
}
