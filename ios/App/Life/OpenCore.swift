// The core of this process: opened once, awake while the app is on the screen or works in the background, asleep otherwise.

import Companion
import CompanionPlatform
import CompanionScreens
import Observation
import SwiftUI
import WidgetKit

/// What is on the screen.
enum Showing {
    /// The core is being opened.
    case opening
    /// It could not be opened.
    case notOpened
    case screens(AppModel)
}

@MainActor
@Observable
final class OpenCore {
    private(set) var showing = Showing.opening

    @ObservationIgnored let device = PhoneDevice()
    @ObservationIgnored private let watch = PathWatch()
    @ObservationIgnored private let notifications = Notifications()
    @ObservationIgnored private let taps = NotificationTaps()
    @ObservationIgnored private let plan = BackgroundPlan(identifier: Settings.refresh)
    @ObservationIgnored private var opening: Task<Opened, any Error>?
    @ObservationIgnored private var isInFront = false
    /// One thing after the other: the app may leave the screen before it has quite come to it.
    @ObservationIgnored private var turns = Task<Void, Never> {}
    @ObservationIgnored private var isHeld = false
    /// What brought the person here before there were screens.
    @ObservationIgnored private var arrivals: [Arrival] = []
    @ObservationIgnored private var addresses = Addresses()

    /// Seconds, of about thirty that the system leaves.
    private static let finishing: TimeInterval = 20
    /// Those that are not for the downloads.
    private static let fallingAsleep: TimeInterval = 8
    /// Where nothing better is known, as when the core could not be opened.
    private static let nextTry: Int64 = 3_600_000

    private struct Opened: Sendable {
        let core: CompanionCore
        let awake: Awake
    }

    init() {
        taps.listen { [weak self] in self?.arrived(by: .notification) }
        show()
    }

    /// Opens the core for the screens.
    func show() {
        showing = .opening
        Task {
            do {
                let opened = try await open()
                let first = await Task.detached(priority: .userInitiated) { FirstViews(of: opened.core) }.value
                let model = try AppModel(core: opened.core, device: device, first: first)
                device.connect(to: opened.core, watch: watch, notifications: notifications)
                carry(opened.core)
                showing = .screens(model)
                // The person may have left, and come back, before it was open: what is asked for waits until it is held.
                leave(model)
                for arrival in arrivals { model.arrived(by: arrival) }
                arrivals = []
            } catch {
                showing = .notOpened
            }
            settle { [self] in comeToFront() }
        }
    }

    private func comeToFront() {
        if isInFront, case .screens(let model) = showing { model.cameToFront() }
    }

    /// A sign-in that came back by a link, or an invitation by e-mail. Each is foreign: the core says what it is worth.
    func cameBack(_ url: String) {
        guard addresses.isNew(url, at: .now) else { return }
        arrived(by: .link(url))
    }

    private func arrived(by arrival: Arrival) {
        if case .screens(let model) = showing { model.arrived(by: arrival) } else { arrivals.append(arrival) }
    }

    func cameToFront() {
        isInFront = true
        // What failed a while ago may work now: the phone was locked since its start, or had no room.
        if case .notOpened = showing { show() }
        settle { [self] in
            // First what takes the cover away.
            comeToFront()
            Task { await device.tellNotificationSettings() }
        }
    }

    func leftScreen() {
        isInFront = false
        if case .screens(let model) = showing { leave(model) }
        settle {}
    }

    private func leave(_ model: AppModel) {
        model.leftScreen()
        plan.plan(atMs: [model.usage.view.backgroundAtMs, model.notifications.alerts.nextDueMs])
    }

    /// A run in the background: one small request, what is due, and when to run again.
    func runInBackground() async {
        // First of all: a run that plans no other one is the last.
        plan.plan(atMs: [Int64(Date().timeIntervalSince1970 * 1_000) + Self.nextTry])
        guard let opened = try? await open() else { return }
        guard (try? await Self.off { try opened.awake.hold() }) != nil else { return }
        let run = await opened.core.usage().refreshInBackground(budgetMs: 20_000)
        await postDue(opened.core)
        WidgetCenter.shared.reloadAllTimelines()
        let isSignedOut = opened.core.session().state().phase == .signedOut
        plan.plan(atMs: isSignedOut ? [] : [run.nextMs, opened.core.alerts().state().nextDueMs])
        try? await Self.off { try opened.awake.release() }
    }

