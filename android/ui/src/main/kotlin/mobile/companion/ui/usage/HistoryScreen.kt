// Month by month and day by day. A gap is a gap, never nothing.

package mobile.companion.ui.usage

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.outlined.Speed
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import mobile.companion.BucketHistoryView
import mobile.companion.DayBar
import mobile.companion.HistoryView
import mobile.companion.MonthBar
import mobile.companion.ui.parts.Aside
import mobile.companion.ui.parts.Fact
import mobile.companion.ui.parts.FoldButton
import mobile.companion.ui.parts.FoldRow
import mobile.companion.ui.parts.Heading
import mobile.companion.ui.parts.Line
import mobile.companion.ui.parts.PERMILLE
import mobile.companion.ui.parts.Said
import mobile.companion.ui.parts.Screen
import mobile.companion.ui.parts.Section
import mobile.companion.ui.parts.ShareBar
import mobile.companion.ui.parts.sayingAsOne
import mobile.companion.ui.theme.LocalLabels
import mobile.companion.ui.theme.LocalMoreColours

/** The history of a line. [days] gives those of one month of one bucket. */
@Composable
fun HistoryScreen(
    view: HistoryView,
    days: (bucketId: String, month: String) -> List<DayBar>,
    back: () -> Unit,
    problem: @Composable () -> Unit = {},
) {
    Screen(LocalLabels.current.history, back, problem = problem) {
        Said(view.label)
        view.buckets.forEach { bucket -> Bucket(bucket) { month -> days(bucket.bucketId, month) } }
    }
}

@Composable
private fun Bucket(bucket: BucketHistoryView, days: (String) -> List<DayBar>) {
    Section(bucket.title) {
        bucket.forecast?.let {
            Line(it.text, Icons.Outlined.Speed)
            Aside(it.assumption, Modifier.padding(start = 32.dp))
        }
        Days(bucket.days)
        var open by rememberSaveable { mutableStateOf<String?>(null) }
        bucket.months.asReversed().forEach { month ->
            val isOpen = month.month == open
            Month(month, isOpen) { open = if (isOpen) null else month.month }
            if (isOpen) days(month.month).forEach { Fact(it.label, it.amount) }
        }
    }
}

@Composable
private fun Month(month: MonthBar, isOpen: Boolean, toggle: () -> Unit) {
    FoldRow(month.label, isOpen, toggle) {
        month.heightPermille?.let { ShareBar(it.toInt() / PERMILLE) }
        month.amount?.let { Aside(it) }
        month.gaps?.let { Aside(it) }
    }
}

/** The last days as upright bars, and as words for whoever wants them. */
@Composable
private fun Days(days: List<DayBar>) {
    val labels = LocalLabels.current
    var inWords by rememberSaveable { mutableStateOf(false) }
    Heading(labels.days, style = MaterialTheme.typography.titleSmall)
    Row(Modifier.fillMaxWidth().height(96.dp), Arrangement.spacedBy(2.dp), Alignment.Bottom) {
        days.forEach { Standing(it, Modifier.weight(1f)) }
    }
    Row(Modifier.fillMaxWidth(), Arrangement.SpaceBetween) {
        days.firstOrNull()?.let { Said(it.label, Modifier.weight(1f), style = MaterialTheme.typography.bodySmall) }
        days.lastOrNull()?.let { Said(it.label, style = MaterialTheme.typography.bodySmall) }
    }
    FoldButton(labels.details, inWords, { inWords = !inWords })
    if (inWords) days.asReversed().forEach { Fact(it.label, it.amount) }
}

/** One day. A gap has no bar but a dashed place. */
@Composable
private fun Standing(day: DayBar, modifier: Modifier) {
    val share = day.heightPermille?.let { it.toInt() / PERMILLE }
    Column(modifier.fillMaxHeight().sayingAsOne("${day.label.spoken}: ${day.amount.spoken}"), Arrangement.Bottom) {
        if (share == null) {
            repeat(3) {
                Box(Modifier.padding(vertical = 3.dp).fillMaxWidth().height(2.dp).background(LocalMoreColours.current.track))
            }
        } else {
            val least = 0.02f
            Box(
                Modifier.fillMaxWidth().fillMaxHeight(share.coerceAtLeast(least))
                    .background(MaterialTheme.colorScheme.primary, MaterialTheme.shapes.extraSmall),
            )
        }
    }
}
