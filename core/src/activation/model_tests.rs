use proptest::prelude::*;

use super::*;
use crate::activation::samples::bare_order;

const HOUR: i64 = 60 * 60 * 1000;
/// Wednesday 25 November 2026, 09:00 in Brussels.
const WEDNESDAY: i64 = 1_795_593_600_000;

fn order(stage: OrderStage) -> LineOrder {
    LineOrder {
        number: Some("+32470123456".to_owned()),
        sim: SimKind::Card,
        kept: Some(KeptNumber::default()),
        ordered_ms: Some(WEDNESDAY - 48 * HOUR),
        ..bare_order(stage)
    }
}

#[test]
fn a_move_is_scheduled_launched_longer_than_usual_and_late() {
    let moved = LineOrder { starts_ms: Some(WEDNESDAY), ..order(OrderStage::UnderWay) };
    let launched = |pace| Standing::Launched { since_ms: Some(WEDNESDAY), pace };
    let cases = [
        (WEDNESDAY - 1, Standing::Scheduled { at_ms: WEDNESDAY }),
        (WEDNESDAY, launched(Pace::OnTime)),
        (WEDNESDAY + 24 * HOUR - 1, launched(Pace::OnTime)),
        (WEDNESDAY + 24 * HOUR, launched(Pace::LongerThanUsual)),
        // Thursday ends at midnight.
        (WEDNESDAY + 39 * HOUR - 1, launched(Pace::LongerThanUsual)),
        (WEDNESDAY + 39 * HOUR, launched(Pace::Late)),
    ];
    for (now_ms, expected) in cases {
        assert_eq!(moved.standing(now_ms), expected, "{now_ms}");
    }
    assert_eq!(moved.limits_ms(WEDNESDAY), Some((WEDNESDAY + 24 * HOUR, WEDNESDAY + 39 * HOUR)));
    let new = LineOrder { kept: None, ..moved };
    assert_eq!(new.standing(WEDNESDAY + 99 * HOUR), launched(Pace::OnTime), "the law is about numbers that move");
    assert_eq!(new.limits_ms(WEDNESDAY), None);
}

#[test]
fn without_a_word_of_when_it_counts_from_when_it_was_first_seen() {
    let told = merged(None, order(OrderStage::UnderWay), WEDNESDAY);
    assert_eq!(told.seen_under_way_ms, Some(WEDNESDAY));
    let again = merged(Some(&told), order(OrderStage::UnderWay), WEDNESDAY + 50 * HOUR);
    assert!(matches!(again.standing(WEDNESDAY + 50 * HOUR), Standing::Launched { pace: Pace::Late, .. }));
}

#[test]
fn a_day_without_an_hour_may_begin_at_its_last_minute_and_a_wish_begins_when_it_was_seen() {
    let midnight = WEDNESDAY - 9 * HOUR;
    let a_day = LineOrder { starts_ms: Some(midnight), starts_on_a_day: true, ..order(OrderStage::UnderWay) };
    let pace_at = |order: &LineOrder, now_ms| match order.standing(now_ms) {
        Standing::Launched { pace, .. } => pace,
        other => panic!("{other:?}"),
    };
    assert_eq!(pace_at(&a_day, midnight + 30 * HOUR), Pace::OnTime);
    assert_eq!(pace_at(&a_day, midnight + 48 * HOUR), Pace::Late, "what is usual never outlasts the law");
    // Wished for a week ago, and under way only since an hour ago.
    let wished = LineOrder { starts_ms: Some(WEDNESDAY - 7 * 24 * HOUR), ..order(OrderStage::UnderWay) };
    let seen = merged(None, wished, WEDNESDAY);
    assert_eq!(pace_at(&seen, WEDNESDAY + HOUR), Pace::OnTime);
    assert_eq!(seen.limits_ms(WEDNESDAY + HOUR), Some((WEDNESDAY + 24 * HOUR, WEDNESDAY + 39 * HOUR)));
}

