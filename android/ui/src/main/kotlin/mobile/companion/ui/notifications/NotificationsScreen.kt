// What the person is told of, and how.

package mobile.companion.ui.notifications

import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import mobile.companion.AlertsPhase
import mobile.companion.AlertsView
import mobile.companion.HelpArticleSummary
import mobile.companion.LinePreferencesView
import mobile.companion.PreferencesPhase
import mobile.companion.PreferencesView
import mobile.companion.SpokenText
import mobile.companion.ui.navigation.Route
import mobile.companion.ui.parts.Heading
import mobile.companion.ui.parts.HelpLinks
import mobile.companion.ui.parts.NoticeLine
import mobile.companion.ui.parts.Refresh
import mobile.companion.ui.parts.Screen
import mobile.companion.ui.parts.SwitchesSkeleton

/** The switches of every line, then the alerts of this app. */
@Composable
fun NotificationsScreen(
    title: SpokenText,
    view: PreferencesView,
    alerts: AlertsView,
    articles: List<HelpArticleSummary>,
    actions: NotificationsActions,
    open: (Route) -> Unit,
    back: (() -> Unit)?,
    problem: @Composable () -> Unit = {},
) {
    Screen(title, back, Refresh(view.refreshing, actions::refresh), problem = problem) {
        view.notice?.let { NoticeLine(it, actions::remedy) }
        // Once it is said why there are none, nothing looks as if they were on their way.
        if (view.phase == PreferencesPhase.NEVER_LOADED && (view.refreshing || view.notice == null)) SwitchesSkeleton()
        view.lines.forEach { OneLine(it, view.lines.size > 1, actions) }
        if (alerts.phase == AlertsPhase.READY) Alerts(alerts, actions)
        HelpLinks(articles, open)
    }
}

@Composable
private fun OneLine(line: LinePreferencesView, named: Boolean, actions: NotificationsActions) {
    if (named) Heading(line.label, style = MaterialTheme.typography.titleLarge)
    line.topics.forEach { Topic(it, actions) }
}
