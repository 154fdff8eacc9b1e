// What the screens begin with: pulled in one go, so that none of it is on the main thread.

import Companion

/// Every view as it is now.
public struct FirstViews: Sendable {
    let labels: Labels
    let frame: FrameView
    let session: SessionView
    let lock: AppLockView
    let usage: UsageView
    let alerts: AlertsView
    let preferences: PreferencesView
    let invoices: InvoicesView
    let wifiCalling: WifiCallingView
    let activation: ActivationView

    /// Pulls them, which takes some milliseconds. Not on the main thread.
    public init(of core: CompanionCore) {
        labels = core.labels()
        frame = core.frame()
        session = core.session().state()
        lock = core.appLock().state()
        usage = core.usage().state()
        alerts = core.alerts().state()
        preferences = core.preferences().state()
        invoices = core.invoices().state()
        wifiCalling = core.wifiCalling().state()
        activation = core.activation().state()
    }
}
