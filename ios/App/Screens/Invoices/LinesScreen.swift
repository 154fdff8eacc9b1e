// The lines of an invoice as printed, or of what is on no invoice yet.

import Companion
import CompanionScreens
import SwiftUI

/// The parts of an invoice, one after the other.
struct LinesScreen: View {
    @Environment(AppModel.self) private var model
    let id: String

    var body: some View {
        let invoices = model.invoices
        if let view = invoices.invoice(id) {
            Screen(view.title.text) {
                if let missing = view.linesMissing { Aside(missing) }
                Part(title: view.detailTitle, count: view.detailLines, disputed: id) {
                    invoices.lines(id, .detail, from: $0)
                }
                Part(title: view.outOfBundleTitle, count: view.outOfBundleLines, disputed: nil) {
                    invoices.lines(id, .outOfBundle, from: $0)
                }
            }
        } else {
            Screen("") { Nothing() }
        }
    }
}

/// What is on no invoice yet.
struct RunningScreen: View {
    @Environment(AppModel.self) private var model

    var body: some View {
        let invoices = model.invoices
        if let view = invoices.view.running {
            Screen(view.headline.text) {
                Aside(view.note)
                Part(title: nil, count: view.lines, disputed: nil) { invoices.runningLines(from: $0) }
            }
        } else {
            Screen("") { Nothing() }
        }
    }
}

/// Lines under their headings, a hundred at a time.
private struct Part: View {
    @Environment(AppModel.self) private var model
    @State private var shown: [InvoiceLineView] = []
    let title: SpokenText?
    let count: UInt32
    /// The invoice whose lines can be disputed.
    let disputed: String?
    let lines: @MainActor (_ offset: Int) -> [InvoiceLineView]

    var body: some View {
        Section {
            ForEach(Array(shown.enumerated()), id: \.offset) { at, line in
                if at == 0 || shown[at - 1].group != line.group { Heading(line.group) }
                InvoiceLine(line: line)
                if line.thirdParty, let disputed {
                    ActionButton(model.labels.notMine) { model.invoices.dispute(disputed, line: line.lineId) }
                }
            }
            if shown.count < Int(count) {
                ActionButton(model.labels.showMore) { shown += lines(shown.count) }
            }
        } header: {
            if let title, count > 0 { Said(title) }
        }
        .task(id: count) { shown = count == 0 ? [] : lines(0) }
    }
}

/// One line: what, when, how much, and what is to be said of it.
struct InvoiceLine: View {
    let line: InvoiceLineView

    var body: some View {
        VStack(alignment: .leading, spacing: 2) {
            if let amount = line.amount { Fact(title: line.title, value: amount) } else { Said(line.title) }
            if let when = line.when { Aside(when) }
            if let note = line.note { Aside(note) }
        }
    }
}
