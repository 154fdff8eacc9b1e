// What a person can ask for before anybody is signed in.

package mobile.companion.ui.signin

import mobile.companion.ui.model.Reply

/** What the sign-in screen calls. */
interface SignInActions {
    /** Opens the operator's page. */
    fun signIn()

    /** Opens the operator's page for somebody without an account. */
    fun createAccount()

    /** Opens or closes what belongs to a bill that is split. */
    fun openSplitBill(isOpen: Boolean)

    /** Reads an invitation; what it asks is shown. */
    fun readInvitation(linkOrCode: String, reply: Reply? = null)

    /** Goes on with the invitation. */
    fun acceptInvitation()

    /** Leaves the invitation. */
    fun dismissInvitation()

    /** Opens the prepared request for another invitation. */
    fun lostInvitation()

    /** Gives up waiting for the browser. */
    fun cancel()
}
