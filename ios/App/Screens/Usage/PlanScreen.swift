// What the plan is and what is in it.

import Companion
import CompanionScreens
import SwiftUI

/// The plan of every line.
struct PlanScreen: View {
    @Environment(AppModel.self) private var model

    var body: some View {
        let usage = model.usage
        Screen(model.title(of: .plan).text, refresh: usage.refresh) {
            if let notice = usage.view.notice { NoticeLine(notice) { usage.remedy() } }
            if usage.view.phase == .neverLoaded { Skeleton() }
            ForEach(usage.view.lines, id: \.lineId) { OnePlan(line: $0) }
            HelpLinks(.plan)
        } action: {
            ActionButton(model.labels.planNotRight) { usage.askForAnotherPlan() }
        }
    }
}

private struct OnePlan: View {
    @Environment(AppModel.self) private var model
    let line: LineView

    var body: some View {
        Section {
            Said(line.label)
            if let plan = line.plan { Said(plan).font(.title2) }
            if let unknown = line.planUnknown { Line(unknown, "info.circle") }
            if let note = line.planNote { Line(note, "info.circle") }
            ForEach(Array(line.planContents.enumerated()), id: \.offset) {
                Fact(title: $0.element.title, value: $0.element.amount)
            }
        } header: {
            if !line.planContents.isEmpty { Text(verbatim: model.labels.planContents) }
        }
    }
}
