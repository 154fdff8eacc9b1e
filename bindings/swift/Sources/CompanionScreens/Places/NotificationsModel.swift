// What the notifications screen draws and calls.

import Companion
import Observation

/// The notifications screen.
@MainActor
@Observable
public final class NotificationsModel {
    /// The switches.
    public internal(set) var view: PreferencesView

    /// The usage alerts.
    public internal(set) var alerts: AlertsView

    /// An alert's share as far as it was typed, as a number of percent.
    public let typedShare = Typed()
    /// An alert's costs, in euros.
    public let typedCosts = Typed()
    /// By preference.
    @ObservationIgnored private var thresholds: [String: Typed] = [:]

    @ObservationIgnored private unowned let app: AppModel
    @ObservationIgnored private var changing: Task<Void, Never>?
    @ObservationIgnored private var posting: Task<Void, Never>?
    @ObservationIgnored private var waiting: Task<Void, Never>?

    private var preferences: Preferences { app.core.preferences() }

    init(app: AppModel, view: PreferencesView, alerts: AlertsView) {
        self.app = app
        self.view = view
        self.alerts = alerts
    }

    /// Sends what waits and asks the operator. The view says what came of it.
    public func refresh() async { await app.ask { try await preferences.refresh() } }

    /// What the button of the notice does.
    public func remedy() { app.mend(view.notice, refresh) }

    /// Turns a switch.
    @discardableResult
    public func turn(_ preferenceId: String, _ on: Bool) -> Task<Void, Never> {
        app.act { [unowned self] _ in try await preferences.set(preferenceId: preferenceId, on: on) }
    }

    /// The operator's threshold as far as it was typed, as a number of percent.
    public func typedThreshold(_ preferenceId: String) -> Typed {
        if let typed = thresholds[preferenceId] { return typed }
        let typed = Typed()
        thresholds[preferenceId] = typed
        return typed
    }

    /// Chooses the operator's threshold as it was typed.
    public func chooseThreshold(_ preferenceId: String) {
        let typed = typedThreshold(preferenceId)
        let percent = typed.entered
        app.act(taking: typed) { [unowned self] _ in
            try await preferences.setThreshold(preferenceId: preferenceId, percent: percent)
        }
    }

    /// Keeps the person's wish over what the operator has.
    public func keepMine(_ preferenceId: String) {
        app.act { [unowned self] _ in try await preferences.keepMine(preferenceId: preferenceId) }
    }

    /// Keeps what the operator has, or closes what failed.
    public func keepTheirs(_ preferenceId: String) {
        app.act { [unowned self] _ in try await preferences.keepTheirs(preferenceId: preferenceId) }
    }

    /// Whether this app can mend that: without a messaging service nothing is offered about the address of notifications.
    public func canMend(_ fix: ReachFix) -> Bool { fix != .registerPush || app.device.hasMessaging }

    /// Mends the first missing link between a switch and the person.
    public func mend(_ fix: ReachFix) {
        switch fix {
        case .askPermission: app.device.askNotificationPermission()
        case .openSettings: app.hand { await $0.openNotificationSettings() }
        case .registerPush: app.device.registerPush()
        }
    }

    /// Adds an alert at the share that was typed.
    @discardableResult
    public func addShare() -> Task<Void, Never> {
        change({ $0 }, adding: .share(percent: typedShare.entered), taking: typedShare)
    }

    /// Adds an alert at the costs that were typed.
    @discardableResult
    public func addCosts() -> Task<Void, Never> {
        change({ $0 }, adding: .costs(euros: typedCosts.entered), taking: typedCosts)
    }

    /// Leaves the alert that was being typed.
    public func cancelAlert() {
        typedShare.clear()
        typedCosts.clear()
    }

    /// Takes an alert away.
    public func remove(_ threshold: OwnThreshold) { change({ own in own.filter { $0 != threshold } }) }

    /// Sets the hours without alerts, in minutes of the day.
    @discardableResult
    public func setQuietHours(from: Int, to: Int) -> Task<Void, Never> {
        let (from, to) = (UInt16(clamping: from), UInt16(clamping: to))
        return app.act { [unowned self] _ in try await app.core.alerts().setQuietHours(fromMinute: from, toMinute: to) }
    }

    /// Posts a sample. Whoever was not asked yet whether this app may notify is asked that first.
    public func tryOne() {
        app.act { [unowned self] _ in
            switch await app.device.permission() {
            case .granted: try await app.device.post(app.core.alerts().tryOne())
            case .notAsked: app.device.askNotificationPermission()
            // The phone would drop it.
            case .denied: throw Problem.Unexpected(code: "notifications_off")
            }
        }
    }

    /// Posts what is due, after every refresh. While the phone lets none through, alerts stay due: what nobody saw was not
    /// told.
    func postDue() {
        let before = posting
        posting = Task { [app] in
            await before?.value
            guard await app.device.permission() == .granted else { return }
            // What was not marked is due again a minute later.
            try? await app.core.alerts().postDueAlerts { [device = app.device] alert in try await device.post(alert) }
        }
    }

    /// Posts what becomes due while the app is on the screen, as when the quiet hours end.
    func postDueLater() {
        waiting?.cancel()
        guard let dueInMs = alerts.nextDueInMs else { return }
        waiting = Task { [weak self] in
            try? await Task.sleep(for: .milliseconds(Int64(clamping: dueInMs)))
            if !Task.isCancelled { self?.postDue() }
        }
    }

    /// One change after the other: each begins with what the one before left.
    @discardableResult
    private func change(
        _ change: @escaping @Sendable ([OwnThreshold]) -> [OwnThreshold], adding added: TypedThreshold? = nil,
        taking typed: Typed? = nil
    ) -> Task<Void, Never> {
        let before = changing
        let work = app.act(taking: typed) { [unowned self] _ in
            await before?.value
            let alerts = app.core.alerts()
            try await alerts.setOwnThresholds(
                thresholds: change(alerts.state().own.map(\.threshold)), typed: added)
        }
        changing = work
        return work
    }

    func forgetTyped() {
        cancelAlert()
        for typed in thresholds.values { typed.clear() }
    }
}
