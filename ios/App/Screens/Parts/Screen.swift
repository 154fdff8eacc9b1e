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

    @Environment(AppModel.self) private var model
    private let title: String
    private let refresh: (@MainActor @Sendable () async -> Void)?
    private let content: Content
    private let action: Action

    init(
        _ title: String, refresh: (@MainActor @Sendable () async -> Void)? = nil,
        @ViewBuilder content: () -> Content, @ViewBuilder action: () -> Action
    ) {
        self.title = title
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
            VStack(spacing: 8) { action }
                .frame(maxWidth: Self.widest)
                .padding(.horizontal, 16)
        }
    }

    private var list: some View {
        List {
            ProblemCard()
            content
        }
        .listStyle(.insetGrouped)
        .frame(maxWidth: Self.widest)
    }
}

extension Screen where Action == Nothing {
    init(
        _ title: String, refresh: (@MainActor @Sendable () async -> Void)? = nil,
        @ViewBuilder content: () -> Content
    ) {
        self.init(title, refresh: refresh, content: content) { Nothing() }
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
