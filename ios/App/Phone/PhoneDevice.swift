// The phone around the screens: what they ask of it, and what lies over them for it.

import Companion
import CompanionPlatform
import CompanionScreens
import Observation
import SwiftUI
import UIKit

@MainActor
@Observable
final class PhoneDevice: Device {
    /// On the share sheet.
    var shared: SharedItem?
    /// In Quick Look.
    var document: URL?
    /// The camera is open for a code.
    var isScanning = false { didSet { if !isScanning { scanned(nil) } } }

    @ObservationIgnored private let page = SignInPagePresenter()
    @ObservationIgnored private var core: CompanionCore?
    @ObservationIgnored private var watch: PathWatch?
    @ObservationIgnored private var notifications = Notifications()
    @ObservationIgnored private var found: CheckedContinuation<String?, Never>?

    func connect(to core: CompanionCore, watch: PathWatch, notifications: Notifications) {
        self.core = core
        self.watch = watch
        self.notifications = notifications
    }

    func signIn(on page: SignInPage) async throws -> String? { try await self.page.walk(page) }

    func openBrowser(_ url: String) { open(url) }

    // Answers without TLS, so that the network in between can show its page instead; nothing is sent to it.
    func openNetworkPage() { open("http://captive.apple.com/hotspot-detect.html") }

    func openLink(_ link: String) { open(link) }

    func share(subject: String, text: String) { shared = SharedItem(items: [text]) }

    func shareFile(name: String, content: String) {
        guard let file = copy(named: name, { try Data(content.utf8).write(to: $0, options: .completeFileProtection) })
        else { return }
        shared = SharedItem(items: [file])
    }

    func openDocument(path: String, name: String) {
        document = copy(named: name) { try FileManager.default.copyItem(at: URL(fileURLWithPath: path), to: $0) }
    }

    func copy(_ text: String, secret: Bool) {
        let minute = Date(timeIntervalSinceNow: 60)
        UIPasteboard.general.setItems(
            [["public.utf8-plain-text": text]], options: secret ? [.localOnly: true, .expirationDate: minute] : [:])
    }

    func openSettings() { open(UIApplication.openSettingsURLString) }

    func openNotificationSettings() { open(UIApplication.openNotificationSettingsURLString) }

    func askNotificationPermission() {
        Task {
            await notifications.ask()
            await tellNotificationSettings()
        }
    }

    /// Tells the core what the phone's settings let through.
    func tellNotificationSettings() async {
        core?.preferences().setNotificationSettings(settings: await notifications.settings())
    }

    /// Pushes need a service that this app leaves to the operator; see the README.
    func registerPush() {}

    func openStore() { open(Settings.storePage) }

    /// iOS leads an app to its own page of the settings, and to no other.
    func openPath(_ intents: [IntentView]) { openSettings() }

    func mayNotify() async -> Bool { await notifications.settings().permission == .granted }

    func post(_ alert: Companion.Alert) async throws { try await notifications.post(alert) }

    func scan() async -> String? {
        isScanning = false
        isScanning = true
        return await withCheckedContinuation { found = $0 }
    }

    /// What the camera read; nothing when the person closed it.
    func scanned(_ text: String?) {
        found?.resume(returning: text)
        found = nil
        if isScanning { isScanning = false }
    }

    func facts() -> PhoneFacts { reader.read() }

    func esim() -> (EsimPhone, EsimReadiness) { reader.esim() }

    private var reader: PhoneFactsReader { PhoneFactsReader(watch: watch ?? PathWatch()) }

    private func open(_ address: String) {
        guard let url = URL(string: address) else { return }
        UIApplication.shared.open(url)
    }

    /// A file under the name that a person sees, in a folder of its own that the system empties.
    private func copy(named name: String, _ write: (URL) throws -> Void) -> URL? {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("shared", isDirectory: true)
        // What was shown before is not needed any more.
        try? FileManager.default.removeItem(at: folder)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let file = folder.appendingPathComponent(URL(fileURLWithPath: name).lastPathComponent)
            try write(file)
            return file
        } catch {
            return nil
        }
    }
}

/// Something on the share sheet.
struct SharedItem: Identifiable {
    let id = UUID()
    let items: [Any]
}
