// The first screen: what is left, large, and until when it was counted.

import Companion
import CompanionScreens
import SwiftUI

/// This cycle's usage of one line.
struct UsageScreen: View {
    @Environment(AppModel.self) private var model

    var body: some View {
        let usage = model.usage
        Screen(model.title(of: .usage).text, refresh: usage.refresh) {
            if let notice = usage.view.notice { NoticeLine(notice) { usage.remedy() } }
            if usage.view.phase == .neverLoaded && usage.view.lines.isEmpty { Skeleton() }
            if usage.view.lines.count > 1 { LineSwitch() }
            if let line = usage.line { OneLine(line: line, isNamed: usage.view.lines.count == 1) }
            HelpLinks(.usage)
        }
    }
}

private struct LineSwitch: View {
    @Environment(AppModel.self) private var model

    var body: some View {
        let usage = model.usage
        Picker(model.labels.line, selection: .of(usage.line?.lineId ?? "") { usage.choose($0) }) {
            ForEach(usage.view.lines, id: \.lineId) { Said($0.label).tag($0.lineId) }
        }
    }
}

private struct OneLine: View {
    @Environment(AppModel.self) private var model
    let line: LineView
    let isNamed: Bool

    var body: some View {
        Section {
            if isNamed {
                Said(line.label).accessibilityLabel(model.labels.line).accessibilityValue(line.label.spoken)
            }
            if let empty = line.empty { Line(empty, "info.circle") }
            if let hero = line.hero { Hero(bucket: hero, line: line) } else { DatedLine(line: line) }
            if let note = line.planNote { Line(note, "info.circle") }
            if let pace = line.pace { Pace(pace: pace) }
        }
        Section {
            ForEach(line.buckets, id: \.bucketId) { BucketRow(bucket: $0) }
        }
        if let costs = line.outOfBundle {
            Section {
                Said(costs.headline).font(.headline)
                ForEach(Array(costs.rows.enumerated()), id: \.offset) {
                    Fact(title: $0.element.title, value: $0.element.amount)
                }
            }
        }
        Section {
            if let plan = line.plan { Leading(plan, to: .at(.plan), icon: Place.plan.icon) }
            if line.hasHistory {
                Leading(model.labels.history, to: .history(lineId: line.lineId), icon: "chart.bar")
            }
        }
    }
}
