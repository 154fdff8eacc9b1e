// Groups, rows and facts.

package mobile.companion.ui.parts

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.toggleable
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.automirrored.outlined.KeyboardArrowRight
import androidx.compose.material3.Icon
import androidx.compose.material3.LocalContentColor
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Switch
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.dp
import mobile.companion.SpokenText

/** What belongs together, under its [title] where it has one. */
@Composable
fun Section(title: SpokenText? = null, modifier: Modifier = Modifier, content: @Composable ColumnScope.() -> Unit) {
    Surface(
        modifier.fillMaxWidth(),
        shape = MaterialTheme.shapes.large,
        color = MaterialTheme.colorScheme.surfaceContainerLow,
    ) {
        Column(Modifier.padding(16.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
            title?.let { Heading(it, style = MaterialTheme.typography.titleMedium) }
            content()
        }
    }
}

/** As the other one, under words that are spoken as they are written. */
@Composable
fun Section(title: String, modifier: Modifier = Modifier, content: @Composable ColumnScope.() -> Unit) =
    Section(plain(title), modifier, content)

/** A title and its value: side by side while both fit, else one under the other. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
fun Fact(title: SpokenText, value: SpokenText, strong: Boolean = false) {
    val style = MaterialTheme.typography.bodyLarge
    FlowRow(
        Modifier.fillMaxWidth().padding(vertical = 4.dp),
        horizontalArrangement = Arrangement.SpaceBetween,
    ) {
        Said(title, Modifier.padding(end = 16.dp), style = if (strong) style.copy(fontWeight = FontWeight.Medium) else style)
        Said(value, style = if (strong) style.copy(fontWeight = FontWeight.Medium) else style)
    }
}

/** A sentence with its icon. */
@Composable
fun Line(
    text: SpokenText,
    icon: ImageVector? = null,
    modifier: Modifier = Modifier,
    color: Color = LocalContentColor.current,
) {
    Row(modifier.fillMaxWidth(), horizontalArrangement = Arrangement.spacedBy(12.dp)) {
        icon?.let { TextIcon(it, LINE, color) }
        Said(text, Modifier.weight(1f), style = MaterialTheme.typography.bodyMedium, color = color)
    }
}

/** A row that leads somewhere. [below] stands under its title. */
@Composable
fun LinkRow(
    title: SpokenText,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    icon: ImageVector? = null,
    leads: ImageVector = Icons.AutoMirrored.Outlined.KeyboardArrowRight,
    below: @Composable ColumnScope.() -> Unit = {},
) {
    Row(
        modifier.fillMaxWidth().clickable(role = Role.Button, onClick = onClick)
            .heightIn(min = 56.dp).padding(vertical = 8.dp),
        horizontalArrangement = Arrangement.spacedBy(16.dp),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        icon?.let { TextIcon(it) }
        Column(Modifier.weight(1f), verticalArrangement = Arrangement.spacedBy(2.dp)) {
            Said(title, style = MaterialTheme.typography.bodyLarge)
            below()
        }
        Icon(leads, null, tint = MaterialTheme.colorScheme.onSurfaceVariant)
    }
}

/** As the other one, of a word that is spoken as it is written. */
@Composable
fun LinkRow(title: String, onClick: () -> Unit, modifier: Modifier = Modifier, icon: ImageVector? = null) =
    LinkRow(plain(title), onClick, modifier, icon)

/** From here on words come before pictures. */
private const val LARGE_TEXT = 1.5f

/** A switch with its words; the whole row turns it. */
@Composable
fun SwitchRow(
    title: SpokenText,
    on: Boolean,
    enabled: Boolean,
    onChange: (Boolean) -> Unit,
    modifier: Modifier = Modifier,
    icon: ImageVector? = null,
    below: @Composable ColumnScope.() -> Unit = {},
) {
    Row(
        modifier.fillMaxWidth()
            .toggleable(on, enabled = enabled, role = Role.Switch, onValueChange = onChange)
            .heightIn(min = 56.dp).padding(vertical = 4.dp),
        horizontalArrangement = Arrangement.spacedBy(16.dp),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        // Large text needs the room, and the icon says nothing that the words do not.
        icon?.takeIf { LocalDensity.current.fontScale < LARGE_TEXT }?.let { TextIcon(it) }
        Column(Modifier.weight(1f), verticalArrangement = Arrangement.spacedBy(2.dp)) {
            Said(title, style = MaterialTheme.typography.bodyLarge)
            below()
        }
        Switch(on, onCheckedChange = null, enabled = enabled)
    }
}

/** What stands under a title and matters less. */
@Composable
fun Aside(text: SpokenText, modifier: Modifier = Modifier, color: Color = MaterialTheme.colorScheme.onSurfaceVariant) {
    Said(text, modifier, style = MaterialTheme.typography.bodyMedium, color = color)
}

/** As the other one, of words that are spoken as they are written. */
@Composable
fun Aside(text: String, modifier: Modifier = Modifier) = Aside(plain(text), modifier)

/** Words that are spoken as they are written. */
fun plain(text: String) = SpokenText(text, text)
