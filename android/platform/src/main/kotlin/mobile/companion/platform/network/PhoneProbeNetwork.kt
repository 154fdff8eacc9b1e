package mobile.companion.platform.network

import android.content.Context
import android.net.ConnectivityManager
import android.net.Network
import android.net.NetworkCapabilities
import android.os.ParcelFileDescriptor
import android.system.ErrnoException
import mobile.companion.BindFailure
import mobile.companion.NetworkPath
import mobile.companion.ProbeNetwork
import java.io.IOException
import java.net.NetworkInterface

/** Ties the sockets of the check of Wi-Fi calling to the Wi-Fi or to mobile data. */
class PhoneProbeNetwork(context: Context) : ProbeNetwork {
    private val connectivity = context.getSystemService(ConnectivityManager::class.java)
    private val mobileData = MobileData(connectivity)

    override fun resolvers(path: NetworkPath): List<String> {
        val properties = network(path)?.let(connectivity::getLinkProperties) ?: return emptyList()
        val index = properties.interfaceName?.let(NetworkInterface::getByName)?.index
        return properties.dnsServers.map { resolverAddress(it, index) }
    }

    override fun bind(path: NetworkPath, socket: Int) {
        val network = network(path) ?: throw BindFailure.NoNetwork()
        try {
            // A second descriptor of the same socket: the first stays the core's own, whatever happens to this one.
            ParcelFileDescriptor.fromFd(socket).use { network.bindSocket(it.fileDescriptor) }
        } catch (refused: IOException) {
            throw bindFailure((refused.cause as? ErrnoException)?.errno)
        }
    }

    private fun network(path: NetworkPath): Network? = when (path) {
        NetworkPath.WIFI -> connectivity.network(NetworkCapabilities.TRANSPORT_WIFI)
        NetworkPath.MOBILE -> mobileData.network()
    }
}
