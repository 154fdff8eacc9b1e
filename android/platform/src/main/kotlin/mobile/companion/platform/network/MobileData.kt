package mobile.companion.platform.network

import android.net.ConnectivityManager
import android.net.Network
import android.net.NetworkCapabilities
import android.net.NetworkRequest
import java.util.concurrent.CompletableFuture
import java.util.concurrent.Executors
import java.util.concurrent.ScheduledFuture
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException

/**
 * Mobile data beside Wi-Fi. Asking for it switches the modem on, so it is given back soon after it was last wanted. Needs
 * CHANGE_NETWORK_STATE, which Android grants to every app that names it.
 */
internal class MobileData(private val connectivity: ConnectivityManager) {
    private val later = Executors.newSingleThreadScheduledExecutor { work ->
        Thread(work, "companion-mobile-data").apply { isDaemon = true }
    }
    private var asked: Request? = null
    private var release: ScheduledFuture<*>? = null

    /** The network, once it is there; nothing when it is not there within two seconds. */
    fun network(): Network? {
        val request = held()
        return try {
            request.network.get(WAIT_MS, TimeUnit.MILLISECONDS)
        } catch (_: TimeoutException) {
            null
        }
    }

    /** The request that stands, or a new one; either is held for a while from now. */
    @Synchronized
    private fun held(): Request {
        release?.cancel(false)
        release = later.schedule(::giveBack, HOLD_S, TimeUnit.SECONDS)
        return asked ?: Request().also {
            connectivity.requestNetwork(WANTED, it, WAIT_MS.toInt())
            asked = it
        }
    }

    @Synchronized
    private fun giveBack() {
        asked?.let(connectivity::unregisterNetworkCallback)
        asked = null
    }

    @Synchronized
    private fun isGone(request: Request) {
        // An unanswered request has ended by itself, and a network that was lost is asked for anew.
        if (asked === request) asked = null
    }

    private inner class Request : ConnectivityManager.NetworkCallback() {
        val network = CompletableFuture<Network?>()

        override fun onAvailable(network: Network) {
            this.network.complete(network)
        }

        override fun onUnavailable() {
            network.complete(null)
            isGone(this)
        }

        override fun onLost(network: Network) {
            connectivity.unregisterNetworkCallback(this)
            isGone(this)
        }
    }

    private companion object {
        const val WAIT_MS = 2_000L

        /** Longer than a check lasts. */
        const val HOLD_S = 20L

        val WANTED: NetworkRequest = NetworkRequest
            .Builder()
            .addTransportType(NetworkCapabilities.TRANSPORT_CELLULAR)
            .addCapability(NetworkCapabilities.NET_CAPABILITY_INTERNET)
            .build()
    }
}
