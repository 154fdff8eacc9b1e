// Usage as a Flow. The core only signals that something changed; the view is pulled where it is collected.

package mobile.companion

import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.map

/**
 * The usage screen's state now, and again after every change.
 *
 * A slow collector misses steps in between and always gets the newest state. The core stops signalling when
 * collection ends.
 */
fun CompanionCore.usageViews(): Flow<UsageView> {
    val usage = usage()
    return callbackFlow {
        val subscription = observe(
            object : Observer {
                override fun changed(topic: Topic, revision: ULong) {
                    if (topic == Topic.USAGE) trySend(Unit)
                }
            },
        )
        trySend(Unit)
        awaitClose {
            subscription.end()
            subscription.close()
        }
    }.conflate().map { usage.state() }
}
