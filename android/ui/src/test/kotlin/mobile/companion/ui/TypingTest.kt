// What a person types is kept until it is taken, and comes back with the screen it was typed on.

package mobile.companion.ui

import androidx.compose.ui.input.key.Key
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.assertIsOn
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.isToggleable
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performImeAction
import androidx.compose.ui.test.performKeyInput
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import androidx.compose.ui.test.pressKey
import kotlinx.coroutines.runBlocking
import mobile.companion.InvoiceSection
import mobile.companion.Place
import mobile.companion.Problem
import mobile.companion.RequestKind
import mobile.companion.ui.navigation.Route
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.assertEquals
import kotlin.test.assertNull
import kotlin.test.assertTrue

@OptIn(ExperimentalTestApi::class)
class TypingTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `what is searched for in help is still there after an article was read`() = signedIn(folder, "emma") { handset ->
        runOnUiThread { handset.model.open(Place.HELP) }
        awaitText(handset.labels.searchHelp)
        val article = handset.core.help().articles(words = "puk").first()
        onAllNodes(hasSetTextAction()).onFirst().performTextInput("puk")
        click(article.title.text)
        await { handset.model.stack.value.top == Route.Article(article.id) }
        runOnUiThread { handset.model.back() }
        awaitText("puk")
        onAllNodes(hasSetTextAction() and hasText("puk")).onFirst().assertIsDisplayed()
    }

    @Test
    fun `lines that were ticked are ticked behind a letter and behind the lock`() = signedIn(folder, "emma") { handset ->
        runOnUiThread { handset.model.open(Place.INVOICES) }
        await { handset.model.invoices.value.run { rows.isNotEmpty() && !refreshing } }
        val id = handset.model.invoices.value.rows.firstNotNullOf { it.invoiceId }
        runOnUiThread { handset.model.open(Route.Invoice(id)) }
        val lines = { handset.core.invoices().lines(id, InvoiceSection.DETAIL, 0u) }
        await { lines().isNotEmpty() }
        runOnUiThread { handset.model.open(Route.Claim(id)) }
        val title = lines().first { !it.employerShare }.title.text
        click(title)
        val ticked = { onAllNodes(isToggleable() and hasText(title, substring = true)).onFirst() }
        ticked().assertIsOn()
        onAllNodes(hasSetTextAction()).onFirst().performScrollTo().performTextInput("of March")

        runOnUiThread { handset.model.write(RequestKind.PLAN_DOES_NOT_FIT) }
        awaitText(handset.labels.byEmail)
        runOnUiThread { handset.model.closeLetter() }
        awaitText("of March")
        ticked().assertIsOn()

        runBlocking { handset.core.appLock().turnOn() }
        handset.core.appLock().lock()
        awaitText(handset.core.appLock().state().screen.action.text)
        click(handset.core.appLock().state().screen.action.text)
        awaitText("of March")
        ticked().assertIsOn()

        runOnUiThread { handset.model.open(Place.USAGE) }
        runOnUiThread { handset.model.open(Place.INVOICES) }
        runOnUiThread { handset.model.open(Route.Claim(id)) }
        awaitText("of March")
        ticked().assertIsOn()

        runOnUiThread { handset.model.signIn.signOut() }
        await { handset.model.session.value.asksToSignIn }
        handset.signIn("emma")
        runBlocking { handset.core.invoices().refresh(null) }
        runOnUiThread { handset.model.open(Route.Claim(id)) }
        awaitText(title)
        assertTrue(onAllNodes(hasText("of March")).fetchSemanticsNodes().isEmpty(), "nothing of it is left")
    }

    @Test
    fun `a code that is none stays in its field, and the keyboard's own key takes a better one`() =
        signedIn(folder, "tom") { handset ->
            runOnUiThread { handset.model.open(Route.Esim("")) }
            awaitText(handset.labels.esimScan)
            val field = onNode(hasSetTextAction())
            field.performScrollTo().performTextInput("nonsense")
            field.performImeAction()
            awaitText(handset.core.explain(Problem.Unexpected("esim_code")).sentence)
            onNode(hasSetTextAction() and hasText("nonsense")).assertIsDisplayed()
            assertNull(handset.model.problem.value)

            handset.device.clipboard = " LPA:1\$smdp.example.com\$0123-ABCD-4567 "
            click(handset.device.pasteLabel)
            onAllNodes(hasSetTextAction()).onFirst().performScrollTo().performClick().performKeyInput { pressKey(Key.Enter) }
            await { handset.model.rooms.gettingStarted.code.value != null }
        }

    @Test
    fun `an invitation stays typed until somebody is signed in`() {
        Handset(folder).use { handset ->
            app(handset) {
                click(checkNotNull(handset.model.session.value.screen.splitBill).label.text)
                val field = { onNode(hasSetTextAction()) }
                field().performScrollTo().performTextInput("ABCD-1234")
                field().performImeAction()
                await { handset.model.signIn.question.value != null }
                click(checkNotNull(handset.model.signIn.question.value).dismiss.text)
                onNode(hasSetTextAction() and hasText("ABCD-1234")).assertIsDisplayed()
            }
        }
    }

    @Test
    fun `a confirmation code can be typed, whatever the code says of it, until it is at hand`() = signedIn(folder, "emma") { handset ->
        val room = handset.model.rooms.gettingStarted
        val label = hasText(handset.labels.confirmationField)
        val fields = { onAllNodes(label and hasSetTextAction()).fetchSemanticsNodes().size }
        runOnUiThread { handset.model.open(Route.Esim("")) }
        for ((code, asks) in listOf("0123-ABCD-4567" to false, "0123-ABCD-4567\$\$1" to true)) {
            runOnUiThread { room.readCode("LPA:1\$smdp.example.com\$$code", null) }
            await { room.code.value?.asksConfirmation == asks && fields() == 1 }
        }
        runOnUiThread { room.confirm("4711", null) }
        await { room.code.value?.hasConfirmation == true && fields() == 0 }
        // One that was mistyped.
        click(handset.labels.confirmationField)
        await { fields() == 1 }
    }

    @Test
    fun `each percentage to be typed says of which channel it is`() = signedIn(folder, "emma") { handset ->
        runOnUiThread { handset.model.open(Place.NOTIFICATIONS) }
        await { handset.model.preferences.value.lines.isNotEmpty() && !handset.model.preferences.value.refreshing }
        val switches = handset.model.preferences.value.lines.flatMap { it.topics }.flatMap { it.switches }
        val names = switches.filter { it.thresholdPercent != null && it.canChange }.map { it.title.spoken }
        assertTrue(names.size > 1)
        val spoken = names.map { "$it, ${handset.labels.percentField}" }
        for (one in spoken) assertEquals(1, onAllNodes(hasContentDescription(one)).fetchSemanticsNodes().size, one)
        onAllNodes(hasContentDescription(spoken.first())).onFirst().performScrollTo().performClick()
        await { onAllNodes(hasSetTextAction() and hasContentDescription(spoken.first())).fetchSemanticsNodes().size == 1 }
    }
}
