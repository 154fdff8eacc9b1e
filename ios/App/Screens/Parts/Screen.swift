// The room every screen stands in: its title, its content in one list, and its main action in reach of a thumb.

import Companion
import CompanionScreens
import SwiftUI

/// SwiftUI's, beside the core's own record of that name.
typealias Nothing = SwiftUI.EmptyView

/// A screen: `content` from top to bottom, and `action` below it, always in reach.
struct Screen<Content: View, Action: View>: View {
    /// No line is longer than can be read well.
    private static var widest: CGFloat { 720 }
    /// The system's own margin beside it.
    private static var margin: CGFloat { 20 }

    @Environment(AppModel.self) private var model
    @Environment(\.dynamicTypeSize) private var textSize
    @Environment(\.verticalSizeClass) private var height
    @State private var width: CGFloat = 0
    private let title: String
    private let showsAction: Bool
    private let refresh: (@MainActor @Sendable () async -> Void)?
    private let content: Content
    private let action: Action

    init(
        _ title: String, showsAction: Bool = true, refresh: (@MainActor @Sendable () async -> Void)? = nil,
        @ViewBuilder content: () -> Content, @ViewBuilder action: () -> Action
    ) {
        self.title = title
        self.showsAction = showsAction
        self.refresh = refresh
        self.content = content()
        self.action = action()
    }

    var body: some View {
        Group {
            if let refresh { list.refreshable { await refresh() } } else { list }
        }
        .navigationTitle(title)
        .toolbar {
            ToolbarItem(placement: .primaryAction) {
                if let refresh {
                    // Whoever cannot pull has a button.
                    Button {
                        Task { await refresh() }
                    } label: {
                        Image(systemName: "arrow.clockwise")
                    }
                    .accessibilityLabel(model.labels.refresh)
                }
            }
        }
        .safeAreaInset(edge: .bottom) {
            if showsAction && isPinned {
                VStack(spacing: 8) { action }
                    .frame(maxWidth: Self.widest)
                    .padding(.horizontal, 16)
                    .padding(.vertical, 8)
                    .frame(maxWidth: .infinity)
                    .background(.bar)
            }
        }
    }

    private var list: some View {
        ScrollViewReader { reader in
            List {
                ProblemCard()
                content
                if showsAction && !isPinned { Section { action } }
            }
            .listStyle(.insetGrouped)
            // The whole width scrolls; only the lines are short.
            .contentMargins(.horizontal, margins, for: .scrollContent)
            .onGeometryChange(for: CGFloat.self) {
                $0.size.width
            } action: {
                width = $0
            }
            .onChange(of: model.problem?.explanation) { _, problem in
                if problem != nil { reveal(.problem, reader) }
            }
            .onChange(of: model.session.otherAccount) { _, other in
                if other != nil { reveal(.otherAccount, reader) }
            }
        }
    }

    /// Over a low window, buttons in large letters would leave nothing to read above them: they come after it.
    private var isPinned: Bool { !(textSize.isAccessibilitySize && height == .compact) }

    private var margins: CGFloat? {
        width > Self.widest + 2 * Self.margin ? (width - Self.widest) / 2 : nil
    }

    /// Whoever read far below sees what went wrong.
    private func reveal(_ card: ProblemCard.Kind, _ reader: ScrollViewProxy) {
        // Once the card is in the list.
        Task { withAnimation { reader.scrollTo(card, anchor: .top) } }
    }
}

extension Screen where Action == Nothing {
    init(
        _ title: String, refresh: (@MainActor @Sendable () async -> Void)? = nil,
        @ViewBuilder content: () -> Content
    ) {
        self.init(title, showsAction: false, refresh: refresh, content: content) { Nothing() }
    }
}

/// The places where content will be; it does not move.
struct Skeleton: View {
    @Environment(AppModel.self) private var model

    var body: some View {
        Section {
            ForEach(0..<4, id: \.self) { _ in Text(verbatim: "00 000 00 00").redacted(reason: .placeholder) }
        }
        .accessibilityElement(children: .ignore)
        .accessibilityLabel(model.labels.loading)
    }
}

/// Nothing is here, and that is all right.
struct Empty: View {
    let title: SpokenText
    var detail: SpokenText?
    let icon: String

    var body: some View {
        VStack(spacing: 12) {
            Image(systemName: icon).font(.largeTitle).foregroundStyle(.secondary).accessibilityHidden(true)
            Said(title).font(.headline)
            if let detail { Aside(detail) }
        }
        .multilineTextAlignment(.center)
        .frame(maxWidth: .infinity)
        .padding(.vertical, 24)
    }
}
