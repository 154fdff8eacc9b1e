//! I18: a day of a thousand phones and one operator that has its troubles, on the product's own client, waits and schedule,
//! with the waits in a real database. Nobody asks before the time the operator named, also in the next life of the app, and
//! troubles make no more requests than a fifth of those that are answered.

mod operator;

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use futures_util::FutureExt;
use tempfile::TempDir;
use url::Url;

use self::operator::{Operator, Refused};
use super::failure::Failure;
use super::http::{Answer, Http, Request};
use super::retry::{LONGEST_WAIT_S, retry_after};
use super::schedule;
use super::time::{Anchor, OperatorTime, http_date, timestamp};
use crate::host::{Clock, ClockReading, Entropy, HostError};
use crate::store::Store;

const PHONES: usize = 1_000;
const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;
/// 2026-11-25 00:00 UTC.
const MORNING_MS: i64 = 1_795_564_800_000;

/// Any spread of numbers will do (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        i64::try_from((mixed ^ (mixed >> 31)) % u64::try_from(bound).unwrap()).unwrap()
    }
}

/// Chance for the product. What it makes of it: every pause between two tries of one call is none, since the day passes
/// without anybody sleeping, while the spread of a wait is any.
struct WithoutPauses(Mutex<Chance>);

/// The bounds of the pauses after the first and the second try, in milliseconds, each counting from none.
const PAUSES: u64 = 501 * 1_001;

impl Entropy for WithoutPauses {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), HostError> {
        let number = u64::try_from(self.0.lock().unwrap().below(1 << 40)).unwrap() * PAUSES;
        bytes.copy_from_slice(&number.to_le_bytes()[..bytes.len()]);
        Ok(())
    }
}

/// A phone's clocks: the wall clock may be wrong.
struct Clocks {
    true_ms: Arc<AtomicI64>,
    wall_off_ms: AtomicI64,
    started_ms: AtomicI64,
}

impl Clock for Clocks {
    fn now(&self) -> Result<ClockReading, HostError> {
        let true_ms = self.true_ms.load(Ordering::SeqCst);
        let started_ms = self.started_ms.load(Ordering::SeqCst);
        Ok(ClockReading {
            wall_ms: true_ms + self.wall_off_ms.load(Ordering::SeqCst),
            elapsed_ms: true_ms - started_ms,
            boot_id: started_ms.to_string(),
        })
    }
}

/// A phone, of whose app one life at a time runs.
struct Phone {
    number: usize,
    /// It knows the operator by a name of its own, by which its waits are told from others' in the one database.
    url: Url,
    place: u64,
    clocks: Arc<Clocks>,
    /// Kept, as the store does.
    anchor: Option<Anchor>,
    time: Arc<OperatorTime>,
    http: Http,
    /// When it was answered last.
    checked_ms: i64,
}

impl Phone {
    fn now_ms(&self) -> i64 {
        self.time.best(&self.clocks.now().unwrap()).at.as_millisecond()
    }
}

/// What happens at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// The phone's scheduler lets the app ask in the background.
    Background,
    /// The person asks; where that fails, so many times more.
    Pull { again: u8 },
    /// The app is started anew.
    Restart,
    /// The phone is.
    Reboot,
}

struct Day {
    true_ms: Arc<AtomicI64>,
    operator: Arc<Mutex<Operator>>,
    entropy: Arc<WithoutPauses>,
    chance: Chance,
    folder: TempDir,
    store: Store,
    phones: Vec<Phone>,
    /// By time, then by phone.
    events: BinaryHeap<Reverse<(i64, usize, Event)>>,
}

