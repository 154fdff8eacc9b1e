// Swift's task cancellation does not cross into Rust by itself; this carries it over.

import CompanionBindings

extension Usage {
    /// Asks the operator for current usage. Cancelling the calling task ends the work and throws
    /// `Problem.Unexpected(code: "cancelled")`; what was on the screen stays.
    public func refresh() async throws {
        let token = CancelToken()
        try await withTaskCancellationHandler {
            try await refresh(cancel: token)
        } onCancel: {
            token.cancel()
        }
    }
}
