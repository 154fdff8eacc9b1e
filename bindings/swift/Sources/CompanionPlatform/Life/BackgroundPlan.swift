// When the phone should wake this app: asked of the system, which may do it later, or never.

#if canImport(BackgroundTasks) && !os(macOS)
    import BackgroundTasks
    import Foundation

    /// Plans one refresh. Name `identifier` under `BGTaskSchedulerPermittedIdentifiers`.
    public struct BackgroundPlan: Sendable {
        private let identifier: String

        public init(identifier: String) { self.identifier = identifier }

        /// At the earliest of these times, in milliseconds since 1970 UTC; without one, the plan is taken away.
        public func plan(atMs times: [Int64?]) {
            guard let atMs = times.compactMap(\.self).min() else {
                BGTaskScheduler.shared.cancel(taskRequestWithIdentifier: identifier)
                return
            }
            let request = BGAppRefreshTaskRequest(identifier: identifier)
            request.earliestBeginDate = Date(timeIntervalSince1970: TimeInterval(atMs / 1_000))
            // Refused where the person switched background refresh off: then the app asks when it is opened.
            try? BGTaskScheduler.shared.submit(request)
        }
    }
#endif
