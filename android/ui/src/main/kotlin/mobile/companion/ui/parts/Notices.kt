// What is the matter: one calm line at the top, or a card with what to do. Nothing on the screen goes away for it.

package mobile.companion.ui.parts

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.outlined.AccessTime
import androidx.compose.material.icons.outlined.AccountCircle
import androidx.compose.material.icons.outlined.Block
import androidx.compose.material.icons.outlined.Build
import androidx.compose.material.icons.outlined.CloudOff
import androidx.compose.material.icons.outlined.Info
import androidx.compose.material.icons.outlined.PhonelinkSetup
import androidx.compose.material.icons.outlined.Warning
import androidx.compose.material.icons.outlined.Wifi
import androidx.compose.material3.LocalContentColor
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import mobile.companion.Explanation
import mobile.companion.Notice
import mobile.companion.NoticeKind
import mobile.companion.Remedy
import mobile.companion.SpokenText
import mobile.companion.ui.theme.LocalLabels
import mobile.companion.ui.theme.LocalMoreColours

/** The line at the top of a screen, with what the person can do about it. */
@Composable
fun NoticeLine(notice: Notice, onAction: () -> Unit) {
    NoticeLine(SpokenText(notice.text, notice.spoken), notice.kind.icon()) {
        notice.action?.let { WordButton(it, onAction) }
    }
}

/** A line about something else, in the same place. */
@Composable
fun NoticeLine(text: SpokenText, icon: ImageVector = Icons.Outlined.Info, action: @Composable () -> Unit = {}) {
    Surface(
        Modifier.fillMaxWidth().semantics { liveRegion = LiveRegionMode.Polite },
        shape = MaterialTheme.shapes.medium,
        color = MaterialTheme.colorScheme.surfaceContainerHigh,
    ) {
        Column(Modifier.padding(horizontal = 12.dp, vertical = 12.dp)) {
            Line(text, icon)
            action()
        }
    }
}

/** Something that wants attention before one goes on. */
@Composable
fun WarningLine(text: SpokenText) {
    val colours = LocalMoreColours.current.warningContainer
    Surface(
        Modifier.fillMaxWidth(),
        shape = MaterialTheme.shapes.medium,
        color = colours.ground,
        contentColor = colours.on,
    ) {
        Line(text, Icons.Outlined.Warning, Modifier.padding(12.dp))
    }
}

/**
 * What went wrong with what the person asked for: a sentence, an action, and nothing lost. That the operator wants to know who
 * asks is nothing wrong, and looks it.
 *
 * @param onClose nothing where the person has to decide.
 */
@OptIn(ExperimentalLayoutApi::class)
@Composable
fun ProblemCard(problem: Explanation, onRemedy: () -> Unit, onAlternative: () -> Unit, onClose: (() -> Unit)?) {
    val labels = LocalLabels.current
    val colours = MaterialTheme.colorScheme
    val asksWho = problem.remedy == Remedy.ShowWho
    Surface(
        Modifier.fillMaxWidth().padding(16.dp, 4.dp).semantics { liveRegion = LiveRegionMode.Polite },
        shape = MaterialTheme.shapes.medium,
        color = if (asksWho) colours.surfaceContainerHigh else colours.errorContainer,
        contentColor = if (asksWho) colours.onSurface else colours.onErrorContainer,
    ) {
        Column(Modifier.padding(16.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
            Column(Modifier.sayingAsOne(problem.spoken), verticalArrangement = Arrangement.spacedBy(8.dp)) {
                Row(horizontalArrangement = Arrangement.spacedBy(12.dp)) {
                    val icon = if (asksWho) Icons.Outlined.AccountCircle else Icons.Outlined.Warning
                    TextIcon(icon, tint = LocalContentColor.current)
                    Drawn(problem.title, style = MaterialTheme.typography.titleMedium)
                }
                Drawn(problem.sentence, style = MaterialTheme.typography.bodyMedium)
            }
            if (!asksWho) Drawn("${labels.supportCode} ${problem.code}", style = MaterialTheme.typography.bodySmall)
            FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
                if (problem.remedy != null) problem.action?.let { CardButton(it, onRemedy) }
                problem.alternative?.let { CardButton(it, onAlternative) }
                onClose?.let { CardButton(labels.close, it) }
            }
        }
    }
}

private fun NoticeKind.icon(): ImageVector = when (this) {
    NoticeKind.OFFLINE -> Icons.Outlined.CloudOff
    NoticeKind.MAINTENANCE -> Icons.Outlined.Build
    NoticeKind.BLOCKED_NETWORK -> Icons.Outlined.Wifi
    NoticeKind.SIGN_IN_AGAIN -> Icons.Outlined.AccountCircle
    NoticeKind.NOT_UNDERSTOOD -> Icons.Outlined.Warning
    NoticeKind.NOT_PERMITTED -> Icons.Outlined.Block
    NoticeKind.CLOCK -> Icons.Outlined.AccessTime
    NoticeKind.DEVICE -> Icons.Outlined.PhonelinkSetup
}
