// What the phone does for the screens.

import Companion

/// The phone around the screens. Nothing here waits for the person but the page of a sign-in, the camera and the share sheet. What
/// opens another app says whether one opened: where none did, the person is told.
@MainActor
public protocol Device: AnyObject, Sendable {
    /// Shows the operator's page, and gives the address it comes back with; nothing when the person closed it.
    ///
    /// Throws `Problem.SignIn(reason: .browserUnavailable)` where it cannot be shown.
    func signIn(on page: SignInPage) async throws -> String?

    /// Opens an address in the system browser.
    func openBrowser(_ url: String) async -> Bool

    /// Opens any page without TLS in the system browser, so that the network in between shows its own.
    func openNetworkPage() async -> Bool

    /// Opens a link that belongs to another app: a letter (`mailto:`), the telephone (`tel:`), a page.
    func openLink(_ link: String) async -> Bool

    /// Opens the phone's installer of eSIMs by its link, which holds the code: nothing else opens it.
    func openInstaller(_ link: String) async -> Bool

    /// Opens the share sheet with a text, and says whether it was shared: the person may have closed it.
    func share(subject: String, text: String) async -> Bool

    /// Opens the share sheet with a file of that name that holds `content`, and says whether it was shared. Throws
    /// `Problem.StorageUnavailable` where it cannot be written.
    func shareFile(name: String, content: String) async throws -> Bool

    /// Shows a copy of a file; `name` is what a person sees. The file itself is not needed any more once this has returned. Throws
    /// `Problem.StorageUnavailable` where it cannot be copied.
    func openDocument(path: String, name: String) async throws

    /// Takes away what lies over the screens (share sheet, document, camera), and the copies behind it. Called when the app is
    /// locked, and when whoever was signed in is not any more.
    func closeAll()

    /// Puts a text on the clipboard; a `secret` one stays on this phone, and not for long.
    func copy(_ text: String, secret: Bool)

    /// Opens the phone's settings of this app.
    func openSettings() async -> Bool

    /// Opens the phone's settings of this app's notifications.
    func openNotificationSettings() async -> Bool

    /// Asks the person whether this app may notify, and tells the core.
    func askNotificationPermission()

    /// Whether the app brings a messaging service.
    var hasMessaging: Bool { get }

    /// Asks the platform for the address of notifications anew, and tells the core.
    func registerPush()

    /// Opens the app's page in the store.
    func openStore() async -> Bool

    /// Opens the settings as near to a path as the platform lets an app.
    func openPath(_ intents: [IntentView]) async -> Bool

    /// Whether the phone lets this app's notifications through.
    func permission() async -> NotificationPermission

    /// Posts a notification; it is told once this has returned.
    func post(_ alert: Alert) async throws

    /// Whether this phone reads codes with its camera.
    var canScan: Bool { get }

    /// Opens the camera for a code; nothing when the person closed it.
    ///
    /// Throws `Problem.Unexpected(code: "camera_off")` where the person, or whoever manages the phone, keeps the camera from this
    /// app.
    func scan() async throws -> String?

    /// What the phone knows of itself and its network.
    func facts() -> PhoneFacts

    /// What the phone knows before it gets an eSIM.
    func esim() -> (EsimPhone, EsimReadiness)
}
