// What holds a secret says nothing of it in logs, dumps and failed tests. Swift's own description would print every field.

import CompanionBindings

/// Describes itself by its type alone.
public protocol Redacted: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

extension Redacted {
    public var description: String { "\(Self.self)(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

// PIN and PUK.
extension SimSecretView: Redacted {}

// The code of an eSIM: in the link, and in the fields to copy.
extension EsimRouteView: Redacted {}
extension EsimFieldView: Redacted {}

// A sign-in's page names its attempt; an invitation makes an account.
extension SignInPage: Redacted {}
extension SignInPurpose: Redacted {}
