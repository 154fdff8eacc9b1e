// What a person can ask for while a line is on its way.

package mobile.companion.ui.gettingstarted

import mobile.companion.EsimFieldView
import mobile.companion.PreparedRequest
import mobile.companion.RequestKind
import mobile.companion.ui.model.Reply

/** What the screens of getting started call. */
interface GettingStartedActions {
    /** Asks how far the orders are. */
    fun refresh()

    /** What the button of the notice does. */
    fun remedy()

    /** Tells something of a line. */
    fun tell(lineId: String, answerId: String)

    /** Opens a prepared request to the employer. */
    fun ask(kind: RequestKind)

    /** Opens the letter that asks for compensation. */
    fun claim(letter: PreparedRequest)

    /** Opens the camera for the code of an eSIM. */
    fun scan()

    /** Takes a code that was typed or pasted. */
    fun readCode(text: String, reply: Reply? = null)

    /** The text on the clipboard, as the person asks for it. */
    fun pasted(): String?

    /** What the phone calls that. */
    val pasteLabel: String

    /** Asks the operator for the code. */
    fun fetchCode(simId: String)

    /** Takes the confirmation code. */
    fun confirm(code: String, reply: Reply? = null)

    /** Gives the ways to hand the code to this phone. */
    fun install()

    /** Opens the phone's own way of installing. */
    fun openLink(link: String)

    /** Puts a field on the clipboard. */
    fun copy(field: EsimFieldView)
}
