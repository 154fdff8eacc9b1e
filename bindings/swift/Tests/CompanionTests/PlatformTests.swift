// The plain rules of what an iPhone lends the core. What needs Apple's frameworks is compiled here, not run.

import Companion
import Foundation
import Testing

@testable import CompanionPlatform

@Test(arguments: [
    (Int32(-25308), HostError.Locked), (-25291, .Busy), (-26275, .Corrupt), (-128, .PresenceCancelled),
    (-25293, .PresenceDenied), (-50, .Failed),
])
func aStatusOfTheKeychainSaysWhatIsTheMatter(_ status: Int32, _ failure: HostError) {
    #expect(keychainFailure(status) == failure)
}

@Test(arguments: [
    (-2, HostError.PresenceCancelled), (-4, .PresenceCancelled), (-1, .PresenceDenied), (-8, .PresenceDenied),
    (-5, .PresenceUnavailable), (-7, .PresenceUnavailable), (-1004, .Failed),
])
func aCodeOfThePromptSaysWhatIsTheMatter(_ code: Int, _ failure: HostError) {
    #expect(presenceFailure(code) == failure)
}

private let index = Data([7])
private let other = Data([8])

/// What the phone answers (the code of its refusal, its state) to whoever sealed while `index` was enrolled, and whether that
/// is a change. Locked out, switched off for this app, no passcode, and whatever else: not told.
private let answers: [(Int?, Data?, Bool)] = [
    (nil, index, false), (nil, other, true), (-7, nil, true), (-8, nil, false), (-8, other, false), (-6, nil, false),
    (-5, nil, false), (-1004, nil, false), (-10, nil, false), (-11, nil, false), (nil, nil, false),
]

@Test(arguments: answers)
func onlyAKnownOtherEnrolmentIsAChange(_ refusal: Int?, _ state: Data?, _ isChange: Bool) throws {
    let sealed = Watched(enrolment: .known(index), secret: Data([1]))
    let now = Enrolment(refusal: refusal, state: state)
    if isChange {
        #expect(throws: HostError.BiometryChanged) { try sealed.opened(by: now) }
    } else {
        #expect(try sealed.opened(by: now) == Data([1]))
    }
}

@Test(arguments: [
    (Enrolment.none, Enrolment.known(index), true), (.none, .none, false), (.none, .unknown, false),
    (.unknown, .known(index), false), (.unknown, .none, false),
])
func whatWasNotKnownWhenItWasSealedIsNoChange(_ before: Enrolment, _ now: Enrolment, _ isChange: Bool) {
    #expect(now.isChange(from: before) == isChange)
}

@Test(arguments: [.none, .unknown, .known(index), .known(Data(repeating: 1, count: 254))] as [Enrolment])
func aSecretOpensForWhoCouldOpenItWhenItWasSealed(_ enrolment: Enrolment) throws {
    let secret = Data([1, 2, 3])
    let sealed = try Watched(bytes: try Watched(enrolment: enrolment, secret: secret).bytes())
    #expect(sealed.enrolment == enrolment)
    #expect(try sealed.opened(by: enrolment) == secret)
}

@Test(arguments: [Data(), Data([0]), Data([1]), Data([3, 1, 2]), Data([1, 1]), Data([255])])
func whatIsTooShortIsNoSeal(_ bytes: Data) {
    #expect(throws: HostError.Corrupt) { try Watched(bytes: bytes) }
}

@Test(arguments: [Data(), Data(repeating: 1, count: 255)])
func aStateThatHasNoLengthIsNotSealed(_ state: Data) {
    #expect(throws: HostError.Failed) { try Watched(enrolment: .known(state), secret: Data([1])).bytes() }
}

@Test func onlyAPhoneThatSaysSoHasLostItsPasscode() throws {
    try requirePasscode(refusal: nil, lost: .LockRemoved)
    #expect(throws: HostError.LockRemoved) { try requirePasscode(refusal: -5, lost: .LockRemoved) }
    for other in [-1, -6, -8, -10, -1004] {
        #expect(throws: HostError.Failed) { try requirePasscode(refusal: other, lost: .LockRemoved) }
    }
}

@Test func aCoreIsAwakeWhileSomebodyNeedsIt() throws {
    let told = Told()
    let awake = Awake(wake: { told.add("wake") }, sleep: { told.add("sleep") })
    try awake.hold()
    try awake.hold()
    try awake.release()
    #expect(told.words.isEmpty, "it was opened awake, and one still needs it")
    try awake.release()
    try awake.hold()
    #expect(told.words == ["sleep", "wake"])
}

@Test func aCoreThatNobodyCameToNeedSleepsTooAndOnce() throws {
    let told = Told()
    let awake = Awake(wake: { told.add("wake") }, sleep: { told.add("sleep") })
    try awake.hold()
    try awake.rest()
    #expect(told.words.isEmpty, "one needs it")
    try awake.release()
    try awake.rest()
    #expect(told.words == ["sleep"])

    let left = Awake(wake: { told.add("wake") }, sleep: { told.add("rest") })
    try left.rest()
    try left.hold()
    #expect(told.words == ["sleep", "rest", "wake"])
}

@Test func aCoreThatDoesNotWakeUpIsHeldByNobody() throws {
    let told = Told()
    let failing = Awake(wake: { throw HostError.Failed }, sleep: { told.add("sleep") })
    try failing.hold()
    try failing.release()
    #expect(throws: HostError.Failed) { try failing.hold() }
    #expect(throws: HostError.Failed) { try failing.hold() }
    #expect(told.words == ["sleep"])
}

private final class Told: @unchecked Sendable {
    private let lock = NSLock()
    private var all: [String] = []

    var words: [String] { lock.withLock { all } }
    func add(_ word: String) { lock.withLock { all.append(word) } }
}
