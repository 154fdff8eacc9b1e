// When the phone should wake this app: asked of the system, which may do it later, or never.

#if canImport(BackgroundTasks)
    import BackgroundTasks
    import Foundation

    /// Plans one refresh. Name `identifier` under `BGTaskSchedulerPermittedIdentifiers`.
    public struct BackgroundPlan: Sendable {
        private let identifier: String

        public init(identifier: String) { self.identifier = identifier }

        /// At so many milliseconds since 1970 UTC; nil takes the plan away.
        public func plan(atMs: Int64?) {
            guard let atMs else {
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
