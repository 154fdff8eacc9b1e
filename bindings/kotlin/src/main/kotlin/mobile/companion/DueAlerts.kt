// Local notifications for usage alerts: what is due is posted and marked, one after the other.

package mobile.companion

/**
 * Posts every alert that is due now, and marks each once [post] has returned. Call it after every refresh, at `nextDueMs`
 * of the view and when the app starts.
 *
 * [post] hands the alert to `NotificationManager` with the alert's `id` as its tag and `setOnlyAlertOnce`. When it throws,
 * the rest waits: what was not marked is due again a minute later, under the same id, which replaces on the phone.
 * Otherwise throws as `dueAlerts` and `posted` do.
 */
suspend fun Alerts.postDueAlerts(post: suspend (Alert) -> Unit) {
    for (alert in dueAlerts()) {
        post(alert)
        posted(alert.id)
    }
}
