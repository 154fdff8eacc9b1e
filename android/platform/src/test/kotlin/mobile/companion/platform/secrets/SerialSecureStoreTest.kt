package mobile.companion.platform.secrets

import mobile.companion.HostException
import mobile.companion.SecureStore
import org.junit.jupiter.api.Test
import java.util.concurrent.CountDownLatch
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNull

class SerialSecureStoreTest {
    /** Keeps items in memory, and stands still while [gate] is closed. */
    private class Slow(var gate: CountDownLatch = CountDownLatch(0)) : SecureStore {
        val puts = mutableListOf<Byte>()
        private val items = mutableMapOf<String, ByteArray>()

        override fun get(key: String): ByteArray? = items[key].also { gate.await() }

        override fun put(key: String, value: ByteArray) {
            gate.await()
            puts += value.single()
            items[key] = value
        }

        override fun delete(key: String): Unit = error("on purpose")

        override fun list(prefix: String): List<String> = throw HostException.Locked()
    }

    @Test
    fun `whoever waits too long is told it is busy, and an older value never replaces a newer one`() {
        val slow = Slow(CountDownLatch(1))
        val store = SerialSecureStore(slow, limitMs = 50)
        assertFailsWith<HostException.Busy> { store.put("a", byteArrayOf(1)) }
        assertFailsWith<HostException.Busy> { store.put("a", byteArrayOf(2)) }
        slow.gate.countDown()
        val patient = SerialSecureStore(slow)
        // Its own turn: the other's goes on meanwhile.
        while (patient.get("a") == null) Thread.sleep(5)
        store.put("a", byteArrayOf(3))
        assertContentEquals(byteArrayOf(3), store.get("a"))
        assertEquals(listOf<Byte>(1, 3), slow.puts, "what had not begun never does")
    }

    @Test
    fun `failures pass through, and what nobody expected is one`() {
        val store = SerialSecureStore(Slow())
        assertNull(store.get("a"))
        assertFailsWith<HostException.Locked> { store.list("") }
        assertFailsWith<HostException.Failed> { store.delete("a") }
    }
}
