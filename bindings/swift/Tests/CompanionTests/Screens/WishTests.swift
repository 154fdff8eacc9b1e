// A control that is set: it stays so until the work for it is over.

import CompanionScreens
import Testing

@MainActor
@Suite struct WishTests {
    @Test func aSwitchStaysAsItWasTurnedUntilItsWorkIsOver() async throws {
        let wish = Wish<Bool>(grace: .milliseconds(10))
        let (work, done) = AsyncStream.makeStream(of: Void.self)
        wish.set(true) { _ in Task { for await _ in work { break } } }
        #expect(wish.shown(false) == true)
        try await Task.sleep(for: .milliseconds(50))
        #expect(wish.shown(false) == true, "the work goes on")
        done.yield()
        // It was refused: the view still says no.
        try await wait(for: "the view to count again") { wish.shown(false) == false }
    }

    @Test func onlyWhereAWheelStandsStillIsAskedFor() async throws {
        let wish = Wish<Int>(grace: .milliseconds(10))
        var asked: [Int] = []
        for minute in [10, 20, 30] {
            wish.set(minute, after: .milliseconds(30)) { value in
                asked.append(value)
                return Task {}
            }
        }
        #expect(wish.shown(0) == 30)
        try await wait(for: "the work") { !asked.isEmpty }
        try await Task.sleep(for: .milliseconds(100))
        #expect(asked == [30])
    }

    @Test func theEndOfAnEarlierWorkLeavesALaterWish() async throws {
        let wish = Wish<Bool>(grace: .zero)
        let (first, done) = AsyncStream.makeStream(of: Void.self)
        wish.set(true) { _ in Task { for await _ in first { break } } }
        try await Task.sleep(for: .milliseconds(20))
        wish.set(false) { _ in Task { try? await Task.sleep(for: .seconds(60)) } }
        done.yield()
        try await Task.sleep(for: .milliseconds(50))
        #expect(wish.shown(true) == false)
    }
}
