package mobile.companion.platform.secrets

import mobile.companion.HostException
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.File
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertNull

class FileSecureStoreTest {
    @TempDir
    lateinit var folder: File

    private val hardware = SoftwareKey()
    private var isUnlocked = true
    private lateinit var store: FileSecureStore

    @BeforeEach
    fun open() {
        store = FileSecureStore(File(folder, "secrets"), hardware, { isUnlocked })
    }

    @Test
    fun `an item is what was put last, also for a later run`() {
        assertNull(store.get("session/1"))
        store.put("session/1", "first".toByteArray())
        store.put("session/1", "second".toByteArray())
        assertEquals("second", store.get("session/1")?.decodeToString())
        open()
        assertEquals("second", store.get("session/1")?.decodeToString())
        store.put("empty", ByteArray(0))
        assertContentEquals(ByteArray(0), store.get("empty"))
    }

    @Test
    fun `deleting twice is no error, and what is deleted is gone`() {
        store.put("a", byteArrayOf(1))
        repeat(2) { store.delete("a") }
        assertNull(store.get("a"))
        assertEquals(emptyList(), store.list(""))
    }

    @Test
    fun `keys are listed by how they begin, whatever is in them`() {
        val keys = listOf("revoke/1", "revoke/2", "session/https://id.example/é?")
        assertEquals(emptyList(), store.list(""))
        keys.forEach { store.put(it, byteArrayOf(1)) }
        assertEquals(keys, store.list(""))
        assertEquals(keys.take(2), store.list("revoke/"))
        assertEquals(emptyList(), store.list("evoke"))
    }

    @Test
    fun `what a put that did not end left behind is no item, and in nobody's way`() {
        store.put("a", byteArrayOf(1))
        val file = files().single()
        File(file.path + ".new").writeText("half")
        assertEquals(listOf("a"), store.list(""))
        store.put("a", byteArrayOf(2))
        assertContentEquals(byteArrayOf(2), store.get("a"))
        assertEquals(listOf(file), files())
    }

    @Test
    fun `an item that was damaged or swapped is corrupt, at every byte`() {
        store.put("a", "value".toByteArray())
        val file = files().single()
        val whole = file.readBytes()
        for (at in whole.indices) {
            file.writeBytes(whole.copyOf().also { it[at] = (it[at] + 1).toByte() })
            assertFailsWith<HostException.Corrupt>("byte $at") { store.get("a") }
            file.writeBytes(whole.copyOf(at))
            assertFailsWith<HostException.Corrupt>("cut at $at") { store.get("a") }
        }
        store.put("b", "other".toByteArray())
        files().first { it != file }.writeBytes(whole)
        assertFailsWith<HostException.Corrupt> { store.get("b") }
    }

    @Test
    fun `nothing is read or written before the first unlock, which is never taken for nothing`() {
        store.put("a", byteArrayOf(1))
        isUnlocked = false
        assertFailsWith<HostException.Locked> { store.get("a") }
        assertFailsWith<HostException.Locked> { store.put("a", byteArrayOf(2)) }
        assertFailsWith<HostException.Locked> { store.delete("a") }
        assertFailsWith<HostException.Locked> { store.list("") }
        isUnlocked = true
        assertContentEquals(byteArrayOf(1), store.get("a"))
    }

    @Test
    fun `a put that fails leaves the older value, and the key's failure is told as it is`() {
        store.put("a", byteArrayOf(1))
        hardware.failure = HostException.KeyInvalidated()
        assertFailsWith<HostException.KeyInvalidated> { store.put("a", byteArrayOf(2)) }
        assertFailsWith<HostException.KeyInvalidated> { store.get("a") }
        hardware.failure = null
        assertContentEquals(byteArrayOf(1), store.get("a"))
    }

    @Test
    fun `what is too large, or too long a name, is refused`() {
        store.put("a", ByteArray(64 * 1024))
        assertFailsWith<HostException.Failed> { store.put("a", ByteArray(64 * 1024 + 1)) }
        assertFailsWith<HostException.Failed> { store.put("k".repeat(200), byteArrayOf(1)) }
        assertEquals(64 * 1024, store.get("a")?.size)
    }

    @Test
    fun `a folder that cannot be written is a failure, not an exception of its own`() {
        File(folder, "secrets").writeText("a file where the folder should be")
        assertFailsWith<HostException.Failed> { store.put("a", byteArrayOf(1)) }
    }

    @Test
    fun `neither the value nor the key's name stands in a file, and equal values look different`() {
        store.put("session/secret-name", "secret-value".toByteArray())
        store.put("session/other", "secret-value".toByteArray())
        val texts = files().map { String(it.readBytes(), Charsets.ISO_8859_1) }
        assertFalse(texts.any { "secret" in it })
        assertEquals(2, texts.map { it.takeLast(28) }.toSet().size)
    }

    private fun files() = File(folder, "secrets").listFiles().orEmpty().toList()
}
