//! The rules as tables, and what must hold whatever an operator counts.

use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::text::Text;
use crate::text::volume::Unit;
use crate::usage::freshness::tests::cycle_and_instant;
use crate::usage::model::{CountedAt, Money, Origin, Reading};

const GB: u64 = 1_000_000_000;

pub(in crate::alerts) fn moment(text: &str) -> Moment {
    Moment { at: text.parse().unwrap(), zone: jiff::tz::get!("Europe/Brussels") }
}

fn finite(amount: Amount) -> Allowance {
    Allowance::Finite(Reading { amount, origin: Origin::Counter })
}

pub(in crate::alerts) fn november() -> Cycle {
    Cycle { start: Some(date(2026, 11, 1)), next_start: Some(date(2026, 12, 1)) }
}

fn euros(cents: i64) -> Amount {
    Amount::Money(Money { cents, currency: "EUR".to_owned() })
}

/// A national data bucket of 10 GB in November.
pub(in crate::alerts) fn data(tenths_of_gb: u64, counted_at: &str) -> Counted {
    Counted {
        line: "line-1".to_owned(),
        bucket: Some("data".to_owned()),
        used: Some(Amount::Bytes(tenths_of_gb * GB / 10)),
        remaining: Some(Amount::Bytes((10 * GB).saturating_sub(tenths_of_gb * GB / 10))),
        allowance: finite(Amount::Bytes(10 * GB)),
        cycle: Some(november()),
        active: true,
        badge: BadgeKind::Fresh,
        counted_at: Some(CountedAt { at: counted_at.parse().unwrap(), zone_assumed: false }),
        label: None,
        title: Text::plain("Data"),
        unit: Unit::Gigabytes(crate::operator::units::DataBase::Decimal),
    }
}

/// A credit of 20 euros in November.
pub(in crate::alerts) fn credit(cents: i64, counted_at: &str) -> Counted {
    Counted {
        bucket: Some("credit".to_owned()),
        used: Some(euros(cents)),
        remaining: Some(euros(2_000_i64.saturating_sub(cents).max(0))),
        allowance: finite(euros(2_000)),
        unit: Unit::AsIs,
        title: Text::plain("Credit"),
        ..data(0, counted_at)
    }
}

/// Costs beside the plan.
pub(in crate::alerts) fn costs(cents: i64, counted_at: &str) -> Counted {
    Counted {
        bucket: None,
        used: Some(euros(cents)),
        remaining: None,
        allowance: Allowance::Unknown,
        unit: Unit::AsIs,
        title: Text::plain("Out of bundle"),
        ..data(0, counted_at)
    }
}

pub(in crate::alerts) fn rules(percents: &[u16], set: RuleSet) -> Vec<Rule> {
    percents.iter().map(|percent| Rule { trigger: Trigger::At(Threshold::Percent(*percent)), set }).collect()
}

fn usual() -> Vec<Rule> {
    rules(&[75, 90, 100], RuleSet::Operator(1))
}

/// A phone that evaluates one counter after the other, and remembers.
#[derive(Default)]
struct Phone {
    keys: Vec<Key>,
    mark: Option<Mark>,
}

impl Phone {
    /// What becomes of the thresholds, by their number.
    fn sees(&mut self, counted: &Counted, rules: &[Rule], now: &Moment) -> Vec<(u64, Verdict)> {
        let Some(found) = evaluate(counted, rules, &self.keys, self.mark.as_ref(), now) else { return Vec::new() };
        self.mark = Some(found.mark);
        self.keys.extend(found.verdicts.iter().map(|(key, _)| key.clone()));
        let number = |threshold| match threshold {
            Threshold::Percent(percent) => u64::from(percent),
            Threshold::Cents(cents) => cents,
        };
        found.verdicts.into_iter().map(|(key, verdict)| (number(key.threshold), verdict)).collect()
    }

    fn is_told(&mut self, counted: &Counted, rules: &[Rule], now: &Moment) -> Vec<u64> {
        let told = self.sees(counted, rules, now).into_iter().filter(|(_, verdict)| *verdict == Verdict::Tell);
        told.map(|(number, _)| number).collect()
    }
}

