// A field to type in, with what takes it. What was typed is the model's, and stays there until it is taken.

import Accessibility
import Companion
import CompanionScreens
import SwiftUI

/// What is typed into a field.
enum Typing {
    /// A code as it was sent: no letter of it is changed, and mostly it is on the clipboard.
    case code
    case words
    case wholeNumber
    case amount
}

/// A field under its label, with its button below. The keyboard's own key does what the button does; why it would not do is said
/// under it.
struct FieldWithButton: View {
    @Environment(\.colours) private var colours
    @Bindable private var typed: Typed
    private let label: String
    private let spoken: String
    private let button: SpokenText
    private let typing: Typing
    private let take: @MainActor () -> Void

    /// `spoken` is what the field is called for whoever listens, where `label` alone does not say of what it is.
    init(
        _ label: String, spoken: String? = nil, button: SpokenText, _ typing: Typing, _ typed: Typed,
        take: @escaping @MainActor () -> Void
    ) {
        self.label = label
        self.spoken = spoken ?? label
        self.button = button
        self.typing = typing
        self.typed = typed
        self.take = take
    }

    init(
        _ label: String, spoken: String? = nil, button: String, _ typing: Typing, _ typed: Typed,
        take: @escaping @MainActor () -> Void
    ) {
        self.init(
            label, spoken: spoken, button: SpokenText(text: button, spoken: button), typing, typed, take: take)
    }

    var body: some View {
        VStack(alignment: .leading, spacing: 8) {
            // It says what the field is while something is in it, too.
            Text(verbatim: label).font(.subheadline).foregroundStyle(.secondary).accessibilityHidden(true)
            TextField("", text: $typed.text)
                .keyboardType(typing.keyboard)
                .textInputAutocapitalization(typing == .words ? .sentences : .never)
                .autocorrectionDisabled()
                .submitLabel(.done)
                .onSubmit { if !typed.isBlank { take() } }
                .textFieldStyle(.roundedBorder)
                .frame(minHeight: 44)
                .accessibilityLabel(spoken)
            if let refusal = typed.refusal {
                Line(SpokenText(text: refusal.sentence, spoken: refusal.spoken), "exclamationmark.circle")
                    .font(.subheadline)
                    .foregroundStyle(colours.error)
            }
            ViewThatFits(in: .horizontal) {
                HStack { buttons }
                VStack(alignment: .leading) { buttons }
            }
        }
        .onChange(of: typed.refusal) { _, refusal in
            if let refusal { AccessibilityNotification.Announcement(refusal.spoken).post() }
        }
    }

    @ViewBuilder private var buttons: some View {
        let typed = typed
        ActionButton(button, take).disabled(typed.isBlank)
        if typing == .code {
            // The system's own: it asks nobody, for it is the person who pastes.
            PasteButton(payloadType: String.self) { @Sendable pasted in
                guard let text = pasted.first else { return }
                Task { @MainActor in typed.text = text.trimmingCharacters(in: .whitespacesAndNewlines) }
            }
        }
    }
}

extension Typing {
    fileprivate var keyboard: UIKeyboardType {
        switch self {
        case .code, .words: .default
        case .wholeNumber: .numberPad
        case .amount: .decimalPad
        }
    }
}
