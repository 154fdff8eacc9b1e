// The device clock on this very machine.

import Companion
import Foundation
import Testing

@Test func theClockTellsWallTimeTimeSinceStartAndTheStart() throws {
    let clock = SystemClock()

    let first = try clock.now()
    let second = try clock.now()

    #expect(abs(first.wallMs - Int64(Date().timeIntervalSince1970 * 1_000)) < 5_000)
    #expect(second.elapsedMs >= first.elapsedMs)
    #expect(UUID(uuidString: first.bootId) != nil)
    #expect(second.bootId == first.bootId)
}
