// What happens to a notification of this app: it is shown also while the app is on the screen, and a tap leads somewhere.

#if canImport(UserNotifications)
    import Foundation
    import UserNotifications

    /// Hold it for as long as the app lives: the system does not.
    @MainActor
    public final class NotificationTaps: NSObject, UNUserNotificationCenterDelegate {
        private var tapped: @MainActor () -> Void = {}

        /// Begins to listen. Before the app has quite started, or a tap that started it is missed.
        public func listen(_ tapped: @escaping @MainActor () -> Void) {
            self.tapped = tapped
            UNUserNotificationCenter.current().delegate = self
        }

        // With completion handlers, not async: an async one is answered on a thread of Swift's own, and the system, which then
        // takes the app's picture, ends an app that answers off the main thread.

        public nonisolated func userNotificationCenter(
            _ center: UNUserNotificationCenter, willPresent notification: UNNotification,
            withCompletionHandler completionHandler: @escaping (UNNotificationPresentationOptions) -> Void
        ) {
            let done = Done { completionHandler([.banner, .list, .sound]) }
            Task { @MainActor in done.call() }
        }

        public nonisolated func userNotificationCenter(
            _ center: UNUserNotificationCenter, didReceive response: UNNotificationResponse,
            withCompletionHandler completionHandler: @escaping () -> Void
        ) {
            let done = Done(completionHandler)
            Task { @MainActor in
                tapped()
                done.call()
            }
        }
    }

    /// Carries the system's handler, which may be called anywhere, to the main thread.
    private struct Done: @unchecked Sendable {
        let call: () -> Void

        init(_ call: @escaping () -> Void) { self.call = call }
    }
#endif
