// What happens when a screen is entered: what is no longer good of it is asked for. The views say what came of it.

import Companion

extension AppModel {
    func ask(for route: Route) async {
        switch route {
        case .at(let place): await ask(for: place)
        case .invoice(let id): await invoices.readLines(of: id)
        case .esim: await gettingStarted.entered()
        default: break
        }
    }

    private func ask(for place: Place) async {
        switch place {
        case .usage, .plan: try? await core.usage().refreshIfDue()
        case .invoices: try? await core.invoices().refreshIfDue()
        case .wifiCalling: await wifiCalling.entered()
        case .notifications: try? await core.preferences().refreshIfDue()
        case .gettingStarted, .sim: try? await core.activation().refreshIfDue()
        case .help, .settings, .more: break
        }
    }
}
