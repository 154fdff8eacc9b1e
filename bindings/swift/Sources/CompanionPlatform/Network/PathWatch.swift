// The phone's network as it is now, and as it changes.

#if canImport(Network)
    import Companion
    import Foundation
    import Network

    /// Watches the path that the phone uses by default, and which interfaces there are.
    public final class PathWatch: NetworkFacts {
        private let monitor = NWPathMonitor()

        public init() {}

        /// Begins to watch. `changed` is called on a queue of its own, at every change, with whether there is a network now:
        /// tell the core by `networkChanged()`.
        public func start(_ changed: @escaping @Sendable (_ hasNetwork: Bool) -> Void) {
            monitor.pathUpdateHandler = { changed($0.status == .satisfied) }
            monitor.start(queue: DispatchQueue(label: "companion.network"))
        }

        deinit { monitor.cancel() }

        public func isMetered() throws -> Bool {
            let path = monitor.currentPath
            return path.isExpensive || path.isConstrained
        }

        /// Whether the phone is on a Wi-Fi now.
        public var isOnWifi: Bool { interface(.wifi) != nil }

        /// Whether it is on a wire.
        public var isOnEthernet: Bool { interface(.wiredEthernet) != nil }

        /// The number of the interface of a kind, where the default path could use one.
        func interface(_ kind: NWInterface.InterfaceType) -> UInt32? {
            let all = monitor.currentPath.availableInterfaces
            return all.first { $0.type == kind }.map { UInt32(clamping: $0.index) }
        }
    }
#endif
