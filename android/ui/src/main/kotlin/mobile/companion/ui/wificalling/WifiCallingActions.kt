// What a person can ask for on the Wi-Fi calling screen.

package mobile.companion.ui.wificalling

import mobile.companion.PathView
import mobile.companion.ui.model.Reply

/** What the Wi-Fi calling screen calls. */
interface WifiCallingActions {
    /** Asks the operator whether the line may use it. */
    fun refresh()

    /** What the button of the notice does. */
    fun remedy()

    /** Answers a step. */
    fun answer(stepId: String, answerId: String)

    /** Goes back one step. */
    fun stepBack()

    /** Asks the operator to switch it on. */
    fun switchOn()

    /** Checks this network. */
    fun check()

    /** Names where it was seen to work. */
    fun namePlace(place: String, reply: Reply? = null)

    /** Opens the report for support. */
    fun report()

    /** Opens the prepared request to the employer. */
    fun askEmployer()

    /** Tries to open the page of the phone's settings that a path leads to. */
    fun openPath(path: PathView)
}
