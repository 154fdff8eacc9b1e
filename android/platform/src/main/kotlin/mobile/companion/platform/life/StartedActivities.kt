package mobile.companion.platform.life

/** Tells whether the app is on the screen, by its activities' starts and stops. Main thread only. */
class StartedActivities(private val cameToFront: () -> Unit, private val leftScreen: () -> Unit) {
    private var started = 0
    private var inFront = false

    /** An activity is about to be seen. */
    fun started() {
        started += 1
        if (!inFront) {
            inFront = true
            cameToFront()
        }
    }

    /** An activity is no longer seen; [isTurning]: only to come back at once, as after a turn of the phone. */
    fun stopped(isTurning: Boolean) {
        started -= 1
        if (started == 0 && !isTurning && inFront) {
            inFront = false
            leftScreen()
        }
    }
}
