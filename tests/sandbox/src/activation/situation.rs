//! Where each person stands with getting started, and every step of their order, dated by the clock of the scene.

use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::clock::brussels;

/// From a request, or an answer, until it was checked.
const CHECKED_AFTER: SignedDuration = SignedDuration::from_mins(30);
/// From the launch of a move until the other operator's line ends, and until the number is here.
const RELEASED_AFTER: SignedDuration = SignedDuration::from_hours(8);
const MOVED_AFTER: SignedDuration = SignedDuration::from_hours(20);
/// What a delay adds to what was not done by then.
/// Longer than any legal day with holidays and a weekend before it, so that the move can be seen late.
const DELAYED_BY: SignedDuration = SignedDuration::from_hours(7 * 24);
/// A new number takes so long from the agreed moment.
const ACTIVATED_AFTER: SignedDuration = SignedDuration::from_hours(2);
/// By when the operator says that it will be done.
const MOVE_EXPECTED_WITHIN: SignedDuration = SignedDuration::from_hours(24);
const ACTIVATION_EXPECTED_WITHIN: SignedDuration = SignedDuration::from_hours(4);
/// What a phone does with an activation code: download, installation, and the line is there.
const PROFILE_DOWNLOADED_AFTER: SignedDuration = SignedDuration::from_mins(3);
const PROFILE_INSTALLED_AFTER: SignedDuration = SignedDuration::from_mins(6);
const PROFILE_ENABLED_AFTER: SignedDuration = SignedDuration::from_mins(10);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SimType {
    Physical,
    Esim,
}

/// A line's situation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Situation {
    pub(super) sim: SimType,
    /// The operator a kept number comes from.
    pub(super) donor: Option<&'static str>,
    course: Course,
    /// The activation code needs a confirmation code.
    pub(super) is_confirmed: bool,
    /// Version 5 tells no state of the order, only of its items.
    pub(super) is_told_by_items: bool,
}

/// What becomes of the order, and what it waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Course {
    /// Since 2024.
    Done,
    /// For tomorrow at nine; the operator agrees within half an hour.
    Agreed,
    /// Since nine o'clock, and under way at whatever hour the scene opens.
    Launched,
    /// Refused, until the employer corrects what does not match.
    Refused,
    /// Until the person answers the mandate.
    Mandate,
    /// Until the profile is on the phone.
    Profile,
}

/// What happens outside the sandbox's APIs: on the employer's portal, or in the letter box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ActivationEvent {
    /// The employer corrected what the other operator did not recognise.
    DonorDataCorrected,
    /// The person agreed that their number moves.
    MandateAnswered,
    /// The other operator takes a week longer: what a late move looks like.
    Delayed,
}

/// When what happened outside.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Happened {
    /// The event of the situation.
    pub(super) event: Option<Timestamp>,
    /// The activation code was shown.
    pub(super) code_shown: Option<Timestamp>,
}

/// A stretch of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    Acknowledged,
    Pending,
    Rejected,
    InProgress,
    /// The other operator's line ended; this one's is about to begin.
    DonorReleased,
    Completed,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) at: Timestamp,
    pub(super) phase: Phase,
}

/// An order's steps, those to come among them as far as the clock alone decides, and the dates it tells.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) steps: Vec<Step>,
    pub(super) requested: Timestamp,
    pub(super) expected: Option<Timestamp>,
}

impl Plan {
    /// What was reached by now, in order.
    pub(super) fn reached(&self, now: Timestamp) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(move |step| step.at <= now)
    }

    pub(super) fn phase(&self, now: Timestamp) -> Phase {
        self.reached(now).last().map_or(Phase::Acknowledged, |step| step.phase)
    }

    pub(super) fn ordered(&self) -> Timestamp {
        self.steps.first().map(|step| step.at).unwrap_or_default()
    }

    /// When a phase was reached.
    pub(super) fn since(&self, phase: Phase, now: Timestamp) -> Option<Timestamp> {
        self.reached(now).find(|step| step.phase == phase).map(|step| step.at)
    }
}

