// The Android Keystore: keys of this device's hardware, which never leave it.

package mobile.companion.platform.secrets

import android.os.Build
import android.security.KeyStoreException
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.KeyProperties
import android.security.keystore.UserNotAuthenticatedException
import mobile.companion.HostException
import java.security.KeyPairGenerator
import java.security.KeyStore
import java.security.ProviderException
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

internal const val KEYSTORE = "AndroidKeyStore"

/** Opened anew each time: an instance may outlive the service behind it. */
internal fun keystore(): KeyStore = KeyStore.getInstance(KEYSTORE).apply { load(null) }

/** Runs work on the keystore; whatever it throws becomes a `HostException`. */
@Suppress("TooGenericExceptionCaught") // Makers throw what they like here, and each has to be told to the core.
internal fun <T> onKeystore(work: () -> T): T = whileBusy({ tried -> Thread.sleep(PAUSE_MS shl tried) }) {
    try {
        work()
    } catch (error: Exception) {
        throw hostFailure(error, ::troubleOf)
    }
}

private fun troubleOf(error: Throwable): KeyTrouble? = when {
    error is KeyPermanentlyInvalidatedException -> KeyTrouble.INVALIDATED
    error is UserNotAuthenticatedException -> KeyTrouble.LOCKED
    Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU && error is KeyStoreException ->
        if (error.isTransientFailure) KeyTrouble.PASSING else null
    // Before Android 13 nothing tells a passing failure from one that lasts.
    Build.VERSION.SDK_INT < Build.VERSION_CODES.TIRAMISU && error is ProviderException -> KeyTrouble.PASSING
    else -> null
}

/** Makes a key in the separate security chip where there is one, else in the processor's secure part. */
internal fun makeKey(spec: KeyGenParameterSpec.Builder, algorithm: String) {
    try {
        generate(spec.setIsStrongBoxBacked(true).build(), algorithm)
    } catch (_: ProviderException) {
        // No such chip (`StrongBoxUnavailableException`), or one that says it in its own way.
        generate(spec.setIsStrongBoxBacked(false).build(), algorithm)
    }
}

private fun generate(spec: KeyGenParameterSpec, algorithm: String) {
    if (algorithm == KeyProperties.KEY_ALGORITHM_RSA) {
        KeyPairGenerator.getInstance(algorithm, KEYSTORE).apply { initialize(spec) }.generateKeyPair()
    } else {
        KeyGenerator.getInstance(algorithm, KEYSTORE).apply { init(spec) }.generateKey()
    }
}

/**
 * An AES-256-GCM key under [alias] that works whenever the phone was unlocked once: the app renews its sign-in also behind a
 * locked screen.
 */
internal class KeystoreWrap(private val alias: String) : KeyWrap {
    override fun wrap(key: ByteArray): ByteArray = onKeystore {
        val cipher = Cipher.getInstance(TRANSFORMATION)
        try {
            cipher.init(Cipher.ENCRYPT_MODE, existing() ?: fresh())
        } catch (_: KeyPermanentlyInvalidatedException) {
            // What it sealed is lost already; only a new one lets the person sign in again.
            keystore().deleteEntry(alias)
            cipher.init(Cipher.ENCRYPT_MODE, fresh())
        }
        cipher.iv + cipher.doFinal(key)
    }

    override fun unwrap(wrapped: ByteArray): ByteArray = onKeystore {
        if (wrapped.size <= NONCE_LENGTH) throw HostException.Corrupt()
        val key = existing() ?: throw HostException.KeyInvalidated()
        val nonce = GCMParameterSpec(TAG_BITS, wrapped, 0, NONCE_LENGTH)
        val cipher = Cipher.getInstance(TRANSFORMATION).apply { init(Cipher.DECRYPT_MODE, key, nonce) }
        cipher.doFinal(wrapped, NONCE_LENGTH, wrapped.size - NONCE_LENGTH)
    }

    private fun existing() = keystore().getKey(alias, null) as SecretKey?

    private fun fresh(): SecretKey {
        val spec = KeyGenParameterSpec
            .Builder(alias, KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT)
            .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
            .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
            .setKeySize(KEY_BITS)
        makeKey(spec, KeyProperties.KEY_ALGORITHM_AES)
        return existing() ?: throw HostException.Failed()
    }

    private companion object {
        const val TRANSFORMATION = "AES/GCM/NoPadding"
        const val KEY_BITS = 256
        const val TAG_BITS = 128

        /** The keystore draws the nonce itself, of this many bytes. */
        const val NONCE_LENGTH = 12
    }
}

private const val PAUSE_MS = 100L
