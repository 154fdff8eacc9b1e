// What brings a person to the app besides its icon.

/// What opened the app, or brought it back. Each is foreign: the core says what it is worth.
public enum Arrival: Equatable, Sendable {
    /// This address: of an invitation by e-mail, or of a sign-in that comes back.
    case link(String)
    /// A notification of this app was tapped.
    case notification
}
