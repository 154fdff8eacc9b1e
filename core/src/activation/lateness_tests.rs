use proptest::prelude::*;

use super::*;
use crate::activation::model::{KeptNumber, LineState, merged};
use crate::activation::samples::bare_order;

const HOUR: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * HOUR;
/// Wednesday 25 November 2026, 09:00 in Brussels.
const WEDNESDAY: i64 = 1_795_593_600_000;
/// Thursday's midnight, when the legal day has ended.
const ALLOWED: i64 = WEDNESDAY + 39 * HOUR;

fn moving(stage: OrderStage) -> LineOrder {
    LineOrder {
        kept: Some(KeptNumber::default()),
        ordered_ms: Some(WEDNESDAY - 5 * DAY),
        launched_ms: Some(WEDNESDAY),
        ..bare_order(stage)
    }
}

fn at(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap()
}

fn end(order: &LineOrder, said: &Said, now_ms: i64) -> Option<LateEnd> {
    lateness(order, said, now_ms).map(|late| late.end)
}

#[test]
fn a_late_move_stays_late_when_it_is_done_and_one_in_time_never_was() {
    let done = |done_ms| LineOrder { done_ms: Some(done_ms), ..moving(OrderStage::Done) };
    let seen = |undone_ms| LineOrder { undone_ms: Some(undone_ms), ..moving(OrderStage::Done) };
    let open = moving(OrderStage::UnderWay);
    let works = |undone_ms| Said { works: true, undone_ms, ..Said::default() };
    let nothing = Said::default();
    let now_ms = ALLOWED + 10 * DAY;
    let cases: Vec<(&str, LineOrder, Said, i64, Option<LateEnd>)> = vec![
        ("not done within the legal day", open.clone(), nothing.clone(), ALLOWED - 1, None),
        ("not done after it", open.clone(), nothing.clone(), ALLOWED, Some(LateEnd::Open)),
        ("done in its last moment", done(ALLOWED - 1), nothing.clone(), now_ms, None),
        ("done after it", done(ALLOWED), nothing.clone(), now_ms, Some(LateEnd::Done(at(ALLOWED)))),
        (
            "was not done after it",
            seen(ALLOWED + HOUR),
            nothing.clone(),
            now_ms,
            Some(LateEnd::AfterAll(at(ALLOWED + HOUR))),
        ),
        ("was not done within it, and nobody says when it was", seen(ALLOWED - HOUR), nothing.clone(), now_ms, None),
        (
            "done in time, as the operator says itself, though its list went on",
            LineOrder { done_ms: Some(ALLOWED - HOUR), ..seen(ALLOWED + HOUR) },
            nothing.clone(),
            now_ms,
            None,
        ),
        (
            "works by the person, after it was told not to be done",
            LineOrder { undone_ms: Some(now_ms), ..open.clone() },
            works(Some(ALLOWED + HOUR)),
            now_ms,
            Some(LateEnd::AfterAll(at(ALLOWED + HOUR))),
        ),
        (
            "works by the person in time, though the operator goes on saying that it is not done",
            LineOrder { undone_ms: Some(now_ms), ..open.clone() },
            works(Some(WEDNESDAY)),
            now_ms,
            None,
        ),
        ("works by the person, and nothing is known", open, works(None), now_ms, None),
        (
            "a line that has ended since",
            LineOrder { line: Some(LineState::Ended), ..done(ALLOWED) },
            nothing.clone(),
            now_ms,
            Some(LateEnd::Done(at(ALLOWED))),
        ),
        ("a new number", LineOrder { kept: None, ..done(ALLOWED) }, nothing.clone(), now_ms, None),
        (
            "begun on a day that was only wished for",
            LineOrder { launched_ms: None, starts_ms: Some(WEDNESDAY), ..done(ALLOWED) },
            nothing.clone(),
            now_ms,
            None,
        ),
        ("refused", LineOrder { done_ms: Some(ALLOWED), ..moving(OrderStage::Refused) }, nothing.clone(), now_ms, None),
        ("held up", moving(OrderStage::Waiting), nothing, now_ms, None),
    ];
    for (why, order, said, now_ms, expected) in cases {
        assert_eq!(end(&order, &said, now_ms), expected, "{why}");
    }
}

