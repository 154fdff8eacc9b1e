// Each screen's state as a Flow. The core only signals that something changed; the view is pulled off the collector's thread.

package mobile.companion

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.distinctUntilChangedBy
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.map

/**
 * The usage screen's state now, and again after every change.
 *
 * A slow collector misses steps in between and always gets the newest state, and none twice. It may collect on the main thread. The core
 * stops signalling when collection ends, which closing the core does not do.
 */
fun CompanionCore.usageViews(): Flow<UsageView> = views(Topic.USAGE, ::usage, Usage::state, UsageView::revision)

/** The usage alerts on the notifications screen now, and again after every change; as [usageViews]. */
fun CompanionCore.alertsViews(): Flow<AlertsView> = views(Topic.ALERTS, ::alerts, Alerts::state, AlertsView::revision)

/** The notifications screen's state now, and again after every change; as [usageViews]. */
fun CompanionCore.preferencesViews(): Flow<PreferencesView> =
    views(Topic.PREFERENCES, ::preferences, Preferences::state, PreferencesView::revision)

/** The list of invoices now, and again after every change; as [usageViews]. */
fun CompanionCore.invoicesViews(): Flow<InvoicesView> =
    views(Topic.INVOICES, ::invoices, Invoices::state, InvoicesView::revision)

/** The Wi-Fi calling screen now, and again after every change; as [usageViews]. */
fun CompanionCore.wifiCallingViews(): Flow<WifiCallingView> =
    views(Topic.WIFI_CALLING, ::wifiCalling, WifiCalling::state, WifiCallingView::revision)

/** The screen of getting started now, and again after every change; as [usageViews]. */
fun CompanionCore.activationViews(): Flow<ActivationView> =
    views(Topic.ACTIVATION, ::activation, Activation::state, ActivationView::revision)

/** Where the person stands with the operator now, and again after every change; as [usageViews]. */
fun CompanionCore.sessionViews(): Flow<SessionView> = views(Topic.SESSION, ::session, Session::state, SessionView::revision)

/** The lock over all screens now, and again after every change; as [usageViews]. */
fun CompanionCore.appLockViews(): Flow<AppLockView> = views(Topic.SESSION, ::appLock, AppLock::state) { it }

/** What stands around the screens now, and again after every change; as [usageViews]. */
fun CompanionCore.frameViews(): Flow<FrameView> =
    signals(Topic.SESSION, Topic.ACTIVATION).map { frame() }.distinctUntilChanged().pulledApart()

private fun <Room : AutoCloseable, View> CompanionCore.views(
    topic: Topic,
    open: () -> Room,
    state: (Room) -> View,
    revision: (View) -> Any?,
): Flow<View> = flow {
    open().use { room ->
        signals(topic).collect { emit(state(room)) }
    }
    // Views that were pulled after one signal and another may be the same.
}.distinctUntilChangedBy(revision).pulledApart()

/** Off the collector's thread, and only the newest. */
private fun <View> Flow<View>.pulledApart() = flowOn(Dispatchers.Default).conflate()

/** One signal at once, and one for every change or several. */
private fun CompanionCore.signals(vararg wanted: Topic): Flow<Unit> = callbackFlow {
    val observer = object : Observer {
        override fun changed(topic: Topic, revision: ULong) {
            if (topic in wanted) trySend(Unit)
        }
    }
    observe(observer).use { subscription ->
        trySend(Unit)
        awaitClose { subscription.end() }
    }
}.conflate()
