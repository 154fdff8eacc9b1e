// A phone for tests: secrets in memory, a clock moved by hand, and the core opened on both.

package mobile.companion

import java.nio.file.Path
import java.time.OffsetDateTime
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicLong

const val NOON = "2026-11-25T14:05:00+01:00"

class InMemorySecureStore : SecureStore {
    private val items = ConcurrentHashMap<String, ByteArray>()

    override fun get(key: String): ByteArray? = items[key]

    override fun put(key: String, value: ByteArray) {
        items[key] = value
    }

    override fun delete(key: String) {
        items.remove(key)
    }

    override fun list(prefix: String): List<String> = items.keys.filter { it.startsWith(prefix) }
}

/** Does nothing but fail. */
class FailingSecureStore(private val error: Exception) : SecureStore {
    override fun get(key: String): ByteArray? = throw error

    override fun put(key: String, value: ByteArray) = throw error

    override fun delete(key: String) = throw error

    override fun list(prefix: String): List<String> = throw error
}

/** Somebody who is always there; what was sealed is not. */
class AlwaysThere : UserPresence {
    override fun seal(key: PresenceKey, plain: ByteArray) = plain

    override fun unseal(key: PresenceKey, sealed: ByteArray, reason: String) = sealed

    override fun forget(key: PresenceKey) = Unit
}

class FailingObserver : Observer {
    override fun changed(topic: Topic, revision: ULong): Unit = error("on purpose")
}

class HandClock(start: String) : Clock {
    private val startMs = OffsetDateTime.parse(start).toInstant().toEpochMilli()
    private val passedMs = AtomicLong()

    override fun now(): ClockReading {
        val passed = passedMs.get()
        return ClockReading(wallMs = startMs + passed, elapsedMs = 1_000_000 + passed, bootId = "boot-1")
    }

    fun advance(seconds: Long) {
        passedMs.addAndGet(seconds * 1_000)
    }
}

/** One installed app with its folder, its secrets and its clock. */
class Phone(
    folder: Path,
    profile: String,
    language: String = "en",
    now: String = NOON,
    private val secrets: SecureStore = InMemorySecureStore(),
    private val probeNetwork: ProbeNetwork? = null,
    private val userPresence: UserPresence? = null,
) : AutoCloseable {
    val clock = HandClock(now)

    private val config = CoreConfig(
        dataDir = folder.toString(),
        profileJson = profile,
        languages = listOf(language),
        redirectUri = null,
    )

    var core: CompanionCore = open()
        private set

    private fun open() =
        CompanionCore.open(config, Host(secrets, clock, userPresence = userPresence, probeNetwork = probeNetwork))

    /** As when the app is started again: same folder, same secrets. */
    fun reopen() {
        close()
        core = open()
    }

    suspend fun signIn(person: Person, sandbox: Sandbox) {
        core.session().use { session ->
            val page = session.start()
            session.finish(sandbox.signIn(person, page.url))
        }
    }

    /** As when the app is put to sleep and then ended: what still runs in the background finds the database closed. */
    override fun close() {
        core.suspend(10_000u)
        core.close()
    }
}
