// The alerts of this app: what everybody and the operator's own are told of, the person's own, the quiet hours, what was told.

import Companion
import CompanionScreens
import SwiftUI

struct AlertsPart: View {
    @Environment(AppModel.self) private var model
    let view: AlertsView

    var body: some View {
        let room = model.notifications
        if !view.sent.isEmpty {
            Section {
                ForEach(Array(view.sent.enumerated()), id: \.offset) { _, sent in
                    VStack(alignment: .leading) {
                        Said(sent.text)
                        Aside(sent.by)
                    }
                }
            } header: {
                Text(verbatim: model.labels.operatorAlerts)
            } footer: {
                if let note = view.sentNote { Aside(note) }
            }
        }
        Section {
            ForEach(Array(view.fixed.enumerated()), id: \.offset) { Said($0.element.text) }
            ForEach(Array(view.own.enumerated()), id: \.offset) { Own(threshold: $0.element) }
            Adding()
            ActionButton(model.labels.tryOne) { room.tryOne() }
        } header: {
            Text(verbatim: model.labels.ownAlerts)
        }
        Quiet(quiet: view.quiet)
        if !view.told.isEmpty { Told(told: view.told) }
    }
}

/// Another alert of the person's own: first of what, then from where on.
private struct Adding: View {
    @Environment(AppModel.self) private var model
    @State private var isOpen = false
    @State private var isOfCosts = false

    var body: some View {
        let (room, labels) = (model.notifications, model.labels)
        if isOpen {
            Picker(labels.addAlert, selection: $isOfCosts) {
                Text(verbatim: labels.percentField).tag(false)
                Text(verbatim: labels.costsField).tag(true)
            }
            // Each has what was typed in it, and the keyboard that belongs to it.
            if isOfCosts {
                FieldWithButton(labels.costsField, button: labels.confirm, .amount, room.typedCosts) {
                    close(room.typedCosts, after: room.addCosts())
                }
            } else {
                FieldWithButton(labels.percentField, button: labels.confirm, .wholeNumber, room.typedShare) {
                    close(room.typedShare, after: room.addShare())
                }
            }
            ActionButton(labels.cancel) {
                room.cancelAlert()
                isOpen = false
            }
        } else {
            ActionButton(labels.addAlert) { isOpen = true }
        }
    }

    /// What was refused stays, with why beside it.
    private func close(_ typed: Typed, after work: Task<Void, Never>) {
        Task {
            await work.value
            if typed.isBlank { isOpen = false }
        }
    }
}

private struct Own: View {
    @Environment(AppModel.self) private var model
    let threshold: ThresholdView

    var body: some View {
        HStack {
            Said(threshold.text)
            Spacer(minLength: 8)
            IconButton("trash", model.labels.remove, of: threshold.text.spoken) {
                model.notifications.remove(threshold.threshold)
            }
        }
    }
}

/// The hours without alerts. Minutes of the day, whatever the time zone.
private struct Quiet: View {
    /// The wheels pass many minutes before they stand still.
    private static let still = Duration.seconds(1)

    @Environment(AppModel.self) private var model
    @State private var wish = Wish<Hours>()
    let quiet: QuietView

    private struct Hours: Equatable {
        var from: Int
        var to: Int
    }

    var body: some View {
        let hours = wish.shown(Hours(from: Int(quiet.fromMinute), to: Int(quiet.toMinute)))
        Section {
            Said(quiet.text)
            DatePicker(
                model.labels.quietFrom,
                selection: .of(date(hours.from)) { set(Hours(from: minute($0), to: hours.to)) },
                displayedComponents: .hourAndMinute)
            DatePicker(
                model.labels.quietTo, selection: .of(date(hours.to)) { set(Hours(from: hours.from, to: minute($0))) },
                displayedComponents: .hourAndMinute)
        } header: {
            Text(verbatim: model.labels.quietHours)
        }
        .environment(\.timeZone, .gmt)
    }

    private func set(_ hours: Hours) {
        let room = model.notifications
        wish.set(hours, after: Self.still) { room.setQuietHours(from: $0.from, to: $0.to) }
    }

    private func date(_ minute: Int) -> Date { Date(timeIntervalSince1970: TimeInterval(minute * 60)) }

    private func minute(_ date: Date) -> Int { Int(date.timeIntervalSince1970) / 60 % (24 * 60) }
}

private struct Told: View {
    @Environment(AppModel.self) private var model
    let told: [ToldView]

    var body: some View {
        Section {
            ForEach(told, id: \.id) { alert in
                VStack(alignment: .leading, spacing: 2) {
                    Said(alert.title)
                    Said(alert.body).font(.subheadline)
                    Aside(alert.timing)
                }
            }
        } header: {
            Text(verbatim: model.labels.toldBefore)
        }
    }
}
