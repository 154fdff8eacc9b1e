//! I2: missing never becomes zero, and a percentage is of one answer. Every document of the project, with anything left out
//! of it or put in its place: whatever the screen then shows can be computed from what is written in that very document.

#[path = "../../../tests/support/mutants.rs"]
mod mutants;

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;

use self::mutants::{documents, oddities, places, without, zeros_written};
use super::super::merge::{Merged, merge};
use super::super::model::{Bucket, LineUsage};
use super::super::state::{Kept, LineState, Now, UsageState};
use super::super::tmf::Decoded;
use super::super::view::{BucketView, LineView, usage_view};
use super::{NUMBER, brussels, presentation, read};
use crate::session::Line;
use crate::text::{Language, Text};

/// What is done to one place of a document.
#[derive(Debug, Clone)]
enum Mutation {
    Leave(Index),
    Replace(Index, Index),
}

fn mutations() -> impl Strategy<Value = Vec<Mutation>> {
    let mutation = prop_oneof![
        3 => any::<Index>().prop_map(Mutation::Leave),
        1 => any::<(Index, Index)>().prop_map(|(place, oddity)| Mutation::Replace(place, oddity)),
    ];
    prop::collection::vec(mutation, 1..4)
}

/// Parsed once, with the long lists cut to what a person has: the rest is drawn as often by other cases.
fn document(pick: Index, from: Index) -> Value {
    static DOCUMENTS: OnceLock<Vec<Value>> = OnceLock::new();
    let documents = DOCUMENTS.get_or_init(|| documents("tmf677").into_iter().map(|(_, document)| document).collect());
    let mut document = pick.get(documents).clone();
    shorten(&mut document, from);
    document
}

const LONGEST: usize = 2;

fn shorten(value: &mut Value, from: Index) {
    match value {
        Value::Object(members) => members.values_mut().for_each(|member| shorten(member, from)),
        Value::Array(elements) => {
            if elements.len() > LONGEST {
                let from = from.index(elements.len());
                elements.rotate_left(from);
                elements.truncate(LONGEST);
            }
            elements.iter_mut().for_each(|element| shorten(element, from));
        }
        _ => {}
    }
}

/// Names and times are seldom worth a case: amounts, units, roles and what holds them are.
fn is_worth_it(place: &str) -> bool {
    !["@type", "@referredType", "href", "name", "description"].iter().any(|name| place.ends_with(name))
}

fn mutated(mut document: Value, mutations: &[Mutation]) -> Value {
    for mutation in mutations {
        let mut all = Vec::new();
        places(&document, "", &mut all);
        all.retain(|place| is_worth_it(place));
        if all.is_empty() {
            break;
        }
        match mutation {
            Mutation::Leave(place) => document = without(&document, &all[place.index(all.len())]),
            Mutation::Replace(place, oddity) => {
                *document.pointer_mut(&all[place.index(all.len())]).unwrap() = oddity.get(&oddities()).clone();
            }
        }
    }
    document
}

fn decoded(document: &Value) -> Option<Decoded> {
    let document = document.to_string();
    let mine = [NUMBER.to_owned()];
    read(&document, Some(&mine)).ok().filter(|decoded| !decoded.lines.is_empty()).or_else(|| read(&document, None).ok())
}

/// Shortly after the count, or after when most of the documents were.
fn now(usage: &LineUsage) -> Now {
    let at = usage.counted_at.map_or_else(|| "2026-03-15T09:00:00Z".parse().unwrap(), |counted| counted.at);
    let at: Timestamp = at + SignedDuration::from_mins(5);
    Now { at, today: at.to_zoned_datetime(brussels()).date(), clock_off_minutes: None }
}

fn drawn(usage: LineUsage) -> LineView {
    let now = now(&usage);
    let line = LineState {
        line: Line { id: "line".to_owned(), msisdn: None },
        plan: None,
        days: Arc::default(),
        kept: Some(Kept { usage, checked_at: now.at, received_at: now.at }),
        not_entitled: false,
    };
    let state = UsageState { signed_in: true, lines: vec![line], ..UsageState::default() };
    usage_view(&state, &now, &presentation(Language::English, &brussels()), 0).lines.remove(0)
}

