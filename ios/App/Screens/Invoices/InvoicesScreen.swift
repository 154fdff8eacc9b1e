// The person's own invoices, the latest first; a month without one says why.

import Companion
import CompanionScreens
import SwiftUI

/// The list of invoices.
struct InvoicesScreen: View {
    @Environment(AppModel.self) private var model

    var body: some View {
        let invoices = model.invoices
        let view = invoices.view
        Screen(model.title(of: .invoices).text, refresh: invoices.refresh) {
            if let notice = view.notice { NoticeLine(notice) { invoices.remedy() } }
            if let empty = view.empty {
                Empty(title: empty.title, detail: empty.detail, icon: "doc.text")
            } else if view.phase == .neverLoaded {
                Skeleton()
            }
            if let running = view.running { Running(running: running) }
            Section {
                ForEach(Array(view.rows.enumerated()), id: \.offset) { OneRow(row: $0.element) }
            } footer: {
                if let checked = view.checked { Aside(checked) }
            }
            HelpLinks(.invoices)
        }
    }
}

/// What is on no invoice yet.
private struct Running: View {
    @Environment(AppModel.self) private var model
    let running: RunningView

    var body: some View {
        Section {
            Said(running.headline).font(.title3)
            Aside(running.note)
            if let expected = running.expected { Said(expected) }
            if running.lines > 0 { Leading(model.labels.details, to: .runningCosts) }
        }
    }
}

private struct OneRow: View {
    @Environment(AppModel.self) private var model
    let row: InvoiceRow

    var body: some View {
        if let id = row.invoiceId {
            Button {
                model.open(.invoice(id: id))
            } label: {
                content.foregroundStyle(.primary)
            }
        } else {
            content
        }
    }

    private var content: some View {
        Label {
            VStack(alignment: .leading, spacing: 2) {
                if let amount = row.amount { Fact(title: row.title, value: amount) } else { Said(row.title) }
                Said(row.status).font(.subheadline)
                if let number = row.number { Aside(number) }
                if let document = row.documentText { Line(document, row.document.icon).font(.subheadline) }
            }
        } icon: {
            StateIcon(state: row.state)
        }
    }
}

/// Where an invoice stands. The words say it too.
struct StateIcon: View {
    @Environment(\.colours) private var colours
    let state: InvoiceState

    var body: some View {
        Image(systemName: state.icon)
            .foregroundStyle(state.presses ? colours.error : colours.tint)
            .accessibilityHidden(true)
    }
}

extension InvoiceState {
    fileprivate var presses: Bool { self == .overdue || self == .reminded }

    fileprivate var icon: String {
        switch self {
        case .open, .partlyPaid: "doc.text"
        case .directDebit: "building.columns"
        case .pending, .markedPaid, .mayCome: "hourglass"
        case .paid: "checkmark.circle"
        case .overdue, .reminded: "exclamationmark.triangle"
        case .employerContacted: "building.2"
        case .credited: "arrow.uturn.backward"
        case .nothingToPay, .noInvoice: "calendar.badge.checkmark"
        case .unknown: "questionmark.circle"
        }
    }
}

extension DownloadState {
    var icon: String {
        switch self {
        case .notHere, .removed: "icloud.and.arrow.down"
        case .downloading: "arrow.down.circle.dotted"
        case .partly: "pause.circle"
        case .here: "checkmark.circle"
        }
    }
}
