package mobile.companion.platform.secrets

import android.app.KeyguardManager
import android.content.Context
import mobile.companion.HostException
import mobile.companion.PresenceKey
import mobile.companion.UserPresence

/** The phone's `UserPresence`. The prompt comes up only while the app is on the screen. */
class PhonePresence(context: Context) : UserPresence {
    private val prompt = PresencePrompt(context)
    private val keyguard = context.getSystemService(KeyguardManager::class.java)
    private val envelope = Envelope()

    override fun seal(key: PresenceKey, plain: ByteArray): ByteArray = onKeystore {
        val keys = PresenceKeys(key)
        if (keys.state() == KeyState.ABSENT) {
            if (!keyguard.isDeviceSecure) throw HostException.PresenceUnavailable()
            keys.make()
        } else {
            keys.requireAlive()
        }
        envelope.seal(plain, context(key), keys::seal)
    }

    override fun unseal(key: PresenceKey, sealed: ByteArray, reason: String): ByteArray {
        val keys = PresenceKeys(key)
        val locked = onKeystore {
            keys.requireAlive()
            keys.openingCipher()
        }
        val cipher = prompt.ask(locked, reason)
        return onKeystore { envelope.open(sealed, context(key)) { wrapped -> cipher.doFinal(wrapped) } }
    }

    override fun forget(key: PresenceKey) = onKeystore { PresenceKeys(key).forget() }

    private fun PresenceKeys.requireAlive() {
        presenceLoss(state(), watchState(), keyguard.isDeviceSecure)?.let { throw it }
    }

    private fun context(key: PresenceKey) = "companion/presence/1/${key.name}".toByteArray()
}
