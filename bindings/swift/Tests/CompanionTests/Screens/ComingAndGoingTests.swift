// The app leaves the screen and comes back: what is seen meanwhile, what waits, what is taken away.

import Companion
import CompanionScreens
import Testing

@MainActor
extension SandboxTests {
    @Test func theCoverStaysUntilItIsKnownWhetherTheAppIsLocked() async throws {
        let handset = try await locked()
        let model = handset.model
        model.leftScreen()
        #expect(model.isCovered && !model.lock.locked)
        handset.phone.clock.advance(seconds: 61)
        #expect(model.isCovered == true, "it is in front, and its core asleep")

        model.cameToFront()
        // At once: no figure is drawn in between.
        #expect(model.lock.locked && !model.isCovered)
    }

    @Test func withinTheGraceTimeNothingIsAskedAndNothingStaysCovered() async throws {
        let handset = try await locked()
        handset.model.leftScreen()
        handset.phone.clock.advance(seconds: 59)
        handset.model.cameToFront()
        #expect(!handset.model.lock.locked && !handset.model.isCovered)
        #expect(handset.device.closed == 0)
    }

    @Test func anAppWithoutALockIsNotCovered() async throws {
        let handset = try await Handset(signedInAs: "emma")
        handset.model.leftScreen()
        #expect(handset.model.isCovered == false)
    }

    @Test func theLockTakesAwayWhatLiesOverTheScreens() async throws {
        let handset = try await locked()
        handset.model.leftScreen()
        handset.phone.clock.advance(seconds: 61)
        handset.model.cameToFront()
        #expect(handset.device.closed == 1)
    }

    @Test func aSignOutTakesAwayWhatLiesOverTheScreensAndTheLetter() async throws {
        let handset = try await Handset(signedInAs: "emma")
        handset.model.usage.askForAnotherPlan()
        #expect(handset.model.letter != nil)
        handset.model.settings.signOut()
        try await wait(for: "the end") { handset.model.session.asksToSignIn }
        #expect(handset.model.letter == nil && handset.device.closed > 0)
    }

    @Test func whatIsAskedForBeforeTheCoreIsAwakeWaitsForIt() async throws {
        let handset = try await Handset(signedInAs: "emma")
        let model = handset.model
        model.open(.invoices)
        try await wait(for: "the list") { !model.invoices.view.rows.isEmpty }
        let id = try #require(model.invoices.view.rows.compactMap(\.invoiceId).first)
        model.leftScreen()
        try handset.core.suspend(deadlineMs: 4_000)

        // The screen is there again, the core not yet.
        model.invoices.download(id)
        let pulled = Task { await model.usage.refresh() }
        try await Task.sleep(for: .milliseconds(100))
        #expect(model.problem == nil)
        try handset.core.resume()
        model.cameToFront()
        await pulled.value
        try await wait(for: "the document") { model.invoices.invoice(id)?.document == .here }
        #expect(model.problem == nil)
    }

    @Test func aTappedNotificationLeadsToTheFigures() async throws {
        let handset = try await Handset(signedInAs: "emma")
        handset.model.open(.settings)
        handset.model.arrived(by: .notification)
        #expect(handset.model.stack.top == .at(.usage))
    }

    private func locked() async throws -> Handset {
        let handset = try await Handset(signedInAs: "emma")
        handset.model.settings.lock(true)
        try await wait(for: "the lock") { handset.model.lock.on }
        return handset
    }
}

@Test func anAddressThatComesTwoWaysIsTakenOnce() {
    var addresses = Addresses()
    let now = ContinuousClock.now
    let brought: [(String, Duration)] = [
        ("be.op:/signed-in?code=1", .zero), ("be.op:/signed-in?code=1", .milliseconds(300)),
        ("https://op.example/invitation?code=1", .milliseconds(400)),
        // Opened once more.
        ("https://op.example/invitation?code=1", .seconds(9)),
    ]
    let taken = brought.map { addresses.isNew($0, at: now + $1) }
    #expect(taken == [true, false, true, true])
}
