// Rows: a fact, a way to somewhere, a switch, a button, something to copy.

import Accessibility
import Companion
import CompanionScreens
import SwiftUI

/// A title and its value: side by side while both fit, else one under the other.
struct Fact: View {
    let title: SpokenText
    let value: SpokenText
    var strong = false

    var body: some View {
        ViewThatFits(in: .horizontal) {
            HStack(alignment: .firstTextBaseline) {
                Said(title)
                Spacer(minLength: 16)
                Said(value)
            }
            VStack(alignment: .leading) {
                Said(title)
                Said(value)
            }
        }
        .fontWeight(strong ? .semibold : nil)
        .accessibilityElement(children: .combine)
    }
}

/// A row that leads to another screen.
struct Leading: View {
    @Environment(AppModel.self) private var model
    private let title: SpokenText
    private let route: Route
    private let icon: String?

    init(_ title: SpokenText, to route: Route, icon: String? = nil) {
        self.title = title
        self.route = route
        self.icon = icon
    }

    init(_ title: String, to route: Route, icon: String? = nil) {
        self.init(SpokenText(text: title, spoken: title), to: route, icon: icon)
    }

    var body: some View {
        Button {
            model.open(route)
        } label: {
            HStack {
                if let icon { Line(title, icon) } else { Said(title) }
                Spacer(minLength: 8)
                Image(systemName: "chevron.forward").foregroundStyle(.secondary).accessibilityHidden(true)
            }
            .foregroundStyle(.primary)
            .frame(minHeight: 44)
        }
    }
}

/// A button with its words: the main action of a screen, or what can be done besides.
struct ActionButton: View {
    private let label: SpokenText
    private let isMain: Bool
    private let action: @MainActor () -> Void

    init(_ label: SpokenText, isMain: Bool = false, _ action: @escaping @MainActor () -> Void) {
        self.label = label
        self.isMain = isMain
        self.action = action
    }

    init(_ label: String, isMain: Bool = false, _ action: @escaping @MainActor () -> Void) {
        self.init(SpokenText(text: label, spoken: label), isMain: isMain, action)
    }

    var body: some View {
        if isMain {
            Button(action: action) { Said(label) }.buttonStyle(MainButtonStyle())
        } else {
            Button(action: action) { Said(label).touchable() }.buttonStyle(.borderless)
        }
    }
}

/// The operator's colour as the ground. The system's own prominent button writes white on it, whatever it is.
private struct MainButtonStyle: ButtonStyle {
    @Environment(\.colours) private var colours
    @Environment(\.isEnabled) private var isEnabled

    func makeBody(configuration: Configuration) -> some View {
        configuration.label
            .fontWeight(.semibold)
            .multilineTextAlignment(.center)
            .foregroundStyle(colours.onTint)
            .padding(.horizontal, 16)
            .padding(.vertical, 8)
            .frame(maxWidth: .infinity, minHeight: 48)
            .background(colours.tint, in: RoundedRectangle(cornerRadius: 12))
            .opacity(isEnabled ? configuration.isPressed ? 0.75 : 1 : 0.4)
    }
}

/// An icon that does something to what it stands beside.
struct IconButton: View {
    private let icon: String
    private let label: String
    private let object: String
    private let action: @MainActor () -> Void

    /// `label` says what it does, `object` to what.
    init(_ icon: String, _ label: String, of object: String, _ action: @escaping @MainActor () -> Void) {
        self.icon = icon
        self.label = label
        self.object = object
        self.action = action
    }

    var body: some View {
        Button(action: action) { Image(systemName: icon).touchable() }
            .buttonStyle(.borderless)
            .accessibilityLabel(label)
            .accessibilityValue(object)
    }
}

extension View {
    /// The least that a finger meets for sure.
    func touchable() -> some View { frame(minWidth: 44, minHeight: 44).contentShape(.rect) }
}

/// A switch with its words, and what stands under them.
struct SwitchRow<Below: View>: View {
    @State private var wish = Wish<Bool>()
    private let title: SpokenText
    private let isOn: Bool
    private let turn: @MainActor (Bool) -> Task<Void, Never>
    private let below: Below

    init(
        _ title: SpokenText, isOn: Bool, turn: @escaping @MainActor (Bool) -> Task<Void, Never>,
        @ViewBuilder below: () -> Below
    ) {
        self.title = title
        self.isOn = isOn
        self.turn = turn
        self.below = below()
    }

    var body: some View {
        Toggle(isOn: .of(wish.shown(isOn)) { wish.set($0, turn) }) {
            VStack(alignment: .leading, spacing: 2) {
                Said(title)
                below
            }
        }
    }
}

/// Something to copy, with its button, which says for a while that it was done.
struct CopyRow: View {
    private static let seen = Duration.seconds(4)

    @Environment(AppModel.self) private var model
    @State private var isCopied = false
    /// Each copy begins the while anew.
    @State private var copies = 0
    let title: SpokenText
    let shown: SpokenText
    let copy: @MainActor () -> Void

    var body: some View {
        HStack {
            VStack(alignment: .leading, spacing: 2) {
                Aside(title)
                Said(shown).font(.headline).monospacedDigit()
            }
            Spacer(minLength: 8)
            // Whoever listens hears it announced.
            if isCopied { Aside(model.labels.copied).accessibilityHidden(true) }
            IconButton("doc.on.doc", model.labels.copy, of: title.spoken) {
                copy()
                isCopied = true
                copies += 1
                AccessibilityNotification.Announcement(model.labels.copied).post()
            }
        }
        .task(id: copies) {
            try? await Task.sleep(for: Self.seen)
            if !Task.isCancelled { isCopied = false }
        }
    }
}

/// The articles closest to a screen, at its end; all of them are in help.
struct HelpLinks: View {
    private static let most = 3

    @Environment(AppModel.self) private var model
    private let topic: HelpTopic

    init(_ topic: HelpTopic) { self.topic = topic }

    var body: some View {
        Section {
            ForEach(model.help.articles(topic).prefix(Self.most), id: \.id) { article in
                Leading(article.title, to: .article(id: article.id), icon: "questionmark.circle")
            }
        }
    }
}

extension Binding where Value: Sendable {
    /// What is drawn, and what a change of it begins: a view's figures are never changed in place.
    static func of(_ value: Value, _ change: @escaping @MainActor @Sendable (Value) -> Void) -> Binding<Value> {
        Binding(get: { value }, set: { new in MainActor.assumeIsolated { change(new) } })
    }
}
