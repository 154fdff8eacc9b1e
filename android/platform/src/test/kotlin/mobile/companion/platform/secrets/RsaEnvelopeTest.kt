package mobile.companion.platform.secrets

import mobile.companion.HostException
import org.junit.jupiter.api.Test
import java.security.KeyPairGenerator
import java.security.SecureRandom
import java.security.spec.MGF1ParameterSpec
import javax.crypto.Cipher
import javax.crypto.spec.OAEPParameterSpec
import javax.crypto.spec.PSource
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith

/** An envelope under a pair of keys, as the app lock has it: sealing asks nobody, opening takes the private key. */
class RsaEnvelopeTest {
    private val pair = KeyPairGenerator.getInstance("RSA").apply { initialize(2048) }.generateKeyPair()
    private val parameters = OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT)
    private val envelope = Envelope()

    private fun cipher(mode: Int) = Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding").apply {
        init(mode, if (mode == Cipher.ENCRYPT_MODE) pair.public else pair.private, parameters)
    }

    @Test
    fun `what was sealed for one purpose opens for that one alone, of any size`() {
        for (size in listOf(0, 32, 4_000)) {
            val plain = ByteArray(size).also(SecureRandom()::nextBytes)
            val sealed = envelope.seal(plain, "AppLock".toByteArray(), cipher(Cipher.ENCRYPT_MODE)::doFinal)
            val open = { context: String -> envelope.open(sealed, context.toByteArray(), cipher(Cipher.DECRYPT_MODE)::doFinal) }
            assertContentEquals(plain, open("AppLock"))
            assertFailsWith<HostException.Corrupt> { open("Secrets") }
        }
    }

    @Test
    fun `the hardware sees 32 bytes, whatever is sealed`() {
        val seen = mutableListOf<Int>()
        envelope.seal(ByteArray(60_000), ByteArray(0)) { key -> key.also { seen += it.size } }
        assertEquals(listOf(32), seen)
    }
}
