// The core's palettes as SwiftUI has them. Surfaces are the system's; no colour is chosen here.

import Companion
import SwiftUI

/// What the system has no name for, in the operator's colours.
struct Colours {
    var tint = Color.accentColor
    var onTint = Color.white
    var chosenGround = Color.gray.opacity(0.2)
    var onChosenGround = Color.primary
    var track = Color.gray.opacity(0.3)
    var warning = Color.orange
    var error = Color.red
    var warningGround = Color.orange.opacity(0.2)
    var onWarningGround = Color.primary
    var errorGround = Color.red.opacity(0.2)
    var onErrorGround = Color.primary
}

extension Colours {
    init(_ palette: Palette) {
        self.init(
            tint: Color(argb: palette.primary), onTint: Color(argb: palette.onPrimary),
            chosenGround: Color(argb: palette.secondaryContainer),
            onChosenGround: Color(argb: palette.onSecondaryContainer), track: Color(argb: palette.surfaceVariant),
            warning: Color(argb: palette.warning), error: Color(argb: palette.error),
            warningGround: Color(argb: palette.warningContainer),
            onWarningGround: Color(argb: palette.onWarningContainer),
            errorGround: Color(argb: palette.errorContainer), onErrorGround: Color(argb: palette.onErrorContainer))
    }

    /// What an allowance near its end is drawn in; words beside it say the same.
    func level(_ level: BucketLevel) -> Color {
        switch level {
        case .calm: tint
        case .warning: warning
        case .exhausted: error
        }
    }
}

extension Color {
    /// `0xAARRGGBB` in sRGB.
    init(argb: UInt32) {
        let parts = [24, 16, 8, 0].map { Double(argb >> $0 & 0xFF) / 255 }
        self.init(.sRGB, red: parts[1], green: parts[2], blue: parts[3], opacity: parts[0])
    }
}

private struct ColoursKey: EnvironmentKey {
    static let defaultValue = Colours()
}

extension EnvironmentValues {
    /// The operator's colours, by day or in the dark.
    var colours: Colours {
        get { self[ColoursKey.self] }
        set { self[ColoursKey.self] = newValue }
    }
}
