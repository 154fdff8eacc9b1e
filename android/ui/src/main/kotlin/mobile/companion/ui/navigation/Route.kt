// Where a person can be, as a word each: so that it can be kept while the app is ended, and read back by a later version.

package mobile.companion.ui.navigation

import mobile.companion.Place
import java.net.URLDecoder
import java.net.URLEncoder

/** A screen, with what it is of. Nothing secret: it is written down. */
sealed interface Route {
    /** A place of the bar, or one behind its last one. */
    data class At(val place: Place) : Route

    /** The months and days of a line. */
    data class History(val lineId: String) : Route

    /** One invoice. */
    data class Invoice(val id: String) : Route

    /** The lines of an invoice. */
    data class InvoiceLines(val id: String) : Route

    /** The costs that are on no invoice yet. */
    data object RunningCosts : Route

    /** The ways to pay an invoice. */
    data class Pay(val id: String) : Route

    /** Choosing lines to claim from the employer. */
    data class Claim(val id: String) : Route

    /** The code of an eSIM on its way into the phone. */
    data class Esim(val simId: String) : Route

    /** A help article. */
    data class Article(val id: String) : Route

    companion object
}

/** Whether a screen is there also while nobody is signed in: help. */
internal val Route.needsNobody: Boolean get() = this is Route.Article || this == Route.At(Place.HELP)

/** The route as one word: its name, and after a colon what it is of, percent-encoded. */
internal fun Route.word(): String = when (this) {
    is Route.At -> place.name.lowercase()
    is Route.History -> "history:${lineId.encoded()}"
    is Route.Invoice -> "invoice:${id.encoded()}"
    is Route.InvoiceLines -> "lines:${id.encoded()}"
    Route.RunningCosts -> "running"
    is Route.Pay -> "pay:${id.encoded()}"
    is Route.Claim -> "claim:${id.encoded()}"
    is Route.Esim -> "esim:${simId.encoded()}"
    is Route.Article -> "article:${id.encoded()}"
}

/** The route of a word; nothing of one that this version does not know. */
internal fun Route.Companion.of(word: String): Route? {
    val name = word.substringBefore(':')
    if (name == word) {
        if (word == "running") return Route.RunningCosts
        return Place.entries.find { it.name.lowercase() == word }?.let(Route::At)
    }
    val of = word.substringAfter(':').decoded() ?: return null
    return when (name) {
        "history" -> Route.History(of)
        "invoice" -> Route.Invoice(of)
        "lines" -> Route.InvoiceLines(of)
        "pay" -> Route.Pay(of)
        "claim" -> Route.Claim(of)
        "esim" -> Route.Esim(of)
        "article" -> Route.Article(of)
        else -> null
    }
}

private fun String.encoded(): String = URLEncoder.encode(this, "UTF-8")

private fun String.decoded(): String? =
    try {
        URLDecoder.decode(this, "UTF-8")
    } catch (_: IllegalArgumentException) {
        null
    }
