//! Stories of one order, told in documents as operators write them, with SIMs, answers and clocks: what the track makes of
//! them never goes back without a reason, and never calls late what is not.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::activation::model::{LineOrder, OrderStage, Said, SimCard, Standing, merged};
use crate::activation::tmf::{read_orders, read_sims};
use crate::activation::track::{Step, StepState, Track, track};
use crate::activation::working_day::{Pace, is_working_day};
use crate::trials::config;

const HOUR_MS: i64 = 60 * 60 * 1000;
/// Monday 21 December 2026, 08:00 in Brussels: two weeks of working days, weekends, Christmas and New Year follow.
const START_MS: i64 = 1_797_836_400_000;
/// States of TMF622 v4 and v5, with what they mean.
const STATES: [(&str, OrderStage); 14] = [
    ("acknowledged", OrderStage::Requested),
    ("draft", OrderStage::Requested),
    ("inProgress", OrderStage::UnderWay),
    ("InProgress", OrderStage::UnderWay),
    ("in_progress", OrderStage::UnderWay),
    ("pending", OrderStage::Waiting),
    ("held", OrderStage::Waiting),
    ("completed", OrderStage::Done),
    ("rejected", OrderStage::Refused),
    ("failed", OrderStage::Refused),
    ("partial", OrderStage::Refused),
    ("cancelled", OrderStage::Cancelled),
    ("assessingCancellation", OrderStage::Cancelled),
    ("pendingCancellation", OrderStage::Cancelled),
];
/// What operators write of an eSIM's profile, the furthest last.
const PROFILES: [&str; 4] = ["released", "downloaded", "installed", "enabled"];

/// Which order it is: this stays.
#[derive(Debug, Clone, Copy)]
struct Case {
    is_v5: bool,
    is_esim: bool,
    is_kept: bool,
}

/// What happens at one moment.
#[derive(Debug, Clone)]
struct Turn {
    /// How long after the last one.
    after_h: i64,
    /// The state, and what the operator adds to it.
    state: usize,
    sub_states: String,
    /// When it was launched, in hours since the start, where a milestone says so.
    launched_h: Option<i64>,
    /// When it is to begin, and whether that is a day without an hour.
    starts_h: Option<(i64, bool)>,
    /// Where its profile is. None: the inventory does not say.
    profile: Option<usize>,
    /// Whether there is a SIM in the inventory.
    has_sim: bool,
    /// What the person says, if anything.
    says: Option<u8>,
}

fn cases() -> impl Strategy<Value = Case> {
    any::<(bool, bool, bool)>().prop_map(|(is_v5, is_esim, is_kept)| Case { is_v5, is_esim, is_kept })
}

/// Words that mean nothing anywhere, so that no state is made of them.
fn sub_states() -> impl Strategy<Value = String> {
    prop_oneof![3 => Just(String::new()), 2 => r"(\.(q[a-z]{1,6}|Q-q|q q)){1,3}", 1 => Just(".".to_owned())]
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    // Most of what is told is that it is under way, or the same as before.
    let state = prop_oneof![3 => 2..5_usize, 2 => 0..STATES.len()];
    let says = prop::option::weighted(0.4, 0..5_u8);
    let starts = prop::option::weighted(0.3, (-100..300_i64, any::<bool>()));
    let launched = prop::option::weighted(0.2, -100..200_i64);
    let (profile, has_sim) = (prop::option::of(0..PROFILES.len()), any::<bool>());
    let turn = (0..60_i64, state, sub_states(), launched, starts, profile, has_sim, says).prop_map(
        |(after_h, state, sub_states, launched_h, starts_h, profile, has_sim, says)| Turn {
            after_h,
            state,
            sub_states,
            launched_h,
            starts_h,
            profile,
            has_sim,
            says,
        },
    );
    prop::collection::vec(turn, 1..10)
}

fn zone() -> TimeZone {
    jiff::tz::get!("Europe/Brussels")
}

fn at(hours: i64) -> Timestamp {
    Timestamp::from_millisecond(START_MS + hours * HOUR_MS).unwrap()
}

/// The order as an operator of that version writes it.
fn order_document(case: Case, turn: &Turn) -> Value {
    let state = format!("{}{}", STATES[turn.state].0, turn.sub_states);
    let starts = turn.starts_h.map(|(hours, is_day)| {
        let at = at(hours);
        if is_day { at.to_zoned_datetime(zone()).date().to_string() } else { at.to_string() }
    });
    let sim = if case.is_esim { "eSIM" } else { "physical" };
    let mut told =
        vec![json!({ "name": "simType", "value": sim }), json!({ "name": "msisdn", "value": "+32470123456" })];
    if case.is_kept && case.is_v5 {
        told.push(json!({ "name": "portIn", "value": { "number": "+32470123456", "donor": "Orange" } }));
    } else if case.is_kept {
        told.push(json!({ "name": "portIn.number", "value": "0470 12 34 56" }));
    }
    let mut order = json!({
        "id": "po-1", "orderDate": at(-200).to_string(), "relatedParty": [{ "id": "emma", "role": "user" }],
        "productOrderItem": [
            { "id": "1", "action": "add", "state": state, "product": { "productCharacteristic": told } },
        ],
    });
    if let Some(starts) = starts {
        order["requestedStartDate"] = json!(starts);
    }
    if case.is_v5 {
        order["milestone"] = json!([{ "name": "Launch", "status": "planned", "milestoneDate": at(900).to_string() }]);
        if let Some(hours) = turn.launched_h {
            let reached =
                json!({ "name": "Port-in launched", "status": "completed", "milestoneDate": at(hours).to_string() });
            order["milestone"].as_array_mut().unwrap().push(reached);
        }
    } else {
        order["state"] = json!(state);
    }
    json!([order])
}

