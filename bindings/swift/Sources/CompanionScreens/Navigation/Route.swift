// Where a person can be, as a word each: so that it can be kept while the app is ended, and read back by a later version.

import Companion
import Foundation

/// A screen, with what it is of. Nothing secret: it is written down.
public enum Route: Hashable, Sendable {
    /// A place of the bar, or one behind its last one.
    case at(Place)
    /// The months and days of a line.
    case history(lineId: String)
    /// One invoice.
    case invoice(id: String)
    /// The lines of an invoice.
    case invoiceLines(id: String)
    /// The costs that are on no invoice yet.
    case runningCosts
    /// The ways to pay an invoice.
    case pay(id: String)
    /// Choosing lines to claim from the employer.
    case claim(id: String)
    /// The code of an eSIM on its way into the phone.
    case esim(simId: String)
    /// A help article.
    case article(id: String)

    /// Whether PIN, PUK or an eSIM's code may be on this screen: then it is covered while the screen is recorded or mirrored too.
    public var showsSecrets: Bool {
        switch self {
        case .esim, .at(.sim), .at(.gettingStarted): true
        default: false
        }
    }

    /// Whether it shows more than figures: then it is covered in the app switcher.
    public var isPrivate: Bool {
        switch self {
        case .invoice, .invoiceLines, .claim, .pay, .runningCosts: true
        default: showsSecrets
        }
    }

    /// The route as one word: its name, and after a colon what it is of, percent-encoded.
    var word: String {
        switch self {
        case .at(let place): Self.places.first { $0.value == place }?.key ?? ""
        case .history(let lineId): "history:\(Self.encoded(lineId))"
        case .invoice(let id): "invoice:\(Self.encoded(id))"
        case .invoiceLines(let id): "lines:\(Self.encoded(id))"
        case .runningCosts: "running"
        case .pay(let id): "pay:\(Self.encoded(id))"
        case .claim(let id): "claim:\(Self.encoded(id))"
        case .esim(let simId): "esim:\(Self.encoded(simId))"
        case .article(let id): "article:\(Self.encoded(id))"
        }
    }

    /// The route of a word; nothing of one that this version does not know.
    init?(word: some StringProtocol) {
        let parts = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            if word == "running" {
                self = .runningCosts
            } else if let place = Self.places[String(word)] {
                self = .at(place)
            } else {
                return nil
            }
            return
        }
        guard let of = parts[1].removingPercentEncoding else { return nil }
        switch parts[0] {
        case "history": self = .history(lineId: of)
        case "invoice": self = .invoice(id: of)
        case "lines": self = .invoiceLines(id: of)
        case "pay": self = .pay(id: of)
        case "claim": self = .claim(id: of)
        case "esim": self = .esim(simId: of)
        case "article": self = .article(id: of)
        default: return nil
        }
    }

    private static let places: [String: Place] = [
        "getting_started": .gettingStarted, "usage": .usage, "invoices": .invoices, "wifi_calling": .wifiCalling,
        "sim": .sim, "notifications": .notifications, "plan": .plan, "help": .help, "settings": .settings,
        "more": .more,
    ]

    /// Letters and digits of ASCII stay; every other byte becomes three.
    private static func encoded(_ text: String) -> String {
        let plain = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")
        return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }
}
