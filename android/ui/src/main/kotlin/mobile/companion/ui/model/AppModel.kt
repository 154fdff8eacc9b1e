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
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.merge
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import mobile.companion.ActivationView
import mobile.companion.AlertsView
import mobile.companion.AppLockView
import mobile.companion.CompanionCore
import mobile.companion.ContactView
import mobile.companion.FrameView
import mobile.companion.HelpPage
import mobile.companion.HelpTopic
import mobile.companion.InternalException
import mobile.companion.InvoicesView
import mobile.companion.Labels
import mobile.companion.Notice
import mobile.companion.NotificationPermission
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
import mobile.companion.ui.invoices.Claims
import mobile.companion.ui.navigation.BackStack
import mobile.companion.ui.navigation.Route
import mobile.companion.ui.parts.Drafts
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

    private val appLock = core.appLock()
    private val alertsRoom = core.alerts()
    private val shown = MutableStateFlow<ShownProblem?>(null)

    /** What went wrong on screens while the person was on another: it is said where it belongs. */
    private val waiting = HashMap<Route, ShownProblem>()
    private val written = MutableStateFlow<PreparedRequest?>(null)

    private val asking = Mutex()

    /** The app left the screen while the phone asked: as some phones' own prompts make it. */
    private var leftAsking = false

    /** What the letter is of is done with once it was handed on. */
    private var handedOn: () -> Unit = {}

    /** A locked core does not say where the person was. */
    private var isWayUnknown = lock.value.locked
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

    /** Going back, whatever by. */
    val goingBack = Back(this)

    /** Claims as far as they are written. */
    internal val claims = Claims()

    /** What was typed of secrets, and read for single screens. */
    internal val drafts = Drafts()
    internal val reads = Reads(Dispatchers.Default) { appLock.state().locked }

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
        isWayUnknown = false
        go(way.value.step())
    }

    private fun go(next: BackStack) {
        val before = way.value
        way.value = next
        // What is shown of a SIM is shown on its screen alone, and what was typed of an eSIM is not left about.
        if (next.top != before.top) {
            rooms.sim.hide()
            shown.value = waiting.remove(next.top)
        }
        if (before.holdsEsim && !next.holdsEsim) {
            drafts.clear()
            rooms.gettingStarted.left()
        }
        claims.leave(next.routes.filterIsInstance<Route.Claim>().map { it.id }.toSet())
        rooms.entered(next.top)
    }

    /** The person who signed in begins where they left off, or at the first place. */
    internal fun begin() {
        val kept = core.frame().keptScreen
        isWayUnknown = false
        shown.value = null
        waiting.clear()
        drafts.clear()
        reads.clear()
        // Whoever has been nowhere yet is somebody else.
        if (kept == null) {
            claims.clear()
            rooms.invoices.forget()
        }
        go(BackStack.of(kept, core.frame()))
        if (kept == null) lead()
    }

    /** Whoever has a line on its way begins there, unless they have gone elsewhere before that is known. */
    private fun lead() {
        val begun = way.value
        scope.launch {
            quietly { rooms.gettingStarted.refreshIfDue() }
            if (core.frame().isGettingStarted()) {
                val frame = frame.first { it.isGettingStarted() }
                if (way.value == begun) go(BackStack.start(frame))
            }
        }
    }

    /**
     * The app is on the screen: what moves with the clock is drawn anew, and what is no longer good is asked for. Behind a lock the
     * phone asks at once who is there; not again when its own prompt goes.
     */
    fun cameToFront() {
        appLock.cameBack()
        when {
            !appLock.state().locked -> rooms.invoices.cameToFront()
            !leftAsking -> unlock(isAsked = false)
        }
        leftAsking = false
        scope.launch { front.emit(Unit) }
        signIn.cameToFront()
        rooms.entered(way.value.top)
        // It says which places there are.
        ask { rooms.gettingStarted.refreshIfDue() }
    }

    /** There is a network again, while the app is on the screen: what could not be had is asked for. */
    fun networkReturned() = rooms.entered(way.value.top)

    /** The app left the screen. */
    fun leftScreen() {
        appLock.leftScreen()
        leftAsking = asking.isLocked
        rooms.sim.conceal()
    }

    /**
     * The app left the screen: what is being fetched has so long to end, as long as it [isAway]. What does not end stays as far as
     * it came, and goes on once the app is back. On the main thread.
     */
    suspend fun letDownloadsEnd(withinMs: Long, isAway: () -> Boolean) = rooms.invoices.letDownloadsEnd(withinMs, isAway)

    /** The browser, or a link, brought this address. It is foreign: the core says what it is worth. */
    fun cameBack(url: String) = signIn.cameBack(url)

    /** Opens a prepared request to the fleet manager. */
    fun write(kind: RequestKind) = write(core.prepareRequest(kind, null))

    internal fun write(request: PreparedRequest, handedOn: () -> Unit = {}) {
        this.handedOn = handedOn
        written.value = request
    }

    internal fun share(request: PreparedRequest) = handOn { it.share(request.subject, request.shareText) }

    internal fun mail(request: PreparedRequest) = handOn { it.openLink(request.mailto) }

    private fun handOn(open: (Device) -> Boolean) {
        val handedOn = handedOn
        hand { device -> open(device).also { if (it) handedOn() } }
    }

    /** Opens a page of the operator's own. */
    internal fun openPage(page: HelpPage) = hand { it.openPage(page.url) }

    /** Opens what reaches somebody at the operator: the telephone, a letter, a page. */
    internal fun reach(contact: ContactView) = hand { it.openLink(contact.link) }

    /** Has another app do something, and says so where none does. */
    internal fun hand(open: (Device) -> Boolean) {
        act { if (!open(device)) throw Problem.Unexpected(NOTHING_OPENED) }
    }

    /** What the button of a screen's notice does; [refresh] is what did not work out. */
    internal fun mend(notice: Notice?, refresh: suspend () -> Unit) {
        Remedies(this).of(notice?.remedy) { quietly(refresh) }
    }

    /** While the phone lets none through, alerts stay due: what nobody saw was not told. */
    private suspend fun postDueAlerts() {
        // What was not marked is due again a minute later.
        if (device.permission() != NotificationPermission.GRANTED) return
        quietly { alertsRoom.postDueAlerts { device.post(it) } }
    }

    /** Asks the phone who is there, unless it is asking. */
    fun unlock() = unlock(isAsked = true)

    private fun unlock(isAsked: Boolean) {
        attempt(isAsked = isAsked) {
            if (!asking.tryLock()) return@attempt
            try {
                appLock.unlock()
            } finally {
                asking.unlock()
            }
            lookAgain()
            val frame = core.frame()
            if (isWayUnknown) go(BackStack.of(frame.keptScreen, frame)) else rooms.entered(way.value.top)
            isWayUnknown = false
            rooms.invoices.cameToFront()
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
        act { core.session().use { it.keepAccount() } }
    }

    /** Articles that belong to a screen. */
    fun articles(topic: HelpTopic) = core.help().use { it.articles(topic) }

    /** Does what the person asked for, and shows what is the matter where it fails. */
    internal fun act(reply: Reply? = null, work: Work): Job = attempt(reply = reply, work = work)

    /** As [act]; a problem is said on the screen [asked]. What the person did not ask for themselves takes no other one's place. */
    internal fun attempt(
        onMetered: Boolean = false,
        reply: Reply? = null,
        asked: Route = way.value.top,
        isAsked: Boolean = true,
        work: Work,
    ): Job {
        if (isAsked) {
            // What went wrong before is not what the person is at now.
            shown.value = null
            waiting.remove(asked)
        }
        val whole: Work = {
            work(it)
            reply?.taken()
        }
        return scope.launch {
            try {
                whole(onMetered)
            } catch (problem: Problem) {
                show(problem, asked, reply, whole)
            } catch (_: InternalException) {
                show(Problem.Unexpected(FAULT), asked, reply, whole)
            }
        }
    }

    /** Said on the screen that it was [asked] on. */
    private fun show(problem: Problem, asked: Route, reply: Reply?, again: Work) {
        val explanation = core.explain(problem)
        when {
            explanation.isSilent -> Unit
            // Nothing helps but typing something else: it is said where that is done.
            reply != null && problem is Problem.Unexpected && explanation.remedy == null -> reply.refused(explanation)
            asked == way.value.top -> shown.value = ShownProblem(explanation, again)
            else -> waiting[asked] = ShownProblem(explanation, again)
        }
    }

    /** Asks the operator anew; the view says what came of it. */
    internal fun ask(work: suspend () -> Unit): Job = scope.launch { quietly(work) }

    /** Does what nobody asked for; the view says what came of it. */
    internal suspend fun quietly(work: suspend () -> Unit) {
        try {
            work()
        } catch (_: Problem) {
            // The view's notice says it, dated, and goes away by itself.
        } catch (_: InternalException) {
            // A fault of ours. What is on the screen stays so.
        }
    }

    /** Pulls what the app lock says now. */
    fun lookAgain() {
        scope.launch { front.emit(Unit) }
    }

    private fun <View> kept(views: Flow<View>, now: () -> View): StateFlow<View> =
        merge(views, front.map { now() }).flowOn(Dispatchers.Default).stateIn(scope, SharingStarted.Eagerly, now())

    private companion object {
        /** What the person asked for needs another app, and the phone has none for it. */
        const val NOTHING_OPENED = "nothing_opened"

        /** A fault of ours: the core ended what it was at, and goes on with everything else. */
        const val FAULT = "fault"
    }
}

private fun FrameView.isGettingStarted() = bar.first().place == Place.GETTING_STARTED

private val BackStack.holdsEsim get() = routes.any { it is Route.Esim }
