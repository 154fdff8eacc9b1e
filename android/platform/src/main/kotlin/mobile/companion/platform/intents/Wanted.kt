package mobile.companion.platform.intents

import android.content.Intent

/**
 * Whether what an intent asks for is wanted now, by its [flags]. It was done before where the activity [isRestored], after a turn of
 * the phone or the process's end; and where the recent apps bring a task back, whose first intent may be a link of long ago.
 */
fun isWantedNow(flags: Int, isRestored: Boolean): Boolean =
    !isRestored && flags and Intent.FLAG_ACTIVITY_LAUNCHED_FROM_HISTORY == 0
