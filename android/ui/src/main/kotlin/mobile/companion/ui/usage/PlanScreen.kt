// What the plan is and what is in it.

package mobile.companion.ui.usage

import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.outlined.Info
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import mobile.companion.HelpArticleSummary
import mobile.companion.LineView
import mobile.companion.SpokenText
import mobile.companion.UsagePhase
import mobile.companion.UsageView
import mobile.companion.ui.navigation.Route
import mobile.companion.ui.parts.Fact
import mobile.companion.ui.parts.HelpLinks
import mobile.companion.ui.parts.Line
import mobile.companion.ui.parts.NoticeLine
import mobile.companion.ui.parts.Refresh
import mobile.companion.ui.parts.Said
import mobile.companion.ui.parts.Screen
import mobile.companion.ui.parts.SecondButton
import mobile.companion.ui.parts.Section
import mobile.companion.ui.parts.Skeleton
import mobile.companion.ui.parts.plain
import mobile.companion.ui.theme.LocalLabels

/** The plan of every line. */
@Composable
fun PlanScreen(
    title: SpokenText,
    view: UsageView,
    articles: List<HelpArticleSummary>,
    actions: UsageActions,
    open: (Route) -> Unit,
    back: (() -> Unit)?,
    problem: @Composable () -> Unit = {},
) {
    Screen(
        title,
        back,
        Refresh(view.refreshing, actions::refresh),
        action = { SecondButton(plain(LocalLabels.current.planNotRight), actions::askForAnotherPlan) },
        problem = problem,
    ) {
        view.notice?.let { NoticeLine(it, actions::remedy) }
        if (view.phase == UsagePhase.NEVER_LOADED) Skeleton()
        view.lines.forEach { Plan(it) }
        HelpLinks(articles, open)
    }
}

@Composable
private fun Plan(line: LineView) {
    Said(line.label)
    line.plan?.let { Said(it, style = MaterialTheme.typography.headlineSmall) }
    line.planUnknown?.let { Line(it, Icons.Outlined.Info) }
    line.planNote?.let { Line(it, Icons.Outlined.Info) }
    if (line.planContents.isNotEmpty()) {
        Section(LocalLabels.current.planContents) { line.planContents.forEach { Fact(it.title, it.amount) } }
    }
}
