// What the person is told of, and how. A switch shows the wish at once, and in words how far it has come.

import Companion
import CompanionScreens
import SwiftUI

/// The switches of every line, then the alerts of this app.
struct NotificationsScreen: View {
    @Environment(AppModel.self) private var model

    var body: some View {
        let room = model.notifications
        let view = room.view
        Screen(model.title(of: .notifications).text, refresh: room.refresh) {
            if let notice = view.notice { NoticeLine(notice) { room.remedy() } }
            if view.phase == .neverLoaded { Skeleton() }
            ForEach(view.lines, id: \.lineId) { line in
                if view.lines.count > 1 { Heading(line.label, .title3) }
                ForEach(Array(line.topics.enumerated()), id: \.offset) { Topic(topic: $0.element) }
            }
            if room.alerts.phase == .ready { AlertsPart(view: room.alerts) }
            HelpLinks(.alerts)
        }
    }
}

private struct Topic: View {
    let topic: PreferenceTopicView

    var body: some View {
        Section {
            ForEach(topic.switches, id: \.preferenceId) { OneSwitch(view: $0) }
        } header: {
            Said(topic.title)
        } footer: {
            if let note = topic.note { Aside(note) }
        }
    }
}

private struct OneSwitch: View {
    @Environment(AppModel.self) private var model
    let view: PreferenceSwitchView

    var body: some View {
        let room = model.notifications
        SwitchRow(
            view.title, isOn: view.on, turn: { room.turn(view.preferenceId, $0) }, below: { Status(view: view) }
        )
        .disabled(!view.canChange)
        if let conflict = view.conflict {
            Said(conflict.mine)
            ActionButton(conflict.keepMineLabel) { room.keepMine(view.preferenceId) }
            Said(conflict.theirs)
            ActionButton(conflict.keepTheirsLabel) { room.keepTheirs(view.preferenceId) }
        }
        if let label = view.dismissLabel { ActionButton(label) { room.keepTheirs(view.preferenceId) } }
        if let reach = view.reach {
            if let missing = reach.missing { Aside(missing) }
            if let fix = reach.fix, let label = reach.fixLabel, room.canMend(fix) {
                ActionButton(label) { room.mend(fix) }
            }
        }
        if view.thresholdPercent != nil && view.canChange {
            // Each says of which channel it is.
            let spoken = "\(view.title.spoken), \(model.labels.percentField)"
            DisclosureGroup {
                FieldWithButton(
                    model.labels.percentField, spoken: spoken, button: model.labels.confirm, .wholeNumber,
                    room.typedThreshold(view.preferenceId)
                ) {
                    room.chooseThreshold(view.preferenceId)
                }
            } label: {
                Said(SpokenText(text: model.labels.percentField, spoken: spoken))
            }
        }
    }
}

private struct Status: View {
    let view: PreferenceSwitchView

    var body: some View {
        if let status = view.status {
            if let icon = view.phase.icon { Line(status, icon).font(.subheadline) } else { Aside(status) }
        }
    }
}

extension SwitchPhase {
    fileprivate var icon: String? {
        switch self {
        case .confirmed: nil
        case .sending, .waiting: "clock"
        case .requested: "checkmark.circle"
        case .conflict: "arrow.triangle.2.circlepath"
        case .refused, .expired: "exclamationmark.circle"
        }
    }
}
