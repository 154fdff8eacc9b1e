// Plays the scenes of tests/scenarios, the same files that Rust and Kotlin play.

import Companion
import Foundation
import Testing

struct Scenario {
    private let scene: JSON
    private let language: String
    private let person: String
    private let steps: [JSON]

    init(named name: String) throws {
        let file = try Self.folder().appendingPathComponent(name)
        let json = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? JSON)
        scene = try #require(json["scene"] as? JSON)
        language = try #require(json["language"] as? String)
        person = try #require(json["person"] as? String)
        steps = try #require(json["steps"] as? [JSON])
    }

    /// All scenario files; a test of its own sees to it that there are some.
    static func names() -> [String] {
        let files = try? FileManager.default.contentsOfDirectory(atPath: folder().path)
        return (files ?? []).filter { $0.hasSuffix(".json") }.sorted()
    }

    private static func folder() throws -> URL {
        if let folder = ProcessInfo.processInfo.environment["COMPANION_SCENARIOS"] {
            return URL(fileURLWithPath: folder)
        }
        let checkout = (0..<5).reduce(URL(fileURLWithPath: #filePath)) { path, _ in path.deletingLastPathComponent() }
        return checkout.appendingPathComponent("tests/scenarios")
    }

    func play() async throws {
        let sandbox = try await Sandbox(scene: scene)
        let now = try #require(scene["now"] as? String)
        let phone = try Phone(profile: sandbox.profile, language: language, now: now)
        for (index, step) in steps.enumerated() {
            try await play(step, "step \(index + 1)", sandbox, phone)
        }
    }

    private func play(_ step: JSON, _ place: Comment, _ sandbox: Sandbox, _ phone: Phone) async throws {
        let action = try #require(step.first, place)
        switch (action.key, action.value) {
        case ("sign_in", _):
            try await phone.signIn(try sandbox.person(person), with: sandbox)
        case ("refresh", let outcome as String):
            #expect(await Self.refresh(phone) == outcome, place)
        case ("faults", let faults as JSON):
            try await sandbox.faults(faults)
        case ("advance_seconds", let seconds as Int):
            phone.clock.advance(seconds: seconds)
            try await sandbox.advance(seconds: seconds)
        case ("reopen", _):
            try phone.reopen()
        case ("expect", let expected as JSON):
            let facts = facts(of: phone.core.usage().state())
            for (fact, value) in expected {
                #expect(facts[fact] == value as? String, "\(place): \(fact)")
            }
        case (let unknown, _):
            Issue.record("\(place) is no step this runner knows: \(unknown)")
        }
    }

    private static func refresh(_ phone: Phone) async -> String {
        do {
            try await phone.core.usage().refresh()
            return "ok"
        } catch let problem as Problem {
            return name(of: problem)
        } catch {
            return "untyped: \(error)"
        }
    }
}

@Test func thereAreScenarios() {
    #expect(!Scenario.names().isEmpty)
}
