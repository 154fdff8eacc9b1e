// When the phone should wake this app for what: what is to be done with each planned work, whoever plans.

package mobile.companion.platform.life

/** What the phone wakes this app for. Each is planned under a name of its own. */
enum class Waking {
    /** Asking the operator. */
    REFRESH,

    /** Telling what became due. */
    DUE,
}

/** What to do with the planned work of one kind. */
sealed interface Step {
    /** Nothing: it is the one that plans, and ends by itself. */
    data object Leave : Step

    /** It is not wanted any more. */
    data object Cancel : Step

    /**
     * It is to begin in [waitMs] milliseconds. With [isAfterThisOne] the work that plans goes on to its end and this one comes
     * after it; else this one takes the place of what was planned before.
     */
    data class Plan(val waitMs: Long, val isAfterThisOne: Boolean) : Step
}

/**
 * What to do with the planned work of [kind], which is wanted at [atMs], or not at all. Times are milliseconds since 1970 UTC.
 *
 * @param running which work plans; nothing where the app does as it leaves the screen.
 */
fun stepOf(kind: Waking, running: Waking?, atMs: Long?, nowMs: Long): Step = when {
    atMs != null -> Step.Plan((atMs - nowMs).coerceAtLeast(0), isAfterThisOne = kind == running)
    kind == running -> Step.Leave
    else -> Step.Cancel
}
