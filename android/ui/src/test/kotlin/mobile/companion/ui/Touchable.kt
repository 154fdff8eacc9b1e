// What everything that can be touched must be: large enough for a thumb, and with a name that can be spoken.

package mobile.companion.ui

import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.DesktopComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasClickAction
import kotlin.test.assertTrue

private const val THUMB = 48f

/** Fails with the list of what is too small or has no name. */
@OptIn(ExperimentalTestApi::class)
fun DesktopComposeUiTest.assertTouchable(screen: String) {
    val nodes = onAllNodes(hasClickAction()).fetchSemanticsNodes()
    val faults = nodes.mapNotNull { node ->
        val name = node.name()
        val size = node.touchBoundsInRoot.size
        when {
            name.isBlank() -> "something at ${node.boundsInRoot} has no name"
            // What is half scrolled off the screen shows less than there is.
            node.isCut() -> null
            size.width < THUMB || size.height < THUMB -> "'$name' is ${size.width}×${size.height}"
            else -> null
        }
    }
    assertTrue(faults.isEmpty(), "$screen: ${faults.joinToString()}")
}

private fun SemanticsNode.name(): String {
    val said = config.getOrNull(SemanticsProperties.ContentDescription).orEmpty()
    val drawn = config.getOrNull(SemanticsProperties.Text).orEmpty().map { it.text }
    val typed = config.getOrNull(SemanticsActions.SetText)?.let { "a field" }
    return (said + drawn).joinToString(" ").ifBlank { typed.orEmpty() }
}

private fun SemanticsNode.isCut(): Boolean = boundsInRoot.height < size.height || boundsInRoot.width < size.width
