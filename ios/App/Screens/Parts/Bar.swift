// One shape for every bar: track, used part, tick of elapsed time, hatched part beyond.

import Companion
import SwiftUI

/// The bar of an allowance. Its level colours it; words beside it say the same.
struct Bar: View {
    @Environment(\.colours) private var colours
    private let bar: BarView
    private let level: BucketLevel
    private let thickness: CGFloat

    init(_ bar: BarView, _ level: BucketLevel, thickness: CGFloat = 12) {
        self.bar = bar
        self.level = level
        self.thickness = thickness
    }

    var body: some View {
        Canvas { context, size in
            let whole = CGRect(x: 0, y: 4, width: size.width, height: thickness)
            var inside = context
            inside.clip(to: Path(roundedRect: whole, cornerRadius: thickness / 2))
            inside.fill(Path(whole), with: .color(colours.track))
            let used = CGRect(x: 0, y: 4, width: size.width * share(bar.usedPermille), height: thickness)
            inside.fill(Path(used), with: .color(colours.level(level)))
            if bar.over { inside.stroke(hatching(size), with: .color(.white.opacity(0.55)), lineWidth: 4) }
            if let elapsed = bar.elapsedPermille {
                let x = min(max(size.width * share(elapsed), 2), size.width - 2)
                context.fill(Path(CGRect(x: x - 1, y: 0, width: 2, height: size.height)), with: .color(.primary))
            }
        }
        .frame(height: thickness + 8)
        .accessibilityElement()
        .accessibilityLabel(bar.spoken)
    }

    /// Slanted stripes at the end of the track.
    private func hatching(_ size: CGSize) -> Path {
        var path = Path()
        var x = size.width - 28
        while x < size.width + size.height {
            path.move(to: CGPoint(x: x, y: size.height))
            path.addLine(to: CGPoint(x: x + size.height, y: 0))
            x += 8
        }
        return path
    }
}

/// A plain share of a whole, whose words stand beside it.
struct ShareBar: View {
    private let permille: UInt32

    init(permille: UInt32) { self.permille = permille }

    var body: some View {
        ProgressView(value: Double(min(permille, 1_000)), total: 1_000).accessibilityHidden(true)
    }
}

/// A share of a whole as the drawing wants it, never beyond the whole.
func share(_ permille: UInt32) -> CGFloat { CGFloat(min(permille, 1_000)) / 1_000 }
