//! I1: no value of a cycle is shown as of now outside that cycle, whatever the clocks do and whatever the operator serves.
//! Every figure the operator tells carries a number of its own, by which it is known again on the screen.

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;

use super::super::model::Amount;
use super::super::view::{BadgeKind, BucketState, BucketView, LineView};
use super::{NUMBER, Phone, brussels, midnight};

/// Days on which something may go wrong: both changes of the clocks in Brussels, and the days around a leap day.
const ODD_DAYS: [Date; 8] = [
    date(2024, 2, 29),
    date(2024, 3, 31),
    date(2024, 10, 27),
    date(2025, 2, 28),
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2028, 2, 29),
    date(2028, 12, 31),
];

const DAY_S: i64 = 86_400;

/// What may happen.
#[derive(Debug, Clone, Copy)]
enum Event {
    /// The operator answers.
    Answer(Answer),
    /// It has nothing at all.
    Nothing,
    /// 304.
    NotModified,
    /// Time passes.
    Pass(i64),
    /// Time passes until so many seconds from the next bound of a cycle.
    PassToBound(i64),
    /// Somebody sets the phone's wall clock.
    WallOff(i64),
    /// The app is started again.
    Restart,
    /// The phone is off for so long.
    Reboot(i64),
}

impl Event {
    fn moves_the_clock(self) -> bool {
        matches!(self, Event::Pass(_) | Event::PassToBound(_) | Event::WallOff(_) | Event::Reboot(_))
    }
}

/// What the operator answers with.
#[derive(Debug, Clone, Copy)]
struct Answer {
    /// How many cycles late (or early, as one that changes over too soon) the operator is.
    late: i8,
    /// How long ago it counted; answers come out of order.
    lag_s: i64,
    /// The calls are of the cycle after or before the data's.
    mixed: bool,
    /// How much it tells of the bounds of the calls: nothing, the start, both.
    bounds: u8,
    /// It tells no start of anything.
    startless: bool,
    /// What is left is said to be valid from the count on, as in the official examples.
    valid_from_count: bool,
    /// An option with a cycle of its own, and its length in days.
    option: Option<u8>,
    /// Costs, with or without bounds of their own.
    costs: Option<bool>,
}

fn answer() -> impl Strategy<Value = Event> {
    let late = prop_oneof![5 => Just(0), 3 => Just(1), 1 => Just(2), 1 => Just(-1)];
    let lag_s = prop_oneof![3 => 0..3_600i64, 1 => 0..2 * DAY_S];
    let option = prop::option::weighted(0.3, 1u8..=62);
    let shape = (prop::bool::weighted(0.2), 0u8..3, prop::bool::weighted(0.2), any::<bool>());
    let fields = (late, lag_s, shape, option, prop::option::of(any::<bool>()));
    fields.prop_map(|(late, lag_s, (mixed, bounds, startless, valid_from_count), option, costs)| {
        Event::Answer(Answer { late, lag_s, mixed, bounds, startless, valid_from_count, option, costs })
    })
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let near = || prop_oneof![-2i64..=2, -3_700..3_700i64, -DAY_S..DAY_S];
    let event = prop_oneof![
        6 => answer(),
        1 => Just(Event::Nothing),
        1 => Just(Event::NotModified),
        2 => prop_oneof![0..DAY_S, 0..70 * DAY_S].prop_map(Event::Pass),
        5 => near().prop_map(Event::PassToBound),
        2 => (-2 * DAY_S..=2 * DAY_S).prop_map(Event::WallOff),
        1 => Just(Event::Restart),
        2 => prop_oneof![0..600i64, 0..20 * DAY_S].prop_map(Event::Reboot),
    ];
    prop::collection::vec(event, 2..7)
}

