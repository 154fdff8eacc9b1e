// Each screen's state as a stream. The core only signals that something changed; the view is pulled here, once per signal.

import CompanionBindings
import Foundation

extension CompanionCore {
    /// The usage screen's state now, and again after every change.
    ///
    /// A slow reader misses steps in between and always gets the newest state. The core stops signalling when the
    /// stream's reader goes away.
    public func usageViews() throws -> AsyncStream<UsageView> { try views(of: .usage, from: usage().state) }

    /// The usage alerts on the notifications screen now, and again after every change; as `usageViews()`.
    public func alertsViews() throws -> AsyncStream<AlertsView> { try views(of: .alerts, from: alerts().state) }

    /// The notifications screen's state now, and again after every change; as `usageViews()`.
    public func preferencesViews() throws -> AsyncStream<PreferencesView> {
        try views(of: .preferences, from: preferences().state)
    }

    /// The list of invoices now, and again after every change; as `usageViews()`.
    public func invoicesViews() throws -> AsyncStream<InvoicesView> { try views(of: .invoices, from: invoices().state) }

    /// The Wi-Fi calling screen now, and again after every change; as `usageViews()`.
    public func wifiCallingViews() throws -> AsyncStream<WifiCallingView> {
        try views(of: .wifiCalling, from: wifiCalling().state)
    }

    /// The screen of getting started now, and again after every change; as `usageViews()`.
    public func activationViews() throws -> AsyncStream<ActivationView> {
        try views(of: .activation, from: activation().state)
    }

    /// Who is signed in, and the sign-in screen, now and again after every change; as `usageViews()`.
    public func sessionViews() throws -> AsyncStream<SessionView> { try views(of: .session, from: session().state) }

    /// What stands around the screens now, and again when a place comes or goes; as `usageViews()`.
    public func frameViews() throws -> AsyncStream<FrameView> {
        try views(of: .session, .activation, from: { self.frame() })
    }

    private func views<View: Sendable>(
        of topics: Topic..., from state: @escaping @Sendable () -> View
    ) throws -> AsyncStream<View> {
        let (views, continuation) = AsyncStream.makeStream(of: View.self, bufferingPolicy: .bufferingNewest(1))
        let feed = Feed(topics: topics, state: state, continuation: continuation)
        let subscription = try observe(observer: feed)
        continuation.onTermination = { _ in subscription.end() }
        feed.send()
        return views
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
