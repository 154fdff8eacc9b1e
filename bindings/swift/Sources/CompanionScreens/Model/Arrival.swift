// What brings a person to the app besides its icon.

/// What opened the app, or brought it back. Each is foreign: the core says what it is worth.
public enum Arrival: Equatable, Sendable {
    /// A sign-in that came back by this address.
    case link(String)
    /// The link of an invitation by e-mail.
    case invitation(String)
    /// A notification of this app was tapped.
    case notification

    /// The arrival by an address; `invitations` is how the link of an invitation begins, empty where there is none.
    public init(url: String, invitations: String) {
        self = !invitations.isEmpty && url.hasPrefix(invitations) ? .invitation(url) : .link(url)
    }
}
