// What opens where it is and closes again: whoever listens hears which of the two it is, and can do the other.

package mobile.companion.ui.parts

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.outlined.ExpandLess
import androidx.compose.material.icons.outlined.ExpandMore
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.collapse
import androidx.compose.ui.semantics.expand
import androidx.compose.ui.semantics.semantics
import mobile.companion.SpokenText

/** Says that this is [isOpen], or that it can be opened; the phone has its own words for both. */
fun Modifier.folds(isOpen: Boolean, toggle: () -> Unit): Modifier = semantics {
    val turn = {
        toggle()
        true
    }
    if (isOpen) collapse(action = turn) else expand(action = turn)
}

/** A word that opens what stands below it, and closes it again. */
@Composable
fun FoldButton(label: String, isOpen: Boolean, toggle: () -> Unit, modifier: Modifier = Modifier) =
    WordButton(plain(label), toggle, modifier.folds(isOpen, toggle), icon = foldIcon(isOpen))

/** A row that opens what stands below it, and closes it again. */
@Composable
fun FoldRow(title: SpokenText, isOpen: Boolean, toggle: () -> Unit, below: @Composable ColumnScope.() -> Unit = {}) =
    LinkRow(title, toggle, Modifier.folds(isOpen, toggle), leads = foldIcon(isOpen), below = below)

private fun foldIcon(isOpen: Boolean) = if (isOpen) Icons.Outlined.ExpandLess else Icons.Outlined.ExpandMore