impl Situation {
    /// Of a person's line: the first is the one their story is about.
    pub(super) fn of(key: &str, place: usize) -> Situation {
        let usual = Situation {
            sim: SimType::Physical,
            donor: None,
            course: Course::Done,
            is_confirmed: false,
            is_told_by_items: false,
        };
        let kept = |donor| Situation { donor: Some(donor), ..usual };
        match (key, place) {
            ("luc", 0) => Situation { sim: SimType::Esim, ..usual },
            ("nadia", 0) => Situation { course: Course::Agreed, ..usual },
            ("ines", 0) => Situation { course: Course::Launched, ..kept("Example Mobile") },
            ("tom", 0) => Situation { sim: SimType::Esim, course: Course::Refused, ..kept("Example Telecom") },
            ("sara", 0) => Situation {
                sim: SimType::Esim,
                course: Course::Profile,
                is_confirmed: true,
                is_told_by_items: true,
                ..usual
            },
            ("pieter", 0) => Situation { sim: SimType::Esim, course: Course::Mandate, ..kept("Example Mobile") },
            _ => usual,
        }
    }

    /// The line is there since 2024.
    pub(super) fn is_long_done(self) -> bool {
        self.course == Course::Done
    }

    /// Whether an event changes what becomes of the order in this phase.
    pub(super) fn takes(self, event: ActivationEvent, phase: Phase) -> bool {
        matches!(
            (self.course, phase, event),
            (Course::Refused, Phase::Rejected, ActivationEvent::DonorDataCorrected)
                | (Course::Mandate, Phase::Pending, ActivationEvent::MandateAnswered)
                // In either phase: which it is in depends on the time of day.
                | (Course::Launched, Phase::InProgress | Phase::DonorReleased, ActivationEvent::Delayed)
        )
    }

    pub(super) fn plan(self, opened: Timestamp, happened: Happened) -> Plan {
        use Phase::{Acknowledged, Completed, InProgress, Pending, Rejected};
        let step = |at, phase| Step { at, phase };
        let launched = launched_before(opened);
        match self.course {
            Course::Done => {
                let [ordered, agreed, done] = LONG_AGO;
                Plan {
                    steps: vec![step(ordered, Acknowledged), step(agreed, InProgress), step(done, Completed)],
                    requested: agreed,
                    expected: Some(done),
                }
            }
            Course::Agreed => {
                let agreed = hour(opened, 1, 9);
                Plan {
                    steps: vec![
                        step(hour(opened, -1, 10), Acknowledged),
                        step(later(opened, CHECKED_AFTER), InProgress),
                        step(later(agreed, ACTIVATED_AFTER), Completed),
                    ],
                    requested: agreed,
                    expected: Some(later(agreed, ACTIVATION_EXPECTED_WITHIN)),
                }
            }
            Course::Launched => {
                let mut steps = vec![step(hour(opened, -2, 10), Acknowledged)];
                steps.extend(moved(launched).into_iter().map(|one| match happened.event {
                    // Told once more while it is late, it takes a week from then.
                    Some(delayed) if one.at > delayed || one.phase == Completed => {
                        step(later(one.at.max(delayed), DELAYED_BY), one.phase)
                    }
                    _ => one,
                }));
                Plan { steps, requested: launched, expected: Some(later(launched, MOVE_EXPECTED_WITHIN)) }
            }
            Course::Refused => {
                let ordered = hour(opened, -2, 10);
                let mut steps = vec![step(ordered, Acknowledged), step(later(ordered, CHECKED_AFTER), Rejected)];
                steps.extend(happened.event.into_iter().flat_map(moved));
                let expected = happened.event.map(|corrected| later(corrected, MOVE_EXPECTED_WITHIN));
                // What was corrected is planned anew.
                Plan { steps, requested: happened.event.unwrap_or(launched), expected }
            }
            Course::Mandate => {
                let ordered = hour(opened, -2, 10);
                let mut steps = vec![step(ordered, Acknowledged), step(later(ordered, CHECKED_AFTER), Pending)];
                steps.extend(happened.event.map(|answered| step(answered, Acknowledged)));
                let launched_then = happened.event.map(|answered| later(answered, CHECKED_AFTER));
                steps.extend(launched_then.into_iter().flat_map(moved));
                let expected = launched_then.map(|launched| later(launched, MOVE_EXPECTED_WITHIN));
                Plan { steps, requested: launched_then.unwrap_or(launched), expected }
            }
            Course::Profile => {
                let ordered = hour(opened, -1, 10);
                let begun = later(ordered, CHECKED_AFTER);
                let enabled = happened.code_shown.map(|shown| later(shown, PROFILE_ENABLED_AFTER));
                let mut steps = vec![step(ordered, Acknowledged), step(begun, InProgress)];
                steps.extend(enabled.map(|enabled| step(enabled, Completed)));
                Plan { steps, requested: begun, expected: enabled }
            }
        }
    }

