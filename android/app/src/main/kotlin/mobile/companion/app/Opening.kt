// What other parts of the phone open of this app.

package mobile.companion.app

import android.app.PendingIntent
import android.content.Context
import android.content.Intent

/**
 * Leads to the one activity, in its task, whatever lies over it. It is not `singleTask`: then the app's icon would close a tab in
 * which the person signs in, when they only left to read a code.
 */
internal fun activity(context: Context): Intent = Intent(context, MainActivity::class.java)
    .addFlags(Intent.FLAG_ACTIVITY_NEW_TASK or Intent.FLAG_ACTIVITY_CLEAR_TOP or Intent.FLAG_ACTIVITY_SINGLE_TOP)

/** Asks the activity for the usage screen. */
internal const val SHOW_USAGE = "mobile.companion.app.SHOW_USAGE"

/** What a tap on a notification or on the widget opens. */
internal fun openUsage(context: Context): PendingIntent {
    val intent = activity(context).setAction(SHOW_USAGE)
    return PendingIntent.getActivity(context, 0, intent, PendingIntent.FLAG_IMMUTABLE)
}
