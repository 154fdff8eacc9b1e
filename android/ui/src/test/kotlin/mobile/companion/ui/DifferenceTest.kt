// When two pictures count as the same.

package mobile.companion.ui

import org.junit.jupiter.api.Test
import java.awt.image.BufferedImage
import kotlin.test.assertNotNull
import kotlin.test.assertNull

class DifferenceTest {
    private fun drawn(width: Int = 100, colour: (Int) -> Int) = BufferedImage(width, 10, BufferedImage.TYPE_INT_ARGB).apply {
        for (x in 0 until width) for (y in 0 until height) setRGB(x, y, colour(x))
    }

    private val plain = drawn { 0xFF336699.toInt() }

    @Test
    fun `what is rounded differently is the same`() {
        assertNull(difference(plain, drawn { 0xFF346A98.toInt() }))
        assertNull(difference(plain, plain))
    }

    @Test
    fun `a column in another colour, a small change of all, and another size are differences`() {
        assertNotNull(difference(plain, drawn { if (it == 50) 0xFF000000.toInt() else 0xFF336699.toInt() }))
        assertNotNull(difference(plain, drawn { 0xFF336680.toInt() }))
        assertNotNull(difference(plain, drawn(width = 99) { 0xFF336699.toInt() }))
    }
}
