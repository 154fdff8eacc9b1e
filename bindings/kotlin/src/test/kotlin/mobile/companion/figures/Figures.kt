// The figures of the Kotlin library, each against a baseline of the same run: never a gate, always a fact. The library's other
// figures are in tests/journeys; `tests/run figures` prints both.

package mobile.companion.figures

import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import mobile.companion.CancelToken
import mobile.companion.CompanionCore
import mobile.companion.CoreConfig
import mobile.companion.HandClock
import mobile.companion.Host
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
        Phone(folder, sandbox.profile, secrets = secrets).use { phone ->
            runBlocking {
                phone.signIn(sandbox.person("emma"), sandbox)
                phone.core.usage().refresh()
            }
        }
        folder.resolve("profile.json").toFile().writeText(sandbox.profile)
        // As on a phone, whose clock serves for a second.
        val host = Host(secrets, HandClock(NOON), clockLastsMs = 1_000u)
        val config = CoreConfig(folder.toString(), sandbox.profile, listOf("en"), redirectUri = null)
        val ratio = CompanionCore.open(config, host).use(::screen)
        val (overBare, overJna, prepared) = coldStart(folder.toString())
        val figures = listOf(
            figure("a warm usage screen in Kotlin / the cheapest call over the same FFI", ratio, "x", 3.0),
            figure("a cold JVM up to the first usage screen - a bare JVM", overBare, "ms", 120.0),
            figure("the same - a JVM that only starts JNA", overJna, "ms", 120.0),
            figure("the same with classes prepared beforehand, as Android's are - a bare JVM", prepared, "ms", 120.0),
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
    val (states, nothings) = medians(ROUNDS, state, nothing)
    // A record of a few texts: what is left beside it is reading the screen's.
    val lock = core.appLock()
    repeat(WARM_UP) { lock.state() }
    val (locks) = medians(ROUNDS, { lock.state() })
    println(
        "a usage screen takes ${states / 1_000} us, a small record ${locks / 1_000} us, " +
            "the cheapest call ${nothings / 1_000} us",
    )
    return states / nothings
}

/**
 * The time from the start of Java to the first state of a phone that has figures, over that of a program that does nothing, and
 * over that of one that only starts JNA; and the first of them again where Java finds the classes read and checked, as Android
 * does in an app that was installed. Of each the shortest: other work on the machine only adds.
 */
private fun coldStart(folder: String): List<Double> {
    val told = File(folder, "parts")
    val parts = mutableListOf<List<Long>>()
    val start = {
        java(emptyList(), "ColdStartKt", folder, told.path)
        parts += told.readText().split(' ').map(String::toLong)
    }
    val classes = File(folder, "classes.jsa").path
    java(listOf("-XX:ArchiveClassesAtExit=$classes", "-Xlog:cds=off", "-Xlog:cds+dynamic=off"), "ColdStartKt", folder)
    val prepared = { java(listOf("-XX:SharedArchiveFile=$classes"), "ColdStartKt", folder, told.path) }
    val times = inTurn(STARTS, start, { java(emptyList(), "BareKt") }, { java(emptyList(), "JnaKt") }, prepared)
    val shortest = times.map { it.min() / NANOS_IN_MS }
    val (cold, bare, jna) = shortest
    val ready = shortest.last()
    println("a cold start takes $cold ms, with prepared classes $ready ms, a bare JVM $bare ms, JNA alone $jna ms")
    val names = listOf("JNA", "loading the library", "opening", "the first screen")
    val took = names.mapIndexed { part, name -> "$name ${parts.minOf { it[part] } / NANOS_IN_MS} ms" }
    println("of it takes ${took.joinToString()}")
    return listOf(cold - bare, cold - jna, ready - bare)
}

private fun java(options: List<String>, main: String, vararg arguments: String) {
    val home = System.getProperty("java.home")
    val command = listOf(
        "$home/bin/java", *options.toTypedArray(), "-cp", System.getProperty("java.class.path"),
        "-Djna.library.path=${System.getProperty("jna.library.path")}", "mobile.companion.figures.$main", *arguments,
    )
    val process = ProcessBuilder(command).inheritIO().start()
    check(process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0) { "$main did not end well" }
}

/** The median in nanoseconds of each call. */
private fun medians(rounds: Int, vararg calls: () -> Unit) = inTurn(rounds, *calls).map { it.median() }

/** The times in nanoseconds of each call, made in turn, so that a drifting machine hits all alike. */
private fun inTurn(rounds: Int, vararg calls: () -> Unit): List<List<Long>> {
    val times = List(rounds) { calls.map(::time) }
    return calls.indices.map { call -> times.map { it[call] } }
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
