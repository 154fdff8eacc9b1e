// The app as the system starts it.

import Companion
import CompanionScreens
import SwiftUI

@main
struct CompanionApp: App {
    @Environment(\.scenePhase) private var phase
    @State private var open = OpenCore()

    var body: some Scene {
        WindowGroup {
            Root(open: open)
        }
        .onChange(of: phase) { _, now in
            switch now {
            case .active: open.cameToFront()
            case .background: open.leftScreen()
            default: break
            }
        }
        .backgroundTask(.appRefresh(Settings.refresh)) { await open.runInBackground() }
    }
}

/// The screens, or what there is without them.
private struct Root: View {
    let open: OpenCore

    var body: some View {
        Group {
            switch open.showing {
            case .opening: ProgressView()
            case .notOpened: NotOpened { open.show() }
            case .screens(let model):
                AppView(device: open.device).covered(open.device).environment(model)
            }
        }
        .onOpenURL { url in open.cameBack(url.absoluteString) }
        // The camera's code, and a link that starts the app, may come this way.
        .onContinueUserActivity(NSUserActivityTypeBrowsingWeb) { activity in
            if let url = activity.webpageURL { open.cameBack(url.absoluteString) }
        }
    }
}

/// Without the core there are no words of its own; what is here is in the app's own resources.
private struct NotOpened: View {
    let tryAgain: @MainActor () -> Void

    var body: some View {
        VStack(spacing: 16) {
            Text("not_opened").multilineTextAlignment(.center)
            Button(action: tryAgain) { Text("try_again") }.buttonStyle(.bordered)
        }
        .padding(24)
    }
}
