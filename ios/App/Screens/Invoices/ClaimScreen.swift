// Choosing lines to reclaim from the employer.

import Companion
import CompanionScreens
import SwiftUI

/// The lines of an invoice to choose from; those that the employer pays already cannot be chosen.
struct ClaimScreen: View {
    @Environment(AppModel.self) private var model
    @State private var lines: [InvoiceLineView] = []
    let id: String

    var body: some View {
        let invoices = model.invoices
        let view = invoices.invoice(id)
        let draft = invoices.draft(of: id)
        let count = view.map { Int($0.detailLines) } ?? 0
        Screen(model.labels.claim) {
            Section {
                ForEach(lines.filter { !$0.employerShare }, id: \.lineId) { line in
                    Toggle(isOn: .of(draft.lineIds.contains(line.lineId)) { choose(line.lineId, $0) }) {
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
                VStack(alignment: .leading, spacing: 4) {
                    Text(verbatim: model.labels.claimNote).font(.subheadline).foregroundStyle(.secondary)
                        .accessibilityHidden(true)
                    TextField("", text: .of(draft.note) { change(note: $0) })
                        .frame(minHeight: 44)
                        .accessibilityLabel(model.labels.claimNote)
                }
                Toggle(isOn: .of(draft.withPrivateTexts) { change(withPrivateTexts: $0) }) {
                    Said(model.labels.claimPrivate)
                }
            }
        } action: {
            ActionButton(model.labels.share, isMain: true) { invoices.claim(id, draft) }.disabled(draft.lineIds.isEmpty)
            ActionButton(model.labels.claimTable) { invoices.claimTable(id, draft) }.disabled(draft.lineIds.isEmpty)
        }
        .task(id: count) { lines = count == 0 ? [] : invoices.lines(id, .detail, from: 0) }
    }

    private func choose(_ lineId: String, _ on: Bool) {
        let others = model.invoices.draft(of: id).lineIds.filter { $0 != lineId }
        change(lineIds: on ? others + [lineId] : others)
    }

    /// What is not named stays.
    private func change(lineIds: [String]? = nil, note: String? = nil, withPrivateTexts: Bool? = nil) {
        let draft = model.invoices.draft(of: id)
        let changed = ClaimWish(
            lineIds: lineIds ?? draft.lineIds, note: note ?? draft.note,
            withPrivateTexts: withPrivateTexts ?? draft.withPrivateTexts)
        model.invoices.keep(changed, of: id)
    }
}
