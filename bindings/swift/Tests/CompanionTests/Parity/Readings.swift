// Everything a phone can read of the core when a scene ends, room by room.

import Companion
import Foundation

extension Player {
    mutating func readEverything() async throws {
        walk.add(await first(try core.sessionViews()), as: "session")
        walk.add(await first(try core.appLockViews()), as: "appLock")
        walk.add(await first(try core.frameViews()), as: "frame")
        walk.add(core.labels(), as: "labels")
        try await readUsage()
        try await readInvoices()
        walk.add(await first(try core.preferencesViews()), as: "preferences")
        try await readAlerts()
        walk.add(await first(try core.wifiCallingViews()), as: "wifiCalling")
        walk.add(core.wifiCalling().report() as Any, as: "wifiCalling.report")
        try await readActivation()
        readHelp()
    }

    private func first<View>(_ views: Views<View>) async -> Any {
        for await view in views { return view }
        return "no view"
    }

    private mutating func readUsage() async throws {
        let room = core.usage()
        walk.add(await first(try core.usageViews()), as: "usage")
        for (index, line) in room.state().lines.enumerated() {
            let history = room.history(lineId: line.lineId)
            walk.add(history as Any, as: "usage.history[\(index)]")
            guard let bucket = history?.buckets.first, let month = bucket.months.first else { continue }
            let days = room.historyDays(lineId: line.lineId, bucketId: bucket.bucketId, month: month.month)
            walk.add(days, as: "usage.historyDays[\(index)]")
        }
        let now = try phone.clock.now().wallMs
        walk.add(widgetView(dataDir: phone.folder.path, atMs: now), as: "widget")
    }

    private mutating func readInvoices() async throws {
        let room = core.invoices()
        walk.add(await first(try core.invoicesViews()), as: "invoices")
        walk.add(room.runningLines(offset: 0), as: "invoices.runningLines")
        for (index, id) in room.state().rows.compactMap(\.invoiceId).enumerated() {
            let place = "invoices.invoice[\(index)]"
            walk.add(room.invoice(invoiceId: id) as Any, as: place)
            walk.add(room.payment(invoiceId: id, referenceAsText: false) as Any, as: "\(place).payment")
            walk.add(room.payment(invoiceId: id, referenceAsText: true) as Any, as: "\(place).paymentAsText")
            let lines = room.lines(invoiceId: id, section: .outOfBundle, offset: 0)
            walk.add(room.lines(invoiceId: id, section: .detail, offset: 0), as: "\(place).detail")
            walk.add(lines, as: "\(place).outOfBundle")
            read("\(place).claim") {
                try room.claim(
                    invoiceId: id, wish: ClaimWish(lineIds: lines.map(\.lineId), note: "Paris", withPrivateTexts: true))
            }
            guard let line = lines.first else { continue }
            read("\(place).dispute") { try room.dispute(invoiceId: id, lineId: line.lineId) }
        }
    }

    private mutating func readAlerts() async throws {
        walk.add(await first(try core.alertsViews()), as: "alerts")
        walk.add(core.alerts().tryOne(), as: "alerts.tryOne")
    }

    private mutating func readActivation() async throws {
        let room = core.activation()
        walk.add(await first(try core.activationViews()), as: "activation")
        walk.add(room.shownSecret() as Any, as: "activation.secret")
        let code = try? await room.esimCode()
        walk.add(code as Any, as: "activation.code")
        guard code != nil else { return }
        let readiness = EsimReadiness(takesEsim: true, onWifi: true)
        walk.add(try await room.handover(phone: handset.esim, readiness: readiness), as: "activation.handover")
    }

    private mutating func readHelp() {
        let help = core.help()
        let articles = help.articles()
        walk.add(articles, as: "help")
        for (index, summary) in articles.enumerated() {
            let article = help.article(id: summary.id)
            walk.add(article as Any, as: "help.article[\(index)]")
            guard let kind = article?.request else { continue }
            walk.add(core.prepareRequest(kind: kind, number: nil), as: "help.article[\(index)].letter")
        }
    }

    /// What it cannot be is said as well.
    private mutating func read(_ place: String, _ reading: () throws -> Any) {
        do { walk.add(try reading(), as: place) } catch let problem as Problem {
            walk.add(name(of: problem), as: place)
        } catch { walk.add("\(error)", as: place) }
    }
}
