// One allowance: large for the one that matters now, a row for each of the others.

import Companion
import CompanionScreens
import SwiftUI

/// The bucket that matters now: the answer first, readable at arm's length.
struct Hero: View {
    @Environment(\.colours) private var colours
    let bucket: BucketView
    let line: LineView

    var body: some View {
        VStack(alignment: .leading, spacing: 8) {
            Line(bucket.title, bucket.kind.icon).font(.headline)
            HStack {
                if bucket.level != .calm {
                    Image(systemName: "exclamationmark.triangle")
                        .foregroundStyle(colours.level(bucket.level))
                        .accessibilityHidden(true)
                }
                Said(bucket.headline).font(.largeTitle).bold()
            }
            if let bar = bucket.bar {
                Bar(bar, bucket.level, thickness: 16)
                // The bar says it to whoever listens.
                Text(verbatim: bar.text).accessibilityHidden(true)
            }
            if let detail = bucket.detail { Said(detail) }
            if let carried = bucket.carried { Aside(carried) }
            if let cycle = line.cycle { Said(cycle) }
            DatedLine(line: line)
        }
    }
}

/// Until when the operator counted, and how old that is.
struct DatedLine: View {
    let line: LineView

    var body: some View {
        VStack(alignment: .leading, spacing: 2) {
            Aside(line.dated)
            if let badge = line.badge.text { Line(badge, line.badge.kind.icon).font(.subheadline) }
        }
    }
}

/// Where the period is heading, and how we know.
struct Pace: View {
    @Environment(AppModel.self) private var model
    let pace: PaceView

    var body: some View {
        if let assumption = pace.assumption {
            DisclosureGroup {
                VStack(alignment: .leading) {
                    Aside(model.labels.howWeKnow)
                    Aside(assumption)
                }
            } label: {
                Line(pace.text, "speedometer")
            }
        } else {
            Line(pace.text, "speedometer")
        }
    }
}

/// One of the other buckets.
struct BucketRow: View {
    @Environment(\.colours) private var colours
    let bucket: BucketView

    var body: some View {
        VStack(alignment: .leading, spacing: 4) {
            Label {
                Fact(title: bucket.title, value: bucket.headline)
            } icon: {
                Image(systemName: bucket.level == .calm ? bucket.kind.icon : "exclamationmark.triangle")
                    .foregroundStyle(colours.level(bucket.level))
                    .accessibilityHidden(true)
            }
            if let bar = bucket.bar { Bar(bar, bucket.level, thickness: 6) }
            if let detail = bucket.detail { Aside(detail) }
            if let carried = bucket.carried { Aside(carried) }
        }
    }
}

extension UsageKind {
    var icon: String {
        switch self {
        case .data: "arrow.up.arrow.down"
        case .voice: "phone"
        case .messages: "message"
        case .credit: "eurosign.circle"
        case .other: "square.grid.2x2"
        }
    }
}

extension BadgeKind {
    fileprivate var icon: String {
        switch self {
        case .fresh: "clock"
        case .aging, .old: "hourglass"
        case .previousCycle, .rolloverPending, .unknown: "clock.arrow.circlepath"
        }
    }
}
