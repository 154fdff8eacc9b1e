// Text with the words a screen reader says in its place. It grows with the person's own size of text, and wraps.

import Companion
import SwiftUI

/// A text as drawn, and as spoken where that differs.
struct Said: View {
    private let text: SpokenText

    init(_ text: SpokenText) { self.text = text }

    /// Words that are spoken as they are written.
    init(_ text: String) { self.text = SpokenText(text: text, spoken: text) }

    var body: some View {
        Text(verbatim: text.text)
            .fixedSize(horizontal: false, vertical: true)
            .accessibilityLabel(text.spoken)
    }
}

/// What stands under something and matters less.
struct Aside: View {
    private let said: Said

    init(_ text: SpokenText) { said = Said(text) }
    init(_ text: String) { said = Said(text) }

    var body: some View { said.font(.subheadline).foregroundStyle(.secondary) }
}

/// A text that stands over others: VoiceOver's rotor goes from one to the next.
struct Heading: View {
    private let said: Said
    private let font: Font

    init(_ text: SpokenText, _ font: Font = .headline) {
        said = Said(text)
        self.font = font
    }

    var body: some View { said.font(font).accessibilityAddTraits(.isHeader) }
}

/// Sentences, one below the other.
struct Sentences: View {
    private let sentences: [SpokenText]

    init(_ sentences: [SpokenText]) { self.sentences = sentences }

    var body: some View {
        ForEach(Array(sentences.enumerated()), id: \.offset) { Said($0.element) }
    }
}

/// Sentences that matter less, one below the other.
struct Asides: View {
    private let sentences: [SpokenText]

    init(_ sentences: [SpokenText]) { self.sentences = sentences }

    var body: some View {
        ForEach(Array(sentences.enumerated()), id: \.offset) { Aside($0.element) }
    }
}

/// A sentence with its icon, which says nothing that the words do not.
struct Line: View {
    private let said: Said
    private let icon: String

    init(_ text: SpokenText, _ icon: String) {
        said = Said(text)
        self.icon = icon
    }

    var body: some View {
        Label {
            said
        } icon: {
            Image(systemName: icon).accessibilityHidden(true)
        }
    }
}
