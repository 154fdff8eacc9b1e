// Every screen in the states that matter, as a person sees it: in French and Dutch, by day and in the dark, with text twice
// as large, on a phone and in a large window.

package mobile.companion.ui

import androidx.compose.runtime.Composable
import mobile.companion.HelpTopic
import mobile.companion.Place
import mobile.companion.Problem
import mobile.companion.RequestKind
import mobile.companion.SessionPhase
import mobile.companion.SignInFailure
import mobile.companion.StorageFailure
import mobile.companion.ui.gettingstarted.EsimScreen
import mobile.companion.ui.gettingstarted.GettingStartedScreen
import mobile.companion.ui.help.ArticleScreen
import mobile.companion.ui.help.HelpScreen
import mobile.companion.ui.invoices.ClaimScreen
import mobile.companion.ui.invoices.InvoiceScreen
import mobile.companion.ui.invoices.InvoicesScreen
import mobile.companion.ui.invoices.LinesScreen
import mobile.companion.ui.invoices.RunningScreen
import mobile.companion.ui.more.MoreScreen
import mobile.companion.ui.notifications.NotificationsScreen
import mobile.companion.ui.parts.ProblemCard
import mobile.companion.ui.pay.PayScreen
import mobile.companion.ui.settings.SettingsScreen
import mobile.companion.ui.signin.LockCover
import mobile.companion.ui.signin.SignIn
import mobile.companion.ui.sim.SimScreen
import mobile.companion.ui.usage.HistoryScreen
import mobile.companion.ui.usage.PlanScreen
import mobile.companion.ui.usage.UsageScreen
import mobile.companion.ui.wificalling.WifiCallingScreen
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.TestFactory
import org.junit.jupiter.api.TestInstance

private const val DAY = 86_400L

