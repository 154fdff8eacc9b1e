//! A widget on its own: days without the app, and nothing of anybody.

use std::fmt::Write;
use std::sync::Arc;

use jiff::civil::date;

use super::*;
use crate::text::Language;
use crate::usage::history::History;
use crate::usage::model::{Bucket, Cycle};
use crate::usage::view::samples::{at, brussels, data, line_with, now, presentation};

const GB: u64 = 1_000_000_000;

fn line() -> LineState {
    let calls = Bucket { id: "secret-bucket".to_owned(), ..data(2 * GB, 10 * GB) };
    line_with(vec![data(6_200_000_000, 10 * GB), calls], vec![])
}

/// The folder of a core that wrote this.
fn folder(lines: &[LineState], language: Language) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    if let Some(bytes) = snapshot(lines, &now(), &presentation(language, &brussels())) {
        std::fs::write(folder.path().join("widget.json"), bytes).unwrap();
    }
    folder
}

fn shown(folder: &tempfile::TempDir, moment: &str) -> WidgetView {
    widget_view(folder.path().to_string_lossy().into_owned(), at(moment).as_millisecond())
}

#[test]
fn for_days_without_the_app_a_widget_says_what_is_true_of_each_moment() {
    for language in Language::ALL {
        let folder = folder(&[line()], language);
        let mut out = String::new();
        let mut moment = Some(now().at.as_millisecond());
        while let Some(at_ms) = moment {
            let view = widget_view(folder.path().to_string_lossy().into_owned(), at_ms);
            let figures = view.figures.unwrap();
            let local = Timestamp::from_millisecond(at_ms).unwrap().to_zoned_datetime(brussels());
            writeln!(out, "{}", local.strftime("%d %B %H:%M")).unwrap();
            writeln!(out, "  {} [{:?} {:?}]", figures.spoken, figures.used_permille, figures.elapsed_permille).unwrap();
            writeln!(out, "  {} · {}", figures.title, figures.headline).unwrap();
            writeln!(out, "  {}", figures.dated.unwrap_or_default()).unwrap();
            for row in figures.rows {
                writeln!(out, "  - {} · {} {:?}", row.title, row.headline, row.used_permille).unwrap();
            }
            moment = view.next_ms;
        }
        insta::with_settings!({ snapshot_suffix => language.locale() }, { insta::assert_snapshot!("widget", out) });
    }
}

#[test]
fn an_allowance_that_ended_or_has_not_begun_is_not_on_it() {
    let of = |id: &str, start, next_start| {
        let cycle = Some(Cycle { start: Some(start), next_start: Some(next_start) });
        Bucket { id: id.to_owned(), cycle, ..data(GB, 5 * GB) }
    };
    let over = of("over", date(2026, 11, 1), date(2026, 11, 20));
    let to_come = of("to come", date(2026, 12, 1), date(2027, 1, 1));
    let until_tomorrow = of("until tomorrow", date(2026, 11, 20), date(2026, 11, 27));
    let line = line_with(vec![data(6_200_000_000, 10 * GB), over, to_come, until_tomorrow], vec![]);
    let folder = folder(&[line], Language::English);
    let rows = |moment| shown(&folder, moment).figures.unwrap().rows.len();
    assert_eq!(rows("2026-11-25T14:10:00+01:00"), 1);
    assert_eq!(rows("2026-11-27T00:00:00+01:00"), 0, "without the app");
}

#[test]
fn at_the_turn_of_the_cycle_it_flips_by_itself_and_shows_no_old_figure() {
    let folder = folder(&[line()], Language::English);
    let last = shown(&folder, "2026-11-30T23:59:59+01:00");
    assert_eq!(last.figures.unwrap().headline, "3.8 GB left");
    assert_eq!(last.next_ms, Some(at("2026-12-01T00:00:00+01:00").as_millisecond()));
    let next = shown(&folder, "2026-12-01T00:00:00+01:00");
    let figures = next.figures.unwrap();
    assert_eq!((figures.headline.as_str(), figures.used_permille), ("No data for this period yet", None));
    assert_eq!((figures.dated, figures.rows, next.next_ms), (None, vec![], None));
}

#[test]
fn it_is_small_whatever_the_operator_calls_its_buckets() {
    let endless: Vec<_> = (0..40)
        .map(|at| Bucket {
            id: at.to_string(),
            name: Some("\u{1F4F1} endless \"name\" ".repeat(20)),
            cycle: Some(Cycle { start: Some(date(2026, 11, 1)), next_start: Some(date(2026, 11, 26 + at % 5)) }),
            ..data(GB, 10 * GB)
        })
        .collect();
    let bytes = snapshot(&[line_with(endless, vec![])], &now(), &presentation(Language::French, &brussels()));
    assert!(bytes.is_some_and(|bytes| bytes.len() <= store::widget::LARGEST));
}

#[test]
fn nothing_in_it_names_a_person_a_number_a_line_or_a_bucket() {
    let folder = folder(&[line()], Language::English);
    let written = std::fs::read_to_string(folder.path().join("widget.json")).unwrap();
    for secret in ["line-1", "32470123456", "0470", "•", "secret-bucket", "Business Mobile"] {
        assert!(!written.contains(secret), "{secret} in {written}");
    }
}

#[test]
fn without_anything_counted_and_of_a_broken_file_it_shows_nothing_of_anybody() {
    let nothing = WidgetView { figures: None, next_ms: None };
    let never_loaded = LineState { kept: None, days: Arc::<History>::default(), ..line() };
    for lines in [vec![], vec![never_loaded]] {
        assert_eq!(shown(&folder(&lines, Language::English), "2026-11-25T14:05:00+01:00"), nothing);
    }
    let sound = std::fs::read(folder(&[line()], Language::English).path().join("widget.json")).unwrap();
    let text = String::from_utf8(sound.clone()).unwrap();
    for broken in [
        Vec::new(),
        b"{".to_vec(),
        sound[..sound.len() / 2].to_vec(),
        text.replace("\"version\":1", "\"version\":2").into_bytes(),
        [sound, b" ".repeat(9000)].concat(),
    ] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("widget.json"), broken).unwrap();
        assert_eq!(shown(&folder, "2026-11-25T14:05:00+01:00"), nothing);
    }
    assert_eq!(widget_view("/nowhere/at/all".to_owned(), 0), nothing);
}
