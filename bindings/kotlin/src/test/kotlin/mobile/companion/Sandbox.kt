// The embedded operator, driven through its control API. Started by `tests/run kotlin`, which says where it listens.

package mobile.companion

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse.BodyHandlers
import kotlin.io.path.Path
import kotlin.io.path.readText

data class Person(val number: String, val password: String)

/** A fresh scene: people, data, faults and the clock start over. */
class Sandbox(scene: JsonObject) {
    private val control = whereItListens()
    private val answer = post("scene", scene)

    val profile: String = answer.getValue("profile").toString()

    private val people = answer.getValue("people").jsonArray.map { it.jsonObject }.associate {
        it.text("key") to Person(number = it.text("number"), password = it.text("password"))
    }

    fun person(key: String): Person = people.getValue(key)

    /** Walks the operator's sign-in page, as the person would in the system browser. */
    fun signIn(person: Person, url: String): String =
        post("sign-in", json("url" to url, "number" to person.number, "password" to person.password)).text("callback")

    fun faults(faults: JsonObject) {
        post("faults", faults)
    }

    fun advance(seconds: Long) {
        post("advance", json("seconds" to seconds))
    }

    /** Ends the sessions of a person, as their operator can. */
    fun endSessions(person: String) {
        post("end-sessions", json("person" to person))
    }

    /** A second device of [person] chooses another threshold of the SMS about usage. */
    fun chooseElsewhere(person: String, percent: Int) {
        val change = json("person" to person, "topic" to "usageThreshold", "channel" to "sms", "threshold" to percent)
        post("second-device", change)
    }

    /** Something happens to the order of a person. */
    fun activation(person: String, event: String) {
        post("activation", json("person" to person, "event" to event))
    }

    /** How many requests came to an address that begins so. */
    fun requests(path: String): Int {
        val request = HttpRequest.newBuilder(URI("$control/control/requests")).build()
        val log = Json.parseToJsonElement(client.send(request, BodyHandlers.ofString()).body()).jsonArray
        return log.count { it.jsonObject.text("path").startsWith(path) }
    }

    private fun post(action: String, body: JsonObject): JsonObject {
        val request = HttpRequest.newBuilder(URI("$control/control/$action"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build()
        val response = client.send(request, BodyHandlers.ofString())
        check(response.statusCode() == 200) { "$action: ${response.statusCode()} ${response.body()}" }
        return Json.parseToJsonElement(response.body()).jsonObject
    }

    private companion object {
        val client: HttpClient = HttpClient.newHttpClient()

        fun whereItListens(): String {
            val file = checkNotNull(System.getenv("COMPANION_SANDBOX")) {
                "no sandbox: run these tests with `tests/run kotlin`"
            }
            return Json.parseToJsonElement(Path(file).readText()).jsonObject.text("control")
        }
    }
}

fun JsonObject.text(key: String): String = getValue(key).jsonPrimitive.content

fun json(vararg entries: Pair<String, Any>): JsonObject =
    JsonObject(
        entries.associate { (key, value) ->
            val element: JsonElement = if (value is Number) JsonPrimitive(value) else JsonPrimitive(value.toString())
            key to element
        },
    )
