// What binding a socket to a network came to, and how a resolver's address is written for the core.

package mobile.companion.platform.network

import mobile.companion.BindFailure
import java.net.Inet6Address
import java.net.InetAddress

/**
 * Why a socket was not bound, by Linux's error number; null: the phone gave none.
 *
 * Android refuses an app a network beside a VPN that it must use with `EPERM`. That refusal is told from the network being
 * gone, which is the answer `ENONET`.
 */
fun bindFailure(errno: Int?): BindFailure = when (errno) {
    EPERM, EACCES -> BindFailure.Vpn()
    ENONET, ENETUNREACH, ENETDOWN -> BindFailure.NoNetwork()
    else -> BindFailure.Failed()
}

/** An address as the core reads it: link-local ones with the number of their interface. */
fun resolverAddress(address: InetAddress, interfaceIndex: Int?): String {
    val plain = address.hostAddress.orEmpty().substringBefore('%')
    val needsInterface = address is Inet6Address && address.isLinkLocalAddress
    return if (needsInterface && interfaceIndex != null) "$plain%$interfaceIndex" else plain
}

// Linux, the same on every processor Android runs on.
private const val EPERM = 1
private const val EACCES = 13
private const val ENONET = 64
private const val ENETDOWN = 100
private const val ENETUNREACH = 101
