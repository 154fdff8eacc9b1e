// What a person set, drawn at once: a switch must not jump back until the core's view has followed it.

import Observation

/// One control's wish, for as long as the work for it lasts; then what the core's view says counts again, also where it failed.
@MainActor
@Observable
public final class Wish<Value: Sendable> {
    private var wished: Value?
    @ObservationIgnored private var following: Task<Void, Never>?
    /// Time for the view to be pulled once the work is done.
    @ObservationIgnored private let grace: Duration

    public init(grace: Duration = .milliseconds(500)) { self.grace = grace }

    /// What to draw where the core's view says `value`.
    public func shown(_ value: Value) -> Value { wished ?? value }

    /// The person set `value`. The work for it begins once nothing else was set `after` that: a wheel passes many values.
    public func set(
        _ value: Value, after: Duration = .zero, _ work: @escaping @MainActor (Value) -> Task<Void, Never>
    ) {
        wished = value
        let before = following
        before?.cancel()
        following = Task { [weak self, grace] in
            if after > .zero { try? await Task.sleep(for: after) }
            guard !Task.isCancelled else { return }
            await work(value).value
            try? await Task.sleep(for: grace)
            if !Task.isCancelled { self?.wished = nil }
        }
    }
}
