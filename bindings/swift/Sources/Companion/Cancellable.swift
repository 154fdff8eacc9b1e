// Swift's task cancellation does not cross into Rust by itself; this carries it over.
//
// Cancelling the task that calls one of these ends the work in the core and throws `CancellationError`, as everything in Swift
// does; what was on the screen stays.

import CompanionBindings

/// Runs work of the core that takes a token, and cancels it with the calling task. Throws `CancellationError` where that ended it.
func cancellable<Result>(
    _ work: @Sendable (CancelToken) async throws -> sending Result
) async throws -> sending Result {
    let token = CancelToken()
    do {
        return try await withTaskCancellationHandler {
            try await work(token)
        } onCancel: {
            token.cancel()
        }
    } catch let problem as Problem where problem.isCancelled && Task.isCancelled {
        throw CancellationError()
    }
}

extension Problem {
    /// Whether somebody only left: the person closed the phone's prompt, or a `CancelToken` of the caller's own was cancelled.
    /// Where the calling task was, the functions of this package throw `CancellationError` instead.
    public var isCancelled: Bool {
        if case .Unexpected(code: "cancelled") = self { true } else { false }
    }
}

extension Session {
    /// Begins a sign-in: open the page's `url` in `ASWebAuthenticationSession` and hand the address it comes back with to
    /// `finish`.
    public func start(_ wish: SignInWish = SignInWish(purpose: .signIn)) async throws -> SignInPage {
        try await cancellable { token in try await start(wish: wish, cancel: token) }
    }
}

extension Usage {
    /// Asks the operator for current usage.
    public func refresh() async throws {
        try await cancellable { token in try await refresh(cancel: token) }
    }

    /// As `refresh()`, where what is here is no longer good.
    public func refreshIfDue() async throws {
        try await cancellable { token in try await refreshIfDue(cancel: token) }
    }
}

extension Preferences {
    /// Sends what waits, then asks what the operator has. What was wished stays.
    public func refresh() async throws {
        try await cancellable { token in try await refresh(cancel: token) }
    }

    /// As `refresh()`, where what is here is no longer good.
    public func refreshIfDue() async throws {
        try await cancellable { token in try await refreshIfDue(cancel: token) }
    }
}

extension Invoices {
    /// Asks the operator for the list.
    public func refresh() async throws {
        try await cancellable { token in try await refresh(cancel: token) }
    }

    /// As `refresh()`, where what is here is no longer good.
    public func refreshIfDue() async throws {
        try await cancellable { token in try await refreshIfDue(cancel: token) }
    }

    /// Asks the operator for one invoice with its lines.
    public func refreshInvoice(_ id: String) async throws {
        try await cancellable { token in try await refreshInvoice(invoiceId: id, cancel: token) }
    }

    /// Fetches the printed document, or goes on with it. What came before a cancellation stays.
    public func download(_ id: String, onMetered: Bool, progress: (any DownloadProgress)? = nil) async throws {
        try await cancellable { token in
            try await download(invoiceId: id, onMetered: onMetered, progress: progress, cancel: token)
        }
    }
}

extension WifiCalling {
    /// Asks what the operator allows.
    public func refresh() async throws {
        try await cancellable { token in try await refresh(cancel: token) }
    }

    /// As `refresh()`, where what is here is no longer good.
    public func refreshIfDue() async throws {
        try await cancellable { token in try await refreshIfDue(cancel: token) }
    }

    /// Asks the operator to switch it on, and looks at the order for about a minute. Cancelling ends the looking; an order
    /// that was sent stays sent.
    public func switchOn() async throws {
        try await cancellable { token in try await switchOn(cancel: token) }
    }

    /// Checks this network. Cancelling leaves the check before.
    public func check(progress: (any CheckProgress)? = nil) async throws {
        try await cancellable { token in try await check(progress: progress, cancel: token) }
    }
}

extension Activation {
    /// Asks how far orders are.
    public func refresh() async throws {
        try await cancellable { token in try await refresh(cancel: token) }
    }

    /// As `refresh()`, where what is here is no longer good.
    public func refreshIfDue() async throws {
        try await cancellable { token in try await refreshIfDue(cancel: token) }
    }

    /// Asks the operator for the code of an eSIM.
    public func fetchCode(_ sim: String) async throws -> EsimCodeView {
        try await cancellable { token in try await fetchCode(sim: sim, cancel: token) }
    }

    /// Shows a secret of a SIM for half a minute.
    @discardableResult
    public func reveal(_ sim: String, _ kind: SimSecretKind) async throws -> SimSecretView {
        try await cancellable { token in try await reveal(sim: sim, kind: kind, cancel: token) }
    }
}
