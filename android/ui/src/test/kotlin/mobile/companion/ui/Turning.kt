// A phone that is turned: everything is drawn anew, and only what was saved is there again.

package mobile.companion.ui

import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.LocalSaveableStateRegistry
import androidx.compose.runtime.saveable.SaveableStateRegistry
import androidx.compose.runtime.setValue
import androidx.compose.runtime.snapshots.SnapshotMutableState
import androidx.compose.ui.test.DesktopComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import java.io.Serializable

/** What is drawn on such a phone. */
class Turning {
    private var registry by mutableStateOf<SaveableStateRegistry?>(newRegistry(emptyMap()))

    @Composable
    fun Content(content: @Composable () -> Unit) {
        registry?.let { CompositionLocalProvider(LocalSaveableStateRegistry provides it, content) }
    }

    /** The activity ends, and another one begins with what it had saved. */
    @OptIn(ExperimentalTestApi::class)
    fun turn(test: DesktopComposeUiTest) {
        val kept = checkNotNull(registry).performSave()
        registry = null
        test.waitForIdle()
        registry = newRegistry(kept)
        test.waitForIdle()
    }

    /** A bundle takes what can be written, and Compose's own holders of it. */
    private fun newRegistry(kept: Map<String, List<Any?>>) = SaveableStateRegistry(kept) { it.canBeWritten() }

    private fun Any.canBeWritten(): Boolean =
        if (this is SnapshotMutableState<*>) value?.canBeWritten() ?: true else this is Serializable
}
