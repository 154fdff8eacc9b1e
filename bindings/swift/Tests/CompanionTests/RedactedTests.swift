// What holds a secret says nothing of it.

import Companion
import Testing

@Test(
    arguments: [
        EsimFieldView(label: plain("Code"), value: "canary", isSecret: true),
        EsimRouteView(title: plain("Link"), link: "canary", fields: []),
        SignInPage(url: "canary", redirectUri: "", comesBack: true),
        SignInPurpose.invitation(invitation: "canary"),
        SimSecretView(
            sim: "1", kind: .puk, title: plain("PUK"), digits: plain("canary"), plain: "canary", attempts: plain(""),
            warning: nil, keypad: plain(""), source: nil, hides: plain(""), secondsLeft: 30, hidesAtMs: 0,
            copyLabel: nil,
            copySentence: nil),
    ] as [any Sendable])
func aSecretIsInNoDescription(_ secret: any Sendable) {
    var dumped = ""
    dump([secret], to: &dumped)
    for text in ["\(secret)", String(reflecting: secret), "\([secret])", "\(Optional(secret) as Any)", dumped] {
        #expect(!text.contains("canary"))
        #expect(!text.isEmpty)
    }
}

private func plain(_ text: String) -> SpokenText { SpokenText(text: text, spoken: text) }
