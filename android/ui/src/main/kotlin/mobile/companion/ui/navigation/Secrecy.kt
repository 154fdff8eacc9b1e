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

/** A person's invoices: not in the picture among recent apps. A screenshot of one's own bill is one's own. */
val Route.isPrivate: Boolean
    get() = when (this) {
        is Route.Invoice, is Route.InvoiceLines, is Route.Claim, is Route.Pay, Route.RunningCosts -> true
        else -> isSecret
    }