/// The bounds of consecutive cycles: of 1 to 62 days each, somewhere in five years or about one of the odd days.
fn bounds() -> impl Strategy<Value = Vec<Date>> {
    let first = prop_oneof![
        2 => (0..1_900i32).prop_map(|day| date(2024, 1, 1).saturating_add(day.days())),
        1 => (prop::sample::select(&ODD_DAYS[..]), -1..=1i32).prop_map(|(odd, by)| odd.saturating_add(by.days())),
    ];
    (first, prop::collection::vec(1..=62i32, 4)).prop_map(|(odd, lengths)| {
        // The odd day is the bound between the first two.
        let first = odd.saturating_sub(lengths[0].days());
        let later = lengths.iter().scan(first, |day, length| {
            *day = day.saturating_add(length.days());
            Some(*day)
        });
        [first].into_iter().chain(later).collect()
    })
}

/// First day, where the operator tells it, and first day after.
type Cycle = (Option<Date>, Date);

/// The operator and the phone.
struct Story {
    bounds: Vec<Date>,
    phone: Phone,
    /// The cycle of every figure ever told.
    told: Vec<Cycle>,
    /// What a figure of the kept answer is of.
    kept: Vec<usize>,
    /// The last `Date` that reached the phone, and in which start of the phone.
    last_date: Option<(i64, u32)>,
    /// How often a figure was shown as of now.
    shown: u32,
}

impl Story {
    fn new(bounds: Vec<Date>) -> Story {
        let phone = Phone::new(midnight(bounds[0]) + SignedDuration::from_hours(1));
        Story { bounds, phone, told: Vec::new(), kept: Vec::new(), last_date: None, shown: 0 }
    }

    fn happens(&mut self, event: Event) {
        match event {
            Event::Answer(answer) => {
                let before = self.told.len();
                let document = self.document(answer);
                if let super::Merged::Replaced(_) = self.phone.is_answered(&document) {
                    self.kept = (before..self.told.len()).collect();
                }
                self.hears();
            }
            Event::Nothing => {
                let document =
                    format!(r#"{{"publicIdentifier": "{NUMBER}", "lastUpdate": "{}", "bucket": []}}"#, self.now());
                self.phone.is_answered(&document);
                self.hears();
            }
            Event::NotModified => {
                self.phone.is_told_that_nothing_changed();
                self.hears();
            }
            Event::Pass(seconds) => self.phone.true_ms += seconds * 1000,
            Event::PassToBound(offset_s) => {
                let next = self.bounds.iter().map(|bound| midnight(*bound).as_millisecond() + offset_s * 1000);
                if let Some(next_ms) = next.filter(|at_ms| *at_ms > self.phone.true_ms).min() {
                    self.phone.true_ms = next_ms;
                }
            }
            Event::WallOff(seconds) => self.phone.wall_off_ms = seconds * 1000,
            Event::Restart => self.phone.starts_again(),
            Event::Reboot(seconds) => self.phone.reboots(seconds * 1000),
        }
    }

    fn hears(&mut self) {
        self.last_date = Some((self.phone.true_ms, self.phone.boot.0));
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.phone.true_ms).unwrap()
    }

    /// The cycle so many later or earlier than the one that runs.
    fn cycle(&self, late: i8) -> Cycle {
        let now = self.now();
        let running = self.bounds.iter().filter(|bound| midnight(**bound) <= now).count();
        let last = self.bounds.len() - 1;
        let at = (i64::try_from(running).unwrap() - i64::from(late)).clamp(1, i64::try_from(last).unwrap());
        let at = usize::try_from(at).unwrap();
        (Some(self.bounds[at - 1]), self.bounds[at])
    }

    /// A figure that is known again.
    fn tell(&mut self, cycle: Cycle) -> usize {
        self.told.push(cycle);
        self.told.len()
    }

