// The embedded operator, driven through its control API. Started by `tests/run swift`, which says where it listens.

import Companion
import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

typealias JSON = [String: Any]

struct Person {
    let number: String
    let password: String
}

/// A fresh scene: people, data, faults and the clock start over.
struct Sandbox {
    let profile: String
    private let control: URL
    private let people: [String: Person]

    init(scene: JSON) async throws {
        control = try Self.whereItListens()
        let answer = try await Self.post(control, "scene", scene)
        profile = String(decoding: try JSONSerialization.data(withJSONObject: answer["profile"] as Any), as: UTF8.self)
        let list = try #require(answer["people"] as? [JSON])
        people = Dictionary(
            uniqueKeysWithValues: try list.map { person in
                (
                    try #require(person["key"] as? String),
                    Person(
                        number: try #require(person["number"] as? String),
                        password: try #require(person["password"] as? String)
                    )
                )
            }
        )
    }

    func person(_ key: String) throws -> Person { try #require(people[key]) }

    /// Walks the operator's sign-in page, as the person would in the system browser.
    func signIn(_ person: Person, at url: String) async throws -> String {
        let answer = try await Self.post(
            control, "sign-in", ["url": url, "number": person.number, "password": person.password])
        return try #require(answer["callback"] as? String)
    }

    func faults(_ faults: JSON) async throws { _ = try await Self.post(control, "faults", faults) }

    func advance(seconds: Int) async throws { _ = try await Self.post(control, "advance", ["seconds": seconds]) }

    /// Any other call of the control API, by its name.
    func operate(_ action: String, _ body: JSON) async throws { _ = try await Self.post(control, action, body) }

    /// How many requests came to an address that begins so.
    func requests(to path: String) async throws -> Int {
        let (data, _) = try await URLSession.shared.data(from: control.appendingPathComponent("control/requests"))
        let log = try #require(try JSONSerialization.jsonObject(with: data) as? [JSON])
        return log.count { ($0["path"] as? String)?.hasPrefix(path) == true }
    }

    private static func whereItListens() throws -> URL {
        let file = try #require(
            ProcessInfo.processInfo.environment["COMPANION_SANDBOX"],
            "no sandbox: run these tests with `tests/run swift`")
        let ready = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: file))) as? JSON
        let control = try #require(ready?["control"] as? String)
        return try #require(URL(string: control))
    }

    private static func post(_ control: URL, _ action: String, _ body: JSON) async throws -> JSON {
        var request = URLRequest(url: control.appendingPathComponent("control/\(action)"))
        request.httpMethod = "POST"
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = try JSONSerialization.data(withJSONObject: body)
        let (data, response) = try await URLSession.shared.data(for: request)
        let status = (response as? HTTPURLResponse)?.statusCode
        try #require(status == 200, "\(action): \(String(decoding: data, as: UTF8.self))")
        return try #require(try JSONSerialization.jsonObject(with: data) as? JSON)
    }
}
