// Cancelling a coroutine ends the work in the core too, by the core's own means and not only by forgetting it. Of each call that
// takes a token there is one here that does not; what was on the screen stays, also where it was cancelled.

package mobile.companion

import kotlinx.coroutines.CancellationException

/** Runs work of the core that takes a token, and cancels it with the coroutine. */
internal suspend fun <Result> cancellable(work: suspend (CancelToken) -> Result): Result =
    CancelToken().use { token ->
        try {
            work(token)
        } catch (cancelled: CancellationException) {
            token.cancel()
            throw cancelled
        }
    }

/** Begins a sign-in: open the page's `url` in a Custom Tab or Auth Tab and hand the address it comes back with to `finish`. */
suspend fun Session.start(wish: SignInWish = SignInWish(SignInPurpose.SignIn)): SignInPage =
    cancellable { token -> start(wish, token) }

/** Asks the operator for current usage. */
suspend fun Usage.refresh() = cancellable { token -> refresh(token) }

/** As [refresh], where what is here is no longer good. */
suspend fun Usage.refreshIfDue() = cancellable { token -> refreshIfDue(token) }

/** Sends what waits, then asks what the operator has. What was wished stays. */
suspend fun Preferences.refresh() = cancellable { token -> refresh(token) }

/** As [refresh], where what is here is no longer good. */
suspend fun Preferences.refreshIfDue() = cancellable { token -> refreshIfDue(token) }

/** Asks the operator for the list. */
suspend fun Invoices.refresh() = cancellable { token -> refresh(token) }

/** As [refresh], where what is here is no longer good. */
suspend fun Invoices.refreshIfDue() = cancellable { token -> refreshIfDue(token) }

/** Asks the operator for one invoice with its lines. */
suspend fun Invoices.refreshInvoice(invoiceId: String) = cancellable { token -> refreshInvoice(invoiceId, token) }

/** Fetches the printed document, or goes on with it. What came before a cancellation stays. */
suspend fun Invoices.download(invoiceId: String, onMetered: Boolean, progress: DownloadProgress? = null) =
    cancellable { token -> download(invoiceId, onMetered, progress, token) }

/** Asks what the operator allows. */
suspend fun WifiCalling.refresh() = cancellable { token -> refresh(token) }

/** As [refresh], where what is here is no longer good. */
suspend fun WifiCalling.refreshIfDue() = cancellable { token -> refreshIfDue(token) }

/** Asks the operator to switch it on, and looks at the order for about a minute. An order that was sent stays sent. */
suspend fun WifiCalling.switchOn() = cancellable { token -> switchOn(token) }

/** Checks this network. Cancelled, the check before stays. */
suspend fun WifiCalling.check(progress: CheckProgress? = null) = cancellable { token -> check(progress, token) }

/** Asks how far orders are. */
suspend fun Activation.refresh() = cancellable { token -> refresh(token) }

/** As [refresh], where what is here is no longer good. */
suspend fun Activation.refreshIfDue() = cancellable { token -> refreshIfDue(token) }

/** Asks the operator for the code of an eSIM. */
suspend fun Activation.fetchCode(sim: String): EsimCodeView = cancellable { token -> fetchCode(sim, token) }

/** Shows a secret of a SIM for half a minute. */
suspend fun Activation.reveal(sim: String, kind: SimSecretKind): SimSecretView =
    cancellable { token -> reveal(sim, kind, token) }