/// What a document says in figures, each in every unit it may be meant in.
struct Written {
    text: String,
    zeros: usize,
    figures: HashSet<i128>,
}

impl Written {
    fn of(document: &Value) -> Written {
        let mut figures = HashSet::new();
        collect("", document, &mut figures);
        Written { text: document.to_string(), zeros: zeros_written(document), figures }
    }

    /// It is written, or the sum or the difference of two that are.
    fn gives(&self, value: u64) -> bool {
        let value = i128::from(value);
        let is_here = |figure: i128| self.figures.contains(&figure);
        is_here(value) || self.figures.iter().any(|other| is_here(value - other) || is_here(value + other))
    }

    fn has_digits(&self, text: &Text) -> bool {
        let numbers = text.text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
        numbers.into_iter().all(|digits| self.text.contains(digits))
    }
}

/// The members an amount stands under.
fn holds_amounts(name: &str) -> bool {
    matches!(name, "amount" | "value" | "number" | "valueName") || name.ends_with("Value")
}

fn collect(name: &str, value: &Value, figures: &mut HashSet<i128>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(name, member)| collect(name, member, figures)),
        Value::Array(elements) => elements.iter().for_each(|element| collect(name, element, figures)),
        Value::Number(number) if holds_amounts(name) => figures.extend(in_all_units(number.as_str())),
        Value::String(text) if holds_amounts(name) => figures.extend(in_all_units(text)),
        _ => {}
    }
}

/// The smallest units in what an amount may be given in: a byte, second or message, and the tenths of tenths of a euro.
const UNITS: [i128; 13] =
    [1, 60, 100, 3_600, 86_400, 1_000, 1_000_000, 1_000_000_000, 1_000_000_000_000, 1 << 10, 1 << 20, 1 << 30, 1 << 40];

fn in_all_units(text: &str) -> Vec<i128> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
    let Ok(exponent) = exponent.parse::<i32>() else { return Vec::new() };
    // A separator may part thousands or the fraction.
    let thousands: String = number.chars().filter(char::is_ascii_digit).collect();
    let fraction = number.rfind(['.', ',']).map_or(0, |at| number.len() - at - 1);
    let readings = [(thousands.clone(), i32::try_from(fraction).unwrap() - exponent), (thousands, -exponent)];
    let units = |(digits, places): (String, i32)| {
        let digits: Option<i128> = digits.parse().ok();
        UNITS.into_iter().flat_map(move |unit| {
            let whole = digits?.checked_mul(unit)?;
            let power = 10i128.checked_pow(places.unsigned_abs())?;
            let down = if places >= 0 { whole / power } else { whole.checked_mul(power)? };
            // Rounded either way.
            Some([down, down + i128::from(places > 0 && whole % power != 0)])
        })
    };
    readings.into_iter().flat_map(units).flatten().collect()
}

fn check(line: &LineView, written: &Written) {
    let mut zeros = 0;
    for bucket in line.hero.iter().chain(&line.buckets) {
        for shown in [bucket.used, bucket.remaining, bucket.total].into_iter().flatten().filter(|shown| *shown > 0) {
            assert!(written.gives(shown), "{shown} is nowhere: {bucket:#?}");
        }
        zeros += zeros_shown(bucket);
        check_words(bucket, written);
        if let Some(bar) = &bucket.bar {
            let (used, total) = (bucket.used.unwrap(), bucket.total.unwrap());
            let percent: String = bar.text.chars().filter(char::is_ascii_digit).collect();
            let expected = u128::from(used) * 100 / u128::from(total);
            assert_eq!(percent, expected.to_string(), "{bucket:#?}");
        }
    }
    let rows = line.out_of_bundle.iter().flat_map(|costs| &costs.rows);
    let is_zero = |text: &str| text.contains("€0.00") || text.starts_with("0 ");
    let in_rows = rows.filter(|row| is_zero(&row.amount.text)).count();
    let in_sum = line.out_of_bundle.iter().filter(|costs| is_zero(&costs.headline.text)).count();
    zeros += in_rows.max(in_sum);
    assert!(zeros <= written.zeros, "{zeros} zeros of {}: {line:#?}", written.zeros);
}

