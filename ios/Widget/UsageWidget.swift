// What is left, on the home screen and the lock screen: the core's small file, drawn. No database, no keychain, no network.

import Companion
import SwiftUI
import WidgetKit

@main
struct Widgets: WidgetBundle {
    var body: some Widget { UsageWidget() }
}

struct UsageWidget: Widget {
    var body: some WidgetConfiguration {
        StaticConfiguration(kind: "usage", provider: Provider()) { entry in
            UsageWidgetView(entry: entry).containerBackground(.background, for: .widget)
        }
        .configurationDisplayName(Text("widget_name"))
        .description(Text("widget_description"))
        .supportedFamilies([.systemSmall, .systemMedium, .accessoryRectangular, .accessoryCircular, .accessoryInline])
    }
}

struct UsageEntry: TimelineEntry {
    let date: Date
    let figures: WidgetFigures?
    /// Only the shape of what will be there: in the gallery, and before the first figures.
    var isSample = false
}

struct Provider: TimelineProvider {
    /// More moments than this are asked for when these are over.
    private static let most = 8

    func placeholder(in context: Context) -> UsageEntry { UsageEntry(date: Date(), figures: nil, isSample: true) }

    func getSnapshot(in context: Context, completion: @escaping @Sendable (UsageEntry) -> Void) {
        var entry = entry(at: Date()).0
        entry.isSample = context.isPreview && entry.figures == nil
        completion(entry)
    }

    func getTimeline(in context: Context, completion: @escaping @Sendable (Timeline<UsageEntry>) -> Void) {
        var entries: [UsageEntry] = []
        var next: Date? = Date()
        // Texts such as "yesterday" and the end of a cycle come by themselves.
        while let moment = next, entries.count < Self.most {
            let (entry, after) = entry(at: moment)
            entries.append(entry)
            next = after
        }
        completion(Timeline(entries: entries, policy: next.map { .after($0) } ?? .never))
    }

    private func entry(at moment: Date) -> (UsageEntry, Date?) {
        guard let folder = try? coreFolder() else { return (UsageEntry(date: moment, figures: nil), nil) }
        let view = widgetView(dataDir: folder.path, atMs: Int64(moment.timeIntervalSince1970 * 1_000))
        let next = view.nextMs.map { Date(timeIntervalSince1970: TimeInterval($0) / 1_000) }
        return (UsageEntry(date: moment, figures: view.figures), next)
    }
}

struct UsageWidgetView: View {
    @Environment(\.widgetFamily) private var family
    let entry: UsageEntry

    var body: some View {
        if let figures = entry.figures {
            drawn(figures).accessibilityElement(children: .ignore).accessibilityLabel(figures.spoken)
        } else if entry.isSample {
            sample.redacted(reason: .placeholder).accessibilityElement(children: .ignore)
                .accessibilityLabel(Settings.name)
        } else if family == .accessoryCircular {
            Image(systemName: "chart.bar.xaxis").accessibilityLabel(Settings.name)
        } else {
            Text(verbatim: Settings.name)
        }
    }

    @ViewBuilder private var sample: some View {
        if family == .accessoryCircular {
            Ring(used: 400, warns: false)
        } else {
            VStack(alignment: .leading, spacing: 4) {
                Text(verbatim: "00 000").font(.footnote)
                Text(verbatim: "00 000 000").font(.headline)
                if family != .accessoryInline { Share(used: 400) }
            }
        }
    }

    @ViewBuilder private func drawn(_ figures: WidgetFigures) -> some View {
        switch family {
        case .accessoryInline: Text(verbatim: figures.headline)
        case .accessoryCircular:
            // Where no share is known there is none to draw, least of all none used.
            if let used = figures.usedPermille {
                Ring(used: used, warns: figures.warns || figures.over)
            } else {
                Text(verbatim: figures.headline).font(.caption).multilineTextAlignment(.center)
            }
        case .systemMedium:
            VStack(alignment: .leading, spacing: 6) {
                Summary(figures: figures)
                ForEach(Array(figures.rows.enumerated()), id: \.offset) { _, row in
                    Text(verbatim: "\(row.title) · \(row.headline)").font(.footnote)
                    if let used = row.usedPermille { Share(used: used) }
                }
            }
        default: Summary(figures: figures)
        }
    }
}

private struct Summary: View {
    let figures: WidgetFigures

    var body: some View {
        VStack(alignment: .leading, spacing: 4) {
            Text(verbatim: figures.title).font(.footnote)
            HStack {
                if figures.warns || figures.over { Image(systemName: "exclamationmark.triangle") }
                Text(verbatim: figures.headline).font(.headline)
            }
            if let used = figures.usedPermille { Share(used: used) }
            if let dated = figures.dated { Text(verbatim: dated).font(.caption).foregroundStyle(.secondary) }
        }
    }
}

private struct Ring: View {
    let used: UInt32
    let warns: Bool

    var body: some View {
        // Filled by what its number says.
        Gauge(value: Double(left), in: 0...1_000) {
            Image(systemName: "chart.bar.xaxis")
        } currentValueLabel: {
            // This alone is seen inside the ring.
            VStack(spacing: 0) {
                if warns { Image(systemName: "exclamationmark.triangle").font(.caption) }
                Text(verbatim: number).minimumScaleFactor(0.5).lineLimit(1)
            }
        }
        .gaugeStyle(.accessoryCircularCapacity)
    }

    private var left: Int { 1_000 - Int(min(used, 1_000)) }

    /// The share that is left. Amounts have no room in a ring; a little is not nothing.
    private var number: String {
        (Double(left) / 1_000).formatted(.percent.precision(.fractionLength(0)).rounded(rule: .up))
    }
}

private struct Share: View {
    let used: UInt32

    var body: some View { ProgressView(value: Double(min(used, 1_000)), total: 1_000) }
}
