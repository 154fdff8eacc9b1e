// Claims as far as they are written: they outlive their screen until they were handed on, or somebody else is here.

package mobile.companion.ui.invoices

import androidx.compose.runtime.mutableStateMapOf
import androidx.compose.runtime.staticCompositionLocalOf
import mobile.companion.ClaimWish

/** What was chosen and typed of claims, by the id of their invoice. Main thread only. */
class Claims {
    private val wishes = mutableStateMapOf<String, ClaimWish>()
    private val handedOn = HashSet<String>()

    internal operator fun get(id: String) = wishes[id] ?: ClaimWish(emptyList(), "", false)

    /** One that is changed after it was handed on is a new one. */
    internal operator fun set(id: String, wish: ClaimWish) {
        wishes[id] = wish
        handedOn -= id
    }

    /** It was handed on: it is gone with its screen. */
    internal fun handOn(id: String) {
        handedOn += id
    }

    /** Forgets those that were handed on, but of the invoices that are still [open]. */
    internal fun leave(open: Set<String>) {
        val over = handedOn - open
        wishes -= over
        handedOn -= over
    }

    /** Forgets them. */
    internal fun clear() {
        wishes.clear()
        handedOn.clear()
    }
}

/** Where claims are written. */
val LocalClaims = staticCompositionLocalOf { Claims() }
