// Usage as a stream. The core only signals that something changed; the view is pulled here, once per signal.

import CompanionBindings
import Foundation

extension CompanionCore {
    /// The usage screen's state now, and again after every change.
    ///
    /// A slow reader misses steps in between and always gets the newest state. The core stops signalling when the
    /// stream's reader goes away.
    public func usageViews() throws -> AsyncStream<UsageView> {
        let (views, continuation) = AsyncStream.makeStream(of: UsageView.self, bufferingPolicy: .bufferingNewest(1))
        let feed = UsageFeed(usage: usage(), continuation: continuation)
        let subscription = try observe(observer: feed)
        continuation.onTermination = { _ in subscription.end() }
        feed.send()
        return views
    }
}

/// Turns signals into views. Called on the core's threads.
private final class UsageFeed: Observer {
    private let usage: Usage
    private let continuation: AsyncStream<UsageView>.Continuation
    private let sending = NSLock()

    init(usage: Usage, continuation: AsyncStream<UsageView>.Continuation) {
        self.usage = usage
        self.continuation = continuation
    }

    func changed(topic: Topic, revision: UInt64) throws {
        if topic == .usage { send() }
    }

    /// Pulling and sending are one step, or an older view could overtake a newer one.
    func send() {
        sending.withLock { _ = continuation.yield(usage.state()) }
    }
}
