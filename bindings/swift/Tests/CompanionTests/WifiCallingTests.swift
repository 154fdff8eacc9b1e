// Wi-Fi calling behind the Swift face: what the phone tells, the walk, an order, the network check.

import Companion
import Foundation
import Testing

extension SandboxTests {
    @Test func anOrderIsSwitchedOnAndTheWalkGoesOnByAnswers() async throws {
        let (sandbox, phone) = try await ready(for: "emma")
        let room = phone.core.wifiCalling()
        #expect(room.state().step == nil, "nothing is said of a phone that told nothing")

        room.tell(facts: Self.pixel(of: "00101"))
        let first = try #require(await phone.core.wifiCallingViews().first { $0.step != nil }?.step)
        #expect(first.id == "not-provisioned" && first.switchOn != nil)

        async let ordered: Void = room.switchOn()
        // It is shown before it is sent; the operator's minute begins when it came.
        #expect(await (try phone.core.wifiCallingViews()).first { $0.step?.id == "being-provisioned" } != nil)
        try await isWatched(sandbox)
        try await sandbox.advance(seconds: 61)
        phone.clock.advance(seconds: 61)
        try await ordered

        let on = try #require(await phone.core.wifiCallingViews().first { $0.line == .on }?.step)
        #expect(on.id == "switch-on")
        #expect(on.paths.first?.crumbs.last?.labels == ["Appels Wi-Fi"], "labels are in the phone's language")
        let yes = try #require(on.answers.first)
        try await room.answer(stepId: on.id, answerId: yes.id)
        #expect(room.state().step?.id == "network")
        #expect(room.state().phone == .saidOn)
        try await room.answer(stepId: on.id, answerId: yes.id)
        #expect(room.state().step?.id == "network", "the second of two taps")

        try phone.reopen()
        let again = phone.core.wifiCalling()
        again.tell(facts: Self.pixel(of: "00101"))
        #expect(again.state().step?.id == "network", "the app was killed, and nothing is asked twice")
    }

    @Test func cancellingTheTaskEndsTheLookingAtAnOrder() async throws {
        let (sandbox, phone) = try await ready(for: "emma")
        let room = phone.core.wifiCalling()
        room.tell(facts: Self.pixel(of: "00101"))

        let ordering = Task { try await room.switchOn() }
        try await isWatched(sandbox)
        let cancelled = ContinuousClock.now
        ordering.cancel()
        await #expect(throws: CancellationError.self) { try await ordering.value }
        #expect(ContinuousClock.now - cancelled < .seconds(3))

        // Without the cancellation the next look comes within two seconds.
        let seen = try await sandbox.requests(to: Self.orders)
        try await Task.sleep(for: .milliseconds(2_500))
        #expect(try await sandbox.requests(to: Self.orders) == seen, "the core goes on looking")
        #expect(room.state().step?.id == "being-provisioned", "an order that was sent stays sent")
    }

    @Test func theCheckTellsItsStepsAndGoesOnlyByTheNetworkThatIsLent() async throws {
        let sandbox = try await Sandbox(scene: ["seed": 1, "now": Phone.noon])
        let probe = NoNetworkToProbe()
        let phone = try Phone(profile: try Self.withOwnGuides(sandbox.profile), probeNetwork: probe)
        try await phone.signIn(try sandbox.person("luc"), with: sandbox)
        phone.core.wifiCalling().tell(facts: Self.pixel(of: "20605"))

        let steps = Steps()
        try await phone.core.wifiCalling().check(progress: steps)

        let check = try #require(phone.core.wifiCalling().state().check)
        #expect(check.verdict == .notTested && check.evidence.count == 4)
        #expect(steps.told.first == .name && !steps.told.contains(.doors))
        #expect(probe.asked.contains(.wifi))
        try await phone.core.wifiCalling().check()
        let again = try #require(phone.core.wifiCalling().state().check)
        #expect(again.sentence.text == check.sentence.text, "what sent nothing costs nothing")
    }

    private static let orders = "/tmf-api/serviceOrdering"

    /// The order came, and was looked at once.
    private func isWatched(_ sandbox: Sandbox) async throws {
        while try await sandbox.requests(to: Self.orders) < 2 { try await Task.sleep(for: .milliseconds(50)) }
    }

    private func ready(for key: String) async throws -> (Sandbox, Phone) {
        let sandbox = try await Sandbox(scene: ["seed": 1, "now": Phone.noon])
        let phone = try Phone(profile: sandbox.profile)
        try await phone.signIn(try sandbox.person(key), with: sandbox)
        try await phone.core.wifiCalling().refresh()
        return (sandbox, phone)
    }

    private static func pixel(of network: String) -> PhoneFacts {
        PhoneFacts(
            platform: .android, maker: "Google", osVersion: "15", language: "fr", sims: [SimFacts(operator: network)])
    }

    /// The operator issues no guides: those of the core allow the check.
    private static func withOwnGuides(_ profile: String) throws -> String {
        var whole = try #require(try JSONSerialization.jsonObject(with: Data(profile.utf8)) as? JSON)
        var apis = try #require(whole["apis"] as? JSON)
        apis["wifiCalling"] = ["networks": ["20605"]]
        whole["apis"] = apis
        return String(decoding: try JSONSerialization.data(withJSONObject: whole), as: UTF8.self)
    }
}

/// Lets nothing out. Its resolver is an address of documentation.
private final class NoNetworkToProbe: ProbeNetwork, @unchecked Sendable {
    private let lock = NSLock()
    private var paths: [NetworkPath] = []

    var asked: [NetworkPath] { lock.withLock { paths } }

    func resolvers(path: NetworkPath) throws -> [String] { ["192.0.2.1"] }

    func bind(path: NetworkPath, socket: Int32) throws {
        lock.withLock { paths.append(path) }
        throw BindFailure.NoNetwork
    }
}

private final class Steps: CheckProgress, @unchecked Sendable {
    private let lock = NSLock()
    private var steps: [NetworkCheckStep] = []

    var told: [NetworkCheckStep] { lock.withLock { steps } }

    func at(step: NetworkCheckStep, said: SpokenText) throws { lock.withLock { steps.append(step) } }
}
