// Pages of the phone's settings.

package mobile.companion.platform.intents

import android.content.Context
import android.content.Intent
import android.net.Uri
import android.provider.Settings
import android.telephony.SubscriptionManager
import mobile.companion.IntentView

/** Opens pages of the phone's settings. [context] is that of the activity on the screen. */
class SettingsPages(private val context: Context) {
    /** The first page. */
    fun all(): Boolean = context.startSafely(Intent(Settings.ACTION_SETTINGS))

    /** This app's notifications. */
    fun notifications(): Boolean {
        val page = Intent(Settings.ACTION_APP_NOTIFICATION_SETTINGS)
            .putExtra(Settings.EXTRA_APP_PACKAGE, context.packageName)
        return context.startSafely(page) || app()
    }

    /** This app's page, with its permissions. */
    fun app(): Boolean {
        val page = Uri.fromParts("package", context.packageName, null)
        return context.startSafely(Intent(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, page)) || all()
    }

    /** A way to Wi-Fi calling: the first of [intents] that opens, else the first page. */
    fun path(intents: List<IntentView>): Boolean = firstThatOpens(intents) { context.startSafely(intent(it)) } || all()

    private fun intent(view: IntentView): Intent {
        val intent = Intent(view.action).setPackage(view.`package`)
        val subscription = SubscriptionManager.getDefaultDataSubscriptionId()
        if (view.withSubscription && subscription != SubscriptionManager.INVALID_SUBSCRIPTION_ID) {
            intent.putExtra(Settings.EXTRA_SUB_ID, subscription)
        }
        return intent
    }
}

/** Starts the intents of the core in their order until one opens. Never any other than a page of settings or calls. */
fun firstThatOpens(intents: List<IntentView>, start: (IntentView) -> Boolean): Boolean =
    intents.filter { isPage(it.action) }.any(start)

// Guides can be issued between releases, so that what they name is not trusted beyond what they are for.
private fun isPage(action: String) = PAGES.any(action::startsWith)

private val PAGES = listOf(
    "android.settings.",
    "android.telecom.action.",
    "com.samsung.android.unifiedwfc.",
    "com.samsung.android.app.telephonyui.action.",
)
