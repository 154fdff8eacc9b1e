// A phone for tests: secrets in memory, a clock moved by hand, and the core opened on both.

import Companion
import Foundation
import Testing

final class InMemorySecureStore: SecureStore, @unchecked Sendable {
    private let lock = NSLock()
    private var items: [String: Data] = [:]

    func get(key: String) throws -> Data? { lock.withLock { items[key] } }
    func put(key: String, value: Data) throws { lock.withLock { items[key] = value } }
    func delete(key: String) throws { lock.withLock { items[key] = nil } }
    func list(prefix: String) throws -> [String] { lock.withLock { items.keys.filter { $0.hasPrefix(prefix) } } }
}

/// Does nothing but fail.
final class FailingSecureStore: SecureStore {
    private let error: any Error

    init(error: any Error) { self.error = error }

    func get(key: String) throws -> Data? { throw error }
    func put(key: String, value: Data) throws { throw error }
    func delete(key: String) throws { throw error }
    func list(prefix: String) throws -> [String] { throw error }
}

/// Whoever is asked is there, once they have shown it. What it seals is not sealed.
final class AlwaysThere: UserPresence, @unchecked Sendable {
    private let lock = NSLock()
    private var wait: TimeInterval = 0
    private var isRefused = false
    private var count = 0

    /// How often somebody was asked.
    var asked: Int { lock.withLock { count } }

    /// Whether they do not show it, from now on.
    func refuses(_ refuses: Bool) { lock.withLock { isRefused = refuses } }

    /// How many seconds it takes from now on.
    func takes(_ seconds: TimeInterval) { lock.withLock { wait = seconds } }

    func seal(key: PresenceKey, plain: Data) throws -> Data { plain }
    func unseal(key: PresenceKey, sealed: Data, reason: String) throws -> Data {
        let (wait, isRefused) = lock.withLock {
            count += 1
            return (self.wait, self.isRefused)
        }
        Thread.sleep(forTimeInterval: wait)
        if isRefused { throw HostError.PresenceDenied }
        return sealed
    }

    func forget(key: PresenceKey) throws {}
}

final class FailingObserver: Observer {
    func changed(topic: Topic, revision: UInt64) throws { throw HostError.Failed }
}

final class HandClock: Companion.Clock, @unchecked Sendable {
    private let lock = NSLock()
    private let startMs: Int64
    private var elapsedMs: Int64 = 1_000_000

    init(start: String) throws {
        let date = try #require(ISO8601DateFormatter().date(from: start))
        startMs = Int64(date.timeIntervalSince1970) * 1_000
    }

    func now() throws -> ClockReading {
        lock.withLock { ClockReading(wallMs: startMs + elapsedMs - 1_000_000, elapsedMs: elapsedMs, bootId: "boot-1") }
    }

    func advance(seconds: Int) { lock.withLock { elapsedMs += Int64(seconds) * 1_000 } }
}

/// A network that is cut while the core writes raises SIGPIPE, which ends a plain Linux program. iOS has sockets that raise none
/// (`SO_NOSIGPIPE`, which the core's have), and Android's runtime ignores it.
private let brokenPipesAreErrors: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

/// One installed app with its folder, its secrets and its clock.
final class Phone {
    static let noon = "2026-11-25T14:05:00+01:00"

    let clock: HandClock
    let folder: URL
    private let secrets: any SecureStore
    private let probeNetwork: (any ProbeNetwork)?
    let presence = AlwaysThere()
    private let config: CoreConfig
    private var opened: CompanionCore?

    init(
        profile: String, language: String = "en", now: String = Phone.noon,
        secrets: any SecureStore = InMemorySecureStore(), probeNetwork: (any ProbeNetwork)? = nil
    ) throws {
        brokenPipesAreErrors
        self.secrets = secrets
        self.probeNetwork = probeNetwork
        clock = try HandClock(start: now)
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("companion-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        config = CoreConfig(dataDir: folder.path, profileJson: profile, languages: [language], redirectUri: nil)
        try reopen()
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var core: CompanionCore { opened! }

    /// As when the app is started again: same folder, same secrets.
    func reopen() throws {
        opened = nil
        opened = try CompanionCore.open(
            config: config,
            host: Host(secureStore: secrets, clock: clock, userPresence: presence, probeNetwork: probeNetwork))
    }

    func signIn(_ person: Person, with sandbox: Sandbox) async throws {
        let page = try await core.session().start()
        try await core.session().finish(callbackUrl: try await sandbox.signIn(person, at: page.url))
    }
}
