// The core behind its Swift face, against the embedded operator.

import Companion
import Foundation
import Testing

/// One operator serves all of these, so they take turns.
@Suite(.serialized, .timeLimit(.minutes(1)))
struct SandboxTests {
    @Test func aUsageRefreshArrivesInTheStream() async throws {
        let (sandbox, phone) = try await signedIn()

        var views = try phone.core.usageViews().makeAsyncIterator()
        let first = try #require(await views.next())
        #expect(first.phase == .neverLoaded)

        try await phone.core.usage().refresh()
        var newest = first
        while newest.phase != .loaded { newest = try #require(await views.next()) }

        #expect(newest.revision > first.revision)
        #expect(newest.lines.first?.hero != nil)
        _ = sandbox
    }

    @Test func aStreamStartsWithWhatIsThere() async throws {
        let (_, phone) = try await signedIn()
        try await phone.core.usage().refresh()

        var views = try phone.core.usageViews().makeAsyncIterator()

        #expect(await views.next()?.phase == .loaded)
    }

    @Test func anObserverThatFailsDisturbsNobodyElse() async throws {
        let (_, phone) = try await signedIn()
        let failing = try phone.core.observe(observer: FailingObserver())
        defer { failing.end() }

        let views = try phone.core.usageViews()
        try await phone.core.usage().refresh()

        #expect(await views.first { $0.phase == .loaded } != nil)
    }

    @Test func cancellingTheTaskEndsTheRefreshPromptly() async throws {
        let (sandbox, phone) = try await signedIn()
        try await sandbox.faults(["latencyMs": 20_000])
        let usage = phone.core.usage()

        let refresh = Task { try await usage.refresh() }
        try await Task.sleep(for: .milliseconds(300))
        let cancelled = ContinuousClock.now
        refresh.cancel()

        await #expect(throws: CancellationError.self) { try await refresh.value }
        #expect(ContinuousClock.now - cancelled < .seconds(3))
    }

    @Test func errorsAreTyped() async throws {
        let (sandbox, phone) = try await signedIn()
        try await sandbox.faults(["status": 503])

        do {
            try await phone.core.usage().refresh()
            Issue.record("a 503 passed for success")
        } catch let problem as Problem {
            #expect(name(of: problem) == "service_unavailable")
            #expect(!phone.core.explain(problem: problem).sentence.isEmpty)
        }
    }

    @Test func aBrokenProfileNamesItsField() throws {
        do {
            _ = try Phone(profile: #"{"schema": 1}"#)
            Issue.record("opened with a broken profile")
        } catch Problem.Configuration(let field, _) {
            #expect(!field.isEmpty)
        }
    }

    @Test func whatAnOperatorDoesNotOfferIsAbsentAndOpenedAllTheSameItSaysSo() async throws {
        let sandbox = try await Sandbox(scene: ["seed": 1, "now": Phone.noon, "operator": "prepaid-polder"])
        let phone = try Phone(profile: sandbox.profile)
        try await phone.signIn(try sandbox.person("emma"), with: sandbox)
        let core = phone.core

        let frame = core.frame()
        #expect(frame.bar.map(\.place) == [.usage, .more])
        #expect(frame.contacts.map(\.link) == ["https://www.polder.example/chat"])
        #expect(core.invoices().state().phase == .notOffered)
        #expect(core.wifiCalling().state().phase == .notOffered)
        await #expect(throws: Problem.Unexpected(code: "not_offered")) {
            try await core.wifiCalling().answer(stepId: "1", answerId: "1")
        }
        #expect(core.help().article(id: "wifi-calling") == nil)
    }

    @Test(arguments: [(HostError.Locked, StorageFailure.locked), (HostError.Failed, StorageFailure.failing)])
    func aSecureStoreThatFailsSaysWhy(_ error: HostError, _ reason: StorageFailure) async throws {
        let sandbox = try await Sandbox(scene: ["seed": 1, "now": Phone.noon])

        #expect(throws: Problem.StorageUnavailable(reason: reason)) {
            try Phone(profile: sandbox.profile, secrets: FailingSecureStore(error: error))
        }
    }

    @Test func aSecureStoreThatFailsUnexpectedlyIsAProblemLikeAnyOther() async throws {
        let sandbox = try await Sandbox(scene: ["seed": 1, "now": Phone.noon])

        #expect(throws: Problem.StorageUnavailable(reason: .failing)) {
            try Phone(profile: sandbox.profile, secrets: FailingSecureStore(error: CocoaError(.fileNoSuchFile)))
        }
    }

    @Test func aSwitchTurnedWithoutANetworkIsConfirmedAfterReconnectAlsoByALaterRun() async throws {
        let (sandbox, phone) = try await signedIn()
        try await phone.core.preferences().refresh()
        let before = try usageSms(phone.core.preferences().state())
        #expect(before.on)

        try await sandbox.faults(["cutOff": true])
        try await phone.core.preferences().set(preferenceId: before.preferenceId, on: false)
        let wished = try usageSms(phone.core.preferences().state())
        #expect(!wished.on && wished.pendingSinceMs != nil)
        let views = try phone.core.preferencesViews()
        #expect(await views.first { (try? usageSms($0))?.phase == .waiting } != nil)

        try phone.reopen()
        #expect(try !usageSms(phone.core.preferences().state()).on)

        try await sandbox.faults(["cutOff": false])
        try await phone.core.preferences().refresh()
        let confirmed = try usageSms(phone.core.preferences().state())
        #expect(!confirmed.on && confirmed.phase == .confirmed)
    }

    @Test(arguments: Scenario.names())
    func scenario(_ name: String) async throws { try await Scenario(named: name).play() }

    private func usageSms(_ view: PreferencesView) throws -> PreferenceSwitchView {
        let topic = view.lines.flatMap(\.topics).first { $0.topic == .usageThreshold }
        return try #require(topic?.switches.first { $0.channel == .sms })
    }

    private func signedIn() async throws -> (Sandbox, Phone) {
        let sandbox = try await Sandbox(scene: ["seed": 1, "now": Phone.noon])
        let phone = try Phone(profile: sandbox.profile)
        try await phone.signIn(try sandbox.person("emma"), with: sandbox)
        return (sandbox, phone)
    }
}
