// Handing the code of an eSIM to the phone. An ordinary app may not install one itself.

package mobile.companion.platform.intents

import android.content.Context
import android.content.Intent
import android.content.pm.PackageManager
import android.net.ConnectivityManager
import android.net.NetworkCapabilities
import android.net.Uri
import android.os.Build
import android.provider.Settings
import android.telephony.euicc.EuiccManager
import mobile.companion.EsimPhone
import mobile.companion.EsimReadiness
import mobile.companion.platform.network.network

/** What the phone takes of an eSIM, and its pages for it. */
class Esim(private val context: Context) {
    /** The phone, for `Activation.handover`. */
    fun phone(): EsimPhone =
        EsimPhone.Android(apiLevel = Build.VERSION.SDK_INT.toUShort(), linkOpens = linkOpens())

    /** What is known before the code is handed over. Whether the e-mail can be read only the person knows. */
    fun readiness(): EsimReadiness = EsimReadiness(
        takesEsim = context.getSystemService(EuiccManager::class.java)?.isEnabled == true,
        onWifi = context
            .getSystemService(ConnectivityManager::class.java)
            .network(NetworkCapabilities.TRANSPORT_WIFI) != null,
        mailReachable = null,
    )

    /** Opens the link of a route, which holds the code: never in a browser. */
    fun open(link: String): Boolean = isSetupLink(link) &&
        context.startSafely(view(link).addFlags(Intent.FLAG_ACTIVITY_REQUIRE_NON_BROWSER))

    /** The phone's page of eSIMs, else of mobile networks, else all settings. */
    fun settings(): Boolean =
        PAGES.any { context.startSafely(Intent(it)) } || context.startSafely(Intent(Settings.ACTION_SETTINGS))

    /** Whether something besides browsers opens such a link. The manifest's `queries` name both intents. */
    private fun linkOpens(): Boolean {
        val packages = context.packageManager
        val browsers = packages.thatOpen("https://")
        return (packages.thatOpen("$SETUP_LINK?carddata=") - browsers).isNotEmpty()
    }

    private fun PackageManager.thatOpen(link: String): Set<String> =
        queryIntentActivities(view(link), PackageManager.MATCH_ALL).map { it.activityInfo.packageName }.toSet()

    private fun view(link: String) = Intent(Intent.ACTION_VIEW, Uri.parse(link)).addCategory(Intent.CATEGORY_BROWSABLE)

    private companion object {
        val PAGES = listOf(
            // From Android 13 on.
            "android.settings.MANAGE_ALL_SIM_PROFILES_SETTINGS",
            EuiccManager.ACTION_MANAGE_EMBEDDED_SUBSCRIPTIONS,
            Settings.ACTION_NETWORK_OPERATOR_SETTINGS,
            Settings.ACTION_WIRELESS_SETTINGS,
        )
    }
}

/** Whether a link is Android's for setting up an eSIM. */
fun isSetupLink(link: String): Boolean = link.startsWith("$SETUP_LINK?")

private const val SETUP_LINK = "https://esimsetup.android.com/esim_qrcode_provisioning"