private val phone = Look()
private val dark = Look(dark = true)
private val tall = Look(height = 1_500)
private val large = Look(height = 1_900, fontScale = 2f)
private val lying = Look(width = 780, height = 360)
private val window = Look(width = 1_000, height = 700)

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PicturesTest {
    private val scenes = mutableMapOf<String, Scene>()

    /** Made once for all the pictures of it. */
    private fun scene(name: String): Scene = scenes.getOrPut(name) { made(name) }

    private fun made(name: String): Scene = when (name) {
        "emma-fr" -> Scene("emma", "fr")
        "emma-nl" -> Scene("emma", "nl")
        "emma-en" -> Scene("emma", "en")
        "emma-de" -> Scene("emma", "de")
        "luc-fr" -> Scene("luc", "fr")
        "luc-nl" -> Scene("luc", "nl")
        "tom-fr" -> Scene("tom", "fr")
        "ines-fr" -> Scene("ines", "fr")
        "ines-nl" -> Scene("ines", "nl")
        "nadia-fr" -> Scene("nadia", "fr")
        "never-fr" -> Scene("emma", "fr", before = { cutOff() })
        "offline-fr" -> Scene("emma", "fr", after = { later(2 * 3_600) })
        "old-nl" -> Scene("emma", "nl", after = { later(2 * DAY) })
        "ended-fr" -> Scene("emma", "fr", after = { later(7 * DAY) })
        "saved-nl" -> Scene("emma", "nl", after = { core.invoices().download(document(), false, null, null) })
        "downloading-nl" -> Scene("emma", "nl", after = { beginDownload() })
        "paused-fr" -> Scene("emma", "fr", after = { pauseDownload() })
        "waiting-nl" -> Scene("emma", "nl", after = { turnOffline() })
        "denied-fr" -> Scene("emma", "fr", after = { denyNotifications() })
        "proof-nl" -> Scene("luc", "nl", after = { walk(steps = 3) })
        "works-fr" -> Scene("luc", "fr", after = { walk(steps = 20) })
        "checked-fr" -> Scene("luc", "fr", after = { core.wifiCalling().check(null, null) })
        "puk-fr" -> Scene("emma", "fr", after = { revealPuk() })
        "puk-nl" -> Scene("emma", "nl", after = { revealPuk() })
        "esim-fr" -> Scene("tom", "fr", after = { readCode() })
        "esim-nl" -> Scene("tom", "nl", after = { readCode() })
        "ended-session-fr" -> Scene("emma", "fr", after = { endSession() })
        "fetching-fr" -> Scene("emma", "fr", after = { beginSlowDownload() })
        "conflict-fr" -> Scene("emma", "fr", after = { chooseTwice() })
        "refused-nl" -> Scene("emma", "nl", after = { turnRefused() })
        "late-fr" -> Scene("ines", "fr", after = { moveLate() })
        "two-people-nl" -> Scene("emma", "nl", after = { signInAsWell("luc") })
        "payee-fr" -> Scene("emma", "fr", before = { faults(newPayee) })
        "payee-nl" -> Scene("emma", "nl", before = { faults(newPayee) })
        "nobody-de" -> Scene(null, "de")
        "nobody-fr" -> Scene(null, "fr")
        "nobody-nl" -> Scene(null, "nl")
        else -> error("no scene is called $name")
    }

    @AfterAll
    fun close() = scenes.values.forEach { it.close() }

    @TestFactory
    fun usage() = pictures(
        Shot("usage-fr", "emma-fr", tall) { Usage(it) },
        Shot("usage-nl", "emma-nl", dark) { Usage(it) },
        Shot("usage-de", "emma-de", phone) { Usage(it) },
        Shot("usage-fr", "emma-fr", large) { Usage(it) },
        Shot("usage-fr", "emma-fr", lying) { Usage(it) },
        Shot("usage-window-nl", "emma-nl", window) { Usage(it) },
        Shot("usage-unlimited-nl", "luc-nl", phone) { Usage(it) },
        Shot("usage-nearly-used-up-fr", "tom-fr", phone) { Usage(it) },
        Shot("usage-nearly-used-up-fr", "tom-fr", large) { Usage(it) },
        Shot("usage-never-loaded-fr", "never-fr", phone) { Usage(it) },
        Shot("usage-offline-fr", "offline-fr", phone) { Usage(it) },
        Shot("usage-offline-fr", "offline-fr", large) { Usage(it) },
        Shot("usage-old-nl", "old-nl", dark) { Usage(it) },
        Shot("usage-cycle-ended-fr", "ended-fr", phone) { Usage(it) },
        Shot("usage-not-entitled-fr", "tom-fr", phone) { UsageOfSecondLine(it) },
        Shot("usage-somebody-else-nl", "two-people-nl", phone) { UsageWithSomebodyElse(it) },
        Shot("plan-fr", "emma-fr", phone) { Plan(it) },
        Shot("plan-nl", "luc-nl", dark) { Plan(it) },
        Shot("plan-fr", "emma-fr", large) { Plan(it) },
        Shot("history-fr", "emma-fr", tall) { History(it) },
        Shot("history-nl", "emma-nl", dark) { History(it) },
        Shot("history-fr", "emma-fr", large) { History(it) },
    )

    @TestFactory
    fun invoices() = pictures(
        Shot("invoices-fr", "emma-fr", tall) { Invoices(it) },
        Shot("invoices-nl", "emma-nl", dark) { Invoices(it) },
        Shot("invoices-fr", "emma-fr", large) { Invoices(it) },
        Shot("invoices-window-nl", "emma-nl", window) { Invoices(it) },
        Shot("invoices-employer-pays-nl", "luc-nl", phone) { Invoices(it) },
        Shot("invoices-never-loaded-fr", "never-fr", dark) { Invoices(it) },
        Shot("invoice-fr", "emma-fr", tall) { Invoice(it) },
        Shot("invoice-nl", "emma-nl", dark) { Invoice(it) },
        Shot("invoice-fr", "emma-fr", large) { Invoice(it) },
        Shot("invoice-lines-fr", "emma-fr", tall) { Lines(it) },
        Shot("invoice-lines-nl", "emma-nl", large) { Lines(it) },
        Shot("running-nl", "emma-nl", phone) { Running(it) },
        Shot("claim-fr", "emma-fr", tall) { Claim(it) },
        Shot("claim-nl", "emma-nl", large) { Claim(it) },
        Shot("pay-fr", "emma-fr", tall) { Pay(it) },
        Shot("pay-nl", "emma-nl", dark) { Pay(it) },
        Shot("pay-fr", "emma-fr", large) { Pay(it) },
        Shot("pay-other-account-fr", "payee-fr", tall) { Pay(it) },
        Shot("pay-other-account-nl", "payee-nl", dark) { Pay(it) },
        Shot("pay-other-account-fr", "payee-fr", large) { Pay(it) },
        Shot("invoice-downloading-nl", "downloading-nl", tall) { Invoice(it) },
        Shot("invoice-fetching-fr", "fetching-fr", tall) { Invoice(it) },
        Shot("invoices-en", "emma-en", phone) { Invoices(it) },
        Shot("pay-en", "emma-en", tall) { Pay(it) },
        Shot("invoice-paused-fr", "paused-fr", tall) { Invoice(it) },
        Shot("invoice-here-nl", "saved-nl", tall) { Invoice(it) },
    )

    @TestFactory
    fun notifications() = pictures(
        Shot("notifications-fr", "emma-fr", tall) { Notifications(it) },
        Shot("notifications-nl", "emma-nl", dark) { Notifications(it) },
        Shot("notifications-fr", "emma-fr", large) { Notifications(it) },
        Shot("notifications-whole-fr", "emma-fr", Look(height = 2_700)) { Notifications(it) },
        Shot("notifications-whole-nl", "emma-nl", Look(height = 5_600, fontScale = 2f, dark = true)) { Notifications(it) },
        Shot("notifications-never-loaded-fr", "never-fr", phone) { Notifications(it) },
        Shot("notifications-waiting-nl", "waiting-nl", phone) { Notifications(it) },
        Shot("notifications-conflict-fr", "conflict-fr", tall) { Notifications(it) },
        Shot("notifications-conflict-fr", "conflict-fr", large) { Notifications(it) },
        Shot("notifications-refused-nl", "refused-nl", phone) { Notifications(it) },
        Shot("notifications-de", "emma-de", tall) { Notifications(it) },
        Shot("notifications-not-arriving-fr", "denied-fr", tall) { Notifications(it) },
    )

    @TestFactory
    fun `wi-fi calling`() = pictures(
        Shot("wifi-calling-fr", "luc-fr", tall) { WifiCalling(it) },
        Shot("wifi-calling-nl", "luc-nl", dark) { WifiCalling(it) },
        Shot("wifi-calling-fr", "luc-fr", large) { WifiCalling(it) },
        Shot("wifi-calling-fr", "emma-fr", lying) { WifiCalling(it) },
        Shot("wifi-calling-off-fr", "emma-fr", phone) { WifiCalling(it) },
        Shot("wifi-calling-ordered-nl", "ines-nl", phone) { WifiCalling(it) },
        Shot("wifi-calling-proof-nl", "proof-nl", phone) { WifiCalling(it) },
        Shot("wifi-calling-works-fr", "works-fr", phone) { WifiCalling(it) },
        Shot("wifi-calling-check-fr", "checked-fr", tall) { WifiCalling(it) },
    )

    @TestFactory
    fun `getting started`() = pictures(
        Shot("getting-started-fr", "ines-fr", tall) { GettingStarted(it) },
        Shot("getting-started-nl", "ines-nl", dark) { GettingStarted(it) },
        Shot("getting-started-fr", "ines-fr", large) { GettingStarted(it) },
        Shot("getting-started-refused-fr", "tom-fr", phone) { GettingStarted(it) },
        Shot("getting-started-tomorrow-fr", "nadia-fr", tall) { GettingStarted(it) },
        Shot("getting-started-late-fr", "late-fr", tall) { GettingStarted(it) },
        Shot("getting-started-nothing-fr", "emma-fr", phone) { GettingStarted(it) },
        Shot("sim-fr", "emma-fr", phone) { Sim(it) },
        Shot("sim-nl", "emma-nl", dark) { Sim(it) },
        Shot("sim-step-up-fr", "emma-fr", phone) { SimWithStepUp(it) },
        Shot("sim-step-up-nl", "emma-nl", Look(height = 1_500, fontScale = 2f)) { SimWithStepUp(it) },
        Shot("sim-puk-fr", "puk-fr", tall) { Sim(it) },
        Shot("sim-puk-fr", "puk-fr", large) { Sim(it) },
        Shot("sim-puk-nl", "puk-nl", dark) { Sim(it) },
        Shot("esim-fr", "esim-fr", tall) { Esim(it) },
        Shot("esim-nl", "esim-nl", Look(height = 1_500, dark = true)) { Esim(it) },
        Shot("esim-without-code-fr", "emma-fr", phone) { Esim(it) },
    )

    @TestFactory
    fun `everything else`() = pictures(
        Shot("more-fr", "emma-fr", phone) { More(it) },
        Shot("more-nl", "emma-nl", dark) { More(it) },
        Shot("more-fr", "emma-fr", Look(fontScale = 2f)) { More(it) },
        Shot("help-fr", "emma-fr", tall) { Help(it) },
        Shot("help-nl", "emma-nl", dark) { Help(it) },
        Shot("article-fr", "emma-fr", tall) { Article(it) },
        Shot("article-nl", "emma-nl", large) { Article(it) },
        Shot("settings-fr", "emma-fr", phone) { Settings(it) },
        Shot("settings-nl", "emma-nl", dark) { Settings(it) },
        Shot("sign-in-fr", "nobody-fr", phone) { SignInOf(it) },
        Shot("sign-in-nl", "nobody-nl", dark) { SignInOf(it) },
        Shot("sign-in-fr", "nobody-fr", Look(fontScale = 2f)) { SignInOf(it) },
        Shot("sign-in-fr", "nobody-fr", lying) { SignInOf(it) },
        Shot("sign-in-problem-fr", "nobody-fr", phone) { SignInWithProblem(it) },
        Shot("sign-in-de", "nobody-de", phone) { SignInOf(it) },
        Shot("settings-en", "emma-en", dark) { Settings(it) },
        Shot("sign-in-waiting-fr", "nobody-fr", phone) { SignInWaiting(it) },
        Shot("invitation-nl", "nobody-nl", phone) { Invited(it) },
        Shot("usage-signed-out-by-operator-fr", "ended-session-fr", phone) { Usage(it) },
        Shot("lock-fr", "emma-fr", phone) { Lock(it) },
        Shot("lock-nl", "emma-nl", dark) { Lock(it) },
        Shot("problem-fr", "emma-fr", phone) { UsageWithProblem(it) },
        Shot("problem-nl", "emma-nl", dark) { UsageWithProblem(it) },
        Shot("problem-fr", "emma-fr", large) { UsageWithProblem(it) },
        Shot("letter-fr", "emma-fr", phone) { Letter(it) },
        Shot("letter-nl", "emma-nl", large) { Letter(it) },
    )

    private fun pictures(vararg shots: Shot) = shots.map { shot ->
        DynamicTest.dynamicTest(shot.name + shot.look.suffix) {
            val scene = scene(shot.scene)
            picture(shot.name, scene.frame, scene.labels, shot.look) { shot.content(scene) }
        }
    }

    private class Shot(val name: String, val scene: String, val look: Look, val content: @Composable (Scene) -> Unit)
}

