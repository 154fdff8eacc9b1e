//! Every event in every state. What is not in the table below changes nothing.

use std::time::Duration;

use super::*;
use crate::session::provider::Endpoints;
use crate::session::record::Who;
use crate::session::token::Granted;

fn record(sub: &str) -> Arc<Record> {
    let endpoints = Endpoints::of("https://id.example");
    let granted = Granted {
        access: "access".into(),
        life: Duration::from_secs(300),
        refresh: Some("refresh".into()),
        id_token: None,
        proof_key: None,
    };
    let who = Who { issuer: "https://id.example".to_owned(), sub: sub.to_owned(), nonce: "n".to_owned() };
    Arc::new(Record::begin(who, endpoints, granted, 0))
}

/// The records of a story: `emma` is signed in, or over; `later` is a renewal of hers, `again` a new sign-in, `luc` another
/// person, `stale` a session that is nobody's any more.
struct Cast {
    emma: Arc<Record>,
    over: Arc<Record>,
    later: Arc<Record>,
    again: Arc<Record>,
    luc: Arc<Record>,
    stale: Arc<Record>,
}

impl Cast {
    fn new() -> Cast {
        let emma = record("emma");
        Cast {
            over: Arc::new(emma.over(SessionEnd::Revoked)),
            later: record("emma"),
            again: record("emma"),
            luc: record("luc"),
            stale: record("emma"),
            emma,
        }
    }

    fn standing(&self, state: &str) -> Standing {
        let state = match state {
            "signed out" => State::SignedOut,
            "signing out" => State::SigningOut,
            "signed in" => State::SignedIn(self.emma.clone()),
            _ => State::SignInAgain(self.over.clone()),
        };
        Standing { state, epoch: 7, ..Standing::default() }
    }

    /// The record of the state, or one that is of no state.
    fn present(&self, state: &str) -> Arc<Record> {
        match state {
            "signed in" => self.emma.clone(),
            "sign in again" => self.over.clone(),
            _ => self.stale.clone(),
        }
    }

    fn event(&self, event: &str, state: &str) -> Event {
        let settled = |record: &Arc<Record>, epoch| Event::Settled {
            record: record.clone(),
            data_key: None,
            locked_key: None,
            epoch,
            steps_up: false,
        };
        let started = |steps_up| Event::Started { attempt: "a".to_owned(), until_ms: 10, steps_up };
        let came_back = |steps_up| Event::CameBack { attempt: "a".to_owned(), steps_up };
        let granted =
            |record: &Arc<Record>, epoch, steps_up| Event::Granted { record: record.clone(), epoch, steps_up };
        let present = self.present(state);
        match event {
            "started" => started(false),
            "came back" => came_back(false),
            "given up" => Event::GivenUp { attempt: None },
            "granted" => granted(&self.again, 7, false),
            "granted late" => granted(&self.again, 6, false),
            "granted to luc" => granted(&self.luc, 7, false),
            "step-up started" => started(true),
            "step-up came back" => came_back(true),
            "stepped up" => granted(&self.again, 7, true),
            "stepped up late" => granted(&self.again, 6, true),
            "luc stepped up" => granted(&self.luc, 7, true),
            "settled" => settled(&self.again, 7),
            "settled late" => settled(&self.again, 6),
            "replace" => Event::Replace,
            "keep" => Event::Keep,
            "adopted" => Event::Adopted { from: present, to: self.later.clone(), keys: None },
            "renewed" => Event::Renewed { from: present, to: self.later.clone() },
            "renewed late" => Event::Renewed { from: self.stale.clone(), to: self.later.clone() },
            "saved" => Event::Saved(present),
            "ended" => Event::Ended { from: present, reason: SessionEnd::Unknown },
            "ended late" => Event::Ended { from: self.stale.clone(), reason: SessionEnd::Unknown },
            "lock lost" => Event::LockLost { of: present },
            "sign out" => Event::SignOut,
            "left elsewhere" => Event::LeftElsewhere { of: present },
            "gone" => Event::Gone,
            other => panic!("{other}"),
        }
    }
}

