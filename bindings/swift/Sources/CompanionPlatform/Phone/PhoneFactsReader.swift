// What this iPhone knows of itself, for `WifiCalling.tell`. What it does not tell, or may not, is absent.

#if canImport(UIKit) && canImport(Network)
    import Companion
    import Foundation
    import UIKit

    /// Reads the facts. An iPhone tells an app neither its SIMs nor airplane mode: the person answers instead.
    @MainActor
    public struct PhoneFactsReader {
        private let watch: PathWatch

        public init(watch: PathWatch) { self.watch = watch }

        public func read() -> PhoneFacts {
            PhoneFacts(
                platform: .ios, maker: "Apple", brand: "Apple", model: Self.model(),
                osVersion: UIDevice.current.systemVersion, language: Locale.preferredLanguages.first ?? "", sims: [],
                wifi: watch.isOnWifi, ethernet: watch.isOnEthernet)
        }

        /// The system's number, for the ways an eSIM comes in.
        public func esim() -> (EsimPhone, EsimReadiness) {
            let version = ProcessInfo.processInfo.operatingSystemVersion
            let phone = EsimPhone.ios(
                major: UInt16(exactly: version.majorVersion), minor: UInt16(exactly: version.minorVersion))
            return (phone, EsimReadiness(onWifi: watch.isOnWifi))
        }

        /// Such as "iPhone16,2".
        private static func model() -> String {
            var system = utsname()
            guard uname(&system) == 0 else { return "" }
            return withUnsafeBytes(of: &system.machine) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
        }
    }
#endif
