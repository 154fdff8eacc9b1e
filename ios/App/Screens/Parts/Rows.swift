// Rows: a fact, a way to somewhere, a switch, a button, something to copy, a field.

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
            Button(action: action) { Said(label).frame(maxWidth: .infinity, minHeight: 32) }
                .buttonStyle(.borderedProminent)
        } else {
            Button(action: action) { Said(label).frame(minHeight: 32) }
                .buttonStyle(.borderless)
        }
    }
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

/// Something to copy, with its button.
struct CopyRow: View {
    @Environment(AppModel.self) private var model
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
            Button(action: copy) { Image(systemName: "doc.on.doc") }
                .buttonStyle(.borderless)
                .accessibilityLabel("\(model.labels.copy): \(title.spoken)")
        }
    }
}

/// A field with its button; the button takes what was typed, and the field is empty again.
struct FieldWithButton: View {
    @State private var text = ""
    private let label: String
    private let button: String
    private let keyboard: UIKeyboardType
    private let done: @MainActor (String) -> Void

    init(
        _ label: String, button: String, keyboard: UIKeyboardType = .default,
        done: @escaping @MainActor (String) -> Void
    ) {
        self.label = label
        self.button = button
        self.keyboard = keyboard
        self.done = done
    }

    var body: some View {
        VStack(alignment: .leading, spacing: 8) {
            TextField(label, text: $text)
                .keyboardType(keyboard)
                .textFieldStyle(.roundedBorder)
                .autocorrectionDisabled()
            ActionButton(button) {
                done(text.trimmingCharacters(in: .whitespaces))
                text = ""
            }
            .disabled(text.trimmingCharacters(in: .whitespaces).isEmpty)
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
            ForEach(model.articles(topic).prefix(Self.most), id: \.id) { article in
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
