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

        public nonisolated func userNotificationCenter(
            _ center: UNUserNotificationCenter, willPresent notification: UNNotification
        ) async -> UNNotificationPresentationOptions { [.banner, .list, .sound] }

        public nonisolated func userNotificationCenter(
            _ center: UNUserNotificationCenter, didReceive response: UNNotificationResponse
        ) async { await tapped() }
    }
#endif
