//! A kept screen is the one that would be drawn now, whatever the clock does and whatever comes in.

use std::cell::Cell;

use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;

use super::super::drawn::DrawnFrom;
use super::super::model::{Carried, CountedAt};
use super::super::state::{Now, UsageState};
use super::super::view::samples::{brussels, presentation, states};
use super::super::view::{UsageView, usage_view};
use crate::kept_view::KeptView;
use crate::text::Language;

#[derive(Debug, Clone)]
enum Event {
    /// Another of the designed states.
    State(prop::sample::Index),
    /// A refresh begins or ends.
    Refreshing(bool),
    /// One line's first bucket is older than the others.
    Carried(i64),
    /// So many milliseconds, also backwards.
    Pass(i64),
    /// So many milliseconds from one of the moments at which a sentence changes.
    To(prop::sample::Index, i64),
    /// The wall clock is off by so many minutes.
    ClockOff(Option<i64>),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        2 => any::<prop::sample::Index>().prop_map(Event::State),
        1 => any::<bool>().prop_map(Event::Refreshing),
        1 => (0..30 * 60i64).prop_map(Event::Carried),
        4 => prop_oneof![-2_000..2_000i64, -90_000_000..90_000_000i64].prop_map(Event::Pass),
        6 => (any::<prop::sample::Index>(), -1..=2i64).prop_map(|(at, by)| Event::To(at, by)),
        1 => prop::option::of(prop_oneof![Just(6), Just(-60)]).prop_map(Event::ClockOff),
    ]
}

struct Story {
    state: UsageState,
    now: Now,
    kept: KeptView<DrawnFrom, UsageView>,
    drawn: u32,
}

impl Story {
    fn happens(&mut self, event: &Event) {
        match event {
            Event::State(of) => (_, self.state, _) = of.get(&states()).clone(),
            Event::Refreshing(on) => self.state.refreshing = *on,
            Event::Carried(minutes) => {
                let counted = self.now.at - SignedDuration::from_mins(*minutes);
                let kept = self.state.lines.iter_mut().find_map(|line| line.kept.as_mut());
                if let Some(bucket) = kept.and_then(|kept| kept.usage.buckets.first_mut()) {
                    let counted_at = Some(CountedAt { at: counted, zone_assumed: false });
                    bucket.carried = Some(Carried { counted_at });
                }
            }
            Event::Pass(ms) => self.is(self.now.at + SignedDuration::from_millis(*ms)),
            Event::To(at, by) => self.is(*at.get(&self.moments()) + SignedDuration::from_millis(*by)),
            Event::ClockOff(minutes) => self.now.clock_off_minutes = *minutes,
        }
    }

    fn is(&mut self, at: Timestamp) {
        let today = at.to_zoned_datetime(brussels()).date();
        self.now = Now { at, today, ..self.now };
    }

    /// Every moment at which a sentence may change, and perhaps some more.
    fn moments(&self) -> Vec<Timestamp> {
        let kept = self.state.lines.iter().filter_map(|line| line.kept.as_ref());
        let times = kept.flat_map(|kept| {
            let carried = kept.usage.buckets.iter().filter_map(|bucket| bucket.carried?.counted_at);
            let counted = carried.chain(kept.usage.counted_at).map(|counted| counted.at);
            counted.chain([kept.received_at, kept.checked_at]).collect::<Vec<_>>()
        });
        let aged = times.flat_map(|at| [-1, 0, 1, 24].map(|hours| at + SignedDuration::from_hours(hours)));
        let tomorrow = super::midnight(self.now.today + 1.day());
        let retry = self.state.failure.iter().flat_map(|failure| {
            [30, 60, 90, 120, 300, 600, 900].map(|seconds| failure.at + SignedDuration::from_secs(seconds))
        });
        [super::midnight(self.now.today), tomorrow].into_iter().chain(aged).chain(retry).collect()
    }

    fn looks(&mut self) -> (UsageView, UsageView) {
        let zone = brussels();
        let presentation = presentation(Language::Dutch, &zone);
        let fresh = usage_view(&self.state, &self.now, &presentation, 0);
        let drawn = &mut self.drawn;
        let kept = self.kept.of(DrawnFrom::new(self.state.clone(), &self.now, &zone), |from| {
            *drawn += 1;
            usage_view(&from.state, &self.now, &presentation, 0)
        });
        (kept, fresh)
    }
}

#[test]
fn a_kept_screen_never_differs_from_one_drawn_now() {
    let (looks, drawn) = (Cell::new(0), Cell::new(0));
    proptest!(super::config(2_000), |(events in prop::collection::vec(event(), 2..12))| {
        let (_, state, now) = states().remove(0);
        let mut story = Story { state, now, kept: KeptView::default(), drawn: 0 };
        for event in events {
            story.happens(&event);
            let (kept, fresh) = story.looks();
            prop_assert_eq!(kept, fresh, "after {:?} at {}", event, story.now.at);
            looks.set(looks.get() + 1);
        }
        drawn.set(drawn.get() + story.drawn);
    });
    let (looks, drawn) = (looks.get(), drawn.get());
    assert!(drawn * 10 < looks * 9, "drawn {drawn} times in {looks} looks: nothing is kept");
}

#[test]
fn minutes_pass_without_a_screen_being_drawn_anew() {
    let (_, state, now) = states().remove(0);
    let mut story = Story { state, now, kept: KeptView::default(), drawn: 0 };
    for _ in 0..20 {
        story.looks();
        story.happens(&Event::Pass(60_000));
    }
    assert_eq!(story.drawn, 1);
}
