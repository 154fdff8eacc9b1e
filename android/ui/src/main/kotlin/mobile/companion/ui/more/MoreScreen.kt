// Everything that has no place of its own at the bottom.

package mobile.companion.ui.more

import androidx.compose.runtime.Composable
import mobile.companion.PlaceView
import mobile.companion.SpokenText
import mobile.companion.ui.icon
import mobile.companion.ui.navigation.Route
import mobile.companion.ui.parts.LinkRow
import mobile.companion.ui.parts.Screen
import mobile.companion.ui.parts.Section

/** The places behind the last one of the bar. */
@Composable
fun MoreScreen(title: SpokenText, places: List<PlaceView>, open: (Route) -> Unit, problem: @Composable () -> Unit = {}) {
    Screen(title, problem = problem) {
        Section { places.forEach { LinkRow(it.label, { open(Route.At(it.place)) }, icon = it.place.icon()) } }
    }
}
