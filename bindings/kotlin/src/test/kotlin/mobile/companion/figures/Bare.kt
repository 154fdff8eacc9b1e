// What Java takes for itself.

package mobile.companion.figures

fun main() {
    // Nothing.
}
