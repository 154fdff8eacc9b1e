// "How much data is left", asked of Siri, Spotlight or a shortcut: answered from the small file that feeds the widget, without
// a network and without opening the app.

import AppIntents
import Companion
import Foundation

struct DataLeft: AppIntent {
    static let title: LocalizedStringResource = "data_left"
    static let description = IntentDescription("data_left_description")
    static let openAppWhenRun = false

    func perform() async throws -> some IntentResult & ProvidesDialog {
        let folder = try coreFolder()
        let view = widgetView(dataDir: folder.path, atMs: Int64(Date().timeIntervalSince1970) * 1_000)
        guard let figures = view.figures else { return .result(dialog: IntentDialog("data_left_unknown")) }
        return .result(dialog: IntentDialog(stringLiteral: figures.spoken))
    }
}

/// Of the app's target alone: a second provider, in the widget, would not be found.
struct AskedOfSiri: AppShortcutsProvider {
    static var appShortcuts: [AppShortcut] {
        AppShortcut(
            intent: DataLeft(), phrases: ["How much data is left in \(.applicationName)"], shortTitle: "data_left",
            systemImageName: "chart.bar.xaxis")
    }
}
