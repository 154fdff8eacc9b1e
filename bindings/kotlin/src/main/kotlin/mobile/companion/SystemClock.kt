// The clocks of a desktop or server JVM on Linux. Android has its own (SystemClock.elapsedRealtime, BOOT_COUNT).

package mobile.companion

import java.io.File
import java.io.IOException

/**
 * Reads the machine's own clocks.
 *
 * For the JVM on Linux only, where time since start is what the kernel says and includes time asleep. On Android the
 * app lends the core `android.os.SystemClock.elapsedRealtime()` instead.
 */
class SystemClock : Clock {
    override fun now(): ClockReading =
        try {
            ClockReading(
                wallMs = System.currentTimeMillis(),
                elapsedMs = sinceStart(),
                bootId = BOOT_ID.readText().trim(),
            )
        } catch (_: IOException) {
            throw HostException.Failed()
        }

    /** "12345.67 …": seconds since the machine started, in hundredths. */
    private fun sinceStart(): Long {
        val (seconds, hundredths) = UPTIME.readText().substringBefore(' ').split('.')
        return seconds.toLong() * MS_IN_SECOND + hundredths.toLong() * MS_IN_HUNDREDTH
    }

    private companion object {
        const val MS_IN_SECOND = 1_000
        const val MS_IN_HUNDREDTH = 10
        val BOOT_ID = File("/proc/sys/kernel/random/boot_id")
        val UPTIME = File("/proc/uptime")
    }
}
