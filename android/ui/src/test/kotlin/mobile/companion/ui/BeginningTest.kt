// Where a person finds themselves: after signing in, and after the app was ended.

package mobile.companion.ui

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.isSelected
import kotlinx.coroutines.runBlocking
import mobile.companion.Place
import mobile.companion.Problem
import mobile.companion.ui.navigation.Route
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.assertEquals
import kotlin.test.assertTrue

@OptIn(ExperimentalTestApi::class)
class BeginningTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `who has a number on its way begins there, and it has its place in the bar`() = signedIn(folder, "ines") { handset ->
        await { handset.model.stack.value.top == Route.At(Place.GETTING_STARTED) }
        val place = handset.frame.bar.first()
        assertEquals(Place.GETTING_STARTED, place.place)
        await { handset.model.activation.value.lines.isNotEmpty() }
        awaitText(handset.model.activation.value.lines.first().title.text)
        await { onAllNodes(isSelected() and hasContentDescription(place.label.spoken)).fetchSemanticsNodes().size == 1 }
    }

    @Test
    fun `who went elsewhere meanwhile stays there`() = Handset(folder).use { handset ->
        runBlocking { handset.phone.signIn(handset.sandbox.person("ines"), handset.sandbox) }
        app(handset) {
            runOnUiThread {
                handset.model.begin()
                handset.model.open(Place.INVOICES)
            }
            await { handset.model.frame.value.bar.first().place == Place.GETTING_STARTED }
            waitForIdle()
            assertEquals(Route.At(Place.INVOICES), handset.model.stack.value.top)
        }
    }

    @Test
    fun `who comes back to a locked app is asked at once who they are`() = signedIn(folder, "emma") { handset ->
        runBlocking { handset.core.appLock().turnOn() }
        handset.core.appLock().lock()
        await { handset.model.lock.value.locked }
        runOnUiThread {
            handset.model.leftScreen()
            handset.model.cameToFront()
        }
        await { !handset.model.lock.value.locked }
        awaitText("3.8 GB left")
    }

    @Test
    fun `a problem outlives the lock, and a network that changes leaves what is being copied`() =
        signedIn(folder, "emma") { handset ->
            val model = handset.model
            runOnUiThread { model.open(Route.Esim("")) }
            runOnUiThread { model.rooms.gettingStarted.readCode("LPA:1\$smdp.example.com\$0123-ABCD-4567", null) }
            await { model.rooms.gettingStarted.code.value != null }
            runOnUiThread { model.rooms.gettingStarted.install() }
            await { model.rooms.gettingStarted.handover.value != null }
            runOnUiThread { model.act { throw Problem.Offline() } }
            await { model.problem.value != null }
            runBlocking { handset.core.appLock().turnOn() }
            handset.core.appLock().lock()
            await { model.lock.value.locked }
            runOnUiThread {
                model.leftScreen()
                model.cameToFront()
            }
            await { !model.lock.value.locked }
            runOnUiThread { model.networkReturned() }
            waitForIdle()
            assertEquals("offline", model.problem.value?.explanation?.code)
            assertTrue(model.rooms.gettingStarted.handover.value != null)
            runOnUiThread { model.back() }
            assertTrue(model.rooms.gettingStarted.handover.value == null)
        }

    @Test
    fun `who locks the app is after a restart where they were`() = Handset(folder).use { handset ->
        handset.signIn("emma")
        app(handset) {
            awaitText("3.8 GB left")
            runBlocking { handset.core.appLock().turnOn() }
            runOnUiThread { handset.model.open(Place.INVOICES) }
            await { handset.core.frame().keptScreen == handset.model.stack.value.text() }
        }
        val before = handset.model.stack.value
        handset.restart()
        app(handset) {
            val lock = handset.core.appLock().state()
            assertTrue(lock.locked)
            click(lock.screen.action.text)
            await { !handset.model.lock.value.locked }
            await { handset.model.stack.value == before }
            awaitText(handset.frame.bar.first { it.place == Place.INVOICES }.label.text)
        }
    }
}
