// Cancelling a coroutine ends the work in the core too, by the core's own means and not only by forgetting it.

package mobile.companion

import kotlinx.coroutines.CancellationException

/**
 * Begins a sign-in: open the page's `url` in a Custom Tab or Auth Tab and hand the address it comes back with to `finish`.
 * Cancelling the coroutine ends the work.
 */
suspend fun Session.start(wish: SignInWish = SignInWish(SignInPurpose.SignIn)): SignInPage =
    CancelToken().use { token ->
        try {
            start(wish, token)
        } catch (cancelled: CancellationException) {
            token.cancel()
            throw cancelled
        }
    }
