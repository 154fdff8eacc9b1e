// The screens' models, walked through on the real core and a sandbox operator.

import Companion
import CompanionScreens
import Foundation
import Testing

@MainActor
extension SandboxTests {
    @Test func whatIsLeftIsReadAndStaysWithoutANetwork() async throws {
        let handset = try await Handset(signedInAs: "emma")
        let usage = handset.model.usage
        try await wait(for: "the figures") {
            usage.line?.hero?.headline.text == "3.8 GB left" && !usage.view.refreshing
        }

        try await handset.cutOff()
        await usage.refresh()
        try await wait(for: "the notice") { usage.view.notice != nil }
        #expect(usage.line?.hero?.headline.text == "3.8 GB left")

        try await handset.mend()
        usage.remedy()
        try await wait(for: "the notice to go away by itself") { usage.view.notice == nil }
    }

    @Test func cancellingARefreshThatIsPulledEndsItInTheCore() async throws {
        let handset = try await Handset(signedInAs: "emma")
        let usage = handset.model.usage
        try await wait(for: "the figures") { usage.line?.hero != nil && !usage.view.refreshing }
        try await handset.sandbox.faults(["latencyMs": 20_000])

        let pulled = Task { await usage.refresh() }
        try await wait(for: "the refresh") { usage.view.refreshing }
        pulled.cancel()

        try await wait(for: "the core to stop") { !usage.view.refreshing }
    }

    @Test func aSwitchTurnedWithoutANetworkWaitsAndIsConfirmedAfterReconnect() async throws {
        let handset = try await Handset(signedInAs: "emma")
        let notifications = handset.model.notifications
        handset.model.open(.notifications)
        try await wait(for: "the switches") { sms(notifications) != nil && !notifications.view.refreshing }
        let before = try #require(sms(notifications))
        #expect(before.on)

        try await handset.cutOff()
        notifications.turn(before.preferenceId, false)
        try await wait(for: "it to wait") { sms(notifications)?.phase == .waiting }
        #expect(sms(notifications)?.on == false && sms(notifications)?.status != nil)
        #expect(handset.model.settings.unsent() != nil, "a sign-out would lose it")

        try await handset.mend()
        await notifications.refresh()
        try await wait(for: "the confirmation") { sms(notifications)?.phase == .confirmed }
        #expect(sms(notifications)?.on == false && handset.model.settings.unsent() == nil)
    }

    @Test func aDocumentIsDownloadedPausedResumedAndOpened() async throws {
        let (handset, id) = try await fetching(latencyMs: 20_000)
        let invoices = handset.model.invoices
        invoices.pause(id)
        try await wait(for: "the pause") { [.notHere, .partly].contains(invoices.invoice(id)?.document) }

        try await handset.mend()
        invoices.download(id)
        try await wait(for: "the document") { invoices.invoice(id)?.document == .here }
        invoices.openDocument(id)
        try await wait(for: "the document on the screen") {
            handset.device.asked.contains { $0.hasPrefix("document ") }
        }
    }

