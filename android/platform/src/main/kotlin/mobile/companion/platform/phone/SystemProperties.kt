package mobile.companion.platform.phone

import java.io.IOException
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread

/** The system's properties by the one command that prints them all: there is no public call. Empty where it did not answer. */
internal fun systemProperties(): Map<String, String> = try {
    val process = ProcessBuilder("/system/bin/getprop").start()
    // One that hangs is ended, and what it prints with it.
    thread(isDaemon = true) { if (!process.waitFor(WAIT_MS, TimeUnit.MILLISECONDS)) process.destroy() }
    process.inputStream.bufferedReader().useLines { properties(it) }
} catch (_: IOException) {
    emptyMap()
}

/** Properties as they are printed, one a line; what goes on over several lines is none that is wanted here. */
internal fun properties(lines: Sequence<String>): Map<String, String> =
    lines.mapNotNull(PRINTED::matchEntire).associate { it.groupValues[1] to it.groupValues[2] }

private val PRINTED = Regex("""\[([^]]+)]: \[(.*)]""")
private const val WAIT_MS = 500L
