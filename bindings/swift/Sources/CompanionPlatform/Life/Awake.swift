// The core is awake while somebody needs it: the screen, or work in the background.

import Companion
import Foundation

/// Counts who needs the core. The first wakes it up, the last lets it sleep: database closed, nothing held. Each `release`
/// belongs to one `hold`.
public final class Awake: Sendable {
    private let wake: @Sendable () throws -> Void
    private let sleep: @Sendable () throws -> Void
    private let holders = Holders()

    /// One that wakes up by `wake`, and sleeps by `sleep`. It begins awake, as an opened core does, held by nobody.
    public init(wake: @escaping @Sendable () throws -> Void, sleep: @escaping @Sendable () throws -> Void) {
        self.wake = wake
        self.sleep = sleep
    }

    /// For a core; sleeping waits for its writers, `deadlineMs` at most.
    public convenience init(_ core: CompanionCore, deadlineMs: UInt32 = 4_000) {
        self.init(wake: { try core.resume() }, sleep: { try core.suspend(deadlineMs: deadlineMs) })
    }

    /// Needs the core from now on. Not on the main thread; throws as `CompanionCore.resume`, and then nothing is held.
    public func hold() throws { try holders.add(wake) }

    /// Lets it sleep where nobody holds it, as when the person left before it was quite open. Not on the main thread; throws as
    /// `CompanionCore.suspend`.
    public func rest() throws { try holders.rest(sleep) }

    /// Needs it no longer. Not on the main thread; throws as `CompanionCore.suspend`.
    public func release() throws { try holders.remove(sleep) }
}

private final class Holders: @unchecked Sendable {
    private let lock = NSLock()
    private var count = 0
    /// As the core was opened: awake, with nobody who holds it.
    private var isAwake = true

    func add(_ wake: () throws -> Void) throws {
        try lock.withLock {
            if !isAwake { try wake() }
            isAwake = true
            count += 1
        }
    }

    /// A sleep that takes too long is the core's to finish: what it throws only means asleep, later.
    func remove(_ sleep: () throws -> Void) throws {
        try lock.withLock {
            count -= 1
            try letSleep(sleep)
        }
    }

    func rest(_ sleep: () throws -> Void) throws { try lock.withLock { try letSleep(sleep) } }

    private func letSleep(_ sleep: () throws -> Void) throws {
        guard count == 0, isAwake else { return }
        isAwake = false
        try sleep()
    }
}
