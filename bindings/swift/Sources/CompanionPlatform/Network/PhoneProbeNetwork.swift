// Ties the sockets of the check of Wi-Fi calling to the Wi-Fi or to mobile data.

#if canImport(Network)
    import Companion
    import Foundation
    import Network

    /// Binds sockets to interfaces. iOS brings up no mobile data for it beside Wi-Fi: where there is none, that is the answer.
    public final class PhoneProbeNetwork: ProbeNetwork {
        private let watch: PathWatch

        public init(watch: PathWatch) { self.watch = watch }

        /// None: iOS tells an app no resolvers of one network alone.
        public func resolvers(path: NetworkPath) throws -> [String] { [] }

        public func bind(path: NetworkPath, socket: Int32) throws {
            let interface =
                switch path {
                case .wifi: watch.interface(.wifi)
                case .mobile: watch.interface(.cellular)
                }
            guard var interface else { throw BindFailure.NoNetwork }
            // One of the two families takes it; which one the socket is of is the core's to know.
            let bound = [(ipv4, boundInterface4), (ipv6, boundInterface6)].contains { level, option in
                setsockopt(socket, level, option, &interface, socklen_t(MemoryLayout<UInt32>.size)) == 0
            }
            guard bound else { throw BindFailure.Failed }
        }
    }

    // IPPROTO_IP and IPPROTO_IPV6; IP_BOUND_IF and IPV6_BOUND_IF of Darwin's netinet/in.h and netinet6/in6.h.
    private let ipv4: Int32 = 0
    private let ipv6: Int32 = 41
    private let boundInterface4: Int32 = 25
    private let boundInterface6: Int32 = 125
#endif
