// Which fingers and faces the phone says are enrolled. Numbers, because a test has no such framework.

import Companion
import Foundation

/// The enrolled biometry, as far as the phone tells it now.
enum Enrolment: Equatable, Sendable {
    /// There is none: the device's passcode alone tells who is there.
    case none
    /// What `LAContext.evaluatedPolicyDomainState` says of it.
    case known(Data)
    /// It cannot be told now: after too many wrong tries, where the person keeps this app from Face ID, or without a reason.
    case unknown

    /// What the phone answers to whether biometry could be evaluated: the code of its `LAError` where it could not, and the
    /// state where it could.
    init(refusal: Int?, state: Data?) {
        switch refusal {
        // biometryNotEnrolled: known, and a change for whoever had some.
        case -7: self = .none
        case nil: self = state.map(Enrolment.known) ?? .unknown
        // biometryLockout, biometryNotAvailable and all others say nothing of who is enrolled.
        default: self = .unknown
        }
    }

    /// Whether somebody else than `before` is enrolled now. What cannot be told is no change: the person would lose everything
    /// for a wet finger.
    func isChange(from before: Enrolment) -> Bool { self != .unknown && before != .unknown && self != before }
}

/// Whether the phone has a passcode, by the code of its `LAError` where it cannot evaluate its owner. Throws where it has none
/// (`lost`), and where it does not say so (`Failed`): a key may be there all the same.
func requirePasscode(refusal: Int?, lost: HostError) throws {
    switch refusal {
    case nil: break
    // passcodeNotSet.
    case -5: throw lost
    default: throw HostError.Failed
    }
}
