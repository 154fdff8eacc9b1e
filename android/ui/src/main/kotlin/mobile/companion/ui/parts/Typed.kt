// What a person types: kept until it is taken, also while the screen is away.

package mobile.companion.ui.parts

import androidx.compose.runtime.Composable
import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.Saver
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.runtime.staticCompositionLocalOf
import mobile.companion.Explanation
import mobile.companion.ui.model.Reply

/** The text of a field, and why it would not do, until something else is typed. */
@Stable
class Typed(text: String = "") : Reply {
    /** What was typed. */
    var text by mutableStateOf(text)
        private set

    /** Why it would not do. */
    var refusal by mutableStateOf<Explanation?>(null)
        private set

    /** Something else is typed. */
    fun type(text: String) {
        this.text = text
        refusal = null
    }

    override fun taken() = type("")

    override fun refused(why: Explanation) {
        refusal = why
    }
}

/** What is typed here, over what was [before]: the phone keeps it while the app is away or ended. */
@Composable
fun rememberTyped(before: String = ""): Typed =
    rememberSaveable(before, saver = Saver({ it.text }, { Typed(it) })) { Typed(before) }

/** As the other one, of a secret called [name]: it outlives the screen, but is never handed to the phone to be kept. */
@Composable
fun typedSecret(name: String): Typed = LocalDrafts.current.of(name)

/** Secrets as far as they were typed. Main thread only. */
class Drafts {
    private val typed = HashMap<String, Typed>()

    internal fun of(name: String) = typed.getOrPut(name) { Typed() }

    /** Forgets them. */
    fun clear() {
        typed.values.forEach { it.taken() }
        typed.clear()
    }
}

/** Where typed secrets are. */
val LocalDrafts = staticCompositionLocalOf { Drafts() }
