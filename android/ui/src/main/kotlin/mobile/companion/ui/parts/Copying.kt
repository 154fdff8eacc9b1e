// Copying says at the button that it was done: before Android 13 the phone says nothing itself.

package mobile.companion.ui.parts

import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.outlined.Check
import androidx.compose.material.icons.outlined.ContentCopy
import androidx.compose.material3.Icon
import androidx.compose.material3.IconButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import kotlinx.coroutines.delay
import mobile.companion.ui.theme.LocalLabels

/** So long it is said. */
private const val SAID_MS = 4_000L

/** What a button that copies does, and whether it was done [justNow]. */
class Copying(val justNow: Boolean, val copy: () -> Unit)

/** [copy] for a button; a button that is [announced] says so in its own words. */
@Composable
fun rememberCopying(copy: () -> Unit): Copying {
    var times by remember { mutableIntStateOf(0) }
    var justNow by remember { mutableStateOf(false) }
    LaunchedEffect(times) {
        if (times == 0) return@LaunchedEffect
        delay(SAID_MS)
        justNow = false
    }
    return Copying(justNow) {
        copy()
        times += 1
        justNow = true
    }
}

/** What this says anew is read out at once. */
fun Modifier.announced(): Modifier = semantics { liveRegion = LiveRegionMode.Polite }

/** The button of a row that is called [spoken]. */
@Composable
fun CopyIcon(copying: Copying, spoken: String) {
    val labels = LocalLabels.current
    val word = if (copying.justNow) labels.copied else labels.copy
    IconButton(copying.copy, Modifier.announced()) {
        Icon(if (copying.justNow) Icons.Outlined.Check else Icons.Outlined.ContentCopy, "$word: $spoken")
    }
}

/** The button in words. */
@Composable
fun CopyButton(copy: () -> Unit) {
    val labels = LocalLabels.current
    val copying = rememberCopying(copy)
    val icon = Icons.Outlined.Check.takeIf { copying.justNow }
    WordButton(plain(if (copying.justNow) labels.copied else labels.copy), copying.copy, Modifier.announced(), icon)
}
