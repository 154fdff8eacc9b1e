package mobile.companion.platform.life

import android.app.Activity
import android.app.Application
import android.os.Build
import android.os.Bundle
import android.view.Window
import android.view.WindowManager

/** Calls back when the app comes to the screen and when it leaves it, on the main thread. */
fun Application.watchScreen(cameToFront: () -> Unit, leftScreen: () -> Unit) {
    val activities = StartedActivities(cameToFront, leftScreen)
    registerActivityLifecycleCallbacks(
        object : Application.ActivityLifecycleCallbacks {
            override fun onActivityStarted(activity: Activity) = activities.started()

            override fun onActivityStopped(activity: Activity) = activities.stopped(activity.isChangingConfigurations)

            override fun onActivityCreated(activity: Activity, state: Bundle?) = Unit

            override fun onActivityResumed(activity: Activity) = Unit

            override fun onActivityPaused(activity: Activity) = Unit

            override fun onActivitySaveInstanceState(activity: Activity, state: Bundle) = Unit

            override fun onActivityDestroyed(activity: Activity) = Unit
        },
    )
}

/** Whether what the window shows stays out of screenshots, recordings and other screens. */
fun Window.setSecret(isSecret: Boolean) {
    if (isSecret) addFlags(WindowManager.LayoutParams.FLAG_SECURE) else clearFlags(WindowManager.LayoutParams.FLAG_SECURE)
}

/**
 * Whether the window is to be secret now. Before Android 13 nothing else keeps its picture out of the recent apps, so that it is
 * secret while it leaves the screen; staying so would forbid the person screenshots of their own bill.
 */
fun isSecretNow(isSecret: Boolean, isInRecents: Boolean, isLeaving: Boolean, sdk: Int = Build.VERSION.SDK_INT): Boolean =
    isSecret || isLeaving && !isInRecents && sdk < ANDROID_13

private const val ANDROID_13 = 33

/** Whether the list of recent apps may show a picture of the activity. Before Android 13 only [setSecret] hides it. */
fun Activity.setShownInRecents(isShown: Boolean) {
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) setRecentsScreenshotEnabled(isShown)
}
