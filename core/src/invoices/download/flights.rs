//! One transfer for all who wait for the same document. It belongs to none of them: whoever leaves takes nothing along, and
//! when the last one has left it is told to stop. Whoever comes while it stops waits for its end, so that there are never two.
//! Before the phone sleeps all of them land, and none takes off until it is awake again.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::runtime::Handle;
use tokio::sync::watch;

use super::locked;

/// Bytes so far, and of the whole where it is known.
pub type Told = (u64, Option<u64>);

/// The transfers under way.
pub struct Flights<T> {
    field: Arc<Field<T>>,
    /// Called when one has taken off, and when one has landed.
    changed: Arc<dyn Fn() + Send + Sync>,
}

struct Field<T> {
    air: Mutex<Air<T>>,
    /// Something ended.
    landed: Condvar,
}

struct Air<T> {
    flights: HashMap<String, Arc<Flight<T>>>,
    /// Other work that holds files.
    errands: usize,
    /// The phone sleeps: nothing takes off.
    grounded: bool,
}

impl<T> Default for Field<T> {
    fn default() -> Self {
        let air = Air { flights: HashMap::new(), errands: 0, grounded: false };
        Field { air: Mutex::new(air), landed: Condvar::new() }
    }
}

/// Why a transfer stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Nobody waits any more, or whoever it was for is gone.
    Left,
    /// The phone goes to sleep.
    Sleep,
}

struct Flight<T> {
    waiting: Mutex<usize>,
    stop: watch::Sender<Option<Stop>>,
    progress: watch::Sender<Told>,
    outcome: watch::Sender<Option<T>>,
}

/// What a transfer hears and tells.
#[derive(Debug, Clone)]
pub struct Signal {
    stop: watch::Receiver<Option<Stop>>,
    progress: watch::Sender<Told>,
}

impl Signal {
    /// Returns when it is to stop.
    pub async fn stopped(&self) -> Stop {
        let told = self.stop.clone().wait_for(Option::is_some).await.ok().and_then(|stop| *stop);
        // Otherwise nobody is left who could tell.
        told.unwrap_or(Stop::Left)
    }

    /// Why it is to stop, when it is.
    pub fn stop(&self) -> Option<Stop> {
        *self.stop.borrow()
    }

    /// How far it is.
    pub fn tell(&self, bytes: u64, total: Option<u64>) {
        self.progress.send_replace((bytes, total));
    }
}

/// A place among those who wait.
pub struct Seat<T> {
    flight: Arc<Flight<T>>,
    /// What is told.
    pub progress: watch::Receiver<Told>,
    outcome: watch::Receiver<Option<T>>,
}

impl<T> Drop for Seat<T> {
    fn drop(&mut self) {
        let mut waiting = locked(&self.flight.waiting);
        *waiting = waiting.saturating_sub(1);
        if *waiting == 0 {
            self.flight.stop.send_replace(Some(Stop::Left));
        }
    }
}

impl<T: Clone> Seat<T> {
    /// The outcome, when there is one.
    pub async fn outcome(&mut self) -> T {
        loop {
            if let Some(outcome) = self.outcome.borrow_and_update().clone() {
                return outcome;
            }
            if self.outcome.changed().await.is_err() {
                // The sender lives in the flight that this seat holds.
                std::future::pending::<()>().await;
            }
        }
    }
}

