// The way in: the operator's name, one button, and what to do without an account.

import Companion
import CompanionScreens
import SwiftUI

/// The sign-in screen. What an opened invitation asks takes the place of the ways in.
struct SignInView: View {
    @Environment(AppModel.self) private var model

    var body: some View {
        let view = model.session
        Screen("") {
            Section {
                VStack(spacing: 12) {
                    Image(systemName: "iphone").font(.largeTitle).foregroundStyle(.tint).accessibilityHidden(true)
                    Heading(view.screen.title, .title)
                }
                .frame(maxWidth: .infinity)
                .multilineTextAlignment(.center)
            }
            if let notice = view.notice { NoticeLine(notice) }
            if let question = model.signIn.question {
                Question(question: question)
            } else if view.phase == .signingIn {
                Section {
                    Said(model.labels.browserOpened)
                    ActionButton(model.labels.cancel) { model.signIn.cancel() }
                }
            } else {
                Ways(screen: view.screen)
            }
            ActionButton(model.labels.readArticle) { model.open(.help) }
        }
    }
}

private struct Ways: View {
    @Environment(AppModel.self) private var model
    let screen: SignInScreen

    var body: some View {
        let signIn = model.signIn
        Section {
            ActionButton(screen.signInLabel, isMain: true) { signIn.signIn() }
            if let first = screen.firstTimeLabel { Said(first).font(.headline) }
            if let create = screen.createAccount { ActionButton(create) { signIn.createAccount() } }
        }
        if let choice = screen.splitBill {
            DisclosureGroup {
                Said(choice.sentence)
                FieldWithButton(model.labels.invitationField, button: choice.enterLabel, .code, signIn.typed) {
                    signIn.readInvitation()
                }
                ActionButton(choice.lostLabel) { signIn.lostInvitation() }
            } label: {
                Said(choice.label)
            }
        }
    }
}

private struct Question: View {
    @Environment(AppModel.self) private var model
    let question: InvitationView

    var body: some View {
        let signIn = model.signIn
        Section {
            Heading(question.title, .title3)
            Said(question.sentence)
            if let notice = question.notice { NoticeLine(notice) }
            ActionButton(question.action, isMain: true) { signIn.acceptInvitation() }
            ActionButton(question.dismiss) { signIn.dismissInvitation() }
        }
    }
}
