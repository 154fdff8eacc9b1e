// What a person types: it stays until it is taken, and why it would not do is said where it was typed.

import Companion
import CompanionScreens
import Testing

@MainActor
extension SandboxTests {
    @Test func whatWillNotDoStaysAndIsRefusedWhereItWasTyped() async throws {
        let handset = try await Handset(signedInAs: "emma")
        let (room, alerts) = (handset.model.gettingStarted, handset.model.notifications)
        try await wait(for: "the alerts") { alerts.alerts.phase == .ready }
        handset.model.open(.esim(simId: ""))
        let fields: [(Typed, @MainActor () -> Void)] = [
            (room.typedCode, room.readCode), (room.typedConfirmation, { room.confirm() }),
            (alerts.typedShare, { alerts.addShare() }), (alerts.typedCosts, { alerts.addCosts() }),
        ]
        for (at, (typed, done)) in fields.enumerated() {
            typed.text = "nonsense €"
            done()
            try await wait(for: "the refusal of field \(at)") { typed.refusal != nil }
            #expect(typed.text == "nonsense €" && handset.model.problem == nil, "field \(at)")
            typed.text = "something else"
            #expect(typed.refusal == nil, "field \(at)")
        }
    }

    @Test func aCodeThatIsOneIsTakenAndItsFieldIsEmpty() async throws {
        let handset = try await Handset(signedInAs: "emma")
        let room = handset.model.gettingStarted
        handset.model.open(.esim(simId: ""))
        room.typedCode.text = " LPA:1$smdp.example.com$0123-ABCD-4567 "
        room.readCode()
        try await wait(for: "the code") { room.code?.server == "smdp.example.com" }
        #expect(room.typedCode.isBlank && room.typedCode.refusal == nil)
    }

    @Test func aCodeThatIsReadWhileItsScreenIsEnteredIsTheOneThatIsShown() async throws {
        let handset = try await Handset(signedInAs: "emma")
        let room = handset.model.gettingStarted
        for turn in 0..<20 {
            let server = "smdp-\(turn).example.com"
            handset.model.open(.usage)
            handset.model.open(.esim(simId: ""))
            room.typedCode.text = "LPA:1$\(server)$0123-ABCD-4567"
            room.readCode()
            try await wait(for: "the code") { room.code?.server == server }
            try await Task.sleep(for: .milliseconds(50))
            #expect(room.code?.server == server)
        }
    }

    @Test func anInvitationThatIsNoneStaysTooAndTheCardSaysWhoSendsAnother() async throws {
        let handset = try await Handset()
        let model = handset.model
        model.signIn.typed.text = "https://elsewhere.example/invitation"
        model.signIn.readInvitation()
        try await wait(for: "the problem") {
            model.problem?.explanation.remedy == .askEmployer(request: .invitationUnknown)
        }
        #expect(model.signIn.typed.text == "https://elsewhere.example/invitation" && model.signIn.typed.refusal == nil)
    }

    @Test func eachThresholdHasAFieldOfItsOwn() async throws {
        let handset = try await Handset(signedInAs: "emma")
        let room = handset.model.notifications
        handset.model.open(.notifications)
        try await wait(for: "the switches") { !room.view.lines.isEmpty && !room.view.refreshing }
        let switches = room.view.lines.flatMap(\.topics).flatMap(\.switches)
        let id = try #require(switches.first { $0.thresholdPercent != nil && $0.canChange }).preferenceId
        let typed = room.typedThreshold(id)
        typed.text = "nonsense"
        room.chooseThreshold(id)
        try await wait(for: "the refusal") { typed.refusal != nil }

        typed.text = "75"
        #expect(room.typedThreshold(id) === typed)
        room.chooseThreshold(id)
        try await wait(for: "it to be taken") { typed.isBlank }
    }