impl<T: Clone + Send + Sync + 'static> Flights<T> {
    /// None under way. `changed` is called after one took off and after one landed, whoever still waits for it.
    pub fn new(changed: impl Fn() + Send + Sync + 'static) -> Self {
        Flights { field: Arc::default(), changed: Arc::new(changed) }
    }

    /// Joins the transfer of that name, or starts one on `workers`. `lost` is the outcome of one that ends without. None while
    /// the phone sleeps.
    pub async fn join(
        &self,
        name: &str,
        workers: &Handle,
        lost: T,
        start: impl Fn(Signal) -> BoxFuture<'static, T>,
    ) -> Option<Seat<T>> {
        loop {
            let mut ending = match self.take_seat(name, workers, lost.clone(), &start) {
                Ok(seat) => return seat,
                Err(ending) => ending,
            };
            let _ = ending.wait_for(Option::is_some).await;
        }
    }

    fn take_seat(
        &self,
        name: &str,
        workers: &Handle,
        lost: T,
        start: &impl Fn(Signal) -> BoxFuture<'static, T>,
    ) -> Result<Option<Seat<T>>, watch::Receiver<Option<T>>> {
        let mut air = locked(&self.field.air);
        if air.grounded {
            return Ok(None);
        }
        if let Some(flight) = air.flights.get(name) {
            let mut waiting = locked(&flight.waiting);
            // Told to stop, it stops; even if it has already heard no more.
            if *waiting == 0 || flight.stop.borrow().is_some() {
                return Err(flight.outcome.subscribe());
            }
            *waiting = waiting.saturating_add(1);
            return Ok(Some(Self::seat(flight)));
        }
        let flight = Arc::new(Flight {
            waiting: Mutex::new(1),
            stop: watch::Sender::new(None),
            progress: watch::Sender::new((0, None)),
            outcome: watch::Sender::new(None),
        });
        air.flights.insert(name.to_owned(), flight.clone());
        let seat = Self::seat(&flight);
        let signal = Signal { stop: flight.stop.subscribe(), progress: flight.progress.clone() };
        let landing = Landing {
            field: self.field.clone(),
            changed: self.changed.clone(),
            name: name.to_owned(),
            flight,
            outcome: lost,
        };
        let work = start(signal);
        crate::workers::spawn(workers, async move {
            let mut landing = landing;
            (landing.changed)();
            landing.outcome = work.await;
        });
        Ok(Some(seat))
    }

    fn seat(flight: &Arc<Flight<T>>) -> Seat<T> {
        Seat { flight: flight.clone(), progress: flight.progress.subscribe(), outcome: flight.outcome.subscribe() }
    }

    /// How far the transfer of that name is, when there is one.
    pub fn progress(&self, name: &str) -> Option<Told> {
        locked(&self.field.air).flights.get(name).map(|flight| *flight.progress.borrow())
    }

    /// Tells all of them to stop: whoever they were for is gone.
    pub fn stop_all(&self) {
        stop_all(&locked(&self.field.air), Stop::Left);
    }

    /// Tells all of them to stop, and waits until each of them has let go of its files. Nothing takes off any more. False when
    /// `deadline` was not enough.
    pub fn ground(&self, deadline: Duration) -> bool {
        let mut air = locked(&self.field.air);
        air.grounded = true;
        stop_all(&air, Stop::Sleep);
        let is_busy = |air: &mut Air<T>| !air.flights.is_empty() || air.errands > 0;
        let waited = self.field.landed.wait_timeout_while(air, deadline, is_busy);
        !waited.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }

    /// The phone is awake.
    pub fn reopen(&self) {
        locked(&self.field.air).grounded = false;
    }

    /// Other work that holds files, and that sleep waits for as well. None while the phone sleeps.
    pub fn errand(&self) -> Option<Errand<T>> {
        let mut air = locked(&self.field.air);
        if air.grounded {
            return None;
        }
        air.errands = air.errands.saturating_add(1);
        Some(Errand { field: self.field.clone() })
    }
}

fn stop_all<T>(air: &Air<T>, why: Stop) {
    for flight in air.flights.values() {
        flight.stop.send_replace(Some(why));
    }
}

/// Work that holds files, until it is dropped.
pub struct Errand<T> {
    field: Arc<Field<T>>,
}

impl<T> Drop for Errand<T> {
    fn drop(&mut self) {
        let mut air = locked(&self.field.air);
        air.errands = air.errands.saturating_sub(1);
        self.field.landed.notify_all();
    }
}

/// The end of a transfer, also of one that panicked or whose workers went away.
struct Landing<T: Clone> {
    field: Arc<Field<T>>,
    changed: Arc<dyn Fn() + Send + Sync>,
    name: String,
    flight: Arc<Flight<T>>,
    outcome: T,
}

impl<T: Clone> Drop for Landing<T> {
    fn drop(&mut self) {
        // First out of the way, then told: whoever hears it and asks again starts anew.
        locked(&self.field.air).flights.remove(&self.name);
        self.field.landed.notify_all();
        (self.changed)();
        self.flight.outcome.send_replace(Some(self.outcome.clone()));
    }
}
