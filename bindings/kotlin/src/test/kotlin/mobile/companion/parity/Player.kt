// The steps of a scene.

package mobile.companion.parity

import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import mobile.companion.CancelToken
import mobile.companion.DownloadProgress
import mobile.companion.DownloadState
import mobile.companion.NotificationPermission
import mobile.companion.NotificationSettings
import mobile.companion.OwnThreshold
import mobile.companion.Phone
import mobile.companion.PreferenceSwitchView
import mobile.companion.Problem
import mobile.companion.Sandbox
import mobile.companion.SimSecretKind
import mobile.companion.TypedThreshold
import mobile.companion.check
import mobile.companion.nameOf
import mobile.companion.refresh
import mobile.companion.refreshInvoice
import mobile.companion.reveal
import mobile.companion.start
import mobile.companion.switchOn
import mobile.companion.text
import kotlin.test.assertEquals
import kotlin.test.assertNull
import kotlin.test.fail

class Player(private val sandbox: Sandbox, val phone: Phone, val handset: Lent) {
    val walk = Walk()
    val core get() = phone.core

    /** A step that names a problem fails with it; any other succeeds. */
    suspend fun play(step: JsonObject, place: String) {
        try {
            act(step, place)
            assertNull(step["fails"], "$place does not fail")
        } catch (problem: Problem) {
            assertEquals(step["fails"]?.jsonPrimitive?.content, nameOf(problem), "$place: $problem")
            walk.add(nameOf(problem), "$place.problem")
            walk.add(core.explain(problem), "$place.explained")
        }
    }

    private suspend fun act(step: JsonObject, place: String) {
        val isPlayed = actAround(step, place) || actInRooms(step, place)
        if (!isPlayed) fail("$place is no step this player knows: ${step.text("do")}")
    }

    private suspend fun actAround(step: JsonObject, place: String): Boolean {
        when (step.text("do")) {
            "operator" -> operate(step.text("action"), step.getValue("body").jsonObject)

            "pass" -> pass(step.getValue("seconds").jsonPrimitive.long)

            "reopen" -> phone.reopen()

            "sign_in" -> phone.signIn(sandbox.person(step.text("person")), sandbox)

            "begin_sign_in" -> core.session().start()

            "invitation" -> walk.add(core.session().invitation(step.text("code")), "$place.invitation")

            "sign_out" -> walk.add(core.session().signOut(), "$place.signedOut")

            "lock" -> {
                core.appLock().turnOn()
                core.appLock().lock()
            }

            else -> return false
        }
        return true
    }

    private suspend fun actInRooms(step: JsonObject, place: String): Boolean {
        val isPlayed = actOnAlerts(step, place) || actOnWifiCalling(step, place)
        if (isPlayed) return true
        when (step.text("do")) {
            "ask" -> ask(step["room"]?.jsonPrimitive?.content)

            "download" -> download(step["pauseAfterBytes"]?.jsonPrimitive?.long)

            "mark_paid" -> core.invoices().markPaid(document(), true)

            "turn" -> {
                core.preferences().set(found(step).preferenceId, step.getValue("on").jsonPrimitive.boolean)
                awaitPhase(step)
            }

            "threshold" -> {
                core.preferences().setThreshold(found(step).preferenceId, step.text("percent"))
                awaitPhase(step)
            }

            "reveal" -> {
                val kind = if (step.text("kind") == "puk") SimSecretKind.PUK else SimSecretKind.PIN
                core.activation().reveal(core.activation().state().sims.first().id, kind)
            }

            "tell" -> {
                val line = core.activation().state().lines.first()
                core.activation().tell(line.id, line.now.answers.first().id)
            }

            "read_code" -> walk.add(core.activation().readCode(step.text("text"), null), "$place.code")

            else -> return false
        }
        return true
    }

    private suspend fun actOnAlerts(step: JsonObject, place: String): Boolean {
        when (step.text("do")) {
            "notifications" -> {
                val isDenied = step.text("permission") == "denied"
                val permission = if (isDenied) NotificationPermission.DENIED else NotificationPermission.GRANTED
                core.preferences().setNotificationSettings(NotificationSettings(permission))
            }

            "own_thresholds" -> setOwnThresholds(step)

            "quiet_hours" -> core.alerts().setQuietHours(
                step.getValue("from").jsonPrimitive.int.toUShort(),
                step.getValue("to").jsonPrimitive.int.toUShort(),
            )

            "post_alerts" -> {
                val due = core.alerts().dueAlerts()
                for (alert in due) core.alerts().posted(alert.id)
                walk.add(due, "$place.alert")
            }

            else -> return false
        }
        return true
    }

