// Notification preferences as a stream. The core only signals that something changed; the view is pulled here.

import CompanionBindings
import Foundation

extension CompanionCore {
    /// The notifications screen's state now, and again after every change.
    ///
    /// A slow reader misses steps in between and always gets the newest state. The core stops signalling when the
    /// stream's reader goes away.
    public func preferencesViews() throws -> AsyncStream<PreferencesView> {
        let (views, continuation) = AsyncStream.makeStream(
            of: PreferencesView.self, bufferingPolicy: .bufferingNewest(1))
        let feed = PreferencesFeed(preferences: preferences(), continuation: continuation)
        let subscription = try observe(observer: feed)
        continuation.onTermination = { _ in subscription.end() }
        feed.send()
        return views
    }
}

/// Turns signals into views. Called on the core's threads.
private final class PreferencesFeed: Observer {
    private let preferences: Preferences
    private let continuation: AsyncStream<PreferencesView>.Continuation
    private let sending = NSLock()

    init(preferences: Preferences, continuation: AsyncStream<PreferencesView>.Continuation) {
        self.preferences = preferences
        self.continuation = continuation
    }

    func changed(topic: Topic, revision: UInt64) throws {
        if topic == .preferences { send() }
    }

    /// Pulling and sending are one step, or an older view could overtake a newer one.
    func send() {
        sending.withLock { _ = continuation.yield(preferences.state()) }
    }
}
