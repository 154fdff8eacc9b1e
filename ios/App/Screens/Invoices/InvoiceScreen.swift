// One invoice: what it is and what to do, why it came, its sums, its document.

import Companion
import CompanionScreens
import SwiftUI

/// One invoice, with what it says of paying.
struct InvoiceScreen: View {
    @Environment(AppModel.self) private var model
    let id: String

    var body: some View {
        if let view = model.invoices.invoice(id) {
            let payment = model.invoices.payment(id)
            let isPayable = payment?.isOffered == true
            Screen(view.title.text, showsAction: isPayable) {
                Top(view: view, payment: isPayable ? nil : payment)
                ForEach(Array(view.warnings.enumerated()), id: \.offset) { WarningLine($0.element) }
                if let mark = view.markPaid {
                    ActionButton(mark.label) { model.invoices.markPaid(id, mark.paid) }
                }
                Sums(view: view)
                Lines(view: view)
                Document(view: view)
                if let checked = view.checked { Aside(checked) }
            } action: {
                if isPayable { ActionButton(model.labels.pay, isMain: true) { model.open(.pay(id: id)) } }
            }
        } else {
            Screen("") { Nothing() }
        }
    }
}

private struct Top: View {
    let view: InvoiceView
    let payment: PaymentView?

    var body: some View {
        VStack(alignment: .leading, spacing: 6) {
            if let total = view.total { Said(total).font(.largeTitle).bold() }
            Label {
                Said(view.status).font(.headline)
            } icon: {
                StateIcon(state: view.state)
            }
            Aside(view.subtitle)
            if let payment {
                Said(payment.sentence)
                Asides(payment.notes)
            }
        }
    }
}

private struct Sums: View {
    @Environment(AppModel.self) private var model
    let view: InvoiceView

    var body: some View {
        if !view.why.isEmpty {
            Section {
                Sentences(view.why)
            } header: {
                Text(verbatim: model.labels.whyThisInvoice)
            }
        }
        if !view.overview.isEmpty {
            Section {
                ForEach(Array(view.overview.enumerated()), id: \.offset) {
                    Fact(title: $0.element.title, value: $0.element.amount, strong: $0.element.strong)
                }
            } header: {
                Text(verbatim: model.labels.overview)
            }
        }
    }
}

private struct Lines: View {
    @Environment(AppModel.self) private var model
    let view: InvoiceView

    var body: some View {
        if let missing = view.linesMissing {
            Aside(missing)
            ActionButton(model.labels.refresh) { model.invoices.refreshLines(of: view.invoiceId) }
        }
        if view.hasLines {
            Section {
                Leading(view.detailTitle, to: .invoiceLines(id: view.invoiceId))
                Leading(model.labels.claim, to: .claim(id: view.invoiceId))
            }
        }
    }
}

/// The printed document on this phone.
private struct Document: View {
    @Environment(AppModel.self) private var model
    let view: InvoiceView

    var body: some View {
        let invoices = model.invoices
        Section {
            Line(view.documentText, view.document.icon)
            switch view.document {
            case .notHere, .removed: ActionButton(model.labels.download) { invoices.download(view.invoiceId) }
            case .downloading(let bytes, let total):
                if let total, total > 0 {
                    ProgressView(value: Double(min(bytes, total)), total: Double(total)).accessibilityHidden(true)
                }
                ActionButton(model.labels.pause) { invoices.pause(view.invoiceId) }
            case .partly: ActionButton(model.labels.resume) { invoices.download(view.invoiceId) }
            case .here: ActionButton(model.labels.open) { invoices.openDocument(view.invoiceId) }
            }
        }
    }
}