impl Day {
    fn new(seed: u64) -> Day {
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        let mut chance = Chance(seed);
        let operator = Operator::new(PHONES, MORNING_MS, &mut |bound| chance.below(bound));
        let mut day = Day {
            true_ms: Arc::new(AtomicI64::new(MORNING_MS)),
            operator: Arc::new(Mutex::new(operator)),
            entropy: Arc::new(WithoutPauses(Mutex::new(Chance(!seed)))),
            chance,
            store: Store::open(folder.path(), None).unwrap().0,
            folder,
            phones: Vec::new(),
            events: BinaryHeap::new(),
        };
        for number in 0..PHONES {
            let phone = day.phone(number);
            let first_ms = schedule::next_ms(phone.place, MORNING_MS);
            day.phones.push(phone);
            day.comes(first_ms, number, Event::Background);
            for _ in 0..4 {
                let at_ms = MORNING_MS + day.chance.below(DAY_MS);
                day.comes(at_ms, number, Event::Pull { again: 4 });
            }
            let at_ms = MORNING_MS + day.chance.below(DAY_MS);
            day.comes(at_ms, number, if number.is_multiple_of(2) { Event::Restart } else { Event::Reboot });
            // Everybody is told of something at one moment, and looks.
            let at_ms = MORNING_MS + 12 * HOUR_MS + day.chance.below(MINUTE_MS);
            day.comes(at_ms, number, Event::Pull { again: 4 });
        }
        day
    }

    fn comes(&mut self, at_ms: i64, number: usize, event: Event) {
        self.events.push(Reverse((at_ms, number, event)));
    }

    fn phone(&mut self, number: usize) -> Phone {
        // Whoever is started again has only the wall clock to go by, and gets it from the network.
        let wrong = if number.is_multiple_of(2) { self.chance.below(4 * DAY_MS) - 2 * DAY_MS } else { 0 };
        let clocks = Clocks {
            true_ms: self.true_ms.clone(),
            wall_off_ms: AtomicI64::new(wrong),
            started_ms: AtomicI64::new(MORNING_MS - self.chance.below(DAY_MS) - 1),
        };
        let clocks = Arc::new(clocks);
        let url = Url::parse(&format!("https://p{number}.example/usage")).unwrap();
        let (time, http) = self.life(number, &url, &clocks, None);
        let place = schedule::place(&format!("install {number}"));
        Phone { number, url, place, clocks, anchor: None, time, http, checked_ms: 0 }
    }

