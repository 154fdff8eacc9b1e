// Plain copies of what a person opens or hands on: under the name they see, readable only while the phone is unlocked, and gone
// soon.

import Foundation

/// Copies in a folder of their own, one at a time. Works off the main thread.
public actor PlainCopies {
    private let folder: URL
    private let lifetime: Duration
    private var expiry: Task<Void, Never>?

    /// - Parameters:
    ///   - folder: nothing else lies there. What an earlier run of the app left in it goes with `clear()`.
    ///   - lifetime: how long a copy is there at most, while the app runs.
    public init(
        folder: URL = FileManager.default.temporaryDirectory.appendingPathComponent("shared", isDirectory: true),
        lifetime: Duration = .seconds(600)
    ) {
        self.folder = folder
        self.lifetime = lifetime
    }

    /// A file with that text. `expired` is told when its time is over; not when it is taken away before.
    public func make(
        named name: String, content: String, expired: @escaping @Sendable () async -> Void
    ) throws -> URL {
        try add(named: name, expired: expired) { try Data(content.utf8).write(to: $0) }
    }

    /// A copy of a file. `expired` is told when its time is over; not when it is taken away before.
    public func make(named name: String, of file: URL, expired: @escaping @Sendable () async -> Void) throws -> URL {
        try add(named: name, expired: expired) { try FileManager.default.copyItem(at: file, to: $0) }
    }

    /// Takes every copy away.
    public func clear() {
        expiry?.cancel()
        expiry = nil
        try? FileManager.default.removeItem(at: folder)
    }

    private func add(
        named name: String, expired: @escaping @Sendable () async -> Void, _ write: (URL) throws -> Void
    ) throws -> URL {
        // What was shown before is not needed any more.
        clear()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: protection)
        // A name of the core's own, but whatever it is: it leads out of no folder.
        let last = URL(fileURLWithPath: name).lastPathComponent
        let file = folder.appendingPathComponent(["", "/", ".", ".."].contains(last) ? "document" : last)
        do {
            try write(file)
            try FileManager.default.setAttributes(protection, ofItemAtPath: file.path)
        } catch {
            clear()
            throw error
        }
        let lifetime = lifetime
        expiry = Task { [weak self] in
            try? await Task.sleep(for: lifetime)
            guard !Task.isCancelled else { return }
            await self?.clear()
            await expired()
        }
        return file
    }

    private var protection: [FileAttributeKey: Any] {
        #if canImport(Darwin)
            [.protectionKey: FileProtectionType.complete]
        #else
            [:]
        #endif
    }
}
