package mobile.companion.platform.secrets

import mobile.companion.HostException
import javax.crypto.AEADBadTagException
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.spec.GCMParameterSpec

/** A key as the hardware keeps one, in memory, that fails on demand. */
class SoftwareKey : KeyWrap {
    private val key = KeyGenerator.getInstance("AES").apply { init(256) }.generateKey()
    var failure: HostException? = null

    override fun wrap(key: ByteArray): ByteArray {
        failure?.let { throw it }
        val cipher = Cipher.getInstance("AES/GCM/NoPadding").apply { init(Cipher.ENCRYPT_MODE, this@SoftwareKey.key) }
        return cipher.iv + cipher.doFinal(key)
    }

    override fun unwrap(wrapped: ByteArray): ByteArray {
        failure?.let { throw it }
        if (wrapped.size <= 12) throw HostException.Corrupt()
        val cipher = Cipher.getInstance("AES/GCM/NoPadding")
        cipher.init(Cipher.DECRYPT_MODE, key, GCMParameterSpec(128, wrapped, 0, 12))
        return try {
            cipher.doFinal(wrapped, 12, wrapped.size - 12)
        } catch (damaged: AEADBadTagException) {
            throw hostFailure(damaged) { null }
        }
    }
}
