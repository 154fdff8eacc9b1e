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

// What a person typed, and the address at which a session ends, which carries who they are.
extension SignInWish: Redacted {}
extension SignedOut: Redacted {}

// Letters hold the number; a SIM's name may be one, as operators choose.
extension PreparedRequest: Redacted {}
extension SimView: Redacted {}

// What is shown of codes and of an operator's own address.
extension EsimHandoverView: Redacted {}
extension EntitlementView: Redacted {}
