// Claims as far as they are written: they outlive their screen and the phone's hunger for memory, until the person signs out.

package mobile.companion.ui.invoices

import androidx.compose.runtime.Composable
import androidx.compose.runtime.mutableStateMapOf
import androidx.compose.runtime.saveable.Saver
import androidx.compose.runtime.saveable.listSaver
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.staticCompositionLocalOf
import mobile.companion.ClaimWish

/** What was chosen and typed of claims, by the id of their invoice. */
class Claims internal constructor(written: Map<String, ClaimWish> = emptyMap()) {
    private val wishes = mutableStateMapOf<String, ClaimWish>().apply { putAll(written) }

    internal operator fun get(id: String) = wishes[id] ?: ClaimWish(emptyList(), "", false)

    internal operator fun set(id: String, wish: ClaimWish) {
        wishes[id] = wish
    }

    /** Forgets them. */
    fun clear() = wishes.clear()

    internal companion object {
        val saver: Saver<Claims, Any> = listSaver(
            { claims ->
                claims.wishes.map { (id, wish) -> listOf(id, wish.note, wish.withPrivateTexts) + wish.lineIds }
            },
            { kept -> Claims(kept.associate { it[0] as String to wish(it.drop(1)) }) },
        )

        private fun wish(kept: List<Any>): ClaimWish {
            val lines = kept.drop(2).map { it as String }
            return ClaimWish(lines, kept[0] as String, kept[1] as Boolean)
        }
    }
}

@Composable
internal fun rememberClaims(): Claims = rememberSaveable(saver = Claims.saver) { Claims() }

/** Where claims are written. */
val LocalClaims = staticCompositionLocalOf { Claims() }
