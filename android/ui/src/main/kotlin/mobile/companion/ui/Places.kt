// The places of the app: a bar at the bottom of a phone, a rail at the side of a large window.

package mobile.companion.ui

import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.automirrored.outlined.HelpOutline
import androidx.compose.material.icons.outlined.DataUsage
import androidx.compose.material.icons.outlined.Description
import androidx.compose.material.icons.outlined.Flag
import androidx.compose.material.icons.outlined.MoreHoriz
import androidx.compose.material.icons.outlined.Notifications
import androidx.compose.material.icons.outlined.ReceiptLong
import androidx.compose.material.icons.outlined.Settings
import androidx.compose.material.icons.outlined.SimCard
import androidx.compose.material.icons.outlined.WifiCalling3
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.NavigationBar
import androidx.compose.material3.NavigationBarItem
import androidx.compose.material3.NavigationRail
import androidx.compose.material3.NavigationRailItem
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.layout.layout
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.Density
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import androidx.compose.ui.unit.sp
import mobile.companion.Place
import mobile.companion.PlaceView
import mobile.companion.ui.parts.WholeWords

/** The names in the bar do not grow: the title of the screen says the same, as large as the person wants. */
private const val SCALE = 1f

/** Between two places of a bar is a gap, which a long name may use. */
private val INTO_THE_GAP = 6.dp

/** The places at the bottom. */
@Composable
internal fun PlacesBar(places: List<PlaceView>, chosen: Place, open: (Place) -> Unit) {
    NavigationBar {
        places.forEach { view ->
            NavigationBarItem(
                selected = view.place == chosen,
                onClick = { open(view.place) },
                icon = { Icon(view.place.icon(), null) },
                label = { PlaceName(view) },
                modifier = Modifier.semantics { contentDescription = view.label.spoken },
            )
        }
    }
}

/** The places at the side. */
@Composable
internal fun Rail(places: List<PlaceView>, chosen: Place, open: (Place) -> Unit) {
    NavigationRail(Modifier.verticalScroll(rememberScrollState())) {
        Spacer(Modifier.height(8.dp))
        places.forEach { view ->
            NavigationRailItem(
                selected = view.place == chosen,
                onClick = { open(view.place) },
                icon = { Icon(view.place.icon(), null) },
                label = { PlaceName(view) },
                modifier = Modifier.semantics { contentDescription = view.label.spoken },
            )
        }
    }
}

@Composable
private fun PlaceName(view: PlaceView) {
    val density = LocalDensity.current
    CompositionLocalProvider(LocalDensity provides Density(density.density, SCALE)) {
        val style = MaterialTheme.typography.labelMedium.copy(fontSize = 11.sp, letterSpacing = 0.sp, lineHeight = 13.sp)
        WholeWords(view.short.text, style, Modifier.reaching(INTO_THE_GAP), TextAlign.Center)
    }
}

/** May be so much wider than its place, half of it on either side. */
private fun Modifier.reaching(beyond: Dp) = layout { measurable, constraints ->
    val wide = constraints.copy(maxWidth = constraints.maxWidth + beyond.roundToPx())
    val placeable = measurable.measure(wide)
    layout(minOf(placeable.width, constraints.maxWidth), placeable.height) {
        placeable.place((minOf(placeable.width, constraints.maxWidth) - placeable.width) / 2, 0)
    }
}

/** What stands for a place. */
internal fun Place.icon(): ImageVector = when (this) {
    Place.GETTING_STARTED -> Icons.Outlined.Flag
    Place.USAGE -> Icons.Outlined.DataUsage
    Place.INVOICES -> Icons.Outlined.ReceiptLong
    Place.WIFI_CALLING -> Icons.Outlined.WifiCalling3
    Place.SIM -> Icons.Outlined.SimCard
    Place.NOTIFICATIONS -> Icons.Outlined.Notifications
    Place.PLAN -> Icons.Outlined.Description
    Place.HELP -> Icons.AutoMirrored.Outlined.HelpOutline
    Place.SETTINGS -> Icons.Outlined.Settings
    Place.MORE -> Icons.Outlined.MoreHoriz
}