/// Zeros that do not follow from the two other numbers.
fn zeros_shown(bucket: &BucketView) -> usize {
    let follows = match (bucket.used, bucket.remaining, bucket.total) {
        (Some(used), Some(0), Some(total)) if used > 0 => used >= total,
        (Some(0), Some(left), Some(total)) if left > 0 => left == total,
        _ => false,
    };
    let zeros = [bucket.used, bucket.remaining, bucket.total].into_iter().filter(|shown| *shown == Some(0)).count();
    // Of none used and none left there is none at all.
    let none_at_all = (bucket.used, bucket.remaining, bucket.total) == (Some(0), Some(0), Some(0));
    zeros - usize::from(follows) - usize::from(none_at_all)
}

/// A number that is missing is in no sentence, unless it was given in a unit nobody knows: then as it is written.
fn check_words(bucket: &BucketView, written: &Written) {
    let detail = bucket.detail.as_ref().map(|detail| detail.text.as_str()).unwrap_or_default();
    let says = |word: &str| bucket.headline.text.contains(word) || detail.contains(word);
    if bucket.remaining.is_none() && bucket.headline.text.contains("left") {
        assert!(written.has_digits(&bucket.headline), "{bucket:#?}");
    }
    let nothing = (bucket.used, bucket.remaining, bucket.total) == (None, None, None);
    if nothing && !says("over") && !says("speed") && !says("fair") {
        assert!(written.has_digits(&bucket.headline), "{bucket:#?}");
    }
    if bucket.used.is_none() && bucket.headline.text.contains("used") && !bucket.headline.text.contains("used up") {
        assert!(written.has_digits(&bucket.headline), "{bucket:#?}");
    }
}

/// Whether a bucket is as one of the answers has it.
fn is_of(bucket: &Bucket, answer: &LineUsage) -> bool {
    answer.buckets.iter().any(|other| *other == Bucket { carried: None, ..bucket.clone() })
}

proptest! {
    #![proptest_config(super::config(20_000))]

    #[test]
    fn i02_missing_never_becomes_zero_and_a_percentage_is_of_one_answer(
        pick in any::<Index>(), from in any::<Index>(), mutations in mutations(),
    ) {
        let first = document(pick, from);
        let second = mutated(first.clone(), &mutations);
        let Some(answer) = decoded(&second) else { return Ok(()) };
        let written = Written::of(&second);
        for usage in &answer.lines {
            check(&drawn(usage.clone()), &written);
        }
        // The same over what was kept before: no bucket is made of both.
        let Some(kept) = decoded(&first).and_then(|decoded| decoded.lines.into_iter().next()) else { return Ok(()) };
        let at = now(&kept);
        if let Ok(Merged::Replaced(merged)) = merge(answer.clone(), Some(&kept), &at) {
            for bucket in &merged.buckets {
                let is_of_one = is_of(bucket, &kept) || answer.lines.iter().any(|usage| is_of(bucket, usage));
                prop_assert!(is_of_one, "{bucket:#?}");
            }
        }
    }
}

/// The trial above would pass on a decoder that reads nothing.
#[test]
fn the_documents_left_as_they_are_show_numbers_percentages_and_zeros() {
    let (mut numbers, mut bars, mut zeros) = (0, 0, 0);
    for (_, document) in documents("tmf677") {
        for line in decoded(&document).into_iter().flat_map(|decoded| decoded.lines).map(drawn) {
            for bucket in line.hero.iter().chain(&line.buckets) {
                numbers += usize::from(bucket.used.or(bucket.remaining).is_some());
                bars += usize::from(bucket.bar.is_some());
                zeros += zeros_shown(bucket);
            }
        }
    }
    assert!(numbers >= 40 && bars >= 20 && zeros >= 3, "{numbers} numbers, {bars} bars, {zeros} zeros");
}