    @Test func thresholdsThatAreNoNumbersAreNotSet() async throws {
        let handset = try await Handset(signedInAs: "emma")
        let room = handset.model.notifications
        try await wait(for: "the alerts") { room.alerts.phase == .ready }
        for nonsense in ["", "x", "-1", "99999999999", "4294967295"] {
            room.typedCosts.text = nonsense
            room.addCosts()
            try await wait(for: "what is wrong with \(nonsense)") { room.typedCosts.refusal != nil }
            // The same once more is refused anew.
            room.typedCosts.text += " "
        }
        room.typedShare.text = "80"
        room.addShare()
        room.typedCosts.text = "15"
        room.addCosts()
        try await wait(for: "both") {
            Set(room.alerts.own.map(\.threshold)) == [.share(percent: 80), .costs(cents: 1_500)]
        }
        #expect(room.typedShare.isBlank && room.typedCosts.isBlank)
        room.remove(.costs(cents: 1_500))
        try await wait(for: "one") { room.alerts.own.map(\.threshold) == [.share(percent: 80)] }
    }

    @Test func anAlertThatIsAddedIsTakenOrRefusedByTheEndOfItsWorkAndCanBeLeft() async throws {
        let handset = try await Handset(signedInAs: "emma")
        let room = handset.model.notifications
        try await wait(for: "the alerts") { room.alerts.phase == .ready }
        room.typedShare.text = "80"
        await room.addShare().value
        #expect(room.typedShare.isBlank)
        room.typedCosts.text = "x"
        await room.addCosts().value
        #expect(room.typedCosts.text == "x" && room.typedCosts.refusal != nil)
        room.cancelAlert()
        #expect(room.typedCosts.isBlank && room.typedCosts.refusal == nil)
    }

    @Test func whatIsTypedOutlivesOtherScreensAndTheCodeOfAnEsimDoesNot() async throws {
        let handset = try await Handset(signedInAs: "emma")
        let model = handset.model
        model.open(.esim(simId: ""))
        model.gettingStarted.typedCode.text = "LPA:1$"
        model.notifications.typedCosts.text = "15"
        model.help.words = "puk"
        model.open(.article(id: "pin-and-puk"))
        #expect(model.gettingStarted.typedCode.text == "LPA:1$", "its screen is beneath")
        model.open(.usage)
        #expect(model.gettingStarted.typedCode.isBlank)
        #expect(model.notifications.typedCosts.text == "15" && model.help.words == "puk")
        #expect(!model.help.found.isEmpty)
    }

    @Test func nobodyFindsWhatWhoeverWasHereBeforeTyped() async throws {
        let handset = try await Handset(signedInAs: "emma")
        let model = handset.model
        model.signIn.typed.text = "invitation"
        model.notifications.typedCosts.text = "15"
        model.wifiCalling.typedPlace.text = "home"
        model.help.words = "puk"
        model.settings.signOut()
        try await wait(for: "the end") { model.session.asksToSignIn && model.signIn.typed.isBlank }
        #expect(
            model.notifications.typedCosts.isBlank && model.wifiCalling.typedPlace.isBlank && model.help.words.isEmpty)
    }

    @Test func theProblemGoesWithTheNextThingThatIsAskedFor() async throws {
        let handset = try await Handset(signedInAs: "emma")
        handset.device.opens = false
        handset.model.invoices.openPage("https://pay.example")
        try await wait(for: "the problem") { handset.model.problem != nil }
        handset.model.notifications.tryOne()
        #expect(handset.model.problem == nil)
    }

    @Test func aButtonThatNothingWouldAnswerIsNotOffered() async throws {
        let handset = try await Handset(signedInAs: "emma")
        let room = handset.model.notifications
        #expect(!room.canMend(.registerPush) && room.canMend(.askPermission) && room.canMend(.openSettings))
        handset.device.hasMessaging = true
        #expect(room.canMend(.registerPush))
    }

    @Test func whatWasTypedIsInNoLog() {
        let typed = Typed()
        typed.text = "LPA:1$smdp.example.com$0123-ABCD-4567"
        var dumped = ""
        dump(typed, to: &dumped)
        for said in ["\(typed)", String(reflecting: typed), dumped] { #expect(!said.contains("4567")) }
    }
}
