// The core behind the screens: its views as state, what the person asks for as work, and where they are. It decides nothing.

package mobile.companion.ui.model

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableSharedFlow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.drop
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.merge
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import mobile.companion.ActivationView
import mobile.companion.AlertsView
import mobile.companion.AppLockView
import mobile.companion.CompanionCore
import mobile.companion.ContactView
import mobile.companion.FrameView
import mobile.companion.HelpPage
import mobile.companion.HelpTopic
import mobile.companion.InvoicesView
import mobile.companion.Labels
import mobile.companion.Notice
import mobile.companion.Place
import mobile.companion.PreferencesView
import mobile.companion.PreparedRequest
import mobile.companion.Problem
import mobile.companion.RequestKind
import mobile.companion.SessionView
import mobile.companion.UsageView
import mobile.companion.WifiCallingView
import mobile.companion.activationViews
import mobile.companion.alertsViews
import mobile.companion.appLockViews
import mobile.companion.frameViews
import mobile.companion.invoicesViews
import mobile.companion.postDueAlerts
import mobile.companion.preferencesViews
import mobile.companion.sessionViews
import mobile.companion.ui.navigation.BackStack
import mobile.companion.ui.navigation.Route
import mobile.companion.usageViews
import mobile.companion.wifiCallingViews

/**
 * Everything the screens draw and call. One for an app, in a [scope] on the main thread that lives as long as it does. It is
 * called there too; the views are pulled off it.
 */
