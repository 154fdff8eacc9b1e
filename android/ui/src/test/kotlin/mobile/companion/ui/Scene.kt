// What the screens of one person draw in one language: the real core's views, taken from a sandbox operator once.

package mobile.companion.ui

import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.JsonPrimitive
import mobile.companion.ActivationView
import mobile.companion.AlertsView
import mobile.companion.EsimCodeView
import mobile.companion.EsimHandoverView
import mobile.companion.FrameView
import mobile.companion.HelpTopic
import mobile.companion.InvoicesView
import mobile.companion.Labels
import mobile.companion.NOON
import mobile.companion.Place
import mobile.companion.PreferencesView
import mobile.companion.Problem
import mobile.companion.SessionView
import mobile.companion.SimSecretView
import mobile.companion.UsageView
import mobile.companion.WifiCallingView
import java.nio.file.Files

/** The views of [person], who reads [language]; [before] is done between signing in and asking, [after] at the end. */
class Scene(
    person: String?,
    language: String,
    now: String = NOON,
    before: suspend Handset.() -> Unit = {},
    after: suspend Handset.() -> Unit = {},
) : AutoCloseable {
    private val folder = Files.createTempDirectory("scene")
    private val handset = Handset(folder, language, now = now)
    val core = handset.core
    internal val rooms = handset.model.rooms
    val signIn = handset.model.signIn

    init {
        runBlocking {
            if (person != null) handset.phone.signIn(handset.sandbox.person(person), handset.sandbox)
            handset.before()
            if (person != null) handset.askEverything()
            handset.after()
        }
    }

    val frame: FrameView = core.frame()
    val labels: Labels = core.labels()
    val session: SessionView = core.session().state()
    val usage: UsageView = core.usage().state()
    val preferences: PreferencesView = core.preferences().state()
    val alerts: AlertsView = core.alerts().state()
    val invoices: InvoicesView = core.invoices().state()
    val wifiCalling: WifiCallingView = core.wifiCalling().state()
    val activation: ActivationView = core.activation().state()
    val secret: SimSecretView? = core.activation().shownSecret()
    val esimCode: EsimCodeView? = if (person == null) null else runBlocking { core.activation().esimCode() }

    /** Only where there is a code to hand over. */
    val handover: EsimHandoverView? = esimCode?.let {
        val (phone, readiness) = NotingDevice().esim()
        runBlocking { core.activation().handover(phone, readiness) }
    }

    fun help(topic: HelpTopic) = core.help().articles(topic)

    fun title(place: Place) = (frame.bar + frame.more).first { it.place == place }.label

    override fun close() {
        handset.close()
        folder.toFile().deleteRecursively()
    }
}

/** Asks the operator for everything; what fails is on the screens. */
suspend fun Handset.askEverything() {
    core.wifiCalling().tell(device.facts())
    val questions: List<suspend () -> Unit> = listOf(
        { core.usage().refresh(null) },
        { core.invoices().refresh(null) },
        { core.preferences().refresh(null) },
        { core.wifiCalling().refresh(null) },
        { core.activation().refresh(null) },
    )
    for (ask in questions) {
        try {
            ask()
        } catch (_: Problem) {
            // The view says it.
        }
    }
    for (row in core.invoices().state().rows) row.invoiceId?.let { core.invoices().refreshInvoice(it, null) }
}

/** The network is gone. */
fun Handset.cutOff() = faults("cutOff" to JsonPrimitive(true))

/** Time goes by, here and at the operator. */
fun Handset.pass(seconds: Long) {
    phone.clock.advance(seconds)
    sandbox.advance(seconds)
}
