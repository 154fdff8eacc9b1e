// A process of an app from nothing to its first screen: what is measured begins with Java itself.

package mobile.companion.figures

import mobile.companion.CompanionCore
import mobile.companion.CoreConfig
import mobile.companion.HandClock
import mobile.companion.Host
import mobile.companion.NOON
import mobile.companion.UsagePhase
import java.io.File
import kotlin.system.exitProcess

/** Opens the phone in the folder named first and pulls the usage screen. */
fun main(arguments: Array<String>) {
    val folder = arguments[0]
    val config = CoreConfig(folder, File(folder, "profile.json").readText(), listOf("en"), redirectUri = null)
    val core = CompanionCore.open(config, Host(KeptSecrets(File(folder, "secrets")), HandClock(NOON)))
    val isLoaded = core.usage().state().phase == UsagePhase.LOADED
    if (!isLoaded) exitProcess(1)
    // There it is; how an app ends is not measured.
    Runtime.getRuntime().halt(0)
}
