// Signing in and out. The page is the operator's, in the system browser; what it brings back is handed on whole.

package mobile.companion.ui.model

import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import mobile.companion.InvitationView
import mobile.companion.RequestKind
import mobile.companion.SignInPurpose
import mobile.companion.SignInWish
import mobile.companion.start
import mobile.companion.ui.signin.SignInActions

/** Signing in and out. */
class SignInModel internal constructor(private val app: AppModel) : SignInActions {
    private val session = app.core.session()
    private val asked = MutableStateFlow<InvitationView?>(null)
    private val splits = MutableStateFlow(false)
    private var starting: Job? = null
    private var purpose: SignInPurpose = SignInPurpose.SignIn
    private var then: Work? = null
    private var invitation = ""

    /** The question that an opened invitation asks. */
    val question: StateFlow<InvitationView?> = asked.asStateFlow()

    /** Whether what belongs to a bill that is split is open. */
    val splitBill: StateFlow<Boolean> = splits.asStateFlow()

    override fun signIn() = start(SignInPurpose.SignIn)

    override fun createAccount() = start(SignInPurpose.CreateAccount)

    override fun openSplitBill(isOpen: Boolean) {
        splits.value = isOpen
    }

    override fun readInvitation(linkOrCode: String, reply: Reply?) {
        // What was typed stays until somebody is signed in: only the operator knows whether it will do.
        app.act(reply?.keeping()) {
            asked.value = session.invitation(linkOrCode)
            invitation = linkOrCode
        }
    }

    override fun acceptInvitation() {
        asked.value = null
        start(SignInPurpose.Invitation(invitation))
    }

    override fun dismissInvitation() {
        asked.value = null
    }

    override fun lostInvitation() = app.write(RequestKind.INVITATION_LOST)

    override fun cancel() {
        starting?.cancel()
        app.act { session.cancelSignIn() }
    }

    /** Opens the operator's page; [then] is done once the person is back. */
    internal fun start(purpose: SignInPurpose, then: Work? = null) {
        this.purpose = purpose
        this.then = then
        starting = app.act {
            val page = session.start(SignInWish(purpose))
            app.device.openSignIn(page.url)
        }
    }

    internal fun startAgain() = start(purpose, then)

    /** A page for making an account may not lead back: whoever is back from it signs in. */
    internal fun cameToFront() {
        if (session.state().signInOnReturn) start(SignInPurpose.SignIn)
    }

    /** An invitation is a question to the person, anything else may be a sign-in that comes back. */
    internal fun cameBack(url: String) {
        if (session.isInvitation(url)) return readInvitation(url)
        app.act {
            session.finish(url)
            signedIn()
        }
    }

    internal fun replaceAccount() {
        app.act {
            session.replaceAccount()
            signedIn()
        }
    }

    private fun signedIn() {
        val next = then
        then = null
        splits.value = false
        if (next != null) app.act(work = next) else app.begin()
    }

    internal fun signOut() {
        app.act {
            session.signOut()
            app.begin()
        }
    }
}
