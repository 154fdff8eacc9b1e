package mobile.companion.app

import android.app.Application
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.MainScope
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.filterIsInstance
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.receiveAsFlow
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import mobile.companion.Alert
import mobile.companion.CompanionCore
import mobile.companion.Problem
import mobile.companion.SessionPhase
import mobile.companion.platform.life.Outcome
import mobile.companion.platform.life.Waking
import mobile.companion.platform.life.outcomeOf
import mobile.companion.platform.life.watchScreen
import mobile.companion.platform.network.DefaultNetwork
import mobile.companion.platform.notifications.Notifications
import mobile.companion.platform.phone.PhoneFactsReader
import mobile.companion.platform.widget.UsageWidget
import mobile.companion.postDueAlerts
import mobile.companion.preferencesViews
import mobile.companion.sessionViews
import mobile.companion.ui.model.AppModel
import mobile.companion.usageViews

/** What the activity shows. */
sealed interface Showing {
    /** The core is being opened: a moment, or as long as the phone's keystore takes. */
    data object Opening : Showing

    /** It could not be opened. */
    data object NotOpened : Showing

    /** The app. */
    data class Screens(val model: AppModel) : Showing
}

/** The app as a process: opens the core, and carries between it and the phone what happens beside the screens. */
class CompanionApplication : Application() {
    private val scope = MainScope()
    private val open by lazy { OpenCore(this, ::forget) }
    private val factsChanged = Channel<Unit>(Channel.CONFLATED)

    /** What is carried for one core, and ends with it. */
    private var carried: Job? = null
    private var toBeShown: Job? = null
    private val showing = MutableStateFlow<Showing>(Showing.Opening)
    private var network: DefaultNetwork? = null

    internal val notifications by lazy { Notifications(this, R.drawable.notification) }
    internal val facts by lazy { PhoneFactsReader(this) }
    internal val device by lazy { AndroidDevice(this) }
    private val plan by lazy { BackgroundPlan(this) }

    /** What the activity shows now. */
    val shown: StateFlow<Showing> = showing.asStateFlow()

    override fun onCreate() {
        super.onCreate()
        watchScreen(::cameToFront, ::leftScreen)
    }

    /** Opens the core once more, after it could not be opened. */
    fun tryAgain() {
        show()
        cameToFront()
    }

    /** Opens the core for the screens. */
    fun show() {
        if (showing.value is Showing.Screens || toBeShown?.isActive == true) return
        showing.value = Showing.Opening
        // Asking for the maker's skin runs a command, which nothing waits for.
        scope.launch(Dispatchers.IO) { outcomeOf { facts.read() } }
        toBeShown = scope.launch {
            val outcome = outcomeOf {
                val core = open.core()
                open.onScreen()
                showing.value = screens(core)
            }
            if (outcome != Outcome.DONE) {
                carried?.cancel()
                showing.value = Showing.NotOpened
            }
        }
    }

    /** Does [work] once the screens are there and the core is awake: what comes from outside may come before. */
    fun whenShown(work: (AppModel) -> Unit) {
        scope.launch {
            val screens = showing.filterIsInstance<Showing.Screens>().first()
            open.onScreen()
            work(screens.model)
        }
    }

    private suspend fun screens(core: CompanionCore): Showing {
        val life = SupervisorJob(scope.coroutineContext[Job]).also { carried = it }
        val alive = CoroutineScope(scope.coroutineContext + life)
        // It begins with what every screen draws; what it posts needs its channels.
        val model = withContext(Dispatchers.Default) {
            prepareNotifications(core)
            AppModel(core, device, alive)
        }
        carry(core, alive)
        // The screen may have been there for long.
        model.cameToFront()
        return Showing.Screens(model)
    }

    /** The core is about to be closed, since the person speaks another language now. */
    private suspend fun forget() = withContext(Dispatchers.Main) {
        carried?.cancelAndJoin()
        showing.value = Showing.Opening
    }

