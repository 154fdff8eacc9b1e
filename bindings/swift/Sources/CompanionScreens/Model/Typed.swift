// What a person types: kept until it is taken, also while its screen is away, or drawn anew for another width.

import Companion
import Foundation
import Observation

/// The text of a field, and why it would not do, until something else is typed.
@MainActor
@Observable
public final class Typed: Redacted {
    /// What was typed.
    public var text = "" {
        didSet { if text != oldValue { refusal = nil } }
    }

    /// Why it would not do.
    public private(set) var refusal: Explanation?

    public init() {}

    /// What was typed, without the blanks around it.
    var entered: String { text.trimmingCharacters(in: .whitespacesAndNewlines) }

    /// Whether there is nothing to take.
    public var isBlank: Bool { entered.isEmpty }

    /// It was taken, or nobody is there any more who typed it: the field is empty.
    func clear() { (text, refusal) = ("", nil) }

    /// It will not do as it is: what was typed stays, and `why` is said beside it.
    func refuse(_ why: Explanation) { refusal = why }
}
