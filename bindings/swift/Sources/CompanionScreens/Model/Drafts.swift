// What was chosen and typed of claims so far: other tabs, a lock and an ended session leave it as it is.

import Companion

/// Claims that are being made, by invoice.
struct Drafts {
    private var wishes: [String: ClaimWish] = [:]
    private var shared: Set<String> = []

    /// A claim as far as it was made.
    func wish(of id: String) -> ClaimWish {
        wishes[id] ?? ClaimWish(lineIds: [], note: "", withPrivateTexts: false)
    }

    /// Something of it was changed: as such it was shared with nobody.
    mutating func keep(_ wish: ClaimWish, of id: String) {
        wishes[id] = wish
        shared.remove(id)
    }

    /// It was shared; it stays for as long as its screen does, from where it can be shared in another way too.
    mutating func share(_ id: String) { shared.insert(id) }

    /// Forgets what was shared and is not on one of the screens.
    mutating func forgetShared(but stack: BackStack) {
        for id in shared where !stack.routes.contains(.claim(id: id)) {
            wishes[id] = nil
            shared.remove(id)
        }
    }

    /// Whether `forgetShared` has something to do.
    func hasShared(but stack: BackStack) -> Bool { shared.contains { !stack.routes.contains(.claim(id: $0)) } }
}