fn sim_document(case: Case, turn: &Turn) -> Value {
    if !turn.has_sim {
        return json!([]);
    }
    let mut told = vec![json!({ "name": "msisdn", "value": "+32470123456" })];
    told.extend(turn.profile.map(|profile| json!({ "name": "profileState", "value": PROFILES[profile] })));
    let kind = if case.is_esim { "ESim" } else { "SimCard" };
    json!([{ "id": "sim-1", "@type": kind, "resourceStatus": "available", "resourceCharacteristic": told }])
}

fn told(case: Case, turn: &Turn) -> (LineOrder, Option<SimCard>) {
    let mut orders = read_orders(order_document(case, turn).to_string().as_bytes(), "emma", &zone()).unwrap().found;
    let mut sims = read_sims(sim_document(case, turn).to_string().as_bytes(), "emma").unwrap().found;
    (orders.remove(0), sims.pop())
}

/// What the person says; the last is that the last thing said was not so.
fn say(said: &mut Said, what: u8) -> bool {
    match what {
        0 => said.has_sim = true,
        1 => (said.has_sim, said.has_profile) = (true, true),
        2 => said.old_signal_gone = true,
        3 => said.works = true,
        _ => {
            let furthest = [&mut said.works, &mut said.old_signal_gone, &mut said.has_profile, &mut said.has_sim];
            if let Some(last) = furthest.into_iter().find(|told| **told) {
                *last = false;
            }
            return true;
        }
    }
    false
}

fn done(track: &Track) -> impl Iterator<Item = Step> + '_ {
    track.iter().filter(|(_, state)| *state == StepState::Done).map(|(step, _)| *step)
}

/// The steps that were done and are no more.
fn taken_back(before: &Track, after: &Track) -> Vec<Step> {
    done(before).filter(|step| !done(after).any(|done| done == *step)).collect()
}

/// One place where the person is, and a last step that nobody calls done.
fn is_whole(track: &Track) -> bool {
    let here = track.iter().filter(|(_, state)| matches!(state, StepState::Current | StepState::Failed)).count();
    let no_step_twice = track.windows(2).all(|pair| pair[0].0 < pair[1].0);
    here == 1 && no_step_twice && track.last().is_some_and(|(step, _)| *step == Step::WifiCalling)
}

/// The end of the first working day after a day, as the law has it; by the calendar alone.
fn legal_end(launched: Date) -> Timestamp {
    let mut day = launched.tomorrow().unwrap();
    while !is_working_day(day) {
        day = day.tomorrow().unwrap();
    }
    day.tomorrow().unwrap().to_zoned_datetime(zone()).unwrap().timestamp()
}

/// How a move stands, counted anew from when it was launched.
fn expected_pace(order: &LineOrder, since: Timestamp, now: Timestamp) -> Pace {
    let day = since.to_zoned_datetime(zone()).date();
    let is_day =
        order.starts_on_a_day && order.launched_ms.is_none() && order.starts_ms == Some(since.as_millisecond());
    let legal = legal_end(day);
    // A day without an hour may have begun at its last minute.
    let begun = if is_day { day.tomorrow().unwrap().to_zoned_datetime(zone()).unwrap().timestamp() } else { since };
    let usual = if is_day {
        begun.to_zoned_datetime(zone()).checked_add(1.day()).unwrap().timestamp()
    } else {
        begun + SignedDuration::from_hours(24)
    };
    match now {
        now if now >= legal => Pace::Late,
        now if now >= usual => Pace::LongerThanUsual,
        _ => Pace::OnTime,
    }
}

/// What is known, and what was told so far.
#[derive(Default)]
struct Story {
    order: Option<LineOrder>,
    sim: Option<SimCard>,
    said: Said,
    /// Every moment that may count as the beginning, in milliseconds since 1970 UTC.
    beginnings: Vec<i64>,
}

impl Story {
    fn track(&self, now_ms: i64) -> Track {
        track(self.order.as_ref().unwrap(), &self.said, self.sim.as_ref(), now_ms)
    }