@Composable
private fun At(scene: Scene, place: Place, content: @Composable () -> Unit) = Frame(scene.frame, place, {}, content)

@Composable
private fun Usage(scene: Scene, problem: @Composable () -> Unit = {}) = At(scene, Place.USAGE) {
    UsageScreen(
        scene.title(Place.USAGE), scene.usage, null, scene.help(HelpTopic.USAGE), scene.rooms.usage, {}, problem,
    )
}

@Composable
private fun UsageOfSecondLine(scene: Scene) = At(scene, Place.USAGE) {
    val line = scene.usage.lines[1].lineId
    UsageScreen(
        scene.title(Place.USAGE), scene.usage, line, scene.help(HelpTopic.USAGE), scene.rooms.usage, {},
    )
}

@Composable
private fun UsageWithSomebodyElse(scene: Scene) = Usage(scene) {
    ProblemCard(checkNotNull(scene.session.otherAccount), {}, {}, onClose = null)
}

@Composable
private fun SignInWithProblem(scene: Scene) = SignIn(scene.session, null, scene.signIn, {}) {
    ProblemCard(scene.core.explain(Problem.SignIn(SignInFailure.OperatorError)), {}, {}, {})
}

@Composable
private fun Plan(scene: Scene) = At(scene, Place.MORE) {
    PlanScreen(scene.title(Place.PLAN), scene.usage, scene.help(HelpTopic.PLAN), scene.rooms.usage, {}, {})
}

