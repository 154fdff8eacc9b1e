// Whether the person is there, told by an operation of a key in the Secure Enclave.

#if canImport(LocalAuthentication) && canImport(Security)
    import Companion
    import Foundation
    import LocalAuthentication
    import Security

    /// Seals under keys that open by Face ID, Touch ID or the device's passcode, each time. The phone destroys them with its
    /// passcode. Give the app `NSFaceIDUsageDescription`.
    public final class EnclavePresence: UserPresence {
        private static let algorithm = SecKeyAlgorithm.eciesEncryptionCofactorVariableIVX963SHA256AESGCM

        private let service: String

        /// - Parameter service: tells this app's keys from others; keep it for the life of the app.
        public init(service: String) { self.service = service }

        public func seal(key: PresenceKey, plain: Data) throws -> Data {
            try requirePasscode(refusal: Device.refusal(.deviceOwnerAuthentication), lost: .PresenceUnavailable)
            let secret = try existing(key, context: nil) ?? made(key)
            guard let open = SecKeyCopyPublicKey(secret) else { throw HostError.Failed }
            let bytes = try Watched(enrolment: Device.enrolment(), secret: plain).bytes()
            var error: Unmanaged<CFError>?
            guard let sealed = SecKeyCreateEncryptedData(open, Self.algorithm, bytes as CFData, &error) else {
                throw failure(error)
            }
            return sealed as Data
        }

        public func unseal(key: PresenceKey, sealed: Data, reason: String) throws -> Data {
            let context = LAContext()
            context.localizedReason = reason
            // Without its passcode the phone has destroyed the key.
            try requirePasscode(refusal: Device.refusal(.deviceOwnerAuthentication), lost: .LockRemoved)
            guard let secret = try existing(key, context: context) else { throw HostError.KeyInvalidated }
            var error: Unmanaged<CFError>?
            // Shows the prompt, and blocks until it is gone.
            guard let bytes = SecKeyCreateDecryptedData(secret, Self.algorithm, sealed as CFData, &error) else {
                throw failure(error)
            }
            // Afterwards: the passcode that was just typed ends a lockout, and then the phone tells who is enrolled.
            return try Watched(bytes: bytes as Data).opened(by: Device.enrolment())
        }

        public func forget(key: PresenceKey) throws {
            let status = SecItemDelete(query(key) as CFDictionary)
            guard status == errSecSuccess || status == errSecItemNotFound else { throw keychainFailure(status) }
        }

        private func existing(_ key: PresenceKey, context: LAContext?) throws -> SecKey? {
            var query = query(key)
            query[kSecReturnRef] = true
            query[kSecUseAuthenticationContext] = context
            var found: CFTypeRef?
            switch SecItemCopyMatching(query as CFDictionary, &found) {
            // The query asks for nothing but keys.
            case errSecSuccess: return found.map { $0 as! SecKey }
            case errSecItemNotFound: return nil
            case let status: throw keychainFailure(status)
            }
        }

        private func made(_ key: PresenceKey) throws -> SecKey {
            var error: Unmanaged<CFError>?
            guard
                let access = SecAccessControlCreateWithFlags(
                    nil, kSecAttrAccessibleWhenPasscodeSetThisDeviceOnly, [.privateKeyUsage, .userPresence], &error)
            else { throw failure(error) }
            let kept: [CFString: Any] = [
                kSecAttrIsPermanent: true, kSecAttrApplicationTag: tag(key), kSecAttrAccessControl: access,
            ]
            let wanted: [CFString: Any] = [
                kSecAttrKeyType: kSecAttrKeyTypeECSECPrimeRandom, kSecAttrKeySizeInBits: 256,
                kSecAttrTokenID: kSecAttrTokenIDSecureEnclave, kSecPrivateKeyAttrs: kept,
            ]
            guard let made = SecKeyCreateRandomKey(wanted as CFDictionary, &error) else { throw failure(error) }
            return made
        }

        private func query(_ key: PresenceKey) -> [CFString: Any] {
            [
                kSecClass: kSecClassKey, kSecAttrKeyType: kSecAttrKeyTypeECSECPrimeRandom,
                kSecAttrApplicationTag: tag(key),
            ]
        }

        private func tag(_ key: PresenceKey) -> Data {
            let name =
                switch key {
                case .appLock: "app_lock"
                case .secrets: "secrets"
                }
            return Data("\(service).presence.\(name)".utf8)
        }

        private func failure(_ error: Unmanaged<CFError>?) -> HostError {
            guard let error = error?.takeRetainedValue() else { return .Failed }
            let code = CFErrorGetCode(error)
            if CFErrorGetDomain(error) as String == LAErrorDomain { return presenceFailure(code) }
            return Int32(exactly: code).map(keychainFailure) ?? .Failed
        }
    }

    /// What the phone says of its own lock, without asking anybody.
    private enum Device {
        /// The code of the `LAError` by which a policy cannot be evaluated now.
        static func refusal(_ policy: LAPolicy, in context: LAContext = LAContext()) -> Int? {
            var error: NSError?
            if context.canEvaluatePolicy(policy, error: &error) { return nil }
            // LAError.invalidContext, which says nothing of the phone.
            guard let error, error.domain == LAErrorDomain else { return -10 }
            return error.code
        }

        static func enrolment() -> Enrolment {
            let context = LAContext()
            let refusal = refusal(.deviceOwnerAuthenticationWithBiometrics, in: context)
            return Enrolment(refusal: refusal, state: context.evaluatedPolicyDomainState)
        }
    }
#endif
