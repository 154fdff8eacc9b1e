// The figures of the Kotlin library, each against a baseline of the same run: never a gate, always a fact. The library's other
// figures are in tests/journeys; `tests/run figures` prints both.

package mobile.companion.figures

import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import mobile.companion.CancelToken
import mobile.companion.CompanionCore
import mobile.companion.NOON
import mobile.companion.Phone
import mobile.companion.Sandbox
import mobile.companion.UsagePhase
import mobile.companion.json
import mobile.companion.refresh
import java.io.File
import java.nio.file.Files
import java.util.concurrent.TimeUnit
import kotlin.io.path.deleteRecursively

private const val WARM_UP = 3_000
private const val ROUNDS = 3_000
private const val STARTS = 21
private const val NANOS_IN_MS = 1_000_000.0

/** Writes the figures to the file named first. */
@OptIn(kotlin.io.path.ExperimentalPathApi::class)
fun main(arguments: Array<String>) {
    val folder = Files.createTempDirectory("companion-figures")
    try {
        val sandbox = Sandbox(json("seed" to 1, "now" to NOON))
        val secrets = KeptSecrets(folder.resolve("secrets").toFile())
        val ratio = Phone(folder, sandbox.profile, secrets = secrets).use { phone ->
            runBlocking {
                phone.signIn(sandbox.person("emma"), sandbox)
                phone.core.usage().refresh()
            }
            screen(phone.core)
        }
        folder.resolve("profile.json").toFile().writeText(sandbox.profile)
        val figures = listOf(
            figure("a warm usage screen in Kotlin / the cheapest call over the same FFI", ratio, "x", 3.0),
            figure("a cold JVM up to the first usage screen - a bare JVM", coldStart(folder.toString()), "ms", 120.0),
        )
        File(arguments.first()).writeText(JsonArray(figures).toString())
    } finally {
        folder.deleteRecursively()
    }
}

/** The usage screen's state against a call that takes and gives nothing: cancelling what is cancelled. */
private fun screen(core: CompanionCore): Double {
    val usage = core.usage()
    check(usage.state().phase == UsagePhase.LOADED)
    val state = { check(usage.state().lines.isNotEmpty()) }
    val token = CancelToken()
    token.cancel()
    val nothing = { token.cancel() }
    repeat(WARM_UP) {
        state()
        nothing()
    }
    val (states, nothings) = paired(ROUNDS, state, nothing)
    println("a usage screen takes ${states / 1_000} us, the cheapest call ${nothings / 1_000} us")
    return states / nothings
}

/** The time from the start of Java to the first state of a phone that has figures, over that of a program that does nothing. */
private fun coldStart(folder: String): Double {
    val (cold, bare) = paired(STARTS, { java("ColdStartKt", folder) }, { java("BareKt") })
    println("a cold start takes ${cold / NANOS_IN_MS} ms, a bare JVM ${bare / NANOS_IN_MS} ms")
    return (cold - bare) / NANOS_IN_MS
}

private fun java(main: String, vararg arguments: String) {
    val home = System.getProperty("java.home")
    val command = listOf(
        "$home/bin/java", "-cp", System.getProperty("java.class.path"),
        "-Djna.library.path=${System.getProperty("jna.library.path")}", "mobile.companion.figures.$main", *arguments,
    )
    val process = ProcessBuilder(command).inheritIO().start()
    check(process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0) { "$main did not end well" }
}

/** The medians in nanoseconds, of calls in turn, so that a drifting machine hits both alike. */
private fun paired(rounds: Int, ours: () -> Unit, baseline: () -> Unit): Pair<Double, Double> {
    val times = List(rounds) { time(ours) to time(baseline) }
    return times.map { it.first }.median() to times.map { it.second }.median()
}

private fun time(call: () -> Unit): Long {
    val began = System.nanoTime()
    call()
    return System.nanoTime() - began
}

private fun List<Long>.median() = sorted()[size / 2].toDouble()

private fun figure(name: String, value: Double, unit: String, goal: Double) = buildJsonObject {
    put("name", JsonPrimitive(name))
    put("value", JsonPrimitive(value))
    put("unit", JsonPrimitive(unit))
    put("goal", JsonPrimitive(goal))
    put("holds", JsonPrimitive(value <= goal))
}
