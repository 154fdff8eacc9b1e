// This app's notifications: what the phone lets through, as the core is told it, and posting what is due.

#if canImport(UserNotifications)
    import Companion
    import Foundation
    import UserNotifications

    /// Posts alerts under their own ids. The lock screen shows what the person allows there; the alert's words name no number.
    public struct Notifications: Sendable {
        public init() {}

        private var center: UNUserNotificationCenter { UNUserNotificationCenter.current() }

        /// What the phone's settings let through now. Tell the core whenever the app comes to the front.
        public func settings() async -> NotificationSettings {
            NotificationSettings(permission: permission(await center.notificationSettings().authorizationStatus))
        }

        /// Asks the person whether this app may notify.
        public func ask() async { _ = try? await center.requestAuthorization(options: [.alert, .sound]) }

        /// Posts an alert, in place of an earlier one of the same id.
        public func post(_ alert: Alert) async throws {
            let content = UNMutableNotificationContent()
            content.title = alert.title
            content.body = alert.body
            content.sound = .default
            try await center.add(UNNotificationRequest(identifier: alert.id, content: content, trigger: nil))
        }

        /// Takes back every notification: whoever signed out is not told of any more.
        public func clear() { center.removeAllDeliveredNotifications() }

        private func permission(_ status: UNAuthorizationStatus) -> NotificationPermission {
            switch status {
            case .notDetermined: .notAsked
            case .authorized, .provisional: .granted
            #if !os(macOS)
                case .ephemeral: .granted
            #endif
            default: .denied
            }
        }
    }
#endif
