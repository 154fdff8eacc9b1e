package mobile.companion.platform.network

import android.content.Context
import android.net.ConnectivityManager
import android.net.LinkProperties
import android.net.Network
import android.net.NetworkCapabilities

/**
 * Calls [switched] when the phone's way to the network became another one, or went and is not there, for `CompanionCore.networkChanged()`, and
 * [changed] after that and whenever something about it changed, for `WifiCalling.tell`. Both are called on a thread of the
 * system's and may block it shortly. Ends with [close].
 */
class DefaultNetwork(
    context: Context,
    private val switched: (isThere: Boolean) -> Unit,
    private val changed: () -> Unit = {},
) : AutoCloseable {
    private val connectivity = context.getSystemService(ConnectivityManager::class.java)

    private val callback = object : ConnectivityManager.NetworkCallback() {
        override fun onAvailable(network: Network) {
            switched(true)
            changed()
        }

        override fun onLost(network: Network) {
            switched(false)
            changed()
        }

        override fun onCapabilitiesChanged(network: Network, capabilities: NetworkCapabilities) = changed()

        override fun onLinkPropertiesChanged(network: Network, properties: LinkProperties) = changed()
    }

    init {
        connectivity.registerDefaultNetworkCallback(callback)
    }

    override fun close() = connectivity.unregisterNetworkCallback(callback)
}
