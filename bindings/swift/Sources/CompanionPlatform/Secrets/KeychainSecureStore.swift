// The secure store on Apple devices: one generic-password item per key, for this device only.

#if canImport(Security)
    import Companion
    import Foundation
    import Security

    /// Keeps the core's secrets in the Keychain: readable after the first unlock, never in a backup or in iCloud.
    public final class KeychainSecureStore: SecureStore {
        private let service: String
        private let accessGroup: String?

        /// - Parameters:
        ///   - service: tells this app's items from others; keep it for the life of the app.
        ///   - accessGroup: the Keychain group, when an extension reads the same items.
        public init(service: String, accessGroup: String? = nil) {
            self.service = service
            self.accessGroup = accessGroup
        }

        public func get(key: String) throws -> Data? {
            var query = item(key)
            query[kSecReturnData] = true
            query[kSecMatchLimit] = kSecMatchLimitOne
            var found: CFTypeRef?
            switch SecItemCopyMatching(query as CFDictionary, &found) {
            case errSecSuccess:
                guard let value = found as? Data else { throw HostError.Corrupt }
                return value
            case errSecItemNotFound: return nil
            case let status: throw keychainFailure(status)
            }
        }

        public func put(key: String, value: Data) throws {
            let change: [CFString: Any] = [
                kSecValueData: value,
                kSecAttrAccessible: kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly,
            ]
            // Update first: it replaces in one step, so there is never a moment without the item.
            var status = SecItemUpdate(item(key) as CFDictionary, change as CFDictionary)
            if status == errSecItemNotFound {
                status = SecItemAdd(item(key).merging(change) { $1 } as CFDictionary, nil)
            }
            guard status == errSecSuccess else { throw keychainFailure(status) }
        }

        public func delete(key: String) throws {
            let status = SecItemDelete(item(key) as CFDictionary)
            guard status == errSecSuccess || status == errSecItemNotFound else { throw keychainFailure(status) }
        }

        public func list(prefix: String) throws -> [String] {
            var query = item(nil)
            query[kSecReturnAttributes] = true
            query[kSecMatchLimit] = kSecMatchLimitAll
            var found: CFTypeRef?
            switch SecItemCopyMatching(query as CFDictionary, &found) {
            case errSecSuccess:
                let items = found as? [[CFString: Any]] ?? []
                return items.compactMap { $0[kSecAttrAccount] as? String }.filter { $0.hasPrefix(prefix) }
            case errSecItemNotFound: return []
            case let status: throw keychainFailure(status)
            }
        }

        private func item(_ key: String?) -> [CFString: Any] {
            var query: [CFString: Any] = [
                kSecClass: kSecClassGenericPassword,
                kSecAttrService: service,
                kSecAttrSynchronizable: false,
                // On a Mac too, the iOS kind of Keychain.
                kSecUseDataProtectionKeychain: true,
            ]
            query[kSecAttrAccount] = key
            query[kSecAttrAccessGroup] = accessGroup
            return query
        }
    }
#endif
