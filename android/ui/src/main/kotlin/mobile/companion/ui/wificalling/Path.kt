// A way to the switch, as the phone has it: crumb by crumb, the last one is the switch. And the check of the network.

package mobile.companion.ui.wificalling

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.automirrored.outlined.ArrowForward
import androidx.compose.material.icons.outlined.Block
import androidx.compose.material.icons.outlined.CheckCircle
import androidx.compose.material.icons.outlined.Devices
import androidx.compose.material.icons.outlined.HelpOutline
import androidx.compose.material.icons.outlined.MenuBook
import androidx.compose.material.icons.outlined.Phone
import androidx.compose.material.icons.outlined.Search
import androidx.compose.material.icons.outlined.Settings
import androidx.compose.material.icons.outlined.TouchApp
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.dp
import mobile.companion.CrumbView
import mobile.companion.NetworkCheckView
import mobile.companion.NetworkVerdict
import mobile.companion.PathKind
import mobile.companion.PathView
import mobile.companion.ui.parts.Aside
import mobile.companion.ui.parts.Drawn
import mobile.companion.ui.parts.LINE
import mobile.companion.ui.parts.Line
import mobile.companion.ui.parts.Said
import mobile.companion.ui.parts.Section
import mobile.companion.ui.parts.TITLE
import mobile.companion.ui.parts.TextIcon
import mobile.companion.ui.parts.WordButton
import mobile.companion.ui.parts.sayingAsOne
import mobile.companion.ui.theme.LocalLabels

@Composable
internal fun Path(path: PathView, actions: WifiCallingActions) {
    Surface(shape = MaterialTheme.shapes.medium, color = MaterialTheme.colorScheme.surfaceContainerHigh) {
        Column(Modifier.fillMaxWidth().padding(12.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
            Column(Modifier.sayingAsOne(path.spoken), verticalArrangement = Arrangement.spacedBy(8.dp)) {
                Row(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
                    TextIcon(path.kind.icon(), LINE)
                    Drawn(path.title.text, style = MaterialTheme.typography.titleSmall)
                }
                path.crumbs.forEachIndexed { at, crumb -> Crumb(crumb, isLast = at == path.crumbs.lastIndex) }
            }
            path.unsure?.let { Aside(it) }
            if (path.intents.isNotEmpty()) WordButton(LocalLabels.current.openSettings, { actions.openPath(path) })
        }
    }
}

/** What is said, and what the phone shows, word for word. */
@Composable
private fun Crumb(crumb: CrumbView, isLast: Boolean) {
    Row(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
        TextIcon(Icons.AutoMirrored.Outlined.ArrowForward, TITLE)
        Column {
            crumb.said?.let { Drawn(it.text, style = MaterialTheme.typography.bodyMedium) }
            crumb.labels.forEachIndexed { at, label ->
                val style = if (at == 0) MaterialTheme.typography.bodyLarge else MaterialTheme.typography.bodyMedium
                Drawn(label, style = if (isLast && at == 0) style.copy(fontWeight = FontWeight.Bold) else style)
            }
        }
    }
}

/** What the last check of this network found. */
@Composable
internal fun Check(check: NetworkCheckView) {
    Section(LocalLabels.current.network) {
        Line(check.sentence, check.verdict.icon())
        check.action?.let { Said(it, style = MaterialTheme.typography.bodyLarge) }
        check.evidence.forEach { Aside(it) }
        check.notMade?.let { Aside(it) }
        check.checked?.let { Aside(it) }
    }
}

private fun NetworkVerdict.icon(): ImageVector = when (this) {
    NetworkVerdict.OPEN -> Icons.Outlined.CheckCircle
    NetworkVerdict.BLOCKED, NetworkVerdict.PROBABLY_BLOCKED -> Icons.Outlined.Block
    NetworkVerdict.INCONCLUSIVE, NetworkVerdict.NOT_TESTED -> Icons.Outlined.HelpOutline
}

private fun PathKind.icon(): ImageVector = when (this) {
    PathKind.SETTINGS -> Icons.Outlined.Settings
    PathKind.PHONE_APP -> Icons.Outlined.Phone
    PathKind.TILE -> Icons.Outlined.TouchApp
    PathKind.SEARCH -> Icons.Outlined.Search
    PathKind.OTHER_DEVICES -> Icons.Outlined.Devices
    PathKind.PUBLISHED -> Icons.Outlined.MenuBook
}
