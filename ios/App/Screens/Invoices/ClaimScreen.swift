// Choosing lines to reclaim from the employer.

import Companion
import CompanionScreens
import SwiftUI

/// The lines of an invoice to choose from; those that the employer pays already cannot be chosen.
struct ClaimScreen: View {
    @Environment(AppModel.self) private var model
    @State private var lines: [InvoiceLineView] = []
    @State private var chosen: [String] = []
    @State private var note = ""
    @State private var withPrivateTexts = false
    let id: String

    var body: some View {
        let invoices = model.invoices
        let view = invoices.invoice(id)
        let count = view.map { Int($0.detailLines) } ?? 0
        Screen(model.labels.claim) {
            Section {
                ForEach(lines.filter { !$0.employerShare }, id: \.lineId) { line in
                    Toggle(isOn: .of(chosen.contains(line.lineId)) { choose(line.lineId, $0) }) {
                        InvoiceLine(line: line)
                    }
                }
                if lines.count < count {
                    ActionButton(model.labels.showMore) { lines += invoices.lines(id, .detail, from: lines.count) }
                }
            } header: {
                if let view { Said(view.title) }
            }
            Section {
                TextField(model.labels.claimNote, text: $note)
                Toggle(isOn: $withPrivateTexts) { Said(model.labels.claimPrivate) }
            }
        } action: {
            ActionButton(model.labels.share, isMain: true) { invoices.claim(id, wish) }.disabled(chosen.isEmpty)
            ActionButton(model.labels.claimTable) { invoices.claimTable(id, wish) }.disabled(chosen.isEmpty)
        }
        .task(id: count) { lines = count == 0 ? [] : invoices.lines(id, .detail, from: 0) }
    }

    private var wish: ClaimWish { ClaimWish(lineIds: chosen, note: note, withPrivateTexts: withPrivateTexts) }

    private func choose(_ lineId: String, _ on: Bool) {
        if on { chosen.append(lineId) } else { chosen.removeAll { $0 == lineId } }
    }
}
