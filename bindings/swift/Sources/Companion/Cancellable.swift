// Swift's task cancellation does not cross into Rust by itself; this carries it over.

import CompanionBindings

/// Runs work of the core that takes a token, and cancels it with the calling task.
func cancellable(_ work: @Sendable (CancelToken) async throws -> Void) async throws {
    let token = CancelToken()
    try await withTaskCancellationHandler {
        try await work(token)
    } onCancel: {
        token.cancel()
    }
}

extension Usage {
    /// Asks the operator for current usage. Cancelling the calling task ends the work and throws
    /// `Problem.Unexpected(code: "cancelled")`; what was on the screen stays.
    public func refresh() async throws {
        try await cancellable { token in try await refresh(cancel: token) }
    }
}

extension Preferences {
    /// Sends what waits, then asks what the operator has. Cancelling the calling task ends the work and throws
    /// `Problem.Unexpected(code: "cancelled")`; what was wished stays.
    public func refresh() async throws {
        try await cancellable { token in try await refresh(cancel: token) }
    }
}

extension WifiCalling {
    /// Asks what the operator allows. Cancelling the calling task ends the work and throws
    /// `Problem.Unexpected(code: "cancelled")`; what was on the screen stays.
    public func refresh() async throws {
        try await cancellable { token in try await refresh(cancel: token) }
    }

    /// Asks the operator to switch it on, and looks at the order for about a minute. Cancelling the calling task ends the
    /// looking and throws `Problem.Unexpected(code: "cancelled")`; an order that was sent stays sent.
    public func switchOn() async throws {
        try await cancellable { token in try await switchOn(cancel: token) }
    }

    /// Checks this network. Cancelling the calling task ends the check and throws
    /// `Problem.Unexpected(code: "cancelled")`; the last check stays.
    public func check(progress: (any CheckProgress)? = nil) async throws {
        try await cancellable { token in try await check(progress: progress, cancel: token) }
    }
}

extension Activation {
    /// Asks how far orders are. Cancelling the calling task ends the work and throws
    /// `Problem.Unexpected(code: "cancelled")`; what was on the screen stays.
    public func refresh() async throws {
        try await cancellable { token in try await refresh(cancel: token) }
    }
}
