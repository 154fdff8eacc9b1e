package mobile.companion.platform.secrets

import mobile.companion.HostException
import org.junit.jupiter.api.Test
import java.io.IOException
import java.security.ProviderException
import java.security.UnrecoverableKeyException
import javax.crypto.AEADBadTagException
import javax.crypto.BadPaddingException
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith

class HostFailureTest {
    /** An exception as the phone's own, which a test does not have. */
    private class OfThePhone(val trouble: KeyTrouble, cause: Throwable? = null) : Exception(cause)

    @Test
    fun `each exception is told by its kind, however deep it lies`() {
        val vectors = listOf(
            OfThePhone(KeyTrouble.INVALIDATED) to HostException.KeyInvalidated::class,
            ProviderException(OfThePhone(KeyTrouble.LOCKED)) to HostException.Locked::class,
            RuntimeException(ProviderException(OfThePhone(KeyTrouble.PASSING))) to HostException.Busy::class,
            UnrecoverableKeyException() to HostException.KeyInvalidated::class,
            AEADBadTagException() to HostException.Corrupt::class,
            RuntimeException(BadPaddingException()) to HostException.Corrupt::class,
            RuntimeException(HostException.PresenceDenied()) to HostException.PresenceDenied::class,
            IOException() to HostException.Failed::class,
            NullPointerException() to HostException.Failed::class,
        )
        for ((error, expected) in vectors) {
            assertEquals(expected, hostFailure(error) { (it as? OfThePhone)?.trouble }::class, "$error")
        }
    }

    @Test
    fun `an exception that causes itself ends`() {
        val one = RuntimeException()
        val other = RuntimeException(one)
        one.initCause(other)
        assertEquals(HostException.Failed::class, hostFailure(one) { null }::class)
    }

    @Test
    fun `a keystore that is busy is asked three times, with longer pauses, any other failure once`() {
        val pauses = mutableListOf<Int>()
        var asked = 0
        assertFailsWith<HostException.Busy> {
            whileBusy({ pauses += it }) {
                asked += 1
                throw HostException.Busy()
            }
        }
        assertEquals(listOf(0, 1) to 3, pauses to asked)
        assertEquals("at last", whileBusy({}) { if (asked++ == 3) throw HostException.Busy() else "at last" })
        assertFailsWith<HostException.Locked> {
            whileBusy({ pauses += it }) { throw HostException.Locked() }
        }
        assertEquals(2, pauses.size)
    }
}
