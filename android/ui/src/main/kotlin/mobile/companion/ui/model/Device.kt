// What the phone does for the screens. Android and the desktop window each bring their own.

package mobile.companion.ui.model

import mobile.companion.Alert
import mobile.companion.EsimPhone
import mobile.companion.EsimReadiness
import mobile.companion.IntentView
import mobile.companion.NotificationPermission
import mobile.companion.PhoneFacts

/**
 * The phone around the screens. Called on the main thread; nothing here waits for the person. What opens another app says
 * whether one opened: where none did, the person is told.
 */
interface Device {
    /**
     * Opens the operator's page of a sign-in in the system browser; it comes back to [AppModel.cameBack]. Throws
     * `Problem.SignIn` where there is no browser.
     */
    fun openSignIn(url: String)

    /** Opens any other address in the system browser. */
    fun openPage(url: String): Boolean

    /** Opens any page without TLS in the system browser, so that the network in between shows its own. */
    fun openNetworkPage(): Boolean

    /** Opens a link that belongs to another app: a letter (`mailto:`), a number (`tel:`), a page, an eSIM. */
    fun openLink(link: String): Boolean

    /** Opens the share sheet with a text. */
    fun share(subject: String, text: String): Boolean

    /** Opens the share sheet with a file of that name that holds [content]. */
    fun shareFile(name: String, content: String): Boolean

    /** Opens a file with an app that shows it; [name] is what a person sees. */
    fun openDocument(path: String, name: String): Boolean

    /** Puts a text on the clipboard; as sensitive where it is a [secret]. */
    fun copy(text: String, secret: Boolean)

    /** Opens the phone's settings. */
    fun openSettings(): Boolean

    /** Opens the phone's settings of this app's notifications. */
    fun openNotificationSettings(): Boolean

    /** Asks the person whether this app may notify. */
    fun askNotificationPermission()

    /** Whether the app brings a messaging service; without one nothing is offered about the address of notifications. */
    val hasMessaging: Boolean

    /** Asks the platform for the address of notifications anew, and tells the core. */
    fun registerPush()

    /** Opens the app's page in the store. */
    fun openStore(): Boolean

    /** Tries [intents] in order, else the settings. */
    fun openPath(intents: List<IntentView>): Boolean

    /** Whether the phone lets this app's notifications through, and whether the person was asked. */
    fun permission(): NotificationPermission

    /** Posts a notification. */
    fun post(alert: Alert)

    /** Opens the camera for a code; what it reads goes to [found], or on the clipboard. */
    fun scan(found: (String) -> Unit): Boolean

    /** The text on the clipboard, where there is one: only as the person asks for it. */
    fun pasted(): String?

    /** The phone's own word for that, in the person's language. */
    val pasteLabel: String

    /** What the phone knows of itself and its network. Off the main thread: some of it is asked of the system. */
    fun facts(): PhoneFacts

    /** What the phone knows before it gets an eSIM. */
    fun esim(): Pair<EsimPhone, EsimReadiness>
}
