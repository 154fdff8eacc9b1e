package mobile.companion.platform.intents

import android.content.ActivityNotFoundException
import android.content.Context
import android.content.Intent

/**
 * Starts an activity of another app; false when there is none, or none that lets this app in. Asking beforehand would not
 * do: what resolves may still be closed to others.
 */
fun Context.startSafely(intent: Intent): Boolean = try {
    startActivity(intent)
    true
} catch (_: ActivityNotFoundException) {
    false
} catch (_: SecurityException) {
    false
}