    /// One moment: everything that is told then. Whether something gives a reason to take a step back.
    fn takes(&mut self, case: Case, turn: &Turn, now_ms: i64) -> bool {
        let (told, sim) = told(case, turn);
        let known = merged(self.order.as_ref(), told.clone(), now_ms);
        if known.resumed_ms == Some(now_ms) {
            // What was before it was held up counts no more; what is agreed for a day to come does.
            self.beginnings.retain(|at_ms| *at_ms >= now_ms);
            self.beginnings.push(now_ms);
        }
        let agreed = [told.launched_ms, told.starts_ms].into_iter().flatten();
        self.beginnings.extend(agreed.filter(|at_ms| known.resumed_ms.is_none_or(|resumed_ms| *at_ms >= resumed_ms)));
        if known.stage == OrderStage::UnderWay {
            self.beginnings.push(now_ms);
        }
        let is_held_up = |stage| matches!(stage, OrderStage::Waiting | OrderStage::Refused | OrderStage::Cancelled);
        let before = self.order.as_ref();
        let is_new_date = before.is_some_and(|before| before.starts_ms != known.starts_ms);
        // It stops, or it goes on after it had stopped.
        let has_stopped = before.is_some_and(|before| is_held_up(before.stage) || is_held_up(known.stage));
        let profile = |sim: Option<&SimCard>| sim.and_then(|sim| sim.profile);
        let sim = sim.map(|sim| SimCard { profile: sim.profile.or(profile(self.sim.as_ref())), ..sim });
        let is_off_the_phone = profile(sim.as_ref()) < profile(self.sim.as_ref());
        self.order = Some(known);
        self.sim = sim;
        is_new_date || has_stopped || is_off_the_phone
    }
}

proptest! {
    #![proptest_config(config(2_000))]

    #[test]
    fn no_step_goes_back_without_a_reason_and_none_is_called_late_too_early(case in cases(), turns in turns()) {
        let mut story = Story::default();
        let mut now_ms = START_MS;
        let mut drawn: Option<Track> = None;
        for turn in &turns {
            // Time alone takes nothing back.
            let later_ms = now_ms + turn.after_h * HOUR_MS;
            if let Some(before) = drawn.take() {
                let by_then = story.track(later_ms);
                prop_assert_eq!(taken_back(&before, &by_then), vec![], "in {} hours", turn.after_h);
                drawn = Some(by_then);
            }
            now_ms = later_ms;
            let has_reason = story.takes(case, turn, now_ms);
            let is_undone = turn.says.is_some_and(|what| say(&mut story.said, what));
            let after = story.track(now_ms);
            prop_assert!(is_whole(&after), "{:?}", after);
            if let Some(before) = &drawn && !has_reason && !is_undone {
                prop_assert_eq!(taken_back(before, &after), vec![], "{:?} to {:?}", before, after);
            }
            drawn = Some(after);

            let order = story.order.as_ref().unwrap();
            // At this moment, and at others with nothing new.
            for more_h in [0, 23, 24, 25, 47, 48, 72, 96, 120, 200] {
                let now_ms = now_ms + more_h * HOUR_MS;
                let now = Timestamp::from_millisecond(now_ms).unwrap();
                let Standing::Launched { since_ms, pace } = order.standing(now_ms) else { continue };
                if !case.is_kept {
                    prop_assert_eq!(pace, Pace::OnTime, "the law is about numbers that move");
                    continue;
                }
                let since_ms = since_ms.unwrap();
                prop_assert!(story.beginnings.contains(&since_ms), "{} was told by nobody", since_ms);
                let since = Timestamp::from_millisecond(since_ms).unwrap();
                prop_assert_eq!(pace, expected_pace(order, since, now), "since {}, at {}", since, now);
            }
        }
    }

    #[test]
    fn an_unknown_sub_state_means_what_is_known_before_it(
        case in cases(), known in 0..STATES.len(), unknown in r"(\.(q[a-z]{1,6}|Q-q|q q|)){1,4}", is_spaced in any::<bool>(),
    ) {
        let mut turn = Turn {
            after_h: 0, state: known, sub_states: unknown, launched_h: None, starts_h: None, profile: None, has_sim: false,
            says: None,
        };
        if is_spaced {
            turn.sub_states.push(' ');
        }
        let (order, _) = told(case, &turn);
        prop_assert_eq!(order.stage, STATES[known].1);
    }
}

#[test]
fn of_states_within_states_the_last_one_that_is_known_counts_and_not_a_later_word() {
    let vectors = [
        ("inProgress.accepted", OrderStage::UnderWay),
        ("inProgress.accepted.by.donor", OrderStage::UnderWay),
        ("inProgress.completed", OrderStage::UnderWay),
        ("acknowledged.rejected.q", OrderStage::Requested),
        ("pending.inProgress", OrderStage::Waiting),
        ("q.inProgress", OrderStage::Requested),
        (".", OrderStage::Requested),
    ];
    for (state, expected) in vectors {
        let document = json!([{
            "id": "po-1", "productOrderItem": [{ "id": "1", "action": "add", "state": state,
                "product": { "productCharacteristic": [{ "name": "simType", "value": "physical" }] } }],
        }]);
        let order = read_orders(document.to_string().as_bytes(), "emma", &zone()).unwrap().found.remove(0);
        assert_eq!(order.stage, expected, "{state}");
    }
}
