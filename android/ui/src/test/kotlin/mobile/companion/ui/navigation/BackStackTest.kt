// The way a person came, kept as a text.

package mobile.companion.ui.navigation

import mobile.companion.FrameView
import mobile.companion.Palette
import mobile.companion.Place
import mobile.companion.PlaceView
import mobile.companion.SpokenText
import org.junit.jupiter.api.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

class BackStackTest {
    private val frame = frame(Place.USAGE, Place.INVOICES, Place.MORE)

    @Test
    fun `every way is read back as it was kept`() {
        val ways = listOf(
            listOf(Route.At(Place.USAGE)),
            listOf(Route.At(Place.USAGE), Route.History("line/1:2 %é")),
            listOf(Route.At(Place.INVOICES), Route.Invoice("a"), Route.InvoiceLines("a")),
            listOf(Route.At(Place.INVOICES), Route.Invoice("a"), Route.Pay("a")),
            listOf(Route.At(Place.INVOICES), Route.Invoice("a"), Route.Claim("a")),
            listOf(Route.At(Place.INVOICES), Route.RunningCosts),
            listOf(Route.At(Place.MORE), Route.At(Place.HELP), Route.Article("keep-number")),
            listOf(Route.At(Place.MORE), Route.At(Place.SIM), Route.Esim("")),
        )
        for (way in ways) assertEquals(way, BackStack.of(BackStack(way).text(), frame).routes)
    }

    @Test
    fun `a text of another version leads to the first place, or as far as it is known`() {
        val start = listOf(Route.At(Place.USAGE))
        for (text in listOf(null, "", "/", "elsewhere", "invoice:a", "wifi_calling", "history:%zz", ":", "usage:")) {
            assertEquals(start, BackStack.of(text, frame).routes, "$text")
        }
        assertEquals(listOf(Route.At(Place.INVOICES)), BackStack.of("invoices/hologram:1", frame).routes)
        assertEquals(start, BackStack.of("usage/wifi_calling/invoice:a", frame).routes, "a place that is gone")
    }

    @Test
    fun `a long way is kept as far as it goes in`() {
        val way = List(60) { Route.Invoice("0123456789-0123456789-$it") }
        val text = BackStack(listOf(Route.At(Place.INVOICES)) + way).text()
        assertTrue(text.length in 900..BackStack.LONGEST)
        assertTrue(BackStack.of(text, frame).routes.size > 20)
    }

    @Test
    fun `a screen that lies before already is gone back to`() {
        val way = BackStack.start(frame).open(Route.Article("a")).open(Route.Article("b")).open(Route.Article("a"))
        assertEquals(listOf(Route.At(Place.USAGE), Route.Article("a")), way.routes)
        assertEquals(BackStack.start(frame), way.back())
        assertEquals(BackStack.start(frame), way.back().back())
    }

    @Test
    fun `a place that is not in the bar belongs to the last one`() {
        assertEquals(Place.MORE, BackStack.start(frame).to(Place.HELP, frame).placeIn(frame))
        assertEquals(Place.INVOICES, BackStack.start(frame).to(Place.INVOICES, frame).placeIn(frame))
        assertEquals(Place.INVOICES, BackStack.start(frame).to(Place.INVOICES, frame).open(Route.Pay("a")).placeIn(frame))
    }

    @Test
    fun `a place that came to the bar is marked there, also by whoever went to it behind the last one`() {
        val way = BackStack.start(frame).to(Place.GETTING_STARTED, frame)
        assertEquals(Place.MORE, way.placeIn(frame))
        assertEquals(Place.GETTING_STARTED, way.placeIn(frame(Place.GETTING_STARTED, Place.USAGE, Place.MORE)))
    }

    @Test
    fun `what is locked is secret, and what is locked later is in no picture of recent apps`() {
        val usage = Route.At(Place.USAGE)
        val vectors = listOf(
            secrecyOf(usage, isLockOn = false, isLocked = false, isCovered = false) to Secrecy(false, isInRecents = true),
            secrecyOf(usage, isLockOn = true, isLocked = false, isCovered = false) to Secrecy(false, isInRecents = false),
            secrecyOf(usage, isLockOn = true, isLocked = true, isCovered = false) to Secrecy(true, isInRecents = false),
            secrecyOf(usage, isLockOn = false, isLocked = false, isCovered = true) to Secrecy(false, isInRecents = false),
            secrecyOf(Route.Pay(""), isLockOn = false, isLocked = false, isCovered = false) to
                Secrecy(false, isInRecents = false),
            secrecyOf(Route.Esim(""), isLockOn = false, isLocked = false, isCovered = false) to
                Secrecy(true, isInRecents = false),
        )
        for ((found, expected) in vectors) assertEquals(expected, found)
    }

    @Test
    fun `only screens of PIN, PUK and eSIM are kept out of screenshots, and invoices out of the recent apps`() {
        val places = Place.entries.map { Route.At(it) }
        assertEquals(listOf(Route.At(Place.GETTING_STARTED), Route.At(Place.SIM)), places.filter { it.isSecret })
        assertTrue(Route.Esim("").isSecret)
        assertTrue(listOf(Route.Invoice(""), Route.Pay(""), Route.RunningCosts).all { it.isPrivate && !it.isSecret })
    }

    private fun frame(vararg bar: Place): FrameView {
        val none =
            Palette(0u, 0u, 0u, 0u, 0u, 0u, 0u, 0u, 0u, 0u, 0u, 0u, 0u, 0u, 0u, 0u, 0u, 0u, 0u, 0u, 0u, 0u, 0u, 0u, 0u)
        val view = { place: Place -> SpokenText(place.name, place.name).let { PlaceView(place, it, it) } }
        val views = { places: List<Place> -> places.map(view) }
        val more = views(listOf(Place.SIM, Place.HELP))
        return FrameView("Example", views(bar.toList()), more, emptyList(), emptyList(), none, none, null, "1")
    }
}
