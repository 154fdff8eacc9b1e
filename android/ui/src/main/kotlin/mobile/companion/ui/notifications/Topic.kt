// One topic with its switches. A switch shows the wish at once, and in words how far it has come.

package mobile.companion.ui.notifications

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.padding
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.outlined.CheckCircle
import androidx.compose.material.icons.outlined.ErrorOutline
import androidx.compose.material.icons.outlined.MailOutline
import androidx.compose.material.icons.outlined.MoreHoriz
import androidx.compose.material.icons.outlined.NotificationsNone
import androidx.compose.material.icons.outlined.Schedule
import androidx.compose.material.icons.outlined.Sms
import androidx.compose.material.icons.outlined.SyncProblem
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.unit.dp
import mobile.companion.ConflictView
import mobile.companion.PreferenceChannel
import mobile.companion.PreferenceSwitchView
import mobile.companion.PreferenceTopicView
import mobile.companion.SpokenText
import mobile.companion.SwitchPhase
import mobile.companion.ui.model.then
import mobile.companion.ui.parts.Aside
import mobile.companion.ui.parts.FieldWithButton
import mobile.companion.ui.parts.LINE
import mobile.companion.ui.parts.Said
import mobile.companion.ui.parts.SecondButton
import mobile.companion.ui.parts.Section
import mobile.companion.ui.parts.SwitchRow
import mobile.companion.ui.parts.TextIcon
import mobile.companion.ui.parts.WordButton
import mobile.companion.ui.parts.plain
import mobile.companion.ui.parts.rememberTyped
import mobile.companion.ui.theme.LocalLabels

@Composable
internal fun Topic(topic: PreferenceTopicView, actions: NotificationsActions) {
    Section(topic.title) {
        topic.switches.forEach { OneSwitch(it, actions) }
        topic.note?.let { Aside(it) }
    }
}

@Composable
private fun OneSwitch(view: PreferenceSwitchView, actions: NotificationsActions) {
    SwitchRow(
        view.title,
        view.on,
        view.canChange,
        { actions.turn(view.preferenceId, it) },
        icon = view.channel.icon(),
    ) { Status(view) }
    Column(Modifier.padding(start = 40.dp)) { Under(view, actions) }
}

/** What the person can do about a switch besides turning it. */
@Composable
private fun Under(view: PreferenceSwitchView, actions: NotificationsActions) {
    view.conflict?.let { Conflict(it, view.preferenceId, actions) }
    view.dismissLabel?.let { WordButton(it, { actions.keepTheirs(view.preferenceId) }) }
    view.reach?.let { reach ->
        reach.missing?.let { Aside(it, Modifier.padding(bottom = 8.dp)) }
        val fix = reach.fix
        val label = reach.fixLabel
        if (fix != null && label != null && actions.canMend(fix)) SecondButton(label, { actions.mend(fix) })
    }
    if (view.thresholdPercent != null && view.canChange) Threshold(view, actions)
}

@Composable
private fun Threshold(view: PreferenceSwitchView, actions: NotificationsActions) {
    val labels = LocalLabels.current
    val now = view.thresholdPercent?.toInt()
    var open by rememberSaveable(now) { mutableStateOf(false) }
    // Several are on one screen: each says of what it is, by the channel's icon and in what is spoken.
    val spoken = "${view.title.spoken}, ${labels.percentField}"
    if (open) {
        val typed = rememberTyped(now?.toString().orEmpty())
        val close = { open = false }
        val confirm = plain(labels.confirm)
        FieldWithButton(labels.percentField, confirm, KeyboardType.Number, typed, spoken, close) { text, reply ->
            actions.chooseThreshold(view.preferenceId, text, reply.then(close))
        }
    } else {
        WordButton(SpokenText(labels.percentField, spoken), { open = true }, icon = view.channel.icon())
    }
}

@Composable
private fun Status(view: PreferenceSwitchView) {
    val status = view.status ?: return
    Row(horizontalArrangement = Arrangement.spacedBy(6.dp)) {
        view.phase.icon()?.let { TextIcon(it, LINE) }
        Aside(status)
    }
}

@Composable
private fun Conflict(conflict: ConflictView, id: String, actions: NotificationsActions) {
    Column(verticalArrangement = Arrangement.spacedBy(4.dp)) {
        Said(conflict.mine, style = MaterialTheme.typography.bodyMedium)
        SecondButton(conflict.keepMineLabel, { actions.keepMine(id) })
        Said(conflict.theirs, style = MaterialTheme.typography.bodyMedium)
        SecondButton(conflict.keepTheirsLabel, { actions.keepTheirs(id) })
    }
}

private fun PreferenceChannel.icon(): ImageVector = when (this) {
    PreferenceChannel.PUSH -> Icons.Outlined.NotificationsNone
    PreferenceChannel.SMS -> Icons.Outlined.Sms
    PreferenceChannel.EMAIL -> Icons.Outlined.MailOutline
    PreferenceChannel.OTHER -> Icons.Outlined.MoreHoriz
}

private fun SwitchPhase.icon(): ImageVector? = when (this) {
    SwitchPhase.CONFIRMED -> null
    SwitchPhase.SENDING, SwitchPhase.WAITING -> Icons.Outlined.Schedule
    SwitchPhase.REQUESTED -> Icons.Outlined.CheckCircle
    SwitchPhase.CONFLICT -> Icons.Outlined.SyncProblem
    SwitchPhase.REFUSED, SwitchPhase.EXPIRED -> Icons.Outlined.ErrorOutline
}
