// Time to finish when the app leaves the screen.

#if canImport(UIKit)
    import Companion
    import UIKit

    /// Lends the core the time that `beginBackgroundTask` gives.
    public final class BackgroundTime: BackgroundGuard {
        public init() {}

        public func begin() throws -> UInt64 {
            let handle = MainThread.sync {
                let ended = Ended()
                let handle = UIApplication.shared.beginBackgroundTask(withName: "companion") { ended.end() }
                ended.handle = handle
                return handle
            }
            guard handle != .invalid else { throw HostError.Failed }
            return UInt64(handle.rawValue)
        }

        public func end(handle: UInt64) throws {
            guard let raw = Int(exactly: handle) else { throw HostError.Failed }
            MainThread.sync {
                UIApplication.shared.endBackgroundTask(UIBackgroundTaskIdentifier(rawValue: raw))
            }
        }
    }

    /// The phone takes the time back: it must be given back, or the app is ended.
    @MainActor
    private final class Ended {
        var handle = UIBackgroundTaskIdentifier.invalid

        func end() { UIApplication.shared.endBackgroundTask(handle) }
    }

    private enum MainThread {
        /// The core asks on threads of its own, and never while the main thread waits for it.
        static func sync<Result: Sendable>(_ work: @MainActor @Sendable () -> Result) -> Result {
            Thread.isMainThread
                ? MainActor.assumeIsolated(work) : DispatchQueue.main.sync { MainActor.assumeIsolated(work) }
        }
    }
#endif
