// What a person can ask for on the notifications screen.

package mobile.companion.ui.notifications

import mobile.companion.OwnThreshold
import mobile.companion.ReachFix
import mobile.companion.TypedThreshold
import mobile.companion.ui.model.Reply

/** What the notifications screen calls. */
interface NotificationsActions {
    /** Sends what waits, then asks what the operator has. */
    fun refresh()

    /** What the button of the notice does. */
    fun remedy()

    /** Turns a switch. */
    fun turn(preferenceId: String, on: Boolean)

    /** Chooses from which share of the allowance a switch counts, as it was typed. */
    fun chooseThreshold(preferenceId: String, percent: String, reply: Reply? = null)

    /** The person's own value goes over the one from elsewhere. */
    fun keepMine(preferenceId: String)

    /** What the operator has stays. */
    fun keepTheirs(preferenceId: String)

    /** Whether this app can mend that. */
    fun canMend(fix: ReachFix): Boolean

    /** Mends what keeps notifications from arriving. */
    fun mend(fix: ReachFix)

    /** Adds a threshold of the person's own, as they typed it. */
    fun add(threshold: TypedThreshold, reply: Reply? = null)

    /** Takes a threshold away. */
    fun remove(threshold: OwnThreshold)

    /** Sets the quiet hours, in minutes after midnight. */
    fun setQuietHours(fromMinute: Int, toMinute: Int)

    /** Posts a sample. */
    fun tryOne()
}
