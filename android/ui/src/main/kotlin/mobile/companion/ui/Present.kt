// The screen of a route, with what it draws and what it calls.

package mobile.companion.ui

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import mobile.companion.FrameView
import mobile.companion.HelpTopic
import mobile.companion.InvoicesView
import mobile.companion.Place
import mobile.companion.SpokenText
import mobile.companion.ui.gettingstarted.EsimScreen
import mobile.companion.ui.gettingstarted.GettingStartedScreen
import mobile.companion.ui.help.ArticleScreen
import mobile.companion.ui.help.Contacts
import mobile.companion.ui.help.HelpScreen
import mobile.companion.ui.help.Pages
import mobile.companion.ui.invoices.ClaimScreen
import mobile.companion.ui.invoices.InvoiceScreen
import mobile.companion.ui.invoices.InvoicesScreen
import mobile.companion.ui.invoices.LinesScreen
import mobile.companion.ui.invoices.RunningScreen
import mobile.companion.ui.model.Answer
import mobile.companion.ui.model.AppModel
import mobile.companion.ui.model.LocalReads
import mobile.companion.ui.more.MoreScreen
import mobile.companion.ui.navigation.BackStack
import mobile.companion.ui.navigation.Route
import mobile.companion.ui.notifications.NotificationsScreen
import mobile.companion.ui.parts.Screen
import mobile.companion.ui.parts.Skeleton
import mobile.companion.ui.parts.plain
import mobile.companion.ui.pay.PayScreen
import mobile.companion.ui.settings.SettingsScreen
import mobile.companion.ui.sim.SimScreen
import mobile.companion.ui.theme.LocalLabels
import mobile.companion.ui.usage.HistoryScreen
import mobile.companion.ui.usage.PlanScreen
import mobile.companion.ui.usage.UsageScreen
import mobile.companion.ui.wificalling.WifiCallingScreen

@Composable
internal fun Present(model: AppModel, stack: BackStack, problem: @Composable () -> Unit) {
    // What one screen remembers, such as how far it was scrolled, is not the next one's; it is there again on the way back.
    LocalScreenStates.current.Top(stack) {
        when (val route = stack.top) {
            is Route.At -> PlaceScreen(model, route.place, problem)
            is Route.History -> History(model, route, problem)
            is Route.Invoice, is Route.InvoiceLines, is Route.Pay, is Route.Claim, Route.RunningCosts ->
                InvoiceParts(model, route, problem)

            is Route.Esim -> Esim(model, route, problem)
            is Route.Article -> Article(model, route, problem)
        }
    }
}

@Composable
private fun PlaceScreen(model: AppModel, place: Place, problem: @Composable () -> Unit) {
    val frame by model.frame.collectAsState()
    val stack by model.stack.collectAsState()
    val title = frame.nameOf(place)
    val back = if (stack.canGoBack) model::back else null
    val rooms = model.rooms
    when (place) {
        Place.USAGE -> {
            val view by model.usage.collectAsState()
            val chosen by rooms.usage.chosen.collectAsState()
            UsageScreen(title, view, chosen, model.help(HelpTopic.USAGE), rooms.usage, model::open, problem)
        }

        Place.PLAN -> {
            val view by model.usage.collectAsState()
            PlanScreen(title, view, model.help(HelpTopic.PLAN), rooms.usage, model::open, back, problem)
        }

        Place.INVOICES -> {
            val view by model.invoices.collectAsState()
            InvoicesScreen(title, view, model.help(HelpTopic.INVOICES), rooms.invoices, model::open, problem)
        }

        Place.WIFI_CALLING -> {
            val view by model.wifiCalling.collectAsState()
            WifiCallingScreen(title, view, model.help(HelpTopic.WIFI_CALLING), rooms.wifiCalling, model::open, problem)
        }

        Place.NOTIFICATIONS -> {
            val view by model.preferences.collectAsState()
            val alerts by model.alerts.collectAsState()
            NotificationsScreen(
                title, view, alerts, model.help(HelpTopic.ALERTS), rooms.notifications, model::open, back, problem,
            )
        }

        Place.GETTING_STARTED -> {
            val view by model.activation.collectAsState()
            GettingStartedScreen(
                title, view, model.help(HelpTopic.GETTING_STARTED), rooms.gettingStarted, model::open, back, problem,
            )
        }

        Place.SIM -> {
            val view by model.activation.collectAsState()
            val secret by rooms.sim.secret.collectAsState()
            val isCopied by rooms.sim.copy.collectAsState()
            SimScreen(title, view, secret, isCopied, model.help(HelpTopic.SIM), rooms.sim, model::open, back, problem)
        }

        Place.HELP -> HelpScreen(title, model::found, model::open, back, problem) {
            Contacts(frame.contacts, model::reach)
            Pages(frame.pages, model::openPage)
        }

        Place.SETTINGS -> {
            val lock by model.lock.collectAsState()
            SettingsScreen(title, frame, lock, rooms.settings, back, problem)
        }

        Place.MORE -> MoreScreen(title, frame.more, model::open, problem)
    }
}

