//! What a widget shows: final texts for every stretch of time until the next cycle has begun, written whenever usage
//! changes. So a widget that runs only now and then, without network, database or keychain, still says "yesterday" when it
//! was yesterday and shows no old cycle as the present one. Nothing in it names a person, a number or a line.

use std::path::Path;

use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use super::Usage;
use super::state::{LineState, Now, UsageState};
use super::view::{BadgeKind, BucketLevel, BucketState, BucketView, LineView, Presentation, usage_view};
use crate::session::Session;
use crate::store;
use crate::text::{Text, messages};

/// A snapshot of another version is none.
const VERSION: u32 = 1;
/// Days for which "yesterday" and the days left are written ahead.
const DAYS_AHEAD: i64 = 3;
/// Rows beside the first figure.
const ROWS: usize = 2;

/// What a widget shows at a moment.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct WidgetView {
    /// The figures. Absent when nobody is signed in, with the app lock on, and before anything was counted: then only the
    /// app's name is shown.
    pub figures: Option<WidgetFigures>,
    /// When the widget is to be drawn anew, in milliseconds since 1970 UTC. Absent when nothing changes by itself any more.
    pub next_ms: Option<i64>,
}

/// The figures of a widget, from the line that comes first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, uniffi::Record)]
pub struct WidgetFigures {
    /// "Data".
    pub title: String,
    /// "3.8 GB left", or that the new period is not counted yet.
    pub headline: String,
    /// The bar's used part in permille.
    pub used_permille: Option<u32>,
    /// The tick of elapsed time in permille.
    pub elapsed_permille: Option<u32>,
    /// More than the allowance is used.
    pub over: bool,
    /// Near the end of the allowance, or at it: worth an icon.
    pub warns: bool,
    /// "Counted until 14:03". Absent of a period without figures.
    pub dated: Option<String>,
    /// All of it for a screen reader.
    pub spoken: String,
    /// Two more figures for a larger widget.
    pub rows: Vec<WidgetRow>,
}

/// One more figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, uniffi::Record)]
pub struct WidgetRow {
    /// "Calls".
    pub title: String,
    /// "77 min left".
    pub headline: String,
    /// The bar's used part in permille.
    pub used_permille: Option<u32>,
}

/// The file.
#[derive(Serialize, Deserialize)]
struct File {
    version: u32,
    /// In order of time.
    entries: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    from_ms: i64,
    figures: WidgetFigures,
}

/// What a widget shows at `at_ms` (milliseconds since 1970 UTC), from the core's folder alone: no network, no database, no
/// secure store. Never fails; what cannot be read shows nothing of anybody. For a timeline, ask again for each `next_ms`.
#[uniffi::export]
pub fn widget_view(data_dir: String, at_ms: i64) -> WidgetView {
    let bytes = store::widget::read(Path::new(&data_dir)).unwrap_or_default();
    let file = serde_json::from_slice::<File>(&bytes).ok().filter(|file| file.version == VERSION);
    let entries = file.map(|file| file.entries).unwrap_or_default();
    let next_ms = entries.iter().map(|entry| entry.from_ms).find(|from_ms| *from_ms > at_ms);
    // A clock that was moved back does not make figures of the future: the first entry is the earliest we know.
    let now = entries.iter().rev().find(|entry| entry.from_ms <= at_ms).or(entries.first());
    WidgetView { figures: now.map(|entry| entry.figures.clone()), next_ms }
}

impl Usage {
    /// Writes the snapshot for what is known now. A comfort: what fails is tried again at the next change.
    pub(crate) async fn write_widget(&self) {
        // Whose figures may be seen without the app: nobody's with the app lock on.
        let shown_of =
            |session: &Session| session.subject().map(|subject| subject.epoch).filter(|_| !session.has_app_lock());
        let before = shown_of(&self.session);
        let lines = if before.is_some() { self.lines_shown() } else { Vec::new() };
        let snapshot = snapshot(&lines, &self.now(), &self.presentation());
        let session = self.session.clone();
        // By the writer's turn somebody may have left, or turned the lock on.
        let wanted = move || shown_of(&session) == before;
        let _ = self.engine.store.keep_widget(snapshot, wanted).await;
    }
}

