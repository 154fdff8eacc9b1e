// The sandbox operator as a process of this window: started with it, ended with it, told what to do.

package mobile.companion.desktop

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import java.io.File
import java.io.IOException
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse.BodyHandlers
import java.util.concurrent.TimeUnit

/** An invented employee of the sandbox. */
data class Person(
    /** Short name: "emma". */
    val key: String,
    val name: String,
    /** E.164. */
    val number: String,
    val password: String,
    /** Whether they have no account yet. */
    val isNew: Boolean,
)

/** What the sandbox was asked and did not do, in its own words. */
class Refused(sentence: String) : IOException(sentence)

/**
 * Starts the sandbox [program] on [port], 0 for any free one. Its file of addresses is in [folder]. All calls wait for it;
 * throws [IOException] where it does not answer.
 */
class Operator(program: File, port: Int, folder: File) : AutoCloseable {
    private val ready = File(folder, "sandbox.json")
    private val log = File(folder, "sandbox.log")
    private val process: Process
    private val answer: JsonObject
    private val client = HttpClient.newHttpClient()

    /** Ended also where this process is told to end. */
    private val atExit = Thread { end() }

    init {
        ready.delete()
        process = ProcessBuilder(program.path, "--port", port.toString(), "--ready-file", ready.path)
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start()
        process.outputStream.close()
        Runtime.getRuntime().addShutdownHook(atExit)
        answer = try {
            awaitReady()
        } catch (failure: IOException) {
            close()
            throw failure
        }
    }

    /** The operator's profile, for the app to open. */
    val profile: String = answer.getValue("profile").toString()

    /** Where its sign-in pages are. */
    val issuer: String = answer.getValue("profile").jsonObject.getValue("identity").jsonObject.text("issuer")

    /** Those who can sign in, then those who have no account yet. */
    val people: List<Person> = people("people", isNew = false) + people("newcomers", isNew = true)

    /** Walks the sign-in page as the [person] would in a browser, and gives the address that leads back to the app. */
    fun signIn(person: Person, url: String): String {
        val who = mapOf("url" to url, "number" to person.number, "password" to person.password)
        return post("sign-in", who.mapValues { JsonPrimitive(it.value) }).text("callback")
    }

    /** Where it is controlled from, by hand and by programs. */
    val control: String = answer.text("control")

    /** Takes the network away or gives it back, or makes it slow: a printed invoice then takes some seconds. */
    fun network(isOff: Boolean, isSlow: Boolean) {
        val documents = mapOf("paddingKib" to DOCUMENT_KIB, "msPerKib" to if (isSlow) SLOW_MS else 0)
        val faults = mapOf(
            "cutOff" to JsonPrimitive(isOff),
            "latencyMs" to JsonPrimitive(if (isSlow) LATENCY_MS else 0),
            "documents" to JsonObject(documents.mapValues { JsonPrimitive(it.value) }),
        )
        post("faults", faults)
    }

    /** Moves the operator's clock on. */
    fun advance(seconds: Long) {
        post("advance", mapOf("seconds" to JsonPrimitive(seconds)))
    }

    /** An invitation for the [person], as their employer sends it: a link. */
    fun invite(person: Person): String = post("invite", mapOf("person" to JsonPrimitive(person.key))).text("link")

    /** Whether its process is there. */
    val isRunning: Boolean get() = process.isAlive

    override fun close() {
        end()
        try {
            Runtime.getRuntime().removeShutdownHook(atExit)
        } catch (_: IllegalStateException) {
            // This process ends already.
        }
    }

    private fun end() {
        process.destroy()
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly()
    }

    private fun awaitReady(): JsonObject {
        val until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)
        while (!ready.exists()) {
            if (!process.isAlive || System.nanoTime() > until) throw IOException("no sandbox operator: ${log.readText()}")
            Thread.sleep(LOOK_AGAIN_MS)
        }
        return Json.parseToJsonElement(ready.readText()).jsonObject
    }

    private fun people(group: String, isNew: Boolean) = answer.getValue(group).jsonArray.map { it.jsonObject }.map {
        Person(it.text("key"), it.text("name"), it.text("number"), it.text("password"), isNew)
    }

    private fun post(action: String, body: Map<String, JsonElement>): JsonObject {
        val request = HttpRequest.newBuilder(URI("$control/control/$action"))
            .POST(HttpRequest.BodyPublishers.ofString(JsonObject(body).toString()))
            .build()
        val response = client.send(request, BodyHandlers.ofString())
        val said = Json.parseToJsonElement(response.body()).jsonObject
        if (response.statusCode() != OK) throw Refused(said["error"]?.jsonPrimitive?.content.orEmpty())
        return said
    }

    private fun JsonObject.text(key: String) = getValue(key).jsonPrimitive.content

    private companion object {
        const val OK = 200
        const val PATIENCE_SECONDS = 15L
        const val LOOK_AGAIN_MS = 20L

        /** As long as a real one, whatever the network: of another length it would be another document. */
        const val DOCUMENT_KIB = 300
        const val SLOW_MS = 30
        const val LATENCY_MS = 1_500
    }
}
