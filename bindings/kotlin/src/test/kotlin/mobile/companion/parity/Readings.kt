// Everything a phone can read of the core when a scene ends, room by room.

package mobile.companion.parity

import kotlinx.coroutines.flow.first
import mobile.companion.ClaimWish
import mobile.companion.EsimReadiness
import mobile.companion.InvoiceSection
import mobile.companion.Problem
import mobile.companion.activationViews
import mobile.companion.alertsViews
import mobile.companion.appLockViews
import mobile.companion.frameViews
import mobile.companion.invoicesViews
import mobile.companion.nameOf
import mobile.companion.preferencesViews
import mobile.companion.sessionViews
import mobile.companion.usageViews
import mobile.companion.widgetView
import mobile.companion.wifiCallingViews
import java.nio.file.Path

/** [folder] is where the core keeps its files. */
suspend fun Player.readEverything(folder: Path) {
    walk.add(core.sessionViews().first(), "session")
    walk.add(core.appLockViews().first(), "appLock")
    walk.add(core.frameViews().first(), "frame")
    walk.add(core.labels(), "labels")
    readUsage(folder)
    readInvoices()
    walk.add(core.preferencesViews().first(), "preferences")
    readAlerts()
    walk.add(core.wifiCallingViews().first(), "wifiCalling")
    walk.add(core.wifiCalling().report(), "wifiCalling.report")
    readActivation()
    readHelp()
}

private suspend fun Player.readUsage(folder: Path) {
    val room = core.usage()
    walk.add(core.usageViews().first(), "usage")
    room.state().lines.forEachIndexed { index, line ->
        val history = room.history(line.lineId)
        walk.add(history, "usage.history[$index]")
        val bucket = history?.buckets?.firstOrNull()
        val month = bucket?.months?.firstOrNull()
        if (bucket != null && month != null) {
            walk.add(room.historyDays(line.lineId, bucket.bucketId, month.month), "usage.historyDays[$index]")
        }
    }
    walk.add(widgetView(folder.toString(), phone.clock.now().wallMs), "widget")
}

private suspend fun Player.readInvoices() {
    val room = core.invoices()
    walk.add(core.invoicesViews().first(), "invoices")
    walk.add(room.runningLines(0u), "invoices.runningLines")
    room.state().rows.mapNotNull { it.invoiceId }.forEachIndexed { index, id ->
        val place = "invoices.invoice[$index]"
        val lines = room.lines(id, InvoiceSection.OUT_OF_BUNDLE, 0u)
        walk.add(room.invoice(id), place)
        walk.add(room.payment(id, false), "$place.payment")
        walk.add(room.payment(id, true), "$place.paymentAsText")
        walk.add(room.lines(id, InvoiceSection.DETAIL, 0u), "$place.detail")
        walk.add(lines, "$place.outOfBundle")
        read("$place.claim") { room.claim(id, ClaimWish(lines.map { it.lineId }, "Paris", true)) }
        lines.firstOrNull()?.let { line -> read("$place.dispute") { room.dispute(id, line.lineId) } }
    }
}

private suspend fun Player.readAlerts() {
    walk.add(core.alertsViews().first(), "alerts")
    walk.add(core.alerts().tryOne(), "alerts.tryOne")
}

private suspend fun Player.readActivation() {
    val room = core.activation()
    walk.add(core.activationViews().first(), "activation")
    walk.add(room.shownSecret(), "activation.secret")
    val code = try {
        room.esimCode()
    } catch (_: Problem) {
        null
    }
    walk.add(code, "activation.code")
    if (code == null) return
    walk.add(room.handover(handset.esim, EsimReadiness(takesEsim = true, onWifi = true)), "activation.handover")
}

private fun Player.readHelp() {
    val help = core.help()
    val articles = help.articles()
    walk.add(articles, "help")
    articles.forEachIndexed { index, summary ->
        val article = help.article(summary.id)
        walk.add(article, "help.article[$index]")
        article?.request?.let { walk.add(core.prepareRequest(it, null), "help.article[$index].letter") }
    }
}

/** What it cannot be is said as well. */
private fun Player.read(place: String, reading: () -> Any?) {
    try {
        walk.add(reading(), place)
    } catch (problem: Problem) {
        walk.add(nameOf(problem), place)
    }
}
