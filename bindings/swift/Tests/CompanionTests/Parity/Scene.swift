// The scenes that Swift and Kotlin play alike: tests/parity/scenes.json.

import Companion
import Foundation
import Testing

struct Scene: Sendable, CustomTestStringConvertible {
    let name: String
    var testDescription: String { name }

    static func all() -> [Scene] {
        let scenes = (try? file())?["scenes"] as? [JSON] ?? []
        return scenes.compactMap { $0["name"] as? String }.map(Scene.init)
    }

    /// Plays the scene, and reads every view at its end.
    func play() async throws {
        let file = try Self.file()
        let scenes = try #require(file["scenes"] as? [JSON])
        let scene = try #require(scenes.first { $0["name"] as? String == name })
        let phones = try #require(file["phones"] as? [String: JSON])
        let handset = try #require((scene["phone"] as? String).flatMap { phones[$0] })

        let now = scene["now"] as? String ?? Phone.noon
        var choices = scene["scene"] as? JSON ?? [:]
        choices["seed"] = 1
        choices["now"] = now
        let sandbox = try await Sandbox(scene: choices)
        let profile = try Self.profile(sandbox.profile, wifiCalling: scene["wifiCalling"] as? JSON)
        let language = try #require(scene["language"] as? String)
        let phone = try Phone(profile: profile, language: language, now: now, probeNetwork: NoProbe())
        var player = Player(sandbox: sandbox, phone: phone, handset: try Lent(handset, language: language))
        if let person = scene["person"] as? String { try await phone.signIn(try sandbox.person(person), with: sandbox) }
        for (index, step) in (scene["steps"] as? [JSON] ?? []).enumerated() {
            try await player.play(step, "step[\(index)]")
        }
        try await player.readEverything()
        try keep(player.walk)
    }

    private func keep(_ walk: Walk) throws {
        guard let folder = ProcessInfo.processInfo.environment["COMPANION_LEFT"] else { return }
        let records = walk.records.map { "record \($0)\tseen" }
        let lines = walk.values.map { "\($0.key)\t\(Self.oneLine($0.value))" } + records
        let text = lines.sorted().joined(separator: "\n") + "\n"
        try text.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
    }

    /// By scalars: to Swift, "\r\n" is one character that is neither of both.
    private static func oneLine(_ value: String) -> String {
        let escaped: [Unicode.Scalar: String] = ["\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"]
        return value.unicodeScalars.map { escaped[$0] ?? String($0) }.joined()
    }

    private static func file() throws -> JSON {
        let checkout = (0..<6).reduce(URL(fileURLWithPath: #filePath)) { path, _ in path.deletingLastPathComponent() }
        let data = try Data(contentsOf: checkout.appendingPathComponent("tests/parity/scenes.json"))
        return try #require(try JSONSerialization.jsonObject(with: data) as? JSON)
    }

    private static func profile(_ profile: String, wifiCalling: JSON?) throws -> String {
        guard let wifiCalling else { return profile }
        var whole = try #require(try JSONSerialization.jsonObject(with: Data(profile.utf8)) as? JSON)
        var apis = try #require(whole["apis"] as? JSON)
        apis["wifiCalling"] = wifiCalling
        whole["apis"] = apis
        return String(decoding: try JSONSerialization.data(withJSONObject: whole), as: UTF8.self)
    }
}

/// What the phone of a scene tells of itself.
struct Lent {
    let facts: PhoneFacts
    let esim: EsimPhone

    init(_ handset: JSON, language: String) throws {
        let told = try #require(handset["facts"] as? JSON)
        let esim = try #require(handset["esim"] as? JSON)
        facts = PhoneFacts(
            platform: told["platform"] as? String == "ios" ? .ios : .android,
            maker: try #require(told["maker"] as? String),
            osVersion: try #require(told["osVersion"] as? String),
            skin: told["skin"] as? String, skinVersion: told["skinVersion"] as? String,
            language: language,
            sims: [SimFacts(operator: told["sim"] as? String)]
        )
        if let version = esim["ios"] as? [Int] {
            self.esim = .ios(major: UInt16(version[0]), minor: UInt16(version[1]))
        } else {
            self.esim = .android(apiLevel: UInt16(try #require(esim["android"] as? Int)), linkOpens: true)
        }
    }
}

/// Lets nothing out.
private final class NoProbe: ProbeNetwork {
    func resolvers(path: NetworkPath) throws -> [String] { ["192.0.2.1"] }
    func bind(path: NetworkPath, socket: Int32) throws { throw BindFailure.NoNetwork }
}

extension SandboxTests {
    @Test(arguments: Scene.all())
    func everySceneIsReadWhole(_ scene: Scene) async throws { try await scene.play() }

    @Test func thereAreScenesForBothPhones() { #expect(!Scene.all().isEmpty) }
}
