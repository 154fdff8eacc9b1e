// The operator's page in the system's own sheet. It shares the browser's cookies, so that whoever is signed in there need not
// type a password again; the address it comes back with is delivered to this app alone.

import AuthenticationServices
import Companion
import UIKit

@MainActor
final class SignInPagePresenter: NSObject, ASWebAuthenticationPresentationContextProviding {
    /// The address it comes back with; nothing when the person closed it. Throws `CancellationError` when who waits for it is
    /// cancelled, which closes the page.
    func walk(_ page: SignInPage) async throws -> String? {
        guard let url = URL(string: page.url), let callback = callback(page.redirectUri) else {
            throw Problem.SignIn(reason: .browserUnavailable)
        }
        let answer = Answer()
        // Called on whatever thread the system likes: with the main actor's isolation it would end the app.
        let session = ASWebAuthenticationSession(url: url, callback: callback) { @Sendable url, error in
            if let url {
                answer.give(.success(url.absoluteString))
            } else if (error as? ASWebAuthenticationSessionError)?.code == .canceledLogin {
                answer.give(.success(nil))
            } else {
                answer.give(.failure(Problem.SignIn(reason: .browserUnavailable)))
            }
        }
        session.presentationContextProvider = self
        let shown = Shown(session: session)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiting in
                answer.expect(waiting)
                // Cancelled before it began: there is no page to close.
                guard !Task.isCancelled else { return answer.give(.failure(CancellationError())) }
                if !shown.session.start() { answer.give(.failure(Problem.SignIn(reason: .browserUnavailable))) }
            }
        } onCancel: {
            Task { @MainActor in
                shown.session.cancel()
                // The system does not promise to say so itself.
                answer.give(.failure(CancellationError()))
            }
        }
    }

    func presentationAnchor(for session: ASWebAuthenticationSession) -> ASPresentationAnchor {
        let scenes = UIApplication.shared.connectedScenes.compactMap { $0 as? UIWindowScene }
        return scenes.compactMap(\.keyWindow).first ?? ASPresentationAnchor()
    }

    private func callback(_ address: String) -> ASWebAuthenticationSession.Callback? {
        guard let redirect = URL(string: address), let scheme = redirect.scheme else { return nil }
        if scheme == "https", let host = redirect.host() { return .https(host: host, path: redirect.path()) }
        return .customScheme(scheme)
    }
}

/// The page's session, for the main thread alone.
@MainActor
private final class Shown {
    let session: ASWebAuthenticationSession

    init(session: ASWebAuthenticationSession) { self.session = session }
}

/// Given once, to whoever expects it: a session that does not start, or is cancelled, may say so in two ways.
private final class Answer: @unchecked Sendable {
    private let lock = NSLock()
    private var waiting: CheckedContinuation<String?, any Error>?

    func expect(_ waiting: CheckedContinuation<String?, any Error>) { lock.withLock { self.waiting = waiting } }

    func give(_ result: Result<String?, any Error>) {
        let waiting = lock.withLock {
            defer { self.waiting = nil }
            return self.waiting
        }
        waiting?.resume(with: result)
    }
}