const STATES: [&str; 4] = ["signed out", "signing out", "signed in", "sign in again"];
const EVENTS: [&str; 25] = [
    "started",
    "came back",
    "given up",
    "granted",
    "granted late",
    "granted to luc",
    "step-up started",
    "step-up came back",
    "stepped up",
    "stepped up late",
    "luc stepped up",
    "settled",
    "settled late",
    "replace",
    "keep",
    "adopted",
    "renewed",
    "renewed late",
    "saved",
    "ended",
    "ended late",
    "lock lost",
    "sign out",
    "left elsewhere",
    "gone",
];

/// The moves: state, event, next state, what to do. What stands nowhere here leaves the state, and has nothing to do.
const MOVES: &[(&str, &str, &str, &str)] = &[
    ("signed out", "settled", "signed in", "revoke 0"),
    ("signed in", "settled", "signed in", "revoke 1"),
    ("sign in again", "settled", "signed in", "revoke 1"),
    ("signed in", "adopted", "signed in", "nothing"),
    ("sign in again", "adopted", "signed in", "nothing"),
    ("signed in", "renewed", "signed in", "save"),
    ("signed in", "ended", "sign in again", "save"),
    ("signed out", "sign out", "signing out", "revoke 0"),
    ("signing out", "sign out", "signing out", "revoke 0"),
    ("signed in", "sign out", "signing out", "revoke 1"),
    ("sign in again", "sign out", "signing out", "revoke 1"),
    ("signed in", "left elsewhere", "signed out", "revoke 1"),
    ("sign in again", "left elsewhere", "signed out", "revoke 1"),
    ("signing out", "gone", "signed out", "nothing"),
];

/// What is answered where the state stays as it is.
fn answered(state: &str, event: &str) -> &'static str {
    let somebody = matches!(state, "signed in" | "sign in again");
    match event {
        "started" | "came back" | "step-up started" | "step-up came back" | "given up" | "saved" => "nothing",
        "granted" | "granted to luc" | "settled" | "stepped up" | "luc stepped up" if state == "signing out" => "late",
        "stepped up" if somebody => "settle",
        "stepped up" | "luc stepped up" => "revoke 1",
        "granted" => "settle",
        "granted to luc" if somebody => "ask whose",
        "granted to luc" => "settle",
        "granted late" | "stepped up late" | "settled late" | "renewed late" => "late",
        "renewed" => "late",
        "lock lost" if somebody => "nothing",
        _ => "ignored",
    }
}

fn name(state: &State) -> &'static str {
    match state {
        State::SignedOut => "signed out",
        State::SigningOut => "signing out",
        State::SignedIn(_) => "signed in",
        State::SignInAgain(_) => "sign in again",
    }
}

fn told(effect: &Effect) -> String {
    match effect {
        Effect::Nothing => "nothing".to_owned(),
        Effect::Ignored => "ignored".to_owned(),
        Effect::Settle { .. } => "settle".to_owned(),
        Effect::AskWhose { .. } => "ask whose".to_owned(),
        Effect::Save(_) => "save".to_owned(),
        Effect::Late(_) => "late".to_owned(),
        Effect::Revoke(records) => format!("revoke {}", records.len()),
    }
}

#[test]
fn every_event_in_every_state_moves_as_the_table_says_or_not_at_all() {
    for state in STATES {
        for event in EVENTS {
            let cast = Cast::new();
            let mut standing = cast.standing(state);
            let effect = standing.on(cast.event(event, state));
            let mut moves = MOVES.iter().filter(|row| (row.0, row.1) == (state, event));
            let (next, effect_told) =
                moves.next().map_or((state, answered(state, event)), |(_, _, next, effect)| (*next, *effect));
            assert_eq!((name(&standing.state), told(&effect).as_str()), (next, effect_told), "{state}, {event}");
        }
    }
}