const NOON: &str = "2026-11-25T12:00:00+01:00";

/// A phone that has seen a low count this morning.
fn seasoned() -> Phone {
    let mut phone = Phone::default();
    assert_eq!(phone.sees(&data(10, "2026-11-25T09:00:00+01:00"), &usual(), &moment(NOON)), []);
    phone
}

#[test]
fn a_credit_in_euros_is_told_of_by_its_share_and_is_no_cost() {
    let mut phone = Phone::default();
    let mut rules = usual();
    rules.push(Rule { trigger: Trigger::At(Threshold::Cents(1_500)), set: RuleSet::Own(1) });
    rules.push(Rule { trigger: Trigger::EveryCents(500), set: RuleSet::Own(1) });
    assert_eq!(phone.sees(&credit(1_499, "2026-11-25T09:00:00+01:00"), &rules, &moment(NOON)), []);
    assert_eq!(phone.sees(&credit(1_500, NOON), &rules, &moment(NOON)), [(75, Verdict::Tell)]);
}

#[test]
fn of_what_is_newly_crossed_only_the_highest_is_told() {
    use Verdict::{Superseded, Tell};
    let cases: [(u64, &[(u64, Verdict)]); 6] = [
        (74, &[]),
        (75, &[(75, Tell)]),
        (89, &[(75, Tell)]),
        (91, &[(75, Superseded), (90, Tell)]),
        (100, &[(75, Superseded), (90, Superseded), (100, Tell)]),
        (140, &[(75, Superseded), (90, Superseded), (100, Tell)]),
    ];
    for (tenths, expected) in cases {
        assert_eq!(seasoned().sees(&data(tenths, NOON), &usual(), &moment(NOON)), expected, "{tenths} tenths of a GB");
    }
}

#[test]
fn a_threshold_is_decided_once_in_a_cycle_and_again_in_the_next() {
    let mut phone = seasoned();
    let at = |hour: u8| format!("2026-11-25T{hour:02}:00:00+01:00");
    for (hour, tenths, told) in [(12, 76, &[75][..]), (13, 80, &[]), (14, 70, &[]), (15, 78, &[]), (16, 92, &[90])] {
        assert_eq!(phone.is_told(&data(tenths, &at(hour)), &usual(), &moment(&at(hour))), told, "at {hour}");
    }
    let december = Cycle { start: Some(date(2026, 12, 1)), next_start: Some(date(2027, 1, 1)) };
    let later = "2026-12-10T12:00:00+01:00";
    let counted = Counted { cycle: Some(december), ..data(76, later) };
    assert_eq!(phone.is_told(&counted, &usual(), &moment(later)), [75]);
}

#[test]
fn what_was_passed_before_anybody_looked_is_no_news() {
    let mut phone = Phone::default();
    let baseline = [(75, Verdict::Baseline), (90, Verdict::Baseline)];
    assert_eq!(phone.sees(&data(92, NOON), &usual(), &moment(NOON)), baseline, "a new phone");
    let later = "2026-11-25T13:00:00+01:00";
    assert_eq!(phone.is_told(&data(101, later), &usual(), &moment(later)), [100], "what comes after is");
}

