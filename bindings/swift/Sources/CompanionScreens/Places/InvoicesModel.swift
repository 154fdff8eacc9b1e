// What the invoice screens draw and call.

import Companion
import Observation

/// The invoice screens.
@MainActor
@Observable
public final class InvoicesModel {
    /// The list.
    public internal(set) var view: InvoicesView {
        // Every change of an invoice is one of the list.
        didSet { (shown, payable) = ([:], [:]) }
    }

    @ObservationIgnored private unowned let app: AppModel
    @ObservationIgnored private var downloads: [String: Download] = [:]
    /// What was drawn of the present `view`: screens are drawn far more often than something changes.
    @ObservationIgnored private var shown: [String: InvoiceView?] = [:]
    @ObservationIgnored private var payable: [Payable: PaymentView?] = [:]

    /// What the app was too long away for.
    @ObservationIgnored private var interrupted: [String: Bool] = [:]

    private var drafts = Drafts()

    private struct Download {
        let task: Task<Void, any Error>
        /// Also where every byte costs, because the person said so.
        let onMetered: Bool
    }

    private struct Payable: Hashable {
        let id: String
        let asText: Bool
    }

    private var invoices: Invoices { app.core.invoices() }

    init(app: AppModel, view: InvoicesView) {
        self.app = app
        self.view = view
    }

    /// Asks the operator for the list. The view says what came of it.
    public func refresh() async { await app.ask { try await invoices.refresh() } }

    /// What the button of the notice does.
    public func remedy() { app.mend(view.notice, refresh) }

    /// One invoice; nothing of one that is not the person's.
    public func invoice(_ id: String) -> InvoiceView? {
        _ = view
        if let shown = shown[id] { return shown }
        let invoice = invoices.invoice(invoiceId: id)
        shown[id] = .some(invoice)
        return invoice
    }

    /// Lines of a part of an invoice from `offset` on, at most a hundred.
    public func lines(_ id: String, _ section: InvoiceSection, from offset: Int) -> [InvoiceLineView] {
        invoices.lines(invoiceId: id, section: section, offset: UInt32(clamping: offset))
    }

    /// Lines that are on no invoice yet, from `offset` on, at most a hundred.
    public func runningLines(from offset: Int) -> [InvoiceLineView] {
        invoices.runningLines(offset: UInt32(clamping: offset))
    }

    /// The ways to pay an invoice.
    public func payment(_ id: String, referenceAsText: Bool = false) -> PaymentView? {
        _ = view
        let way = Payable(id: id, asText: referenceAsText)
        if let payment = payable[way] { return payment }
        let payment = invoices.payment(invoiceId: id, referenceAsText: referenceAsText)
        payable[way] = .some(payment)
        return payment
    }

    /// Fetches the printed document, or goes on with it.
    public func download(_ id: String) { download(id, onMetered: false) }

    private func download(_ id: String, onMetered: Bool, on route: Route? = nil, isAsked: Bool = true) {
        app.act(onMetered: onMetered, on: route, isAsked: isAsked) { [unowned self] onMetered in
            guard downloads[id] == nil else { return }
            // Also of a second try, which the problem's button begins.
            let task = Task { [invoices] in try await invoices.download(id, onMetered: onMetered) }
            downloads[id] = Download(task: task, onMetered: onMetered)
            defer { if downloads[id]?.task == task { downloads[id] = nil } }
            try await task.value
        }
    }

    /// Leaves a download where it is.
    public func pause(_ id: String) { downloads[id]?.task.cancel() }

    /// The app left the screen: what is being fetched has this `time` to end, as long as the phone leaves it and `isAway`. What does
    /// not end stays as far as it came, and goes on once the app is back.
    public func letDownloadsEnd(within time: Duration, while isAway: @MainActor () -> Bool) async {
        let end = ContinuousClock.now + time
        while !downloads.isEmpty && isAway() {
            guard ContinuousClock.now < end else { return await interrupt() }
            try? await Task.sleep(for: .milliseconds(100))
        }
    }

    private func interrupt() async {
        let left = downloads
        for (id, download) in left {
            interrupted[id] = download.onMetered
            downloads[id] = nil
            download.task.cancel()
        }
        for download in left.values { _ = await download.task.result }
    }

    /// Goes on with what the app was too long away for. Not while it is locked: a locked core fetches nothing.
    func resumeDownloads() {
        let left = interrupted
        interrupted = [:]
        for (id, onMetered) in left { download(id, onMetered: onMetered, on: .invoice(id: id), isAsked: false) }
    }

    /// Opens the printed document.
    public func openDocument(_ id: String) {
        app.act { [unowned self] _ in
            let document = try await invoices.shareDocument(invoiceId: id)
            try await app.device.openDocument(path: document.path(), name: document.name())
        }
    }

    /// Notes that the invoice was paid, or takes the note back.
    public func markPaid(_ id: String, _ paid: Bool) {
        app.act { [unowned self] _ in try await invoices.markPaid(invoiceId: id, paid: paid) }
    }

    /// Accepts an account that changed.
    public func confirmPayee(_ id: String, iban: String) {
        app.act { [unowned self] _ in try await invoices.confirmPayee(invoiceId: id, iban: iban) }
    }

    /// Opens the prepared question about a line of a third party's.
    public func dispute(_ id: String, line: String) {
        app.act { [unowned self] _ in app.write(try invoices.dispute(invoiceId: id, lineId: line)) }
    }

    /// What was chosen and typed of a claim so far. It is there until it was shared, or somebody else is.
    public func draft(of id: String) -> ClaimWish { drafts.wish(of: id) }

    /// Keeps what was chosen and typed of a claim.
    public func keep(_ draft: ClaimWish, of id: String) { drafts.keep(draft, of: id) }

    /// Forgets what was shared and is not on the screen any more.
    func forgetShared(but stack: BackStack) {
        if drafts.hasShared(but: stack) { drafts.forgetShared(but: stack) }
    }

    /// Somebody else may be here now.
    func forgetDrafts() { (drafts, interrupted) = (Drafts(), [:]) }

    /// Opens the claim sheet of chosen lines.
    public func claim(_ id: String, _ wish: ClaimWish) {
        app.act { [unowned self] _ in
            app.write(try invoices.claim(invoiceId: id, wish: wish).sheet) { [weak self] in self?.drafts.share(id) }
        }
    }

    /// Shares the chosen lines as a table.
    public func claimTable(_ id: String, _ wish: ClaimWish) {
        app.act { [unowned self] _ in
            let sheet = try invoices.claim(invoiceId: id, wish: wish)
            if try await app.device.shareFile(name: "\(sheet.fileName).csv", content: sheet.csv) { drafts.share(id) }
        }
    }

    /// Opens the operator's page to pay.
    public func openPage(_ url: String) { app.hand { await $0.openBrowser(url) } }

    /// Puts a text on the clipboard.
    public func copy(_ text: String) { app.device.copy(text, secret: false) }

    /// Asks the operator for the lines of an invoice, unless they are here.
    public func refreshLines(of id: String) { app.act { [unowned self] _ in try await invoices.refreshInvoice(id) } }

    func readLines(of id: String) async { try? await invoices.refreshInvoice(id) }
}