    fn document(&mut self, answer: Answer) -> String {
        let counted = self.now() - SignedDuration::from_secs(answer.lag_s);
        let told = |(start, next): Cycle| (start.filter(|_| !answer.startless), next);
        let cycle = told(self.cycle(answer.late));
        let other = if answer.mixed { told(self.cycle(answer.late.saturating_sub(1))) } else { cycle };
        // In an answer of two cycles every figure says of which it is.
        let open = if answer.mixed { 2 } else { answer.bounds };
        let bounds = |(start, next): Cycle, open| Bounds {
            start: start.filter(|_| open > 0).map(midnight),
            next: Some(midnight(next)).filter(|_| open > 1),
            valid_from: if answer.valid_from_count { Some(counted) } else { start.map(midnight) },
            counted,
        };
        let mut buckets = vec![
            bucket("data", self.tell(cycle), "MB", &bounds(cycle, 2)),
            bucket("voice", self.tell(other), "s", &bounds(other, open)),
        ];
        if let Some(days) = answer.option {
            let first = self.cycle(answer.late).0.unwrap();
            let own = told((Some(first), first.saturating_add(i32::from(days).days())));
            buckets.push(bucket("sms", self.tell(own), "SMS", &bounds(own, 2)).replacen(
                '{',
                r#"{"name": "Option SMS", "#,
                1,
            ));
        }
        let costs = answer.costs.map(|bounded| {
            let (start, next) = cycle;
            let period = if bounded {
                period("consumptionPeriod", start.map(midnight), Some(midnight(next)))
            } else {
                String::new()
            };
            let cents = self.tell(cycle);
            format!(
                r#", "product": [{{"id": "p", "name": "P", "consumptionSummary": [{{"counterType": "outOfBundle",
                "level": "global"{period}, "value": {{"amount": {}.{:02}, "units": "EUR"}}}}]}}]"#,
                cents / 100,
                cents % 100
            )
        });
        let costs = costs.filter(|_| !answer.mixed).unwrap_or_default();
        format!(
            r#"{{"publicIdentifier": "{NUMBER}", "lastUpdate": "{counted}", "bucket": [{}]{costs}}}"#,
            buckets.join(",")
        )
    }

    /// What time it is as far as anybody on the phone can know: the operator's time and what passed since; after another
    /// start the wall clock, and never before the operator's last word.
    fn knowable(&self) -> Timestamp {
        let wall_ms = self.phone.true_ms + self.phone.wall_off_ms;
        let at_ms = match self.last_date {
            None => wall_ms,
            Some((_, boot)) if boot == self.phone.boot.0 => self.phone.true_ms,
            Some((date_ms, _)) => wall_ms.max(date_ms),
        };
        Timestamp::from_millisecond(at_ms).unwrap()
    }

    fn runs(&self, number: usize) -> bool {
        let (start, next) = self.told[number - 1];
        start.is_none_or(|start| midnight(start) <= self.knowable()) && self.knowable() < midnight(next)
    }

    fn has_ended(&self, number: usize) -> bool {
        midnight(self.told[number - 1].1) <= self.knowable()
    }

    fn check(&mut self) {
        let line = self.phone.view().lines.remove(0);
        for bucket in line.hero.iter().chain(&line.buckets) {
            let Some(number) = number_of(bucket) else { continue };
            if matches!(bucket.state, BucketState::Current | BucketState::Suspended) {
                assert!(self.runs(number), "{:?} as of now at {}: {bucket:?}", self.told[number - 1], self.knowable());
                self.shown += 1;
            }
            let says_left = bucket.headline.text.contains("left") || bucket.headline.text.contains("over");
            assert!(!says_left || self.runs(number), "{bucket:?}");
        }
        self.check_line(&line);
        for counted in self.phone.counted() {
            let number = match &counted.used {
                Some(Amount::Bytes(bytes)) => bytes / 1_000_000,
                Some(Amount::Seconds(units) | Amount::Count(units)) => *units,
                Some(Amount::Money(money)) => u64::try_from(money.cents).unwrap(),
                _ => continue,
            };
            let number = usize::try_from(number).unwrap();
            let today = self.knowable().to_zoned_datetime(brussels()).date();
            let is_now = counted.cycle.is_none_or(|cycle| cycle.contains(today));
            assert!(!is_now || self.runs(number), "an alert might tell {counted:?} at {}", self.knowable());
        }
    }

    fn check_line(&self, line: &LineView) {
        if self.kept.is_empty() {
            return;
        }
        // The plan is what the answer's first figure is of.
        if self.kept.iter().all(|number| self.has_ended(number + 1)) {
            let checked = Timestamp::from_millisecond(line.checked_at_ms.unwrap()).unwrap();
            let over_when_asked = |number: &usize| midnight(self.told[*number].1) <= checked;
            let pending = line.badge.kind == BadgeKind::RolloverPending;
            assert!(pending || line.badge.kind == BadgeKind::PreviousCycle, "{line:?} at {}", self.knowable());
            assert!(pending || !self.kept.iter().all(over_when_asked), "{line:?} asked at {checked}");
            assert!(!pending || self.kept.iter().any(over_when_asked), "{line:?} asked at {checked}");
            assert!(line.empty.is_some() && line.pace.is_none(), "{line:?}");
        }
        let Some(costs) = &line.out_of_bundle else { return };
        let digits: String = costs.headline.text.chars().skip_while(|c| *c != '€').take_while(|c| *c != ' ').collect();
        let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
        let number: usize = digits.parse().unwrap();
        if self.has_ended(number) {
            let last = self.told[number - 1].1.yesterday().unwrap();
            let dated = costs.headline.text.contains(&last.strftime("%-d %B").to_string());
            assert!(dated, "ended on {last}: {}", costs.headline.text);
        }
    }
}

