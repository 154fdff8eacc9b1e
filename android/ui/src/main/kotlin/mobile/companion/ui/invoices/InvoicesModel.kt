// What the invoice screens call, done by the core.

package mobile.companion.ui.invoices

import kotlinx.coroutines.delay
import kotlinx.coroutines.withTimeoutOrNull
import mobile.companion.CancelToken
import mobile.companion.ClaimWish
import mobile.companion.InvoiceSection
import mobile.companion.SharedDocument
import mobile.companion.ui.model.AppModel
import mobile.companion.ui.navigation.Route

internal class InvoicesModel(private val app: AppModel) : InvoicesActions {
    private val invoices = app.core.invoices()
    private val downloads = HashMap<String, Download>()

    /** What the app was too long away for, and whether every byte may cost. */
    private val interrupted = HashMap<String, Boolean>()

    private class Download(val token: CancelToken, val onMetered: Boolean)

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

    override fun download(id: String) = download(id, onMetered = false)

    private fun download(id: String, onMetered: Boolean, isAsked: Boolean = true) {
        app.attempt(onMetered, asked = Route.Invoice(id), isAsked = isAsked) { metered ->
            if (id in downloads) return@attempt
            CancelToken().use { token ->
                downloads[id] = Download(token, metered)
                try {
                    invoices.download(id, metered, null, token)
                } finally {
                    downloads.remove(id)
                }
            }
        }
    }

    override fun pause(id: String) {
        downloads[id]?.token?.cancel()
    }

    /** See [AppModel.letDownloadsEnd]. */
    internal suspend fun letDownloadsEnd(withinMs: Long, isAway: () -> Boolean) {
        val ended = withTimeoutOrNull(withinMs) {
            while (downloads.isNotEmpty() && isAway()) delay(LOOK_MS)
        }
        if (ended != null) return
        downloads.forEach { (id, download) ->
            interrupted[id] = download.onMetered
            download.token.cancel()
        }
        while (downloads.isNotEmpty()) delay(LOOK_MS)
    }

    /** Somebody else may be here now. */
    internal fun forget() = interrupted.clear()

    internal fun cameToFront() {
        val left = interrupted.toMap()
        interrupted.clear()
        left.forEach { (id, onMetered) -> download(id, onMetered, isAsked = false) }
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
        app.act { app.write(invoices.claim(id, wish).sheet) { app.claims.handOn(id) } }
    }

    override fun claimTable(id: String, wish: ClaimWish) {
        app.act {
            val sheet = invoices.claim(id, wish)
            app.hand { device ->
                device.shareFile("${sheet.fileName}.csv", sheet.csv).also { if (it) app.claims.handOn(id) }
            }
        }
    }

    override fun openPage(url: String) = app.hand { it.openPage(url) }

    override fun copy(text: String) = app.device.copy(text, secret = false)

    internal suspend fun entered(id: String) = app.quietly { invoices.refreshInvoice(id, null) }

    private companion object {
        const val LOOK_MS = 100L
    }
}
