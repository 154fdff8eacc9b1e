package mobile.companion.platform.secrets

import mobile.companion.HostException
import mobile.companion.platform.secrets.KeyState.ABSENT
import mobile.companion.platform.secrets.KeyState.ALIVE
import mobile.companion.platform.secrets.KeyState.DEAD
import org.junit.jupiter.api.Test
import kotlin.test.assertEquals

class PresenceRulesTest {
    @Test
    fun `a key is lost with the device's lock, and given up when fingers or faces changed`() {
        val vectors = listOf(
            Triple(ALIVE, ALIVE, true) to null,
            // Nobody was enrolled when the key was made: there is nothing that could change.
            Triple(ALIVE, ABSENT, true) to null,
            Triple(ALIVE, DEAD, true) to HostException.BiometryChanged::class,
            // The lock was taken away and set anew: fingers are gone with it, and the lock is the reason.
            Triple(DEAD, DEAD, true) to HostException.LockRemoved::class,
            Triple(DEAD, ABSENT, true) to HostException.LockRemoved::class,
            Triple(ALIVE, ALIVE, false) to HostException.LockRemoved::class,
            Triple(ABSENT, ABSENT, false) to HostException.LockRemoved::class,
            // Gone without a reason, as after another phone's files were put here.
            Triple(ABSENT, ABSENT, true) to HostException.KeyInvalidated::class,
            Triple(ABSENT, DEAD, true) to HostException.KeyInvalidated::class,
        )
        for ((states, expected) in vectors) {
            val (key, watch, deviceHasLock) = states
            assertEquals(expected, presenceLoss(key, watch, deviceHasLock)?.let { it::class }, "$states")
        }
    }

    @Test
    fun `the prompt's end is a no, a no thanks, or that nobody can tell`() {
        val cancelled = listOf(3, 5, 10)
        val denied = listOf(7, 9)
        val unavailable = listOf(1, 11, 12, 14, 15)
        for (code in -1..20) {
            val expected = when (code) {
                in cancelled -> HostException.PresenceCancelled::class
                in denied -> HostException.PresenceDenied::class
                in unavailable -> HostException.PresenceUnavailable::class
                else -> HostException.Failed::class
            }
            assertEquals(expected, promptFailure(code)::class, "$code")
        }
    }
}
