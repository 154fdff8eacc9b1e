// The phone's keystore may block for seconds, or for ever; whoever asks it waits for a bounded time.

package mobile.companion.platform.secrets

import mobile.companion.HostException
import mobile.companion.SecureStore
import java.util.concurrent.Callable
import java.util.concurrent.ExecutionException
import java.util.concurrent.ExecutorService
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException

/**
 * Asks [store] for one thing after the other, in the order asked, and gives up waiting after [limitMs]: then it is busy. What
 * was begun by then goes on, and what is asked later comes after it, so that an older value never replaces a newer one.
 */
class SerialSecureStore(private val store: SecureStore, private val limitMs: Long = LIMIT_MS) : SecureStore {
    private val turns: ExecutorService = Executors.newSingleThreadExecutor { work ->
        Thread(work, "companion-secrets").apply { isDaemon = true }
    }

    override fun get(key: String): ByteArray? = inTurn { store.get(key) }

    override fun put(key: String, value: ByteArray) = inTurn { store.put(key, value) }

    override fun delete(key: String) = inTurn { store.delete(key) }

    override fun list(prefix: String): List<String> = inTurn { store.list(prefix) }

    private fun <T> inTurn(work: () -> T): T {
        val turn = turns.submit(Callable { work() })
        try {
            return turn.get(limitMs, TimeUnit.MILLISECONDS)
        } catch (_: TimeoutException) {
            // What has not begun never does; what has is left alone.
            turn.cancel(false)
            throw HostException.Busy()
        } catch (failed: ExecutionException) {
            throw hostFailure(failed) { null }
        }
    }

    private companion object {
        const val LIMIT_MS = 5_000L
    }
}
