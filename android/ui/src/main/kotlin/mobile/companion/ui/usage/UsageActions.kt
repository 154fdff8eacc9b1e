// What a person can ask for on the usage screens.

package mobile.companion.ui.usage

import mobile.companion.DayBar
import mobile.companion.HistoryView

/** What the usage screens call. */
interface UsageActions {
    /** Asks the operator for current figures. */
    fun refresh()

    /** What the button of the notice does. */
    fun remedy()

    /** Shows another line. */
    fun choose(lineId: String)

    /** The months and days of a line; nothing where the operator tells none. */
    fun history(lineId: String): HistoryView?

    /** The days of one month of one bucket. */
    fun days(lineId: String, bucketId: String, month: String): List<DayBar>

    /** Opens the prepared request for another plan. */
    fun askForAnotherPlan()
}
