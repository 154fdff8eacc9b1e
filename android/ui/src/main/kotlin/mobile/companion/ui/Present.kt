// The screen of a route, with what it draws and what it calls.

package mobile.companion.ui

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import mobile.companion.HelpTopic
import mobile.companion.Place
import mobile.companion.ui.model.AppModel
import mobile.companion.ui.navigation.Route
import mobile.companion.ui.parts.Screen
import mobile.companion.ui.usage.UsageScreen

@Composable
internal fun Present(model: AppModel, route: Route, problem: @Composable () -> Unit) {
    when (route) {
        is Route.At -> Present(model, route.place, problem)
        else -> Unit
    }
}

@Composable
private fun Present(model: AppModel, place: Place, problem: @Composable () -> Unit) {
    val frame by model.frame.collectAsState()
    val title = (frame.bar + frame.more).find { it.place == place }?.label?.text.orEmpty()
    when (place) {
        Place.USAGE -> {
            val view by model.usage.collectAsState()
            val chosen by model.rooms.usage.chosen.collectAsState()
            UsageScreen(title, view, chosen, articles(model, HelpTopic.USAGE), model.rooms.usage, model::open, problem)
        }

        else -> Screen(title) { problem() }
    }
}

@Composable
private fun articles(model: AppModel, topic: HelpTopic) = remember(model, topic) { model.articles(topic) }
