// Which networks the phone is on. All of it is free to ask with ACCESS_NETWORK_STATE.

package mobile.companion.platform.network

import android.net.ConnectivityManager
import android.net.Network
import android.net.NetworkCapabilities

/** What can be said of every network the phone is on, VPNs included. */
@Suppress("DEPRECATION") // The only way to ask at once, without waiting for a callback.
internal fun ConnectivityManager.capabilities(): Map<Network, NetworkCapabilities> =
    allNetworks.associateWith(::getNetworkCapabilities).mapNotNull { (network, capabilities) ->
        capabilities?.let { network to it }
    }.toMap()

/** The first network over [transport] that is no VPN; nothing when there is none. */
internal fun ConnectivityManager.network(transport: Int): Network? =
    capabilities().entries.firstOrNull { (_, capabilities) -> capabilities.isPlain(transport) }?.key

/** Whether it is that transport itself, not a VPN over it. */
internal fun NetworkCapabilities.isPlain(transport: Int) =
    hasTransport(transport) && !hasTransport(NetworkCapabilities.TRANSPORT_VPN)
