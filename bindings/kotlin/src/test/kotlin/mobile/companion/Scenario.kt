// Plays the scenes of tests/scenarios, the same files that Rust and Swift play.

package mobile.companion

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import java.nio.file.Path
import kotlin.io.path.Path
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText
import kotlin.test.assertEquals
import kotlin.test.fail

class Scenario(name: String) {
    private val json = Json.parseToJsonElement(folder.resolve(name).readText()).jsonObject
    private val scene = json.getValue("scene").jsonObject

    suspend fun play(data: Path) {
        val sandbox = Sandbox(scene)
        Phone(data, sandbox.profile, json.text("language"), scene.text("now")).use { phone ->
            json.getValue("steps").jsonArray.forEachIndexed { index, step ->
                play(step.jsonObject, "step ${index + 1}", sandbox, phone)
            }
        }
    }

    private suspend fun play(step: JsonObject, place: String, sandbox: Sandbox, phone: Phone) {
        val (action, value) = step.entries.single()
        when (action) {
            "sign_in" -> phone.signIn(sandbox.person(json.text("person")), sandbox)

            "refresh" -> assertEquals(value.jsonPrimitive.content, refresh(phone), place)

            "faults" -> sandbox.faults(value.jsonObject)

            "advance_seconds" -> {
                phone.clock.advance(value.jsonPrimitive.long)
                sandbox.advance(value.jsonPrimitive.long)
            }

            "reopen" -> phone.reopen()

            "expect" -> {
                val facts = phone.core.usage().use { facts(it.state()) }
                for ((fact, expected) in value.jsonObject) {
                    assertEquals(expected.jsonPrimitive.content, facts[fact], "$place: $fact")
                }
            }

            else -> fail("$place is no step this runner knows: $action")
        }
    }

    private suspend fun refresh(phone: Phone): String =
        try {
            phone.core.usage().use { it.refresh() }
            "ok"
        } catch (problem: Problem) {
            nameOf(problem)
        }

    companion object {
        private val folder: Path = Path(System.getenv("COMPANION_SCENARIOS") ?: "../../tests/scenarios")

        fun names(): List<String> = folder.listDirectoryEntries("*.json").map { it.name }.sorted()
    }
}
