// Usage alerts behind the Swift face: a crossing at the operator is told once.

import Companion
import Foundation
import Testing

extension SandboxTests {
    /// Tom has used 71 % of his data on the 20th, and 95 % six days later.
    @Test func aCrossingIsDueOncePostedAndNotDueAgainAlsoByALaterRun() async throws {
        let start = "2026-11-20T14:05:00+01:00"
        let sandbox = try await Sandbox(scene: ["seed": 1, "now": start])
        let phone = try Phone(profile: sandbox.profile, now: start)
        try await phone.signIn(try sandbox.person("tom"), with: sandbox)
        try await phone.core.usage().refresh()
        #expect(try await posts(on: phone).isEmpty)

        phone.clock.advance(seconds: 6 * 86_400)
        try await sandbox.advance(seconds: 6 * 86_400)
        try await phone.core.usage().refresh()
        let views = try phone.core.alertsViews()
        await #expect(throws: Refused.self) {
            try await phone.core.alerts().postDueAlerts { _ in throw Refused() }
        }
        #expect(phone.core.alerts().state().told.map(\.state) == [.waiting])
        #expect(try await posts(on: phone).isEmpty, "it is somebody's to post for a minute")

        try phone.reopen()
        let alerts = try await posts(on: phone)
        #expect(alerts.map(\.title) == ["Data: 90% reached"])
        #expect(await views.first { $0.told.map(\.state) == [.waiting] } != nil)

        for _ in 0..<2 {
            #expect(try await posts(on: phone).isEmpty)
            #expect(try await newest(on: phone).told.map(\.state) == [.told])
            try phone.reopen()
        }
    }

    private func posts(on phone: Phone) async throws -> [Alert] {
        let posted = Posted()
        try await phone.core.alerts().postDueAlerts { alert in await posted.append(alert) }
        return await posted.alerts
    }

    private func newest(on phone: Phone) async throws -> AlertsView {
        var views = try phone.core.alertsViews().makeAsyncIterator()
        return try #require(await views.next())
    }
}

private struct Refused: Error {}

private actor Posted {
    private(set) var alerts: [Alert] = []

    func append(_ alert: Alert) { alerts.append(alert) }
}
