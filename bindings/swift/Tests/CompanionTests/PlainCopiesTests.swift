// Plain copies of what a person opens or hands on: they do not stay.

import Foundation
import Testing

@testable import CompanionPlatform

@Suite struct PlainCopiesTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("copies-\(UUID().uuidString)")

    @Test func aCopyIsThereUntilItIsTakenAway() async throws {
        let copies = PlainCopies(folder: folder)
        let file = try await copies.make(named: "claim.csv", content: "a;b") {}
        #expect(try String(contentsOf: file, encoding: .utf8) == "a;b" && file.lastPathComponent == "claim.csv")
        await copies.clear()
        #expect(!FileManager.default.fileExists(atPath: folder.path))
    }

    @Test func aCopyGoesByItselfAndIsToldToHaveGone() async throws {
        let copies = PlainCopies(folder: folder, lifetime: .milliseconds(20))
        let (gone, tell) = AsyncStream.makeStream(of: Void.self)
        let file = try await copies.make(named: "claim.csv", content: "a;b") { tell.yield() }
        for await _ in gone { break }
        #expect(!FileManager.default.fileExists(atPath: file.path))
    }

    @Test func theNextCopyTakesTheOneBeforeAndItsTimeAway() async throws {
        let copies = PlainCopies(folder: folder, lifetime: .milliseconds(300))
        let first = try await copies.make(named: "first.csv", content: "1") { Issue.record("the first was taken away") }
        try await Task.sleep(for: .milliseconds(200))
        let second = try await copies.make(named: "second.csv", of: Self.some) {}
        #expect(!FileManager.default.fileExists(atPath: first.path))
        try await Task.sleep(for: .milliseconds(200))
        #expect(FileManager.default.fileExists(atPath: second.path), "it has its own time")
        await copies.clear()
    }

    @Test(arguments: ["../../out.csv", "/etc/out.csv", "..", "/", ""])
    func noNameLeadsOutOfTheFolder(_ name: String) async throws {
        let copies = PlainCopies(folder: folder)
        let file = try await copies.make(named: name, content: "") {}
        #expect(file.deletingLastPathComponent().standardizedFileURL.path == folder.standardizedFileURL.path)
        await copies.clear()
    }

    @Test func whatCouldNotBeCopiedLeavesNothing() async throws {
        let copies = PlainCopies(folder: folder)
        await #expect(throws: (any Error).self) {
            try await copies.make(named: "a", of: URL(fileURLWithPath: "/nowhere/at/all")) {}
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path))
    }

    private static var some: URL {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("some-\(UUID().uuidString)")
        try? Data([1]).write(to: file)
        return file
    }
}
