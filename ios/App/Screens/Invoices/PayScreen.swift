// The ways to pay an invoice: the operator's page first, else what a bank's app needs.

import Companion
import CompanionScreens
import SwiftUI

/// How an invoice is paid.
struct PayScreen: View {
    @Environment(AppModel.self) private var model
    /// The reference as text, in place of its own place.
    @State private var asText = false
    let id: String

    var body: some View {
        let invoices = model.invoices
        let view = invoices.payment(id, referenceAsText: asText)
        Screen(model.labels.pay, showsAction: view?.link != nil) {
            if let view {
                Said(view.sentence).font(.title3)
                if let warning = view.warning { ChangedPayee(id: id, warning: warning) }
                Section {
                    ForEach(Array(view.fields.enumerated()), id: \.offset) { FieldRow(field: $0.element) }
                }
                if let qr = view.qr { Code(qr: qr, asText: $asText) }
                Asides(view.notes)
                if let checked = view.checked { Aside(checked) }
            }
        } action: {
            if let link = view?.link { ActionButton(link.label, isMain: true) { invoices.openPage(link.url) } }
        }
    }
}

/// The account is not the one of before: nothing can be paid until the person confirms that very one.
private struct ChangedPayee: View {
    @Environment(AppModel.self) private var model
    let id: String
    let warning: PayeeWarning

    var body: some View {
        Section {
            WarningLine(warning.text)
            FieldRow(field: warning.account)
            if let before = warning.accountBefore { FieldRow(field: before) }
            if warning.mustConfirm {
                ActionButton(model.labels.payeeIsRight) {
                    model.invoices.confirmPayee(id, iban: warning.account.copied)
                }
            }
        }
    }
}

private struct FieldRow: View {
    @Environment(AppModel.self) private var model
    let field: CopyField

    var body: some View {
        CopyRow(title: field.title, shown: field.shown) { model.invoices.copy(field.copied) }
    }
}

private struct Code: View {
    @Environment(AppModel.self) private var model
    let qr: QrView
    @Binding var asText: Bool

    var body: some View {
        Section {
            VStack(spacing: 12) {
                Squares(qr: qr).accessibilityElement().accessibilityLabel(model.labels.scanToPay)
                Said(qr.note)
            }
            .frame(maxWidth: .infinity)
            if let other = qr.otherWay { ActionButton(other) { asText.toggle() } }
        }
    }
}

/// Black on white, by night too: a camera reads nothing else.
private struct Squares: View {
    /// Squares on a side of the margin, as the standard wants.
    private static let margin = 4

    let qr: QrView

    var body: some View {
        Canvas { context, size in
            let side = Int(qr.size)
            // Whole points: no lines between squares.
            let square = (size.width / CGFloat(side + 2 * Self.margin)).rounded(.down)
            let first = ((size.width - square * CGFloat(side)) / 2).rounded(.down)
            context.fill(Path(CGRect(x: 0, y: 0, width: size.width, height: size.height)), with: .color(.white))
            for (at, value) in qr.squares.enumerated() where value == 1 {
                let place = CGRect(
                    x: first + CGFloat(at % side) * square, y: first + CGFloat(at / side) * square, width: square,
                    height: square)
                context.fill(Path(place), with: .color(.black))
            }
        }
        .frame(width: 240, height: 240)
    }
}
