//! I3: the count of a cycle never runs backwards, and a 304 moves nothing but the time of the last check, in whatever order
//! the operator's replies arrive.

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;

use super::super::merge::Merged;
use super::super::state::Kept;
use super::{NUMBER, Phone, midnight};

/// The turn of a cycle, as the stories play about it.
const FIRST: Date = date(2026, 11, 1);
const NEXT: Date = date(2026, 12, 1);

/// A reply on its way.
#[derive(Debug, Clone, Copy)]
enum Reply {
    /// 200: counted so many minutes after the operator began, of the first cycle or the next.
    Counted { minutes: i64, next_cycle: bool, unreadable: bool },
    /// 200 without a time.
    Undated,
    /// 200 without anything.
    Nothing,
    /// 304.
    NotModified,
    /// Not a reply: the app is started again.
    Restart,
}

/// Replies of an operator that counts on, in the order they were given. At the turn of the cycle its servers do not change
/// over at one moment.
fn replies() -> impl Strategy<Value = Vec<(Reply, u64)>> {
    let reply = prop_oneof![
        10 => (0i64..300, prop::bool::weighted(0.1)).prop_map(|(minutes, unreadable)| {
            Reply::Counted { minutes, next_cycle: false, unreadable }
        }),
        1 => Just(Reply::Undated),
        1 => Just(Reply::Nothing),
        3 => Just(Reply::NotModified),
        1 => Just(Reply::Restart),
    ];
    (prop::collection::vec((reply, 0u64..240), 2..8), -60i64..360, any::<u64>()).prop_map(
        |(mut replies, turn, flaps)| {
            for (at, (reply, _)) in replies.iter_mut().enumerate() {
                if let Reply::Counted { minutes, next_cycle, .. } = reply {
                    // For half an hour after the turn some of the servers are late.
                    let late = flaps >> (at % 64) & 1 == 1 && *minutes < turn + 30;
                    *next_cycle = *minutes >= turn && !late;
                }
            }
            replies
        },
    )
}

/// What the operator's time is at the turn, less five hours: the stories lie across it.
fn began() -> Timestamp {
    midnight(NEXT) - SignedDuration::from_hours(5)
}

fn document(reply: Reply) -> Option<String> {
    let (minutes, next_cycle, unreadable) = match reply {
        Reply::Counted { minutes, next_cycle, unreadable } => (Some(minutes), next_cycle, unreadable),
        Reply::Undated => (None, false, false),
        Reply::Nothing => return Some(format!(r#"{{"publicIdentifier": "{NUMBER}", "bucket": []}}"#)),
        Reply::NotModified | Reply::Restart => return None,
    };
    let start = if next_cycle { NEXT } else { FIRST };
    let counted = minutes.map(counted_at);
    let last_update = counted.map(|counted| format!(r#""lastUpdate": "{counted}","#)).unwrap_or_default();
    let used = if unreadable { "\"much\"".to_owned() } else { minutes.unwrap_or(1).to_string() };
    let bucket = |id: &str, used: &str| {
        format!(
            r#"{{"id": "{id}", "usageType": "data", "validFor": {{"endDateTime": "{}"}}, "bucketCounter": [{{"counterType": "used",
            "level": "global", "value": {{"amount": {used}, "units": "MB"}}, "consumptionPeriod": {{"startDateTime": "{}"}}}}]}}"#,
            midnight(start.saturating_add(1.month())),
            midnight(start)
        )
    };
    let buckets = [bucket("a", &used), bucket("b", &minutes.unwrap_or(1).to_string())].join(",");
    Some(format!(r#"{{"publicIdentifier": "{NUMBER}", {last_update} "bucket": [{buckets}]}}"#))
}

fn counted_at(minutes: i64) -> Timestamp {
    began() + SignedDuration::from_mins(minutes)
}

fn start_of(kept: &Kept) -> Option<Date> {
    kept.usage.cycle().and_then(|cycle| cycle.start)
}

/// Plays the replies in the order they arrive in; every reply is younger than what it tells.
fn play(replies: &[(Reply, u64)]) {
    let mut arriving: Vec<_> =
        replies.iter().enumerate().map(|(at, (reply, delay))| (at as u64 * 20 + delay, *reply)).collect();
    arriving.sort_by_key(|(at, _)| *at);
    let mut phone = Phone::new(began() + SignedDuration::from_mins(300));
    // The newest count of each cycle since the last answer without a time.
    let mut newest: Vec<(Date, Timestamp)> = Vec::new();
    for (minutes, reply) in arriving {
        phone.true_ms =
            (began() + SignedDuration::from_mins(300)).as_millisecond() + i64::try_from(minutes).unwrap() * 60_000;
        let before = phone.kept();
        let merged = match (reply, document(reply)) {
            (Reply::Restart, _) => {
                phone.starts_again();
                assert_eq!(phone.kept(), before, "what lies there is what was there");
                continue;
            }
            (_, Some(document)) => Some(phone.is_answered(&document)),
            (_, None) => {
                phone.is_told_that_nothing_changed();
                None
            }
        };
        let Some(kept) = phone.kept() else {
            assert_eq!(before, None, "{reply:?} took everything away");
            continue;
        };
        assert_eq!(kept.checked_at.as_millisecond(), phone.true_ms, "{reply:?} is a check");
        let replaced = matches!(merged, Some(Merged::Replaced(_)));
        match before {
            Some(before) if !replaced => assert_eq!(kept, Kept { checked_at: kept.checked_at, ..before }, "{reply:?}"),
            _ => assert_eq!(kept.received_at, kept.checked_at, "{reply:?}"),
        }
        let Some(counted) = kept.usage.counted_at else {
            newest.clear();
            continue;
        };
        let Some(start) = start_of(&kept) else { continue };
        let known = newest.iter_mut().find(|(of, _)| *of == start);
        match known {
            Some((_, known)) => {
                assert!(
                    counted.at >= *known,
                    "the count of {start} ran back from {known} to {} by {reply:?}",
                    counted.at
                );
                *known = counted.at;
            }
            None => newest.push((start, counted.at)),
        }
        // What ran back would be the figures: each says its minute, also one that was carried over.
        for bucket in &kept.usage.buckets {
            let Some(told) = bucket.used.as_ref().and_then(|used| used.amount.units()) else { continue };
            let Some(counted) = bucket.carried.map_or(Some(counted), |carried| carried.counted_at) else { continue };
            let minute = counted.at.duration_since(began()).as_mins();
            assert_eq!(told / 1_000_000, u64::try_from(minute).unwrap(), "{bucket:?} in {kept:?}");
        }
    }
}

proptest! {
    #![proptest_config(super::config(10_000))]

    #[test]
    fn i03_a_count_never_runs_backwards_and_a_304_moves_only_the_check(replies in replies()) {
        play(&replies);
    }
}
