// What JNA takes of a start: itself, and the core's functions registered with it. Nothing of ours runs.

package mobile.companion.figures

import com.sun.jna.Native

fun main() {
    // Not initialised: an app also hands the core what it lends.
    val functions = Class.forName("mobile.companion.UniffiLib", false, Native::class.java.classLoader)
    Native.register(functions, "companion")
    Runtime.getRuntime().halt(0)
}
