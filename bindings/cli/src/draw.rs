//! The usage screen in a terminal: the same order as on a phone, bars in block characters, every state a word. Columns
//! become rows where the window is narrow; texts wrap and are never clipped.

use companion::usage::view::history::HistoryView;
use companion::usage::view::{BucketLevel, BucketView, LineView, Notice, OutOfBundleView, UsageView};
use textwrap::core::display_width;

mod bar;
pub(crate) mod canvas;
mod history;
pub(crate) mod json;

use bar::bar;
use canvas::{Canvas, Column, GAP, Span, Style};

pub use json::{history_json, usage_json};

/// The narrowest and the widest a line gets, whatever the window: beyond it the eye loses the line.
const WIDTHS: (usize, usize) = (40, 100);
/// From here on a bucket is one row of three columns.
const COLUMNS_FROM: usize = 64;
/// The longest bar: a longer one is no easier to read.
const LONGEST_BAR: usize = 56;

/// The screen as text, at most `width` columns wide. With `colour`, levels and quiet texts are also coloured.
pub fn usage(view: &UsageView, width: usize, colour: bool) -> String {
    let (least, most) = WIDTHS;
    let mut canvas = Canvas::new(width.clamp(least, most), colour);
    if let Some(notice) = &view.notice {
        draw_notice(&mut canvas, notice);
    }
    for (at, line) in view.lines.iter().enumerate() {
        canvas.gap();
        if at > 0 {
            canvas.rule();
            canvas.gap();
        }
        draw_line(&mut canvas, line);
    }
    canvas.finish()
}

/// The history of lines as text, at most `width` columns wide.
pub fn histories(views: &[HistoryView], width: usize, colour: bool) -> String {
    let (least, most) = WIDTHS;
    let mut canvas = Canvas::new(width.clamp(least, most), colour);
    for (at, view) in views.iter().enumerate() {
        canvas.gap();
        if at > 0 {
            canvas.rule();
            canvas.gap();
        }
        history::draw(&mut canvas, view);
    }
    canvas.finish()
}

fn draw_notice(canvas: &mut Canvas, notice: &Notice) {
    canvas.hanging(Style::Warning, "! ", &notice.text);
    if let Some(action) = &notice.action {
        canvas.hanging(Style::Plain, "  → ", action);
    }
}

fn draw_line(canvas: &mut Canvas, line: &LineView) {
    let plan = line.plan.as_ref().map(|plan| format!(" · {}", plan.text)).unwrap_or_default();
    canvas.text(Style::Quiet, &format!("{}{plan}", line.label.text));
    canvas.gap();
    if let Some(empty) = &line.empty {
        canvas.text(Style::Strong, &empty.text);
        canvas.gap();
    }
    if let Some(hero) = &line.hero {
        draw_hero(canvas, hero);
    }
    if let Some(cycle) = &line.cycle {
        canvas.text(Style::Plain, &cycle.text);
    }
    if line.received_at_ms.is_some() {
        let badge = line.badge.text.as_ref().map(|badge| format!(" · {}", badge.text)).unwrap_or_default();
        canvas.text(Style::Quiet, &format!("{}{badge}", line.dated.text));
    }
    if let Some(note) = &line.plan_note {
        canvas.text(Style::Plain, &note.text);
    }
    if let Some(pace) = &line.pace {
        canvas.hanging(Style::Warning, "▲ ", &pace.text.text);
        if let Some(assumption) = &pace.assumption {
            canvas.hanging(Style::Quiet, "  ", &assumption.text);
        }
    }
    canvas.gap();
    if canvas.width() < COLUMNS_FROM {
        draw_stacked(canvas, &line.buckets);
    } else {
        draw_columns(canvas, &line.buckets);
    }
    if let Some(costs) = &line.out_of_bundle {
        canvas.gap();
        draw_costs(canvas, costs);
    }
    if !line.plan_contents.is_empty() {
        canvas.gap();
        let contents = line.plan_contents.iter().map(|row| format!("{} {}", row.title.text, row.amount.text));
        let name = line.plan.as_ref().map(|plan| format!("{} · ", plan.text)).unwrap_or_default();
        canvas.text(Style::Quiet, &format!("{name}{}", contents.collect::<Vec<_>>().join(" · ")));
    }
}

/// The answer first.
fn draw_hero(canvas: &mut Canvas, hero: &BucketView) {
    canvas.text(Style::Plain, &hero.title.text);
    canvas.hanging(strong(hero.level), mark(hero.level), &hero.headline.text);
    if let Some(line) = bar_line(hero, canvas.width(), 0) {
        canvas.spans(&line);
    }
    for words in hero.detail.iter().chain(&hero.carried) {
        canvas.text(Style::Plain, &words.text);
    }
}

