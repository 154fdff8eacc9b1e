// The scenes that Swift and Kotlin play alike: tests/parity/scenes.json.

package mobile.companion.parity

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import mobile.companion.AlwaysThere
import mobile.companion.BindFailure
import mobile.companion.EsimPhone
import mobile.companion.NOON
import mobile.companion.NetworkPath
import mobile.companion.Phone
import mobile.companion.PhoneFacts
import mobile.companion.PhonePlatform
import mobile.companion.ProbeNetwork
import mobile.companion.Sandbox
import mobile.companion.SimFacts
import mobile.companion.text
import java.nio.file.Path
import kotlin.io.path.Path
import kotlin.io.path.readText
import kotlin.io.path.writeText

class Scene(private val name: String) {
    private val json = scenes.single { it.text("name") == name }
    private val now = json["now"]?.jsonPrimitive?.content ?: NOON
    private val language = json.text("language")

    /** Plays the scene, and reads every view at its end. */
    suspend fun play(folder: Path) {
        val always = mapOf("seed" to JsonPrimitive(1), "now" to JsonPrimitive(now))
        val sandbox = Sandbox(JsonObject(json["scene"]?.jsonObject.orEmpty() + always))
        val profile = profile(sandbox.profile, json["wifiCalling"])
        Phone(folder, profile, language, now, probeNetwork = NoProbe, userPresence = AlwaysThere()).use { phone ->
            val player = Player(sandbox, phone, Lent(phones.getValue(json.text("phone")).jsonObject, language))
            json["person"]?.let { phone.signIn(sandbox.person(it.jsonPrimitive.content), sandbox) }
            json.getValue("steps").jsonArray.forEachIndexed { index, step ->
                player.play(step.jsonObject, "step[$index]")
            }
            player.readEverything(folder)
            keep(player.walk)
        }
    }

    private fun keep(walk: Walk) {
        val folder = System.getenv("COMPANION_LEFT") ?: return
        val values = walk.values.map { (path, value) -> "$path\t${oneLine(value)}" }
        val records = walk.records.map { "record $it\tseen" }
        Path(folder).resolve(name).writeText((values + records).sorted().joinToString("\n", postfix = "\n"))
    }

    private fun oneLine(value: String) =
        value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")

    private fun profile(profile: String, wifiCalling: JsonElement?): String {
        if (wifiCalling == null) return profile
        val whole = Json.parseToJsonElement(profile).jsonObject
        val apis = whole.getValue("apis").jsonObject + ("wifiCalling" to wifiCalling)
        return JsonObject(whole + ("apis" to JsonObject(apis))).toString()
    }

    companion object {
        private val file = Json.parseToJsonElement(Path("../../tests/parity/scenes.json").readText()).jsonObject
        private val scenes = file.getValue("scenes").jsonArray.map { it.jsonObject }
        private val phones = file.getValue("phones").jsonObject

        fun names(): List<String> = scenes.map { it.text("name") }
    }
}

/** What the phone of a scene tells of itself. */
class Lent(handset: JsonObject, language: String) {
    private val told = handset.getValue("facts").jsonObject

    val facts = PhoneFacts(
        platform = if (told.text("platform") == "ios") PhonePlatform.IOS else PhonePlatform.ANDROID,
        maker = told.text("maker"),
        osVersion = told.text("osVersion"),
        skin = told["skin"]?.jsonPrimitive?.content,
        skinVersion = told["skinVersion"]?.jsonPrimitive?.content,
        language = language,
        sims = listOf(SimFacts(operator = told.text("sim"))),
    )

    val esim: EsimPhone = handset.getValue("esim").jsonObject.let { esim ->
        val version = esim["ios"]?.jsonArray?.map { it.jsonPrimitive.int.toUShort() }
        if (version != null) {
            EsimPhone.Ios(version[0], version[1])
        } else {
            EsimPhone.Android(esim.getValue("android").jsonPrimitive.int.toUShort(), true)
        }
    }
}

/** Lets nothing out. */
private object NoProbe : ProbeNetwork {
    override fun resolvers(path: NetworkPath) = listOf("192.0.2.1")

    override fun bind(path: NetworkPath, socket: Int): Unit = throw BindFailure.NoNetwork()
}
