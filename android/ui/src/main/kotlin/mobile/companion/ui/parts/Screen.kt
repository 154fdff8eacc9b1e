// The room every screen stands in: its title, its content in one column, and its main action in reach of a thumb.

package mobile.companion.ui.parts

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.automirrored.outlined.ArrowBack
import androidx.compose.material.icons.outlined.Refresh
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.Icon
import androidx.compose.material3.IconButton
import androidx.compose.material3.LinearProgressIndicator
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.pulltorefresh.PullToRefreshBox
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.layout.layout
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import mobile.companion.SpokenText
import mobile.companion.ui.theme.LocalLabels

/** What asking the operator anew looks like on a screen: whether it runs, and what begins it. */
class Refresh(val running: Boolean, val begin: () -> Unit)

/** No line is longer than can be read well. */
private val WIDEST = 640.dp

/**
 * A screen: [title], then [content] from top to bottom, scrolling as one, and [action] below it, always in reach.
 *
 * @param back leads to the screen before; nothing where there is none.
 * @param refresh what pulling down begins; nothing where there is nothing to ask.
 * @param problem what went wrong: above the action, in sight wherever the person has scrolled to.
 */
@Composable
fun Screen(
    title: SpokenText,
    back: (() -> Unit)? = null,
    refresh: Refresh? = null,
    action: (@Composable ColumnScope.() -> Unit)? = null,
    problem: @Composable () -> Unit = {},
    content: @Composable ColumnScope.() -> Unit,
) {
    Column(Modifier.fillMaxSize().imePadding(), horizontalAlignment = Alignment.CenterHorizontally) {
        TitleRow(title, back, refresh)
        Box(Modifier.fillMaxWidth().heightIn(min = 4.dp)) { if (refresh?.running == true) Running() }
        Pulled(refresh, Modifier.weight(1f)) {
            Column(
                Modifier.fillMaxSize().verticalScroll(rememberScrollState()),
                horizontalAlignment = Alignment.CenterHorizontally,
            ) {
                Column(
                    Modifier.widthIn(max = WIDEST).fillMaxWidth().padding(PaddingValues(16.dp, 8.dp, 16.dp, 24.dp)),
                    verticalArrangement = Arrangement.spacedBy(16.dp),
                    content = content,
                )
            }
        }
        Pinned(Modifier.widthIn(max = WIDEST), problem)
        action?.let {
            Column(
                Modifier.widthIn(max = WIDEST).fillMaxWidth().padding(16.dp, 8.dp, 16.dp, 12.dp),
                verticalArrangement = Arrangement.spacedBy(4.dp),
                content = it,
            )
        }
    }
}

/** As the other one, under words that are spoken as they are written. */
@Composable
fun Screen(
    title: String,
    back: (() -> Unit)? = null,
    refresh: Refresh? = null,
    action: (@Composable ColumnScope.() -> Unit)? = null,
    problem: @Composable () -> Unit = {},
    content: @Composable ColumnScope.() -> Unit,
) = Screen(plain(title), back, refresh, action, problem, content)

/** Below what scrolls, on at most [MOST] of the height that is left; the rest of a long one is scrolled to. */
@Composable
internal fun Pinned(modifier: Modifier = Modifier, content: @Composable () -> Unit) {
    val least = Modifier.layout { measurable, constraints ->
        val highest = (constraints.maxHeight * MOST).toInt()
        val placeable = measurable.measure(constraints.copy(minHeight = 0, maxHeight = highest))
        layout(placeable.width, placeable.height) { placeable.place(0, 0) }
    }
    Column(
        modifier.fillMaxWidth().then(least).verticalScroll(rememberScrollState()),
        verticalArrangement = Arrangement.spacedBy(8.dp),
    ) { content() }
}

/** What is asked about stays in sight above. */
private const val MOST = 0.6f

@Composable
private fun TitleRow(title: SpokenText, back: (() -> Unit)?, refresh: Refresh?) {
    val labels = LocalLabels.current
    Row(
        Modifier.widthIn(max = WIDEST).fillMaxWidth().heightIn(min = 64.dp).padding(4.dp, 8.dp),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        if (back != null) {
            IconButton(back) { Icon(Icons.AutoMirrored.Outlined.ArrowBack, labels.back) }
        }
        Heading(
            title,
            Modifier.weight(1f).padding(start = if (back == null) 12.dp else 4.dp),
            style = MaterialTheme.typography.titleLarge,
        )
        if (refresh != null) {
            IconButton(refresh.begin, enabled = !refresh.running) { Icon(Icons.Outlined.Refresh, labels.refresh) }
        }
    }
}

/** A thin line: what is on the screen stays where it is. */
@Composable
private fun Running() {
    val loading = LocalLabels.current.loading
    LinearProgressIndicator(Modifier.fillMaxWidth().semantics { contentDescription = loading })
}

@OptIn(ExperimentalMaterial3Api::class)
@Composable
private fun Pulled(refresh: Refresh?, modifier: Modifier, content: @Composable () -> Unit) {
    if (refresh == null) {
        Box(modifier) { content() }
    } else {
        // Never a spinner over content: the line under the title says that it runs.
        PullToRefreshBox(isRefreshing = false, onRefresh = refresh.begin, modifier) { content() }
    }
}
