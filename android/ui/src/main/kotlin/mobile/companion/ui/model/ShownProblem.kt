// What went wrong with what the person asked for, and how the same is done once more.

package mobile.companion.ui.model

import mobile.companion.Explanation

/** Work that a person asked for. [onMetered]: also where every byte costs, because they said so. */
internal typealias Work = suspend (onMetered: Boolean) -> Unit

/** A problem of a screen. */
class ShownProblem internal constructor(
    /** In words, with what its button does. */
    val explanation: Explanation,
    internal val again: Work,
)
