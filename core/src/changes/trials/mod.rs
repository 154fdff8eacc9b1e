//! I22: whatever an observer does — block, fail, panic, ask for more, end its own subscription — signals grow, come at most
//! ten times a second and topic, the last one comes, and none comes after the subscription was ended.

use std::sync::atomic::AtomicUsize;
use std::time::Instant;

use super::*;
use crate::trials::Drawn;

/// As many as run side by side.
const TOGETHER: usize = 100;
/// A call that was under way when the subscription ended may still arrive, held up by a busy machine.
const UNDER_WAY: Duration = Duration::from_millis(25);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    Listens,
    Blocks,
    Fails,
    Panics,
    /// Marks, subscribes and reads from within.
    Reenters,
    EndsItself,
}

const MANNERS: [Manner; 6] =
    [Manner::Listens, Manner::Blocks, Manner::Fails, Manner::Panics, Manner::Reenters, Manner::EndsItself];

struct Watcher {
    manner: Manner,
    changes: Arc<Changes>,
    own: Mutex<Option<Arc<Subscription>>>,
    heard: Mutex<Vec<(Topic, u64, Instant)>>,
    inside: AtomicUsize,
}

impl Observer for Watcher {
    fn changed(&self, topic: Topic, revision: u64) -> Result<(), HostError> {
        self.heard.lock().unwrap().push((topic, revision, Instant::now()));
        assert_eq!(self.inside.fetch_add(1, Ordering::SeqCst), 0, "one call at a time");
        match self.manner {
            Manner::Listens => {}
            Manner::Blocks => std::thread::sleep(Duration::from_millis(7)),
            Manner::Fails => return Err(HostError::Failed),
            Manner::Panics => std::panic::resume_unwind(Box::new("an observer that throws")),
            Manner::Reenters => {
                self.changes.revision(topic);
                // Of another topic, so that it comes to an end.
                if topic == Topic::Usage && revision == 1 {
                    self.changes.mark(Topic::Alerts);
                }
                struct Nobody;
                impl Observer for Nobody {
                    fn changed(&self, _: Topic, _: u64) -> Result<(), HostError> {
                        Ok(())
                    }
                }
                self.changes.subscribe(Arc::new(Nobody)).end();
            }
            Manner::EndsItself => self.own.lock().unwrap().iter().for_each(|own| own.end()),
        }
        self.inside.fetch_sub(1, Ordering::SeqCst);
        Ok(())
    }
}

async fn trial(seed: u64) {
    let mut drawn = Drawn(seed);
    let changes = Arc::<Changes>::default();
    let telling = tokio::spawn(changes.clone().tell());
    let watchers: Vec<_> = (0..3)
        .map(|_| {
            let manner = MANNERS[drawn.below(MANNERS.len())];
            let (own, heard) = (Mutex::default(), Mutex::default());
            let watcher = Watcher { manner, changes: changes.clone(), own, heard, inside: AtomicUsize::new(0) };
            let watcher = Arc::new(watcher);
            let subscription = Arc::new(changes.subscribe(watcher.clone()));
            *watcher.own.lock().unwrap() = Some(subscription.clone());
            (watcher, subscription)
        })
        .collect();
    let mut ended = None;
    for _ in 0..5 + drawn.below(25) {
        (0..=drawn.below(20)).for_each(|_| changes.mark(TOPICS[drawn.below(3)]));
        pause(Duration::from_millis(drawn.any() % 15)).await;
        if ended.is_none() && drawn.below(12) == 0 {
            watchers[0].1.end();
            ended = Some(Instant::now());
        }
    }
    let deadline = Instant::now() + Duration::from_secs(20);
    for (at, (watcher, _)) in watchers.iter().enumerate() {
        let lasts = matches!(watcher.manner, Manner::Listens | Manner::Blocks | Manner::Reenters);
        let ended = ended.filter(|_| at == 0);
        let last =
            |topic| watcher.heard.lock().unwrap().iter().rev().find(|heard| heard.0 == topic).map(|heard| heard.1);
        while lasts
            && ended.is_none()
            && TOPICS.iter().any(|topic| last(*topic).unwrap_or(0) != changes.revision(*topic))
        {
            assert!(Instant::now() < deadline, "{seed}: the last one never came");
            pause(Duration::from_millis(10)).await;
        }
    }
    // Nothing more comes now.
    pause(Duration::from_millis(150)).await;
    telling.abort();
    for (at, (watcher, _)) in watchers.iter().enumerate() {
        let heard = watcher.heard.lock().unwrap();
        for topic in TOPICS {
            let of_topic: Vec<_> = heard.iter().filter(|heard| heard.0 == topic).collect();
            for pair in of_topic.windows(2) {
                assert!(pair[0].1 < pair[1].1, "{seed}: {:?} after {:?}", pair[1], pair[0]);
            }
            // Ten at most in any second; a call may begin late, so eleven in a second and a moment less.
            for many in of_topic.windows(12) {
                let took = many[11].2.duration_since(many[0].2);
                assert!(took > Duration::from_millis(900), "{seed}: twelve signals in {took:?}");
            }
        }
        if matches!(watcher.manner, Manner::Fails | Manner::Panics | Manner::EndsItself) {
            assert!(heard.len() <= 1, "{seed}: {:?} was called again", watcher.manner);
        }
        if let Some(ended) = ended.filter(|_| at == 0) {
            let late = heard.iter().filter(|heard| heard.2 > ended + UNDER_WAY).count();
            assert_eq!(late, 0, "{seed}: called after its end");
        }
    }
}

#[test]
fn i22_signals_grow_are_paced_and_end_with_their_subscription_whatever_observers_do() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_time().build().unwrap();
    let times = crate::trials::times(2_000);
    for first in (0..times).step_by(TOGETHER) {
        let trials = (first..first + TOGETHER).map(|seed| runtime.spawn(trial(seed as u64))).collect::<Vec<_>>();
        trials.into_iter().for_each(|trial| runtime.block_on(trial).unwrap());
    }
}

/// Every thread is busy when the signal is due, and the subscription ends before one is free.
#[test]
fn i22_a_signal_that_waits_for_a_thread_does_not_come_after_the_end() {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    let runtime = builder.worker_threads(1).max_blocking_threads(1).enable_time().build().unwrap();
    let changes = Arc::<Changes>::default();
    runtime.spawn(changes.clone().tell());
    let (own, heard) = (Mutex::default(), Mutex::default());
    let watcher =
        Watcher { manner: Manner::Listens, changes: changes.clone(), own, heard, inside: AtomicUsize::new(0) };
    let watcher = Arc::new(watcher);
    for ends in [false, true] {
        watcher.heard.lock().unwrap().clear();
        let subscription = changes.subscribe(watcher.clone());
        let (free, busy) = std::sync::mpsc::channel::<()>();
        let work = runtime.spawn_blocking(move || busy.recv());
        changes.mark(Topic::Usage);
        // Long enough for the signal to be waiting.
        std::thread::sleep(Duration::from_millis(250));
        if ends {
            subscription.end();
        }
        free.send(()).unwrap();
        runtime.block_on(work).unwrap().unwrap();
        runtime.block_on(runtime.spawn_blocking(|| {})).unwrap();
        std::thread::sleep(Duration::from_millis(100));
        assert_eq!(watcher.heard.lock().unwrap().len(), usize::from(!ends));
    }
}
