// What the settings call.

import Companion

/// The settings.
@MainActor
public final class SettingsModel {
    private unowned let app: AppModel

    init(app: AppModel) { self.app = app }

    /// Turns the app lock.
    @discardableResult
    public func lock(_ on: Bool) -> Task<Void, Never> {
        app.act { [unowned self] _ in
            let lock = app.core.appLock()
            if on { try await lock.turnOn(graceSeconds: nil) } else { try await lock.turnOff() }
            app.lookAgain()
        }
    }

    /// What a sign-out would lose now, for beneath its question; nothing where all was sent.
    public func unsent() -> SpokenText? { app.core.session().state().unsent }

    /// Signs out.
    public func signOut() { app.signIn.signOut() }
}
