// Signing in and out. The page is the operator's, in a browser of the system; what it brings back is handed on whole.

import Companion
import Observation

/// Signing in and out.
@MainActor
@Observable
public final class SignInModel {
    /// The question that an opened invitation asks.
    public private(set) var question: InvitationView?

    /// The link or the code of an invitation as far as it was typed: as good as the account that is made with it.
    public let typed = Typed()

    @ObservationIgnored private unowned let app: AppModel
    @ObservationIgnored private var starting: Task<Void, Never>?
    @ObservationIgnored private var isWalking = false
    @ObservationIgnored private var purpose = SignInPurpose.signIn
    @ObservationIgnored private var then: Work?
    @ObservationIgnored private var invitation = ""

    private var session: Session { app.core.session() }

    init(app: AppModel) { self.app = app }

    /// Signs in with an account that exists.
    public func signIn() { start(.signIn) }

    /// Makes an account.
    public func createAccount() { start(.createAccount) }

    /// Opens an invitation, by the link or the code that was typed.
    public func readInvitation() { readInvitation(typed.entered, refusing: typed) }

    /// Opens an invitation. What was typed stays until somebody is signed in: only the operator knows whether it will do.
    private func readInvitation(_ linkOrCode: String, refusing typed: Typed? = nil) {
        app.act(taking: typed, keeping: true) { [unowned self] _ in
            question = try session.invitation(linkOrCode: linkOrCode)
            invitation = linkOrCode
        }
    }

    /// Goes on with the invitation.
    public func acceptInvitation() {
        question = nil
        start(.invitation(invitation: invitation))
    }

    /// Leaves the invitation.
    public func dismissInvitation() { question = nil }

    /// Opens the prepared request for a new invitation.
    public func lostInvitation() { app.write(.invitationLost) }

    /// Leaves the sign-in.
    public func cancel() {
        starting?.cancel()
        app.act { [unowned self] _ in try await session.cancelSignIn() }
    }

    /// Opens the operator's page; `then` is done once the person is back.
    func start(_ purpose: SignInPurpose, then: Work? = nil) {
        self.purpose = purpose
        self.then = then
        starting?.cancel()
        starting = app.act { [unowned self] _ in
            isWalking = true
            defer { isWalking = false }
            try await walk(purpose)
        }
    }

    func startAgain() { start(purpose, then: then) }

    private func walk(_ purpose: SignInPurpose) async throws {
        let page = try await session.start(SignInWish(purpose: purpose))
        let callback = try await app.device.signIn(on: page)
        // The person may have looked up a code elsewhere meanwhile.
        await app.isBack()
        if let callback {
            try await session.finish(callbackUrl: callback)
            signedIn()
        } else if session.state().signInOnReturn {
            try await walk(.signIn)
        } else {
            try await session.cancelSignIn()
        }
    }

    /// The page was open when the app was ended.
    func cameToFront() {
        if !isWalking && session.state().signInOnReturn { start(.signIn) }
    }

    /// An invitation is a question to the person, anything else may be a sign-in that comes back.
    func cameBack(_ url: String) {
        if session.isInvitation(url: url) { return readInvitation(url) }
        app.act { [unowned self] _ in
            try await session.finish(callbackUrl: url)
            signedIn()
        }
    }

    func replaceAccount() {
        app.act { [unowned self] _ in
            try await session.replaceAccount()
            signedIn()
        }
    }

    private func signedIn() {
        if let next = then {
            then = nil
            app.act(next)
        } else {
            app.begin()
        }
    }

    func signOut() {
        app.act { [unowned self] _ in
            // Its page that ends the session in the browser too is for whoever wants that; the next sign-in asks who is there
            // in any case.
            _ = try await session.signOut()
            app.begin()
        }
    }
}
