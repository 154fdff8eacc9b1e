// The way a person came, as plain state: nothing of it is lost when the app is ended, for it is one short text.

package mobile.companion.ui.navigation

import mobile.companion.FrameView
import mobile.companion.Place

/** The screens one lies over, the present one last; never empty. */
data class BackStack(val routes: List<Route>) {
    /** The present screen. */
    val top: Route get() = routes.last()

    /** Whether there is a screen before. */
    val canGoBack: Boolean get() = routes.size > 1

    /** Which place of [frame]'s bar the present screen belongs to. */
    fun placeIn(frame: FrameView): Place {
        val bar = frame.bar.map { it.place }
        // A place may have come to the bar since the person went there.
        return routes.mapNotNull { (it as? Route.At)?.place }.lastOrNull { it in bar } ?: Place.MORE
    }

    /** Goes to a screen; to one that lies before already by going back. */
    fun open(route: Route): BackStack {
        val before = routes.indexOf(route)
        return BackStack(if (before >= 0) routes.take(before + 1) else routes + route)
    }

    /** Goes to a place of the bar, or behind its last one, and leaves everything else. */
    fun to(place: Place, frame: FrameView): BackStack {
        val inBar = frame.bar.any { it.place == place }
        return BackStack(if (inBar) listOf(Route.At(place)) else listOf(Route.At(Place.MORE), Route.At(place)))
    }

    /** Goes back by one; stays where nothing is before. */
    fun back(): BackStack = if (canGoBack) BackStack(routes.dropLast(1)) else this

    /** As a text for [of]: at most [LONGEST] bytes, else as much of the way's beginning as goes in. */
    fun text(): String {
        val words = routes.map { it.word() }
        val fitting = words.indices.map { words.take(it + 1).joinToString("/") }.takeWhile { it.length <= LONGEST }
        return fitting.lastOrNull().orEmpty()
    }

    companion object {
        /** What the core keeps at most. Every character of a kept text is one byte. */
        const val LONGEST = 1_024

        /** The first place of the bar. */
        fun start(frame: FrameView) = BackStack(listOf(Route.At(frame.bar.first().place)))

        /** The way that [text] tells, without the places that [frame] does not have (any more); else the first place. */
        fun of(text: String?, frame: FrameView): BackStack {
            val places = (frame.bar + frame.more).map { it.place }
            val routes = text.orEmpty().split('/').mapNotNull { Route.of(it) }
            val there = routes.takeWhile { it !is Route.At || it.place in places }
            return if (there.firstOrNull() is Route.At) BackStack(there) else start(frame)
        }
    }
}
