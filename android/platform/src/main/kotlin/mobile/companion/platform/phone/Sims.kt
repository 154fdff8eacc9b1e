// The SIMs in the phone. Where an app may (READ_PHONE_STATE), each with all it tells; else only whose the first one is.

package mobile.companion.platform.phone

import android.Manifest.permission.READ_PHONE_STATE
import android.content.Context
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.telephony.AccessNetworkConstants.TRANSPORT_TYPE_WLAN
import android.telephony.CarrierConfigManager
import android.telephony.ServiceState
import android.telephony.SubscriptionInfo
import android.telephony.SubscriptionManager
import android.telephony.TelephonyManager
import mobile.companion.SimFacts

internal class Sims(private val context: Context) {
    private val telephony = context.getSystemService(TelephonyManager::class.java)

    fun read(): List<SimFacts> {
        val allowed = context.checkSelfPermission(READ_PHONE_STATE) == PERMISSION_GRANTED
        return (if (allowed) orNull(::each) else null) ?: listOfNotNull(first())
    }

    private fun each(): List<SimFacts>? {
        val subscriptions = context.getSystemService(SubscriptionManager::class.java)
        return subscriptions.activeSubscriptionInfoList?.filterNotNull()?.map(::facts)
    }

    private fun facts(info: SubscriptionInfo): SimFacts {
        val own = telephony.createForSubscriptionId(info.subscriptionId)
        return SimFacts(
            operator = own.simOperator?.ifEmpty { null },
            esim = info.isEmbedded,
            carrierWifiCalling = carrierWifiCalling(info.subscriptionId),
            // Only its presence says something.
            onWifi = orNull { own.serviceState?.isOnWifi() }?.takeIf { it },
        )
    }

    private fun carrierWifiCalling(subscription: Int): Boolean? {
        val settings = orNull {
            context.getSystemService(CarrierConfigManager::class.java).getConfigForSubId(subscription)
        }
        // Settings that were not loaded for this very SIM are everybody's defaults, and say nothing.
        return settings
            ?.takeIf { CarrierConfigManager.isConfigForIdentifiedCarrier(it) }
            ?.getBoolean(CarrierConfigManager.KEY_CARRIER_WFC_IMS_AVAILABLE_BOOL)
    }

    private fun ServiceState.isOnWifi() = networkRegistrationInfoList.any {
        it.transportType == TRANSPORT_TYPE_WLAN && it.isRegistered &&
            it.accessNetworkTechnology == TelephonyManager.NETWORK_TYPE_IWLAN
    }

    private fun first(): SimFacts? = telephony.simOperator?.ifEmpty { null }?.let { SimFacts(operator = it) }
}

/** What may not be asked, or not on this phone, is not known. */
internal fun <T> orNull(ask: () -> T?): T? = try {
    ask()
} catch (_: SecurityException) {
    null
} catch (_: UnsupportedOperationException) {
    null
} catch (_: IllegalStateException) {
    null
}
