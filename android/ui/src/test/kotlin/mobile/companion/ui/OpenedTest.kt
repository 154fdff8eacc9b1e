// What a person opens stays open until they close it: heard as opened, closed by the same button, and not lost by a turn.

package mobile.companion.ui

import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.test.DesktopComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.assertIsFocused
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performSemanticsAction
import androidx.compose.ui.test.performTextReplacement
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Runnable
import kotlinx.coroutines.runBlocking
import mobile.companion.Place
import mobile.companion.SimSecretKind
import mobile.companion.ui.model.LocalReads
import mobile.companion.ui.model.Reads
import mobile.companion.ui.navigation.Route
import mobile.companion.ui.theme.CompanionTheme
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.coroutines.CoroutineContext
import kotlin.test.assertEquals
import kotlin.test.assertTrue

private val canExpand = SemanticsMatcher.keyIsDefined(SemanticsActions.Expand)
private val canCollapse = SemanticsMatcher.keyIsDefined(SemanticsActions.Collapse)

@OptIn(ExperimentalTestApi::class)
class OpenedTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `what a pace rests on says whether it is open, and closes again`() = signedIn(folder, "tom") { handset ->
        showUsage(handset)
        await { handset.pace() != null }
        opensAndCloses(handset.labels.howWeKnow, checkNotNull(handset.pace()))
    }

    /** Whoever has a line on its way is led there first. */
    private fun DesktopComposeUiTest.showUsage(handset: Handset) {
        await { handset.model.stack.value.top == Route.At(Place.GETTING_STARTED) }
        runOnUiThread { handset.model.open(Place.USAGE) }
    }

    private fun Handset.pace() = model.usage.value.lines.firstOrNull()?.pace?.assumption?.text

    @Test
    fun `months, days and the short version say whether they are open, and close again`() = signedIn(folder, "luc") { handset ->
        val labels = handset.labels
        await { handset.model.usage.value.run { lines.isNotEmpty() && !refreshing } }
        val line = handset.model.usage.value.lines.first()
        runOnUiThread { handset.model.open(Route.History(line.lineId)) }
        awaitText(labels.days)
        val history = checkNotNull(handset.core.usage().history(line.lineId)).buckets.first()
        opensAndCloses(labels.details, history.days.last { it.heightPermille != null }.amount.text)
        val month = history.months.last()
        val days = handset.core.usage().historyDays(line.lineId, history.bucketId, month.month)
        opensAndCloses(month.label.text, days.first { it.heightPermille != null }.amount.text)

        runOnUiThread { handset.model.open(Place.WIFI_CALLING) }
        await { handset.model.wifiCalling.value.shortVersion != null }
        opensAndCloses(labels.shortVersion, checkNotNull(handset.model.wifiCalling.value.shortVersion).title.text)
    }

    private fun DesktopComposeUiTest.opensAndCloses(name: String, content: String) {
        awaitText(name)
        val before = shown(content)
        val button = hasText(name, substring = true) and hasClickAction()
        onAllNodes(button and canExpand).onFirst().performScrollTo().performClick()
        await { shown(content) > before }
        onAllNodes(button and canCollapse).onFirst().performSemanticsAction(SemanticsActions.Collapse)
        await { shown(content) == before }
        assertEquals(0, onAllNodes(button and canCollapse).fetchSemanticsNodes().size, name)
    }

    private fun DesktopComposeUiTest.shown(text: String) =
        onAllNodes(hasText(text, substring = true)).fetchSemanticsNodes().size

    @Test
    fun `a turn of the phone closes nothing, and loses nothing that was typed`() = Handset(folder).use { handset ->
        handset.signIn("tom")
        val labels = handset.labels
        val phone = Turning()
        window {
            setContent { phone.Content { App(handset.model, dark = false, roboto) } }
            showUsage(handset)
            await { handset.pace() != null }
            click(labels.howWeKnow)
            phone.turn(this)
            awaitText(checkNotNull(handset.pace()))

            runOnUiThread { handset.model.open(Place.SETTINGS) }
            click(labels.signOut)
            phone.turn(this)
            awaitText(labels.signOutSentence)
            click(labels.cancel)

            runOnUiThread { handset.model.open(Place.NOTIFICATIONS) }
            await { handset.model.preferences.value.lines.isNotEmpty() && !handset.model.preferences.value.refreshing }
            click(labels.addAlert)
            onNode(hasSetTextAction() and hasText(labels.percentField)).performScrollTo().performTextReplacement("42")
            phone.turn(this)
            onNode(hasSetTextAction() and hasText("42")).assertExists()
            click(labels.cancel)

            click("${labels.quietFrom} ${handset.model.alerts.value.quiet.from.text}")
            onAllNodes(hasSetTextAction()).onFirst().performTextReplacement("23")
            phone.turn(this)
            click(labels.confirm, last = true)
            await { handset.model.alerts.value.quiet.fromMinute.toInt() == 23 * 60 }
        }
    }

    @Test
    fun `a field that opens has the keyboard and what is so now, and is given up`() = signedIn(folder, "emma") { handset ->
        val labels = handset.labels
        runOnUiThread { handset.model.open(Place.NOTIFICATIONS) }
        await { handset.model.preferences.value.lines.isNotEmpty() && !handset.model.preferences.value.refreshing }
        val switches = handset.model.preferences.value.lines.flatMap { it.topics }.flatMap { it.switches }
        val view = switches.first { it.thresholdPercent != null && it.canChange }
        val name = hasContentDescription("${view.title.spoken}, ${labels.percentField}")
        onAllNodes(name).onFirst().performScrollTo().performClick()
        val field = name and hasSetTextAction()
        await { onAllNodes(field).fetchSemanticsNodes().size == 1 }
        onNode(field and hasText(view.thresholdPercent.toString())).assertIsFocused()
        click(labels.cancel)
        await { onAllNodes(hasSetTextAction()).fetchSemanticsNodes().isEmpty() }

        click(labels.addAlert)
        onNode(hasSetTextAction() and hasText(labels.percentField)).assertIsFocused()
        assertEquals(1, onAllNodes(hasText(labels.confirm) and hasClickAction()).fetchSemanticsNodes().size)
        click(labels.costsField)
        onNode(hasSetTextAction() and hasText(labels.costsField)).assertIsFocused()
        assertTouchable("an alert that is being added")
        click(labels.cancel)
        await { onAllNodes(hasSetTextAction()).fetchSemanticsNodes().isEmpty() }
        awaitText(labels.addAlert)
    }

    @Test
    fun `what was copied is said at its button, for some seconds`() = signedIn(folder, "emma") { handset ->
        val labels = handset.labels
        runOnUiThread { handset.model.open(Place.INVOICES) }
        await { handset.model.invoices.value.run { rows.isNotEmpty() && !refreshing } }
        val id = handset.model.invoices.value.rows.firstNotNullOf { it.invoiceId }
        runOnUiThread { handset.model.open(Route.Pay(id)) }
        await { handset.core.invoices().payment(id, false)?.fields?.isNotEmpty() == true }
        val field = checkNotNull(handset.core.invoices().payment(id, false)).fields.first()
        awaitText(field.title.text)
        onNodeWithContentDescription("${labels.copy}: ${field.title.spoken}").performScrollTo()
        justAfter { onNodeWithContentDescription("${labels.copy}: ${field.title.spoken}").performClick() }
        assertTrue("copy ${field.copied}" in handset.device.asked)
        saysCopied("${labels.copied}: ${field.title.spoken}")

        runOnUiThread { handset.model.open(Place.SIM) }
        await { handset.model.activation.value.sims.isNotEmpty() }
        val sim = handset.model.activation.value.sims.first { it.tellsSecrets }
        runOnUiThread { handset.model.rooms.sim.reveal(sim.id, SimSecretKind.PUK) }
        await { handset.model.rooms.sim.secret.value != null }
        awaitText(labels.hide)
        val button = onNode(hasText(labels.copy) and hasClickAction()).performScrollTo()
        justAfter { button.performClick() }
        saysCopied(labels.copied)
    }

    /** The clock stands still after it, but for a moment. */
    private fun DesktopComposeUiTest.justAfter(click: () -> Unit) {
        mainClock.autoAdvance = false
        click()
        repeat(3) { mainClock.advanceTimeByFrame() }
    }

    private fun DesktopComposeUiTest.saysCopied(name: String) {
        onNode(hasContentDescription(name) and SemanticsMatcher.keyIsDefined(LIVE)).assertExists()
        mainClock.advanceTimeBy(5_000)
        mainClock.autoAdvance = true
        await { onAllNodes(hasContentDescription(name)).fetchSemanticsNodes().isEmpty() }
    }

    @Test
    fun `what is still read has its name already, and says that it loads`() = Handset(folder).use { handset ->
        handset.signIn("emma")
        runBlocking { handset.core.invoices().refresh(null) }
        val row = handset.core.invoices().state().rows.first { it.invoiceId != null }
        val id = checkNotNull(row.invoiceId)
        val line = handset.core.usage().state().lines.firstOrNull()?.lineId.orEmpty()
        val help = handset.frame.more.first { it.place == Place.HELP }.label.text
        val screens = listOf(
            Route.Invoice(id) to row.title.text,
            Route.InvoiceLines(id) to row.title.text,
            Route.Pay(id) to handset.labels.pay,
            Route.Claim(id) to handset.labels.claim,
            Route.History(line) to handset.labels.history,
            Route.Article("keep-number") to help,
        )
        window {
            setContent {
                CompanionTheme(handset.frame, handset.labels, dark = false, roboto) {
                    val never = Reads(Never)
                    CompositionLocalProvider(LocalScreenStates provides rememberScreenStates(), LocalReads provides never) {
                        val stack by handset.model.stack.collectAsState()
                        Present(handset.model, stack, {})
                    }
                }
            }
            await { handset.model.invoices.value.rows.isNotEmpty() }
            for ((route, name) in screens) {
                runOnUiThread { handset.model.open(route) }
                awaitText(name)
                onNodeWithContentDescription(handset.labels.loading).assertExists()
            }
        }
    }

    /** Nothing that is read here arrives. */
    private object Never : CoroutineDispatcher() {
        override fun dispatch(context: CoroutineContext, block: Runnable) = Unit
    }

    private companion object {
        val LIVE = SemanticsProperties.LiveRegion
    }
}
