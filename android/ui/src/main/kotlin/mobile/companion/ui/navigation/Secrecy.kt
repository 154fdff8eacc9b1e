// Which screens hold what nobody else should see.

package mobile.companion.ui.navigation

import mobile.companion.Place

/** Codes that open a SIM or bring an eSIM: in no screenshot, no recording, on no other screen. */
val Route.isSecret: Boolean
    get() = when (this) {
        is Route.At -> place == Place.SIM || place == Place.GETTING_STARTED
        is Route.Esim -> true
        else -> false
    }

/** How much of what the window shows leaves it. */
data class Secrecy(
    /** In no screenshot, no recording, on no other screen. */
    val isSecret: Boolean,
    /** In the picture among recent apps. */
    val isInRecents: Boolean,
)

/**
 * What holds of the [top] screen.
 *
 * @param isLockOn whether the app lock is on; [isLocked] whether it covers the screens now.
 * @param isCovered whether a letter lies over it, which may hold the person's number.
 */
fun secrecyOf(top: Route, isLockOn: Boolean, isLocked: Boolean, isCovered: Boolean) = Secrecy(
    isSecret = top.isSecret || isLockOn && isLocked,
    isInRecents = !isLockOn && !top.isPrivate && !isCovered,
)

/** A person's invoices: not in the picture among recent apps. A screenshot of one's own bill is one's own. */
val Route.isPrivate: Boolean
    get() = when (this) {
        is Route.Invoice, is Route.InvoiceLines, is Route.Claim, is Route.Pay, Route.RunningCosts -> true
        else -> isSecret
    }
