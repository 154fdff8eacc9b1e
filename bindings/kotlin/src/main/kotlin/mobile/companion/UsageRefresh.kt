// Cancelling a coroutine ends the work in the core too, by the core's own means and not only by forgetting it.

package mobile.companion

import kotlinx.coroutines.CancellationException

/** Asks the operator for current usage. Cancelling the coroutine ends the work; what was on the screen stays. */
suspend fun Usage.refresh() {
    CancelToken().use { token ->
        try {
            refresh(token)
        } catch (cancelled: CancellationException) {
            token.cancel()
            throw cancelled
        }
    }
}
