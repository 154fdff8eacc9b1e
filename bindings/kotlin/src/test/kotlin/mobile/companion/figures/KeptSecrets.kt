package mobile.companion.figures

import mobile.companion.SecureStore
import java.io.File
import java.util.Base64

/** Secrets that the next process finds in [folder]. */
class KeptSecrets(private val folder: File) : SecureStore {
    override fun get(key: String): ByteArray? = file(key).takeIf(File::exists)?.readBytes()

    override fun put(key: String, value: ByteArray) {
        folder.mkdirs()
        file(key).writeBytes(value)
    }

    override fun delete(key: String) {
        file(key).delete()
    }

    override fun list(prefix: String): List<String> =
        folder.list().orEmpty().map { String(Base64.getUrlDecoder().decode(it)) }.filter { it.startsWith(prefix) }

    private fun file(key: String) = File(folder, Base64.getUrlEncoder().encodeToString(key.toByteArray()))
}
