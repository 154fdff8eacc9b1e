// The window as a person at a computer meets it: it opens, it is clicked, it is closed. Needs an X server; `tests/run kotlin`
// starts one that nobody sees.

package mobile.companion.desktop

import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import java.awt.EventQueue
import java.awt.Point
import java.awt.Rectangle
import java.awt.Robot
import java.awt.Window
import java.awt.event.InputEvent
import java.awt.event.WindowEvent
import java.awt.image.BufferedImage
import java.io.File
import java.util.concurrent.TimeUnit
import javax.accessibility.AccessibleContext
import javax.swing.JFrame
import kotlin.concurrent.thread
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertTrue

class WindowTest {
    private val robot by lazy { Robot().apply { autoDelay = AS_A_HAND_MS } }
    private val before = leftovers()
    private lateinit var app: Thread
    private var failure: Throwable? = null

    @BeforeEach
    fun open() {
        app = thread(name = "app") {
            try {
                run(kept = null)
            } catch (error: Throwable) {
                failure = error
            }
        }
    }

    @AfterEach
    fun close() {
        window()?.let { EventQueue.invokeLater { it.dispatchEvent(WindowEvent(it, WindowEvent.WINDOW_CLOSING)) } }
        app.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS))
        assertFalse(app.isAlive, "the window was closed, and the app goes on")
        assertEquals(before, leftovers(), "folders that are not removed")
        assertTrue(ProcessHandle.current().children().noneMatch { it.isSandbox() }, "the sandbox goes on")
    }

    /** All in one window: without a window manager, the second one of a process may be sent no clicks. */
    @Test
    fun `clicks sign in, and turn the phone`() {
        await("Sign in with your mobile number")
        val outside = picture()

        click("Sign in with your mobile number", then = "GB left")
        assertTrue(differing(outside, picture()) > A_TENTH, "the screen looks as before")

        // In sight, however long the menu is, and what the operator is controlled by.
        val told = await("filled in the operator's page")
        assertTrue(checkNotNull(onMainThread { window()?.bounds }).contains(told), "below the window: $told")
        await("http://127.0.0.1:")

        click("fr", then = "Il reste")
        click("Luc Dubois", then = "Se connecter")
        click("Se connecter", then = "Illimité")
    }

    /** Clicks what says [text] until [then] is there: the first clicks on a window that just opened may reach what lay below. */
    private fun click(text: String, then: String) {
        repeat(CLICKS) {
            val at = await(text)
            // A pointer that lay there already would not be seen to come.
            robot.mouseMove(0, 0)
            robot.mouseMove(at.x, at.y)
            robot.mousePress(InputEvent.BUTTON1_DOWN_MASK)
            robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK)
            if (find(then) != null) return
        }
        throw AssertionError("$CLICKS clicks on \"$text\" brought no \"$then\". There is: ${onMainThread { spoken() }}")
    }

    private fun await(text: String): Point =
        find(text) ?: throw AssertionError("not on the screen: \"$text\". There is: ${onMainThread { spoken() }}")

    /** Where it is, once it moves no more; nothing where it does not come. */
    private fun find(text: String): Point? {
        val until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)
        var before: Point? = null
        while (System.nanoTime() < until) {
            failure?.let { throw AssertionError("the app ended", it) }
            val now = onMainThread { window()?.accessibleContext?.find(text)?.middle() }
            if (now != null && now == before) return now
            before = now
            Thread.sleep(LOOK_AGAIN_MS)
        }
        return null
    }

    private fun picture(): BufferedImage = robot.createScreenCapture(checkNotNull(onMainThread { window()?.bounds }))

    /** The share of the window that differs. */
    private fun differing(one: BufferedImage, other: BufferedImage): Double {
        var differing = 0
        for (x in 0 until one.width) for (y in 0 until one.height) if (one.getRGB(x, y) != other.getRGB(x, y)) differing++
        return differing.toDouble() / (one.width * one.height)
    }

    private fun spoken(): List<String> = window()?.accessibleContext?.all().orEmpty().mapNotNull { it.accessibleName }.toList()

    private fun window() = Window.getWindows().filterIsInstance<JFrame>().find { it.title == TITLE && it.isShowing }

    private companion object {
        const val PATIENCE_SECONDS = 20L
        const val CLICKS = 3
        const val LOOK_AGAIN_MS = 300L
        const val AS_A_HAND_MS = 60
        const val A_TENTH = 0.1

        fun leftovers() = File(System.getProperty("java.io.tmpdir")).list().orEmpty().filter { it.startsWith("companion") }.toSet()

        fun ProcessHandle.isSandbox() = info().command().orElse("").endsWith("companion-sandbox")
    }
}

private fun <T> onMainThread(look: () -> T): T? {
    var seen: T? = null
    EventQueue.invokeAndWait { seen = look() }
    return seen
}

/** What a screen reader is told, all of it. */
private fun AccessibleContext.all(): Sequence<AccessibleContext> = sequence {
    yield(this@all)
    for (index in 0 until accessibleChildrenCount) {
        getAccessibleChild(index)?.accessibleContext?.let { yieldAll(it.all()) }
    }
}

private fun AccessibleContext.find(text: String) =
    all().find { part -> part.accessibleName.orEmpty().contains(text) && part.accessibleComponent?.isShowing == true }

private fun AccessibleContext.middle(): Point {
    val (corner, size) = accessibleComponent.run { locationOnScreen to size }
    val place = Rectangle(corner, size)
    return Point(place.centerX.toInt(), place.centerY.toInt())
}
