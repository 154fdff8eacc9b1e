// The core sleeps while nobody needs it: nothing is held open then. Whoever needs it holds it awake.

package mobile.companion.platform.life

/**
 * Resumes the core for the first who needs it and suspends it after the last: the screen, and work in the background. One at
 * a time: who comes while it falls asleep waits until it has. Not from the main thread.
 */
class Awake(private val resume: () -> Unit, private val suspend: () -> Unit) {
    private var holders = 0

    /** As the core was opened: awake, with nobody who holds it. */
    private var isAwake = true

    /** Whether anybody needs it now. */
    val isHeld: Boolean
        @Synchronized get() = holders > 0

    /** Needs the core from now on, until [release]. Throws what resuming throws; then nothing is held. */
    @Synchronized
    fun hold() {
        if (!isAwake) {
            resume()
            isAwake = true
        }
        holders += 1
    }

    /** Needs it no longer. An overrun suspend is the core's to finish, so that what it throws only means asleep, later. */
    @Synchronized
    fun release() {
        holders -= 1
        if (holders == 0) {
            isAwake = false
            suspend()
        }
    }
}
