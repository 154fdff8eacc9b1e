// Getting started behind the Kotlin face: the track, what the person tells, and help.

package mobile.companion

import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.seconds

class ActivationTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `a number that moves is followed by what the person tells`() = runBlocking {
        val sandbox = Sandbox(json("seed" to 1, "now" to NOON))
        Phone(folder, sandbox.profile).use { phone ->
            phone.signIn(sandbox.person("ines"), sandbox)
            withTimeout(30.seconds) {
                phone.core.activation().use { room ->
                    room.refresh()
                    val view = phone.core.activationViews().first { it.lines.isNotEmpty() }
                    assertTrue(view.isFirstPlace && view.sims.size == 1)
                    val line = view.lines.first()
                    room.tell(line.id, line.now.answers.first().id)
                    val told =
                        phone.core.activationViews().first { it.lines.first().steps[1].state == TrackStepState.DONE }
                    assertEquals(2, told.lines.first().now.byWhen.size, "what is usual and what the law allows")
                }
                phone.reopen()
                phone.core.activation().use { room ->
                    assertEquals(TrackStepState.DONE, room.state().lines.first().steps[1].state, "over a restart")
                }
                phone.core.help().use { assertTrue(it.articles(HelpTopic.GETTING_STARTED).isNotEmpty()) }
            }
        }
    }
}
