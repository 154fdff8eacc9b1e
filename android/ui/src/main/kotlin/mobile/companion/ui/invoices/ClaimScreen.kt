// Choosing lines to reclaim from the employer.

package mobile.companion.ui.invoices

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.selection.toggleable
import androidx.compose.material3.Checkbox
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.unit.dp
import mobile.companion.InvoiceLineView
import mobile.companion.InvoiceSection
import mobile.companion.InvoiceView
import mobile.companion.ui.parts.MainButton
import mobile.companion.ui.parts.Screen
import mobile.companion.ui.parts.SecondButton
import mobile.companion.ui.parts.Section
import mobile.companion.ui.parts.SwitchRow
import mobile.companion.ui.parts.plain
import mobile.companion.ui.theme.LocalLabels

/** The lines of an invoice to choose from; those that the employer pays already cannot be chosen. */
@Composable
fun ClaimScreen(view: InvoiceView, actions: InvoicesActions, back: () -> Unit, problem: @Composable () -> Unit = {}) {
    val labels = LocalLabels.current
    val id = view.invoiceId
    val count = view.detailLines.toInt()
    var wanted by rememberSaveable(id) { mutableIntStateOf(1) }
    val lines = readLines("claim $id", count, wanted) { actions.lines(id, InvoiceSection.DETAIL, it) }
    val claims = LocalClaims.current
    val wish = claims[id]
    val chosen = wish.lineIds.isNotEmpty()
    Screen(
        labels.claim,
        back,
        action = {
            MainButton(plain(labels.share), { actions.claim(id, wish) }, enabled = chosen)
            SecondButton(plain(labels.claimTable), { actions.claimTable(id, wish) }, enabled = chosen)
        },
        problem = problem,
    ) {
        Section(view.title) {
            lines.filterNot { it.employerShare }.forEach { line ->
                Choice(line, line.lineId in wish.lineIds) { on ->
                    claims[id] = wish.copy(lineIds = if (on) wish.lineIds + line.lineId else wish.lineIds - line.lineId)
                }
            }
            if (lines.size < count) {
                SecondButton(plain(labels.showMore), { wanted = lines.size + 1 })
            }
        }
        Section {
            OutlinedTextField(wish.note, {
                claims[id] = wish.copy(note = it)
            }, Modifier.fillMaxWidth(), label = { Text(labels.claimNote) })
            SwitchRow(plain(labels.claimPrivate), wish.withPrivateTexts, true, {
                claims[id] = wish.copy(withPrivateTexts = it)
            })
        }
    }
}

@Composable
private fun Choice(line: InvoiceLineView, on: Boolean, choose: (Boolean) -> Unit) {
    Row(
        Modifier.fillMaxWidth().toggleable(on, role = Role.Checkbox, onValueChange = choose).heightIn(min = 56.dp),
        horizontalArrangement = Arrangement.spacedBy(12.dp),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        Checkbox(on, onCheckedChange = null)
        OneLine(line, Modifier.weight(1f))
    }
}
