// A phone with the app on it: the real core, the sandbox operator, and a record of what the phone was asked to do.

package mobile.companion.ui

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import mobile.companion.Alert
import mobile.companion.EsimPhone
import mobile.companion.EsimReadiness
import mobile.companion.FrameView
import mobile.companion.IntentView
import mobile.companion.Labels
import mobile.companion.NOON
import mobile.companion.Phone
import mobile.companion.PhoneFacts
import mobile.companion.PhonePlatform
import mobile.companion.Sandbox
import mobile.companion.SimFacts
import mobile.companion.json
import mobile.companion.ui.model.AppModel
import mobile.companion.ui.model.Device
import java.nio.file.Path
import java.util.concurrent.CopyOnWriteArrayList

/** Does nothing but note what it was asked to do. */
class NotingDevice : Device {
    val asked = CopyOnWriteArrayList<String>()

    override fun openBrowser(url: String) = note("browser $url")

    override fun openNetworkPage() = note("network page")

    override fun openLink(link: String) = note("link $link")

    override fun share(subject: String, text: String) = note("share $subject")

    override fun shareFile(name: String, content: String) = note("share file $name")

    override fun openDocument(path: String, name: String) = note("document $path")

    override fun copy(text: String, secret: Boolean) = note("copy $text")

    override fun openSettings() = note("settings")

    override fun openNotificationSettings() = note("notification settings")

    override fun askNotificationPermission() = note("permission")

    override fun registerPush() = note("push")

    override fun openStore() = note("store")

    override fun openPath(intents: List<IntentView>) = note("path")

    override fun post(alert: Alert) = note("post ${alert.title}")

    override fun scan(found: (String) -> Unit) = note("scan")

    override fun facts() = PhoneFacts(
        platform = PhonePlatform.ANDROID,
        maker = "Google",
        osVersion = "15",
        language = "fr",
        sims = listOf(SimFacts(operator = "00101")),
    )

    override fun esim() = Pair(EsimPhone.Android(35u, true), EsimReadiness(takesEsim = true, onWifi = true))

    private fun note(what: String) {
        asked.add(what)
    }
}

/** One person's phone on a sandbox of its own. */
class Handset(
    folder: Path,
    language: String = "en",
    val sandbox: Sandbox = Sandbox(json("seed" to 1, "now" to NOON)),
    now: String = NOON,
) : AutoCloseable {
    val phone = Phone(folder, sandbox.profile, language, now)
    val device = NotingDevice()
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
    val model = AppModel(phone.core, device, scope)

    val core get() = phone.core
    val frame: FrameView get() = core.frame()
    val labels: Labels get() = core.labels()

    /** Signs in without a screen. */
    fun signIn(person: String) = runBlocking {
        phone.signIn(sandbox.person(person), sandbox)
        model.begin()
    }

    fun faults(vararg faults: Pair<String, JsonElement>) = sandbox.faults(JsonObject(mapOf(*faults)))

    override fun close() {
        scope.cancel()
        phone.close()
    }
}
