// The code of an eSIM on its way into the phone. Nothing of the code itself is drawn but what is to be copied.

import Companion
import CompanionScreens
import SwiftUI

/// Getting the code, then handing it to this phone.
struct EsimScreen: View {
    @Environment(AppModel.self) private var model
    /// The SIM whose code the operator can be asked for; empty where there is none.
    let simId: String

    var body: some View {
        let room = model.gettingStarted
        Screen(model.labels.esimInstall) {
            if let code = room.code { AtHand(code: code) }
            if let handover = room.handover { Handover(view: handover) } else { Ways(simId: simId) }
        }
    }
}

/// The ways to get a code.
private struct Ways: View {
    @Environment(AppModel.self) private var model
    let simId: String

    var body: some View {
        let room = model.gettingStarted
        Section {
            if !simId.isEmpty { ActionButton(model.labels.esimFetch) { room.fetchCode(simId) } }
            if room.canScan { ActionButton(model.labels.esimScan) { room.scan() } }
            FieldWithButton(model.labels.esimField, button: model.labels.confirm, .code, room.typedCode) {
                room.readCode()
            }
        }
    }
}

private struct AtHand: View {
    @Environment(AppModel.self) private var model
    /// A confirmation code that is at hand is typed anew.
    @State private var isCorrecting = false
    let code: EsimCodeView

    var body: some View {
        let room = model.gettingStarted
        Section {
            Line(code.state, "info.circle")
            Aside(code.server)
            ForEach(Array(code.warnings.enumerated()), id: \.offset) { WarningLine($0.element) }
            Said(code.confirmation)
            if code.hasConfirmation && !isCorrecting {
                ActionButton(model.labels.confirmationField) { isCorrecting = true }
            } else {
                FieldWithButton(
                    model.labels.confirmationField, button: model.labels.confirm, .code, room.typedConfirmation
                ) {
                    confirm()
                }
            }
            ActionButton(model.labels.esimInstall, isMain: true) { room.install() }
        }
    }

    /// What was refused stays, with why beside it.
    private func confirm() {
        let room = model.gettingStarted
        Task {
            await room.confirm().value
            if room.typedConfirmation.isBlank { isCorrecting = false }
        }
    }
}

private struct Handover: View {
    @Environment(AppModel.self) private var model
    let view: EsimHandoverView

    var body: some View {
        Section {
            ForEach(Array(view.before.enumerated()), id: \.offset) {
                Line($0.element.text, icon(of: $0.element.isMet))
            }
        }
        ForEach(Array(view.routes.enumerated()), id: \.offset) { Way(route: $0.element) }
        Aside(view.afterwards)
    }

    /// What nobody knows is for the person to tick off.
    private func icon(of isMet: Bool?) -> String {
        switch isMet {
        case true?: "checkmark.circle"
        case false?: "exclamationmark.triangle"
        case nil: "circle"
        }
    }
}

private struct Way: View {
    @Environment(AppModel.self) private var model
    let route: EsimRouteView

    var body: some View {
        let room = model.gettingStarted
        if let link = route.link {
            ActionButton(route.title, isMain: true) { room.openLink(link) }
        } else {
            Section {
                ForEach(Array(route.fields.enumerated()), id: \.offset) { _, field in
                    CopyRow(title: field.label, shown: SpokenText(text: field.value, spoken: field.value)) {
                        room.copy(field)
                    }
                }
            } header: {
                Said(route.title)
            }
        }
    }
}
