// The steps of a scene.

import Companion
import Foundation
import Testing

struct Player {
    let sandbox: Sandbox
    let phone: Phone
    let handset: Lent
    var walk = Walk()

    var core: CompanionCore { phone.core }

    /// A step that names a problem fails with it; any other succeeds.
    mutating func play(_ step: JSON, _ place: String) async throws {
        do {
            try await act(step, place)
            try #require(step["fails"] == nil, "\(place) does not fail")
        } catch let problem as Problem {
            try #require(step["fails"] as? String == name(of: problem), "\(place): \(problem)")
            walk.add(name(of: problem), as: "\(place).problem")
            walk.add(core.explain(problem: problem), as: "\(place).explained")
        }
    }

    private mutating func act(_ step: JSON, _ place: String) async throws {
        let action = try text("do", of: step)
        switch action {
        case "ask": try await ask(step["room"] as? String)
        case "operator": try await sandbox.operate(try text("action", of: step), step["body"] as? JSON ?? [:])
        case "pass": try await pass(seconds: try number("seconds", of: step))
        case "reopen": try phone.reopen()
        case "sign_in": try await phone.signIn(try sandbox.person(try text("person", of: step)), with: sandbox)
        case "begin_sign_in": _ = try await core.session().start()
        case "invitation":
            walk.add(try core.session().invitation(linkOrCode: try text("code", of: step)), as: "\(place).invitation")
        case "sign_out": walk.add(try await core.session().signOut(), as: "\(place).signedOut")
        case "lock":
            try await core.appLock().turnOn()
            core.appLock().lock()
        case "download": try await download(pausingAfter: step["pauseAfterBytes"] as? Int)
        case "mark_paid": try await core.invoices().markPaid(invoiceId: try document(), paid: true)
        case "turn":
            let isOn = step["on"] as? Bool == true
            try await core.preferences().set(preferenceId: try found(step).preferenceId, on: isOn)
            try await until(step)
        case "threshold":
            let percent = try text("percent", of: step)
            try await core.preferences().setThreshold(preferenceId: try found(step).preferenceId, percent: percent)
            try await until(step)
        case "notifications":
            let permission = try text("permission", of: step)
            core.preferences().setNotificationSettings(
                settings: NotificationSettings(permission: permission == "denied" ? .denied : .granted))
        case "own_thresholds": try await setOwnThresholds(step)
        case "quiet_hours":
            try await core.alerts().setQuietHours(
                fromMinute: UInt16(try number("from", of: step)), toMinute: UInt16(try number("to", of: step)))
        case "post_alerts":
            var posted: [Alert] = []
            for alert in try await core.alerts().dueAlerts() {
                posted.append(alert)
                try await core.alerts().posted(id: alert.id)
            }
            walk.add(posted, as: "\(place).alert")
        case "reveal":
            let sim = try #require(core.activation().state().sims.first).id
            try await core.activation().reveal(sim, try text("kind", of: step) == "puk" ? .puk : .pin)
        case "walk": try await answer(try number("answers", of: step), last: step["last"] as? Bool == true, place)
        case "order": try await order(passing: step["seconds"] as? Int)
        case "tell_facts": core.wifiCalling().tell(facts: handset.facts)
        case "name_place": try await core.wifiCalling().namePlace(place: try text("place", of: step))
        case "check": try await core.wifiCalling().check()
        case "entitlement":
            let document = Data(try text("document", of: step).utf8)
            walk.add(try core.wifiCalling().entitlement(document: document), as: "\(place).entitlement")
        case "tell":
            let line = try #require(core.activation().state().lines.first)
            try await core.activation().tell(lineId: line.id, answerId: try #require(line.now.answers.first).id)
        case "read_code":
            let code = try await core.activation().readCode(text: try text("text", of: step), confirmation: nil)
            walk.add(code, as: "\(place).code")
        default: Issue.record("\(place) is no step this player knows: \(action)")
        }
    }

    private func ask(_ room: String?) async throws {
        if room == nil { core.wifiCalling().tell(facts: handset.facts) }
        if room == nil || room == "usage" { try await core.usage().refresh() }
        if room == nil || room == "invoices" { try await askForInvoices(each: room == nil) }
        if room == nil || room == "preferences" { try await core.preferences().refresh() }
        if room == nil || room == "wifi_calling" { try await core.wifiCalling().refresh() }
        if room == nil || room == "activation" { try await core.activation().refresh() }
    }

    private func askForInvoices(each: Bool) async throws {
        try await core.invoices().refresh()
        for id in core.invoices().state().rows.compactMap(\.invoiceId) where each {
            try await core.invoices().refreshInvoice(id)
        }
    }

    private func pass(seconds: Int) async throws {
        phone.clock.advance(seconds: seconds)
        try await sandbox.advance(seconds: seconds)
    }

    private func download(pausingAfter bytes: Int?) async throws {
        let token = CancelToken()
        let pause = bytes.map { Pause(token: token, after: UInt64($0)) }
        let id = try document()
        do {
            try await core.invoices().download(invoiceId: id, onMetered: false, progress: pause, cancel: token)
        } catch {
            // The transfer itself ends after whoever asked for it went away.
            while core.invoices().state().isDownloading(id) { try await Task.sleep(for: .milliseconds(20)) }
            throw error
        }
    }

    private func document() throws -> String {
        try #require(core.invoices().state().rows.compactMap(\.invoiceId).first)
    }

    private func found(_ step: JSON) throws -> PreferenceSwitchView {
        let topics = core.preferences().state().lines.flatMap(\.topics)
        let topic = try topics.first { Walk.plain("\($0.topic)") == (try text("topic", of: step)) }
        return try #require(topic?.switches.first { Walk.plain("\($0.channel)") == step["channel"] as? String })
    }

    private func until(_ step: JSON) async throws {
        let phase = try text("until", of: step)
        while Walk.plain("\(try found(step).phase)") != phase { try await Task.sleep(for: .milliseconds(20)) }
    }

    private func setOwnThresholds(_ step: JSON) async throws {
        let shares = (step["shares"] as? [Int] ?? []).map { OwnThreshold.share(percent: UInt16($0)) }
        let costs = (step["costs"] as? [Int] ?? []).map { OwnThreshold.costs(cents: UInt32($0)) }
        let every = (step["every"] as? [Int] ?? []).map { OwnThreshold.everyCosts(cents: UInt32($0)) }
        let typed = (step["typed"] as? String).map { TypedThreshold.share(percent: $0) }
        try await core.alerts().setOwnThresholds(thresholds: shares + costs + every, typed: typed)
    }

    /// As far as it goes, by the first answer or by the last; what each step says is read.
    private mutating func answer(_ times: Int, last: Bool, _ place: String) async throws {
        let room = core.wifiCalling()
        for turn in 0..<times {
            let view = room.state()
            walk.add(view, as: "\(place).walk[\(turn)]")
            guard view.works == nil, let step = view.step else { return }
            guard let answer = last ? step.answers.last : step.answers.first else { return }
            try await room.answer(stepId: step.id, answerId: answer.id)
        }
    }

    /// Time passes once the order was looked at, where the operator takes some.
    private func order(passing seconds: Int?) async throws {
        let room = core.wifiCalling()
        async let ordered: Void = room.switchOn()
        guard let seconds else { return try await ordered }
        while try await sandbox.requests(to: "/tmf-api/serviceOrdering") < 2 {
            try await Task.sleep(for: .milliseconds(50))
        }
        try await pass(seconds: seconds)
        try await ordered
    }

    private func text(_ name: String, of step: JSON) throws -> String { try #require(step[name] as? String) }

    private func number(_ name: String, of step: JSON) throws -> Int { try #require(step[name] as? Int) }
}

/// Leaves a download where it is, once so much of it is here.
private final class Pause: DownloadProgress {
    private let token: CancelToken
    private let bytes: UInt64

    init(token: CancelToken, after bytes: UInt64) {
        self.token = token
        self.bytes = bytes
    }

    func moved(bytes: UInt64, total: UInt64?) throws {
        if bytes >= self.bytes { token.cancel() }
    }
}

extension InvoicesView {
    fileprivate func isDownloading(_ id: String) -> Bool {
        if case .downloading = rows.first(where: { $0.invoiceId == id })?.document { true } else { false }
    }
}
