// What the usage and plan screens draw and call.

import Companion
import Observation

/// The usage screens.
@MainActor
@Observable
public final class UsageModel {
    /// The screen.
    public internal(set) var view: UsageView {
        // Every change of a line's past is one of its usage.
        didSet { (histories, shownDays) = ([:], [:]) }
    }

    /// The line that is shown, where the person chose one.
    public private(set) var chosen: String?

    @ObservationIgnored private unowned let app: AppModel
    /// What was drawn of the present `view`, by line: screens are drawn far more often than something changes.
    @ObservationIgnored private var histories: [String: HistoryView?] = [:]
    @ObservationIgnored private var shownDays: [Month: [DayBar]] = [:]

    private struct Month: Hashable {
        let lineId: String
        let bucketId: String
        let month: String
    }

    private var usage: Usage { app.core.usage() }

    init(app: AppModel, view: UsageView) {
        self.app = app
        self.view = view
    }

    /// The line to draw: the chosen one or the first.
    public var line: LineView? { view.lines.first { $0.lineId == chosen } ?? view.lines.first }

    /// Asks the operator for current figures. The view says what came of it.
    public func refresh() async { await app.ask { try await usage.refresh() } }

    /// What the button of the notice does.
    public func remedy() { app.mend(view.notice, refresh) }

    /// Shows another line.
    public func choose(_ lineId: String) { chosen = lineId }

    /// The months and days of a line; nothing where the operator tells none.
    public func history(_ lineId: String) -> HistoryView? {
        _ = view
        if let history = histories[lineId] { return history }
        let history = usage.history(lineId: lineId)
        histories[lineId] = .some(history)
        return history
    }

    /// The days of one month of one bucket.
    public func days(_ lineId: String, _ bucketId: String, _ month: String) -> [DayBar] {
        _ = view
        let key = Month(lineId: lineId, bucketId: bucketId, month: month)
        if let days = shownDays[key] { return days }
        let days = usage.historyDays(lineId: lineId, bucketId: bucketId, month: month)
        shownDays[key] = days
        return days
    }

    /// Opens the prepared request for another plan.
    public func askForAnotherPlan() { app.write(.planDoesNotFit) }
}