#[test]
fn whoever_leaves_signed_in_leaves_with_a_reason_and_with_no_token() {
    let cast = Cast::new();
    let mut standing = cast.standing("signed in");
    standing.on(cast.event("ended", "signed in"));
    let record = standing.record().unwrap();
    assert_eq!(record.ended, Some(SessionEnd::Unknown));
    assert!(record.refresh.is_none() && record.living(0).is_none());
    assert_eq!(standing.phase(0), SessionPhase::SignInAgain);
}

#[test]
fn nothing_that_began_before_a_sign_out_signs_anybody_in() {
    for event in ["granted", "settled", "renewed", "adopted", "ended", "saved", "replace"] {
        let cast = Cast::new();
        let mut standing = cast.standing("signed in");
        let begun = cast.event(event, "signed in");
        standing.on(Event::SignOut);
        standing.on(begun);
        standing.on(Event::Gone);
        assert_eq!(name(&standing.state), "signed out", "{event}");
    }
}

#[test]
fn a_sign_in_on_its_way_shows_until_it_is_over_and_returns_to_where_the_person_stood() {
    for state in ["signed out", "signed in", "sign in again"] {
        let cast = Cast::new();
        let mut standing = cast.standing(state);
        let before = standing.phase(0);
        standing.on(cast.event("started", state));
        assert_eq!((standing.phase(10), standing.phase(11)), (SessionPhase::SigningIn, before), "{state}");
        standing.on(cast.event("came back", state));
        assert_eq!(standing.phase(11), SessionPhase::SigningIn, "{state}: its code is being exchanged");
        standing.on(Event::GivenUp { attempt: Some("an older one".to_owned()) });
        assert_eq!(standing.phase(11), SessionPhase::SigningIn, "{state}");
        standing.on(cast.event("given up", state));
        assert_eq!(standing.phase(0), before, "{state}");
    }
}

#[test]
fn a_step_up_shows_no_sign_in_and_asks_nobody_to_make_room() {
    for state in ["signed in", "sign in again"] {
        let cast = Cast::new();
        let mut standing = cast.standing(state);
        let before = standing.phase(0);
        for event in ["step-up started", "step-up came back"] {
            standing.on(cast.event(event, state));
            assert_eq!(standing.phase(5), before, "{state}, {event}");
        }
        assert_eq!(told(&standing.on(cast.event("luc stepped up", state))), "revoke 1");
        assert!(standing.waiting.is_none() && standing.record().is_some(), "{state}");
        standing.on(cast.event("given up", state));
        assert_eq!((standing.phase(5), standing.epoch), (before, 7), "{state}");
    }
}

#[test]
fn another_persons_session_waits_in_memory_until_the_person_here_decides() {
    let cast = Cast::new();
    let mut standing = cast.standing("signed in");
    assert_eq!(told(&standing.on(cast.event("granted to luc", "signed in"))), "ask whose");
    assert_eq!(told(&standing.on(Event::Keep)), "revoke 1");
    assert_eq!(told(&standing.on(Event::Keep)), "ignored");
    assert!(standing.is(&cast.emma));

    standing.on(cast.event("granted to luc", "signed in"));
    let Effect::Settle { record, epoch } = standing.on(Event::Replace) else { panic!("not settled") };
    assert!(Arc::ptr_eq(&record, &cast.luc));
    assert_eq!(name(&standing.state), "signed out", "emma's data is off the screen before it is deleted");
    let settled = Event::Settled { record, data_key: None, locked_key: None, epoch, steps_up: false };
    assert_eq!(told(&standing.on(settled)), "revoke 0");
    assert!(standing.is(&cast.luc));
}

#[test]
fn whoever_still_waits_when_the_person_here_signs_in_again_is_turned_away_and_revoked() {
    let cast = Cast::new();
    let mut standing = cast.standing("signed in");
    standing.on(cast.event("granted to luc", "signed in"));
    assert_eq!(told(&standing.on(cast.event("settled", "signed in"))), "revoke 2");
    assert!(standing.waiting.is_none());
}

