// A phone with the app on it: the real core, the sandbox operator, and a record of what the phone was asked to do.

import Companion
import CompanionScreens
import Foundation
import Testing

/// Does nothing but note what it was asked to do. A person who is named signs in on the page that is shown.
@MainActor
final class NotingDevice: Device {
    var asked: [String] = []
    /// How often everything over the screens was taken away.
    var closed = 0
    var person: Person?
    /// Whether the phone lets notifications of this app through.
    var allowed = NotificationPermission.granted
    /// Whether the person shares what is on the share sheet, or closes it.
    var shares = true
    /// Whether another app opens what it is handed.
    var opens = true
    /// Whether this app may use the camera.
    var hasCamera = true
    /// The page stays open until whoever waits for it is cancelled.
    var staysOnPage = false
    private let sandbox: Sandbox

    init(sandbox: Sandbox) { self.sandbox = sandbox }

    func signIn(on page: SignInPage) async throws -> String? {
        note("page")
        while staysOnPage && !Task.isCancelled { try? await Task.sleep(for: .milliseconds(20)) }
        guard let person else { return nil }
        return try await sandbox.signIn(person, at: page.url)
    }

    func openBrowser(_ url: String) async -> Bool { opened("browser \(url)") }
    func openNetworkPage() async -> Bool { opened("network page") }
    func openLink(_ link: String) async -> Bool { opened("link") }
    func openInstaller(_ link: String) async -> Bool { opened("installer") }
    func share(subject: String, text: String) async -> Bool { shared("share \(subject)") }
    func shareFile(name: String, content: String) async -> Bool { shared("share file \(name)") }
    func openDocument(path: String, name: String) async { note("document \(name)") }
    func copy(_ text: String, secret: Bool) { note(secret ? "copy a secret" : "copy \(text)") }
    func openSettings() async -> Bool { opened("settings") }
    func openNotificationSettings() async -> Bool { opened("notification settings") }
    func askNotificationPermission() { note("permission") }
    var hasMessaging = false
    func registerPush() { note("push") }
    func openStore() async -> Bool { opened("store") }
    func openPath(_ intents: [IntentView]) async -> Bool { opened("path") }
    func permission() async -> NotificationPermission { allowed }
    func post(_ alert: Alert) async throws { note("post \(alert.title)") }
    func closeAll() { closed += 1 }
    var canScan: Bool { true }
    func scan() async throws -> String? {
        guard hasCamera else { throw Problem.Unexpected(code: "camera_off") }
        return "LPA:1$smdp.example.com$0123-ABCD-4567"
    }

    func facts() -> PhoneFacts {
        PhoneFacts(
            platform: .ios, maker: "Apple", osVersion: "18.1", language: "fr", sims: [SimFacts(operator: "00101")])
    }

    func esim() -> (EsimPhone, EsimReadiness) {
        (.ios(major: 18, minor: 1), EsimReadiness(takesEsim: true, onWifi: true))
    }

    private func opened(_ what: String) -> Bool {
        note(what)
        return opens
    }

    private func shared(_ what: String) -> Bool {
        note(what)
        return shares
    }

    private func note(_ what: String) { asked.append(what) }
}

/// The app on a phone.
@MainActor
final class Handset {
    let sandbox: Sandbox
    let phone: Phone
    let device: NotingDevice
    private(set) var model: AppModel

    init(signedInAs key: String? = nil, language: String = "en") async throws {
        sandbox = try await Sandbox(scene: ["seed": 1, "now": Phone.noon])
        phone = try Phone(profile: sandbox.profile, language: language)
        device = NotingDevice(sandbox: sandbox)
        if let key {
            let session = phone.core.session()
            let page = try await session.start()
            try await session.finish(callbackUrl: try await sandbox.signIn(try sandbox.person(key), at: page.url))
        }
        model = try AppModel(core: phone.core, device: device, first: FirstViews(of: phone.core))
        model.cameToFront()
    }

    var core: CompanionCore { phone.core }

    /// As when the app was ended and is started again.
    func restart() throws {
        try phone.reopen()
        model = try AppModel(core: phone.core, device: device, first: FirstViews(of: phone.core))
    }

    func cutOff() async throws { try await sandbox.faults(["cutOff": true]) }

    func mend() async throws { try await sandbox.faults([:]) }
}

/// Waits for what is drawn to become so.
@MainActor
func wait(
    for what: Comment, at place: SourceLocation = #_sourceLocation, until isSo: @MainActor () throws -> Bool
) async throws {
    for _ in 0..<500 {
        if try isSo() { return }
        try await Task.sleep(for: .milliseconds(20))
    }
    Issue.record("not within ten seconds: \(what)", sourceLocation: place)
    throw CancellationError()
}
