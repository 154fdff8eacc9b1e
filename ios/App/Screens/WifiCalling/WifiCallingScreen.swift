// From "may I?" to "it works", one step and one question at a time.

import Companion
import CompanionScreens
import SwiftUI

/// Where phone and line stand, and the step the person is at.
struct WifiCallingScreen: View {
    @Environment(AppModel.self) private var model

    var body: some View {
        let wifi = model.wifiCalling
        let view = wifi.view
        Screen(model.title(of: .wifiCalling).text, refresh: wifi.refresh) {
            if let notice = view.notice { NoticeLine(notice) { wifi.remedy() } }
            Section { Sentences(view.headline) }
            if let works = view.works { Works(works: works, asksPlace: view.asksPlace) }
            if let step = view.step { Step(step: step, canGoBack: view.canGoBack) } else { Skeleton() }
            if let check = view.check { Check(check: check) }
            if let note = view.guidesNote { Aside(note) }
            if let short = view.shortVersion {
                DisclosureGroup {
                    Way(path: short)
                } label: {
                    Said(model.labels.shortVersion)
                }
            }
            HelpLinks(.wifiCalling)
        }
    }
}

private struct Works: View {
    @Environment(AppModel.self) private var model
    let works: SpokenText
    let asksPlace: Bool

    var body: some View {
        Section {
            Line(works, "checkmark.circle").foregroundStyle(.tint)
            if asksPlace {
                DisclosureGroup {
                    FieldWithButton(
                        model.labels.placeField, button: model.labels.confirm, .words, model.wifiCalling.typedPlace
                    ) {
                        model.wifiCalling.namePlace()
                    }
                } label: {
                    Said(model.labels.placeField)
                }
            }
        }
    }
}

private struct Step: View {
    @Environment(AppModel.self) private var model
    let step: WifiStepView
    let canGoBack: Bool

    var body: some View {
        Section {
            Heading(step.title, .title2)
            Sentences(step.text)
            ForEach(Array(step.paths.enumerated()), id: \.offset) { Way(path: $0.element) }
            ForEach(Array(step.notes.enumerated()), id: \.offset) { Line($0.element, "info.circle") }
            buttons
            if canGoBack { ActionButton(model.labels.stepBack) { model.wifiCalling.stepBack() } }
        }
    }

    @ViewBuilder private var buttons: some View {
        let wifi = model.wifiCalling
        if let label = step.switchOn { ActionButton(label, isMain: step.main == .switchOn) { wifi.switchOn() } }
        if let label = step.check { ActionButton(label, isMain: step.main == .check) { wifi.check() } }
        ForEach(Array(step.answers.enumerated()), id: \.offset) { at, answer in
            ActionButton(answer.label, isMain: at == 0 && step.main == .firstAnswer) { wifi.answer(step.id, answer.id) }
        }
        if step.askEmployer { ActionButton(model.labels.writeToEmployer) { wifi.askEmployer() } }
        if step.report { ActionButton(model.labels.sendReport) { wifi.report() } }
    }
}

/// A way to the switch, as the phone has it: crumb by crumb, the last one is the switch.
private struct Way: View {
    @Environment(AppModel.self) private var model
    let path: PathView

    var body: some View {
        VStack(alignment: .leading, spacing: 8) {
            VStack(alignment: .leading, spacing: 8) {
                Line(path.title, path.kind.icon).font(.subheadline)
                ForEach(Array(path.crumbs.enumerated()), id: \.offset) { at, crumb in
                    Crumb(crumb: crumb, isLast: at == path.crumbs.count - 1)
                }
            }
            .accessibilityElement(children: .ignore)
            .accessibilityLabel(path.spoken)
            if let unsure = path.unsure { Aside(unsure) }
            if !path.intents.isEmpty {
                ActionButton(model.labels.openSettings) { model.wifiCalling.openPath(path) }
            }
        }
    }
}

/// What is said, and what the phone shows, word for word.
private struct Crumb: View {
    let crumb: CrumbView
    let isLast: Bool

    var body: some View {
        HStack(alignment: .firstTextBaseline) {
            Image(systemName: "arrow.forward")
            VStack(alignment: .leading) {
                if let said = crumb.said { Said(said).font(.subheadline) }
                ForEach(Array(crumb.labels.enumerated()), id: \.offset) { at, label in
                    Text(verbatim: label).fontWeight(isLast && at == 0 ? .bold : nil)
                }
            }
        }
    }
}

/// What the last check of this network found.
private struct Check: View {
    @Environment(AppModel.self) private var model
    let check: NetworkCheckView

    var body: some View {
        Section {
            Line(check.sentence, check.verdict.icon)
            if let action = check.action { Said(action) }
            Asides(check.evidence)
            if let notMade = check.notMade { Aside(notMade) }
            if let checked = check.checked { Aside(checked) }
        } header: {
            Text(verbatim: model.labels.network)
        }
    }
}

extension NetworkVerdict {
    fileprivate var icon: String {
        switch self {
        case .open: "checkmark.circle"
        case .blocked, .probablyBlocked: "nosign"
        case .inconclusive, .notTested: "questionmark.circle"
        }
    }
}

extension PathKind {
    fileprivate var icon: String {
        switch self {
        case .settings: "gearshape"
        case .phoneApp: "phone"
        case .tile: "hand.tap"
        case .search: "magnifyingglass"
        case .otherDevices: "laptopcomputer.and.iphone"
        case .published: "book"
        }
    }
}