@Composable
private fun History(scene: Scene) = At(scene, Place.USAGE) {
    val line = scene.usage.lines.first().lineId
    val view = checkNotNull(scene.core.usage().history(line))
    HistoryScreen(view, { bucket, month -> scene.core.usage().historyDays(line, bucket, month) }, {})
}

@Composable
private fun Invoices(scene: Scene) = At(scene, Place.INVOICES) {
    InvoicesScreen(
        scene.title(Place.INVOICES), scene.invoices, scene.help(HelpTopic.INVOICES), scene.rooms.invoices, {},
    )
}

private fun Scene.invoice() = checkNotNull(core.invoices().invoice(invoices.rows.firstNotNullOf { it.invoiceId }))

@Composable
private fun Invoice(scene: Scene) = At(scene, Place.INVOICES) {
    val view = scene.invoice()
    InvoiceScreen(view, scene.core.invoices().payment(view.invoiceId, false), scene.rooms.invoices, {}, {})
}

@Composable
private fun Esim(scene: Scene) = At(scene, scene.frame.bar.first().place) {
    EsimScreen("sim", scene.esimCode, scene.handover, scene.rooms.gettingStarted, {})
}

@Composable
private fun Lines(scene: Scene) = At(scene, Place.INVOICES) { LinesScreen(scene.invoice(), scene.rooms.invoices, {}) }

