// What the screens ask of a phone: done here where a computer can, told in the menu where it cannot.

package mobile.companion.desktop

import mobile.companion.Alert
import mobile.companion.EsimPhone
import mobile.companion.EsimReadiness
import mobile.companion.IntentView
import mobile.companion.NotificationPermission
import mobile.companion.NotificationSettings
import mobile.companion.PhoneFacts
import mobile.companion.PhonePlatform
import mobile.companion.SimFacts
import mobile.companion.ui.model.Device
import java.awt.Toolkit
import java.awt.datatransfer.StringSelection
import javax.swing.JOptionPane

/** [signIn] is given the address of a page that begins with [issuer]; [tell] what a person would see of their phone. */
class DesktopDevice(
    private val issuer: String,
    private val language: String,
    private val signIn: (String) -> Unit,
    private val tell: (String) -> Unit,
) : Device {
    override fun openSignIn(url: String) = signIn(url)

    override fun openPage(url: String) = if (url.startsWith(issuer)) signIn(url) else tell("Browser: $url")

    override fun openNetworkPage() = tell("Browser: the page of the network in between")

    override fun openLink(link: String) = tell("Another app: $link")

    override fun share(subject: String, text: String) = tell("Shared: $subject\n$text")

    override fun shareFile(name: String, content: String) = tell("Shared: $name, ${content.length} characters")

    override fun openDocument(path: String, name: String) = tell("Opened: $name\n$path")

    override fun copy(text: String, secret: Boolean) {
        Toolkit.getDefaultToolkit().systemClipboard.setContents(StringSelection(text), null)
        tell(if (secret) "Copied, as a secret" else "Copied: $text")
    }

    override fun openSettings() = tell("The phone's settings")

    override fun openNotificationSettings() = tell("The phone's settings of notifications")

    override fun askNotificationPermission() = tell("May this app notify? Yes")

    override fun registerPush() = tell("Asked the platform for its address of pushes")

    override fun openStore() = tell("The app's page in the store")

    override fun openPath(intents: List<IntentView>) = tell("The phone's settings: ${intents.firstOrNull()?.action}")

    override fun mayNotify() = true

    override fun post(alert: Alert) = tell("Notification: ${alert.title}\n${alert.body}")

    override fun scan(found: (String) -> Unit) {
        JOptionPane.showInputDialog(null, "What the camera reads", "Camera", JOptionPane.PLAIN_MESSAGE)?.let(found)
    }

    override fun facts() = PhoneFacts(
        platform = PhonePlatform.ANDROID,
        maker = "Google",
        osVersion = "15",
        language = language,
        sims = listOf(SimFacts(operator = SANDBOX_NETWORK)),
    )

    override fun esim() = EsimPhone.Android(API, true) to EsimReadiness(takesEsim = true, onWifi = true)

    companion object {
        /** Android 15. */
        private const val API: UShort = 35u

        /** A network for tests, which the sandbox's profile names. */
        private const val SANDBOX_NETWORK = "00101"

        /** This phone lets every notification through. */
        val settings = NotificationSettings(NotificationPermission.GRANTED)
    }
}
