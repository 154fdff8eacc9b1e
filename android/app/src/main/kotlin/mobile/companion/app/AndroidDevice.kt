package mobile.companion.app

import android.content.Context
import android.content.Intent
import android.net.Uri
import android.provider.MediaStore
import mobile.companion.Alert
import mobile.companion.EsimPhone
import mobile.companion.EsimReadiness
import mobile.companion.IntentView
import mobile.companion.PhoneFacts
import mobile.companion.Problem
import mobile.companion.SignInFailure
import mobile.companion.platform.intents.Esim
import mobile.companion.platform.intents.SettingsPages
import mobile.companion.platform.intents.Way
import mobile.companion.platform.intents.startSafely
import mobile.companion.platform.intents.wayOf
import mobile.companion.platform.sharing.Copy
import mobile.companion.platform.sharing.Sharing
import mobile.companion.ui.model.Device
import java.io.File

/** The phone around the screens. What it opens, it opens over the activity that is there; without one nothing opens, and says so. */
internal class AndroidDevice(private val app: CompanionApplication) : Device {
    /** The activity on the screen. Main thread only. */
    var activity: MainActivity? = null

    override fun openSignIn(url: String) {
        if (activity?.browser?.openSignIn(url) != true) throw Problem.SignIn(SignInFailure.BrowserUnavailable)
    }

    override fun openPage(url: String) = activity?.browser?.openPage(url) == true

    override fun openNetworkPage() = start { view(NETWORK_PAGE) }

    override fun openLink(link: String) = when (wayOf(link)) {
        // Never in a browser: the link holds the code.
        Way.ESIM -> on { Esim(it).run { open(link) || settings() } }

        Way.DIAL -> start { Intent(Intent.ACTION_DIAL, Uri.parse(link)) }

        Way.MAIL -> start { Intent(Intent.ACTION_SENDTO, Uri.parse(link)) }

        Way.PAGE -> openPage(link)

        Way.NONE -> false
    }

    override fun share(subject: String, text: String) = on { Sharing(it).text(subject, text) }

    override fun shareFile(name: String, content: String) = on {
        Sharing(it).file(Copy.Content(name, content.toByteArray()))
    }

    override fun openDocument(path: String, name: String) = on { Sharing(it).view(Copy.Document(name, File(path))) }

    override fun copy(text: String, secret: Boolean) = Sharing(app).copy(text, secret)

    override fun openSettings() = on { SettingsPages(it).all() }

    override fun openNotificationSettings() = on { SettingsPages(it).notifications() }

    override fun askNotificationPermission() {
        activity?.askNotificationPermission()
    }

    /** Pushes need a service that this app leaves to the operator; see the README. */
    override val hasMessaging = false

    override fun registerPush() = Unit

    override fun openStore() = start { view("market://details?id=${app.packageName}") }

    override fun openPath(intents: List<IntentView>) = on { SettingsPages(it).path(intents) }

    override fun permission() = app.notifications.settings().permission

    override fun post(alert: Alert) = app.post(alert)

    /**
     * Opens the phone's camera app, which reads the code; the person copies it from there, and the button beside pastes it. The code is a
     * secret, so that no other app is asked to scan it.
     */
    override fun scan(found: (String) -> Unit) = start { Intent(MediaStore.INTENT_ACTION_STILL_IMAGE_CAMERA) }

    override fun pasted(): String? = activity?.let { Sharing(it).pasted() }

    override val pasteLabel: String get() = (activity ?: app).getString(android.R.string.paste)

    override fun facts(): PhoneFacts = app.facts.read()

    override fun esim(): Pair<EsimPhone, EsimReadiness> = Esim(app).run { phone() to readiness() }

    private fun on(open: (Context) -> Boolean) = activity?.let(open) == true

    private fun start(intent: () -> Intent) = on { it.startSafely(intent()) }

    private fun view(url: String) = Intent(Intent.ACTION_VIEW, Uri.parse(url))

    private companion object {
        /** Answers without TLS, so that the network in between can show its page instead; nothing is sent to it. */
        const val NETWORK_PAGE = "http://connectivitycheck.gstatic.com/generate_204"
    }
}