#[test]
fn nothing_goes_back_without_a_reason() {
    use OrderStage::{Cancelled, Done, Refused, Requested, UnderWay, Waiting};
    let cases = [
        (Requested, UnderWay, UnderWay),
        (UnderWay, Requested, UnderWay),
        (Done, UnderWay, Done),
        (Done, Waiting, Done),
        (UnderWay, Waiting, Waiting),
        (Waiting, Requested, Requested),
        (UnderWay, Refused, Refused),
        (Refused, UnderWay, UnderWay),
        (Done, Refused, Refused),
        (UnderWay, Cancelled, Cancelled),
    ];
    for (before, told, expected) in cases {
        let known = merged(Some(&order(before)), order(told), WEDNESDAY);
        assert_eq!(known.stage, expected, "{before:?}, then {told:?}");
    }
    let another = LineOrder { id: "o-2".to_owned(), ..order(Requested) };
    assert_eq!(merged(Some(&order(Done)), another, WEDNESDAY).stage, Requested, "another order begins anew");
}

#[test]
fn what_an_answer_leaves_out_stays_as_it_was_told_and_what_it_tells_anew_counts() {
    let named = |of: &str| LineOrder {
        product: Some(format!("product of {of}")),
        item: Some(format!("item of {of}")),
        number: Some(format!("number of {of}")),
        kept: Some(KeptNumber { donor: Some(format!("donor of {of}")), number: Some(format!("old number of {of}")) }),
        ..bare_order(OrderStage::UnderWay)
    };
    let dated = |from: i64, order: LineOrder| LineOrder {
        ordered_ms: Some(from),
        starts_ms: Some(from + HOUR),
        launched_ms: Some(from + 2 * HOUR),
        done_ms: Some(from + 3 * HOUR),
        ..order
    };
    let all = LineOrder { sim: SimKind::Esim, starts_on_a_day: true, ..dated(WEDNESDAY, named("first")) };
    let known = merged(None, all, WEDNESDAY + HOUR);
    let later_ms = WEDNESDAY + 5 * HOUR;
    for kept in [None, Some(KeptNumber::default())] {
        let later = merged(Some(&known), LineOrder { kept, ..bare_order(OrderStage::UnderWay) }, later_ms);
        assert!(later == LineOrder { undone_ms: Some(later_ms), ..known.clone() });
    }
    let anew = LineOrder { sim: SimKind::Card, ..dated(WEDNESDAY + HOUR, named("second")) };
    let later = merged(Some(&known), anew.clone(), later_ms);
    let seen = LineOrder { seen_under_way_ms: known.seen_under_way_ms, undone_ms: Some(later_ms), ..anew };
    assert!(later == seen);
}

#[test]
fn an_order_ended_when_it_says_so_else_when_that_was_seen() {
    use OrderStage::{Done, Refused, UnderWay};
    let told = LineOrder { done_ms: Some(WEDNESDAY - HOUR), ..order(Done) };
    let ordered_ms = order(Done).ordered_ms;
    for (before, told, ended_ms) in [
        (None, told.clone(), Some(WEDNESDAY - HOUR)),
        (Some(order(UnderWay)), told, Some(WEDNESDAY - HOUR)),
        (Some(order(UnderWay)), order(Done), Some(WEDNESDAY)),
        // Nobody looked: it ended long ago. A refusal is news all the same.
        (None, order(Done), ordered_ms),
        (None, order(Refused), Some(WEDNESDAY)),
        (Some(order(UnderWay)), order(UnderWay), None),
    ] {
        let known = merged(before.as_ref(), told.clone(), WEDNESDAY);
        assert_eq!(known.ended_ms, ended_ms, "{before:?}, then {told:?}");
        let later = merged(Some(&known), order(told.stage), WEDNESDAY + HOUR);
        assert_eq!((later.ended_ms, later.done_ms), (ended_ms, told.done_ms), "{told:?}, told again");
    }
}

#[test]
fn what_was_launched_is_under_way_whatever_was_agreed() {
    let launched = LineOrder {
        starts_ms: Some(WEDNESDAY + 9 * HOUR),
        launched_ms: Some(WEDNESDAY),
        ..order(OrderStage::UnderWay)
    };
    let standing = Standing::Launched { since_ms: Some(WEDNESDAY), pace: Pace::OnTime };
    assert_eq!(launched.standing(WEDNESDAY + HOUR), standing);
    // An hour that the operator tells is one, also where it is the first of the agreed day.
    let midnight = WEDNESDAY - 9 * HOUR;
    let at_midnight =
        LineOrder { starts_ms: Some(midnight), starts_on_a_day: true, launched_ms: Some(midnight), ..launched };
    let since = Timestamp::from_millisecond(midnight).unwrap();
    assert_eq!(at_midnight.launch(), Some(Launched::At(since)));
    assert_eq!(LineOrder { launched_ms: None, ..at_midnight }.launch(), Some(Launched::on_day_of(since)));
}

