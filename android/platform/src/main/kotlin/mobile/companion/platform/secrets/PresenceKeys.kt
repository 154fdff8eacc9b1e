// The keys behind the app lock and behind single secrets.

package mobile.companion.platform.secrets

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.KeyProperties
import mobile.companion.PresenceKey
import java.security.InvalidAlgorithmParameterException
import java.security.Key
import java.security.KeyFactory
import java.security.PrivateKey
import java.security.ProviderException
import java.security.PublicKey
import java.security.UnrecoverableKeyException
import java.security.spec.MGF1ParameterSpec
import java.security.spec.X509EncodedKeySpec
import javax.crypto.Cipher
import javax.crypto.spec.OAEPParameterSpec
import javax.crypto.spec.PSource

/**
 * A pair of RSA keys: sealing asks nobody, so it takes the public one; opening takes the private one, which the hardware lets
 * go only after finger, face or device lock, each time. Beside it stands a key to watch; see [presenceLoss].
 */
internal class PresenceKeys(name: PresenceKey) {
    private val alias = "companion.presence.${name.name.lowercase()}"
    private val watchAlias = "$alias.watch"

    fun state(): KeyState = stateOf(alias, ::openingCipher)

    fun watchState(): KeyState = stateOf(watchAlias) { key -> watchCipher(key) }

    fun make() {
        val spec = KeyGenParameterSpec
            .Builder(alias, KeyProperties.PURPOSE_DECRYPT)
            .setKeySize(RSA_BITS)
            .setDigests(KeyProperties.DIGEST_SHA256, KeyProperties.DIGEST_SHA1)
            .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_RSA_OAEP)
            .setUserAuthenticationRequired(true)
            .setUserAuthenticationParameters(EACH_TIME, BY_ANY_MEANS)
        makeKey(spec, KeyProperties.KEY_ALGORITHM_RSA)
        makeWatch()
    }

    fun forget() {
        val store = keystore()
        listOf(alias, watchAlias).filter(store::containsAlias).forEach(store::deleteEntry)
    }

    fun seal(key: ByteArray): ByteArray {
        val encoded = keystore().getCertificate(alias).publicKey.encoded
        // As a key of plain software: the keystore's own would ask who is there.
        val public: PublicKey = KeyFactory.getInstance("RSA").generatePublic(X509EncodedKeySpec(encoded))
        return Cipher.getInstance(OAEP).apply { init(Cipher.ENCRYPT_MODE, public, OAEP_PARAMETERS) }.doFinal(key)
    }

    /** What the prompt unlocks. */
    fun openingCipher(): Cipher = openingCipher(keystore().getKey(alias, null) as PrivateKey)

    private fun openingCipher(key: Key) =
        Cipher.getInstance(OAEP).apply { init(Cipher.DECRYPT_MODE, key, OAEP_PARAMETERS) }

    private fun makeWatch() {
        val spec = KeyGenParameterSpec
            .Builder(watchAlias, KeyProperties.PURPOSE_ENCRYPT)
            .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
            .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
            .setUserAuthenticationRequired(true)
            .setUserAuthenticationParameters(EACH_TIME, KeyProperties.AUTH_BIOMETRIC_STRONG)
            .setInvalidatedByBiometricEnrollment(true)
        try {
            makeKey(spec, KeyProperties.KEY_ALGORITHM_AES)
        } catch (_: InvalidAlgorithmParameterException) {
            // No finger or face is enrolled: there is nothing to watch.
        } catch (_: ProviderException) {
            // The same, as some makers say it.
        }
    }

    private fun watchCipher(key: Key) = Cipher.getInstance("AES/GCM/NoPadding").apply { init(Cipher.ENCRYPT_MODE, key) }

    /** Beginning an operation tells whether the key lives, and asks nobody. */
    private fun stateOf(alias: String, begin: (Key) -> Cipher): KeyState = try {
        when (val key = keystore().getKey(alias, null)) {
            null -> KeyState.ABSENT
            else -> KeyState.ALIVE.also { begin(key) }
        }
    } catch (_: KeyPermanentlyInvalidatedException) {
        KeyState.DEAD
    } catch (_: UnrecoverableKeyException) {
        KeyState.DEAD
    }

    private companion object {
        const val RSA_BITS = 2048
        const val EACH_TIME = 0
        const val BY_ANY_MEANS = KeyProperties.AUTH_BIOMETRIC_STRONG or KeyProperties.AUTH_DEVICE_CREDENTIAL
        const val OAEP = "RSA/ECB/OAEPWithSHA-256AndMGF1Padding"

        /** The keystore does the mask with SHA-1 whatever the digest is, so the other side has to as well. */
        val OAEP_PARAMETERS = OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT)
    }
}
