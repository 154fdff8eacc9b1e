// The app as a whole: sign-in, the places with their bar or side bar, the present screen, and the lock over it.

import Accessibility
import Companion
import CompanionScreens
import SwiftUI

/// The whole app, with what the phone shows over it.
struct AppView: View {
    @Environment(AppModel.self) private var model
    @Environment(\.colorScheme) private var scheme
    let device: PhoneDevice

    var body: some View {
        let colours = Colours(scheme == .dark ? model.frame.dark : model.frame.light)
        Group {
            if model.lock.locked {
                LockCover()
            } else if model.session.asksToSignIn || model.signIn.question != nil {
                // Whoever is signed in, or reads help, is asked as well.
                Outside(isAsked: model.signIn.question != nil)
            } else {
                Frame()
            }
        }
        .sheet(item: letter) { LetterScreen(letter: $0.request).presenting(device, isTop: true) }
        // What lies over a sheet is the sheet's to show.
        .presenting(device, isTop: letter.wrappedValue == nil)
        .onChange(of: model.problem?.explanation) { _, problem in
            // It may be out of sight, and a screen reader elsewhere.
            if let problem { AccessibilityNotification.Announcement(problem.spoken).post() }
        }
        .onChange(of: model.session.otherAccount) { _, other in
            if let other { AccessibilityNotification.Announcement(other.spoken).post() }
        }
        .environment(\.colours, colours)
        .tint(colours.tint)
    }

    /// It goes with the lock, and is there again after it.
    private var letter: Binding<Letter?> {
        .of(model.lock.locked ? nil : model.letter.map(Letter.init)) {
            if $0 == nil && !model.lock.locked { model.closeLetter() }
        }
    }
}

private struct Letter: Identifiable, Sendable {
    let request: PreparedRequest
    var id: String { request.subject }
}

/// A prepared request, to be read before it leaves the phone. It stays until it is closed: it may be that nothing opens it.
private struct LetterScreen: View {
    @Environment(AppModel.self) private var model
    let letter: PreparedRequest

    var body: some View {
        NavigationStack {
            Screen(model.labels.share) {
                Section {
                    Text(verbatim: letter.body).textSelection(.enabled)
                } header: {
                    Text(verbatim: letter.subject)
                }
            } action: {
                ActionButton(model.labels.share, isMain: true) { model.share(letter) }
                ActionButton(model.labels.byEmail) { model.mail(letter) }
            }
            .toolbar {
                ToolbarItem(placement: .cancellationAction) {
                    Button {
                        model.closeLetter()
                    } label: {
                        Text(verbatim: model.labels.close)
                    }
                }
            }
        }
    }
}

/// What covers the screens while the app is locked: nothing of the person is behind it.
private struct LockCover: View {
    @Environment(AppModel.self) private var model

    var body: some View {
        let screen = model.lock.screen
        List {
            ProblemCard()
            VStack(spacing: 16) {
                Image(systemName: "lock").font(.largeTitle).foregroundStyle(.tint).accessibilityHidden(true)
                Heading(screen.title, .title)
                Said(screen.sentence)
                ActionButton(screen.action, isMain: true) { model.unlock() }
            }
            .multilineTextAlignment(.center)
        }
    }
}

/// Nobody's figures are here, or a question comes before them. Help needs nobody to be signed in.
private struct Outside: View {
    @Environment(AppModel.self) private var model
    let isAsked: Bool

    var body: some View {
        NavigationStack(path: .of(isAsked ? [] : model.stack.helpPath) { model.show($0, over: .more) }) {
            SignInView().navigationDestination(for: Route.self) { Present(route: $0) }
        }
    }
}

extension BackStack {
    /// The screens of help among those that one came by.
    fileprivate var helpPath: [Route] {
        routes.filter { route in
            if case .article = route { true } else { route == .at(.help) }
        }
    }
}
