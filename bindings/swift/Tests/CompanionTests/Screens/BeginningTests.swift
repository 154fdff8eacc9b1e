// Where a person begins: after a sign-in, and after the app was ended with its lock on.

import Companion
import CompanionScreens
import Testing

@MainActor
extension SandboxTests {
    @Test func whoHasANumberOnItsWayBeginsThere() async throws {
        let handset = try await signingIn("ines")
        let model = handset.model
        try await wait(for: "the place") { model.stack.top == .at(.gettingStarted) }
        #expect(model.frame.bar.first?.place == .gettingStarted)
        try await wait(for: "the line") { !model.gettingStarted.view.lines.isEmpty }
    }

    @Test func whoWentElsewhereMeanwhileStaysThere() async throws {
        let handset = try await signingIn("ines", latencyMs: 600)
        let model = handset.model
        model.open(.invoices)
        try await wait(for: "the place in the bar") { model.frame.bar.first?.place == .gettingStarted }
        try await Task.sleep(for: .seconds(1))
        #expect(model.stack.top == .at(.invoices))
    }

    @Test func theAppThatComesToTheFrontAsksWhichPlacesThereAre() async throws {
        let handset = try await Handset(signedInAs: "ines")
        try await wait(for: "the place in the bar") { handset.model.frame.bar.first?.place == .gettingStarted }
    }

    @Test func whoLocksTheAppIsAfterARestartWhereTheyWere() async throws {
        let handset = try await Handset(signedInAs: "emma")
        try await handset.core.appLock().turnOn(graceSeconds: nil)
        handset.model.open(.invoices)
        handset.model.open(.runningCosts)
        let before = handset.model.stack
        try await wait(for: "the way to be kept") { handset.core.frame().keptScreen == before.text }

        try handset.restart()
        #expect(handset.model.lock.locked)
        handset.model.cameToFront()
        handset.model.unlock()
        try await wait(for: "the way back") { handset.model.stack == before }
    }

    @Test func whoFollowsANotificationPastTheLockIsWhereItLeads() async throws {
        let handset = try await Handset(signedInAs: "emma")
        try await handset.core.appLock().turnOn(graceSeconds: nil)
        handset.model.open(.invoices)
        let before = handset.model.stack
        try await wait(for: "the way to be kept") { handset.core.frame().keptScreen == before.text }

        try handset.restart()
        handset.model.cameToFront()
        handset.model.arrived(by: .notification)
        handset.model.unlock()
        try await wait(for: "the screens") { !handset.model.lock.locked }
        try await Task.sleep(for: .milliseconds(200))
        #expect(handset.model.stack.top == .at(.usage))
    }

    /// Somebody who has just signed in, in the app.
    private func signingIn(_ key: String, latencyMs: Int? = nil) async throws -> Handset {
        let handset = try await Handset()
        handset.device.person = try handset.sandbox.person(key)
        if let latencyMs { try await handset.sandbox.faults(["only": ["/tmf-api"], "latencyMs": latencyMs]) }
        handset.model.signIn.signIn()
        try await wait(for: "the session") { !handset.model.session.asksToSignIn }
        return handset
    }
}
