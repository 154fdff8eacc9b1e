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
        data class Case(val key: KeyState, val watch: KeyState, val wasWatched: Boolean, val deviceHasLock: Boolean)

        val vectors = listOf(
            Case(ALIVE, ALIVE, wasWatched = true, deviceHasLock = true) to null,
            // Nobody was enrolled when it was sealed: there was nothing that could change.
            Case(ALIVE, ABSENT, wasWatched = false, deviceHasLock = true) to null,
            Case(ALIVE, DEAD, wasWatched = true, deviceHasLock = true) to HostException.BiometryChanged::class,
            Case(ALIVE, ABSENT, wasWatched = true, deviceHasLock = true) to HostException.BiometryChanged::class,
            Case(ALIVE, DEAD, wasWatched = false, deviceHasLock = true) to HostException.BiometryChanged::class,
            // The lock was taken away and set anew: fingers are gone with it, and the lock is the reason.
            Case(DEAD, DEAD, wasWatched = true, deviceHasLock = true) to HostException.LockRemoved::class,
            Case(DEAD, ABSENT, wasWatched = false, deviceHasLock = true) to HostException.LockRemoved::class,
            Case(ALIVE, ALIVE, wasWatched = true, deviceHasLock = false) to HostException.LockRemoved::class,
            Case(ABSENT, ABSENT, wasWatched = true, deviceHasLock = false) to HostException.LockRemoved::class,
            // Gone without a reason, as after another phone's files were put here.
            Case(ABSENT, ABSENT, wasWatched = true, deviceHasLock = true) to HostException.KeyInvalidated::class,
            Case(ABSENT, DEAD, wasWatched = false, deviceHasLock = true) to HostException.KeyInvalidated::class,
        )
        for ((case, expected) in vectors) {
            val loss = presenceLoss(case.key, case.watch, case.wasWatched, case.deviceHasLock)
            assertEquals(expected, loss?.let { it::class }, "$case")
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
