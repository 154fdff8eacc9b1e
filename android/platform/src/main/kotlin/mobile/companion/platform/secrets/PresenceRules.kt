// Whether a presence key still counts, and what the phone's prompt came to.

package mobile.companion.platform.secrets

import mobile.companion.HostException

/** What became of a key. */
enum class KeyState {
    /** It can be used. */
    ALIVE,

    /** There is none. */
    ABSENT,

    /** The phone destroyed what it needs. */
    DEAD,
}

/**
 * Why what was sealed under [key] is lost; nothing while it is not.
 *
 * [key] opens by finger, face or device lock, and therefore lives as long as the device has a lock: only without that lock
 * does it die. [watch] opens by finger or face alone, for which reason it dies as soon as one is added or the last one is
 * removed; it seals nothing. [wasWatched]: it was there when this was sealed, as it is where a finger or face was enrolled.
 */
fun presenceLoss(key: KeyState, watch: KeyState, wasWatched: Boolean, deviceHasLock: Boolean): HostException? = when {
    !deviceHasLock || key == KeyState.DEAD -> HostException.LockRemoved()
    key == KeyState.ABSENT -> HostException.KeyInvalidated()
    // Some phones tell a dead key by its absence.
    watch == KeyState.DEAD || wasWatched && watch == KeyState.ABSENT -> HostException.BiometryChanged()
    else -> null
}

/** The prompt's end by its error code, the `BIOMETRIC_ERROR_…` of `BiometricPrompt`. */
fun promptFailure(code: Int): HostException = when (code) {
    TIMEOUT, CANCELED, USER_CANCELED -> HostException.PresenceCancelled()
    LOCKOUT, LOCKOUT_PERMANENT -> HostException.PresenceDenied()
    HW_UNAVAILABLE, NO_BIOMETRICS, HW_NOT_PRESENT, NO_DEVICE_CREDENTIAL, SECURITY_UPDATE_REQUIRED ->
        HostException.PresenceUnavailable()
    else -> HostException.Failed()
}

// As the framework counts them. They are written out because a test has no framework.
private const val HW_UNAVAILABLE = 1
private const val TIMEOUT = 3
private const val CANCELED = 5
private const val LOCKOUT = 7
private const val LOCKOUT_PERMANENT = 9
private const val USER_CANCELED = 10
private const val NO_BIOMETRICS = 11
private const val HW_NOT_PRESENT = 12
private const val NO_DEVICE_CREDENTIAL = 14
private const val SECURITY_UPDATE_REQUIRED = 15
