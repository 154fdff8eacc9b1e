// What screens remember, such as what was typed and how far one scrolled: for as long as one can come back to them.

package mobile.companion.ui

import androidx.compose.runtime.Composable
import androidx.compose.runtime.SideEffect
import androidx.compose.runtime.compositionLocalOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.SaveableStateHolder
import androidx.compose.runtime.saveable.listSaver
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.saveable.rememberSaveableStateHolder
import mobile.companion.ui.navigation.BackStack
import mobile.companion.ui.navigation.word

/** What the screens of a way remember; it outlives whatever covers them. */
internal class ScreenStates(private val holder: SaveableStateHolder, private val known: MutableSet<String>) {
    /** The present screen of [stack]. Those that one cannot go back to any more forget. */
    @Composable
    fun Top(stack: BackStack, content: @Composable () -> Unit) {
        val present = stack.routes.map { it.word() }
        SideEffect {
            known.filterNot { it in present }.forEach(holder::removeState)
            known.retainAll(present)
            known += present
        }
        holder.SaveableStateProvider(present.last(), content)
    }
}

@Composable
internal fun rememberScreenStates(): ScreenStates {
    val holder = rememberSaveableStateHolder()
    val known = rememberSaveable(saver = listSaver({ it.toList() }, { it.toMutableSet() })) { mutableSetOf<String>() }
    return remember(holder) { ScreenStates(holder, known) }
}

internal val LocalScreenStates = compositionLocalOf<ScreenStates> { error("no app around the screen") }
