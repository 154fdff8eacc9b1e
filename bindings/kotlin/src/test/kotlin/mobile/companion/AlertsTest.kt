// Usage alerts behind the Kotlin face: a crossing at the operator is told once.

package mobile.companion

import kotlinx.coroutines.async
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.IOException
import java.nio.file.Path
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.time.Duration.Companion.seconds

class AlertsTest {
    @TempDir
    lateinit var folder: Path

    /** Tom has used 71 % of his data on the 20th, and 95 % six days later. */
    @Test
    fun `a crossing is due once, posted, and not due again, also by a later run`() = runBlocking {
        val start = "2026-11-20T14:05:00+01:00"
        val sandbox = Sandbox(json("seed" to 1, "now" to start))
        Phone(folder, sandbox.profile, now = start).use { phone ->
            phone.signIn(sandbox.person("tom"), sandbox)
            withTimeout(30.seconds) {
                phone.core.usage().refresh()
                assertEquals(emptyList(), posts(phone))

                phone.clock.advance(6 * 86_400)
                sandbox.advance(6 * 86_400)
                phone.core.usage().refresh()
                val waiting = async { phone.core.alertsViews().first { it.states() == listOf(ToldState.WAITING) } }
                assertFailsWith<IOException> { phone.core.alerts().postDueAlerts { throw IOException("on purpose") } }
                waiting.await()
                assertEquals(emptyList(), posts(phone), "it is somebody's to post for a minute")

                phone.reopen()
                assertEquals(listOf("Data: 90% reached"), posts(phone).map { it.title })

                repeat(2) {
                    assertEquals(emptyList(), posts(phone))
                    assertEquals(listOf(ToldState.TOLD), phone.core.alertsViews().first().states())
                    phone.reopen()
                }
            }
        }
    }

    private suspend fun posts(phone: Phone): List<Alert> = buildList { phone.core.alerts().postDueAlerts { add(it) } }

    private fun AlertsView.states() = told.map { it.state }
}
