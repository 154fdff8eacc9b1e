// A process of an app from nothing to its first screen: what is measured begins with Java itself.

package mobile.companion.figures

import com.sun.jna.Native
import mobile.companion.CompanionCore
import mobile.companion.CoreConfig
import mobile.companion.HandClock
import mobile.companion.Host
import mobile.companion.NOON
import mobile.companion.UniffiLib
import mobile.companion.UsagePhase
import java.io.File
import kotlin.system.exitProcess

/**
 * Opens the phone in the folder named first and pulls the usage screen. Says what each part took in the file named second; without
 * one it ends as Java ends by itself, which is when Java keeps the classes that were needed.
 */
fun main(arguments: Array<String>) {
    val times = mutableListOf(System.nanoTime())
    val folder = arguments[0]
    Native.POINTER_SIZE
    times += System.nanoTime()
    UniffiLib.ensureInitialized()
    times += System.nanoTime()
    val config = CoreConfig(folder, File(folder, "profile.json").readText(), listOf("en"), redirectUri = null)
    val core = CompanionCore.open(config, Host(KeptSecrets(File(folder, "secrets")), HandClock(NOON)))
    times += System.nanoTime()
    val isLoaded = core.usage().state().phase == UsagePhase.LOADED
    times += System.nanoTime()
    if (!isLoaded) exitProcess(1)
    if (arguments.size == 1) exitProcess(0)
    File(arguments[1]).writeText(times.zipWithNext { from, to -> to - from }.joinToString(" "))
    // There it is; how an app ends is not measured.
    Runtime.getRuntime().halt(0)
}