    /// The next life of the app, with what lies there.
    fn life(
        &self,
        number: usize,
        url: &Url,
        clocks: &Arc<Clocks>,
        anchor: Option<Anchor>,
    ) -> (Arc<OperatorTime>, Http) {
        let time = Arc::new(OperatorTime::new(anchor));
        let origins = vec![url.origin()];
        let mut http = Http::new(None, origins, clocks.clone(), self.entropy.clone(), time.clone());
        let mut waits = Store::open(self.folder.path(), None).unwrap().1.waits;
        waits.retain(|wait| wait.origin == url.origin().ascii_serialization());
        let reading = clocks.now().unwrap();
        http.gate.restore(&waits, reading.elapsed_ms, time.best(&reading).at.as_millisecond());
        let (operator, learned, clocks) = (self.operator.clone(), time.clone(), clocks.clone());
        http.stand_in = Some(Arc::new(move |_: &Request<'_>| {
            let true_ms = clocks.true_ms.load(Ordering::SeqCst);
            let reply = operator.lock().unwrap().arrives(number, true_ms);
            let reading = clocks.now().unwrap();
            if !matches!(reply, Err(Refused::OutOfReach)) {
                // The `Date` of the answer, to the second.
                learned.learn(http_date(&operator::date(true_ms)).unwrap(), &reading);
            }
            let answered = match reply {
                Ok(()) => Ok(Answer::document(&serde_json::json!({}))),
                Err(Refused::OutOfReach) => Err(Failure::Connect),
                Err(Refused::Status(status, header)) => {
                    let now = learned.best(&reading).at;
                    let retry_after_seconds = header.and_then(|header| retry_after(&header, now, LONGEST_WAIT_S));
                    Err(Failure::Status { status, retry_after_seconds })
                }
            };
            futures_util::future::ready(answered).boxed()
        }));
        (time, http)
    }

    fn starts_again(&mut self, number: usize) {
        let phone = &self.phones[number];
        let (time, http) = self.life(number, &phone.url, &phone.clocks, phone.anchor.clone());
        let phone = &mut self.phones[number];
        (phone.time, phone.http) = (time, http);
    }

    async fn happens(&mut self, at_ms: i64, number: usize, event: Event) {
        match event {
            Event::Restart => self.starts_again(number),
            Event::Reboot => {
                self.phones[number].clocks.started_ms.store(at_ms, Ordering::SeqCst);
                self.starts_again(number);
            }
            Event::Pull { again } => {
                let Err(failure) = self.ask(number).await else { return };
                let is_held =
                    matches!(failure, Failure::Waiting { .. } | Failure::Status { retry_after_seconds: Some(1..), .. });
                if let Some(fewer) = again.checked_sub(1) {
                    // Whoever is told to wait taps on, or opens the app again; whoever is told nothing gives up sooner.
                    let soon_ms = at_ms + 5_000 + self.chance.below(MINUTE_MS);
                    if is_held && self.chance.below(2) == 0 {
                        self.comes(soon_ms - 1_000, number, Event::Restart);
                    }
                    self.comes(soon_ms, number, Event::Pull { again: if is_held { fewer } else { fewer.min(1) } });
                }
            }
            Event::Background => {
                let is_young = self.phones[number].now_ms() - self.phones[number].checked_ms < schedule::YOUNG_MS;
                let outcome = if is_young { Ok(()) } else { self.ask(number).await };
                let phone = &self.phones[number];
                let now_ms = phone.now_ms();
                let next_ms = match outcome {
                    Ok(()) => schedule::next_ms(phone.place, now_ms),
                    Err(failure) => {
                        let wait_s = match failure {
                            Failure::Status { retry_after_seconds, .. } => retry_after_seconds,
                            Failure::Waiting { seconds } => Some(seconds),
                            _ => None,
                        };
                        schedule::after_failure_ms(phone.place, now_ms, wait_s)
                    }
                };
                // The phone's scheduler goes by how long it is from here.
                self.comes(at_ms + (next_ms - now_ms).max(1), number, Event::Background);
            }
        }
    }

    /// One call, as the session makes it.
    async fn ask(&mut self, number: usize) -> Result<(), Failure> {
        let phone = &mut self.phones[number];
        let outcome = phone.http.send_repeatable(&Request::get(&phone.url)).await;
        phone.anchor = phone.time.anchor();
        if matches!(outcome, Err(Failure::Status { retry_after_seconds: Some(_), .. })) {
            let reading = phone.clocks.now().unwrap();
            let now_ms = phone.time.best(&reading).at.as_millisecond();
            self.store.keep_waits(phone.http.gate.waits(reading.elapsed_ms, now_ms), now_ms).await.unwrap();
        }
        if outcome.is_ok() {
            phone.checked_ms = phone.now_ms();
        }
        outcome.map(|_| ())
    }

    async fn passes(&mut self) {
        while let Some(Reverse((at_ms, number, event))) = self.events.pop() {
            if at_ms >= MORNING_MS + DAY_MS {
                return;
            }
            self.true_ms.store(at_ms, Ordering::SeqCst);
            debug_assert_eq!(self.phones[number].number, number);
            self.happens(at_ms, number, event).await;
        }
    }
}

#[test]
fn i18_a_thousand_phones_ask_no_sooner_than_they_are_told_and_no_more_than_they_need() {
    let days = crate::trials::times(1) as u64;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for seed in 1..=days {
        let mut day = Day::new(seed);
        runtime.block_on(day.passes());
        let operator = day.operator.lock().unwrap();
        assert_eq!(operator.too_early, Vec::<String>::new(), "day {seed}");
        let (asked, answered) = (operator.asked, operator.answered);
        assert!(asked * 10 <= answered * 12, "day {seed}: {asked} requests for {answered} answers");
        // A day without troubles, or without people, would prove nothing.
        assert!(answered > 8 * PHONES && operator.told_to_wait > PHONES / 2, "{operator:?}");
        assert!(operator.each_trouble_was_met(), "{operator:?}");
        eprintln!("day {seed}: {asked} requests, {answered} answered, {} told to wait", operator.told_to_wait);
    }
}

#[test]
fn dates_of_the_model_operator_are_http_dates() {
    assert_eq!(operator::date(MORNING_MS), "Wed, 25 Nov 2026 00:00:00 GMT");
    assert_eq!(http_date(&operator::date(MORNING_MS + 999)), Some(timestamp(MORNING_MS)));
}
