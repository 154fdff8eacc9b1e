// The places of the app: a bar at the bottom of a phone, a side bar in a large window.

import Companion
import CompanionScreens
import SwiftUI

/// The present screen with the places around it.
struct Frame: View {
    @Environment(AppModel.self) private var model
    @Environment(\.horizontalSizeClass) private var width

    var body: some View {
        if width == .regular { SideBar() } else { BottomBar() }
    }
}

private struct BottomBar: View {
    @Environment(AppModel.self) private var model

    var body: some View {
        let chosen = model.stack.place(in: model.frame)
        TabView(selection: .of(chosen) { model.open($0) }) {
            ForEach(Array(model.frame.bar.enumerated()), id: \.offset) { _, view in
                Way(place: view.place)
                    .tabItem {
                        Label {
                            Text(verbatim: view.short.text)
                        } icon: {
                            Image(systemName: view.place.icon)
                        }
                        .accessibilityLabel(view.label.spoken)
                    }
                    .tag(view.place)
            }
        }
    }
}

private struct SideBar: View {
    @Environment(AppModel.self) private var model

    @Environment(\.colours) private var colours

    var body: some View {
        let chosen = model.stack.place(in: model.frame)
        NavigationSplitView {
            List(selection: .of(Optional(chosen)) { if let place = $0 { model.open(place) } }) {
                ForEach(Array(model.frame.bar.enumerated()), id: \.offset) { _, view in
                    let isChosen = view.place == chosen
                    // As the other bar of the operator's colours: the system's own is white on the tint.
                    Line(view.label, view.place.icon)
                        .foregroundStyle(isChosen ? colours.onChosenGround : .primary)
                        .listRowBackground(isChosen ? ChosenGround(colour: colours.chosenGround) : nil)
                        .tag(view.place)
                }
            }
            .navigationTitle(model.frame.operatorName)
        } detail: {
            Way(place: chosen)
        }
    }
}

private struct ChosenGround: View {
    let colour: Color

    var body: some View { RoundedRectangle(cornerRadius: 10).fill(colour) }
}

/// A place with the screens that lie over it.
private struct Way: View {
    @Environment(AppModel.self) private var model
    let place: Place

    var body: some View {
        NavigationStack(path: .of(model.stack.path(over: place, in: model.frame)) { model.show($0, over: place) }) {
            Present(route: .at(place)).navigationDestination(for: Route.self) { Present(route: $0) }
        }
    }
}

/// The screen of a route.
struct Present: View {
    let route: Route

    var body: some View { screen.hiddenWhileCaptured(route.showsSecrets) }

    @ViewBuilder private var screen: some View {
        switch route {
        case .at(let place): PlaceScreen(place: place)
        case .history(let lineId): HistoryScreen(lineId: lineId)
        case .invoice(let id): InvoiceScreen(id: id)
        case .invoiceLines(let id): LinesScreen(id: id)
        case .runningCosts: RunningScreen()
        case .pay(let id): PayScreen(id: id)
        case .claim(let id): ClaimScreen(id: id)
        case .esim(let simId): EsimScreen(simId: simId)
        case .article(let id): ArticleScreen(id: id)
        }
    }
}

private struct PlaceScreen: View {
    let place: Place

    var body: some View {
        switch place {
        case .gettingStarted: GettingStartedScreen()
        case .usage: UsageScreen()
        case .invoices: InvoicesScreen()
        case .wifiCalling: WifiCallingScreen()
        case .sim: SimScreen()
        case .notifications: NotificationsScreen()
        case .plan: PlanScreen()
        case .help: HelpScreen()
        case .settings: SettingsScreen()
        case .more: MoreScreen()
        }
    }
}

extension Place {
    /// What stands for a place.
    var icon: String {
        switch self {
        case .gettingStarted: "flag"
        case .usage: "chart.bar.xaxis"
        case .invoices: "doc.text"
        case .wifiCalling: "wifi"
        case .sim: "simcard"
        case .notifications: "bell"
        case .plan: "list.bullet.rectangle"
        case .help: "questionmark.circle"
        case .settings: "gearshape"
        case .more: "ellipsis"
        }
    }
}
