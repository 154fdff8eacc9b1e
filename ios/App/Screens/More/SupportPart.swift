// Help beside the articles: whom to turn to at the operator, and pages of its own.

import Companion
import CompanionScreens
import SwiftUI

/// Whom to turn to, the best way first.
struct ContactsPart: View {
    @Environment(AppModel.self) private var model
    let contacts: [ContactView]

    var body: some View {
        if !contacts.isEmpty {
            Section {
                ForEach(Array(contacts.enumerated()), id: \.offset) { _, contact in
                    Button {
                        model.help.reach(contact)
                    } label: {
                        VStack(alignment: .leading, spacing: 2) {
                            Line(contact.name, contact.by.icon)
                            if let shown = contact.shown { Aside(shown) }
                            if let hours = contact.hours { Aside(hours) }
                        }
                        .foregroundStyle(.primary)
                        .frame(minHeight: 44)
                    }
                }
            } header: {
                Text(verbatim: model.labels.contact)
            }
        }
    }
}

/// Pages of the operator's own; they open in the browser.
struct PagesPart: View {
    @Environment(AppModel.self) private var model
    let pages: [HelpPage]

    var body: some View {
        if !pages.isEmpty {
            Section {
                ForEach(Array(pages.enumerated()), id: \.offset) { _, page in
                    Button {
                        model.help.open(page)
                    } label: {
                        Line(page.title, "safari").foregroundStyle(.primary).frame(minHeight: 44)
                    }
                }
            } header: {
                Text(verbatim: model.labels.operatorPages)
            }
        }
    }
}

extension ContactWay {
    fileprivate var icon: String {
        switch self {
        case .phone: "phone"
        case .email: "envelope"
        case .page: "globe"
        }
    }
}