#[test]
fn a_count_is_told_of_only_as_one_of_now() {
    let with = |change: fn(&mut Counted)| {
        let mut counted = data(92, NOON);
        change(&mut counted);
        counted
    };
    let day = |month, day| Some(date(2026, month, day));
    assert_eq!(day(11, 25), Some(moment(NOON).today()));
    let cases = [
        ("as of now", with(|_| ()), true),
        ("hours old", with(|counted| counted.badge = BadgeKind::Aging), true),
        ("more than a day old", with(|counted| counted.badge = BadgeKind::Old), false),
        ("of the cycle before", with(|counted| counted.badge = BadgeKind::PreviousCycle), false),
        ("without a time", with(|counted| counted.badge = BadgeKind::Unknown), false),
        ("without a time at all", with(|counted| counted.counted_at = None), false),
        ("without a cycle", with(|counted| counted.cycle = None), false),
        ("set aside", with(|counted| counted.active = false), false),
        ("unlimited", with(|counted| counted.allowance = Allowance::Unlimited), false),
        ("unknown", with(|counted| counted.allowance = Allowance::Unknown), false),
        ("nothing said of use", with(|counted| counted.used = None), false),
        ("another unit", with(|counted| counted.used = Some(Amount::Seconds(u64::MAX))), false),
        ("an empty allowance", with(|counted| counted.allowance = finite(Amount::Bytes(0))), false),
        (
            "fair use",
            with(|counted| {
                counted.allowance = Allowance::FairUse(Reading { amount: Amount::Bytes(GB), origin: Origin::Counter });
            }),
            false,
        ),
        ("a cycle that ended", with(|c| c.cycle.as_mut().unwrap().next_start = Some(date(2026, 11, 25))), false),
        ("a cycle to come", with(|c| c.cycle.as_mut().unwrap().start = Some(date(2026, 11, 26))), false),
        ("a cycle without an end", with(|c| c.cycle.as_mut().unwrap().next_start = None), false),
        ("a cycle without a start", with(|c| c.cycle.as_mut().unwrap().start = None), true),
        ("a cycle begun after the count", with(|c| c.counted_at.as_mut().unwrap().at -= 24.hours()), false),
    ];
    for (what, mut counted, told) in cases {
        if what == "a cycle begun after the count" {
            counted.cycle.as_mut().unwrap().start = Some(date(2026, 11, 25));
        }
        let mark = Some(Mark {
            place: Place {
                line: "line-1".to_owned(),
                bucket: Some("data".to_owned()),
                cycle: date(2026, 11, 1),
                allowance: None,
            },
            counted_at: "2026-10-20T00:00:00Z".parse().unwrap(),
            used: Amount::Bytes(0),
            has_left: true,
        });
        let mut phone = Phone { mark, keys: Vec::new() };
        assert_eq!(!phone.is_told(&counted, &usual(), &moment(NOON)).is_empty(), told, "{what}");
    }
}

#[test]
fn a_count_that_is_not_newer_decides_nothing() {
    for counted_at in ["2026-11-25T09:00:00+01:00", "2026-11-25T08:00:00+01:00"] {
        assert_eq!(seasoned().sees(&data(92, counted_at), &usual(), &moment(NOON)), []);
    }
}

#[test]
fn another_allowance_begins_anew() {
    let mut phone = seasoned();
    assert_eq!(phone.is_told(&data(92, NOON), &usual(), &moment(NOON)), [90]);
    let larger = |tenths, at: &str| Counted { allowance: finite(Amount::Bytes(20 * GB)), ..data(tenths, at) };
    let at = |hour: u8| format!("2026-11-25T{hour:02}:00:00+01:00");
    assert_eq!(phone.is_told(&larger(93, &at(13)), &usual(), &moment(&at(13))), [0; 0], "46 %");
    assert_eq!(phone.is_told(&larger(151, &at(14)), &usual(), &moment(&at(14))), [75], "of the larger one");
}

#[test]
fn other_rules_are_told_of_from_then_on_and_not_of_what_is_past() {
    let mut phone = seasoned();
    let at = |hour: u8| format!("2026-11-25T{hour:02}:00:00+01:00");
    assert_eq!(phone.is_told(&data(78, &at(12)), &usual(), &moment(&at(12))), [75]);
    let own = |percents: &[u16], revision| [usual(), rules(percents, RuleSet::Own(revision))].concat();
    // 60 % was passed long ago, 80 % is not yet.
    let first = own(&[60, 80], 1);
    assert_eq!(phone.sees(&data(79, &at(13)), &first, &moment(&at(13))), [(60, Verdict::Baseline)]);
    assert_eq!(phone.is_told(&data(81, &at(14)), &first, &moment(&at(14))), [80]);
    // The same threshold in another list is another one, and past.
    let second = own(&[80, 85], 2);
    assert_eq!(phone.sees(&data(82, &at(15)), &second, &moment(&at(15))), [(80, Verdict::Baseline)]);
    assert_eq!(phone.is_told(&data(86, &at(16)), &second, &moment(&at(16))), [85]);
    // A correction takes use back; crossing again is news under the new list, once.
    assert_eq!(phone.is_told(&data(70, &at(17)), &own(&[80], 3), &moment(&at(17))), [0; 0]);
    assert_eq!(phone.is_told(&data(83, &at(18)), &own(&[80], 3), &moment(&at(18))), [80]);
    assert_eq!(phone.is_told(&data(84, &at(19)), &own(&[80], 3), &moment(&at(19))), [0; 0]);
}

