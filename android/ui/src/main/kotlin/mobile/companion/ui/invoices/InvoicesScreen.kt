// The person's own invoices, the latest first; a month without one says why.

package mobile.companion.ui.invoices

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.outlined.Receipt
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.unit.dp
import mobile.companion.HelpArticleSummary
import mobile.companion.InvoiceRow
import mobile.companion.InvoicesPhase
import mobile.companion.InvoicesView
import mobile.companion.RunningView
import mobile.companion.SpokenText
import mobile.companion.ui.navigation.Route
import mobile.companion.ui.parts.Aside
import mobile.companion.ui.parts.Empty
import mobile.companion.ui.parts.HelpLinks
import mobile.companion.ui.parts.LINE
import mobile.companion.ui.parts.LinkRow
import mobile.companion.ui.parts.NoticeLine
import mobile.companion.ui.parts.Refresh
import mobile.companion.ui.parts.Said
import mobile.companion.ui.parts.Screen
import mobile.companion.ui.parts.Section
import mobile.companion.ui.parts.Skeleton
import mobile.companion.ui.parts.TextIcon
import mobile.companion.ui.theme.LocalLabels

/** The list of invoices. */
@Composable
fun InvoicesScreen(
    title: SpokenText,
    view: InvoicesView,
    articles: List<HelpArticleSummary>,
    actions: InvoicesActions,
    open: (Route) -> Unit,
    problem: @Composable () -> Unit = {},
) {
    Screen(title, refresh = Refresh(view.refreshing, actions::refresh), problem = problem) {
        view.notice?.let { NoticeLine(it, actions::remedy) }
        val empty = view.empty
        if (empty != null) {
            Empty(empty.title, empty.detail, Icons.Outlined.Receipt)
        } else if (view.phase == InvoicesPhase.NEVER_LOADED) {
            Skeleton()
        }
        view.running?.let { Running(it, open) }
        if (view.rows.isNotEmpty()) Section { view.rows.forEach { OneRow(it, open) } }
        view.checked?.let { Aside(it) }
        HelpLinks(articles, open)
    }
}

/** What is on no invoice yet. */
@Composable
private fun Running(running: RunningView, open: (Route) -> Unit) {
    Section {
        Said(running.headline, style = MaterialTheme.typography.headlineSmall)
        Aside(running.note)
        running.expected?.let { Said(it, style = MaterialTheme.typography.bodyMedium) }
        if (running.lines > 0u) LinkRow(LocalLabels.current.details, { open(Route.RunningCosts) })
    }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun OneRow(row: InvoiceRow, open: (Route) -> Unit) {
    val leads = row.invoiceId?.let { id -> Modifier.clickable(role = Role.Button) { open(Route.Invoice(id)) } } ?: Modifier
    Row(
        leads.fillMaxWidth().heightIn(min = 56.dp).padding(vertical = 8.dp),
        horizontalArrangement = Arrangement.spacedBy(16.dp),
    ) {
        TextIcon(row.state.icon(), tint = row.state.colour())
        Column(Modifier.weight(1f), verticalArrangement = Arrangement.spacedBy(2.dp)) {
            FlowRow(Modifier.fillMaxWidth(), horizontalArrangement = Arrangement.SpaceBetween) {
                Said(row.title, Modifier.padding(end = 16.dp), style = MaterialTheme.typography.bodyLarge)
                row.amount?.let { Said(it, style = MaterialTheme.typography.titleMedium) }
            }
            Said(row.status, style = MaterialTheme.typography.bodyMedium)
            row.number?.let { Aside(it) }
            row.documentText?.let {
                Row(horizontalArrangement = Arrangement.spacedBy(6.dp)) {
                    TextIcon(row.document.icon(), LINE)
                    Aside(it)
                }
            }
        }
    }
}
