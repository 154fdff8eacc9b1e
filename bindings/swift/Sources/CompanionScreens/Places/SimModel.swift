// What the SIM screen draws and calls. The core alone knows how long a secret may be seen.

import Companion
import Observation

/// PIN and PUK.
@MainActor
@Observable
public final class SimModel {
    /// What is on the screen now. While there is something, the screen must not be captured.
    public private(set) var secret: SimSecretView?

    /// Whether a copy of the shown PUK is on this phone.
    public private(set) var isCopied = false

    @ObservationIgnored private unowned let app: AppModel
    @ObservationIgnored private var revealing: Task<Void, any Error>?

    private var room: Activation { app.core.activation() }

    init(app: AppModel) { self.app = app }

    /// The person's SIMs.
    public var view: ActivationView { app.gettingStarted.view }

    /// What the button of the notice does.
    public func remedy() { app.gettingStarted.remedy() }

    /// Shows a secret until the core hides it.
    public func reveal(_ simId: String, _ kind: SimSecretKind) {
        app.act { [weak self] _ in
            // Also of a second try, once the person has shown who they are.
            let revealing = Task { [weak self] in
                guard let room = self?.room else { return }
                try await room.reveal(simId, kind)
                self?.isCopied = try await room.offlineCopy(sim: simId, keep: nil)
                // Its seconds are counted down.
                while let shown = room.shownSecret(), self != nil {
                    self?.secret = shown
                    try await Task.sleep(for: .milliseconds(500))
                }
                self?.secret = nil
            }
            self?.revealing = revealing
            try await revealing.value
        }
    }

    /// Hides it, and lets go of what was asked for and did not come yet.
    public func hide() {
        revealing?.cancel()
        conceal()
    }

    /// The app left the screen, which the phone's own prompt may do as well: what was asked for may still come.
    func conceal() {
        room.hide()
        secret = nil
    }

    /// Keeps the PUK on this phone, or no longer.
    @discardableResult
    public func keepCopy(_ simId: String, _ keep: Bool) -> Task<Void, Never> {
        app.act { [unowned self] _ in isCopied = try await room.offlineCopy(sim: simId, keep: keep) }
    }

    /// Puts the digits on the clipboard.
    public func copy(_ secret: SimSecretView) { app.device.copy(secret.plain, secret: true) }
}
