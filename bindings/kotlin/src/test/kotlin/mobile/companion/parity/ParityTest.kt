package mobile.companion.parity

import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.io.TempDir
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.MethodSource
import java.nio.file.Path
import kotlin.time.Duration.Companion.minutes

class ParityTest {
    @TempDir
    lateinit var folder: Path

    @ParameterizedTest
    @MethodSource("scenes")
    fun `every scene is read whole`(name: String) = runBlocking {
        withTimeout(1.minutes) { Scene(name).play(folder) }
    }

    companion object {
        /** JUnit fails the test when there are none. */
        @JvmStatic
        fun scenes(): List<String> = Scene.names()
    }
}
