// What the invoice screens call, done by the core.

package mobile.companion.ui.invoices

import mobile.companion.CancelToken
import mobile.companion.ClaimWish
import mobile.companion.InvoiceSection
import mobile.companion.SharedDocument
import mobile.companion.ui.model.AppModel
import java.util.concurrent.ConcurrentHashMap

internal class InvoicesModel(private val app: AppModel) : InvoicesActions {
    private val invoices = app.core.invoices()
    private val downloads = ConcurrentHashMap<String, CancelToken>()

    /** The copy that another app is showing: it goes when the next one is opened. */
    private var shared: SharedDocument? = null

    override fun refresh() {
        app.ask { invoices.refresh(null) }
    }

    override fun remedy() = app.mend(app.invoices.value.notice) { invoices.refresh(null) }

    override fun invoice(id: String) = invoices.invoice(id)

    override fun readLines(id: String) {
        app.act { invoices.refreshInvoice(id, null) }
    }

    override fun lines(id: String, section: InvoiceSection, offset: Int) = invoices.lines(id, section, offset.toUInt())

    override fun runningLines(offset: Int) = invoices.runningLines(offset.toUInt())

    override fun payment(id: String, referenceAsText: Boolean) = invoices.payment(id, referenceAsText)

    override fun download(id: String) {
        app.act { onMetered ->
            CancelToken().use { token ->
                downloads[id] = token
                try {
                    invoices.download(id, onMetered, null, token)
                } finally {
                    downloads.remove(id, token)
                }
            }
        }
    }

    override fun pause(id: String) {
        downloads[id]?.cancel()
    }

    override fun openDocument(id: String) {
        app.act {
            val document = invoices.shareDocument(id)
            shared?.close()
            shared = document
            app.hand { it.openDocument(document.path(), document.name()) }
        }
    }

    override fun markPaid(id: String, paid: Boolean) {
        app.act { invoices.markPaid(id, paid) }
    }

    override fun confirmPayee(id: String, iban: String) {
        app.act { invoices.confirmPayee(id, iban) }
    }

    override fun dispute(id: String, lineId: String) {
        app.act { app.write(invoices.dispute(id, lineId)) }
    }

    override fun claim(id: String, wish: ClaimWish) {
        app.act { app.write(invoices.claim(id, wish).sheet) }
    }

    override fun claimTable(id: String, wish: ClaimWish) {
        app.act {
            val sheet = invoices.claim(id, wish)
            app.hand { it.shareFile("${sheet.fileName}.csv", sheet.csv) }
        }
    }

    override fun openPage(url: String) = app.hand { it.openPage(url) }

    override fun copy(text: String) = app.device.copy(text, secret = false)

    internal suspend fun entered(id: String) = app.quietly { invoices.refreshInvoice(id, null) }
}
