// The core of this process: opened once, by whoever needs it first, and awake while somebody does.

package mobile.companion.app

import android.content.Context
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import mobile.companion.CompanionCore
import mobile.companion.platform.coreConfig
import mobile.companion.platform.languages
import mobile.companion.platform.life.Awake
import mobile.companion.platform.life.Outcome
import mobile.companion.platform.life.outcomeOf
import mobile.companion.platform.phoneHost

/** Opens the core and says when it may sleep. [closing] is called before one is closed: nobody may use it from then on. */
class OpenCore(private val context: Context, private val closing: suspend () -> Unit) {
    private class Opened(val core: CompanionCore, val awake: Awake, val languages: List<String>)

    private val opening = Mutex()
    private val host by lazy { phoneHost(context) }

    @Volatile
    private var opened: Opened? = null

    @Volatile
    private var inFront = false

    /** Within [turns] only. */
    private var isHeld = false
    private val onScreen = MutableStateFlow(false)

    /** One thing after the other: the app may leave the screen before it has quite come to it. */
    private val turns = Dispatchers.IO.limitedParallelism(1)

    /**
     * The core, opened when it was not. Another one than before when the person's languages changed and nobody needed it
     * meanwhile: its words are those it was opened with. Throws `Problem`; then the next call tries again.
     */
    suspend fun core(): CompanionCore = open().core

    /** The core, where it is open already. */
    val ifOpen: CompanionCore? get() = opened?.core

    /** Does work that needs the core awake, on the screen or not. Throws `Problem` where it cannot be opened. */
    suspend fun <T> whileAwake(work: suspend (CompanionCore) -> T): T {
        val opened = open()
        withContext(turns) { opened.awake.hold() }
        try {
            return work(opened.core)
        } finally {
            withContext(NonCancellable + turns) { quietly(opened.awake::release) }
        }
    }

    /** The app is on the screen: the core stays awake until [leftScreen]. Then [then] is done, if it still is. */
    fun cameToFront(scope: CoroutineScope, then: (CompanionCore) -> Unit) {
        inFront = true
        scope.launch {
            // Where it cannot be opened, the screen shows it.
            if (outcomeOf { open() } != Outcome.DONE) return@launch
            val opened = opened ?: return@launch
            withContext(turns) { settle(opened) }
            if (inFront) then(opened.core)
        }
    }

    /** Waits until the app is on the screen and the core was woken for it. */
    suspend fun onScreen() {
        onScreen.first { it }
    }

    /** The app left the screen: once [before] is done, while it still is away, the core may sleep. */
    fun leftScreen(scope: CoroutineScope, before: suspend (isAway: () -> Boolean) -> Unit) {
        inFront = false
        val opened = opened ?: return
        scope.launch {
            before { !inFront }
            withContext(turns) { settle(opened) }
        }
    }

    /** Holds the core for the screen, or lets it go, by what is so now: the screen may have turned meanwhile. */
    private suspend fun settle(opened: Opened) {
        val wanted = inFront
        if (wanted && !isHeld) isHeld = quietly(opened.awake::hold)
        onScreen.value = wanted
        if (!wanted && isHeld) {
            isHeld = false
            quietly(opened.awake::release)
        }
    }

    private suspend fun open(): Opened = opening.withLock {
        val languages = languages(context)
        opened?.takeIf { it.languages == languages || it.awake.isHeld } ?: withContext(Dispatchers.IO) {
            close()
            val profile = context.resources.openRawResource(R.raw.profile).bufferedReader().use { it.readText() }
            val core = CompanionCore.open(coreConfig(context, profile, languages), host)
            Opened(core, Awake(core::resume) { core.suspend(DEADLINE_MS) }, languages)
        }.also { opened = it }
    }

    private suspend fun close() {
        val old = opened ?: return
        closing()
        opened = null
        // It sleeps already, unless nobody ever came and went.
        quietly { old.core.suspend(DEADLINE_MS) }
        old.core.close()
    }

    /**
     * A core that does not wake up still shows what it knows, and one that falls asleep too slowly ends by itself; what is asked
     * of it meanwhile says why.
     */
    private suspend fun quietly(work: () -> Unit): Boolean = outcomeOf { work() } == Outcome.DONE

    private companion object {
        const val DEADLINE_MS = 4_000u
    }
}
