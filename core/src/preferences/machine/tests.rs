use super::*;
use crate::preferences::model::{About, AllowedBy, Channel, Version};

const NOW: i64 = 1_795_608_000_000;
const LATER: Wait = Wait { until_ms: NOW + 5_000, reason: Reason::NoWay };
const ASKED: Wait = Wait { until_ms: NOW + 5_000, reason: Reason::Asked };
const OVER: Wait = Wait { until_ms: 0, reason: Reason::NoWay };
const PUT_OFF: Wait = Wait { until_ms: NOW + 5_000, reason: Reason::PutOff { asked: false } };
const MINUTE: i64 = 60 * 1000;
const DAY: i64 = 24 * 60 * 60 * 1000;

fn value(enabled: bool, percent: u8) -> Value {
    Value { enabled, threshold_percent: Some(percent) }
}

const ON: Value = Value { enabled: true, threshold_percent: Some(80) };
const OFF: Value = Value { enabled: false, threshold_percent: Some(80) };

/// What the operator has as of its `version`th change.
fn has(value: Value, version: u32) -> Preference {
    Preference {
        id: "p".to_owned(),
        about: About::UsageThreshold,
        channel: Channel::Sms,
        value,
        mandatory: false,
        allowed_by: AllowedBy::User,
        version: Version { etag: Some(format!("\"{version}\"")), body: Some(version.to_string()) },
    }
}

/// Every part of it is the person's own choice.
fn all(wanted: Value) -> Change {
    Change { enabled: Some(wanted.enabled), threshold_percent: wanted.threshold_percent }
}

/// The person turns the switch and touches nothing else.
fn turn(operation: &str, enabled: bool) -> Event {
    let change = Change { enabled: Some(enabled), threshold_percent: None };
    Event::Wished(Wish { operation: operation.to_owned(), change, at_ms: NOW })
}

fn wish(operation: &str, wanted: Value) -> Event {
    Event::Wished(Wish { operation: operation.to_owned(), change: all(wanted), at_ms: NOW })
}

const SENDING: Event = Event::Sending { now_ms: NOW, at_once: false };

fn came(operation: &str, outcome: Outcome) -> Event {
    Event::Came { operation: operation.to_owned(), outcome }
}

fn stale(theirs: Preference) -> Outcome {
    Outcome::Stale { theirs, once: true }
}

/// A switch that was off, after these events.
fn after(events: impl IntoIterator<Item = Event>) -> Toggle {
    let mut toggle = Toggle::of("line", has(OFF, 1));
    for event in events {
        toggle.on(event);
    }
    toggle
}

/// Operation on its way, operation that waits, what the operator has, what the screen shows.
fn told(toggle: &Toggle) -> (Option<&str>, Option<&str>, Value, Value) {
    let flying = toggle.flight.as_ref().map(|flight| flight.wish.operation.as_str());
    let queued = toggle.queued.as_ref().map(|wish| wish.operation.as_str());
    (flying, queued, toggle.preference.value, toggle.shown())
}

