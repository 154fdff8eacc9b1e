// A phone with the app on it: the real core, the sandbox operator, and a record of what the phone was asked to do.

package mobile.companion.ui

import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import mobile.companion.Alert
import mobile.companion.AlwaysThere
import mobile.companion.EsimPhone
import mobile.companion.EsimReadiness
import mobile.companion.FrameView
import mobile.companion.IntentView
import mobile.companion.Labels
import mobile.companion.NOON
import mobile.companion.NotificationPermission
import mobile.companion.Phone
import mobile.companion.PhoneFacts
import mobile.companion.PhonePlatform
import mobile.companion.Sandbox
import mobile.companion.SimFacts
import mobile.companion.json
import mobile.companion.ui.model.AppModel
import mobile.companion.ui.model.Device
import java.awt.EventQueue
import java.nio.file.Path
import java.util.concurrent.CopyOnWriteArrayList
import kotlin.coroutines.CoroutineContext

/** Does nothing but note what it was asked to do. */
class NotingDevice(private val language: String = "en") : Device {
    val asked = CopyOnWriteArrayList<String>()

    /** Whether there is an app for whatever is to be opened. */
    var opens = true
    var clipboard: String? = null

    /** Whether the phone lets notifications of this app through. */
    var permission = NotificationPermission.GRANTED

    override fun openSignIn(url: String) = note("browser $url")

    override fun openPage(url: String) = open("page $url")

    override fun openNetworkPage() = open("network page")

    override fun openLink(link: String) = open("link $link")

    override fun share(subject: String, text: String) = open("share $subject")

    override fun shareFile(name: String, content: String) = open("share file $name")

    override fun openDocument(path: String, name: String) = open("document $path")

    override fun copy(text: String, secret: Boolean) = note("copy $text")

    override fun openSettings() = open("settings")

    override fun openNotificationSettings() = open("notification settings")

    override fun askNotificationPermission() = note("permission")

    override val hasMessaging = false

    override fun registerPush() = note("push")

    override fun openStore() = open("store")

    override fun openPath(intents: List<IntentView>) = open("path")

    override fun permission() = permission

    override fun post(alert: Alert) = note("post ${alert.title}")

    override fun scan(found: (String) -> Unit) = open("scan")

    override fun pasted() = clipboard

    override val pasteLabel get() = mapOf("fr" to "Coller", "nl" to "Plakken", "de" to "Einfügen")[language] ?: "Paste"

    override fun facts() = PhoneFacts(
        platform = PhonePlatform.ANDROID,
        maker = "Google",
        osVersion = "15",
        language = "fr",
        sims = listOf(SimFacts(operator = "00101")),
    )

    override fun esim() = Pair(EsimPhone.Android(35u, true), EsimReadiness(takesEsim = true, onWifi = true))

    private fun open(what: String): Boolean {
        note(what)
        return opens
    }

    private fun note(what: String) {
        asked.add(what)
    }
}

/** As on a phone: state changes on the thread that draws, and on no other. */
object MainThread : CoroutineDispatcher() {
    override fun dispatch(context: CoroutineContext, block: Runnable) = EventQueue.invokeLater(block)
}

/** One person's phone on a sandbox of its own. */
class Handset(
    folder: Path,
    language: String = "en",
    val sandbox: Sandbox = Sandbox(json("seed" to 1, "now" to NOON)),
    now: String = NOON,
) : AutoCloseable {
    val phone = Phone(folder, sandbox.profile, language, now, userPresence = AlwaysThere())
    val device = NotingDevice(language)
    private var scope = newScope()
    var model = AppModel(phone.core, device, scope)
        private set

    val core get() = phone.core
    val frame: FrameView get() = core.frame()
    val labels: Labels get() = core.labels()

    /** Signs in without a screen. */
    fun signIn(person: String) = runBlocking {
        phone.signIn(sandbox.person(person), sandbox)
        withContext(MainThread) { model.begin() }
    }

    fun faults(vararg faults: Pair<String, JsonElement>) = sandbox.faults(JsonObject(mapOf(*faults)))

    /** The system ended the app, and the person starts it again. */
    fun restart() {
        scope.cancel()
        phone.reopen()
        scope = newScope()
        model = AppModel(phone.core, device, scope)
    }

    override fun close() {
        scope.cancel()
        phone.close()
    }

    private fun newScope() = CoroutineScope(SupervisorJob() + MainThread)
}
