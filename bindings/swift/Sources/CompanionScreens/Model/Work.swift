// Work that a person asked for, what went wrong with it, and tasks that end with who began them.

import Companion

/// Work that a person asked for. `onMetered`: also where every byte costs, because they said so.
typealias Work = @MainActor @Sendable (_ onMetered: Bool) async throws -> Void

/// A problem of a screen.
public struct ShownProblem: Sendable {
    /// In words, with what its button does.
    public let explanation: Explanation
    let again: Work
}

/// Tasks that are cancelled when nobody holds this any more.
final class Tasks {
    private var tasks: [Task<Void, Never>] = []

    func add(_ task: Task<Void, Never>) { tasks.append(task) }

    deinit { for task in tasks { task.cancel() } }
}