#[test]
fn what_was_held_up_begins_anew_and_a_reason_that_was_told_stays() {
    let week = 7 * 24 * HOUR;
    let begun = merged(None, order(OrderStage::UnderWay), WEDNESDAY);
    for held in [OrderStage::Waiting, OrderStage::Refused] {
        let held = merged(Some(&begun), order(held), WEDNESDAY + HOUR);
        let again = merged(Some(&held), order(OrderStage::UnderWay), WEDNESDAY + week);
        assert!(matches!(again.standing(WEDNESDAY + week + HOUR), Standing::Launched { pace: Pace::OnTime, .. }));
        // The operator tells of the first launch for ever.
        let told = LineOrder { launched_ms: Some(WEDNESDAY), ..order(OrderStage::UnderWay) };
        let again = merged(Some(&held), told.clone(), WEDNESDAY + week);
        assert!(matches!(again.standing(WEDNESDAY + week + HOUR), Standing::Launched { pace: Pace::OnTime, .. }));
        let later = merged(Some(&again), told, WEDNESDAY + 2 * week);
        assert!(matches!(later.standing(WEDNESDAY + 2 * week), Standing::Launched { pace: Pace::Late, .. }));
    }
    // A new date that is agreed after it waited is one to wait for, however long ago it was first launched.
    let launched = LineOrder { launched_ms: Some(WEDNESDAY), ..order(OrderStage::UnderWay) };
    let held = merged(Some(&merged(None, launched, WEDNESDAY)), order(OrderStage::Waiting), WEDNESDAY + HOUR);
    let held = merged(Some(&held), order(OrderStage::Waiting), WEDNESDAY + 2 * HOUR);
    let friday = WEDNESDAY + 9 * 24 * HOUR;
    let agreed = LineOrder { starts_ms: Some(friday), ..order(OrderStage::UnderWay) };
    let again = merged(Some(&held), agreed, WEDNESDAY + 3 * HOUR);
    assert_eq!(again.standing(friday - 1), Standing::Scheduled { at_ms: friday });
    let launched = Standing::Launched { since_ms: Some(friday), pace: Pace::OnTime };
    assert_eq!(again.standing(friday + HOUR), launched);
    let refused = |reason| LineOrder { reason: Some(reason), ..order(OrderStage::Refused) };
    let told = merged(None, refused(RefusalReason::DonorData), WEDNESDAY);
    let later = merged(Some(&told), refused(RefusalReason::Other), WEDNESDAY + week);
    assert_eq!((later.reason, later.ended_ms), (Some(RefusalReason::DonorData), Some(WEDNESDAY)));
}

#[test]
fn who_waited_for_somebody_goes_on_from_where_that_was() {
    use OrderStage::{Refused, Requested, UnderWay, Waiting};
    let cases = [
        (&[UnderWay, Waiting, Requested][..], UnderWay),
        (&[UnderWay, Waiting, Waiting, Requested], UnderWay),
        (&[UnderWay, Waiting, Requested, Requested], UnderWay),
        (&[Requested, Waiting, Requested], Requested),
        // A refusal is a reason to begin again, whatever came between.
        (&[UnderWay, Refused, Requested], Requested),
        (&[UnderWay, Refused, Waiting, Requested], Requested),
        (&[UnderWay, Waiting, Refused, Requested], Requested),
    ];
    for (told, expected) in cases {
        let mut known = None;
        for (turn, stage) in (0_i64..).zip(told) {
            known = Some(merged(known.as_ref(), order(*stage), WEDNESDAY + turn * HOUR));
        }
        assert_eq!(known.unwrap().stage, expected, "{told:?}");
    }
    let asked = merged(Some(&merged(None, order(UnderWay), WEDNESDAY)), order(Waiting), WEDNESDAY + HOUR);
    let again = merged(Some(&asked), order(Requested), WEDNESDAY + 99 * HOUR);
    assert!(matches!(again.standing(WEDNESDAY + 99 * HOUR), Standing::Launched { pace: Pace::OnTime, .. }));
}