    /// How far the eSIM's profile is. It is enabled with its line: of a number that moves, not before it is here.
    pub(super) fn profile_state(self, phase: Phase, code_shown: Option<Timestamp>, now: Timestamp) -> &'static str {
        let Some(shown) = code_shown.filter(|_| self.course != Course::Done) else {
            return if self.course == Course::Done { "enabled" } else { "released" };
        };
        match now.duration_since(shown) {
            age if age < PROFILE_DOWNLOADED_AFTER => "released",
            age if age < PROFILE_INSTALLED_AFTER => "downloaded",
            age if age < PROFILE_ENABLED_AFTER || phase != Phase::Completed => "installed",
            _ => "enabled",
        }
    }
}

/// Ordered, agreed and done, for lines that are there since 2024: 26 February, and the night and morning of 1 March in Brussels.
const LONG_AGO: [Timestamp; 3] = [
    Timestamp::constant(1_708_938_720, 0),
    Timestamp::constant(1_709_247_600, 0),
    Timestamp::constant(1_709_274_600, 0),
];

/// From the launch of a move.
fn moved(launched: Timestamp) -> [Step; 3] {
    [
        Step { at: launched, phase: Phase::InProgress },
        Step { at: later(launched, RELEASED_AFTER), phase: Phase::DonorReleased },
        Step { at: later(launched, MOVED_AFTER), phase: Phase::Completed },
    ]
}

/// Nine o'clock of that day or the day before; before nine, when what began a day ago would be over, that afternoon.
fn launched_before(opened: Timestamp) -> Timestamp {
    let launches = [hour(opened, 0, 9), hour(opened, -1, 9)];
    let is_under_way = |launch: &Timestamp| *launch <= opened && opened < later(*launch, MOVED_AFTER);
    launches.into_iter().find(is_under_way).unwrap_or_else(|| hour(opened, -1, 15))
}

