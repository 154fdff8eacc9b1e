package mobile.companion.platform.phone

import android.app.LocaleManager
import android.content.Context
import android.content.res.Resources
import android.media.AudioManager
import android.net.ConnectivityManager
import android.net.LinkProperties
import android.net.NetworkCapabilities
import android.os.Build
import android.os.UserManager
import android.provider.Settings
import android.telephony.TelephonyManager
import mobile.companion.PhoneFacts
import mobile.companion.PhonePlatform
import mobile.companion.platform.network.capabilities
import mobile.companion.platform.network.isPlain

/** Reads what this phone knows of itself, for `WifiCalling.tell`. What it does not tell, or may not, is absent. */
class PhoneFactsReader(private val context: Context) {
    private val connectivity = context.getSystemService(ConnectivityManager::class.java)
    private val skin by lazy { skin(Build.BRAND, systemProperties()::get) }

    /** All of it, as it is now. Asks the system's services: not from the main thread. */
    fun read(): PhoneFacts {
        val networks = connectivity.capabilities()
        val wifi = networks.entries.firstOrNull { it.value.isPlain(NetworkCapabilities.TRANSPORT_WIFI) }
        return PhoneFacts(
            platform = PhonePlatform.ANDROID,
            maker = Build.MANUFACTURER.orEmpty(),
            brand = Build.BRAND.orEmpty(),
            model = Build.MODEL.orEmpty(),
            osVersion = Build.VERSION.RELEASE.orEmpty(),
            skin = skin?.name,
            skinVersion = skin?.version,
            language = menuLanguage(),
            sims = Sims(context).read(),
            wifi = wifi != null,
            vpn = networks.values.any { it.hasTransport(NetworkCapabilities.TRANSPORT_VPN) },
            privateDns = wifi?.key?.let(connectivity::getLinkProperties)?.let(LinkProperties::isPrivateDnsActive),
            captivePortal = wifi?.value?.hasCapability(NetworkCapabilities.NET_CAPABILITY_CAPTIVE_PORTAL),
            ethernet = networks.values.any { it.isPlain(NetworkCapabilities.TRANSPORT_ETHERNET) },
            airplaneMode = Settings.Global.getInt(context.contentResolver, Settings.Global.AIRPLANE_MODE_ON, 0) != 0,
            roaming = orNull { context.getSystemService(TelephonyManager::class.java).isNetworkRoaming },
            restricted = restricted(),
            inCall = context.getSystemService(AudioManager::class.java).mode == AudioManager.MODE_IN_CALL,
        )
    }

    /** The language of the phone's own menus, which the person may have left for this app. */
    private fun menuLanguage(): String {
        val locales = if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
            context.getSystemService(LocaleManager::class.java).systemLocales
        } else {
            Resources.getSystem().configuration.locales
        }
        return if (locales.isEmpty) "" else locales[0].toLanguageTag()
    }

    private fun restricted(): Boolean? = orNull {
        val users = context.getSystemService(UserManager::class.java)
        users.isManagedProfile || RESTRICTIONS.any(users::hasUserRestriction)
    }

    private companion object {
        val RESTRICTIONS = listOf(UserManager.DISALLOW_CONFIG_MOBILE_NETWORKS, UserManager.DISALLOW_AIRPLANE_MODE)
    }
}
