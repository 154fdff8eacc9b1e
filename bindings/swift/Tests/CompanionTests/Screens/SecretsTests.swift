// PIN and PUK: on their own screen alone, and not for long.

import Companion
import CompanionScreens
import Testing

@MainActor
extension SandboxTests {
    @Test func aPukHidesItself() async throws {
        let (handset, id) = try await before()
        let sim = handset.model.sim
        sim.reveal(id, .puk)
        try await wait(for: "the PUK") { sim.secret != nil }
        handset.phone.clock.advance(seconds: 31)
        try await wait(for: "it to be hidden") { sim.secret == nil }

        sim.reveal(id, .puk)
        try await wait(for: "the PUK once more") { sim.secret != nil }
        handset.model.leftScreen()
        #expect(sim.secret == nil, "it is in no app switcher")
    }

    @Test func aPukGoesWhicheverWayItsScreenIsLeft() async throws {
        let (handset, id) = try await before()
        let model = handset.model
        let ways: [@MainActor () -> Void] = [
            { model.back() }, { model.open(.invoices) }, { model.open(.article(id: "pin-and-puk")) },
            { model.arrived(by: .notification) },
        ]
        for leave in ways {
            model.open(.sim)
            model.sim.reveal(id, .puk)
            try await wait(for: "the PUK") { model.sim.secret != nil }
            leave()
            #expect(model.sim.secret == nil && handset.core.activation().shownSecret() == nil)
        }
    }

    @Test func aPukThatIsStillAskedForIsNotShownOnceItsScreenIsLeft() async throws {
        let (handset, id) = try await before()
        let model = handset.model
        model.sim.reveal(id, .puk)
        try await wait(for: "a first one") { model.sim.secret != nil }
        model.sim.hide()
        // While the person is asked who they are, they go elsewhere.
        handset.phone.presence.takes(0.6)
        model.sim.reveal(id, .puk)
        try await Task.sleep(for: .milliseconds(200))
        model.open(.usage)
        model.open(.sim)
        try await Task.sleep(for: .seconds(3))
        #expect(model.sim.secret == nil && handset.core.activation().shownSecret() == nil)
        #expect(model.problem == nil, "who left it asks for nothing")
    }

    private func before() async throws -> (Handset, String) {
        let handset = try await Handset(signedInAs: "emma")
        handset.model.open(.sim)
        try await wait(for: "the SIMs") { !handset.model.sim.view.sims.isEmpty }
        return (handset, try #require(handset.model.sim.view.sims.first).id)
    }
}
