// The phone around the screens: what they ask of it, and what lies over them for it.

import AVFoundation
import Companion
import CompanionPlatform
import CompanionScreens
import Observation
import SwiftUI
import UIKit
import VisionKit

@MainActor
@Observable
final class PhoneDevice: Device {
    /// On the share sheet.
    var shared: SharedItem? {
        didSet {
            if shared == nil && oldValue != nil { dropCopies() }
            if let oldValue, oldValue.id != shared?.id { sharingGone(oldValue.id) }
        }
    }
    /// In Quick Look.
    var document: URL? { didSet { if document == nil && oldValue != nil { dropCopies() } } }
    /// The camera is open for a code.
    var isScanning = false { didSet { if !isScanning { scanned(nil) } } }
    /// The words around the camera.
    private(set) var labels: Labels?

    @ObservationIgnored private let page = SignInPagePresenter()
    @ObservationIgnored private var core: CompanionCore?
    @ObservationIgnored private var watch: PathWatch?
    @ObservationIgnored private var notifications = Notifications()
    @ObservationIgnored private var found: CheckedContinuation<String?, Never>?
    /// Who waits for what is on the share sheet.
    @ObservationIgnored private var sharing: [SharedItem.ID: CheckedContinuation<Bool, Never>] = [:]
    @ObservationIgnored private let copies = PlainCopies()
    /// How often everything was closed: what was being prepared then is not shown any more.
    @ObservationIgnored private var closings = 0

    init() { dropCopies() }

    /// Whether something lies over the screens that the phone shows for them.
    var showsSomething: Bool { shared != nil || document != nil || isScanning }

    func connect(to core: CompanionCore, watch: PathWatch, notifications: Notifications) {
        self.core = core
        labels = core.labels()
        self.watch = watch
        self.notifications = notifications
    }

    func signIn(on page: SignInPage) async throws -> String? { try await self.page.walk(page) }

    func openBrowser(_ url: String) async -> Bool { await open(url) }

    // Answers without TLS, so that the network in between can show its page instead; nothing is sent to it.
    func openNetworkPage() async -> Bool { await open("http://captive.apple.com/hotspot-detect.html") }

    func openLink(_ link: String) async -> Bool { await open(link) }

    /// With the code in it, it must not come to a browser where no installer takes it.
    func openInstaller(_ link: String) async -> Bool { await open(link, options: [.universalLinksOnly: true]) }

    func share(subject: String, text: String) async -> Bool { await share(SharedItem(items: [text])) }

    func shareFile(name: String, content: String) async throws -> Bool {
        var item: SharedItem?
        try await copying {
            try await copies.make(named: name, content: content) { [weak self] in await self?.closeAll() }
        } shown: {
            item = SharedItem(items: [$0])
        }
        guard let item else { return false }
        return await share(item)
    }

    private func share(_ item: SharedItem) async -> Bool {
        await withCheckedContinuation {
            sharing[item.id] = $0
            shared = item
        }
    }

    /// The share sheet was done with an item, one way or the other.
    func sharingEnded(_ id: SharedItem.ID, _ isDone: Bool) {
        sharing.removeValue(forKey: id)?.resume(returning: isDone)
    }

    /// A sheet may go before it says what came of it, and one that is swiped away says nothing.
    private func sharingGone(_ id: SharedItem.ID) {
        Task {
            try? await Task.sleep(for: .seconds(2))
            sharingEnded(id, false)
        }
    }

    func openDocument(path: String, name: String) async throws {
        try await copying {
            try await copies.make(named: name, of: URL(fileURLWithPath: path)) { [weak self] in await self?.closeAll() }
        } shown: {
            document = $0
        }
    }

    private func copying(_ make: () async throws -> URL, shown show: (URL) -> Void) async throws {
        let before = closings
        do {
            let file = try await make()
            guard before == closings else { return dropCopies() }
            show(file)
        } catch CocoaError.fileWriteOutOfSpace {
            throw Problem.StorageUnavailable(reason: .full)
        } catch {
            throw Problem.StorageUnavailable(reason: .failing)
        }
    }

    func closeAll() {
        closings += 1
        shared = nil
        document = nil
        isScanning = false
        dropCopies()
    }

    private func dropCopies() { Task { [copies] in await copies.clear() } }

    func copy(_ text: String, secret: Bool) {
        let minute = Date(timeIntervalSinceNow: 60)
        UIPasteboard.general.setItems(
            [["public.utf8-plain-text": text]], options: secret ? [.localOnly: true, .expirationDate: minute] : [:])
    }

    func openSettings() async -> Bool { await open(UIApplication.openSettingsURLString) }

    func openNotificationSettings() async -> Bool { await open(UIApplication.openNotificationSettingsURLString) }

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
    let hasMessaging = false

    func registerPush() {}

    func openStore() async -> Bool { await open(Settings.storePage) }

    /// iOS leads an app to its own page of the settings, and to no other.
    func openPath(_ intents: [IntentView]) async -> Bool { await openSettings() }

    func permission() async -> NotificationPermission { await notifications.settings().permission }

    func post(_ alert: Companion.Alert) async throws { try await notifications.post(alert) }

    var canScan: Bool { DataScannerViewController.isSupported }

    func scan() async throws -> String? {
        let before = closings
        guard await AVCaptureDevice.requestAccess(for: .video), DataScannerViewController.isAvailable else {
            throw Problem.Unexpected(code: "camera_off")
        }
        guard before == closings else { return nil }
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

    private func open(
        _ address: String, options: [UIApplication.OpenExternalURLOptionsKey: Any] = [:]
    ) async -> Bool {
        guard let url = URL(string: address) else { return false }
        return await UIApplication.shared.open(url, options: options)
    }
}

/// Something on the share sheet.
struct SharedItem: Identifiable, Sendable {
    let id = UUID()
    let items: [any Sendable]
}