    private suspend fun actOnWifiCalling(step: JsonObject, place: String): Boolean {
        val room = core.wifiCalling()
        when (step.text("do")) {
            "walk" -> answer(
                step.getValue("answers").jsonPrimitive.int,
                step["last"]?.jsonPrimitive?.boolean == true,
                place,
            )

            "order" -> order(step["seconds"]?.jsonPrimitive?.long)

            "tell_facts" -> room.tell(handset.facts)

            "name_place" -> room.namePlace(step.text("place"))

            "check" -> room.check()

            "entitlement" -> {
                val document = step.text("document").encodeToByteArray()
                walk.add(room.entitlement(document), "$place.entitlement")
            }

            else -> return false
        }
        return true
    }

    private fun operate(action: String, body: JsonObject) {
        when (action) {
            "faults" -> sandbox.faults(body)
            "end-sessions" -> sandbox.endSessions(body.text("person"))
            "second-device" -> sandbox.chooseElsewhere(body.text("person"), body.text("threshold").toInt())
            "activation" -> sandbox.activation(body.text("person"), body.text("event"))
            else -> fail("nothing this operator can do: $action")
        }
    }

    private suspend fun ask(room: String?) {
        if (room == null) core.wifiCalling().tell(handset.facts)
        if (room == null || room == "usage") core.usage().refresh()
        if (room == null || room == "invoices") askForInvoices(room == null)
        if (room == null || room == "preferences") core.preferences().refresh()
        if (room == null || room == "wifi_calling") core.wifiCalling().refresh()
        if (room == null || room == "activation") core.activation().refresh()
    }

    private suspend fun askForInvoices(each: Boolean) {
        core.invoices().refresh(null)
        if (!each) return
        for (id in core.invoices().state().rows.mapNotNull { it.invoiceId }) core.invoices().refreshInvoice(id)
    }

    private fun pass(seconds: Long) {
        phone.clock.advance(seconds)
        sandbox.advance(seconds)
    }

    private fun document(): String = core.invoices().state().rows.firstNotNullOf { it.invoiceId }

    /** Leaves it where it is once so much of it is here, if that is told. */
    private suspend fun download(pauseAfter: Long?) = CancelToken().use { token ->
        val pause = object : DownloadProgress {
            override fun moved(bytes: ULong, total: ULong?) {
                if (pauseAfter != null && bytes >= pauseAfter.toULong()) token.cancel()
            }
        }
        try {
            core.invoices().download(document(), false, pause, token)
        } finally {
            // The transfer itself ends after whoever asked for it went away.
            while (core.invoices().state().rows.any { it.document is DownloadState.Downloading }) delay(20)
        }
    }

    private fun found(step: JsonObject): PreferenceSwitchView {
        val topics = core.preferences().state().lines.flatMap { it.topics }
        val topic = topics.first { Walk.plain(it.topic.name) == step.text("topic") }
        return topic.switches.first { Walk.plain(it.channel.name) == step.text("channel") }
    }

    private suspend fun awaitPhase(step: JsonObject) {
        while (Walk.plain(found(step).phase.name) != step.text("until")) delay(20)
    }

    private suspend fun setOwnThresholds(step: JsonObject) {
        val numbers = { name: String -> step.getValue(name).jsonArray.map { it.jsonPrimitive.int } }
        val thresholds = numbers("shares").map { OwnThreshold.Share(it.toUShort()) } +
            numbers("costs").map { OwnThreshold.Costs(it.toUInt()) } +
            numbers("every").map { OwnThreshold.EveryCosts(it.toUInt()) }
        core.alerts().setOwnThresholds(thresholds, step["typed"]?.let { TypedThreshold.Share(it.jsonPrimitive.content) })
    }

    /** As far as it goes, by the first answer or by the last; what each step says is read. */
    private suspend fun answer(times: Int, last: Boolean, place: String) {
        val room = core.wifiCalling()
        repeat(times) { turn ->
            val view = room.state()
            walk.add(view, "$place.walk[$turn]")
            val step = view.step.takeIf { view.works == null } ?: return
            val answer = (if (last) step.answers.lastOrNull() else step.answers.firstOrNull()) ?: return
            room.answer(step.id, answer.id)
        }
    }

    /** Time passes once the order was looked at, where the operator takes some. */
    private suspend fun order(seconds: Long?) = coroutineScope {
        val ordered = async { core.wifiCalling().switchOn() }
        if (seconds != null) {
            while (sandbox.requests("/tmf-api/serviceOrdering") < 2) delay(50)
            pass(seconds)
        }
        ordered.await()
    }
}
