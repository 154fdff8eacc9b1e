// What the Wi-Fi calling screen draws and calls.

import Companion
import Observation

/// The Wi-Fi calling screen.
@MainActor
@Observable
public final class WifiCallingModel {
    /// The screen.
    public internal(set) var view: WifiCallingView

    /// Where it works, as far as it was typed.
    public let typedPlace = Typed()

    @ObservationIgnored private unowned let app: AppModel

    private var room: WifiCalling { app.core.wifiCalling() }

    init(app: AppModel, view: WifiCallingView) {
        self.app = app
        self.view = view
    }

    /// Asks the operator. The view says what came of it.
    public func refresh() async { await app.ask { try await room.refresh() } }

    /// What the button of the notice does.
    public func remedy() { app.mend(view.notice, refresh) }

    /// Answers the step's question.
    public func answer(_ stepId: String, _ answerId: String) {
        app.act { [unowned self] _ in try await room.answer(stepId: stepId, answerId: answerId) }
    }

    /// Goes back by one step.
    public func stepBack() { app.act { [unowned self] _ in try await room.back() } }

    /// Asks the operator to switch it on.
    public func switchOn() { app.act { [unowned self] _ in try await room.switchOn() } }

    /// Checks this network.
    public func check() { app.act { [unowned self] _ in try await room.check() } }

    /// Says where it works.
    public func namePlace() {
        let place = typedPlace.entered
        app.act(taking: typedPlace) { [unowned self] _ in try await room.namePlace(place: place) }
    }

    /// Opens the report to support.
    public func report() { if let report = room.report() { app.write(report) } }

    /// Opens the prepared request to the employer.
    public func askEmployer() { app.write(.wifiCalling) }

    /// Opens the settings as near to a path as the platform lets an app.
    public func openPath(_ path: PathView) { app.hand { await $0.openPath(path.intents) } }

    /// Tells what the phone knows now; the step follows it.
    func entered() async {
        room.tell(facts: app.device.facts())
        try? await room.refreshIfDue()
    }
}