/// Showing who is there is an answer to the operator, and none to whoever waits.
#[test]
fn whoever_waits_while_the_person_here_steps_up_waits_on() {
    for decision in [Event::Replace, Event::Keep] {
        let cast = Cast::new();
        let mut standing = cast.standing("signed in");
        standing.on(cast.event("granted to luc", "signed in"));
        for event in ["step-up started", "step-up came back", "stepped up"] {
            standing.on(cast.event(event, "signed in"));
        }
        let (record, epoch) = (cast.again.clone(), standing.epoch);
        let stepped_up = Event::Settled { record, data_key: None, locked_key: None, epoch, steps_up: true };
        assert_eq!(told(&standing.on(stepped_up)), "revoke 1", "her own former tokens");
        assert!(standing.is(&cast.again));
        assert!(standing.waiting.as_ref().is_some_and(|waiting| Arc::ptr_eq(waiting, &cast.luc)));
        match standing.on(decision) {
            Effect::Settle { record, .. } => assert!(Arc::ptr_eq(&record, &cast.luc)),
            Effect::Revoke(turned_away) => assert!(Arc::ptr_eq(&turned_away[0], &cast.luc)),
            other => panic!("{other:?}"),
        }
    }
}

/// What a step-up was for is over with it: a later one is for something else.
#[test]
fn what_the_operator_wanted_is_forgotten_with_whoever_it_was_wanted_of_and_kept_for_another_try() {
    let keeps = [
        ("step-up started", true),
        ("step-up came back", true),
        ("luc stepped up", true),
        ("granted to luc", true),
        ("renewed", true),
        ("adopted", true),
        ("settled", false),
        ("given up", false),
        ("sign out", false),
        ("left elsewhere", false),
    ];
    for (event, is_kept) in keeps {
        let cast = Cast::new();
        let mut standing = cast.standing("signed in");
        standing.wanted = Some(StepUp::default());
        standing.on(cast.event(event, "signed in"));
        assert_eq!(standing.wanted.is_some(), is_kept, "{event}");
    }
    let cast = Cast::new();
    let mut standing = cast.standing("signed in");
    standing.wanted = Some(StepUp::default());
    standing.on(Event::GivenUp { attempt: Some("a".to_owned()) });
    assert!(standing.wanted.is_some(), "declined at the page, which may be opened once more");
    let keys = Some(Keys { data_key: None, locked_key: None });
    standing.on(Event::Adopted { from: cast.emma.clone(), to: cast.again.clone(), keys });
    assert!(standing.wanted.is_none(), "she signed in anew in another process");
}

#[test]
fn a_data_key_that_was_lost_is_a_deletion_and_the_same_key_is_none() {
    let [one, other] = [1, 2].map(|byte| DataKey::from_bytes(&[byte; 32]).unwrap());
    for (data_key, deleted) in [(one.clone(), 0), (other, 1)] {
        let cast = Cast::new();
        let mut standing = Standing { data_key: Some(one.clone()), ..cast.standing("signed in") };
        let subject = standing.subject().unwrap();
        let (record, epoch) = (cast.again.clone(), standing.epoch);
        let data_key = Some(data_key);
        standing.on(Event::Settled { record, data_key, locked_key: None, epoch, steps_up: true });
        assert_eq!((standing.data_epoch - subject.data_epoch, standing.has_data_of(&subject)), (deleted, deleted == 0));
    }
}

#[test]
fn a_new_sign_in_of_another_process_brings_its_own_keys_and_memory_begins_afresh() {
    let cast = Cast::new();
    let mut standing = cast.standing("signed in");
    let before = (standing.epoch, standing.data_epoch);
    let keys = Some(Keys { data_key: None, locked_key: Some(vec![1]) });
    standing.on(Event::Adopted { from: cast.emma.clone(), to: cast.again.clone(), keys });
    assert_eq!((standing.epoch, standing.data_epoch), (before.0 + 1, before.1 + 1));
    assert_eq!(standing.locked_key, Some(vec![1]));
}
