// What did not work is said where the person asked for it, and no longer than it is so.

import Companion
import Foundation
import Testing

@testable import CompanionScreens

@MainActor
extension SandboxTests {
    @Test func aProblemIsSaidOnTheScreenItBelongsTo() async throws {
        let handset = try await Handset(signedInAs: "emma")
        let model = handset.model
        let (goOn, go) = AsyncStream.makeStream(of: Void.self)
        model.open(.wifiCalling)
        let work = model.act { _ in
            for await _ in goOn { break }
            throw Problem.Offline
        }
        model.open(.usage)
        go.yield()
        await work.value
        #expect(model.problem == nil)
        await model.act { _ in }.value
        model.open(.wifiCalling)
        #expect(model.problem?.explanation.code == "offline")
        model.open(.usage)
        model.open(.wifiCalling)
        #expect(model.problem == nil, "whoever saw it and went away is done with it")
    }

    @Test func aFaultOfOursIsSaidAndTheAppGoesOn() async throws {
        struct Panic: Error {}
        let handset = try await Handset(signedInAs: "emma")
        await handset.model.act { _ in throw Panic() }.value
        #expect(handset.model.problem?.explanation.code == "fault")
        await handset.model.act { _ in throw CancellationError() }.value
        #expect(handset.model.problem == nil)
    }

    @Test func whatHadNoNetworkIsAskedForAsSoonAsThereIsOne() async throws {
        let handset = try await Handset(signedInAs: "emma")
        let usage = handset.model.usage
        try await wait(for: "the figures") { usage.line?.hero != nil && !usage.view.refreshing }
        try await handset.cutOff()
        await usage.refresh()
        try await wait(for: "the notice") { usage.view.notice != nil }
        try await handset.mend()
        handset.core.networkChanged()
        handset.model.networkReturned()
        try await wait(for: "the notice to go") { usage.view.notice == nil }
    }

    @Test func aSampleThatThePhoneWouldDropSaysWhy() async throws {
        let handset = try await Handset(signedInAs: "emma")
        handset.device.allowed = .denied
        handset.model.notifications.tryOne()
        try await wait(for: "the problem") { handset.model.problem?.explanation.code == "notifications_off" }
        #expect(!handset.device.asked.contains { $0.hasPrefix("post ") })
        handset.model.remedy()
        try await wait(for: "the settings") { handset.device.asked.contains("settings") }
    }

    @Test func whoWasNotAskedYetWhetherTheAppMayNotifyIsAskedByASample() async throws {
        let handset = try await Handset(signedInAs: "emma")
        handset.device.allowed = .notAsked
        handset.model.notifications.tryOne()
        try await wait(for: "the question") { handset.device.asked.contains("permission") }
        #expect(handset.model.problem == nil)
        #expect(!handset.device.asked.contains { $0.hasPrefix("post ") })
    }

    @Test func anUnlockThatNobodyAskedForLeavesWhatWentWrong() async throws {
        let handset = try await Handset(signedInAs: "emma")
        let model = handset.model
        try await handset.core.appLock().turnOn(graceSeconds: nil)
        await model.act { _ in throw Problem.Offline }.value
        model.leftScreen()
        handset.phone.clock.advance(seconds: 61)
        model.cameToFront()
        #expect(model.lock.locked)
        try await wait(for: "the screens") { !model.lock.locked }
        #expect(model.problem?.explanation.code == "offline")
    }

    @Test func aSecondTryToUnlockAndTheButtonOfTheLockAskOnce() async throws {
        let handset = try await Handset(signedInAs: "emma")
        let (model, presence) = (handset.model, handset.phone.presence)
        try await handset.core.appLock().turnOn(graceSeconds: nil)
        handset.core.appLock().lock()
        try await wait(for: "the lock") { model.lock.locked }
        presence.refuses(true)
        model.unlock()
        try await wait(for: "the problem") { model.problem?.explanation.remedy == .tryAgain }

        presence.refuses(false)
        presence.takes(0.5)
        let before = presence.asked
        model.remedy()
        model.unlock()
        try await wait(for: "the screens") { !model.lock.locked }
        try await Task.sleep(for: .milliseconds(700))
        #expect(presence.asked == before + 1)
    }

    @Test func whoComesBackToALockIsAskedAtOnceWhoTheyAreAndNotAgainBehindThePrompt() async throws {
        let handset = try await Handset(signedInAs: "emma")
        let model = handset.model
        try await handset.core.appLock().turnOn(graceSeconds: nil)
        handset.core.appLock().lock()
        try await wait(for: "the lock") { model.lock.locked }
        // The phone's own prompt goes, and the app is in front as before.
        model.cameToFront()
        try await Task.sleep(for: .milliseconds(300))
        #expect(model.lock.locked)
        model.leftScreen()
        model.cameToFront()
        try await wait(for: "the screens") { !model.lock.locked }
    }

    @Test func anAddressThatOpensTheAppIsAnInvitationOrASignInThatComesBack() async throws {
        let handset = try await Handset()
        let profile = try JSONSerialization.jsonObject(with: Data(handset.sandbox.profile.utf8)) as? [String: Any]
        let identity = try #require(profile?["identity"] as? [String: Any])
        let invitation = try #require(identity["invitation"] as? [String: String])
        let link = try #require(invitation["link"])
        handset.model.arrived(by: .link("\(link)?token=SANDBOX-1234"))
        try await wait(for: "the question") { handset.model.signIn.question != nil }
        handset.model.signIn.dismissInvitation()
        handset.model.arrived(by: .link("be.companion.sandbox:/signed-in?code=abcd&state=efgh"))
        try await wait(for: "the problem") { handset.model.problem?.explanation.code == "sign_in_attempt_unknown" }
        #expect(handset.model.signIn.question == nil)
    }

    @Test func anInvitationStaysTypedUntilSomebodyIsSignedIn() async throws {
        let handset = try await Handset()
        let signIn = handset.model.signIn
        signIn.typed.text = "ABCD-1234"
        signIn.readInvitation()
        try await wait(for: "the question") { signIn.question != nil }
        signIn.dismissInvitation()
        #expect(signIn.typed.text == "ABCD-1234")
        handset.device.person = try handset.sandbox.person("emma")
        signIn.signIn()
        try await wait(for: "the figures") { handset.model.usage.line?.hero != nil }
        #expect(signIn.typed.isBlank)
    }
}
