// The alerts of this app: what everybody and the operator's own are told of, the person's own, the quiet hours, what was told.

package mobile.companion.ui.notifications

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.outlined.Delete
import androidx.compose.material3.AlertDialog
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.Icon
import androidx.compose.material3.IconButton
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.TimeInput
import androidx.compose.material3.rememberTimePickerState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.unit.dp
import mobile.companion.AlertsView
import mobile.companion.QuietView
import mobile.companion.SpokenText
import mobile.companion.ThresholdView
import mobile.companion.TypedThreshold
import mobile.companion.ui.model.then
import mobile.companion.ui.parts.Aside
import mobile.companion.ui.parts.Choices
import mobile.companion.ui.parts.FieldWithButton
import mobile.companion.ui.parts.Heading
import mobile.companion.ui.parts.Said
import mobile.companion.ui.parts.SecondButton
import mobile.companion.ui.parts.Section
import mobile.companion.ui.parts.WordButton
import mobile.companion.ui.parts.Words
import mobile.companion.ui.parts.plain
import mobile.companion.ui.parts.rememberTyped
import mobile.companion.ui.theme.LocalLabels

private const val HOUR = 60

@Composable
internal fun Alerts(view: AlertsView, actions: NotificationsActions) {
    val labels = LocalLabels.current
    if (view.sent.isNotEmpty()) {
        Section(labels.operatorAlerts) {
            view.sent.forEach {
                Column(Modifier.padding(vertical = 4.dp)) {
                    Said(it.text, style = MaterialTheme.typography.bodyLarge)
                    Aside(it.by)
                }
            }
            view.sentNote?.let { Aside(it) }
        }
    }
    Section(labels.ownAlerts) {
        view.fixed.forEach { Said(it.text, style = MaterialTheme.typography.bodyLarge) }
        view.own.forEach { Own(it, actions) }
        Add(actions)
        SecondButton(plain(labels.tryOne), actions::tryOne)
    }
    Section(labels.quietHours) { Quiet(view.quiet, actions) }
    if (view.told.isNotEmpty()) {
        Section(labels.toldBefore) {
            view.told.forEach {
                Column(Modifier.padding(vertical = 4.dp)) {
                    Said(it.title, style = MaterialTheme.typography.bodyLarge)
                    Said(it.body, style = MaterialTheme.typography.bodyMedium)
                    Aside(it.timing)
                }
            }
        }
    }
}

@Composable
private fun Own(threshold: ThresholdView, actions: NotificationsActions) {
    Row(Modifier.fillMaxWidth(), verticalAlignment = Alignment.CenterVertically) {
        Said(threshold.text, Modifier.weight(1f), style = MaterialTheme.typography.bodyLarge)
        IconButton({ actions.remove(threshold.threshold) }) {
            Icon(Icons.Outlined.Delete, "${LocalLabels.current.remove}: ${threshold.text.spoken}")
        }
    }
}

@Composable
private fun Add(actions: NotificationsActions) {
    val labels = LocalLabels.current
    var open by rememberSaveable { mutableStateOf(false) }
    if (!open) {
        SecondButton(plain(labels.addAlert), { open = true })
        return
    }
    var ofCosts by rememberSaveable { mutableStateOf(false) }
    val name = { costs: Boolean -> if (costs) labels.costsField else labels.percentField }
    Choices(listOf(false, true), ofCosts, { plain(name(it)) }) { ofCosts = it }
    // Each has what was typed in it, and the keyboard that belongs to it.
    val share = rememberTyped()
    val costs = rememberTyped()
    key(ofCosts) {
        val type = if (ofCosts) KeyboardType.Decimal else KeyboardType.Number
        val close = { open = false }
        val typed = if (ofCosts) costs else share
        FieldWithButton(name(ofCosts), plain(labels.confirm), type, typed, close = close) { text, reply ->
            val threshold = if (ofCosts) TypedThreshold.Costs(text) else TypedThreshold.Share(text)
            actions.add(threshold, reply.then(close))
        }
    }
}

@Composable
private fun Quiet(quiet: QuietView, actions: NotificationsActions) {
    val labels = LocalLabels.current
    val from = quiet.fromMinute.toInt()
    val to = quiet.toMinute.toInt()
    var asksFrom by rememberSaveable { mutableStateOf(false) }
    var asksTo by rememberSaveable { mutableStateOf(false) }
    Said(quiet.text, style = MaterialTheme.typography.bodyLarge)
    Words {
        WordButton(quiet.from.after(labels.quietFrom), { asksFrom = true })
        WordButton(quiet.to.after(labels.quietTo), { asksTo = true })
    }
    if (asksFrom) TimeQuestion(labels.quietFrom, from, { asksFrom = false }) { actions.setQuietHours(it, to) }
    if (asksTo) TimeQuestion(labels.quietTo, to, { asksTo = false }) { actions.setQuietHours(from, it) }
}

private fun SpokenText.after(word: String) = SpokenText("$word $text", "$word $spoken")

@OptIn(ExperimentalMaterial3Api::class)
@Composable
private fun TimeQuestion(title: String, minute: Int, close: () -> Unit, done: (Int) -> Unit) {
    val labels = LocalLabels.current
    val state = rememberTimePickerState(minute / HOUR, minute % HOUR, is24Hour = true)
    AlertDialog(
        onDismissRequest = close,
        title = { Heading(title, style = MaterialTheme.typography.titleLarge) },
        text = { TimeInput(state) },
        confirmButton = {
            WordButton(labels.confirm, {
                done(state.hour * HOUR + state.minute)
                close()
            })
        },
        dismissButton = { WordButton(labels.cancel, close) },
    )
}
