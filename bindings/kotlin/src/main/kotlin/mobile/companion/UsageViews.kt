// Usage as a Flow. The core only signals that something changed; the view is pulled where it is collected.

package mobile.companion

import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.flow

/**
 * The usage screen's state now, and again after every change.
 *
 * A slow collector misses steps in between and always gets the newest state. The core stops signalling when
 * collection ends.
 */
fun CompanionCore.usageViews(): Flow<UsageView> = flow {
    usage().use { usage ->
        signals(Topic.USAGE).collect { emit(usage.state()) }
    }
}

/** One signal at once, and one for every change or several. */
internal fun CompanionCore.signals(wanted: Topic): Flow<Unit> = callbackFlow {
    val observer = object : Observer {
        override fun changed(topic: Topic, revision: ULong) {
            if (topic == wanted) trySend(Unit)
        }
    }
    observe(observer).use { subscription ->
        trySend(Unit)
        awaitClose { subscription.end() }
    }
}.conflate()
