// Going back, and what covers the screens: by one rule, whatever the phone calls it with.

package mobile.companion.ui

import androidx.compose.ui.test.ExperimentalTestApi
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import mobile.companion.Place
import mobile.companion.RequestKind
import mobile.companion.ui.navigation.Route
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.awt.EventQueue
import java.nio.file.Path
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNull
import kotlin.test.assertTrue

@OptIn(ExperimentalTestApi::class)
class BackTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `going back closes what covers the screen, then leads back, then leaves the app`() = signedIn(folder, "emma") { handset ->
        awaitText("3.8 GB left")
        assertFalse(handset.back())
        runOnUiThread {
            handset.model.open(Route.At(Place.SETTINGS))
            handset.model.write(RequestKind.PLAN_DOES_NOT_FIT)
        }
        await { handset.model.goingBack.isOffered.value }
        assertTrue(handset.back())
        assertNull(handset.model.letter.value)
        assertEquals(Route.At(Place.SETTINGS), handset.model.stack.value.top)
        assertTrue(handset.back())
        assertEquals(Route.At(Place.USAGE), handset.model.stack.value.top)
        await { !handset.model.goingBack.isOffered.value }
    }

    @Test
    fun `nothing goes back behind the lock`() = signedIn(folder, "emma") { handset ->
        awaitText("3.8 GB left")
        runBlocking { handset.core.appLock().turnOn() }
        runOnUiThread { handset.model.open(Route.At(Place.SETTINGS)) }
        handset.core.appLock().lock()
        await { handset.model.lock.value.locked && !handset.model.goingBack.isOffered.value }
        assertFalse(handset.back())
        assertEquals(Route.At(Place.SETTINGS), handset.model.stack.value.top)
    }

    @Test
    fun `in the walk of Wi-Fi calling back is one step back`() = signedIn(folder, "luc") { handset ->
        runOnUiThread { handset.model.open(Place.WIFI_CALLING) }
        await { handset.model.wifiCalling.value.step != null }
        val first = checkNotNull(handset.model.wifiCalling.value.step)
        assertFalse(handset.model.wifiCalling.value.canGoBack)
        click(first.answers.first().label.text)
        await { handset.model.wifiCalling.value.step?.id != first.id && handset.model.goingBack.isOffered.value }
        assertTrue(handset.back())
        await { handset.model.wifiCalling.value.step?.id == first.id }
        await { !handset.model.goingBack.isOffered.value }
    }

    @Test
    fun `what belongs to a split bill is closed by going back, and help as well`() = Handset(folder).use { handset ->
        app(handset) {
            val choice = checkNotNull(handset.model.session.value.screen.splitBill)
            click(choice.label.text)
            awaitText(choice.sentence.text)
            click(handset.labels.readArticle)
            await { handset.model.stack.value.top == Route.At(Place.HELP) }
            assertTrue(handset.back())
            awaitText(choice.sentence.text)
            assertTrue(handset.back())
            awaitText(choice.label.text)
            assertFalse(handset.back())
        }
    }

    @Test
    fun `an invitation that comes while somebody is signed in is asked about`() = signedIn(folder, "emma") { handset ->
        awaitText("3.8 GB left")
        runOnUiThread { handset.model.signIn.readInvitation("SANDBOX-1234") }
        await { handset.model.signIn.question.value != null }
        val question = checkNotNull(handset.model.signIn.question.value)
        awaitText(question.title.text)
        awaitText(checkNotNull(question.notice).text)
        assertTouchable("an invitation")
        assertTrue(handset.back())
        awaitText("3.8 GB left")
    }

    @Test
    fun `an invitation is asked about over help, too`() = Handset(folder).use { handset ->
        app(handset) {
            click(handset.labels.readArticle)
            await { handset.model.stack.value.top == Route.At(Place.HELP) }
            runOnUiThread { handset.model.signIn.readInvitation("SANDBOX-1234") }
            await { handset.model.signIn.question.value != null }
            awaitText(checkNotNull(handset.model.signIn.question.value).title.text)
        }
    }

    @Test
    fun `a PIN is gone once its screen was left`() = signedIn(folder, "emma") { handset ->
        runOnUiThread { handset.model.open(Place.SIM) }
        await { handset.model.activation.value.sims.isNotEmpty() }
        click(handset.labels.showPin)
        await { handset.model.rooms.sim.secret.value != null }
        runOnUiThread { handset.model.open(Place.INVOICES) }
        assertNull(handset.core.activation().shownSecret())
        runOnUiThread { handset.model.open(Place.SIM) }
        awaitText(handset.labels.showPin)
        assertNull(handset.model.rooms.sim.secret.value)
    }

    private fun Handset.back(): Boolean {
        var went = false
        EventQueue.invokeAndWait { went = model.goingBack.go() }
        return went
    }

    @Test
    fun `an address that opens the app is an invitation or a sign-in that comes back`() = Handset(folder).use { handset ->
        val identity = Json.parseToJsonElement(handset.sandbox.profile).jsonObject.getValue("identity").jsonObject
        val link = identity.getValue("invitation").jsonObject.getValue("link").jsonPrimitive.content
        val invitation = "$link?token=SANDBOX-1234"
        app(handset) {
            runOnUiThread { handset.model.cameBack(invitation) }
            await { handset.model.signIn.question.value != null }
            runOnUiThread { handset.model.signIn.dismissInvitation() }
            runOnUiThread { handset.model.cameBack("be.companion.sandbox:/signed-in?code=abcd&state=efgh") }
            await { handset.model.problem.value?.explanation?.code == "sign_in_attempt_unknown" }
            assertNull(handset.model.signIn.question.value)
        }
    }
}