    /// Holds the core for the screen, or lets it go, by what is so now: the screen may have turned meanwhile.
    private func settle(_ then: @escaping @MainActor () -> Void) {
        // Falling asleep takes a moment that the system has to leave us.
        let time = BackgroundTime()
        let handle = try? time.begin()
        let before = turns
        turns = Task {
            await before.value
            if let opened = try? await open() {
                let isWanted = isInFront
                if isWanted && !isHeld {
                    isHeld = (try? await Self.off { try opened.awake.hold() }) != nil
                } else if !isWanted && isHeld {
                    await letDownloadsEnd()
                    if !isInFront {
                        isHeld = false
                        try? await Self.off { try opened.awake.release() }
                    }
                } else if !isWanted {
                    try? await Self.off { try opened.awake.rest() }
                }
            }
            then()
            if let handle { try? time.end(handle: handle) }
        }
    }

    private func letDownloadsEnd() async {
        guard case .screens(let model) = showing else { return }
        // The phone may leave less, as when its battery is low.
        let left = max(0, UIApplication.shared.backgroundTimeRemaining - Self.fallingAsleep)
        await model.invoices.letDownloadsEnd(within: .seconds(min(Self.finishing, left))) { !isInFront }
    }

    private func open() async throws -> Opened {
        if let opening { return try await opening.value }
        let watch = watch
        let switched: @Sendable () -> Void = { [weak self] in Task { @MainActor in self?.networkReturned() } }
        let task = Task.detached {
            guard let file = Bundle.main.url(forResource: "profile", withExtension: "json") else {
                throw CocoaError(.fileNoSuchFile)
            }
            let redirect = Settings.redirectUri
            let config = CoreConfig(
                dataDir: try coreFolder().path, profileJson: try String(contentsOf: file, encoding: .utf8),
                languages: Locale.preferredLanguages, redirectUri: redirect.isEmpty ? nil : redirect)
            let host = Host(
                secureStore: KeychainSecureStore(service: Settings.service), clock: SystemClock(),
                userPresence: EnclavePresence(service: Settings.service), backgroundGuard: BackgroundTime(),
                network: watch, probeNetwork: PhoneProbeNetwork(watch: watch))
            let core = try CompanionCore.open(config: config, host: host)
            watch.start { [weak core] hasNetwork in
                core?.networkChanged()
                if hasNetwork { switched() }
            }
            return Opened(core: core, awake: Awake(core))
        }
        opening = task
        do {
            return try await task.value
        } catch {
            // The next one tries anew. A core that is open stays so, whatever becomes of its screens.
            opening = nil
            throw error
        }
    }

    private func networkReturned() {
        if isInFront, case .screens(let model) = showing { model.networkReturned() }
    }

    /// What the phone is told of the core's changes, for as long as the process lives.
    private func carry(_ core: CompanionCore) {
        Task {
            guard let views = try? core.usageViews() else { return }
            for await _ in views { WidgetCenter.shared.reloadAllTimelines() }
        }
        Task {
            guard let views = try? core.sessionViews() else { return }
            for await view in views where view.phase == .signedOut {
                notifications.clear()
                WidgetCenter.shared.reloadAllTimelines()
            }
        }
    }

    /// While the phone lets none through, alerts stay due: what nobody saw was not told.
    private func postDue(_ core: CompanionCore) async {
        guard await notifications.settings().permission == .granted else { return }
        // What was not marked is due again a minute later.
        try? await core.alerts().postDueAlerts { [notifications] alert in try await notifications.post(alert) }
    }

    /// Off the main thread: the core may wait for its writers.
    private static func off(_ work: @escaping @Sendable () throws -> Void) async throws {
        try await Task.detached { try work() }.value
    }
}
