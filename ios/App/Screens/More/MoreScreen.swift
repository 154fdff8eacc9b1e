// Everything that has no place of its own at the bottom; help; the settings of this app on this phone.

import Companion
import CompanionScreens
import SwiftUI

/// The places behind the last one of the bar.
struct MoreScreen: View {
    @Environment(AppModel.self) private var model

    var body: some View {
        Screen(model.title(of: .more).text) {
            Section {
                ForEach(Array(model.frame.more.enumerated()), id: \.offset) { _, place in
                    Leading(place.label, to: .at(place.place), icon: place.place.icon)
                }
            }
        }
    }
}

/// All articles, or those that the words find. Read without a network.
struct HelpScreen: View {
    @Environment(AppModel.self) private var model

    var body: some View {
        @Bindable var help = model.help
        let found = help.found
        Screen(model.title(of: .help).text) {
            if found.isEmpty { Said(model.labels.nothingFound) }
            Section {
                ForEach(found, id: \.id) { Leading($0.title, to: .article(id: $0.id)) }
            }
            if help.words.isEmpty {
                ContactsPart(contacts: model.frame.contacts)
                PagesPart(pages: model.frame.pages)
            }
        }
        .searchable(text: $help.words, prompt: Text(verbatim: model.labels.searchHelp))
    }
}

/// One article, top to bottom.
struct ArticleScreen: View {
    @Environment(AppModel.self) private var model
    let id: String

    var body: some View {
        let article = model.help.article(id)
        Screen(article?.title.text ?? "") {
            if let article {
                Section {
                    ForEach(Array(article.blocks.enumerated()), id: \.offset) { Block(block: $0.element) }
                    if let request = article.request {
                        ActionButton(model.labels.writeToEmployer) { model.write(request) }
                    }
                }
                if !article.related.isEmpty {
                    Section {
                        ForEach(article.related, id: \.id) { Leading($0.title, to: .article(id: $0.id)) }
                    } header: {
                        Text(verbatim: model.labels.related)
                    }
                }
                PagesPart(pages: article.pages)
            }
        }
    }
}

private struct Block: View {
    let block: HelpBlock

    var body: some View {
        switch block {
        case .paragraph(let text): Said(text)
        case .step(let number, let text):
            HStack(alignment: .firstTextBaseline) {
                Text(verbatim: "\(number).").foregroundStyle(.tint)
                Said(text)
            }
        case .warning(let text): WarningLine(text)
        }
    }
}

/// App lock, sign-out, version.
struct SettingsScreen: View {
    @Environment(AppModel.self) private var model
    @State private var asks = false
    @State private var unsent: SpokenText?

    var body: some View {
        let labels = model.labels
        Screen(model.title(of: .settings).text) {
            Section {
                if model.lock.available {
                    SwitchRow(
                        SpokenText(text: labels.appLock, spoken: labels.appLock), isOn: model.lock.on,
                        turn: { model.settings.lock($0) }, below: { Aside(labels.appLockSentence) })
                }
                Button(role: .destructive) {
                    unsent = model.settings.unsent()
                    asks = true
                } label: {
                    Said(labels.signOut)
                }
            }
            Aside("\(model.frame.operatorName) · \(labels.version) \(model.frame.version)")
        }
        .confirmationDialog(Text(verbatim: labels.signOut), isPresented: $asks, titleVisibility: .visible) {
            Button(role: .destructive) {
                model.settings.signOut()
            } label: {
                Text(verbatim: labels.signOut)
            }
            Button(role: .cancel) {
                asks = false
            } label: {
                Text(verbatim: labels.cancel)
            }
        } message: {
            if let unsent {
                Text(verbatim: "\(labels.signOutSentence)\n\(unsent.text)")
            } else {
                Text(verbatim: labels.signOutSentence)
            }
        }
    }
}
