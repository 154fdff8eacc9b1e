package mobile.companion.platform.sharing

import org.junit.jupiter.api.Test
import java.io.File
import kotlin.test.assertEquals
import kotlin.test.assertNotEquals
import kotlin.test.assertNull

class SharedCopiesTest {
    private var nowMs = 0L
    private val copies = SharedCopies({ nowMs })
    private val bill = Copy.Document("bill.pdf", File("/core/shared/1/bill.pdf"))

    @Test
    fun `a copy is found under its address alone, and for ten minutes`() {
        val token = copies.offer(bill)
        assertEquals(bill, copies.find(listOf(token, "bill.pdf")))
        val others = listOf(
            emptyList(),
            listOf(token),
            listOf(token, "other.pdf"),
            listOf(token, "..", "bill.pdf"),
            listOf("0".repeat(32), "bill.pdf"),
            listOf("", "bill.pdf"),
        )
        for (path in others) assertNull(copies.find(path), "$path")
        nowMs = 599_999
        assertEquals(bill, copies.find(listOf(token, "bill.pdf")))
        nowMs = 600_000
        assertNull(copies.find(listOf(token, "bill.pdf")))
    }

    @Test
    fun `each offer has an address of its own, which nobody guesses`() {
        val tokens = List(100) { copies.offer(bill) }
        assertEquals(100, tokens.toSet().size)
        assertEquals(setOf(32), tokens.map { it.length }.toSet())
        assertNotEquals(tokens[0].take(16), tokens[1].take(16))
    }

    @Test
    fun `the kind of a file is told by its name`() {
        val vectors = mapOf("a.pdf" to "application/pdf", "A.CSV" to "text/csv", "a" to "application/octet-stream")
        for ((name, type) in vectors) assertEquals(type, mimeType(name))
    }
}
