// Documents: fetched, left where they are, gone on with, also when the app leaves the screen in between.

import Companion
import Testing

@testable import CompanionScreens

@MainActor
extension SandboxTests {
    @Test func aDownloadGoesOnAShortWhileAfterTheAppLeft() async throws {
        let (handset, id) = try await fetching(latencyMs: 500)
        let model = handset.model
        model.leftScreen()
        await model.invoices.letDownloadsEnd(within: .seconds(20)) { true }
        try await wait(for: "the document") { model.invoices.invoice(id)?.document == .here }
        #expect(model.problem == nil)
    }

    @Test func aDownloadThatTookTooLongGoesOnByItselfOnceTheAppIsBack() async throws {
        let (handset, id) = try await fetching(latencyMs: 20_000)
        let model = handset.model
        model.leftScreen()
        await model.invoices.letDownloadsEnd(within: .milliseconds(200)) { true }
        try await wait(for: "the pause") { [.notHere, .partly].contains(model.invoices.invoice(id)?.document) }
        try handset.core.suspend(deadlineMs: 4_000)

        try await handset.mend()
        try handset.core.resume()
        model.cameToFront()
        try await wait(for: "the document") { model.invoices.invoice(id)?.document == .here }
        #expect(model.problem == nil)
    }

    @Test func aDownloadThatDidNotGoOnSaysSo() async throws {
        let (handset, _) = try await fetching(latencyMs: 20_000)
        let model = handset.model
        model.leftScreen()
        await model.invoices.letDownloadsEnd(within: .milliseconds(200)) { true }
        try await handset.cutOff()
        model.cameToFront()
        try await wait(for: "the problem") { model.problem?.explanation.remedy == .tryAgain }
    }

    @Test func aDownloadThatComesBackToALockGoesOnOnceItIsOpen() async throws {
        let (handset, id) = try await fetching(latencyMs: 20_000)
        let model = handset.model
        try await handset.core.appLock().turnOn(graceSeconds: nil)
        model.leftScreen()
        await model.invoices.letDownloadsEnd(within: .milliseconds(200)) { true }
        try await handset.mend()
        handset.phone.clock.advance(seconds: 61)
        model.cameToFront()
        #expect(model.lock.locked)
        try await wait(for: "the document") { model.invoices.invoice(id)?.document == .here }
        #expect(model.problem == nil)
    }

    @Test func aDownloadThatDidNotGoOnSaysSoOnItsInvoiceAndLeavesWhatIsSaidElsewhere() async throws {
        let (handset, id) = try await fetching(latencyMs: 20_000)
        let model = handset.model
        model.open(.usage)
        await model.act { _ in throw Problem.NotPermitted }.value
        let said = try #require(model.problem?.explanation)
        model.leftScreen()
        await model.invoices.letDownloadsEnd(within: .milliseconds(200)) { true }
        try await handset.cutOff()
        model.cameToFront()
        try await wait(for: "the failure") { model.elsewhere[.invoice(id: id)] != nil }
        #expect(model.problem?.explanation == said)
        model.open(.invoice(id: id))
        #expect(model.problem?.explanation.remedy == .tryAgain)
    }

    @Test func whoIsBackMeanwhileWaitsForNoDownload() async throws {
        let (handset, id) = try await fetching(latencyMs: 20_000)
        let model = handset.model
        model.leftScreen()
        await model.invoices.letDownloadsEnd(within: .seconds(20)) { false }
        guard case .downloading = model.invoices.invoice(id)?.document else {
            Issue.record("it was not let go on")
            return
        }
        try await handset.mend()
    }

    /// A phone on which an invoice's document is being fetched.
    func fetching(latencyMs: Int) async throws -> (Handset, String) {
        let handset = try await Handset(signedInAs: "emma")
        let invoices = handset.model.invoices
        handset.model.open(.invoices)
        try await wait(for: "the list") { !invoices.view.rows.isEmpty }
        let id = try #require(invoices.view.rows.compactMap(\.invoiceId).first)
        handset.model.open(.invoice(id: id))
        try await handset.sandbox.faults(["only": ["/documents"], "latencyMs": latencyMs])
        invoices.download(id)
        try await wait(for: "the transfer") {
            if case .downloading = invoices.invoice(id)?.document { true } else { false }
        }
        return (handset, id)
    }
}
