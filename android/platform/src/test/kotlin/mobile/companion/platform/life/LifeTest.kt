package mobile.companion.platform.life

import kotlinx.coroutines.runBlocking
import mobile.companion.InternalException
import mobile.companion.Problem
import mobile.companion.StorageFailure
import org.junit.jupiter.api.Test
import kotlin.coroutines.cancellation.CancellationException
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertTrue

class LifeTest {
    private val seen = mutableListOf<String>()

    @Test
    fun `the app leaves the screen with its last activity, and not while it is only turned`() {
        val activities = StartedActivities({ seen += "front" }, { seen += "left" })
        activities.started()
        activities.started()
        activities.stopped(isTurning = false)
        assertEquals(listOf("front"), seen, "another one is still there")
        activities.stopped(isTurning = true)
        activities.started()
        assertEquals(listOf("front"), seen)
        activities.stopped(isTurning = false)
        assertEquals(listOf("front", "left"), seen)
        activities.started()
        assertEquals(listOf("front", "left", "front"), seen)
    }

    @Test
    fun `the core sleeps while nobody needs it, and once for all`() {
        val awake = Awake({ seen += "resume" }, { seen += "suspend" })
        awake.hold()
        awake.hold()
        awake.release()
        assertEquals(emptyList<String>() to true, seen to awake.isHeld, "it was opened awake, and somebody still needs it")
        awake.release()
        assertFalse(awake.isHeld)
        awake.hold()
        awake.release()
        assertEquals(listOf("suspend", "resume", "suspend"), seen)
    }

    @Test
    fun `a core that does not wake up is nobody's, and may be woken again`() {
        var fails = true
        val awake = Awake({ if (fails) error("on purpose") else seen += "resume" }, { seen += "suspend" })
        awake.hold()
        awake.release()
        assertFailsWith<IllegalStateException> { awake.hold() }
        fails = false
        awake.hold()
        awake.release()
        assertEquals(listOf("suspend", "resume", "suspend"), seen)
    }

    @Test
    fun `a suspend that overran is asleep all the same`() {
        val awake = Awake({ seen += "resume" }, { error("on purpose") })
        awake.hold()
        assertFailsWith<IllegalStateException> { awake.release() }
        awake.hold()
        assertEquals(listOf("resume"), seen)
    }

    @Test
    fun `what plans goes on to its end, and what it does not plan for is replaced or taken away`() {
        data class Vector(val kind: Waking, val running: Waking?, val atMs: Long?, val expected: Step)

        val vectors = listOf(
            // As the app leaves the screen.
            Vector(Waking.REFRESH, null, 5_000L, Step.Plan(4_000, isAfterThisOne = false)),
            Vector(Waking.DUE, null, null, Step.Cancel),
            // Within the very work that is planned anew: it must not end itself.
            Vector(Waking.REFRESH, Waking.REFRESH, 5_000L, Step.Plan(4_000, isAfterThisOne = true)),
            Vector(Waking.REFRESH, Waking.REFRESH, null, Step.Leave),
            // Within the other one: an older time does not stay, nor do two times queue up.
            Vector(Waking.DUE, Waking.REFRESH, 5_000L, Step.Plan(4_000, isAfterThisOne = false)),
            Vector(Waking.DUE, Waking.REFRESH, null, Step.Cancel),
            Vector(Waking.REFRESH, Waking.DUE, 0L, Step.Plan(0, isAfterThisOne = false)),
        )
        for (vector in vectors) {
            assertEquals(vector.expected, vector.run { stepOf(kind, running, atMs, nowMs = 1_000) }, "$vector")
        }
    }

    @Test
    fun `whatever opening the core throws has an outcome, and only what may pass is tried again`() = runBlocking<Unit> {
        val vectors = listOf(
            null to Outcome.DONE,
            Problem.StorageUnavailable(StorageFailure.FULL) to Outcome.AGAIN,
            IllegalStateException("a closed handle") to Outcome.AGAIN,
            Problem.Configuration("issuer", "is no address") to Outcome.NEVER,
            UnsatisfiedLinkError("no library for this phone") to Outcome.NEVER,
            ExceptionInInitializerError("no library for this phone") to Outcome.NEVER,
            InternalException("a panic") to Outcome.AGAIN,
        )
        for ((failure, expected) in vectors) assertEquals(expected, outcomeOf { failure?.let { throw it } }, "$failure")
        assertFailsWith<CancellationException> { outcomeOf { throw CancellationException() } }
        assertFailsWith<OutOfMemoryError> { outcomeOf { throw OutOfMemoryError() } }
    }

    @Test
    fun `a window that leaves is secret where nothing else keeps it out of the recent apps`() {
        val android12 = 31
        assertTrue(isSecretNow(isSecret = true, isInRecents = true, isLeaving = false, android12))
        assertTrue(isSecretNow(isSecret = false, isInRecents = false, isLeaving = true, android12))
        assertFalse(isSecretNow(isSecret = false, isInRecents = false, isLeaving = false, android12))
        assertFalse(isSecretNow(isSecret = false, isInRecents = true, isLeaving = true, android12))
        assertFalse(isSecretNow(isSecret = false, isInRecents = false, isLeaving = true, sdk = 33))
    }
}
