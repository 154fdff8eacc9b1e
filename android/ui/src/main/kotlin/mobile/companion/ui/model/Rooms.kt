// What each screen calls, and what happens when one is entered.

package mobile.companion.ui.model

import kotlinx.coroutines.launch
import mobile.companion.Place
import mobile.companion.ui.gettingstarted.GettingStartedModel
import mobile.companion.ui.invoices.InvoicesModel
import mobile.companion.ui.navigation.Route
import mobile.companion.ui.notifications.NotificationsModel
import mobile.companion.ui.settings.SettingsModel
import mobile.companion.ui.sim.SimModel
import mobile.companion.ui.usage.UsageModel
import mobile.companion.ui.wificalling.WifiCallingModel

internal class Rooms(private val app: AppModel) {
    val usage = UsageModel(app)
    val notifications = NotificationsModel(app)
    val invoices = InvoicesModel(app)
    val wifiCalling = WifiCallingModel(app)
    val gettingStarted = GettingStartedModel(app)
    val sim = SimModel(app)
    val settings = SettingsModel(app)

    /** Asks for what is no longer good of the screen that was entered. */
    fun entered(route: Route) {
        app.scope.launch { app.quietly { ask(route) } }
    }

    private suspend fun ask(route: Route) {
        when (route) {
            is Route.At -> ask(route.place)
            is Route.Invoice -> invoices.entered(route.id)
            is Route.Esim -> gettingStarted.entered()
            else -> Unit
        }
    }

    private suspend fun ask(place: Place) {
        val core = app.core
        when (place) {
            Place.USAGE, Place.PLAN -> core.usage().use { it.refreshIfDue(null) }
            Place.INVOICES -> core.invoices().use { it.refreshIfDue(null) }
            Place.WIFI_CALLING -> wifiCalling.entered()
            Place.NOTIFICATIONS -> core.preferences().use { it.refreshIfDue(null) }
            Place.GETTING_STARTED, Place.SIM -> core.activation().use { it.refreshIfDue(null) }
            Place.HELP, Place.SETTINGS, Place.MORE -> Unit
        }
    }
}
