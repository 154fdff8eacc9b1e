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

@Test(arguments: [nil, Data([7]), Data(repeating: 1, count: 255)])
func aSecretOpensForWhoCouldOpenItWhenItWasSealed(_ biometry: Data?) throws {
    let secret = Data([1, 2, 3])
    let sealed = try Watched(bytes: try Watched(biometry: biometry, secret: secret).bytes())
    #expect(try sealed.opened(by: biometry) == secret)
}

@Test(arguments: [(Data([7]), nil), (nil, Data([7])), (Data([7]), Data([8]))] as [(Data?, Data?)])
func aNewFingerClosesWhatWasSealedBefore(_ before: Data?, _ now: Data?) {
    #expect(throws: HostError.BiometryChanged) { try Watched(biometry: before, secret: Data([1])).opened(by: now) }
}

@Test(arguments: [Data(), Data([1]), Data([3, 1, 2])])
func whatIsTooShortIsNoSeal(_ bytes: Data) {
    #expect(throws: HostError.Corrupt) { try Watched(bytes: bytes) }
}

@Test func aStateThatIsTooLongIsNotSealed() {
    #expect(throws: HostError.Failed) {
        try Watched(biometry: Data(repeating: 1, count: 256), secret: Data()).bytes()
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
