// What the phone does for the screens.

import Companion

/// The phone around the screens. Nothing here waits for the person but the page of a sign-in and the camera.
@MainActor
public protocol Device: AnyObject, Sendable {
    /// Shows the operator's page, and gives the address it comes back with; nothing when the person closed it.
    ///
    /// Throws `Problem.SignIn(reason: .browserUnavailable)` where it cannot be shown.
    func signIn(on page: SignInPage) async throws -> String?

    /// Opens an address in the system browser.
    func openBrowser(_ url: String)

    /// Opens any page without TLS in the system browser, so that the network in between shows its own.
    func openNetworkPage()

    /// Opens a link that belongs to another app: a letter (`mailto:`), the telephone (`tel:`), an eSIM.
    func openLink(_ link: String)

    /// Opens the share sheet with a text.
    func share(subject: String, text: String)

    /// Opens the share sheet with a file of that name that holds `content`.
    func shareFile(name: String, content: String) async

    /// Shows a copy of a file; `name` is what a person sees. The file itself is not needed any more once this has returned.
    func openDocument(path: String, name: String) async

    /// Takes away what lies over the screens (share sheet, document, camera), and the copies behind it. Called when the app is
    /// locked, and when whoever was signed in is not any more.
    func closeAll()

    /// Puts a text on the clipboard; a `secret` one stays on this phone, and not for long.
    func copy(_ text: String, secret: Bool)

    /// Opens the phone's settings of this app.
    func openSettings()

    /// Opens the phone's settings of this app's notifications.
    func openNotificationSettings()

    /// Asks the person whether this app may notify, and tells the core.
    func askNotificationPermission()

    /// Asks the platform for the address of notifications anew, and tells the core.
    func registerPush()

    /// Opens the app's page in the store.
    func openStore()

    /// Opens the settings as near to a path as the platform lets an app.
    func openPath(_ intents: [IntentView])

    /// Whether the phone lets this app's notifications through.
    func mayNotify() async -> Bool

    /// Posts a notification; it is told once this has returned.
    func post(_ alert: Alert) async throws

    /// Whether this phone reads codes with its camera.
    var canScan: Bool { get }

    /// Opens the camera for a code; nothing when the person closed it, or keeps the camera from this app.
    func scan() async -> String?

    /// What the phone knows of itself and its network.
    func facts() -> PhoneFacts

    /// What the phone knows before it gets an eSIM.
    func esim() -> (EsimPhone, EsimReadiness)
}
