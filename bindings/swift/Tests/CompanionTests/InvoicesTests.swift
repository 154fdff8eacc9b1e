// Invoices behind the Swift face: seen, downloaded with progress, opened.

import Companion
import Foundation
import Testing

extension SandboxTests {
    @Test func anInvoiceArrivesInTheStreamIsDownloadedWholeAndOpenedFromACopy() async throws {
        let sandbox = try await Sandbox(scene: ["seed": 1, "now": "2026-11-25T14:05:00+01:00"])
        let phone = try Phone(profile: sandbox.profile, now: "2026-11-25T14:05:00+01:00")
        try await phone.signIn(try sandbox.person("emma"), with: sandbox)
        try await phone.core.invoices().refresh()
        let list = try #require(await phone.core.invoicesViews().first { $0.phase == .loaded })
        let id = try #require(list.rows.compactMap(\.invoiceId).first)

        let watch = Watch()
        try await phone.core.invoices().download(id, onMetered: false, progress: watch)
        let shared = try await phone.core.invoices().shareDocument(invoiceId: id)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: shared.path()))
        #expect(bytes.starts(with: Data("%PDF-".utf8)))
        #expect(watch.last == UInt64(bytes.count))
        #expect(shared.name().hasSuffix(".pdf"))
        #expect(phone.core.invoices().state().rows.first { $0.invoiceId == id }?.document == .here)
    }
}

private final class Watch: DownloadProgress, @unchecked Sendable {
    private let lock = NSLock()
    private var told: UInt64 = 0

    var last: UInt64 { lock.withLock { told } }

    func moved(bytes: UInt64, total: UInt64?) throws { lock.withLock { told = bytes } }
}
