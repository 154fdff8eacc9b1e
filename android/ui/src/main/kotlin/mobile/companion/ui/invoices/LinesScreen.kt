// The lines of an invoice as printed, or of what is on no invoice yet.

package mobile.companion.ui.invoices

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import mobile.companion.InvoiceLineView
import mobile.companion.InvoiceSection
import mobile.companion.InvoiceView
import mobile.companion.RunningView
import mobile.companion.SpokenText
import mobile.companion.ui.model.LocalReads
import mobile.companion.ui.parts.Aside
import mobile.companion.ui.parts.Heading
import mobile.companion.ui.parts.Said
import mobile.companion.ui.parts.Screen
import mobile.companion.ui.parts.SecondButton
import mobile.companion.ui.parts.Section
import mobile.companion.ui.parts.WordButton
import mobile.companion.ui.parts.plain
import mobile.companion.ui.theme.LocalLabels

/** The parts of an invoice, one after the other. */
@Composable
fun LinesScreen(view: InvoiceView, actions: InvoicesActions, back: () -> Unit, problem: @Composable () -> Unit = {}) {
    val id = view.invoiceId
    val dispute = { line: String -> actions.dispute(id, line) }
    Screen(view.title, back, problem = problem) {
        view.linesMissing?.let { Aside(it) }
        Part(id, view.detailTitle, view.detailLines.toInt(), dispute) { actions.lines(id, InvoiceSection.DETAIL, it) }
        Part(id, view.outOfBundleTitle, view.outOfBundleLines.toInt(), null) {
            actions.lines(id, InvoiceSection.OUT_OF_BUNDLE, it)
        }
    }
}

/** What is on no invoice yet. */
@Composable
fun RunningScreen(view: RunningView, actions: InvoicesActions, back: () -> Unit, problem: @Composable () -> Unit = {}) {
    Screen(view.headline, back, problem = problem) {
        Aside(view.note)
        Part("", null, view.lines.toInt(), null, actions::runningLines)
    }
}

/** Lines under their headings, a hundred at a time. */
@Composable
private fun Part(
    id: String,
    title: SpokenText?,
    count: Int,
    dispute: ((String) -> Unit)?,
    lines: (offset: Int) -> List<InvoiceLineView>,
) {
    if (count == 0) return
    var wanted by rememberSaveable(title?.text) { mutableIntStateOf(1) }
    val shown = readLines("$id $title", count, wanted, lines)
    Section(title) {
        shown.forEachIndexed { at, line ->
            if (at == 0 || shown[at - 1].group != line.group) {
                Heading(line.group, Modifier.padding(top = 8.dp), style = MaterialTheme.typography.titleSmall)
            }
            OneLine(line)
            if (line.thirdParty && dispute != null) WordButton(LocalLabels.current.notMine, { dispute(line.lineId) })
        }
        if (shown.size < count) SecondButton(plain(LocalLabels.current.showMore), { wanted = shown.size + 1 })
    }
}

/** At least [wanted] of [count] lines, page by page, as far as they were read. */
@Composable
internal fun readLines(
    name: String,
    count: Int,
    wanted: Int,
    page: (offset: Int) -> List<InvoiceLineView>,
): List<InvoiceLineView> = LocalReads.current.of(listOf("lines", name), Pair(count, wanted)) {
    val read = page(0).toMutableList()
    while (read.size < wanted) read += page(read.size).ifEmpty { break }
    read.toList()
}.value.orEmpty()

/** One line: what, when, how much, and what is to be said of it. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
internal fun OneLine(line: InvoiceLineView, modifier: Modifier = Modifier) {
    Column(modifier.padding(vertical = 4.dp), verticalArrangement = Arrangement.spacedBy(2.dp)) {
        FlowRow(Modifier.fillMaxWidth(), horizontalArrangement = Arrangement.SpaceBetween) {
            Said(line.title, Modifier.padding(end = 16.dp), style = MaterialTheme.typography.bodyLarge)
            line.amount?.let { Said(it, style = MaterialTheme.typography.bodyLarge) }
        }
        line.`when`?.let { Aside(it) }
        line.note?.let { Aside(it) }
    }
}