class AppModel(
    internal val core: CompanionCore,
    internal val device: Device,
    internal val scope: CoroutineScope,
) {
    private val front = MutableSharedFlow<Unit>()

    /** The words of buttons, fields and headings. */
    val labels: Labels = core.labels()

    /** What stands around the screens. */
    val frame: StateFlow<FrameView> = kept(core.frameViews(), core::frame)

    /** Where the person stands with the operator. */
    val session: StateFlow<SessionView> = kept(core.sessionViews(), core.session()::state)

    /** The usage screen. */
    val usage: StateFlow<UsageView> = kept(core.usageViews(), core.usage()::state)

    /** The usage alerts on the notifications screen. */
    val alerts: StateFlow<AlertsView> = kept(core.alertsViews(), core.alerts()::state)

    /** The switches on the notifications screen. */
    val preferences: StateFlow<PreferencesView> = kept(core.preferencesViews(), core.preferences()::state)

    /** The list of invoices. */
    val invoices: StateFlow<InvoicesView> = kept(core.invoicesViews(), core.invoices()::state)

    /** The Wi-Fi calling screen. */
    val wifiCalling: StateFlow<WifiCallingView> = kept(core.wifiCallingViews(), core.wifiCalling()::state)

    /** The screen of getting started. */
    val activation: StateFlow<ActivationView> = kept(core.activationViews(), core.activation()::state)

    /** The lock over all screens. It changes also while the app is away. */
    val lock: StateFlow<AppLockView> = kept(core.appLockViews(), core.appLock()::state)

    private val shown = MutableStateFlow<ShownProblem?>(null)
    private val written = MutableStateFlow<PreparedRequest?>(null)
    private val way = MutableStateFlow(BackStack.of(frame.value.keptScreen, frame.value))

    /** What went wrong last, until the person closes it, does something about it, or goes elsewhere. */
    val problem: StateFlow<ShownProblem?> = shown.asStateFlow()

    /** A letter that lies over the screen until it is sent or closed. */
    val letter: StateFlow<PreparedRequest?> = written.asStateFlow()

    /** Where the person is, and how they came there. It is kept by the core, and gone when they sign out. */
    val stack: StateFlow<BackStack> = way.asStateFlow()

    /** Signing in and out. */
    val signIn = SignInModel(this)

    internal val rooms = Rooms(this)

    init {
        // What is due is told after every refresh, and when the quiet hours end.
        scope.launch { usage.collectLatest { postDueAlerts() } }
        scope.launch {
            alerts.collectLatest { view ->
                view.nextDueInMs?.let {
                    delay(it.toLong())
                    postDueAlerts()
                }
            }
        }
        scope.launch { way.drop(1).collect { quietly { core.keepScreen(it.text()) } } }
    }

    /** Goes to a screen. */
    fun open(route: Route) = move { open(route) }

    /** Goes to a place of the bar. */
    fun open(place: Place) = move { to(place, frame.value) }

    /** Goes back by one screen; [BackStack.canGoBack] says whether there is one. */
    fun back() = move { back() }

    private fun move(step: BackStack.() -> BackStack) {
        shown.value = null
        way.update(step)
        rooms.entered(way.value.top)
    }

    /** The person who signed in begins where they left off, or at the first place. */
    internal fun begin() {
        way.value = BackStack.of(core.frame().keptScreen, core.frame())
        rooms.entered(way.value.top)
    }

    /** The app is on the screen: what moves with the clock is drawn anew, and what is no longer good is asked for. */
    fun cameToFront() {
        core.appLock().cameBack()
        scope.launch { front.emit(Unit) }
        signIn.cameToFront()
        rooms.entered(way.value.top)
    }

    /** The app left the screen. */
    fun leftScreen() {
        core.appLock().leftScreen()
        core.activation().hide()
    }

    /** The browser, or a link, brought this address. */
    fun cameBack(url: String) = signIn.finish(url)

    /** Opens a prepared request to the fleet manager. */
    fun write(kind: RequestKind) = write(core.prepareRequest(kind, null))

    internal fun write(request: PreparedRequest) {
        written.value = request
    }

    internal fun share(request: PreparedRequest) = device.share(request.subject, request.shareText)

    internal fun mail(request: PreparedRequest) = device.openLink(request.mailto)

    /** Opens a page of the operator's own. */
    internal fun openPage(page: HelpPage) = device.openPage(page.url)

    /** Opens what reaches somebody at the operator: the telephone, a letter, a page. */
    internal fun reach(contact: ContactView) = device.openLink(contact.link)

    /** What the button of a screen's notice does; [refresh] is what did not work out. */
    internal fun mend(notice: Notice?, refresh: suspend () -> Unit) {
        Remedies(this).of(notice?.remedy) { quietly(refresh) }
    }

    /** While the phone lets none through, alerts stay due: what nobody saw was not told. */
    private suspend fun postDueAlerts() {
        // What was not marked is due again a minute later.
        if (device.mayNotify()) quietly { core.alerts().postDueAlerts { device.post(it) } }
    }

    /** Asks the phone who is there. */
    fun unlock() {
        act {
            core.appLock().unlock()
            lookAgain()
        }
    }

    /** Closes the letter. */
    fun closeLetter() {
        written.value = null
    }

    /** Closes the problem. */
    fun closeProblem() {
        shown.value = null
    }

    /** What the problem's button does. */
    fun remedy() = shown.value?.let { problem ->
        shown.value = null
        Remedies(this).of(problem.explanation.remedy, problem.again)
    }

    /** The person wants whoever signed in last, and what was here gone. */
    fun replaceAccount() {
        shown.value = null
        signIn.replaceAccount()
    }

    /** What the problem's other button does: the person keeps the account that is here. */
    fun alternative() {
        shown.value = null
        act { core.session().keepAccount() }
    }

    /** Articles that belong to a screen. */
    fun articles(topic: HelpTopic) = core.help().articles(topic)

    /** Does what the person asked for, and shows what is the matter where it fails. */
    internal fun act(work: Work): Job = attempt(false, work)

    internal fun attempt(onMetered: Boolean, work: Work): Job = scope.launch {
        try {
            work(onMetered)
        } catch (problem: Problem) {
            show(problem, work)
        }
    }

    private fun show(problem: Problem, again: Work) {
        val explanation = core.explain(problem)
        if (!explanation.isSilent) shown.value = ShownProblem(explanation, again)
    }

    /** Asks the operator anew; the view says what came of it. */
    internal fun ask(work: suspend () -> Unit): Job = scope.launch { quietly(work) }

    /** Does what nobody asked for; the view says what came of it. */
    internal suspend fun quietly(work: suspend () -> Unit) {
        try {
            work()
        } catch (_: Problem) {
            // The view's notice says it, dated, and goes away by itself.
        }
    }

    /** Pulls what the app lock says now. */
    internal fun lookAgain() = scope.launch { front.emit(Unit) }

    private fun <View> kept(views: Flow<View>, now: () -> View): StateFlow<View> =
        merge(views, front.map { now() }).flowOn(Dispatchers.Default).stateIn(scope, SharingStarted.Eagerly, now())
}
