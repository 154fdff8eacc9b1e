// What nobody else may see: the app in the app switcher, and after the grace time until it is known whether it is locked.

import Companion
import CompanionScreens
import SwiftUI
import UIKit

extension View {
    /// Covers everything of this app, what the phone shows over the screens included, while it is not in front.
    @MainActor func covered(_ device: PhoneDevice) -> some View { modifier(Covering(device: device)) }

    /// Covers a screen with secrets while it is recorded or mirrored.
    @MainActor func hiddenWhileCaptured(_ isSecret: Bool) -> some View { modifier(Uncaptured(isSecret: isSecret)) }
}

private struct Covering: ViewModifier {
    @Environment(AppModel.self) private var model
    @Environment(\.scenePhase) private var phase
    @State private var cover = CoverWindow()
    let device: PhoneDevice

    func body(content: Content) -> some View {
        let isPrivate =
            model.lock.on || model.stack.top.isPrivate || model.letter != nil || device.showsSomething
        content.onChange(of: model.isCovered || phase != .active && isPrivate, initial: true) { _, isWanted in
            cover.show(isWanted)
        }
    }
}

/// A window over all others: sheets, Quick Look and the camera lie over SwiftUI's own overlays.
@MainActor
private final class CoverWindow {
    private var windows: [UIWindow] = []

    func show(_ isShown: Bool) {
        for window in windows { window.isHidden = true }
        windows = []
        guard isShown else { return }
        for case let scene as UIWindowScene in UIApplication.shared.connectedScenes {
            let blank = UIViewController()
            blank.view.backgroundColor = .systemBackground
            let window = UIWindow(windowScene: scene)
            window.windowLevel = .alert + 1
            window.rootViewController = blank
            // Nor heard: what is beneath is no part of what a screen reader goes through.
            window.accessibilityViewIsModal = true
            blank.view.accessibilityViewIsModal = true
            window.isHidden = false
            windows.append(window)
        }
    }
}

/// Covered, not taken away: what the person typed is there again afterwards.
private struct Uncaptured: ViewModifier {
    @Environment(\.isSceneCaptured) private var isCaptured
    let isSecret: Bool

    func body(content: Content) -> some View {
        let isHidden = isSecret && isCaptured
        content
            .privacySensitive(isSecret)
            .accessibilityHidden(isHidden)
            .overlay {
                if isHidden {
                    Rectangle().fill(.background).ignoresSafeArea()
                    Image(systemName: "eye.slash").font(.largeTitle).foregroundStyle(.secondary)
                        .accessibilityHidden(true)
                }
            }
    }
}
