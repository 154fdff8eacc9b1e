// The app as a whole, clicked through on the real core and a sandbox operator.

package mobile.companion.ui

import androidx.compose.ui.test.DesktopComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.assertIsOff
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.isSelectable
import androidx.compose.ui.test.isToggleable
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performImeAction
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import androidx.compose.ui.test.performTextReplacement
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonPrimitive
import mobile.companion.DownloadState
import mobile.companion.InvoiceSection
import mobile.companion.OwnThreshold
import mobile.companion.Place
import mobile.companion.PreferenceChannel
import mobile.companion.PreferenceSwitchView
import mobile.companion.Problem
import mobile.companion.SessionPhase
import mobile.companion.SwitchPhase
import mobile.companion.TypedThreshold
import mobile.companion.ui.navigation.Route
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.assertContains
import kotlin.test.assertEquals
import kotlin.test.assertNull
import kotlin.test.assertTrue

@OptIn(ExperimentalTestApi::class)
class ClicksTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `what is left is read, and stays without a network`() = signedIn("emma") { handset ->
        awaitText("3.8 GB left")
        await { !handset.model.usage.value.refreshing }

        handset.cutOff()
        onNodeWithContentDescription(handset.labels.refresh).performClick()
        await { handset.model.usage.value.notice != null }
        awaitText(checkNotNull(handset.model.usage.value.notice).text)
        onNodeWithText("3.8 GB left").assertIsDisplayed()

