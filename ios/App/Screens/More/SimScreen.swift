// PIN and PUK of the person's SIMs: half a minute, large, and digit by digit for whoever listens.

import Companion
import CompanionScreens
import SwiftUI

/// The person's SIMs.
struct SimScreen: View {
    @Environment(AppModel.self) private var model

    var body: some View {
        let view = model.sim.view
        Screen(model.title(of: .sim).text) {
            if let notice = view.notice { NoticeLine(notice) { model.sim.remedy() } }
            if let notice = view.simsNotice { NoticeLine(notice) }
            ForEach(view.sims, id: \.id) { OneSim(sim: $0) }
            HelpLinks(.sim)
        }
    }
}

private struct OneSim: View {
    @Environment(AppModel.self) private var model
    let sim: SimView

    var body: some View {
        Section {
            Line(sim.label, "simcard")
            if let secret = model.sim.secret, secret.sim == sim.id {
                Secret(secret: secret)
            } else if sim.tellsSecrets {
                ActionButton(model.labels.showPin) { model.sim.reveal(sim.id, .pin) }
                ActionButton(model.labels.showPuk) { model.sim.reveal(sim.id, .puk) }
            }
        }
    }
}

private struct Secret: View {
    @Environment(AppModel.self) private var model
    let secret: SimSecretView

    var body: some View {
        let room = model.sim
        Said(secret.title).font(.headline)
        Said(secret.digits).font(.largeTitle).monospacedDigit().privacySensitive()
        Line(secret.hides, "timer")
        if let warning = secret.warning { WarningLine(warning) }
        Line(secret.attempts, "info.circle")
        Line(secret.keypad, "circle.grid.3x3")
        if let source = secret.source { Aside(source) }
        if let label = secret.copyLabel {
            SwitchRow(
                label, isOn: room.isCopied, turn: { room.keepCopy(secret.sim, $0) },
                below: { if let sentence = secret.copySentence { Aside(sentence) } })
        }
        ActionButton(model.labels.hide, isMain: true) { room.hide() }
        ActionButton(model.labels.copy) { room.copy(secret) }
    }
}