/// The file's bytes, at most 8 KiB; none where there is nothing to show.
fn snapshot(lines: &[LineState], now: &Now, presentation: &Presentation<'_>) -> Option<Vec<u8>> {
    let line = lines.iter().find(|line| line.kept.is_some())?;
    let state = UsageState { signed_in: true, lines: vec![line.clone()], ..UsageState::default() };
    let mut entries: Vec<Entry> = Vec::new();
    for at in moments(line, now, presentation) {
        let then = Now { at, today: at.to_zoned_datetime(presentation.zone.clone()).date(), clock_off_minutes: None };
        let view = usage_view(&state, &then, presentation, 0);
        let Some(figures) = view.lines.first().and_then(|line| figures(line, presentation)) else { continue };
        if entries.last().is_none_or(|last| last.figures != figures) {
            entries.push(Entry { from_ms: at.as_millisecond(), figures });
        }
    }
    let mut file = File { version: VERSION, entries };
    let bytes = |file: &File| serde_json::to_vec(file).ok().filter(|bytes| bytes.len() <= store::widget::LARGEST);
    (!file.entries.is_empty()).then_some(())?;
    // An operator's endless names cost the rows first.
    bytes(&file).or_else(|| {
        file.entries.iter_mut().for_each(|entry| entry.figures.rows.clear());
        bytes(&file)
    })
}

/// Now, and every moment at which the texts change without anything new: midnights, the ages of a count, the cycle's end.
fn moments(line: &LineState, now: &Now, presentation: &Presentation<'_>) -> Vec<Timestamp> {
    let midnight =
        |day: jiff::civil::Date| day.to_zoned_datetime(presentation.zone.clone()).ok().map(|at| at.timestamp());
    let usage = line.kept.as_ref().map(|kept| &kept.usage);
    let counted = usage.and_then(|usage| usage.counted_at).map(|counted| counted.at);
    let ages = [SignedDuration::from_hours(1), SignedDuration::from_hours(24)];
    // An age is passed when it is more than that.
    let passed = SignedDuration::from_millis(1);
    let aged = ages.into_iter().filter_map(|age| counted?.checked_add(age.checked_add(passed)?).ok());
    let days = (1..=DAYS_AHEAD).filter_map(|days| midnight(now.today.checked_add(days.days()).ok()?));
    let ends = usage.into_iter().flat_map(|usage| &usage.buckets).filter_map(|bucket| bucket.cycle?.next_start);
    let ends = ends.chain(usage.and_then(|usage| usage.cycle_on(now.today)?.next_start)).filter_map(midnight);
    let mut moments: Vec<Timestamp> = [now.at].into_iter().chain(aged).chain(days).chain(ends).collect();
    moments.retain(|at| *at >= now.at);
    moments.sort_unstable();
    moments.dedup();
    moments
}

fn figures(line: &LineView, presentation: &Presentation<'_>) -> Option<WidgetFigures> {
    let hero = line.hero.as_ref()?;
    let over = matches!(line.badge.kind, BadgeKind::PreviousCycle | BadgeKind::RolloverPending);
    if over || hero.state == BucketState::Ended {
        return Some(new_period(hero, presentation));
    }
    let parts = [Some(line.dated.clone()), line.badge.text.clone(), hero.carried.clone()];
    let dated = Text::list(&parts.into_iter().flatten().collect::<Vec<_>>());
    Some(WidgetFigures {
        title: hero.title.text.clone(),
        headline: hero.headline.text.clone(),
        used_permille: hero.bar.as_ref().map(|bar| bar.used_permille),
        elapsed_permille: hero.bar.as_ref().and_then(|bar| bar.elapsed_permille),
        over: hero.bar.as_ref().is_some_and(|bar| bar.over),
        warns: hero.level != BucketLevel::Calm,
        spoken: Text::list(&[hero.title.clone(), hero.headline.clone(), dated.clone()]).spoken,
        dated: Some(dated.text),
        // A widget has no room for dates, so that only what counts now is on it.
        rows: line.buckets.iter().filter(|bucket| bucket.state == BucketState::Current).take(ROWS).map(row).collect(),
    })
}

/// The cycle is over, and nothing of the new one is known.
fn new_period(hero: &BucketView, presentation: &Presentation<'_>) -> WidgetFigures {
    let headline = messages::empty_cycle(presentation.language);
    WidgetFigures {
        title: hero.title.text.clone(),
        headline: headline.text.clone(),
        used_permille: None,
        elapsed_permille: None,
        over: false,
        warns: false,
        dated: None,
        spoken: Text::list(&[hero.title.clone(), headline]).spoken,
        rows: Vec::new(),
    }
}

fn row(bucket: &BucketView) -> WidgetRow {
    WidgetRow {
        title: bucket.title.text.clone(),
        headline: bucket.headline.text.clone(),
        used_permille: bucket.bar.as_ref().map(|bar| bar.used_permille),
    }
}

#[cfg(test)]
mod tests;
