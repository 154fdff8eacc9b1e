// What JNA takes of a start: itself, and the two functions of the core that everything needs. Nothing of ours runs.

package mobile.companion.figures

import com.sun.jna.Native

fun main() {
    // Not initialised: an app also hands over the functions of what it uses.
    val functions = Class.forName("mobile.companion.UniffiLib", false, Native::class.java.classLoader)
    Native.register(functions, "companion")
    Runtime.getRuntime().halt(0)
}
