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
import java.awt.datatransfer.DataFlavor
import java.awt.datatransfer.StringSelection
import java.awt.datatransfer.UnsupportedFlavorException
import java.io.IOException
import javax.swing.JOptionPane

/** [signIn] is given the address of a page that begins with [issuer]; [tell] what a person would see of their phone. */
class DesktopDevice(
    private val issuer: String,
    private val language: String,
    private val signIn: (String) -> Unit,
    private val tell: (String) -> Unit,
) : Device {
    override fun openSignIn(url: String) = signIn(url)

    override fun openPage(url: String): Boolean {
        if (url.startsWith(issuer)) signIn(url) else tell("Browser: $url")
        return true
    }

    override fun openNetworkPage() = opened("Browser: the page of the network in between")

    override fun openLink(link: String) = opened("Another app: $link")

    override fun share(subject: String, text: String) = opened("Shared: $subject\n$text")

    override fun shareFile(name: String, content: String) = opened("Shared: $name, ${content.length} characters")

    override fun openDocument(path: String, name: String) = opened("Opened: $name\n$path")

    override fun copy(text: String, secret: Boolean) {
        Toolkit.getDefaultToolkit().systemClipboard.setContents(StringSelection(text), null)
        tell(if (secret) "Copied, as a secret" else "Copied: $text")
    }

    override fun openSettings() = opened("The phone's settings")

    override fun openNotificationSettings() = opened("The phone's settings of notifications")

    override fun askNotificationPermission() = tell("May this app notify? Yes")

    override val hasMessaging = true

    override fun registerPush() = tell("Asked the platform for its address of pushes")

    override fun openStore() = opened("The app's page in the store")

    override fun openPath(intents: List<IntentView>) = opened("The phone's settings: ${intents.firstOrNull()?.action}")

    override fun permission() = NotificationPermission.GRANTED

    override fun post(alert: Alert) = tell("Notification: ${alert.title}\n${alert.body}")

    override fun scan(found: (String) -> Unit): Boolean {
        val read = overWindow { window ->
            JOptionPane.showInputDialog(window, "What the camera reads", "Camera", JOptionPane.PLAIN_MESSAGE)
        }
        read?.let(found)
        return true
    }

    override fun pasted(): String? = try {
        Toolkit.getDefaultToolkit().systemClipboard.getData(DataFlavor.stringFlavor) as? String
    } catch (_: UnsupportedFlavorException) {
        null
    } catch (_: IOException) {
        null
    }

    override val pasteLabel get() = mapOf("fr" to "Coller", "nl" to "Plakken", "de" to "Einfügen")[language] ?: "Paste"

    override fun facts() = PhoneFacts(
        platform = PhonePlatform.ANDROID,
        maker = "Google",
        osVersion = "15",
        language = language,
        sims = listOf(SimFacts(operator = SANDBOX_NETWORK)),
    )

    override fun esim() = EsimPhone.Android(API, true) to EsimReadiness(takesEsim = true, onWifi = true)

    private fun opened(what: String): Boolean {
        tell(what)
        return true
    }

    companion object {
        /** Android 15. */
        private const val API: UShort = 35u

        /** A network for tests, which the sandbox's profile names. */
        private const val SANDBOX_NETWORK = "00101"

        /** This phone lets every notification through. */
        val settings = NotificationSettings(NotificationPermission.GRANTED)
    }
}
