// What is the matter: one calm line at the top, or a card with what to do. Nothing on the screen goes away for it.

import Companion
import CompanionScreens
import SwiftUI

/// The line at the top of a screen.
struct NoticeLine: View {
    private let text: SpokenText
    private let icon: String
    private let label: String?
    private let action: @MainActor () -> Void

    init(_ text: SpokenText) {
        self.text = text
        icon = "info.circle"
        label = nil
        action = {}
    }

    /// With what the person can do about it.
    init(_ notice: Notice, action: @escaping @MainActor () -> Void) {
        text = SpokenText(text: notice.text, spoken: notice.spoken)
        icon = notice.kind.icon
        label = notice.action
        self.action = action
    }

    var body: some View {
        VStack(alignment: .leading, spacing: 4) {
            Line(text, icon).font(.subheadline)
            if let label { ActionButton(label, action) }
        }
        .accessibilityAddTraits(.updatesFrequently)
    }
}

/// Something that wants attention before one goes on.
struct WarningLine: View {
    @Environment(\.colours) private var colours
    private let text: SpokenText

    init(_ text: SpokenText) { self.text = text }

    var body: some View {
        Line(text, "exclamationmark.triangle")
            .foregroundStyle(colours.onWarningGround)
            .listRowBackground(colours.warningGround)
    }
}

/// What went wrong with what the person asked for: a sentence, an action, and nothing lost.
struct ProblemCard: View {
    /// By which the list finds a card.
    enum Kind: Hashable { case problem, otherAccount }

    @Environment(AppModel.self) private var model
    @Environment(\.colours) private var colours

    var body: some View {
        // Who waits for a decision stays on the screen until there is one.
        if let other = model.session.otherAccount { card(.otherAccount, other, remedy: model.replaceAccount) }
        if let problem = model.problem?.explanation, problem != model.session.otherAccount {
            card(.problem, problem, remedy: model.remedy)
        }
    }

    private func card(
        _ kind: Kind, _ problem: Explanation, remedy: @escaping @MainActor () -> Void
    ) -> some View {
        Section {
            VStack(alignment: .leading, spacing: 8) {
                Label {
                    Text(verbatim: problem.title).font(.headline)
                } icon: {
                    Image(systemName: "exclamationmark.triangle")
                }
                Text(verbatim: problem.sentence)
            }
            .accessibilityElement(children: .ignore)
            .accessibilityLabel(problem.spoken)
            .id(kind)
            Text(verbatim: "\(model.labels.supportCode) \(problem.code)").font(.footnote)
            if problem.remedy != nil, let action = problem.action { ActionButton(action, remedy) }
            if let alternative = problem.alternative { ActionButton(alternative) { model.alternative() } }
            if kind == .problem { ActionButton(model.labels.close) { model.closeProblem() } }
        }
        .foregroundStyle(colours.onErrorGround)
        .listRowBackground(colours.errorGround)
    }
}

extension NoticeKind {
    fileprivate var icon: String {
        switch self {
        case .offline: "icloud.slash"
        case .maintenance: "wrench.and.screwdriver"
        case .blockedNetwork: "wifi.exclamationmark"
        case .signInAgain: "person.crop.circle"
        case .notUnderstood: "exclamationmark.triangle"
        case .notPermitted: "nosign"
        case .clock: "clock"
        case .device: "iphone"
        }
    }
}
