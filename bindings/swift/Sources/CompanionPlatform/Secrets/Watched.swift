// What is sealed under a presence key beside the secret: which fingers and faces were enrolled at that time.

import Companion
import Foundation

/// A secret, and the enrolled biometry of the moment it was sealed.
///
/// The key itself outlives new fingers, for it opens by passcode too. Who may open it has changed all the same, and the core
/// wants to know.
struct Watched: Equatable {
    /// In place of a length: nobody could tell.
    private static let unknown: UInt8 = 255

    let enrolment: Enrolment
    let secret: Data

    /// As one text: the length of the state in one byte, the state, the secret.
    func bytes() throws -> Data {
        switch enrolment {
        case .none: return Data([0]) + secret
        case .unknown: return Data([Self.unknown]) + secret
        case .known(let state):
            guard !state.isEmpty, state.count < Int(Self.unknown) else { throw HostError.Failed }
            return Data([UInt8(state.count)]) + state + secret
        }
    }

    init(enrolment: Enrolment, secret: Data) {
        self.enrolment = enrolment
        self.secret = secret
    }

    init(bytes: Data) throws {
        guard let first = bytes.first else { throw HostError.Corrupt }
        let length = first == Self.unknown ? 0 : Int(first)
        guard bytes.count > length + 1 else { throw HostError.Corrupt }
        let rest = bytes.dropFirst()
        let enrolment: Enrolment =
            switch first {
            case 0: .none
            case Self.unknown: .unknown
            default: .known(Data(rest.prefix(length)))
            }
        self.init(enrolment: enrolment, secret: Data(rest.dropFirst(length)))
    }

    /// The secret, if nobody else may open it than when it was sealed.
    func opened(by now: Enrolment) throws -> Data {
        guard !now.isChange(from: enrolment) else { throw HostError.BiometryChanged }
        return secret
    }
}
