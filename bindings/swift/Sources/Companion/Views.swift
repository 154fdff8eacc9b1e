// Each screen's state as a sequence. The core only signals that something changed; the view is pulled here, once per signal.

import CompanionBindings
import Foundation

/// A screen's state now, and again after every change.
///
/// For one reader. A slow one misses steps in between and always gets the newest state. The core stops signalling when the
/// reader goes away.
public struct Views<View: Sendable>: AsyncSequence, Sendable {
    public typealias Element = View
    public typealias Failure = Never

    private let stream: AsyncStream<View>
    private let feed: Feed<View>

    fileprivate init(stream: AsyncStream<View>, feed: Feed<View>) {
        self.stream = stream
        self.feed = feed
    }

    public func makeAsyncIterator() -> AsyncStream<View>.Iterator { stream.makeAsyncIterator() }

    /// Pulls the state once more, for what moves with the clock alone. Off the main thread.
    public func pull() { feed.send() }
}

extension CompanionCore {
    /// The usage screen's state.
    public func usageViews() throws -> Views<UsageView> { try views(of: .usage, from: usage().state) }

    /// The usage alerts on the notifications screen.
    public func alertsViews() throws -> Views<AlertsView> { try views(of: .alerts, from: alerts().state) }

    /// The switches on the notifications screen.
    public func preferencesViews() throws -> Views<PreferencesView> {
        try views(of: .preferences, from: preferences().state)
    }

    /// The list of invoices.
    public func invoicesViews() throws -> Views<InvoicesView> { try views(of: .invoices, from: invoices().state) }

    /// The Wi-Fi calling screen.
    public func wifiCallingViews() throws -> Views<WifiCallingView> {
        try views(of: .wifiCalling, from: wifiCalling().state)
    }

    /// The screen of getting started.
    public func activationViews() throws -> Views<ActivationView> {
        try views(of: .activation, from: activation().state)
    }

    /// Who is signed in, and the sign-in screen.
    public func sessionViews() throws -> Views<SessionView> { try views(of: .session, from: session().state) }

    /// The lock over all screens.
    public func appLockViews() throws -> Views<AppLockView> { try views(of: .session, from: appLock().state) }

    /// What stands around the screens; a place comes or goes.
    public func frameViews() throws -> Views<FrameView> {
        try views(of: .session, .activation, from: { self.frame() })
    }

    private func views<View: Sendable>(
        of topics: Topic..., from state: @escaping @Sendable () -> View
    ) throws -> Views<View> {
        let (stream, continuation) = AsyncStream.makeStream(of: View.self, bufferingPolicy: .bufferingNewest(1))
        let feed = Feed(topics: topics, state: state, continuation: continuation)
        let subscription = try observe(observer: feed)
        continuation.onTermination = { _ in subscription.end() }
        // The first one too is pulled off the caller's thread, which may be the main one.
        DispatchQueue.global(qos: .userInitiated).async { feed.send() }
        return Views(stream: stream, feed: feed)
    }
}

/// Turns signals into views. Called on the core's threads.
private final class Feed<View: Sendable>: Observer {
    private let topics: [Topic]
    private let state: @Sendable () -> View
    private let continuation: AsyncStream<View>.Continuation
    private let sending = NSLock()

    init(topics: [Topic], state: @escaping @Sendable () -> View, continuation: AsyncStream<View>.Continuation) {
        self.topics = topics
        self.state = state
        self.continuation = continuation
    }

    func changed(topic: Topic, revision: UInt64) throws {
        if topics.contains(topic) { send() }
    }

    /// Pulling and sending are one step, or an older view could overtake a newer one.
    func send() {
        sending.withLock { _ = continuation.yield(state()) }
    }
}
