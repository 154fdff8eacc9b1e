package mobile.companion

import org.junit.jupiter.api.Test

class GeneratedTest {
    /** An app does not compare them at its start: the release that packs both was tested, and it would cost a phone time. */
    @Test
    fun `the generated sources belong to the library`() = uniffiEnsureInitialized()
}