    /** A run in the background: one small request, what is due, and when to run again. Throws `Problem`. */
    suspend fun runInBackground() = open.whileAwake { core ->
        val next = core.usage().use { it.refreshInBackground(BUDGET_MS) }
        postDue(core)
        UsageWidget.redraw(this, HomeWidget::class.java)
        plan.plan(next.nextMs.takeIf { core.isSignedIn() }, core.nextDueMs(), Waking.REFRESH)
    }

    /** Posts what is due, and plans the next time. Throws `Problem`. */
    suspend fun postDueInBackground() = open.whileAwake { core ->
        postDue(core)
        plan.plan(core.usage().use { it.state().backgroundAtMs }, core.nextDueMs(), Waking.DUE)
    }

    /** Tells the core what the phone's settings let through: whenever the app comes to the front, and after a question. */
    fun tellNotificationSettings() {
        open.ifOpen?.preferences()?.use { it.setNotificationSettings(notifications.settings()) }
    }

    /** Posts an alert. Without its channel, which was made before, the phone would drop it. */
    internal fun post(alert: Alert) = notifications.post(alert, openUsage(this))

    private fun prepareNotifications(core: CompanionCore) =
        notifications.prepare(core.preferences().use { it.state() }, core.labels().alertsChannel)

    private fun cameToFront() = open.cameToFront(scope) { core ->
        watchNetwork(core)
        tellNotificationSettings()
        model()?.cameToFront() ?: show()
    }

    private fun leftScreen() {
        network?.close()
        network = null
        model()?.let {
            it.leftScreen()
            plan.plan(it.usage.value.backgroundAtMs, it.alerts.value.nextDueMs)
        }
        open.leftScreen(scope) { isAway -> model()?.letDownloadsEnd(FINISHING_MS, isAway) }
    }

    private fun model() = (showing.value as? Showing.Screens)?.model

    private fun watchNetwork(core: CompanionCore) {
        network?.close()
        val switched = { isThere: Boolean ->
            core.networkChanged()
            // Not once the app has left: then nobody listens any more.
            scope.launch { if (isThere && network != null) model()?.networkReturned() }
        }
        network = DefaultNetwork(this, { switched(it) }) { factsChanged.trySend(Unit) }
    }

    /** What the phone is told of the core's changes, for as long as the process lives. */
    private fun carry(core: CompanionCore, scope: CoroutineScope) {
        scope.launch(Dispatchers.IO) {
            core.wifiCalling().use { room ->
                factsChanged.receiveAsFlow().collect {
                    room.tell(facts.read())
                    // A network tells its strength every few seconds.
                    delay(FACTS_PAUSE_MS)
                }
            }
        }
        scope.launch {
            core.usageViews().flowOn(Dispatchers.Default).collectLatest {
                UsageWidget.redraw(this@CompanionApplication, HomeWidget::class.java)
            }
        }
        scope.launch {
            val usage = core.labels().alertsChannel
            core.preferencesViews().flowOn(Dispatchers.Default).collect { notifications.prepare(it, usage) }
        }
        scope.launch {
            core.sessionViews().flowOn(Dispatchers.Default).collectLatest {
                if (it.phase == SessionPhase.SIGNED_OUT) notifications.clear()
                UsageWidget.redraw(this@CompanionApplication, HomeWidget::class.java)
            }
        }
    }

    /** In the background, where there are no screens. While the phone lets none through, alerts stay due. */
    private suspend fun postDue(core: CompanionCore) {
        if (!notifications.areOn()) return
        prepareNotifications(core)
        try {
            core.alerts().use { it.postDueAlerts(::post) }
        } catch (_: Problem) {
            // What was not marked is due again a minute later.
        }
    }

    private fun CompanionCore.isSignedIn() = session().use { it.state().phase != SessionPhase.SIGNED_OUT }

    private fun CompanionCore.nextDueMs() = alerts().use { it.state().nextDueMs }

    private companion object {
        const val BUDGET_MS = 25_000u

        /** The system freezes an app some time after it was left. */
        const val FINISHING_MS = 20_000L
        const val FACTS_PAUSE_MS = 3_000L
    }
}
