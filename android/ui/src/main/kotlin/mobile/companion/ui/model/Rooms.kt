// What each screen calls, and what happens when one is entered.

package mobile.companion.ui.model

import kotlinx.coroutines.launch
import mobile.companion.Place
import mobile.companion.ui.navigation.Route
import mobile.companion.ui.usage.UsageModel

internal class Rooms(private val app: AppModel) {
    val usage = UsageModel(app)

    /** Asks for what is no longer good of the screen that was entered. */
    fun entered(route: Route) {
        app.scope.launch {
            when (route) {
                is Route.At -> app.quietly { entered(route.place) }
                else -> Unit
            }
        }
    }

    private suspend fun entered(place: Place) {
        when (place) {
            Place.USAGE, Place.PLAN -> app.core.usage().refreshIfDue(null)
            else -> Unit
        }
    }
}
