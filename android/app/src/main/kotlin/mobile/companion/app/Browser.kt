// The system browser: an Auth Tab for the operator's sign-in page, a Custom Tab for any other.

package mobile.companion.app

import android.content.ActivityNotFoundException
import android.content.Intent
import android.net.Uri
import androidx.activity.ComponentActivity
import androidx.activity.result.ActivityResultLauncher
import androidx.browser.auth.AuthTabIntent
import androidx.browser.customtabs.CustomTabsIntent

/**
 * Opens pages. To be made with its activity, before that is started: [cameBack] gets the address that an Auth Tab brings,
 * also in an activity that was made anew meanwhile. A browser without Auth Tabs brings it to the manifest's filter instead.
 */
internal class Browser(private val activity: ComponentActivity, cameBack: (String) -> Unit) {
    private val signIn: ActivityResultLauncher<Intent> = AuthTabIntent.registerActivityResultLauncher(activity) { result ->
        // Closing the tab cancels nothing: the person may still come back by another way.
        if (result.resultCode == AuthTabIntent.RESULT_OK) result.resultUri?.let { cameBack(it.toString()) }
    }

    /** The operator's page of a sign-in. False: there is no browser. */
    fun openSignIn(url: String): Boolean = attempt { authTab(Uri.parse(url)) }

    /** Any other page. False: there is no browser. */
    fun openPage(url: String): Boolean = attempt {
        CustomTabsIntent.Builder().setShowTitle(true).build().launchUrl(activity, Uri.parse(url))
    }

    private fun attempt(open: () -> Unit): Boolean = try {
        open()
        true
    } catch (_: ActivityNotFoundException) {
        false
    }

    private fun authTab(page: Uri) {
        val redirect = Uri.parse(BuildConfig.REDIRECT_URI)
        val tab = AuthTabIntent.Builder().build()
        val host = redirect.host
        if (redirect.scheme == "https" && host != null) {
            tab.launch(signIn, page, host, redirect.path.orEmpty())
        } else {
            tab.launch(signIn, page, redirect.scheme.orEmpty())
        }
    }
}
