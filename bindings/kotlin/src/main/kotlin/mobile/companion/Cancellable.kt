// Cancelling a coroutine ends the work in the core too, by the core's own means and not only by forgetting it.

package mobile.companion

import kotlinx.coroutines.CancellationException

/** Runs work of the core that takes a token, and cancels it with the coroutine. */
internal suspend fun cancellable(work: suspend (CancelToken) -> Unit) {
    CancelToken().use { token ->
        try {
            work(token)
        } catch (cancelled: CancellationException) {
            token.cancel()
            throw cancelled
        }
    }
}

/** Asks the operator for current usage. Cancelling the coroutine ends the work; what was on the screen stays. */
suspend fun Usage.refresh() = cancellable { token -> refresh(token) }

/** Sends what waits, then asks what the operator has. Cancelling the coroutine ends the work; what was wished stays. */
suspend fun Preferences.refresh() = cancellable { token -> refresh(token) }

/** Asks what the operator allows. Cancelling the coroutine ends the work; what was on the screen stays. */
suspend fun WifiCalling.refresh() = cancellable { token -> refresh(token) }

/**
 * Asks the operator to switch it on, and looks at the order for about a minute. Cancelling the coroutine ends the
 * looking; an order that was sent stays sent.
 */
suspend fun WifiCalling.switchOn() = cancellable { token -> switchOn(token) }

/** Checks this network. Cancelling the coroutine ends the check; the last check stays. */
suspend fun WifiCalling.check(progress: CheckProgress? = null) = cancellable { token -> check(progress, token) }

/** Asks how far orders are. Cancelling the coroutine ends the work; what was on the screen stays. */
suspend fun Activation.refresh() = cancellable { token -> refresh(token) }
