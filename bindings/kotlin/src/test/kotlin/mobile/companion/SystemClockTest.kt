// The clocks of this very machine.

package mobile.companion

import org.junit.jupiter.api.Test
import java.util.UUID
import kotlin.math.abs
import kotlin.test.assertEquals
import kotlin.test.assertTrue

class SystemClockTest {
    @Test
    fun `the clock tells wall time, time since start and the start`() {
        val first = SystemClock().now()
        val second = SystemClock().now()

        assertTrue(abs(first.wallMs - System.currentTimeMillis()) < 5_000)
        assertTrue(first.elapsedMs > 0 && second.elapsedMs >= first.elapsedMs)
        assertEquals(first.bootId, UUID.fromString(first.bootId).toString())
        assertEquals(first.bootId, second.bootId)
    }
}
