// The way of a new line until it works: what is done, what is now, what comes.

import Companion
import CompanionScreens
import SwiftUI

/// Every line on its way, the present step large.
struct GettingStartedScreen: View {
    @Environment(AppModel.self) private var model

    var body: some View {
        let room = model.gettingStarted
        let view = room.view
        Screen(model.title(of: .gettingStarted).text, refresh: room.refresh) {
            if let notice = view.notice { NoticeLine(notice) { room.remedy() } }
            if let empty = view.empty { Empty(title: empty, icon: "flag") }
            ForEach(view.lines, id: \.id) { line in
                Now(line: line)
                Section {
                    ForEach(Array(line.steps.enumerated()), id: \.offset) { TrackStep(step: $0.element) }
                }
            }
            HelpLinks(.gettingStarted)
        }
    }
}

private struct Now: View {
    @Environment(AppModel.self) private var model
    let line: LineTrackView

    var body: some View {
        let now = line.now
        Section {
            Heading(now.title, .title2)
            Sentences(now.text)
            Part(title: model.labels.keepAtHand, sentences: now.keep)
            Part(title: model.labels.byWhen, sentences: now.byWhen)
            Part(title: model.labels.ifNot, sentences: now.ifNot)
            buttons(now)
        } header: {
            VStack(alignment: .leading) {
                Heading(line.title)
                Aside(line.case)
            }
        }
    }

    @ViewBuilder private func buttons(_ now: TrackNowView) -> some View {
        let room = model.gettingStarted
        ForEach(now.answers, id: \.id) { answer in
            ActionButton(answer.label, isMain: answer.isMain) { room.tell(line.id, answer.id) }
        }
        if let request = now.request { ActionButton(model.labels.writeToEmployer) { room.ask(request) } }
        if let letter = now.claim { ActionButton(model.labels.askCompensation) { room.claim(letter) } }
        if now.esim {
            ActionButton(model.labels.esimInstall, isMain: true) { model.open(.esim(simId: now.esimSimId ?? "")) }
        }
        if now.wifiCalling { ActionButton(model.labels.goOn) { model.open(.at(.wifiCalling)) } }
    }
}

private struct Part: View {
    let title: String
    let sentences: [SpokenText]

    var body: some View {
        if !sentences.isEmpty {
            VStack(alignment: .leading, spacing: 4) {
                Text(verbatim: title).font(.subheadline).bold().accessibilityAddTraits(.isHeader)
                Sentences(sentences)
            }
        }
    }
}

private struct TrackStep: View {
    @Environment(AppModel.self) private var model
    @Environment(\.colours) private var colours
    let step: TrackStepView

    var body: some View {
        let isNow = step.state == .current || step.state == .failed
        Label {
            Text(verbatim: step.title.text).fontWeight(isNow ? .semibold : nil)
        } icon: {
            Image(systemName: step.state.icon).foregroundStyle(step.state == .failed ? colours.error : colours.tint)
        }
        .accessibilityElement(children: .ignore)
        .accessibilityLabel(step.title.spoken)
        .accessibilityValue(step.state.word(model.labels))
    }
}

extension TrackStepState {
    fileprivate func word(_ labels: Labels) -> String {
        switch self {
        case .done: labels.stepDone
        case .current: labels.stepCurrent
        case .ahead: labels.stepAhead
        case .failed: labels.stepFailed
        }
    }

    fileprivate var icon: String {
        switch self {
        case .done: "checkmark.circle.fill"
        case .current: "play.circle.fill"
        case .ahead: "circle"
        case .failed: "exclamationmark.circle.fill"
        }
    }
}
