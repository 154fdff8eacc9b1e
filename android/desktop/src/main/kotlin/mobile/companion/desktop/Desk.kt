// What the menu beside the phone does: whose phone it is, its language, its network, and the time.

package mobile.companion.desktop

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import mobile.companion.Problem
import java.io.File
import java.io.IOException

/** What is chosen in the menu. */
data class Choice(
    val person: Person,
    val language: String,
    val isDark: Boolean = false,
    val isLargeText: Boolean = false,
    val isOffline: Boolean = false,
    val isSlow: Boolean = false,
    val isAway: Boolean = false,
)

/** Everything around the phone in the window. Main thread only. */
class Desk(private val operator: Operator, private val folder: File, private val scope: CoroutineScope) {
    private val clock = MovedClock()
    private val turns = Mutex()
    private val chosen = MutableStateFlow(Choice(operator.people.first(), LANGUAGES.first()))
    private val open = MutableStateFlow<Phone?>(null)
    private val messages = MutableStateFlow<List<String>>(emptyList())

    val people get() = operator.people

    /** The time it is here and at the operator, in milliseconds since 1970. */
    val nowMs get() = clock.now().wallMs

    /** What is chosen now. */
    val choice: StateFlow<Choice> = chosen.asStateFlow()

    /** The phone in the window; none while another is being opened. */
    val phone: StateFlow<Phone?> = open.asStateFlow()

    /** What the phone did beside the app's screens, the newest first. */
    val told: StateFlow<List<String>> = messages.asStateFlow()

    /** The address that controls the operator. */
    val control get() = operator.control

    init {
        ask { network(chosen.value) }
        reopen()
    }

    /** Takes the phone of [person]. */
    fun take(person: Person) {
        chosen.update { it.copy(person = person) }
        reopen()
    }

    /** Sets the phone to [language], such as "fr". */
    fun speak(language: String) {
        chosen.update { it.copy(language = language) }
        reopen()
    }

    /** Draws by night. */
    fun turnDark(isDark: Boolean) = chosen.update { it.copy(isDark = isDark) }

    /** Draws at 200 % text. */
    fun turnLarge(isLarge: Boolean) = chosen.update { it.copy(isLargeText = isLarge) }

    /** Takes the network away, or gives it back. */
    fun turnOffline(isOffline: Boolean) = ask {
        network(chosen.value.copy(isOffline = isOffline))
        open.value?.networkChanged()
        if (!chosen.value.isAway) open.value?.model?.networkReturned()
    }

    /** Makes the network slow, or as it was: what is fetched can be watched, and paused. */
    fun turnSlow(isSlow: Boolean) = ask { network(chosen.value.copy(isSlow = isSlow)) }

    private suspend fun network(wanted: Choice) {
        withContext(Dispatchers.IO) { operator.network(wanted.isOffline, wanted.isSlow) }
        chosen.update { it.copy(isOffline = wanted.isOffline, isSlow = wanted.isSlow) }
    }

    /** Another app comes to the front, or this one again. */
    fun turnAway(isAway: Boolean) {
        chosen.update { it.copy(isAway = isAway) }
        open.value?.run { if (isAway) model.leftScreen() else model.cameToFront() }
    }

    /** Locks the app at once, where its lock is on. */
    fun lock() {
        open.value?.lock()
    }

    /** Moves the time on, here and at the operator. */
    fun advance(seconds: Long) = ask {
        withContext(Dispatchers.IO) { operator.advance(seconds) }
        clock.advance(seconds)
        if (!chosen.value.isAway) open.value?.model?.networkReturned()
    }

    /** The employer of the person sends an invitation: it is shown, and on the clipboard. */
    fun invite() = ask {
        val link = withContext(Dispatchers.IO) { operator.invite(chosen.value.person) }
        device().copy(link, secret = false)
    }

    /** Ends what runs on the phone. */
    suspend fun close() = turns.withLock {
        open.value?.close()
        open.value = null
    }

    private fun reopen() {
        scope.launch { turns.withLock { openChosen() } }
    }

    private suspend fun openChosen() {
        val (person, language) = chosen.value
        val old = open.value
        open.value = null
        chosen.update { it.copy(isAway = false) }
        try {
            old?.close()
            open.value = Phone.open(File(folder, person.key), operator.profile, language, clock, device())
        } catch (problem: Problem) {
            tell("The phone could not be opened: $problem")
        }
    }

    private fun device() = DesktopDevice(operator.issuer, chosen.value.language, ::signIn, ::tell)

    /** The person fills in the operator's page at once. */
    private fun signIn(url: String) = ask {
        val person = chosen.value.person
        val callback = withContext(Dispatchers.IO) { operator.signIn(person, url) }
        tell("Browser: ${person.name} filled in the operator's page")
        open.value?.model?.cameBack(callback)
    }

    private fun ask(work: suspend () -> Unit) {
        scope.launch {
            try {
                work()
            } catch (failure: IOException) {
                tell("The sandbox: ${failure.message}")
            }
        }
    }

    private fun tell(what: String) = messages.update { (listOf(what) + it).take(KEPT) }

    companion object {
        private const val KEPT = 8

        /** What the app speaks. */
        val LANGUAGES = listOf("en", "fr", "nl", "de")
    }
}
