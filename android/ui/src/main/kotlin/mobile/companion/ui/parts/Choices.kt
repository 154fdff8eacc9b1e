// One of several, side by side as far as they fit.

package mobile.companion.ui.parts

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.heightIn
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.outlined.Check
import androidx.compose.material3.FilterChip
import androidx.compose.material3.Icon
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import mobile.companion.SpokenText
import mobile.companion.ui.theme.LocalLabels

/** The chips of [options], of which one is [chosen]. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
fun <T> Choices(options: List<T>, chosen: T?, label: (T) -> SpokenText, choose: (T) -> Unit) {
    FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
        options.forEach { option ->
            val isChosen = option == chosen
            FilterChip(
                selected = isChosen,
                onClick = { choose(option) },
                label = { Said(label(option)) },
                modifier = Modifier.heightIn(min = TARGET),
                leadingIcon = { if (isChosen) Icon(Icons.Outlined.Check, LocalLabels.current.chosen) },
            )
        }
    }
}
