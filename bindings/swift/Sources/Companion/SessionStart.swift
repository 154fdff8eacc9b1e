// Swift's task cancellation does not cross into Rust by itself; this carries it over.

import CompanionBindings

extension Session {
    /// Begins a sign-in: open the page's `url` in `ASWebAuthenticationSession` and hand the address it comes back with to
    /// `finish`. Cancelling the calling task ends the work and throws `Problem.Unexpected(code: "cancelled")`.
    public func start(_ wish: SignInWish = SignInWish(purpose: .signIn)) async throws -> SignInPage {
        let token = CancelToken()
        return try await withTaskCancellationHandler {
            try await start(wish: wish, cancel: token)
        } onCancel: {
            token.cancel()
        }
    }
}
