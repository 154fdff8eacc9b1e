// One item, sealed: a key of its own, wrapped by the phone's hardware, and the bytes under that key.

package mobile.companion.platform.secrets

import mobile.companion.HostException
import java.nio.ByteBuffer
import java.security.SecureRandom
import javax.crypto.AEADBadTagException
import javax.crypto.Cipher
import javax.crypto.spec.GCMParameterSpec
import javax.crypto.spec.SecretKeySpec

/** Seals a small key under one that never leaves the phone's hardware. Throws `HostException`. */
interface KeyWrap {
    /** Seals a key of 32 bytes. */
    fun wrap(key: ByteArray): ByteArray

    /** Opens what [wrap] made. */
    fun unwrap(wrapped: ByteArray): ByteArray
}

/**
 * Seals and opens items with AES-256-GCM under a fresh key each. Only that key goes through the hardware, which takes
 * seconds for an item of the largest size where it is a separate chip.
 *
 * One byte version (1), two bytes length of the wrapped key, the wrapped key, 12 bytes nonce, ciphertext with its tag.
 */
class Envelope(private val random: SecureRandom = SecureRandom()) {
    /** Seals [plain] for [context], such as an item's name: under another one it does not open. */
    fun seal(plain: ByteArray, context: ByteArray, wrap: (ByteArray) -> ByteArray): ByteArray {
        val key = bytes(KEY_LENGTH)
        val nonce = bytes(NONCE_LENGTH)
        try {
            val sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, context).doFinal(plain)
            val wrapped = wrap(key)
            return ByteBuffer
                .allocate(HEAD_LENGTH + wrapped.size + NONCE_LENGTH + sealed.size)
                .put(VERSION)
                .putShort(wrapped.size.toShort())
                .put(wrapped)
                .put(nonce)
                .put(sealed)
                .array()
        } finally {
            key.fill(0)
        }
    }

    /** Opens what [seal] made. Throws `HostException.Corrupt` for anything else, and what [unwrap] throws. */
    fun open(sealed: ByteArray, context: ByteArray, unwrap: (ByteArray) -> ByteArray): ByteArray {
        val parts = Parts.read(sealed) ?: throw HostException.Corrupt()
        val key = unwrap(parts.wrapped)
        try {
            if (key.size != KEY_LENGTH) throw HostException.Corrupt()
            return cipher(Cipher.DECRYPT_MODE, key, parts.nonce, context).doFinal(parts.sealed)
        } catch (_: AEADBadTagException) {
            throw HostException.Corrupt()
        } finally {
            key.fill(0)
        }
    }

    private fun bytes(count: Int) = ByteArray(count).also(random::nextBytes)

    private fun cipher(mode: Int, key: ByteArray, nonce: ByteArray, context: ByteArray): Cipher =
        Cipher.getInstance("AES/GCM/NoPadding").apply {
            init(mode, SecretKeySpec(key, "AES"), GCMParameterSpec(TAG_BITS, nonce))
            updateAAD(context)
        }

    private class Parts(val wrapped: ByteArray, val nonce: ByteArray, val sealed: ByteArray) {
        companion object {
            fun read(bytes: ByteArray): Parts? {
                val from = ByteBuffer.wrap(bytes)
                if (from.remaining() < HEAD_LENGTH || from.get() != VERSION) return null
                val length = from.short.toUShort().toInt()
                if (from.remaining() < length + NONCE_LENGTH + TAG_BITS / Byte.SIZE_BITS) return null
                val take = { count: Int -> ByteArray(count).also { from.get(it) } }
                return Parts(take(length), take(NONCE_LENGTH), take(from.remaining()))
            }
        }
    }

    private companion object {
        const val VERSION: Byte = 1
        const val HEAD_LENGTH = 3
        const val KEY_LENGTH = 32
        const val NONCE_LENGTH = 12
        const val TAG_BITS = 128
    }
}
