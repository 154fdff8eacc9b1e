// What Apple's frameworks answer, as what the core understands. Numbers, because a test has no such framework.

import Companion

/// The failure behind a status of the Keychain (`OSStatus`, of SecBase.h).
public func keychainFailure(_ status: Int32) -> HostError {
    switch status {
    // errSecInteractionNotAllowed: not unlocked since the start.
    case -25308: .Locked
    // errSecNotAvailable: the service is restarting.
    case -25291: .Busy
    // errSecDecode, errSecInvalidData.
    case -26275, -67673: .Corrupt
    // errSecUserCanceled.
    case -128: .PresenceCancelled
    // errSecAuthFailed.
    case -25293: .PresenceDenied
    default: .Failed
    }
}

/// The failure behind a code of `LAError`.
public func presenceFailure(_ code: Int) -> HostError {
    switch code {
    // userCancel, systemCancel, appCancel; the app offers no way of its own besides, so userFallback is none.
    case -2, -3, -4, -9: .PresenceCancelled
    // authenticationFailed, biometryLockout.
    case -1, -8: .PresenceDenied
    // passcodeNotSet, biometryNotAvailable, biometryNotEnrolled.
    case -5, -6, -7: .PresenceUnavailable
    default: .Failed
    }
}
