// Parts of the core's views that are read for one screen: off the main thread, and there at once when one comes back to it.

package mobile.companion.ui.model

import androidx.compose.runtime.Composable
import androidx.compose.runtime.State
import androidx.compose.runtime.produceState
import androidx.compose.runtime.staticCompositionLocalOf
import kotlinx.coroutines.withContext
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext

/** What was read: nothing yet, or an answer, which may be that there is nothing. */
class Answer<out T>(val isThere: Boolean, val value: T?)

/**
 * Reads in [context], and keeps what it read until [clear]. While it [isBlind], as a locked core makes it, what it had stays: a
 * screen that lost its view for the moment before it is covered would lose with it what was typed there. Main thread only.
 */
class Reads(
    private val context: CoroutineContext = EmptyCoroutineContext,
    private val isBlind: () -> Boolean = { false },
) {
    private val kept = HashMap<List<Any?>, Answer<*>>()

    /** What [read] gives of [name], anew whenever [since] differs; until then what it gave before. */
    @Composable
    fun <T> of(name: List<Any?>, since: Any? = null, read: () -> T?): Answer<T> {
        @Suppress("UNCHECKED_CAST") // What is kept under a name is what is read of it.
        val before = kept[name] as Answer<T>? ?: Answer(isThere = false, value = null)
        val answer: State<Answer<T>> = produceState(before, name, since) {
            val read = withContext(context) { Answer(isThere = true, read()).takeUnless { isBlind() } }
            if (read != null) {
                kept[name] = read
                value = read
            }
        }
        return answer.value
    }

    /** Forgets everything: somebody else may be here now. */
    fun clear() = kept.clear()
}

/** Where a screen reads. */
val LocalReads = staticCompositionLocalOf { Reads() }