@Composable
private fun History(model: AppModel, route: Route.History, problem: @Composable () -> Unit) {
    val usage by model.usage.collectAsState()
    val room = model.rooms.usage
    val read = LocalReads.current.of(listOf(route), usage) { room.history(route.lineId) }
    val view = read.value
    if (view == null) {
        NotHere(plain(LocalLabels.current.history), read, model, problem)
    } else {
        HistoryScreen(view, { bucket, month -> room.days(route.lineId, bucket, month) }, model::back, problem)
    }
}

@Composable
private fun InvoiceParts(model: AppModel, route: Route, problem: @Composable () -> Unit) {
    val list by model.invoices.collectAsState()
    val room = model.rooms.invoices
    val id = when (route) {
        is Route.Invoice -> route.id
        is Route.InvoiceLines -> route.id
        is Route.Pay -> route.id
        is Route.Claim -> route.id
        else -> null
    }
    val reads = LocalReads.current
    val read = reads.of(listOf("invoice", id), list) { id?.let(room::invoice) }
    val view = read.value
    val running = list.running
    when {
        route is Route.RunningCosts && running != null -> RunningScreen(running, room, model::back, problem)
        view == null -> NotHere(nameOf(route, list, model), read, model, problem)
        route is Route.InvoiceLines -> LinesScreen(view, room, model::back, problem)
        route is Route.Claim -> ClaimScreen(view, room, model::back, problem)
        route is Route.Pay -> {
            val id = view.invoiceId
            PayScreen(id, { room.payment(id, it) }, list, room, model::back, problem)
        }
        else -> {
            val payment = reads.of(listOf("payment", id, false), list) { room.payment(view.invoiceId, false) }
            InvoiceScreen(view, payment.value, room, model::open, model::back, problem)
        }
    }
}

/** What the screen of [route] is called before the invoice was read. */
@Composable
private fun nameOf(route: Route, list: InvoicesView, model: AppModel): SpokenText {
    val labels = LocalLabels.current
    val frame by model.frame.collectAsState()
    val title = { id: String -> list.rows.find { it.invoiceId == id }?.title }
    return when (route) {
        is Route.Pay -> plain(labels.pay)
        is Route.Claim -> plain(labels.claim)
        is Route.Invoice -> title(route.id)
        is Route.InvoiceLines -> title(route.id)
        else -> null
    } ?: frame.nameOf(Place.INVOICES)
}

@Composable
private fun Esim(model: AppModel, route: Route.Esim, problem: @Composable () -> Unit) {
    val code by model.rooms.gettingStarted.code.collectAsState()
    val handover by model.rooms.gettingStarted.handover.collectAsState()
    EsimScreen(route.simId, code, handover, model.rooms.gettingStarted, model::back, problem)
}

@Composable
private fun Article(model: AppModel, route: Route.Article, problem: @Composable () -> Unit) {
    val frame by model.frame.collectAsState()
    val read = LocalReads.current.of(listOf(route)) { model.core.help().use { it.article(route.id) } }
    val article = read.value
    if (article == null) {
        NotHere(frame.nameOf(Place.HELP), read, model, problem)
    } else {
        ArticleScreen(article, model::write, model::open, model::back, problem, model::openPage)
    }
}

private fun AppModel.found(words: String) = core.help().use { it.articles(words = words) }

/** It is being read; or what was here is not any more, and the way back is left. */
@Composable
private fun NotHere(title: SpokenText, read: Answer<*>, model: AppModel, problem: @Composable () -> Unit) =
    Screen(title, model::back, problem = problem) { if (!read.isThere) Skeleton() }

private fun FrameView.nameOf(place: Place) = (bar + more).find { it.place == place }?.label ?: plain("")

@Composable
private fun AppModel.help(topic: HelpTopic) =
    LocalReads.current.of(listOf(topic)) { articles(topic) }.value.orEmpty()