#[test]
fn every_way_a_switch_can_move() {
    use Outcome::{Accepted, Busy, Done, NotDone, Refused, Unsure};
    type Row = (&'static str, Vec<Event>, (Option<&'static str>, Option<&'static str>, Value, Value), Option<Trouble>);
    let conflict = |mine| Some(Trouble::Conflict { mine });
    let refused = |mine, reason| Some(Trouble::Refused { mine, reason });
    let rows: Vec<Row> = vec![
        ("a tap waits", vec![wish("a", ON)], (None, Some("a"), OFF, ON), None),
        (
            "a later tap overwrites it",
            vec![wish("a", ON), wish("b", value(true, 90))],
            (None, Some("b"), OFF, value(true, 90)),
            None,
        ),
        (
            "the same tap again is the same operation",
            vec![wish("a", ON), wish("b", ON)],
            (None, Some("a"), OFF, ON),
            None,
        ),
        ("back where it was, nothing is sent", vec![wish("a", ON), wish("b", OFF)], (None, None, OFF, OFF), None),
        ("what is sent is frozen", vec![wish("a", ON), SENDING], (Some("a"), None, OFF, ON), None),
        ("with one successor", vec![wish("a", ON), SENDING, wish("b", OFF)], (Some("a"), Some("b"), OFF, OFF), None),
        (
            "and at most one",
            vec![wish("a", ON), SENDING, wish("b", OFF), wish("c", value(false, 90))],
            (Some("a"), Some("c"), OFF, value(false, 90)),
            None,
        ),
        (
            "back to what is on its way, the successor is gone",
            vec![wish("a", ON), SENDING, wish("b", OFF), wish("c", ON)],
            (Some("a"), None, OFF, ON),
            None,
        ),
        ("done", vec![wish("a", ON), SENDING, came("a", Done(has(ON, 2)))], (None, None, ON, ON), None),
        (
            "done, and the newer wish stays",
            vec![wish("a", ON), SENDING, wish("b", OFF), came("a", Done(has(ON, 2)))],
            (None, Some("b"), ON, OFF),
            None,
        ),
        (
            "done, and the newer wish is what the operator has",
            vec![wish("a", ON), SENDING, wish("b", OFF), came("a", Done(has(OFF, 2)))],
            (None, None, OFF, OFF),
            None,
        ),
        (
            "told yes, done otherwise",
            vec![wish("a", ON), SENDING, came("a", Done(has(OFF, 2)))],
            (None, None, OFF, OFF),
            conflict(ON),
        ),
        ("an answer to nothing", vec![wish("a", ON), came("a", Done(has(ON, 2)))], (None, Some("a"), OFF, ON), None),
        (
            "an answer to an older operation",
            vec![wish("b", ON), SENDING, came("a", Refused(Refusal::Employer))],
            (Some("b"), None, OFF, ON),
            None,
        ),
        (
            "not done",
            vec![wish("a", ON), SENDING, came("a", NotDone { wait: LATER })],
            (Some("a"), None, OFF, ON),
            None,
        ),
        (
            "perhaps done",
            vec![wish("a", ON), SENDING, came("a", Unsure { wait: LATER })],
            (Some("a"), None, OFF, ON),
            None,
        ),
        (
            "put off",
            vec![wish("a", ON), SENDING, came("a", Accepted { wait: PUT_OFF, at_ms: NOW })],
            (Some("a"), None, OFF, ON),
            None,
        ),
        (
            "changed meanwhile and back: sent on top of it",
            vec![wish("a", ON), SENDING, came("a", stale(has(OFF, 3)))],
            (Some("a"), None, OFF, ON),
            None,
        ),
        (
            "changed meanwhile to what I want",
            vec![wish("a", ON), SENDING, came("a", stale(has(ON, 2)))],
            (None, None, ON, ON),
            None,
        ),
        (
            "changed meanwhile in another part",
            vec![turn("a", true), SENDING, came("a", stale(has(value(false, 90), 2)))],
            (Some("a"), None, value(false, 90), value(true, 90)),
            None,
        ),
        (
            "changed meanwhile to something else",
            vec![wish("a", value(false, 90)), SENDING, came("a", stale(has(value(false, 70), 2)))],
            (None, None, value(false, 70), value(false, 70)),
            conflict(value(false, 90)),
        ),
        (
            "changed meanwhile to something else, and the later tap wins",
            vec![wish("a", value(false, 90)), SENDING, wish("b", ON), came("a", stale(has(value(false, 70), 2)))],
            (None, Some("b"), value(false, 70), ON),
            None,
        ),
        (
            "perhaps done, and back where it was: somebody may have undone it",
            vec![
                wish("a", ON),
                SENDING,
                came("a", Unsure { wait: OVER }),
                SENDING,
                came("a", Outcome::Stale { theirs: has(OFF, 3), once: false }),
            ],
            (None, None, OFF, OFF),
            conflict(ON),
        ),
        (
            "perhaps done, at an operator that does each operation once: it was not",
            vec![wish("a", ON), SENDING, came("a", Unsure { wait: OVER }), SENDING, came("a", stale(has(OFF, 3)))],
            (Some("a"), None, OFF, ON),
            None,
        ),
        (
            "what waits touches only what it is about, whatever becomes of the rest meanwhile",
            vec![
                turn("a", true),
                SENDING,
                turn("b", false),
                came("a", stale(has(value(false, 90), 2))),
                SENDING,
                came("a", Done(has(value(true, 90), 3))),
                SENDING,
            ],
            (Some("b"), None, value(true, 90), value(false, 90)),
            None,
        ),
        (
            "busy with it: wait",
            vec![wish("a", ON), SENDING, came("a", Busy { theirs: has(OFF, 1), once: true, wait: LATER })],
            (Some("a"), None, OFF, ON),
            None,
        ),
        (
            "busy, and changed meanwhile",
            vec![
                wish("a", value(false, 90)),
                SENDING,
                came("a", Busy { theirs: has(value(false, 70), 2), once: true, wait: LATER }),
            ],
            (None, None, value(false, 70), value(false, 70)),
            conflict(value(false, 90)),
        ),
        (
            "refused",
            vec![wish("a", ON), SENDING, came("a", Refused(Refusal::Employer))],
            (None, None, OFF, OFF),
            refused(ON, Refusal::Employer),
        ),
        (
            "an older refusal takes no newer wish back",
            vec![wish("a", ON), SENDING, wish("b", value(true, 90)), came("a", Refused(Refusal::NotAccepted))],
            (None, Some("b"), OFF, value(true, 90)),
            None,
        ),
        (
            "refused, and the person was back already",
            vec![wish("a", ON), SENDING, wish("b", OFF), came("a", Refused(Refusal::NotAccepted))],
            (None, None, OFF, OFF),
            None,
        ),
        (
            "mine over theirs",
            vec![
                wish("a", value(false, 90)),
                SENDING,
                came("a", stale(has(value(false, 70), 2))),
                Event::KeepMine { operation: "b".to_owned(), at_ms: NOW },
            ],
            (None, Some("b"), value(false, 70), value(false, 90)),
            None,
        ),
        (
            "theirs over mine",
            vec![wish("a", value(false, 90)), SENDING, came("a", stale(has(value(false, 70), 2))), Event::Understood],
            (None, None, value(false, 70), value(false, 70)),
            None,
        ),
        (
            "nothing to keep",
            vec![Event::KeepMine { operation: "b".to_owned(), at_ms: NOW }],
            (None, None, OFF, OFF),
            None,
        ),
        ("a reading", vec![Event::Read { preference: has(ON, 2), moves: 0 }], (None, None, ON, ON), None),
        (
            "a reading never overwrites what waits",
            vec![wish("a", ON), Event::Read { preference: has(value(false, 70), 2), moves: 1 }],
            (None, Some("a"), OFF, ON),
            None,
        ),
        (
            "nor what is on its way",
            vec![wish("a", ON), SENDING, Event::Read { preference: has(value(false, 70), 2), moves: 2 }],
            (Some("a"), None, OFF, ON),
            None,
        ),
        (
            "a reading from before the change is worth nothing after it",
            vec![
                wish("a", ON),
                SENDING,
                came("a", Done(has(ON, 2))),
                Event::Read { preference: has(OFF, 1), moves: 0 },
            ],
            (None, None, ON, ON),
            None,
        ),
        (
            "a conflict goes where the operator has what I want after all",
            vec![
                wish("a", value(false, 90)),
                SENDING,
                came("a", stale(has(value(false, 70), 2))),
                Event::Read { preference: has(value(false, 90), 3), moves: 3 },
            ],
            (None, None, value(false, 90), value(false, 90)),
            None,
        ),
    ];
    for (rule, events, expected, trouble) in rows {
        let toggle = after(events);
        assert_eq!((told(&toggle), &toggle.trouble), (expected, &trouble), "{rule}");
    }
}

#[test]
fn the_same_operation_is_sent_until_there_is_an_answer() {
    let mut toggle = after([wish("a", ON), SENDING]);
    for tries in 2..6 {
        let outcome = if tries % 2 == 0 { Outcome::Unsure { wait: LATER } } else { Outcome::NotDone { wait: LATER } };
        toggle.on(came("a", outcome));
        assert_eq!(toggle.on(SENDING), Effect::Later(LATER), "a pause is kept");
        let effect = toggle.on(Event::Sending { now_ms: LATER.until_ms, at_once: false });
        let Effect::Send(flight) = effect else { panic!("{effect:?}") };
        assert_eq!((flight.wish.operation.as_str(), flight.wanted(), flight.tries), ("a", ON, tries));
        assert!(flight.unsure, "it may have been done once");
    }
}

#[test]
fn what_was_on_its_way_when_the_app_died_may_have_been_done() {
    let Effect::Send(first) = after([wish("a", ON)]).on(SENDING) else { panic!() };
    let Effect::Send(second) = after([wish("a", ON), SENDING]).on(SENDING) else { panic!() };
    assert_eq!((first.unsure, second.unsure), (false, true));
    let not_done = came("a", Outcome::NotDone { wait: OVER });
    let Effect::Send(answered) = after([wish("a", ON), SENDING, not_done]).on(SENDING) else { panic!() };
    assert!(!answered.unsure);
}

#[test]
fn a_person_may_ask_at_once_but_not_before_the_operator_allows_it() {
    let at_once = Event::Sending { now_ms: NOW, at_once: true };
    for (wait, sent) in [(LATER, true), (ASKED, false)] {
        let mut toggle = after([wish("a", ON), SENDING, came("a", Outcome::NotDone { wait })]);
        assert_eq!(matches!(toggle.on(at_once.clone()), Effect::Send(_)), sent, "{wait:?}");
    }
}

#[test]
fn a_wish_is_put_on_others_changes_three_times_and_then_the_person_is_asked() {
    let mut toggle = after([wish("a", ON), SENDING]);
    for round in 0..4 {
        assert!(toggle.flight.is_some(), "round {round}");
        toggle.on(came("a", stale(has(OFF, round + 2))));
        toggle.on(SENDING);
    }
    assert_eq!((toggle.flight.as_ref(), &toggle.trouble), (None, &Some(Trouble::Conflict { mine: ON })));
}

#[test]
fn after_thirty_days_nothing_is_sent_and_the_person_is_told() {
    let mut due = after([wish("a", ON)]);
    assert!(matches!(due.on(Event::Sending { now_ms: NOW + 30 * DAY, at_once: true }), Effect::Send(_)));
    let too_late = Event::Sending { now_ms: NOW + 30 * DAY + 1, at_once: true };
    for events in [vec![wish("a", ON)], vec![wish("a", ON), SENDING]] {
        let mut toggle = after(events);
        assert_eq!(toggle.on(too_late.clone()), Effect::Nothing);
        assert_eq!((told(&toggle), &toggle.trouble), ((None, None, OFF, OFF), &Some(Trouble::Expired { mine: ON })));
    }
    // The one before is too old, the one after is not.
    let newer = Event::Wished(Wish { operation: "b".to_owned(), change: all(value(true, 90)), at_ms: NOW + DAY });
    let mut toggle = after([wish("a", ON), SENDING, newer]);
    let Effect::Send(flight) = toggle.on(too_late) else { panic!() };
    assert_eq!((flight.wish.operation.as_str(), &toggle.trouble), ("b", &None));
}

#[test]
fn what_is_not_listed_any_more_goes_unless_somebody_still_has_to_hear_of_it() {
    for (events, gone) in [
        (vec![], true),
        (vec![wish("a", ON)], false),
        (vec![wish("a", ON), SENDING], false),
        (vec![wish("a", ON), SENDING, came("a", Outcome::Refused(Refusal::NotOffered))], false),
        (vec![wish("a", ON), SENDING, came("a", Outcome::Refused(Refusal::NotOffered)), Event::Understood], true),
    ] {
        let mut toggle = after(events.clone());
        let moves = toggle.moves;
        assert_eq!(toggle.on(Event::Unlisted { moves }) == Effect::Forget, gone, "{events:?}");
    }
    let mut moved_on = after([wish("a", ON), wish("b", OFF)]);
    assert_eq!(moved_on.on(Event::Unlisted { moves: 0 }), Effect::Nothing);
}

/// Asks after a change that was put off until it is told or a week is over: when it was asked, since it was put off.
fn asked_after(toggle: &mut Toggle, pulls_each_ms: Option<i64>) -> Vec<i64> {
    let mut asked = Vec::new();
    let (mut now_ms, mut since_ms) = (NOW, None);
    while toggle.flight.is_some() && now_ms < NOW + 7 * DAY {
        let pause_ms = toggle.flight.as_ref().unwrap().poll_pause_ms(now_ms);
        let wait = Wait { until_ms: now_ms + pause_ms, reason: Reason::PutOff { asked: false } };
        toggle.on(came("a", Outcome::Accepted { wait, at_ms: now_ms }));
        let begun_ms = *since_ms.get_or_insert(now_ms);
        asked.push(now_ms - begun_ms);
        // Whoever pulls does not wait for its time.
        let at_once = pulls_each_ms.is_some();
        now_ms += pulls_each_ms.unwrap_or(pause_ms).min(pause_ms);
        toggle.on(Event::Sending { now_ms, at_once });
    }
    asked
}

#[test]
fn a_change_that_was_put_off_is_asked_after_ever_more_rarely_for_a_day_and_then_told_as_not_confirmed() {
    let told = Some(Trouble::Refused { mine: ON, reason: Refusal::NotConfirmed });
    for offline in [0, 60] {
        let mut toggle = after([wish("a", ON), SENDING]);
        for _ in 0..offline {
            toggle.on(came("a", Outcome::NotDone { wait: OVER }));
            toggle.on(SENDING);
        }
        let asked = asked_after(&mut toggle, None);
        assert_eq!(toggle.trouble, told, "offline {offline} times");
        assert!((DAY..=DAY + 60 * MINUTE + 1).contains(asked.last().unwrap()), "{asked:?}");
        assert!((20..50).contains(&asked.len()), "{} times", asked.len());
        let pauses: Vec<i64> = asked.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert!(pauses.is_sorted() && pauses[0] == MINUTE / 2 && *pauses.last().unwrap() == 60 * MINUTE, "{pauses:?}");
    }
    // Whoever pulls every ten seconds uses up nothing of the day.
    let mut toggle = after([wish("a", ON), SENDING]);
    let asked = asked_after(&mut toggle, Some(10_000));
    assert_eq!(toggle.trouble, told);
    assert!(asked.len() > 8_000 && *asked.last().unwrap() > DAY, "{} times", asked.len());
    // It was done after all.
    toggle.on(Event::Read { preference: has(ON, 2), moves: toggle.moves });
    assert_eq!((toggle.shown(), toggle.trouble), (ON, None));
}

#[test]
fn what_the_operator_took_does_not_expire_unsent_and_is_not_asked_after_before_it_allows_it() {
    let put_off = |asked| Wait { until_ms: NOW + 40 * DAY + MINUTE, reason: Reason::PutOff { asked } };
    for (asked, sent) in [(true, false), (false, true)] {
        let mut toggle =
            after([wish("a", ON), SENDING, came("a", Outcome::Accepted { wait: put_off(asked), at_ms: NOW })]);
        let effect = toggle.on(Event::Sending { now_ms: NOW + 40 * DAY, at_once: true });
        assert_eq!((matches!(effect, Effect::Send(_)), &toggle.trouble), (sent, &None));
    }
}

#[test]
fn a_clock_that_was_moved_parks_no_wish() {
    for (reason, longest_ms) in [
        (Reason::NoWay, LONGEST_WAIT_MS),
        (Reason::Unable, LONGEST_WAIT_MS),
        (Reason::Asked, LONGEST_WAIT_MS),
        (Reason::PutOff { asked: true }, 60 * MINUTE),
    ] {
        let wait = Wait { until_ms: NOW + 400 * DAY, reason };
        let mut toggle = after([wish("a", ON), SENDING, came("a", Outcome::NotDone { wait })]);
        let Effect::Later(later) = toggle.on(SENDING) else { panic!("{reason:?}") };
        assert_eq!(later.until_ms, NOW + longest_ms, "{reason:?}");
        let before = Event::Sending { now_ms: later.until_ms - 1, at_once: false };
        assert_eq!(toggle.on(before), Effect::Later(later), "it does not begin anew each time");
        let over = Event::Sending { now_ms: later.until_ms, at_once: false };
        assert!(matches!(toggle.on(over), Effect::Send(_)), "{reason:?}");
    }
}
