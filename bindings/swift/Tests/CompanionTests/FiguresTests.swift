// The figure of the Swift package, against a baseline of the same run: never a gate, always a fact. Part of
// `tests/run figures` alone, compiled as for a phone.

import Companion
import Foundation
import Testing

@Suite(.enabled(if: ProcessInfo.processInfo.environment["COMPANION_FIGURES"] != nil))
struct FiguresTests {
    private static let rounds = 2_000

    @Test func aScreensStateTakesNoTimeThatAPersonSees() async throws {
        let sandbox = try await Sandbox(scene: ["seed": 1, "now": Phone.noon])
        let phone = try Phone(profile: sandbox.profile)
        try await phone.signIn(try sandbox.person("emma"), with: sandbox)
        let core = phone.core
        core.wifiCalling().tell(facts: PhoneFacts(platform: .ios, maker: "Apple", osVersion: "18.1", language: "en"))
        try await core.usage().refresh()
        try await core.invoices().refresh()
        try await core.preferences().refresh()
        try await core.wifiCalling().refresh()
        try await core.activation().refresh()

        let (usage, invoices, preferences) = (core.usage(), core.invoices(), core.preferences())
        let (alerts, wifiCalling, activation) = (core.alerts(), core.wifiCalling(), core.activation())
        let screens: [(String, () -> Void)] = [
            ("usage", { precondition(!usage.state().lines.isEmpty) }),
            ("invoices", { precondition(!invoices.state().rows.isEmpty) }),
            ("preferences", { precondition(!preferences.state().lines.isEmpty) }),
            ("alerts", { precondition(!alerts.state().fixed.isEmpty) }),
            ("Wi-Fi calling", { precondition(wifiCalling.state().step != nil) }),
            ("getting started", { precondition(activation.state().phase == .ready) }),
        ]
        let figures = screens.map { name, state in
            let micros = (Self.above(nothing: CancelToken(), state) * 10).rounded() / 10
            print("the state of \(name) takes \(micros) us")
            return (name, micros)
        }
        let dearest = try #require(figures.max { $0.1 < $1.1 })
        try Self.write(
            "the dearest screen's state in Swift (\(dearest.0)) - the cheapest call", dearest.1, "us", atMost: 100)
    }

    /// The median in microseconds over that of a call that takes and gives nothing: cancelling what is cancelled. In turn, so that a
    /// drifting machine hits both alike.
    private static func above(nothing token: CancelToken, _ state: () -> Void) -> Double {
        token.cancel()
        let times = (0..<rounds).map { _ in (time(state), time(token.cancel)) }
        return median(times.map(\.0)) - median(times.map(\.1))
    }

    private static func time(_ call: () -> Void) -> Double {
        let took = ContinuousClock().measure(call)
        return Double(took.components.attoseconds) / 1e12 + Double(took.components.seconds) * 1e6
    }

    private static func median(_ times: [Double]) -> Double { times.sorted()[times.count / 2] }

    private static func write(_ name: String, _ value: Double, _ unit: String, atMost goal: Double) throws {
        let folder = try #require(ProcessInfo.processInfo.environment["COMPANION_LEFT"])
        let figure: JSON = ["name": name, "value": value, "unit": unit, "goal": goal, "holds": value <= goal]
        let figures = try JSONSerialization.data(withJSONObject: [figure])
        try figures.write(to: URL(fileURLWithPath: "\(folder)/figures.json"))
    }
}
