// What a person can ask for on the invoice screens.

package mobile.companion.ui.invoices

import mobile.companion.ClaimWish
import mobile.companion.InvoiceLineView
import mobile.companion.InvoiceSection
import mobile.companion.InvoiceView
import mobile.companion.PaymentView

/** What the invoice screens call. */
interface InvoicesActions {
    /** Asks the operator for the list. */
    fun refresh()

    /** What the button of the notice does. */
    fun remedy()

    /** One invoice; nothing of one that is not the person's. */
    fun invoice(id: String): InvoiceView?

    /** Asks the operator for the lines of one invoice, unless they are here. */
    fun readLines(id: String)

    /** Lines of a part of an invoice from [offset] on, at most a hundred. */
    fun lines(id: String, section: InvoiceSection, offset: Int): List<InvoiceLineView>

    /** Lines that are on no invoice yet, from [offset] on, at most a hundred. */
    fun runningLines(offset: Int): List<InvoiceLineView>

    /** The ways to pay an invoice. */
    fun payment(id: String, referenceAsText: Boolean): PaymentView?

    /** Fetches the printed document, or goes on with it. */
    fun download(id: String)

    /** Leaves a download where it is. */
    fun pause(id: String)

    /** Opens the printed document. */
    fun openDocument(id: String)

    /** Notes that the invoice was paid, or takes the note back. */
    fun markPaid(id: String, paid: Boolean)

    /** Accepts an account that changed. */
    fun confirmPayee(id: String, iban: String)

    /** Opens the prepared question about a line of a third party's. */
    fun dispute(id: String, lineId: String)

    /** Opens the claim sheet of chosen lines. */
    fun claim(id: String, wish: ClaimWish)

    /** Shares the chosen lines as a table. */
    fun claimTable(id: String, wish: ClaimWish)

    /** Opens the operator's page to pay. */
    fun openPage(url: String)

    /** Puts a text on the clipboard. */
    fun copy(text: String)
}