#[test]
fn own_shares_go_on_beyond_the_allowance() {
    let rules = [usual(), rules(&[120], RuleSet::Own(1))].concat();
    let mut phone = seasoned();
    assert_eq!(phone.is_told(&data(101, NOON), &rules, &moment(NOON)), [100]);
    let later = "2026-11-25T13:00:00+01:00";
    assert_eq!(phone.is_told(&data(121, later), &rules, &moment(later)), [120]);
}

#[test]
fn an_operator_that_says_something_is_left_is_believed() {
    let bonus = |at: &str| Counted { remaining: Some(Amount::Bytes(GB)), ..data(105, at) };
    let mut phone = seasoned();
    assert_eq!(phone.is_told(&bonus(NOON), &usual(), &moment(NOON)), [90]);
    let later = "2026-11-25T13:00:00+01:00";
    assert_eq!(phone.is_told(&data(105, later), &usual(), &moment(later)), [100], "once nothing is left");
}

#[test]
fn costs_are_told_of_at_amounts_and_at_each_step() {
    let rule = |trigger| Rule { trigger, set: RuleSet::Own(1) };
    let rules = [rule(Trigger::At(Threshold::Cents(1_500))), rule(Trigger::EveryCents(1_000))];
    let mut phone = Phone::default();
    let at = |hour: u8| format!("2026-11-25T{hour:02}:00:00+01:00");
    let course =
        [(8, 900, &[][..]), (9, 1_100, &[1_000]), (10, 1_600, &[1_500]), (11, 5_200, &[5_000]), (12, 4_100, &[])];
    for (hour, cents, told) in course {
        assert_eq!(phone.is_told(&costs(cents, &at(hour)), &rules, &moment(&at(hour))), told, "at {hour}");
    }
    assert_eq!(phone.is_told(&costs(6_000, &at(13)), &rules, &moment(&at(13))), [6_000]);
    let refund = costs(-500, &at(14));
    assert_eq!(phone.is_told(&refund, &rules, &moment(&at(14))), [0; 0], "a refund is not a cost");
    let francs = Amount::Money(Money { cents: 90_000, currency: "CHF".to_owned() });
    let abroad = Counted { used: Some(francs), ..costs(0, &at(15)) };
    assert_eq!(phone.is_told(&abroad, &rules, &moment(&at(15))), [0; 0], "another currency is not converted");
}

#[test]
fn quiet_hours_end_by_the_operators_calendar_also_when_the_clocks_change() {
    let night = Quiet::default();
    let over_midnight = Quiet { from_minute: 22 * 60 + 30, to_minute: 6 * 60 };
    let odd = Quiet { from_minute: 0, to_minute: 150 };
    let cases = [
        (night, "2026-11-25T00:00:00+01:00", Some("2026-11-25T07:00:00+01:00")),
        (night, "2026-11-25T06:59:59+01:00", Some("2026-11-25T07:00:00+01:00")),
        (night, "2026-11-25T07:00:00+01:00", None),
        (night, "2026-11-24T23:59:59+01:00", None),
        (over_midnight, "2026-11-24T22:30:00+01:00", Some("2026-11-25T06:00:00+01:00")),
        (over_midnight, "2026-11-25T05:00:00+01:00", Some("2026-11-25T06:00:00+01:00")),
        (over_midnight, "2026-11-24T22:29:00+01:00", None),
        // The night of six hours, and the one of eight.
        (night, "2026-03-29T01:00:00+01:00", Some("2026-03-29T07:00:00+02:00")),
        (night, "2026-10-25T01:00:00+02:00", Some("2026-10-25T07:00:00+01:00")),
        (night, "2026-10-25T06:59:00+01:00", Some("2026-10-25T07:00:00+01:00")),
        // Half past two does not come, or comes twice.
        (odd, "2026-03-29T01:59:00+01:00", Some("2026-03-29T03:30:00+02:00")),
        (odd, "2026-03-29T03:00:00+02:00", None),
        (odd, "2026-10-25T02:10:00+02:00", Some("2026-10-25T02:30:00+02:00")),
        (odd, "2026-10-25T02:10:00+01:00", Some("2026-10-25T02:30:00+01:00")),
        (Quiet { from_minute: 420, to_minute: 420 }, "2026-11-25T07:00:00+01:00", None),
    ];
    for (quiet, at, expected) in cases {
        let expected = expected.map(|end| end.parse::<Timestamp>().unwrap());
        assert_eq!(quiet.until(&moment(at)), expected, "{quiet:?} at {at}");
    }
}

