package mobile.companion.platform.life

import org.junit.jupiter.api.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse

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
}