/// A whole hour in Brussels, some days from the day of `at`.
fn hour(at: Timestamp, days: i64, hour: i8) -> Timestamp {
    let day = at.to_zoned_datetime(brussels()).date().saturating_add(days.days());
    let time = Time::new(hour, 0, 0, 0).unwrap_or_default();
    brussels().to_timestamp(day.to_datetime(time)).unwrap_or(at)
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::wire_time;

    /// The documented scene.
    const OPENED: &str = "2026-11-25T14:05:00+01:00";

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn steps(key: &str, opened: &str, happened: Happened) -> Vec<(String, Phase)> {
        let plan = Situation::of(key, 0).plan(at(opened), happened);
        plan.steps.iter().map(|step| (wire_time(step.at), step.phase)).collect()
    }

    #[test]
    fn a_number_that_is_moved_since_nine_has_its_steps_at_whole_hours() {
        let expected = [
            ("2026-11-23T10:00:00+01:00", Phase::Acknowledged),
            ("2026-11-25T09:00:00+01:00", Phase::InProgress),
            ("2026-11-25T17:00:00+01:00", Phase::DonorReleased),
            ("2026-11-26T05:00:00+01:00", Phase::Completed),
        ];
        let expected = expected.map(|(at, phase)| (at.to_owned(), phase));
        assert_eq!(steps("ines", OPENED, Happened::default()), expected);
        // A scene that opens before nine has it launched the day before, so that it is under way.
        for (opened, launched) in [
            ("2026-11-25T04:59:59+01:00", "2026-11-24T09:00:00+01:00"),
            ("2026-11-25T05:00:00+01:00", "2026-11-24T15:00:00+01:00"),
            ("2026-11-25T08:59:59+01:00", "2026-11-24T15:00:00+01:00"),
        ] {
            assert_eq!(steps("ines", opened, Happened::default())[1].0, launched, "{opened}");
        }
    }

    #[test]
    fn a_move_is_delayed_at_any_hour_and_a_week_longer_than_any_legal_day() {
        for hours in 0..24 {
            let opened = later(at("2026-11-25T00:00:00+01:00"), SignedDuration::from_hours(hours));
            let situation = Situation::of("ines", 0);
            let phase = situation.plan(opened, Happened::default()).phase(opened);
            assert!(situation.takes(ActivationEvent::Delayed, phase), "{hours}");
            assert!(!situation.takes(ActivationEvent::Delayed, Phase::Completed), "nothing of it can be late");
            let plan = situation.plan(opened, Happened { event: Some(opened), ..Happened::default() });
            for (days, is_done) in [(0, false), (6, false), (9, true)] {
                let phase = plan.phase(later(opened, SignedDuration::from_hours(24 * days)));
                assert_eq!(phase == Phase::Completed, is_done, "{hours} {days}");
            }
            assert!(plan.steps.is_sorted_by(|one, next| one.at < next.at), "{hours}");
        }
    }

    #[test]
    fn an_agreed_moment_is_nine_in_brussels_also_when_the_clocks_change_that_night() {
        let before = steps("nadia", "2026-10-24T12:00:00+02:00", Happened::default());
        let plan = Situation::of("nadia", 0).plan(at("2026-10-24T12:00:00+02:00"), Happened::default());
        assert_eq!(wire_time(plan.requested), "2026-10-25T09:00:00+01:00");
        assert_eq!(before[1], ("2026-10-24T12:30:00+02:00".to_owned(), Phase::InProgress));
        assert_eq!(before[2], ("2026-10-25T11:00:00+01:00".to_owned(), Phase::Completed));
    }

    #[test]
    fn every_story_goes_forward_in_time() {
        let happened = Happened { event: Some(at(OPENED)), code_shown: Some(at(OPENED)) };
        for key in ["emma", "luc", "nadia", "ines", "tom", "sara", "pieter"] {
            for opened in [OPENED, "2026-11-25T00:00:00+01:00", "2026-11-25T23:59:59+01:00"] {
                let happened = Happened { event: Some(at(opened)), ..happened };
                let plan = Situation::of(key, 0).plan(at(opened), happened);
                assert!(plan.steps.is_sorted_by(|one, next| one.at < next.at), "{key} {opened}");
                assert!(plan.ordered() <= plan.requested, "{key} {opened}");
            }
        }
    }

    #[test]
    fn old_lines_were_agreed_for_the_day_their_plan_began() {
        let long_ago = LONG_AGO.map(wire_time);
        assert_eq!(long_ago[0], "2024-02-26T10:12:00+01:00");
        assert_eq!(long_ago[1], "2024-03-01T00:00:00+01:00");
        assert_eq!(long_ago[2], "2024-03-01T07:30:00+01:00");
    }

    #[test]
    fn a_profile_is_on_the_phone_ten_minutes_after_its_code_was_shown_and_enabled_with_its_line() {
        let shown = at(OPENED);
        let state = |key, phase, minutes| {
            let now = later(shown, SignedDuration::from_mins(minutes));
            Situation::of(key, 0).profile_state(phase, Some(shown), now)
        };
        for (minutes, expected) in [(0, "released"), (3, "downloaded"), (6, "installed"), (10, "enabled")] {
            assert_eq!(state("sara", Phase::Completed, minutes), expected, "{minutes}");
        }
        assert_eq!(state("tom", Phase::InProgress, 600), "installed");
        assert_eq!(Situation::of("sara", 0).profile_state(Phase::InProgress, None, shown), "released");
        assert_eq!(Situation::of("luc", 0).profile_state(Phase::Completed, None, shown), "enabled");
    }
}