    @Test func theWalkLeadsToTheProofAndBackByOneStep() async throws {
        let handset = try await Handset(signedInAs: "luc")
        let wifi = handset.model.wifiCalling
        handset.model.open(.wifiCalling)
        var seen: [String] = []
        while wifi.view.works == nil {
            try await wait(for: "the next step") { wifi.view.step.map { !seen.contains($0.id) } == true }
            let step = try #require(wifi.view.step)
            seen.append(step.id)
            wifi.answer(step.id, try #require(step.answers.first).id)
            try await wait(for: "the answer") {
                wifi.view.works != nil || wifi.view.step.map { !seen.contains($0.id) } == true
            }
        }
        #expect(seen.contains("proof-call"))

        let last = wifi.view.step?.id
        wifi.stepBack()
        try await wait(for: "the step before") { wifi.view.step?.id != last }
    }

    @Test func whatFailedIsSaidAndIsDoneByTheSameButtonOnceItCanBe() async throws {
        let handset = try await Handset(signedInAs: "emma")
        let model = handset.model
        model.open(.invoices)
        try await wait(for: "the list") { !model.invoices.view.rows.isEmpty }
        let id = try #require(model.invoices.view.rows.compactMap(\.invoiceId).first)

        try await handset.cutOff()
        model.invoices.download(id)
        try await wait(for: "the problem") { model.problem != nil }
        #expect(model.problem?.explanation.remedy == .tryAgain)

        try await handset.mend()
        model.remedy()
        #expect(model.problem == nil)
        try await wait(for: "the document") { model.invoices.invoice(id)?.document == .here }
    }

    @Test func aPersonSignsInAndOut() async throws {
        let handset = try await Handset()
        let model = handset.model
        #expect(model.session.asksToSignIn)

        model.signIn.signIn()
        try await wait(for: "the page, which is closed") { handset.device.asked == ["page"] }
        try await wait(for: "the way back") { handset.core.session().state().phase == .signedOut }
        #expect(model.problem == nil, "closing the page is no error")

        handset.device.person = try handset.sandbox.person("emma")
        model.signIn.signIn()
        try await wait(for: "the figures") { !model.session.asksToSignIn && model.usage.line?.hero != nil }

        model.open(.settings)
        model.settings.signOut()
        // Each screen hears of it on its own way.
        try await wait(for: "the end") { model.session.asksToSignIn && model.usage.view.lines.isEmpty }
        #expect(model.stack.routes == [.at(.usage)], "where the person was goes with them")
    }

    @Test func aSignInIsLeftByItsButtonToo() async throws {
        let handset = try await Handset()
        let model = handset.model
        handset.device.staysOnPage = true
        model.signIn.signIn()
        try await wait(for: "the page") { handset.device.asked == ["page"] && model.session.phase == .signingIn }

        model.signIn.cancel()
        try await wait(for: "the way back") { model.session.phase == .signedOut }
        #expect(model.problem == nil)
    }

    @Test func whoMustShowWhoTheyAreGoesOnWithWhatTheyWanted() async throws {
        let handset = try await Handset(signedInAs: "emma")
        let model = handset.model
        model.open(.sim)
        try await wait(for: "the SIMs") { !model.sim.view.sims.isEmpty }
        handset.phone.clock.advance(seconds: 400)
        try await handset.sandbox.advance(seconds: 400)
        model.sim.reveal(try #require(model.sim.view.sims.first).id, .puk)
        try await wait(for: "the question") { model.problem?.explanation.remedy == .showWho }

        handset.device.person = try handset.sandbox.person("emma")
        model.remedy()
        try await wait(for: "the PUK") { model.sim.secret != nil }
        #expect(model.problem == nil)
    }

    @Test func aLetterIsReadAndThenShared() async throws {
        let handset = try await Handset(signedInAs: "emma")
        handset.model.usage.askForAnotherPlan()
        let letter = try #require(handset.model.letter)
        handset.model.share(letter)
        try await wait(for: "the share sheet") { handset.device.asked.last == "share \(letter.subject)" }
        handset.model.closeLetter()
        #expect(handset.model.letter == nil)
    }

    @Test func theAppThatWasEndedOpensWhereThePersonWas() async throws {
        let handset = try await Handset(signedInAs: "emma")
        handset.model.open(.invoices)
        try await wait(for: "the list") { !handset.model.invoices.view.rows.isEmpty }
        let id = try #require(handset.model.invoices.view.rows.compactMap(\.invoiceId).first)
        handset.model.open(.invoice(id: id))
        let before = handset.model.stack
        try await wait(for: "the way to be kept") { handset.core.frame().keptScreen == before.text }

        try handset.restart()
        #expect(handset.model.stack == before)
        handset.model.back()
        #expect(handset.model.stack.top == .at(.invoices))
    }

    @Test func anEsimsCodeIsReadByTheCameraAndHandedOn() async throws {
        let handset = try await Handset(signedInAs: "emma")
        let room = handset.model.gettingStarted
        handset.model.open(.esim(simId: ""))
        room.scan()
        try await wait(for: "the code") { room.code?.server == "smdp.example.com" }
        room.install()
        try await wait(for: "the ways") { room.handover?.routes.isEmpty == false }
    }

    @Test func theWayAnEsimIsHandedOverStaysUntilItsScreenIsLeft() async throws {
        let handset = try await Handset(signedInAs: "emma")
        let (model, room) = (handset.model, handset.model.gettingStarted)
        model.open(.esim(simId: ""))
        room.scan()
        try await wait(for: "the code") { room.code != nil }
        room.install()
        try await wait(for: "the ways") { room.handover != nil }
        // Copying from it, and installing.
        model.networkReturned()
        model.leftScreen()
        model.cameToFront()
        try await Task.sleep(for: .milliseconds(300))
        #expect(room.handover != nil)
        model.open(.usage)
        #expect(room.handover == nil)
    }

    @Test func aConfirmationCodeThatIsCorrectedIsHandedOverAnew() async throws {
        let handset = try await Handset(signedInAs: "emma")
        let room = handset.model.gettingStarted
        handset.model.open(.esim(simId: ""))
        room.scan()
        try await wait(for: "the code") { room.code != nil }
        room.typedConfirmation.text = "1234"
        await room.confirm().value
        #expect(room.code?.hasConfirmation == true)
        room.install()
        try await wait(for: "the ways") { room.handover != nil }
        room.typedConfirmation.text = "1243"
        await room.confirm().value
        #expect(room.typedConfirmation.isBlank && room.handover == nil)
    }

    @Test func aCameraThatIsKeptFromTheAppIsSaidWithTheWayToTheSettings() async throws {
        let handset = try await Handset(signedInAs: "emma")
        handset.device.hasCamera = false
        handset.model.open(.esim(simId: ""))
        handset.model.gettingStarted.scan()
        try await wait(for: "the problem") { handset.model.problem?.explanation.code == "camera_off" }
        handset.model.remedy()
        try await wait(for: "the settings") { handset.device.asked.contains("settings") }
    }

    @Test func aPhoneThatOpensNothingSaysSo() async throws {
        let handset = try await Handset(signedInAs: "emma")
        let model = handset.model
        let name = SpokenText(text: "Desk", spoken: "Desk")
        let contact = ContactView(by: .phone, name: name, shown: nil, hours: nil, link: "tel:+3222000000")
        let page = HelpPage(title: name, url: "https://operator.example")
        let ways: [@MainActor () -> Void] = [
            { model.help.reach(contact) }, { model.help.open(page) },
            { model.invoices.openPage("https://pay.example") },
            { model.gettingStarted.openLink("https://esim.example") },
            { model.mail(handset.core.prepareRequest(kind: .invitationNeverCame, number: nil)) },
        ]
        for opens in [true, false] {
            handset.device.opens = opens
            for open in ways {
                let before = handset.device.asked.count
                model.closeProblem()
                open()
                try await wait(for: "the phone to be asked") { handset.device.asked.count > before }
                if opens {
                    #expect(model.problem == nil)
                } else {
                    try await wait(for: "the problem") { model.problem?.explanation.code == "nothing_opened" }
                }
            }
        }
    }

    @Test func thePastOfALineIsAskedForOncePerView() async throws {
        let handset = try await Handset(signedInAs: "emma")
        let usage = handset.model.usage
        try await wait(for: "the figures") { usage.line?.hasHistory == true && !usage.view.refreshing }
        try await handset.core.appLock().turnOn(graceSeconds: nil)
        try await Task.sleep(for: .milliseconds(300))
        let id = try #require(usage.line).lineId
        let before = try #require(usage.history(id))
        let bucket = try #require(before.buckets.first)
        let month = try #require(bucket.months.last).month
        let days = usage.days(id, bucket.bucketId, month)
        #expect(!days.isEmpty)
        // A locked core says nothing. Until the views have heard of it, what was drawn is as it was.
        handset.core.appLock().lock()
        #expect(handset.core.usage().history(lineId: id) == nil)
        #expect(usage.history(id) == before && usage.days(id, bucket.bucketId, month) == days)
        try await wait(for: "the views") { usage.history(id) == nil }
    }

    @Test func nothingHoldsAModelThatIsLetGo() async throws {
        let handset = try await Handset(signedInAs: "emma")
        try await wait(for: "the figures") {
            handset.model.usage.line?.hero != nil && !handset.model.usage.view.refreshing
        }
        weak var first = handset.model
        try handset.restart()
        try await wait(for: "it to go") { first == nil }
    }

    private func sms(_ notifications: NotificationsModel) -> PreferenceSwitchView? {
        notifications.view.lines.flatMap(\.topics).flatMap(\.switches).first { $0.channel == .sms && $0.canChange }
    }
}