        handset.faults()
        click(checkNotNull(handset.model.usage.value.notice?.action))
        await { handset.model.usage.value.notice == null }
    }

    @Test
    fun `a switch turned without a network waits, and is confirmed after reconnect`() = signedIn("emma") { handset ->
        runOnUiThread { handset.model.open(Place.NOTIFICATIONS) }
        await { handset.model.preferences.value.lines.isNotEmpty() }
        await { !handset.model.preferences.value.refreshing }
        val sms = handset.sms()
        assertTrue(sms.on)

        handset.cutOff()
        onAllNodes(isToggleable() and hasText(sms.title.text)).onFirst().performScrollTo().performClick()
        await { handset.sms().phase == SwitchPhase.WAITING }
        awaitText(checkNotNull(handset.sms().status).text)
        onAllNodes(isToggleable() and hasText(sms.title.text)).onFirst().assertIsOff()

        handset.faults()
        await { !handset.model.preferences.value.refreshing }
        onNodeWithContentDescription(handset.labels.refresh).performClick()
        await { handset.sms().phase == SwitchPhase.CONFIRMED }
        assertTrue(!handset.sms().on)
    }

    @Test
    fun `a document is downloaded, paused, resumed and opened`() = signedIn("emma") { handset ->
        val labels = handset.labels
        click(labelOf(handset, Place.INVOICES))
        // A list that is being read may move under the finger.
        await { handset.model.invoices.value.run { rows.isNotEmpty() && !refreshing } }
        click(handset.model.invoices.value.rows.first().title.text)
        awaitText(labels.overview)

        handset.faults("only" to JsonArray(listOf(JsonPrimitive("/documents"))), "latencyMs" to JsonPrimitive(20_000))
        click(labels.download)
        click(labels.pause)
        handset.faults()
        await { handset.document() !is DownloadState.Downloading }
        click(if (handset.document() == DownloadState.Partly) labels.resume else labels.download)
        await { handset.document() == DownloadState.Here }
        click(labels.open)
        await { handset.device.asked.any { it.startsWith("document ") } }
    }

    @Test
    fun `the walk leads to the proof, and back by one step`() = signedIn("luc") { handset ->
        runOnUiThread { handset.model.open(Place.WIFI_CALLING) }
        val seen = mutableListOf<String>()
        while (handset.model.wifiCalling.value.works == null) {
            await { handset.model.wifiCalling.value.step?.let { it.id !in seen } == true }
            val step = checkNotNull(handset.model.wifiCalling.value.step)
            seen += step.id
            awaitText(step.title.text)
            assertTouchable(step.id)
            click(step.answers.first().label.text)
            await { handset.model.wifiCalling.value.let { it.works != null || it.step?.id !in seen } }
        }
        assertContains(seen, "proof-call")
        awaitText(checkNotNull(handset.model.wifiCalling.value.works).text)

        val last = handset.model.wifiCalling.value.step?.id
        click(handset.labels.stepBack)
        await { handset.model.wifiCalling.value.step?.id != last }
    }

    @Test
    fun `what failed is said, and is done by the same button once it can be`() = signedIn("emma") { handset ->
        val labels = handset.labels
        click(labelOf(handset, Place.INVOICES))
        // A list that is being read may move under the finger.
        await { handset.model.invoices.value.run { rows.isNotEmpty() && !refreshing } }
        click(handset.model.invoices.value.rows.first().title.text)
        awaitText(labels.overview)

        handset.cutOff()
        click(labels.download)
        await { handset.model.problem.value != null }
        val problem = checkNotNull(handset.model.problem.value).explanation
        awaitText(problem.sentence)
        // The button is far below the top of the screen.
        onAllNodes(hasText(problem.sentence)).onFirst().assertIsDisplayed()
        assertTouchable("an invoice with a problem")
        handset.faults()
        click(checkNotNull(problem.action))
        await { handset.document() == DownloadState.Here }
        assertNull(handset.model.problem.value)
    }

    @Test
    fun `a person signs in in the browser, and out`() = Handset(folder).use { handset ->
        app(handset) {
            click(handset.model.session.value.screen.signInLabel.text)
            await { handset.device.asked.any { it.startsWith("browser ") } }
            awaitText(handset.labels.browserOpened)

            val page = handset.device.asked.first { it.startsWith("browser ") }.removePrefix("browser ")
            val callback = handset.sandbox.signIn(handset.sandbox.person("emma"), page)
            runOnUiThread { handset.model.cameBack(callback) }
            awaitText("3.8 GB left")

            runOnUiThread { handset.model.open(Place.SETTINGS) }
            click(handset.labels.signOut)
            awaitText(handset.labels.signOutSentence)
            click(handset.labels.signOut, last = true)
            await { handset.model.session.value.phase == SessionPhase.SIGNED_OUT }
            awaitText(handset.model.session.value.screen.signInLabel.text)
        }
    }

    @Test
    fun `a PUK hides itself`() = signedIn("emma") { handset ->
        runOnUiThread { handset.model.open(Place.SIM) }
        await { handset.model.activation.value.sims.isNotEmpty() }
        click(handset.labels.showPuk)
        await { handset.model.rooms.sim.secret.value != null }
        val digits = checkNotNull(handset.model.rooms.sim.secret.value).digits.text
        awaitText(digits)

        handset.phone.clock.advance(31)
        await { handset.model.rooms.sim.secret.value == null }
        await { onAllNodes(hasText(digits)).fetchSemanticsNodes().isEmpty() }
    }

    @Test
    fun `who signed in long ago shows once more who is there, and then sees the PUK`() = signedIn("emma") { handset ->
        runOnUiThread { handset.model.open(Place.SIM) }
        await { handset.model.activation.value.sims.isNotEmpty() }
        handset.pass(600)
        click(handset.labels.showPuk)
        await { handset.model.problem.value != null }
        val asked = checkNotNull(handset.model.problem.value).explanation
        awaitText(asked.sentence)
        assertTouchable("a SIM of which the operator wants to know who asks")
        assertNull(handset.model.rooms.sim.secret.value)

        click(checkNotNull(asked.action))
        await { handset.device.asked.any { it.startsWith("browser ") } }
        val page = handset.device.asked.first { it.startsWith("browser ") }.removePrefix("browser ")
        val callback = handset.sandbox.signIn(handset.sandbox.person("emma"), page)
        runOnUiThread { handset.model.cameBack(callback) }
        await { handset.model.rooms.sim.secret.value != null }
        awaitText(checkNotNull(handset.model.rooms.sim.secret.value).digits.text)
        assertNull(handset.model.problem.value)
        assertEquals(Route.At(Place.SIM), handset.model.stack.value.top)
    }

    @Test
    fun `an invoice of another account is paid once the person says that it is right`() = Handset(folder).use { handset ->
        handset.faults(newPayee)
        handset.signIn("emma")
        app(handset) {
            openInvoice(handset)
            val payment = { handset.core.invoices().payment(handset.invoice(), false) }
            await { payment()?.warning != null }
            click(handset.labels.pay)
            awaitText(checkNotNull(payment()?.warning).text.text)
            assertTouchable("an invoice of another account")
            assertTrue(payment()?.link == null && payment()?.qr == null)
            click(handset.labels.payeeIsRight)
            await { payment()?.warning?.mustConfirm != true }
            awaitText(checkNotNull(payment()?.link).label.text)
        }
    }

    @Test
    fun `lines are claimed in a letter that goes by e-mail`() = signedIn("emma") { handset ->
        openInvoice(handset)
        click(handset.labels.claim)
        val lines = { handset.core.invoices().lines(handset.invoice(), InvoiceSection.DETAIL, 0u) }
        await { lines().isNotEmpty() }
        click(lines().first { !it.employerShare }.title.text)
        click(handset.labels.share)
        await { handset.model.letter.value != null }
        assertTouchable("a letter")
        click(handset.labels.byEmail)
        await { handset.device.asked.any { it.startsWith("link mailto:") } }
        click(handset.labels.share, last = true)
        await { handset.device.asked.any { it.startsWith("share ") } }
    }

    @Test
    fun `a line of a third party's is disputed in a letter`() = signedIn("emma") { handset ->
        openInvoice(handset)
        click(checkNotNull(handset.core.invoices().invoice(handset.invoice())).detailTitle.text)
        click(handset.labels.notMine)
        await { handset.model.letter.value != null }
    }

    @Test
    fun `a threshold is read as it is typed, and refused in words`() = signedIn("emma") { handset ->
        runOnUiThread { handset.model.open(Place.NOTIFICATIONS) }
        await { handset.model.preferences.value.lines.isNotEmpty() && !handset.model.preferences.value.refreshing }
        addAlert(handset, handset.labels.percentField, "half")
        val why = handset.core.explain(Problem.Unexpected("not_a_percentage"))
        awaitText(why.sentence)
        assertNull(handset.model.problem.value, "it is said at the field")
        onNodeWithText("half").assertIsDisplayed().performTextReplacement("42 %")
        await { onAllNodes(hasText(why.sentence)).fetchSemanticsNodes().isEmpty() }
        onNodeWithText("42 %").performImeAction()
        await { handset.own().contains(OwnThreshold.Share(42u)) }
        addAlert(handset, handset.labels.costsField, "12,50")
        await { handset.own().contains(OwnThreshold.Costs(1_250u)) }
        awaitText(handset.model.alerts.value.own.first().text.text)
        assertTouchable("notifications with thresholds")
    }

    @Test
    fun `of two quick changes of the thresholds neither is lost`() = signedIn("emma") { handset ->
        val thresholds = handset.model.rooms.notifications
        runOnUiThread {
            thresholds.add(TypedThreshold.Share("42"))
            thresholds.add(TypedThreshold.Share("43"))
        }
        await { handset.own().containsAll(listOf(OwnThreshold.Share(42u), OwnThreshold.Share(43u))) }
        runOnUiThread {
            thresholds.remove(OwnThreshold.Share(42u))
            thresholds.add(TypedThreshold.Share("44"))
        }
        await { handset.own() == listOf(OwnThreshold.Share(43u), OwnThreshold.Share(44u)) }
    }

    @Test
    fun `quiet hours begin when the person says`() = signedIn("emma") { handset ->
        runOnUiThread { handset.model.open(Place.NOTIFICATIONS) }
        await { handset.model.preferences.value.lines.isNotEmpty() && !handset.model.preferences.value.refreshing }
        val before = handset.model.alerts.value.quiet
        click("${handset.labels.quietFrom} ${before.from.text}")
        onAllNodes(hasSetTextAction()).onFirst().performTextReplacement("23")
        click(handset.labels.confirm, last = true)
        await { handset.model.alerts.value.quiet.fromMinute.toInt() == 23 * 60 }
        awaitText(handset.model.alerts.value.quiet.from.text)
    }

    @Test
    fun `who waits stays on the screen until the person has decided`() = signedIn("emma") { handset ->
        awaitText("3.8 GB left")
        runOnUiThread { handset.model.signIn.signIn() }
        await { handset.device.asked.any { it.startsWith("browser ") } }
        val page = handset.device.asked.first { it.startsWith("browser ") }.removePrefix("browser ")
        val callback = handset.sandbox.signIn(handset.sandbox.person("luc"), page)
        runOnUiThread { handset.model.cameBack(callback) }
        await { handset.model.session.value.otherAccount != null }
        val asked = checkNotNull(handset.model.session.value.otherAccount)
        awaitText(asked.sentence)
        click(labelOf(handset, Place.INVOICES))
        awaitText(asked.sentence)
        click(checkNotNull(asked.action))
        await { handset.model.session.value.otherAccount == null }
        await { onAllNodes(hasText(asked.sentence)).fetchSemanticsNodes().isEmpty() }
        awaitText("Unlimited")
    }

    @Test
    fun `the code of an eSIM goes to the phone`() = signedIn("tom") { handset ->
        runOnUiThread { handset.model.open(Route.Esim("")) }
        awaitText(handset.labels.esimScan)
        onNode(hasSetTextAction()).performScrollTo().performTextInput("LPA:1\$smdp.example.com\$0123-ABCD-4567")
        click(handset.labels.confirm)
        await { handset.model.rooms.gettingStarted.code.value != null }
        click(handset.labels.esimInstall, last = true)
        await { handset.model.rooms.gettingStarted.handover.value != null }
        val way = checkNotNull(handset.model.rooms.gettingStarted.handover.value).routes.first { it.link != null }
        click(way.title.text)
        await { handset.device.asked.contains("link ${way.link}") }
    }

    private fun DesktopComposeUiTest.openInvoice(handset: Handset) {
        click(labelOf(handset, Place.INVOICES))
        // A list that is being read may move under the finger.
        await { handset.model.invoices.value.run { rows.isNotEmpty() && !refreshing } }
        click(handset.model.invoices.value.rows.first().title.text)
        awaitText(handset.labels.overview)
    }

    private fun DesktopComposeUiTest.addAlert(handset: Handset, field: String, typed: String) {
        click(handset.labels.addAlert)
        onNode(hasText(field) and isSelectable()).performScrollTo().performClick()
        onAllNodes(hasText(field) and hasSetTextAction()).onFirst().performScrollTo().performTextInput(typed)
        click(handset.labels.confirm)
    }

    private fun Handset.own() = model.alerts.value.own.map { it.threshold }

    private fun Handset.invoice() = model.invoices.value.rows.firstNotNullOf { it.invoiceId }

    @Test
    fun `the app that was ended opens where the person was`() = Handset(folder).use { handset ->
        handset.signIn("emma")
        app(handset) {
            click(labelOf(handset, Place.INVOICES))
            // A list that is being read may move under the finger.
            await { handset.model.invoices.value.run { rows.isNotEmpty() && !refreshing } }
            click(handset.model.invoices.value.rows.first().title.text)
            awaitText(handset.labels.overview)
            await { handset.core.frame().keptScreen == handset.model.stack.value.text() }
        }
        val before = handset.model.stack.value
        handset.restart()
        assertEquals(before, handset.model.stack.value)
        app(handset) {
            awaitText(handset.labels.overview)
            runOnUiThread { handset.model.back() }
            awaitText(labelOf(handset, Place.INVOICES))
            assertEquals(Route.At(Place.INVOICES), handset.model.stack.value.top)
        }
    }

    private fun signedIn(person: String, test: DesktopComposeUiTest.(Handset) -> Unit) =
        Handset(folder).use { handset ->
            handset.signIn(person)
            app(handset) { test(handset) }
        }

    private fun labelOf(handset: Handset, place: Place) = handset.frame.bar.first { it.place == place }.label.text

    private fun Handset.sms(): PreferenceSwitchView =
        model.preferences.value.lines.flatMap { it.topics }.flatMap { it.switches }.first {
            it.channel ==
                PreferenceChannel.SMS &&
                it.canChange
        }

    private fun Handset.document() = model.invoices.value.rows.first { it.invoiceId != null }.document
}
