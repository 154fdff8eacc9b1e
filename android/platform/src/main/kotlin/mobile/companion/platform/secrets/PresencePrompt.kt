// The phone's own prompt for finger, face or device lock.

package mobile.companion.platform.secrets

import android.content.Context
import android.hardware.biometrics.BiometricManager.Authenticators.BIOMETRIC_STRONG
import android.hardware.biometrics.BiometricManager.Authenticators.DEVICE_CREDENTIAL
import android.hardware.biometrics.BiometricPrompt
import android.os.CancellationSignal
import mobile.companion.HostException
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException
import javax.crypto.Cipher

/** Shows the prompt, one at a time. Not from the main thread: it would wait for itself. */
internal class PresencePrompt(private val context: Context) {
    /** Waits until the person proved to be there, and gives back [cipher], unlocked for one operation. */
    @Synchronized
    fun ask(cipher: Cipher, reason: String): Cipher {
        val answer = Answer()
        val cancel = CancellationSignal()
        context.mainExecutor.execute {
            BiometricPrompt
                .Builder(context)
                .setTitle(reason)
                .setAllowedAuthenticators(BIOMETRIC_STRONG or DEVICE_CREDENTIAL)
                .setConfirmationRequired(false)
                .build()
                .authenticate(BiometricPrompt.CryptoObject(cipher), cancel, context.mainExecutor, answer)
        }
        try {
            return answer.future.get(LONGEST_S, TimeUnit.SECONDS)
        } catch (_: TimeoutException) {
            cancel.cancel()
            throw HostException.PresenceCancelled()
        } catch (failed: ExecutionException) {
            throw hostFailure(failed) { null }
        }
    }

    private class Answer : BiometricPrompt.AuthenticationCallback() {
        val future = CompletableFuture<Cipher>()

        override fun onAuthenticationSucceeded(result: BiometricPrompt.AuthenticationResult) {
            val cipher = result.cryptoObject?.cipher
            // Without the cipher it would be a mere yes.
            if (cipher == null) future.completeExceptionally(HostException.Failed()) else future.complete(cipher)
        }

        override fun onAuthenticationError(code: Int, text: CharSequence?) {
            future.completeExceptionally(promptFailure(code))
        }
        // A wrong finger is no end: the prompt stays, and counts.
    }

    private companion object {
        /** As long as nobody answers. */
        const val LONGEST_S = 300L
    }
}