#[test]
fn compensation_can_be_asked_for_until_six_months_after_the_request() {
    let late = |ordered_ms| LineOrder { ordered_ms, done_ms: Some(ALLOWED), ..moving(OrderStage::Done) };
    for (ordered, last_moment) in [
        (Some("2026-11-20T09:00+01"), "2027-05-20T23:59:59.999+02"),
        // There is no 31 February.
        (Some("2026-08-31T09:00+02"), "2027-02-28T23:59:59.999+01"),
        // It is not told: from the launch on.
        (None, "2027-05-25T23:59:59.999+02"),
        // Nonsense: nobody asks after it began.
        (Some("2026-12-24T09:00+01"), "2027-05-25T23:59:59.999+02"),
    ] {
        let order = late(ordered.map(|text| text.parse::<Timestamp>().unwrap().as_millisecond()));
        let last_ms = last_moment.parse::<Timestamp>().unwrap().as_millisecond();
        let can = |now_ms| can_claim_still(&order, &Said::default(), now_ms);
        assert!(can(last_ms), "{ordered:?}: {last_moment}");
        assert!(!can(last_ms + 1), "{ordered:?}: {last_moment}");
    }
    let open = moving(OrderStage::UnderWay);
    assert!(!can_claim_still(&open, &Said::default(), ALLOWED), "it is shown as long as it is open");
}

#[test]
fn what_the_operator_told_last_before_it_was_done_is_kept() {
    let told = |order: Option<&LineOrder>, stage, now_ms| {
        merged(order, LineOrder { launched_ms: None, ..moving(stage) }, now_ms)
    };
    let seen = told(None, OrderStage::UnderWay, WEDNESDAY);
    let late = told(Some(&seen), OrderStage::UnderWay, ALLOWED + HOUR);
    let done = told(Some(&late), OrderStage::Done, ALLOWED + 30 * HOUR);
    let nothing = Said::default();
    assert_eq!(end(&done, &nothing, ALLOWED + 31 * HOUR), Some(LateEnd::AfterAll(at(ALLOWED + HOUR))));
    let in_time = told(Some(&seen), OrderStage::Done, ALLOWED + 30 * HOUR);
    assert_eq!(end(&in_time, &nothing, ALLOWED + 31 * HOUR), None, "it may have been done in time");
    // Time that passed while it waited for somebody is nobody's delay.
    let waited = told(Some(&late), OrderStage::Waiting, ALLOWED + 2 * HOUR);
    let again = told(Some(&waited), OrderStage::UnderWay, ALLOWED + 30 * HOUR);
    let done = told(Some(&again), OrderStage::Done, ALLOWED + 31 * HOUR);
    assert_eq!(end(&done, &nothing, ALLOWED + 32 * HOUR), None);
}

#[test]
fn a_launch_is_told_only_where_it_went_on_from_there() {
    let told = LineOrder { done_ms: Some(ALLOWED + DAY), ..moving(OrderStage::Done) };
    let seen = LineOrder { launched_ms: None, seen_under_way_ms: Some(WEDNESDAY), ..told.clone() };
    let resumed = LineOrder { resumed_ms: Some(WEDNESDAY + HOUR), ..told.clone() };
    for (order, is_told) in [(told, true), (seen, false), (resumed, false)] {
        let late = lateness(&order, &Said::default(), ALLOWED + 2 * DAY).unwrap();
        assert_eq!(late.is_launch_told, is_told, "{late:?}");
    }
}

proptest! {
    /// What an employer is told to claim has to be true.
    #[test]
    fn a_move_is_called_late_only_where_it_was_not_done_after_its_legal_day(
        launched_h in -500i64..500, done_h in prop::option::of(-500i64..1500), undone_h in prop::option::of(-500i64..1500),
        works_undone_h in prop::option::of(-500i64..1500), works in any::<bool>(), is_done in any::<bool>(), now_h in 0i64..6000,
    ) {
        let ms = |hours: i64| WEDNESDAY + hours * HOUR;
        let stage = if is_done { OrderStage::Done } else { OrderStage::UnderWay };
        let order = LineOrder {
            launched_ms: Some(ms(launched_h)),
            done_ms: done_h.filter(|_| is_done).map(ms),
            undone_ms: undone_h.map(ms),
            ..moving(stage)
        };
        let said = Said { works, undone_ms: works_undone_h.map(ms), ..Said::default() };
        if let Some(late) = lateness(&order, &said, ms(now_h)) {
            let proof = match late.end {
                LateEnd::Open => at(ms(now_h)),
                LateEnd::Done(at) | LateEnd::AfterAll(at) => at,
            };
            prop_assert!(proof >= late.allowed_until && late.allowed_until > late.launched);
            prop_assert_eq!(late.end == LateEnd::Open, !works && !is_done);
        }
    }
}
