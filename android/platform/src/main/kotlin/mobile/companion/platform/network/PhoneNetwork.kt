package mobile.companion.platform.network

import android.content.Context
import android.net.ConnectivityManager
import android.net.ConnectivityManager.RESTRICT_BACKGROUND_STATUS_ENABLED
import mobile.companion.NetworkFacts

/** Whether bytes cost: the network says so, or Data Saver is on. */
class PhoneNetwork(context: Context) : NetworkFacts {
    private val connectivity = context.getSystemService(ConnectivityManager::class.java)

    override fun isMetered(): Boolean = connectivity.isActiveNetworkMetered ||
        connectivity.restrictBackgroundStatus == RESTRICT_BACKGROUND_STATUS_ENABLED
}
