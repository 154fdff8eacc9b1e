// The operator's page in the system's own sheet. It shares the browser's cookies, so that whoever is signed in there need not
// type a password again; the address it comes back with is delivered to this app alone.

import AuthenticationServices
import Companion
import UIKit

@MainActor
final class SignInPagePresenter: NSObject, ASWebAuthenticationPresentationContextProviding {
    private var session: ASWebAuthenticationSession?

    /// The address it comes back with; nothing when the person closed it.
    func walk(_ page: SignInPage) async throws -> String? {
        guard let url = URL(string: page.url), let callback = callback(page.redirectUri) else {
            throw Problem.SignIn(reason: .browserUnavailable)
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiting in
                let answer = Answer(waiting)
                let session = ASWebAuthenticationSession(url: url, callback: callback) { url, error in
                    if let url {
                        answer.give(.success(url.absoluteString))
                    } else if (error as? ASWebAuthenticationSessionError)?.code == .canceledLogin {
                        answer.give(.success(nil))
                    } else {
                        answer.give(.failure(Problem.SignIn(reason: .browserUnavailable)))
                    }
                }
                session.presentationContextProvider = self
                self.session = session
                if !session.start() { answer.give(.failure(Problem.SignIn(reason: .browserUnavailable))) }
            }
        } onCancel: {
            Task { @MainActor in self.session?.cancel() }
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

/// Given once: a session that does not start may say so in two ways.
private final class Answer: @unchecked Sendable {
    private let lock = NSLock()
    private var waiting: CheckedContinuation<String?, any Error>?

    init(_ waiting: CheckedContinuation<String?, any Error>) { self.waiting = waiting }

    func give(_ result: Result<String?, any Error>) {
        lock.withLock {
            waiting?.resume(with: result)
            waiting = nil
        }
    }
}
