// Secrets as sealed files: one file for one item, replaced whole or not at all.

package mobile.companion.platform.secrets

import mobile.companion.HostException
import mobile.companion.SecureStore
import java.io.File
import java.io.FileOutputStream
import java.io.IOException
import java.nio.channels.FileChannel
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import java.nio.file.StandardOpenOption.READ
import java.util.Base64

/**
 * Keeps items in [folder], which is private to the app and excluded from backup, each in an [Envelope] under [wrap].
 *
 * Not for several threads at once; see [SerialSecureStore].
 */
class FileSecureStore(
    private val folder: File,
    private val wrap: KeyWrap,
    private val isUnlocked: () -> Boolean,
    private val envelope: Envelope = Envelope(),
) : SecureStore {
    override fun get(key: String): ByteArray? = whenUnlocked {
        val sealed = try {
            Files.readAllBytes(file(key).toPath())
        } catch (_: NoSuchFileException) {
            return@whenUnlocked null
        }
        envelope.open(sealed, context(key), wrap::unwrap)
    }

    override fun put(key: String, value: ByteArray) = whenUnlocked {
        if (value.size > LARGEST) throw HostException.Failed()
        val file = file(key)
        val sealed = envelope.seal(value, context(key), wrap::wrap)
        Files.createDirectories(folder.toPath())
        val fresh = File(folder, file.name + FRESH)
        FileOutputStream(fresh).use {
            it.write(sealed)
            it.fd.sync()
        }
        Files.move(fresh.toPath(), file.toPath(), ATOMIC_MOVE)
        syncFolder()
    }

    override fun delete(key: String) = whenUnlocked {
        if (Files.deleteIfExists(file(key).toPath())) syncFolder()
    }

    override fun list(prefix: String): List<String> = whenUnlocked {
        folder.list().orEmpty().mapNotNull(::key).filter { it.startsWith(prefix) }.sorted()
    }

    private fun <T> whenUnlocked(work: () -> T): T {
        if (!isUnlocked()) throw HostException.Locked()
        return try {
            work()
        } catch (_: IOException) {
            throw HostException.Failed()
        }
    }

    /** What was renamed or removed is so after a power cut too. */
    private fun syncFolder() {
        FileChannel.open(folder.toPath(), READ).use { it.force(true) }
    }

    private fun context(key: String) = "$CONTEXT$key".toByteArray()

    // Keys hold what no file name may, such as a slash.
    private fun file(key: String): File {
        val name = ENCODER.encodeToString(key.toByteArray())
        if (name.length > LONGEST_NAME) throw HostException.Failed()
        return File(folder, name)
    }

    private fun key(name: String): String? = try {
        String(DECODER.decode(name))
    } catch (_: IllegalArgumentException) {
        null // Begun by a put that did not end.
    }

    private companion object {
        const val LARGEST = 64 * 1024
        const val LONGEST_NAME = 240
        const val CONTEXT = "companion/secret/1/"

        /** No character of Base64, so that it ends no item's name. */
        const val FRESH = ".new"
        val ENCODER: Base64.Encoder = Base64.getUrlEncoder().withoutPadding()
        val DECODER: Base64.Decoder = Base64.getUrlDecoder()
    }
}