/// What the figure is known by; none of a counter that the decoder found to be of a cycle before what is left.
fn number_of(bucket: &BucketView) -> Option<usize> {
    let used = bucket.used?;
    Some(usize::try_from(if bucket.bucket_id == "data" { used / 1_000_000 } else { used }).unwrap())
}

/// What a bucket says of its time.
struct Bounds {
    start: Option<Timestamp>,
    next: Option<Timestamp>,
    valid_from: Option<Timestamp>,
    counted: Timestamp,
}

fn period(name: &str, start: Option<Timestamp>, end: Option<Timestamp>) -> String {
    let bound = |name: &str, at: Option<Timestamp>| at.map(|at| format!(r#""{name}": "{at}""#));
    let bounds: Vec<String> =
        [bound("startDateTime", start), bound("endDateTime", end)].into_iter().flatten().collect();
    if bounds.is_empty() { String::new() } else { format!(r#", "{name}": {{{}}}"#, bounds.join(",")) }
}

/// A counter's period begins the cycle and ends with the count; a balance's validity ends the cycle.
fn bucket(kind: &str, used: usize, unit: &str, bounds: &Bounds) -> String {
    let counted = bounds.start.map(|start| period("consumptionPeriod", Some(start), Some(bounds.counted.max(start))));
    let valid = bounds.next.map(|next| period("validFor", bounds.valid_from, Some(next)));
    format!(
        r#"{{"id": "{kind}", "usageType": "{kind}"{}, "remainingValue": {{"amount": 500, "units": "{unit}"}}, "bucketCounter":
        [{{"counterType": "used", "level": "global"{}, "value": {{"amount": {used}, "units": "{unit}"}}}}]}}"#,
        valid.unwrap_or_default(),
        counted.unwrap_or_default(),
    )
}

proptest! {
    #![proptest_config(super::config(20_000))]

    #[test]
    fn i01_no_value_of_a_cycle_is_shown_as_of_now_outside_of_it(bounds in bounds(), events in events()) {
        let mut story = Story::new(bounds);
        let last = events.len() - 1;
        for (at, event) in events.into_iter().enumerate() {
            story.happens(event);
            // Drawing takes long: whenever the clock is another, and in the end.
            if at == last || event.moves_the_clock() {
                story.check();
            }
        }
    }
}

/// The trial above would pass on a screen that never shows anything.
#[test]
fn the_stories_of_cycles_show_values_as_of_now_too() {
    let bounds = [1, 11, 12].map(|month| date(2026, month, 1)).to_vec();
    let mut story = Story::new(bounds);
    let plain = Answer {
        late: 0,
        lag_s: 60,
        mixed: false,
        bounds: 0,
        startless: false,
        valid_from_count: true,
        option: Some(5),
        costs: Some(false),
    };
    let steps = [
        (Event::PassToBound(0), 0),
        (Event::Answer(plain), 3),
        (Event::PassToBound(-1), 2),
        (Event::PassToBound(0), 0),
    ];
    for (event, expected) in steps {
        story.happens(event);
        story.shown = 0;
        story.check();
        assert_eq!(story.shown, expected, "{event:?}");
    }
}
