package mobile.companion.platform.secrets

import android.app.KeyguardManager
import android.content.Context
import mobile.companion.HostException
import mobile.companion.PresenceKey
import mobile.companion.UserPresence

/**
 * The phone's `UserPresence`. The prompt comes up only while the app is on the screen.
 *
 * What is sealed begins with one byte: 1 where fingers or faces are watched, else 0; an [Envelope] follows.
 */
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
            keys.requireAlive(wasWatched = false)
        }
        val isWatched = keys.watchState() == KeyState.ALIVE
        byteArrayOf(if (isWatched) WATCHED else UNWATCHED) + envelope.seal(plain, context(key, isWatched), keys::seal)
    }

    override fun unseal(key: PresenceKey, sealed: ByteArray, reason: String): ByteArray {
        val keys = PresenceKeys(key)
        val wasWatched = when (sealed.firstOrNull()) {
            WATCHED -> true
            UNWATCHED -> false
            else -> throw HostException.Corrupt()
        }
        val locked = onKeystore {
            keys.requireAlive(wasWatched)
            keys.openingCipher()
        }
        val cipher = prompt.ask(locked, reason)
        val rest = sealed.copyOfRange(1, sealed.size)
        return onKeystore { envelope.open(rest, context(key, wasWatched)) { wrapped -> cipher.doFinal(wrapped) } }
    }

    override fun forget(key: PresenceKey) = onKeystore { PresenceKeys(key).forget() }

    private fun PresenceKeys.requireAlive(wasWatched: Boolean) {
        presenceLoss(state(), watchState(), wasWatched, keyguard.isDeviceSecure)?.let { throw it }
    }

    // What is under the seal says too whether it is watched: the byte before it is not to be changed.
    private fun context(key: PresenceKey, isWatched: Boolean) =
        "companion/presence/1/${key.name}/${if (isWatched) "watched" else "unwatched"}".toByteArray()

    private companion object {
        const val UNWATCHED: Byte = 0
        const val WATCHED: Byte = 1
    }
}
