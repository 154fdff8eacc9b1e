// What the phone's keystore throws, as what the core understands.

package mobile.companion.platform.secrets

import mobile.companion.HostException
import java.security.UnrecoverableKeyException
import javax.crypto.AEADBadTagException
import javax.crypto.BadPaddingException

/** What an exception of the keystore says. */
enum class KeyTrouble {
    /** The key is gone for good. */
    INVALIDATED,

    /** The phone has to be unlocked first. */
    LOCKED,

    /** It may work a moment later. */
    PASSING,
}

/** The failure behind [error], found along its causes; [troubleOf] reads those of the phone. */
fun hostFailure(error: Throwable, troubleOf: (Throwable) -> KeyTrouble?): HostException {
    val causes = generateSequence(error) { it.cause }.take(DEEPEST)
    return causes.firstNotNullOfOrNull { cause -> known(cause, troubleOf(cause)) } ?: HostException.Failed()
}

private fun known(cause: Throwable, trouble: KeyTrouble?): HostException? = when {
    cause is HostException -> cause
    trouble == KeyTrouble.INVALIDATED -> HostException.KeyInvalidated()
    trouble == KeyTrouble.LOCKED -> HostException.Locked()
    trouble == KeyTrouble.PASSING -> HostException.Busy()
    cause is UnrecoverableKeyException -> HostException.KeyInvalidated()
    cause is AEADBadTagException || cause is BadPaddingException -> HostException.Corrupt()
    else -> null
}

/** Tries again, after a [pause], while the keystore is busy: its service restarts now and then. */
fun <T> whileBusy(pause: (Int) -> Unit, work: () -> T): T {
    repeat(TRIES - 1) { tried ->
        try {
            return work()
        } catch (_: HostException.Busy) {
            pause(tried)
        }
    }
    return work()
}

private const val DEEPEST = 8
private const val TRIES = 3