#[test]
fn how_the_line_stands_counts_before_what_its_order_says() {
    use OrderStage::{Cancelled, Done, Refused, UnderWay, Waiting};
    let told = |stage, line| LineOrder { line: Some(line), ..order(stage) };
    let cases = [
        (told(UnderWay, LineState::Coming), UnderWay, None),
        (told(UnderWay, LineState::InUse), Done, Some(Standing::Done)),
        (told(Waiting, LineState::InUse), Done, Some(Standing::Done)),
        (told(Refused, LineState::InUse), Done, Some(Standing::Done)),
        (told(UnderWay, LineState::Cancelled), Cancelled, Some(Standing::Cancelled)),
        (told(UnderWay, LineState::Aborted), Refused, Some(Standing::Refused(RefusalReason::Other))),
        (told(UnderWay, LineState::Suspended), UnderWay, Some(Standing::Suspended)),
        (told(Done, LineState::Suspended), Done, Some(Standing::Suspended)),
        (told(Done, LineState::Ended), Done, Some(Standing::Ended)),
        (told(Done, LineState::Coming), Done, Some(Standing::Done)),
    ];
    for (told, stage, standing) in cases {
        let known = merged(Some(&order(UnderWay)), told.clone(), WEDNESDAY);
        assert_eq!(known.stage, stage, "{:?} {:?}", told.stage, told.line);
        assert!(
            standing.is_none_or(|standing| known.standing(WEDNESDAY) == standing),
            "{:?} {:?}",
            told.stage,
            told.line
        );
        // An order that lags, and an answer without the line, take nothing away.
        let later = merged(Some(&known), order(told.stage), WEDNESDAY + HOUR);
        assert_eq!((later.stage, later.line), (stage, told.line));
        assert_eq!(known.limits_ms(WEDNESDAY).is_some(), told.line == Some(LineState::Coming) && stage == UnderWay);
    }
    let active = merged(Some(&order(UnderWay)), told(UnderWay, LineState::InUse), WEDNESDAY);
    assert_eq!(active.ended_ms, Some(WEDNESDAY), "it is shown as done for a while");
}

#[test]
fn debug_text_tells_no_number() {
    let order = LineOrder {
        kept: Some(KeptNumber { donor: Some("Proximus".to_owned()), number: None }),
        ..order(OrderStage::Done)
    };
    let text = format!("{order:?} {:?}", order.kept);
    assert!(!text.contains("470") && !text.contains("Proximus"), "{text}");
}

fn stages() -> impl Strategy<Value = OrderStage> {
    use OrderStage::{Cancelled, Done, Refused, Requested, UnderWay, Waiting};
    prop::sample::select(vec![Requested, UnderWay, Waiting, Done, Refused, Cancelled])
}

proptest! {
    #[test]
    fn whatever_the_operator_tells_in_whatever_order_a_step_back_has_a_reason(
        told in prop::collection::vec((stages(), prop::option::of(-50_i64..50)), 1..12),
    ) {
        let mut known: Option<LineOrder> = None;
        for (turn, (stage, starts)) in (0_i64..).zip(told) {
            let now_ms = WEDNESDAY + turn * HOUR;
            let starts_ms = starts.map(|hours| WEDNESDAY + hours * HOUR);
            let next = merged(known.as_ref(), LineOrder { starts_ms, ..order(stage) }, now_ms);
            if let Some(before) = &known {
                let ranks = before.stage.rank().zip(next.stage.rank());
                prop_assert!(ranks.is_none_or(|(before, next)| next >= before), "{:?} to {:?}", before.stage, next.stage);
                // A move that was under way is scheduled again only by a new date.
                let was_launched = matches!(before.standing(now_ms), Standing::Launched { .. });
                if was_launched && matches!(next.standing(now_ms), Standing::Scheduled { .. }) {
                    prop_assert_ne!(next.starts_ms, before.starts_ms);
                }
                prop_assert!(before.ordered_ms.is_none() || next.ordered_ms.is_some());
            }
            known = Some(next);
        }
    }
}
