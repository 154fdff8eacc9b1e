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
        let copies = PlainCopies(folder: folder, lifetime: .seconds(1))
        let told = Told()
        let first = try await copies.make(named: "first.csv", content: "1") { await told.add("first") }
        let second = try await copies.make(named: "second.csv", of: Self.some) { await told.add("second") }
        #expect(!FileManager.default.fileExists(atPath: first.path))
        for _ in 0..<100 where await told.names.isEmpty { try await Task.sleep(for: .milliseconds(50)) }
        #expect(await told.names == ["second"])
        #expect(!FileManager.default.fileExists(atPath: second.path))
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

private actor Told {
    private(set) var names: [String] = []

    func add(_ name: String) { names.append(name) }
}
