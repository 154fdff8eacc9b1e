//! Months and days as bars, in the order and with the figures of the phones' picture. A gap is drawn as one.

use companion::usage::view::BarView;
use companion::usage::view::history::{BucketHistoryView, HistoryView};
use textwrap::core::display_width;

use super::bar::bar;
use super::canvas::{Canvas, Column, GAP, Span, Style};

/// A row: label, height in permille, figure, remark.
type Row<'a> = (&'a str, Option<u32>, String);

/// Draws the history of one line.
pub(super) fn draw(canvas: &mut Canvas, view: &HistoryView) {
    canvas.text(Style::Quiet, &view.label.text);
    for bucket in &view.buckets {
        canvas.gap();
        canvas.text(Style::Strong, &bucket.title.text);
        if let Some(forecast) = &bucket.forecast {
            canvas.text(Style::Plain, &forecast.text.text);
            canvas.text(Style::Quiet, &forecast.assumption.text);
        }
        canvas.gap();
        draw_rows(canvas, &months(bucket));
        canvas.gap();
        draw_rows(canvas, &days(bucket));
    }
}

fn months(bucket: &BucketHistoryView) -> Vec<Row<'_>> {
    let row = bucket.months.iter().map(|month| {
        let parts = [&month.amount, &month.gaps].into_iter().flatten().map(|text| text.text.as_str());
        (month.label.text.as_str(), month.height_permille, parts.collect::<Vec<_>>().join(" · "))
    });
    row.collect()
}

fn days(bucket: &BucketHistoryView) -> Vec<Row<'_>> {
    bucket.days.iter().map(|day| (day.label.text.as_str(), day.height_permille, day.amount.text.clone())).collect()
}

fn draw_rows(canvas: &mut Canvas, rows: &[Row<'_>]) {
    let widest = |width: fn(&Row<'_>) -> usize| rows.iter().map(width).max().unwrap_or_default();
    let label = widest(|(label, _, _)| display_width(label)).min(canvas.width().div_ceil(3));
    let figure = widest(|(_, _, figure)| display_width(figure)).min(canvas.width().div_ceil(3));
    let gaps = display_width(GAP).saturating_mul(2);
    let middle = canvas.width().saturating_sub(label).saturating_sub(figure).saturating_sub(gaps);
    for (text, height, words) in rows {
        let lines = height.map_or_else(Vec::new, |height| vec![line(height, middle)]);
        canvas.columns(&[
            Column::text(label, Style::Plain, text),
            Column { width: middle, right: false, lines },
            Column { right: true, ..Column::text(figure, Style::Plain, words) },
        ]);
    }
}

/// A bar without a track: there is no whole that it is a part of.
fn line(height: u32, columns: usize) -> Vec<Span> {
    let view = BarView {
        used_permille: height,
        elapsed_permille: None,
        over: false,
        text: String::new(),
        spoken: String::new(),
    };
    bar(&view, columns, Style::Plain).into_iter().filter(|(style, _)| *style != Style::Quiet).collect()
}