/// Buckets where there is no room for columns.
fn draw_stacked(canvas: &mut Canvas, buckets: &[BucketView]) {
    let percent = widest_percent(buckets);
    for bucket in buckets {
        canvas.gap();
        draw_block(canvas, bucket, percent);
    }
}

fn draw_block(canvas: &mut Canvas, bucket: &BucketView, percent: usize) {
    let headline = format!("{}{}", mark(bucket.level), bucket.headline.text);
    let (title, headline) = (&bucket.title.text, headline);
    let room = canvas.width().saturating_sub(display_width(title)).saturating_sub(display_width(GAP));
    if display_width(&headline) <= room {
        let space = " ".repeat(room.saturating_sub(display_width(&headline)));
        canvas.spans(&[(Style::Plain, format!("{title}{GAP}{space}")), (strong(bucket.level), headline)]);
    } else {
        canvas.text(Style::Plain, title);
        canvas.text(strong(bucket.level), &headline);
    }
    if let Some(line) = bar_line(bucket, canvas.width(), percent) {
        canvas.spans(&line);
    }
    for words in bucket.detail.iter().chain(&bucket.carried) {
        canvas.text(Style::Quiet, &words.text);
    }
}

/// One row per bucket: name, bar and words, what is left.
fn draw_columns(canvas: &mut Canvas, buckets: &[BucketView]) {
    let widest = |width: fn(&BucketView) -> usize| buckets.iter().map(width).max().unwrap_or_default();
    let third = canvas.width().checked_div(3).unwrap_or_default();
    let left = widest(|bucket| display_width(&bucket.title.text)).min(third);
    let right = widest(|bucket| display_width(mark(bucket.level)).saturating_add(display_width(&bucket.headline.text)))
        .min(third);
    let gaps = display_width(GAP).saturating_mul(2);
    let middle = canvas.width().saturating_sub(left).saturating_sub(right).saturating_sub(gaps);
    let percent = widest_percent(buckets);
    for bucket in buckets {
        let words = bucket.detail.iter().chain(&bucket.carried);
        let words = words.flat_map(|words| Column::text(middle, Style::Quiet, &words.text).lines);
        let lines = bar_line(bucket, middle, percent).into_iter().chain(words);
        let headline = format!("{}{}", mark(bucket.level), bucket.headline.text);
        canvas.columns(&[
            Column::text(left, Style::Plain, &bucket.title.text),
            Column { width: middle, right: false, lines: lines.collect() },
            Column { right: true, ..Column::text(right, strong(bucket.level), &headline) },
        ]);
    }
}

/// What is paid beside the plan, third parties last and apart.
fn draw_costs(canvas: &mut Canvas, costs: &OutOfBundleView) {
    canvas.text(Style::Strong, &costs.headline.text);
    let amount = costs.rows.iter().map(|row| display_width(&row.amount.text)).max().unwrap_or_default();
    let title = costs.rows.iter().map(|row| display_width(&row.title.text)).max().unwrap_or_default();
    let indent = display_width(GAP).saturating_mul(2);
    let title = title.min(canvas.width().saturating_sub(amount).saturating_sub(indent));
    for row in &costs.rows {
        canvas.columns(&[
            Column { width: 0, right: false, lines: Vec::new() },
            Column::text(title, Style::Plain, &row.title.text),
            Column { right: true, ..Column::text(amount, Style::Plain, &row.amount.text) },
        ]);
    }
}

fn widest_percent(buckets: &[BucketView]) -> usize {
    buckets
        .iter()
        .filter_map(|bucket| bucket.bar.as_ref())
        .map(|bar| display_width(&bar.text))
        .max()
        .unwrap_or_default()
}

/// The bar with its percentage beside it, over so many columns in all. Bars under one another are equally long.
fn bar_line(bucket: &BucketView, columns: usize, percent: usize) -> Option<Vec<Span>> {
    let view = bucket.bar.as_ref()?;
    let text = format!("{GAP}{}{}", " ".repeat(percent.saturating_sub(display_width(&view.text))), view.text);
    let room = columns.saturating_sub(display_width(&text)).min(LONGEST_BAR);
    let mut line = bar(view, room, strong(bucket.level));
    line.push((Style::Plain, text));
    Some(line)
}

fn strong(level: BucketLevel) -> Style {
    match level {
        BucketLevel::Calm => Style::Strong,
        BucketLevel::Warning => Style::Warning,
        BucketLevel::Exhausted => Style::Alarm,
    }
}

/// What colour says to those who see it.
fn mark(level: BucketLevel) -> &'static str {
    match level {
        BucketLevel::Calm => "",
        BucketLevel::Warning => "▲ ",
        BucketLevel::Exhausted => "■ ",
    }
}

#[cfg(test)]
mod tests;
