package mobile.companion.platform.phone

import java.io.IOException
import java.util.concurrent.TimeUnit

/** A property of the system by the command that prints it: there is no public call. Null: it did not answer. */
internal fun systemProperty(name: String): String? = try {
    answer(ProcessBuilder("/system/bin/getprop", name).start())
} catch (_: IOException) {
    null
}

private fun answer(process: Process): String? = try {
    val answered = process.waitFor(WAIT_MS, TimeUnit.MILLISECONDS)
    if (answered) process.inputStream.bufferedReader().use { it.readLine() } else null
} finally {
    process.destroy()
}

private const val WAIT_MS = 500L