#[test]
fn what_is_owed_is_told_in_the_morning_and_no_later_than_twelve_hours_after() {
    let key = Key { place: place(&data(92, NOON)), threshold: Threshold::Percent(90), set: RuleSet::Operator(1) };
    let due = "2026-11-25T07:00:00+01:00".parse().unwrap();
    let night = "2026-11-25T02:00:00+01:00";
    let cases = [
        ("2026-11-25T03:00:00+01:00", 92, Delivery::At(due)),
        ("2026-11-25T07:00:00+01:00", 92, Delivery::Now),
        ("2026-11-25T19:00:00+01:00", 92, Delivery::Now),
        ("2026-11-25T19:00:01+01:00", 92, Delivery::InAppOnly),
        ("2026-11-25T08:00:00+01:00", 89, Delivery::InAppOnly),
        ("2026-12-01T00:30:00+01:00", 92, Delivery::InAppOnly),
    ];
    for (now, tenths, expected) in cases {
        let counted = data(tenths, night);
        assert_eq!(delivery(&key, due, Some(&counted), Quiet::default(), &moment(now)), expected, "{now} {tenths}");
    }
    assert_eq!(delivery(&key, due, None, Quiet::default(), &moment(NOON)), Delivery::InAppOnly, "no such bucket");
    let larger = Counted { allowance: finite(Amount::Bytes(12 * GB)), ..data(110, night) };
    assert_eq!(
        delivery(&key, due, Some(&larger), Quiet::default(), &moment(NOON)),
        Delivery::InAppOnly,
        "another plan"
    );
    // Left over from yesterday evening: not in the night, but in the morning.
    let evening = "2026-11-24T23:59:00+01:00".parse().unwrap();
    let at_one = moment("2026-11-25T01:00:00+01:00");
    assert_eq!(delivery(&key, evening, Some(&data(92, night)), Quiet::default(), &at_one), Delivery::At(due));
    // Owed in the morning, and the quiet hours made shorter, or none, since.
    for (to_minute, expected) in
        [(2 * 60, Delivery::At("2026-11-25T02:00:00+01:00".parse().unwrap())), (0, Delivery::Now)]
    {
        let quiet = Quiet { from_minute: 0, to_minute };
        assert_eq!(delivery(&key, due, Some(&data(92, night)), quiet, &at_one), expected, "until {to_minute}");
    }
}

fn place(counted: &Counted) -> Place {
    countable(counted, &moment(NOON)).unwrap().place
}

fn badge() -> impl Strategy<Value = BadgeKind> {
    prop_oneof![Just(BadgeKind::Fresh), Just(BadgeKind::Aging), Just(BadgeKind::Old), Just(BadgeKind::Unknown)]
}

