package mobile.companion.platform.network

import mobile.companion.BindFailure
import org.junit.jupiter.api.Test
import java.net.Inet6Address
import java.net.InetAddress
import kotlin.test.assertEquals

class BindingTest {
    @Test
    fun `a refusal says whether a VPN is in the way or the network is gone`() {
        val vectors = listOf(
            1 to BindFailure.Vpn::class,
            13 to BindFailure.Vpn::class,
            64 to BindFailure.NoNetwork::class,
            100 to BindFailure.NoNetwork::class,
            101 to BindFailure.NoNetwork::class,
            9 to BindFailure.Failed::class,
            null to BindFailure.Failed::class,
        )
        for ((errno, expected) in vectors) assertEquals(expected, bindFailure(errno)::class, "$errno")
    }

    @Test
    fun `a resolver's address has the number of its interface only where it needs one`() {
        val linkLocal = InetAddress.getByName("fe80::1").address
        val vectors = listOf(
            Triple(InetAddress.getByName("192.0.2.53"), 7, "192.0.2.53"),
            Triple(InetAddress.getByName("2001:db8::53"), 7, "2001:db8:0:0:0:0:0:53"),
            Triple(InetAddress.getByName("fe80::1"), 7, "fe80:0:0:0:0:0:0:1%7"),
            // The phone's own way of writing it, by number or by name, is replaced.
            Triple(Inet6Address.getByAddress(null, linkLocal, 3), 7, "fe80:0:0:0:0:0:0:1%7"),
            Triple(InetAddress.getByName("fe80::1"), null, "fe80:0:0:0:0:0:0:1"),
        )
        for ((address, index, expected) in vectors) assertEquals(expected, resolverAddress(address, index))
    }
}
