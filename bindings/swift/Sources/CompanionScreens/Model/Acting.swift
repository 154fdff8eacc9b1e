// Doing what the person asked for, and what there is to say and to do where it fails.

import Companion

extension AppModel {
    /// Does what the person asked for, and shows what is the matter where it fails: on `route`, else on the present screen. What was
    /// `typed` for it is taken by it, or refused where it was typed. What nobody asked for (`isAsked`) leaves what went wrong before.
    @discardableResult
    func act(
        onMetered: Bool = false, taking typed: Typed? = nil, keeping keeps: Bool = false, on route: Route? = nil,
        isAsked: Bool = true, _ work: @escaping Work
    ) -> Task<Void, Never> {
        let route = route ?? stack.top
        if isAsked {
            // What went wrong before is not what the person is at now.
            problem = nil
            elsewhere[route] = nil
        }
        let whole: Work = { onMetered in
            try await work(onMetered)
            if !keeps { typed?.clear() }
        }
        return Task { await attempt(onMetered: onMetered, on: route, taking: typed, whole) }
    }

    private func attempt(onMetered: Bool, on route: Route, taking typed: Typed?, _ work: @escaping Work) async {
        await isBack()
        do {
            try await work(onMetered)
        } catch let problem as Problem {
            show(problem, on: route, taking: typed, again: work)
        } catch is CancellationError {
            // Of a pause, or by the person.
        } catch {
            // A fault of ours: the core ended what it was at, and goes on with everything else.
            show(Problem.Unexpected(code: "fault"), on: route, taking: typed, again: work)
        }
    }

    private func show(_ problem: Problem, on route: Route, taking typed: Typed?, again: @escaping Work) {
        let explanation = core.explain(problem: problem)
        if explanation.isSilent { return }
        // Nothing helps but typing something else: it is said where that is done.
        if let typed, case .Unexpected = problem, explanation.remedy == nil { return typed.refuse(explanation) }
        let shown = ShownProblem(explanation: explanation, again: again)
        if route == stack.top { self.problem = shown } else { elsewhere[route] = shown }
    }

    /// Asks the operator for what is new: the view says what came of it.
    func ask(_ work: () async throws -> Void) async {
        await isBack()
        try? await work()
    }

    /// Has another app do something, and says so where none does.
    func hand(_ open: @escaping @MainActor @Sendable (any Device) async -> Bool) {
        act { [unowned self] _ in
            guard await open(device) else { throw Problem.Unexpected(code: "nothing_opened") }
        }
    }

    /// Closes the problem.
    public func closeProblem() { problem = nil }

    /// What the problem's button does.
    public func remedy() {
        guard let shown = problem else { return }
        problem = nil
        remedy(shown.explanation.remedy, again: shown.again)
    }

    /// The person wants whoever signed in last, and what was here gone.
    public func replaceAccount() {
        problem = nil
        signIn.replaceAccount()
    }

    /// What the problem's other button does: the person keeps the account that is here.
    public func alternative() {
        problem = nil
        act { [unowned self] _ in try await core.session().keepAccount() }
    }

    /// What the button of a screen's notice does; `refresh` is what did not work out.
    func mend(_ notice: Notice?, _ refresh: @escaping @MainActor @Sendable () async -> Void) {
        remedy(notice?.remedy) { _ in await refresh() }
    }
}