proptest! {
    #![proptest_config(crate::trials::config(2_000))]

    /// Whatever the clock, the cycle and the count say: nobody is told of a cycle that today is not in.
    #[test]
    fn i07_no_alert_is_ever_of_a_cycle_that_is_not_the_current_one(
        (cycle, instant) in cycle_and_instant(),
        counted_before_s in -7_200_i64..200_000,
        tenths in 0u64..150,
        badge in badge(),
        open in 0u8..4,
        due_before_s in 0_i64..200_000,
    ) {
        let now = Moment { at: instant, zone: jiff::tz::get!("Europe/Brussels") };
        let counted_at = instant - SignedDuration::from_secs(counted_before_s);
        let cycle_told = match open {
            0 => Cycle { start: None, ..cycle },
            1 => Cycle { next_start: None, ..cycle },
            _ => cycle,
        };
        let counted = Counted {
            cycle: Some(cycle_told),
            badge,
            counted_at: Some(CountedAt { at: counted_at, zone_assumed: false }),
            ..data(tenths, NOON)
        };
        let mut before = countable(&data(10, NOON), &moment(NOON)).unwrap();
        before.counted_at = Timestamp::MIN;
        let found = evaluate(&counted, &usual(), &[], Some(&before), &now);
        let midnight = |day: Option<Date>| day.unwrap().to_zoned_datetime(now.zone.clone()).unwrap().timestamp();
        let (start, next_start) = (midnight(cycle.start), midnight(cycle.next_start));
        let is_current = (open == 0 || start <= instant) && instant < next_start;
        let told: Vec<_> = found.iter().flat_map(|found| &found.verdicts).collect();
        if !told.is_empty() {
            prop_assert!(is_current && open != 1);
            prop_assert!(counted_at < next_start && (open == 0 || start <= counted_at), "counted in another cycle");
            prop_assert!(told.iter().filter(|(_, verdict)| *verdict == Verdict::Tell).count() <= 1);
        }
        // Nor later: what is owed is delivered in its own cycle or not at all.
        for (key, _) in told {
            let due = instant - SignedDuration::from_secs(due_before_s);
            let later = Moment { at: instant + SignedDuration::from_secs(due_before_s), zone: now.zone.clone() };
            if delivery(key, due, Some(&counted), Quiet::default(), &later) == Delivery::Now {
                prop_assert!(later.at < next_start);
                prop_assert!(later.at.duration_since(due) <= TOO_LATE);
            }
        }
    }

    /// Whatever the counts, each threshold is decided once, and nothing at or below what was told is told again.
    #[test]
    fn i07_a_threshold_is_decided_once_whatever_the_counts(counts in proptest::collection::vec(0u64..160, 1..30)) {
        let mut phone = Phone::default();
        let (mut decided, mut highest) = (Vec::new(), 0);
        let start: Timestamp = "2026-11-02T00:00:00+01:00".parse().unwrap();
        for (hour, tenths) in (1..).zip(counts) {
            let now = Moment { at: start + SignedDuration::from_hours(hour), zone: jiff::tz::get!("Europe/Brussels") };
            for (number, verdict) in phone.sees(&data(tenths, &now.at.to_string()), &usual(), &now) {
                prop_assert!(!decided.contains(&number), "{} twice", number);
                decided.push(number);
                if verdict == Verdict::Tell {
                    prop_assert!(number > highest);
                    prop_assert!(number * 10 <= tenths * 100, "told of what is not reached");
                    highest = number;
                }
            }
        }
    }

    /// The end of the quiet hours is ahead, within a day and an hour, and at the minute that was set.
    #[test]
    fn quiet_hours_always_end(from_minute in 0u16..1440, to_minute in 0u16..1440, seconds in 0i64..31_536_000) {
        let at = "2026-01-01T00:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_secs(seconds);
        let now = Moment { at, zone: jiff::tz::get!("Europe/Brussels") };
        let quiet = Quiet { from_minute, to_minute };
        if let Some(end) = quiet.until(&now) {
            prop_assert!(end > at && end.duration_since(at) <= SignedDuration::from_hours(25));
            let local = end.to_zoned_datetime(now.zone.clone());
            let skipped = local.date() == date(2026, 3, 29) && local.hour() == 3;
            prop_assert!(minute_of(local.time()) == to_minute || skipped, "{}", local);
        }
    }
}
