// Month by month and day by day. A gap is a gap, never nothing.

import Companion
import CompanionScreens
import SwiftUI

/// The history of a line.
struct HistoryScreen: View {
    @Environment(AppModel.self) private var model
    let lineId: String

    var body: some View {
        Screen(model.labels.history) {
            if let view = model.usage.history(lineId) {
                Said(view.label)
                ForEach(view.buckets, id: \.bucketId) { OneBucket(lineId: lineId, bucket: $0) }
            }
        }
    }
}

private struct OneBucket: View {
    @Environment(AppModel.self) private var model
    let lineId: String
    let bucket: BucketHistoryView

    var body: some View {
        Section {
            if let forecast = bucket.forecast {
                VStack(alignment: .leading, spacing: 2) {
                    Line(forecast.text, "speedometer")
                    Aside(forecast.assumption)
                }
            }
            Days(days: bucket.days)
            ForEach(bucket.months.reversed(), id: \.month) { month in
                DisclosureGroup {
                    ForEach(model.usage.days(lineId, bucket.bucketId, month.month), id: \.day) {
                        Fact(title: $0.label, value: $0.amount)
                    }
                } label: {
                    OneMonth(month: month)
                }
            }
        } header: {
            Heading(bucket.title)
        }
    }
}

private struct OneMonth: View {
    let month: MonthBar

    var body: some View {
        VStack(alignment: .leading, spacing: 4) {
            Said(month.label)
            if let height = month.heightPermille { ShareBar(permille: height) }
            if let amount = month.amount { Aside(amount) }
            if let gaps = month.gaps { Aside(gaps) }
        }
    }
}

/// The last days as upright bars, each with its words for whoever listens. A gap has no bar but a dashed place.
private struct Days: View {
    @Environment(AppModel.self) private var model
    @Environment(\.colours) private var colours
    let days: [DayBar]

    var body: some View {
        VStack(alignment: .leading, spacing: 4) {
            Text(verbatim: model.labels.days).font(.subheadline).accessibilityAddTraits(.isHeader)
            HStack(alignment: .bottom, spacing: 2) {
                ForEach(days, id: \.day) { day in
                    Standing(day: day, colours: colours)
                        .accessibilityElement()
                        .accessibilityLabel(day.label.spoken)
                        .accessibilityValue(day.amount.spoken)
                }
            }
            .frame(height: 96)
            HStack {
                if let first = days.first { Aside(first.label) }
                Spacer(minLength: 8)
                if let last = days.last { Aside(last.label) }
            }
            .accessibilityHidden(true)
        }
    }
}

private struct Standing: View {
    let day: DayBar
    let colours: Colours

    var body: some View {
        Canvas { context, size in
            if let height = day.heightPermille {
                let high = max(size.height * share(height), 2)
                let bar = CGRect(x: 0, y: size.height - high, width: size.width, height: high)
                context.fill(Path(roundedRect: bar, cornerRadius: 2), with: .color(colours.tint))
            } else {
                for step in 1...3 {
                    let dash = CGRect(x: 0, y: size.height - CGFloat(step) * 6, width: size.width, height: 2)
                    context.fill(Path(dash), with: .color(colours.track))
                }
            }
        }
    }
}
