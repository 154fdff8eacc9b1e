// A claim that is being made: it is there until it was shared, or somebody else is.

import Companion
import CompanionScreens
import Testing

@MainActor
extension SandboxTests {
    @Test func aClaimHalfDoneOutlivesOtherTabsANotificationTheLockAndTheWayBack() async throws {
        let (handset, id) = try await claiming()
        let model = handset.model
        let typed = ClaimWish(lineIds: ["2"], note: "of March", withPrivateTexts: false)
        model.invoices.keep(typed, of: id)
        model.open(.usage)
        model.arrived(by: .notification)
        model.back()
        #expect(model.invoices.draft(of: id) == typed)

        try await handset.core.appLock().turnOn()
        handset.core.appLock().lock()
        try await wait(for: "the lock") { model.lock.locked }
        model.unlock()
        try await wait(for: "the screens") { !model.lock.locked }
        #expect(model.invoices.draft(of: id) == typed)

        model.settings.signOut()
        try await wait(for: "the end") { model.session.asksToSignIn && model.invoices.draft(of: id).note.isEmpty }
    }

    @Test func aClaimThatWasSharedGoesWithItsScreenAndOneThatNobodyGotStays() async throws {
        let (handset, id) = try await claiming()
        let model = handset.model
        let line = try #require(model.invoices.lines(id, .detail, from: 0).first { !$0.employerShare }).lineId
        let wish = ClaimWish(lineIds: [line], note: "of March", withPrivateTexts: false)
        model.invoices.keep(wish, of: id)

        handset.device.opens = false
        model.invoices.claim(id, wish)
        try await wait(for: "the letter") { model.letter != nil }
        model.mail(try #require(model.letter))
        try await wait(for: "the problem") { model.problem?.explanation.code == "nothing_opened" }
        #expect(model.letter != nil, "it can still be shared")
        model.closeLetter()
        model.back()
        #expect(model.invoices.draft(of: id) == wish)

        handset.device.opens = true
        model.open(.claim(id: id))
        handset.device.asked = []
        model.mail(try await letter(of: wish, id, model))
        try await wait(for: "the mail program") { handset.device.asked.last == "link" }
        model.closeLetter()
        #expect(model.invoices.draft(of: id) == wish, "it can be shared in another way too")
        model.back()
        #expect(model.invoices.draft(of: id).lineIds.isEmpty)
    }

    @Test func aClaimWhoseShareSheetWasClosedStays() async throws {
        let (handset, id) = try await claiming()
        let (model, device) = (handset.model, handset.device)
        let line = try #require(model.invoices.lines(id, .detail, from: 0).first { !$0.employerShare }).lineId
        let wish = ClaimWish(lineIds: [line], note: "of March", withPrivateTexts: false)
        model.invoices.keep(wish, of: id)
        device.shares = false
        model.share(try await letter(of: wish, id, model))
        try await wait(for: "the sheet") { device.asked.last?.hasPrefix("share ") == true }
        model.closeLetter()
        model.invoices.claimTable(id, wish)
        try await wait(for: "the table") { device.asked.last?.hasPrefix("share file ") == true }
        model.back()
        #expect(model.invoices.draft(of: id) == wish)

        device.shares = true
        model.open(.claim(id: id))
        model.invoices.claimTable(id, wish)
        try await wait(for: "the table again") { device.asked.filter { $0.hasPrefix("share file ") }.count == 2 }
        model.back()
        #expect(model.invoices.draft(of: id).lineIds.isEmpty)
    }

    @Test func aClaimThatIsChangedAfterItWasSharedIsAnotherOne() async throws {
        let (handset, id) = try await claiming()
        let model = handset.model
        let line = try #require(model.invoices.lines(id, .detail, from: 0).first { !$0.employerShare }).lineId
        let wish = ClaimWish(lineIds: [line], note: "", withPrivateTexts: false)
        model.invoices.keep(wish, of: id)
        model.share(try await letter(of: wish, id, model))
        try await wait(for: "the sheet") { handset.device.asked.last?.hasPrefix("share ") == true }
        model.closeLetter()
        let changed = ClaimWish(lineIds: [line], note: "of March", withPrivateTexts: false)
        model.invoices.keep(changed, of: id)
        model.back()
        #expect(model.invoices.draft(of: id) == changed)
    }

    private func letter(of wish: ClaimWish, _ id: String, _ model: AppModel) async throws -> PreparedRequest {
        model.invoices.claim(id, wish)
        try await wait(for: "the letter") { model.letter != nil }
        return try #require(model.letter)
    }

    private func claiming() async throws -> (Handset, String) {
        let handset = try await Handset(signedInAs: "emma")
        let model = handset.model
        model.open(.invoices)
        try await wait(for: "the list") { !model.invoices.view.rows.isEmpty && !model.invoices.view.refreshing }
        let id = try #require(model.invoices.view.rows.compactMap(\.invoiceId).first)
        model.open(.invoice(id: id))
        try await wait(for: "its lines") { !model.invoices.lines(id, .detail, from: 0).isEmpty }
        model.open(.claim(id: id))
        return (handset, id)
    }
}
