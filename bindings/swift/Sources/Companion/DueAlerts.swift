// Local notifications for usage alerts: what is due is posted and marked, one after the other.

import CompanionBindings

extension Alerts {
    /// Posts every alert that is due now, and marks each once `post` has returned. Call it after every refresh, at
    /// `nextDueMs` of the view and when the app starts.
    ///
    /// `post` hands the alert to `UNUserNotificationCenter` under the alert's `id`. When it throws, the rest waits: what was
    /// not marked is due again a minute later, under the same id, which replaces on the phone. Otherwise throws as
    /// `dueAlerts()` and `posted(id:)` do.
    public func postDueAlerts(_ post: @Sendable (Alert) async throws -> Void) async throws {
        for alert in try await dueAlerts() {
            try await post(alert)
            try await posted(id: alert.id)
        }
    }
}
