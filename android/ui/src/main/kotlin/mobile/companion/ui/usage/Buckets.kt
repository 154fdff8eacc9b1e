// One allowance: large for the one that matters now, a row for each of the others.

package mobile.companion.ui.usage

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.outlined.AccessTime
import androidx.compose.material.icons.outlined.Call
import androidx.compose.material.icons.outlined.Category
import androidx.compose.material.icons.outlined.EuroSymbol
import androidx.compose.material.icons.outlined.History
import androidx.compose.material.icons.outlined.HourglassEmpty
import androidx.compose.material.icons.outlined.Sms
import androidx.compose.material.icons.outlined.Speed
import androidx.compose.material.icons.outlined.SwapVert
import androidx.compose.material.icons.outlined.Warning
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.unit.dp
import mobile.companion.BadgeKind
import mobile.companion.BucketLevel
import mobile.companion.BucketView
import mobile.companion.LineView
import mobile.companion.PaceView
import mobile.companion.SpokenText
import mobile.companion.UsageKind
import mobile.companion.ui.parts.Aside
import mobile.companion.ui.parts.Bar
import mobile.companion.ui.parts.FoldButton
import mobile.companion.ui.parts.LINE
import mobile.companion.ui.parts.Line
import mobile.companion.ui.parts.Said
import mobile.companion.ui.parts.TextIcon
import mobile.companion.ui.parts.colour
import mobile.companion.ui.theme.LocalLabels

/** The bucket that matters now: the answer first, readable at arm's length. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
internal fun Hero(bucket: BucketView, line: LineView) {
    Column(verticalArrangement = Arrangement.spacedBy(6.dp)) {
        Row(horizontalArrangement = Arrangement.spacedBy(8.dp), verticalAlignment = Alignment.CenterVertically) {
            TextIcon(bucket.kind.icon())
            Said(bucket.title, style = MaterialTheme.typography.titleMedium)
        }
        Row(horizontalArrangement = Arrangement.spacedBy(12.dp), verticalAlignment = Alignment.CenterVertically) {
            if (bucket.level != BucketLevel.CALM) TextIcon(Icons.Outlined.Warning, tint = bucket.level.colour())
            Said(bucket.headline, style = MaterialTheme.typography.displaySmall)
        }
        bucket.bar?.let { Bar(it, bucket.level, Modifier.padding(vertical = 4.dp), thickness = 16.dp) }
        FlowRow(Modifier.fillMaxWidth(), horizontalArrangement = Arrangement.SpaceBetween) {
            bucket.detail?.let { Said(it, Modifier.padding(end = 16.dp), style = MaterialTheme.typography.bodyLarge) }
            // The bar says it to whoever listens.
            bucket.bar?.let { Said(SpokenText(it.text, it.spoken), style = MaterialTheme.typography.bodyLarge) }
        }
        bucket.carried?.let { Aside(it) }
        line.cycle?.let { Said(it, style = MaterialTheme.typography.bodyLarge) }
        DatedLine(line)
    }
}

/** Until when the operator counted, and how old that is. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
internal fun DatedLine(line: LineView) {
    Row(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
        TextIcon(line.badge.kind.icon(), LINE)
        FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
            Aside(line.dated)
            line.badge.text?.let { Said(it, style = MaterialTheme.typography.labelLarge) }
        }
    }
}

/** How fast a line's allowance is used; what that rests on stays folded until asked for. */
@Composable
internal fun Pace(lineId: String, pace: PaceView) {
    var open by rememberSaveable(lineId) { mutableStateOf(false) }
    Column {
        Line(pace.text, Icons.Outlined.Speed)
        pace.assumption?.let {
            FoldButton(LocalLabels.current.howWeKnow, open, { open = !open }, Modifier.padding(start = 20.dp))
            if (open) Aside(it, Modifier.padding(start = 32.dp))
        }
    }
}

/** One of the other buckets. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
internal fun BucketRow(bucket: BucketView) {
    Row(Modifier.padding(vertical = 6.dp), horizontalArrangement = Arrangement.spacedBy(16.dp)) {
        TextIcon(bucket.kind.icon())
        Column(Modifier.weight(1f), verticalArrangement = Arrangement.spacedBy(2.dp)) {
            FlowRow(Modifier.fillMaxWidth(), horizontalArrangement = Arrangement.SpaceBetween) {
                Said(bucket.title, Modifier.padding(end = 16.dp), style = MaterialTheme.typography.bodyLarge)
                Row(horizontalArrangement = Arrangement.spacedBy(6.dp), verticalAlignment = Alignment.CenterVertically) {
                    if (bucket.level != BucketLevel.CALM) {
                        TextIcon(Icons.Outlined.Warning, LINE, bucket.level.colour())
                    }
                    Said(bucket.headline, style = MaterialTheme.typography.titleMedium)
                }
            }
            bucket.bar?.let { Bar(it, bucket.level, thickness = 6.dp) }
            bucket.detail?.let { Aside(it) }
            bucket.carried?.let { Aside(it) }
        }
    }
}

internal fun UsageKind.icon(): ImageVector = when (this) {
    UsageKind.DATA -> Icons.Outlined.SwapVert
    UsageKind.VOICE -> Icons.Outlined.Call
    UsageKind.MESSAGES -> Icons.Outlined.Sms
    UsageKind.CREDIT -> Icons.Outlined.EuroSymbol
    UsageKind.OTHER -> Icons.Outlined.Category
}

private fun BadgeKind.icon(): ImageVector = when (this) {
    BadgeKind.FRESH -> Icons.Outlined.AccessTime
    BadgeKind.AGING, BadgeKind.OLD -> Icons.Outlined.HourglassEmpty
    BadgeKind.PREVIOUS_CYCLE, BadgeKind.ROLLOVER_PENDING, BadgeKind.UNKNOWN -> Icons.Outlined.History
}
