// What is sealed under a presence key beside the secret: which fingers and faces were enrolled at that time.

import Companion
import Foundation

/// A secret, and the enrolled biometry of the moment it was sealed (`LAContext.evaluatedPolicyDomainState`); none where
/// only the device's passcode tells who is there.
///
/// The key itself outlives new fingers, for it opens by passcode too. Who may open it has changed all the same, and the core
/// wants to know.
struct Watched: Equatable {
    let biometry: Data?
    let secret: Data

    /// As one text: the length of the state in one byte, the state, the secret.
    func bytes() throws -> Data {
        guard let length = UInt8(exactly: biometry?.count ?? 0) else { throw HostError.Failed }
        return Data([length]) + (biometry ?? Data()) + secret
    }

    init(biometry: Data?, secret: Data) {
        self.biometry = biometry
        self.secret = secret
    }

    init(bytes: Data) throws {
        guard let length = bytes.first, bytes.count > Int(length) else { throw HostError.Corrupt }
        let rest = bytes.dropFirst()
        self.init(
            biometry: length == 0 ? nil : Data(rest.prefix(Int(length))), secret: Data(rest.dropFirst(Int(length))))
    }

    /// The secret, if who may open it is who could when it was sealed.
    func opened(by now: Data?) throws -> Data {
        guard biometry == now else { throw HostError.BiometryChanged }
        return secret
    }
}
