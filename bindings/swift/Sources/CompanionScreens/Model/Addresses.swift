// The system may bring one address in two ways.

/// Tells an address that was just brought from one that comes again.
public struct Addresses {
    /// Nobody opens the same link twice within this time.
    private static let same = Duration.seconds(2)

    private var last: (address: String, at: ContinuousClock.Instant)?

    public init() {}

    /// Whether it comes for the first time.
    public mutating func isNew(_ address: String, at now: ContinuousClock.Instant) -> Bool {
        defer { last = (address, now) }
        guard let last, last.address == address else { return true }
        return now - last.at > Self.same
    }
}
