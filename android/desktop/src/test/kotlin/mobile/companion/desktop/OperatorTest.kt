package mobile.companion.desktop

import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.File
import java.net.URI
import kotlin.test.assertContains
import kotlin.test.assertFalse

class OperatorTest {
    @TempDir
    lateinit var folder: File

    @Test
    fun `a slow network makes documents last, and without one they are as long`() {
        Operator(File(System.getProperty("sandbox.program")), 0, folder).use { operator ->
            val inForce = { URI("${operator.control}/control/faults-in-force").toURL().readText() }
            operator.network(isOff = false, isSlow = true)
            assertContains(inForce(), "\"msPerKib\":30")
            assertContains(inForce(), "\"paddingKib\":300")
            operator.network(isOff = true, isSlow = false)
            assertContains(inForce(), "\"cutOff\":true")
            assertContains(inForce(), "\"paddingKib\":300")
            assertFalse("\"msPerKib\":30" in inForce())
        }
    }
}
