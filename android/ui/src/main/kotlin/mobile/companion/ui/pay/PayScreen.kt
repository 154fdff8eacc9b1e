// The ways to pay an invoice: the operator's page first, else what a bank's app needs.

package mobile.companion.ui.pay

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.size
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import mobile.companion.CopyField
import mobile.companion.PayeeWarning
import mobile.companion.PaymentView
import mobile.companion.QrView
import mobile.companion.ui.invoices.InvoicesActions
import mobile.companion.ui.model.LocalReads
import mobile.companion.ui.parts.Aside
import mobile.companion.ui.parts.CopyRow
import mobile.companion.ui.parts.MainButton
import mobile.companion.ui.parts.Said
import mobile.companion.ui.parts.Screen
import mobile.companion.ui.parts.SecondButton
import mobile.companion.ui.parts.Section
import mobile.companion.ui.parts.Skeleton
import mobile.companion.ui.parts.WarningLine
import mobile.companion.ui.parts.WordButton
import mobile.companion.ui.parts.plain
import mobile.companion.ui.theme.LocalLabels
import kotlin.math.floor

/**
 * How an invoice is paid.
 *
 * @param payment gives it with the reference in its own place, or as text.
 * @param since is another one whenever that may have changed.
 */
@Composable
fun PayScreen(
    id: String,
    payment: (referenceAsText: Boolean) -> PaymentView?,
    since: Any?,
    actions: InvoicesActions,
    back: () -> Unit,
    problem: @Composable () -> Unit = {},
) {
    val labels = LocalLabels.current
    var asText by rememberSaveable(id) { mutableStateOf(false) }
    val read = LocalReads.current.of(listOf("payment", id, asText), since) { payment(asText) }
    val view = read.value ?: return Screen(labels.pay, back, problem = problem) { if (!read.isThere) Skeleton() }
    Screen(
        labels.pay,
        back,
        action = view.link?.let { link -> { MainButton(link.label, { actions.openPage(link.url) }) } },
        problem = problem,
    ) {
        Said(view.sentence, style = MaterialTheme.typography.headlineSmall)
        view.warning?.let { Warning(it, id, actions) }
        if (view.fields.isNotEmpty()) Section { view.fields.forEach { Field(it, actions) } }
        view.qr?.let { qr -> Section { Code(qr) { asText = !asText } } }
        view.notes.forEach { Aside(it) }
        view.checked?.let { Aside(it) }
    }
}

/** The account is not the one of before: nothing can be paid until the person confirms that very one. */
@Composable
private fun Warning(warning: PayeeWarning, id: String, actions: InvoicesActions) {
    WarningLine(warning.text)
    Section {
        Field(warning.account, actions)
        warning.accountBefore?.let { Field(it, actions) }
        if (warning.mustConfirm) {
            SecondButton(plain(LocalLabels.current.payeeIsRight), { actions.confirmPayee(id, warning.account.copied) })
        }
    }
}

@Composable
private fun Field(field: CopyField, actions: InvoicesActions) {
    CopyRow(field.title, field.shown) { actions.copy(field.copied) }
}

@Composable
private fun ColumnScope.Code(qr: QrView, otherWay: () -> Unit) {
    Column(
        Modifier.align(Alignment.CenterHorizontally),
        horizontalAlignment = Alignment.CenterHorizontally,
        verticalArrangement = Arrangement.spacedBy(12.dp),
    ) {
        Squares(qr)
        Said(qr.note, style = MaterialTheme.typography.bodyMedium)
    }
    qr.otherWay?.let { WordButton(it.text, otherWay) }
}

/** Squares on a side of the margin, as the standard wants. */
private const val MARGIN = 4

/** Black on white, by night too: a camera reads nothing else. */
@Composable
private fun Squares(qr: QrView) {
    val name = LocalLabels.current.scanToPay
    val side = qr.size.toInt()
    Canvas(Modifier.size(240.dp).semantics { contentDescription = name }) {
        // Whole pixels: no lines between squares.
        val square = floor(size.width / (side + 2 * MARGIN))
        val first = floor((size.width - square * side) / 2)
        drawRect(Color.White)
        qr.squares.forEachIndexed { at, value ->
            if (value.toInt() == 1) {
                val place = Offset(first + at % side * square, first + at / side * square)
                drawRect(Color.Black, place, Size(square, square))
            }
        }
    }
}
