// What was handed to other apps: each under an unguessable name, for ten minutes, and nothing besides.

package mobile.companion.platform.sharing

import java.io.File
import java.security.SecureRandom

/** Something another app may read. */
sealed interface Copy {
    /** The name a person sees. */
    val name: String

    /** A file that the core keeps for as long as it may be read. */
    data class Document(override val name: String, val file: File) : Copy

    /** A text of a few kilobytes that is nowhere on the disk. */
    class Content(override val name: String, val bytes: ByteArray) : Copy
}

/**
 * The copies of this run of the app. [nowMs] counts time asleep. May be used from several threads.
 */
class SharedCopies(private val nowMs: () -> Long, private val random: SecureRandom = SecureRandom()) {
    private class Offer(val copy: Copy, val untilMs: Long)

    private val offers = mutableMapOf<String, Offer>()

    /** Offers a copy; what comes back is the first part of its address. */
    @Synchronized
    fun offer(copy: Copy): String {
        forgetOld()
        val token = ByteArray(TOKEN_BYTES).also(random::nextBytes).joinToString("") { "%02x".format(it) }
        offers[token] = Offer(copy, nowMs() + LIFE_MS)
        return token
    }

    /** The copy behind an address's parts, while it is offered, and only under its own name. */
    @Synchronized
    fun find(path: List<String>): Copy? {
        forgetOld()
        val (token, name) = path.takeIf { it.size == 2 } ?: return null
        return offers[token]?.copy?.takeIf { it.name == name }
    }

    private fun forgetOld() {
        val now = nowMs()
        offers.values.removeIf { it.untilMs <= now }
    }

    private companion object {
        const val TOKEN_BYTES = 16
        const val LIFE_MS = 600_000L
    }
}

/** The MIME type by a name's ending, of what the core hands out. */
fun mimeType(name: String): String = when (name.substringAfterLast('.').lowercase()) {
    "pdf" -> "application/pdf"
    "csv" -> "text/csv"
    "txt" -> "text/plain"
    else -> "application/octet-stream"
}
