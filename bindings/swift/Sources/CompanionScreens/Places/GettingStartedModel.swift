// What the screens of getting started draw and call.

import Companion
import Observation

/// The screens of getting started.
@MainActor
@Observable
public final class GettingStartedModel {
    /// The lines on their way, and the person's SIMs.
    public internal(set) var view: ActivationView

    /// The code at hand, without its secrets.
    public private(set) var code: EsimCodeView? { didSet { codes += 1 } }

    /// How it gets into this phone, once asked for.
    public private(set) var handover: EsimHandoverView?

    /// The code of an eSIM as far as it was typed. Secrets: they go with their screen.
    public let typedCode = Typed()
    /// The confirmation code, likewise.
    public let typedConfirmation = Typed()

    @ObservationIgnored private unowned let app: AppModel
    /// How often `code` was set.
    @ObservationIgnored private var codes = 0

    private var room: Activation { app.core.activation() }

    init(app: AppModel, view: ActivationView) {
        self.app = app
        self.view = view
    }

    /// Asks how far the orders are. The view says what came of it.
    public func refresh() async { await app.ask { try await room.refresh() } }

    /// What the button of the notice does.
    public func remedy() { app.mend(view.notice, refresh) }

    /// Tells something of a line.
    public func tell(_ lineId: String, _ answerId: String) {
        app.act { [unowned self] _ in try await room.tell(lineId: lineId, answerId: answerId) }
    }

    /// Opens a prepared request to the employer.
    public func ask(_ kind: RequestKind) { app.write(kind) }

    /// Opens the letter that asks for compensation.
    public func claim(_ letter: PreparedRequest) { app.write(letter) }

    /// Whether the camera reads codes.
    public var canScan: Bool { app.device.canScan }

    /// Opens the camera for the code of an eSIM.
    public func scan() {
        app.act { [unowned self] _ in
            guard let text = try await app.device.scan() else { return }
            await app.isBack()
            code = try await room.readCode(text: text, confirmation: nil)
        }
    }

    /// Takes a code that was typed or pasted.
    public func readCode() {
        let text = typedCode.entered
        app.act(taking: typedCode) { [unowned self] _ in code = try await room.readCode(text: text, confirmation: nil) }
    }

    /// Asks the operator for the code.
    public func fetchCode(_ simId: String) { app.act { [unowned self] _ in code = try await room.fetchCode(simId) } }

    /// Takes the confirmation code.
    @discardableResult
    public func confirm() -> Task<Void, Never> {
        let text = typedConfirmation.entered
        return app.act(taking: typedConfirmation) { [unowned self] _ in
            code = try await room.setConfirmationCode(text: text)
            // It held the one before.
            forgetHandover()
        }
    }

    /// Gives the ways to hand the code to this phone.
    public func install() {
        app.act { [unowned self] _ in
            let (phone, readiness) = app.device.esim()
            handover = try await room.handover(phone: phone, readiness: readiness)
        }
    }

    /// Opens the phone's own way of installing.
    public func openLink(_ link: String) { app.hand { await $0.openInstaller(link) } }

    /// Puts a field on the clipboard.
    public func copy(_ field: EsimFieldView) { app.device.copy(field.value, secret: field.isSecret) }

    func forgetTyped() {
        typedCode.clear()
        typedConfirmation.clear()
    }

    func forgetHandover() { handover = nil }

    /// The way it is handed over stays: the person copies from it, in and out of the app, and the phone's network changes on the way.
    func entered() async {
        let before = codes
        let atHand = try? await room.esimCode()
        // What was read meanwhile is newer.
        if codes == before { code = atHand }
    }
}