@Composable
private fun Running(scene: Scene) = At(scene, Place.INVOICES) {
    RunningScreen(checkNotNull(scene.invoices.running), scene.rooms.invoices, {})
}

@Composable
private fun Claim(scene: Scene) = At(scene, Place.INVOICES) { ClaimScreen(scene.invoice(), scene.rooms.invoices, {}) }

@Composable
private fun Pay(scene: Scene) = At(scene, Place.INVOICES) {
    val id = scene.invoice().invoiceId
    PayScreen(id, { scene.core.invoices().payment(id, it) }, null, scene.rooms.invoices, {})
}

@Composable
private fun Notifications(scene: Scene) = At(scene, Place.MORE) {
    NotificationsScreen(
        scene.title(Place.NOTIFICATIONS),
        scene.preferences,
        scene.alerts,
        scene.help(HelpTopic.ALERTS),
        scene.rooms.notifications,
        {},
        {},
    )
}

@Composable
private fun WifiCalling(scene: Scene) = At(scene, Place.WIFI_CALLING) {
    WifiCallingScreen(
        scene.title(Place.WIFI_CALLING), scene.wifiCalling, scene.help(HelpTopic.WIFI_CALLING), scene.rooms.wifiCalling, {},
    )
}

@Composable
private fun GettingStarted(scene: Scene) = At(scene, scene.frame.bar.first().place) {
    GettingStartedScreen(
        scene.title(Place.GETTING_STARTED),
        scene.activation,
        scene.help(HelpTopic.GETTING_STARTED),
        scene.rooms.gettingStarted,
        {},
        null,
    )
}

@Composable
private fun Sim(scene: Scene, problem: @Composable () -> Unit = {}) = At(scene, Place.MORE) {
    val articles = scene.help(HelpTopic.SIM)
    SimScreen(
        scene.title(Place.SIM), scene.activation, scene.secret, false, articles, scene.rooms.sim, {}, {}, problem,
    )
}

@Composable
private fun SimWithStepUp(scene: Scene) = Sim(scene) {
    ProblemCard(scene.core.explain(Problem.SignIn(SignInFailure.StepUpRequired)), {}, {}, {})
}

@Composable
private fun More(scene: Scene) = At(scene, Place.MORE) { MoreScreen(scene.title(Place.MORE), scene.frame.more, {}) }

@Composable
private fun Help(scene: Scene) = At(scene, Place.MORE) {
    HelpScreen(scene.title(Place.HELP), { scene.core.help().articles(words = it) }, {}, {})
}

@Composable
private fun Article(scene: Scene) = At(scene, Place.MORE) {
    ArticleScreen(checkNotNull(scene.core.help().article("keep-number")), {}, {}, {})
}

@Composable
private fun Settings(scene: Scene) = At(scene, Place.MORE) {
    val lock = scene.core.appLock().state().copy(available = true)
    SettingsScreen(scene.title(Place.SETTINGS), scene.frame, lock, scene.rooms.settings, {})
}

@Composable
private fun SignInWaiting(scene: Scene) = SignIn(scene.session.copy(phase = SessionPhase.SIGNING_IN), null, scene.signIn, {})

@Composable
private fun Invited(scene: Scene) {
    val question = scene.core.session().invitation("SANDBOX-1234")
    SignIn(scene.session, question, scene.signIn, {})
}

@Composable
private fun SignInOf(scene: Scene) = SignIn(scene.session, null, scene.signIn, {})

@Composable
private fun Lock(scene: Scene) = LockCover(scene.core.appLock().state().screen, {})

@Composable
private fun UsageWithProblem(scene: Scene) = Usage(scene) {
    val problem = scene.core.explain(Problem.StorageUnavailable(StorageFailure.FAILING))
    ProblemCard(problem, {}, {}, {})
}

@Composable
private fun Letter(scene: Scene) {
    val letter = scene.core.prepareRequest(RequestKind.PLAN_DOES_NOT_FIT, null)
    LetterScreen(letter, {}, {}, {})
}
