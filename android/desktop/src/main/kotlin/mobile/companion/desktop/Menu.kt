// The menu beside the phone: what a person changes around it.

package mobile.companion.desktop

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.toggleable
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.FilterChip
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.RadioButton
import androidx.compose.material3.Switch
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.produceState
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.unit.dp
import kotlinx.coroutines.delay
import java.time.Instant
import java.time.ZoneId
import java.time.format.DateTimeFormatter
import java.util.Locale

private val TOLD = 160.dp
private const val LOOK_AGAIN_MS = 500L
private const val HOUR = 3_600L
private const val DAY = 24 * HOUR
private const val MONTH = 31 * DAY
private val STEPS = listOf("+1 hour" to HOUR, "+1 day" to DAY, "+1 month" to MONTH)
private val ZONE = ZoneId.of("Europe/Brussels")
private val TIME = DateTimeFormatter.ofPattern("EEE d MMM yyyy, HH:mm", Locale.ENGLISH).withZone(ZONE)

/** What each person is there for. */
private val SITUATIONS = mapOf(
    "emma" to "10 GB, EU roaming, costs",
    "luc" to "unlimited, Wi-Fi calling on",
    "nadia" to "5 GB, a card that starts tomorrow",
    "tom" to "two lines, an order refused",
    "ines" to "a number on its way",
    "sara" to "no account yet, an eSIM to come",
    "pieter" to "no account yet, is invited",
)

@Composable
internal fun Menu(desk: Desk, choice: Choice, modifier: Modifier) {
    Column(modifier) {
        Choices(desk, choice, Modifier.weight(1f))
        HorizontalDivider()
        Told(desk)
    }
}

@Composable
private fun Choices(desk: Desk, choice: Choice, modifier: Modifier) {
    Column(modifier.verticalScroll(rememberScrollState()).padding(16.dp), Arrangement.spacedBy(4.dp)) {
        Heading("Whose phone")
        desk.people.forEach { person -> PersonRow(person, choice.person == person) { desk.take(person) } }
        if (choice.person.isNew) OutlinedButton(desk::invite) { Text("Invitation from the employer") }

        Heading("Language")
        Row(horizontalArrangement = Arrangement.spacedBy(4.dp)) {
            Desk.LANGUAGES.forEach { FilterChip(choice.language == it, { desk.speak(it) }, { Text(it) }) }
        }

        Heading("Phone")
        Turned("Dark", choice.isDark, desk::turnDark)
        Turned("Text twice as large", choice.isLargeText, desk::turnLarge)
        Turned("No network", choice.isOffline, desk::turnOffline)
        Turned("Slow network", choice.isSlow, desk::turnSlow)
        Turned("Another app in front", choice.isAway, desk::turnAway)
        OutlinedButton(desk::lock) { Text("Lock the app now") }

        Heading("Time")
        Time(desk)

        Heading("The operator")
        SelectionContainer { Text(desk.control, style = MaterialTheme.typography.bodySmall) }
    }
}

@Composable
private fun Time(desk: Desk) {
    val now by produceState(TIME.at(desk.nowMs)) {
        while (true) {
            value = TIME.at(desk.nowMs)
            delay(LOOK_AGAIN_MS)
        }
    }
    Text(now, style = MaterialTheme.typography.bodyMedium)
    Row(horizontalArrangement = Arrangement.spacedBy(4.dp)) {
        STEPS.forEach { (name, seconds) ->
            OutlinedButton({ desk.advance(seconds) }, contentPadding = PaddingValues(horizontal = 10.dp)) { Text(name) }
        }
    }
}

private fun DateTimeFormatter.at(ms: Long) = format(Instant.ofEpochMilli(ms))

/** Always in sight, whatever the menu is scrolled to. */
@Composable
private fun Told(desk: Desk) {
    val told by desk.told.collectAsState()
    Column(Modifier.fillMaxWidth().height(TOLD).padding(horizontal = 16.dp)) {
        Heading("What the phone did")
        SelectionContainer(Modifier.verticalScroll(rememberScrollState()).padding(vertical = 8.dp)) {
            Column(verticalArrangement = Arrangement.spacedBy(8.dp)) {
                told.forEach { Text(it, style = MaterialTheme.typography.bodySmall) }
            }
        }
    }
}

@Composable
private fun Heading(text: String) =
    Text(text, Modifier.padding(top = 12.dp), style = MaterialTheme.typography.titleMedium)

@Composable
private fun PersonRow(person: Person, isChosen: Boolean, take: () -> Unit) {
    Row(
        Modifier.fillMaxWidth().selectable(isChosen, role = Role.RadioButton, onClick = take).padding(vertical = 4.dp),
        Arrangement.spacedBy(12.dp),
        Alignment.CenterVertically,
    ) {
        RadioButton(isChosen, onClick = null)
        Column {
            Text(person.name, style = MaterialTheme.typography.bodyMedium)
            SITUATIONS[person.key]?.let { Text(it, style = MaterialTheme.typography.bodySmall) }
        }
    }
}

@Composable
private fun Turned(name: String, isOn: Boolean, turn: (Boolean) -> Unit) {
    Row(
        Modifier.fillMaxWidth().toggleable(isOn, role = Role.Switch, onValueChange = turn),
        Arrangement.SpaceBetween,
        Alignment.CenterVertically,
    ) {
        Text(name, style = MaterialTheme.typography.bodyMedium)
        Switch(isOn, onCheckedChange = null)
    }
}
