// The first screen: what is left, large, and until when it was counted.

package mobile.companion.ui.usage

import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.outlined.BarChart
import androidx.compose.material.icons.outlined.Description
import androidx.compose.material.icons.outlined.Info
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import mobile.companion.HelpArticleSummary
import mobile.companion.LineView
import mobile.companion.OutOfBundleView
import mobile.companion.Place
import mobile.companion.SpokenText
import mobile.companion.UsagePhase
import mobile.companion.UsageView
import mobile.companion.ui.navigation.Route
import mobile.companion.ui.parts.Choices
import mobile.companion.ui.parts.Fact
import mobile.companion.ui.parts.HelpLinks
import mobile.companion.ui.parts.Line
import mobile.companion.ui.parts.LinkRow
import mobile.companion.ui.parts.NoticeLine
import mobile.companion.ui.parts.Refresh
import mobile.companion.ui.parts.Said
import mobile.companion.ui.parts.Screen
import mobile.companion.ui.parts.Section
import mobile.companion.ui.parts.Skeleton
import mobile.companion.ui.theme.LocalLabels

/**
 * This cycle's usage of one line, [chosen] or the first.
 *
 * @param articles help that belongs here.
 */
@Composable
fun UsageScreen(
    title: SpokenText,
    view: UsageView,
    chosen: String?,
    articles: List<HelpArticleSummary>,
    actions: UsageActions,
    open: (Route) -> Unit,
    problem: @Composable () -> Unit = {},
) {
    Screen(title, refresh = Refresh(view.refreshing, actions::refresh), problem = problem) {
        view.notice?.let { NoticeLine(it, actions::remedy) }
        if (view.phase == UsagePhase.NEVER_LOADED && view.lines.isEmpty()) Skeleton()
        val line = view.lines.find { it.lineId == chosen } ?: view.lines.firstOrNull()
        if (view.lines.size > 1) Choices(view.lines, line, { it.label }) { actions.choose(it.lineId) }
        line?.let { OneLine(it, view.lines.size == 1, open) }
        HelpLinks(articles, open)
    }
}

@Composable
private fun OneLine(line: LineView, only: Boolean, open: (Route) -> Unit) {
    if (only) LineName(line)
    line.empty?.let { Line(it, Icons.Outlined.Info) }
    line.hero?.let { Hero(it, line) } ?: DatedLine(line)
    line.planNote?.let { Line(it, Icons.Outlined.Info) }
    line.pace?.let { Pace(line.lineId, it) }
    if (line.buckets.isNotEmpty()) Section { line.buckets.forEach { BucketRow(it) } }
    line.outOfBundle?.let { OutOfBundle(it) }
    if (line.plan != null || line.hasHistory) More(line, open)
}

/** What lies behind the figures of a line. */
@Composable
private fun More(line: LineView, open: (Route) -> Unit) {
    val labels = LocalLabels.current
    Section {
        line.plan?.let { LinkRow(it, { open(Route.At(Place.PLAN)) }, icon = Icons.Outlined.Description) }
        if (line.hasHistory) LinkRow(labels.history, { open(Route.History(line.lineId)) }, icon = Icons.Outlined.BarChart)
    }
}

@Composable
private fun LineName(line: LineView) {
    val label = LocalLabels.current.line
    Said(line.label, Modifier.semantics { contentDescription = "$label: ${line.label.spoken}" })
}

@Composable
private fun OutOfBundle(costs: OutOfBundleView) {
    Section {
        Said(costs.headline, style = MaterialTheme.typography.titleMedium)
        costs.rows.forEach { Fact(it.title, it.amount) }
    }
}
