// One invoice: what it is and what to do, why it came, its sums, its document.

package mobile.companion.ui.invoices

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import mobile.companion.DownloadState
import mobile.companion.InvoiceView
import mobile.companion.PaymentView
import mobile.companion.ui.navigation.Route
import mobile.companion.ui.parts.Aside
import mobile.companion.ui.parts.Fact
import mobile.companion.ui.parts.LinkRow
import mobile.companion.ui.parts.MainButton
import mobile.companion.ui.parts.Said
import mobile.companion.ui.parts.Screen
import mobile.companion.ui.parts.SecondButton
import mobile.companion.ui.parts.Section
import mobile.companion.ui.parts.ShareBar
import mobile.companion.ui.parts.TextIcon
import mobile.companion.ui.parts.WarningLine
import mobile.companion.ui.parts.WordButton
import mobile.companion.ui.parts.Words
import mobile.companion.ui.parts.plain
import mobile.companion.ui.theme.LocalLabels

/** One invoice, with what it says of paying. */
@Composable
fun InvoiceScreen(
    view: InvoiceView,
    payment: PaymentView?,
    actions: InvoicesActions,
    open: (Route) -> Unit,
    back: () -> Unit,
    problem: @Composable () -> Unit = {},
) {
    val labels = LocalLabels.current
    val payable = payment?.takeIf { it.isOffered }
    Screen(
        view.title,
        back,
        action = payable?.let { { MainButton(plain(labels.pay), { open(Route.Pay(view.invoiceId)) }) } },
        problem = problem,
    ) {
        Top(view, payment.takeIf { payable == null })
        view.warnings.forEach { WarningLine(it) }
        view.markPaid?.let { mark -> SecondButton(mark.label, { actions.markPaid(view.invoiceId, mark.paid) }) }
        if (view.why.isNotEmpty()) {
            Section(labels.whyThisInvoice) { view.why.forEach { Said(it, style = MaterialTheme.typography.bodyLarge) } }
        }
        if (view.overview.isNotEmpty()) {
            Section(labels.overview) { view.overview.forEach { Fact(it.title, it.amount, it.strong) } }
        }
        Lines(view, actions, open)
        Document(view, actions)
        view.checked?.let { Aside(it) }
    }
}

@Composable
private fun Top(view: InvoiceView, payment: PaymentView?) {
    Column(verticalArrangement = Arrangement.spacedBy(6.dp)) {
        view.total?.let { Said(it, style = MaterialTheme.typography.displaySmall) }
        Row(horizontalArrangement = Arrangement.spacedBy(8.dp), verticalAlignment = Alignment.CenterVertically) {
            TextIcon(view.state.icon(), tint = view.state.colour())
            Said(view.status, style = MaterialTheme.typography.titleMedium)
        }
        Aside(view.subtitle)
        payment?.let {
            Said(it.sentence, style = MaterialTheme.typography.bodyMedium)
            it.notes.forEach { note -> Aside(note) }
        }
    }
}

@Composable
private fun Lines(view: InvoiceView, actions: InvoicesActions, open: (Route) -> Unit) {
    val labels = LocalLabels.current
    view.linesMissing?.let {
        Aside(it)
        WordButton(labels.refresh, { actions.readLines(view.invoiceId) })
    }
    if (!view.hasLines) return
    Section {
        LinkRow(view.detailTitle, { open(Route.InvoiceLines(view.invoiceId)) })
        LinkRow(labels.claim, { open(Route.Claim(view.invoiceId)) })
    }
}

/** The printed document on this phone. */
@Composable
private fun Document(view: InvoiceView, actions: InvoicesActions) {
    val labels = LocalLabels.current
    val id = view.invoiceId
    Section {
        Row(horizontalArrangement = Arrangement.spacedBy(12.dp), verticalAlignment = Alignment.CenterVertically) {
            TextIcon(view.document.icon())
            Said(view.documentText, style = MaterialTheme.typography.bodyLarge)
        }
        (view.document as? DownloadState.Downloading)?.share()?.let { ShareBar(it) }
        Words {
            when (view.document) {
                DownloadState.NotHere, DownloadState.Removed -> WordButton(labels.download, { actions.download(id) })
                is DownloadState.Downloading -> WordButton(labels.pause, { actions.pause(id) })
                DownloadState.Partly -> WordButton(labels.resume, { actions.download(id) })
                DownloadState.Here -> WordButton(labels.open, { actions.openDocument(id) })
            }
        }
    }
}

/** How much of it is here, where the whole is known. */
private fun DownloadState.Downloading.share(): Float? =
    total?.takeIf { it > 0u }?.let { (bytes.toDouble() / it.toDouble()).toFloat() }
