// What a phone lends the core, as far as a computer has it: good for trying things out, not for a real person's tokens.

package mobile.companion.desktop

import mobile.companion.Clock
import mobile.companion.ClockReading
import mobile.companion.HostException
import mobile.companion.PresenceKey
import mobile.companion.SecureStore
import mobile.companion.SystemClock
import mobile.companion.UserPresence
import java.awt.Component
import java.awt.EventQueue
import java.awt.KeyboardFocusManager
import java.io.File
import java.io.IOException
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import java.util.Base64
import java.util.concurrent.atomic.AtomicLong
import javax.swing.JOptionPane

/** This computer's clock, moved on by hand. */
class MovedClock : Clock {
    private val system = SystemClock()
    private val movedMs = AtomicLong()

    override fun now(): ClockReading {
        val now = system.now()
        val moved = movedMs.get()
        return now.copy(wallMs = now.wallMs + moved, elapsedMs = now.elapsedMs + moved)
    }

    fun advance(seconds: Long) {
        movedMs.addAndGet(seconds * MS_IN_SECOND)
    }

    private companion object {
        const val MS_IN_SECOND = 1_000
    }
}

/** Secrets as plain files in [folder], which lies in a folder of this user's own. */
class FileSecrets(private val folder: File) : SecureStore {
    override fun get(key: String): ByteArray? = failing {
        try {
            Files.readAllBytes(file(key).toPath())
        } catch (_: NoSuchFileException) {
            null
        }
    }

    override fun put(key: String, value: ByteArray) = failing {
        Files.createDirectories(folder.toPath())
        val fresh = File(folder, file(key).name + FRESH)
        fresh.writeBytes(value)
        Files.move(fresh.toPath(), file(key).toPath(), ATOMIC_MOVE)
        Unit
    }

    override fun delete(key: String) = failing {
        Files.deleteIfExists(file(key).toPath())
        Unit
    }

    override fun list(prefix: String): List<String> = failing {
        folder.list().orEmpty().filterNot { it.endsWith(FRESH) }.map { String(DECODER.decode(it)) }
            .filter { it.startsWith(prefix) }.sorted()
    }

    private fun <T> failing(work: () -> T): T = try {
        work()
    } catch (_: IOException) {
        throw HostException.Failed()
    }

    private fun file(key: String) = File(folder, ENCODER.encodeToString(key.toByteArray()))

    private companion object {
        /** No character of Base64, so that it ends no item's name. */
        const val FRESH = ".new"
        val ENCODER: Base64.Encoder = Base64.getUrlEncoder().withoutPadding()
        val DECODER: Base64.Decoder = Base64.getUrlDecoder()
    }
}

/** Has [ask] show a dialog over what has the keyboard, and gives it back: keys reach the window again. */
internal fun <T> overWindow(ask: (Component?) -> T): T {
    val before = KeyboardFocusManager.getCurrentKeyboardFocusManager().focusOwner
    try {
        return ask(before)
    } finally {
        before?.requestFocus()
    }
}

/** Asks whoever sits at the computer, where a phone asks for a finger. Nothing is sealed. */
class AskedPresence : UserPresence {
    override fun seal(key: PresenceKey, plain: ByteArray) = plain

    override fun unseal(key: PresenceKey, sealed: ByteArray, reason: String): ByteArray {
        var answer = JOptionPane.CANCEL_OPTION
        EventQueue.invokeAndWait {
            answer = overWindow { JOptionPane.showConfirmDialog(it, reason, "Fingerprint", JOptionPane.OK_CANCEL_OPTION) }
        }
        if (answer != JOptionPane.OK_OPTION) throw HostException.PresenceCancelled()
        return sealed
    }

    override fun forget(key: PresenceKey) = Unit
}
