//! One run at a time: whoever asks while a run is under way shares its result.
//! A correctness rule for rotating refresh tokens, a courtesy to the operator for everything else.

use std::sync::{Arc, Mutex, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared, WeakShared};

/// A run that callers share. It is driven by whoever waits, and dropped when nobody does.
pub type Run<V> = Shared<BoxFuture<'static, V>>;

/// At most one run at a time.
pub struct SingleFlight<V: Clone> {
    running: Mutex<Option<WeakShared<BoxFuture<'static, V>>>>,
}

impl<V: Clone> SingleFlight<V> {
    /// No run yet.
    pub fn new() -> Self {
        SingleFlight { running: Mutex::new(None) }
    }

    /// Joins the run under way, or starts one.
    pub fn join(&self, start: impl FnOnce() -> BoxFuture<'static, V>) -> Run<V> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(run) = running.as_ref().and_then(WeakShared::upgrade)
            && run.peek().is_none()
        {
            return run;
        }
        let run = start().shared();
        *running = run.downgrade();
        run
    }

    /// Joins the run under way, or starts one that goes on when all callers went away. Needs a tokio runtime.
    pub fn join_detached(&self, start: impl FnOnce() -> BoxFuture<'static, V>) -> Run<V>
    where
        V: Send + Sync + 'static,
    {
        let run = self.join(start);
        tokio::spawn(run.clone());
        run
    }

    /// Whether a run is under way.
    pub fn is_running(&self) -> bool {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.as_ref().and_then(WeakShared::upgrade).is_some_and(|run| run.peek().is_none())
    }
}

/// The flight of the present sign-in: what was begun for somebody else is joined by nobody.
pub struct PerSignIn<V: Clone> {
    current: Mutex<(u64, Arc<SingleFlight<V>>)>,
}

impl<V: Clone> PerSignIn<V> {
    /// The flight of the sign-in with this epoch.
    pub fn of(&self, epoch: u64) -> Arc<SingleFlight<V>> {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if current.0 != epoch {
            *current = (epoch, Arc::default());
        }
        current.1.clone()
    }
}

impl<V: Clone> std::fmt::Debug for PerSignIn<V> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PerSignIn")
    }
}

impl<V: Clone> Default for PerSignIn<V> {
    fn default() -> Self {
        PerSignIn { current: Mutex::new((0, Arc::default())) }
    }
}

impl<V: Clone> Default for SingleFlight<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V: Clone> std::fmt::Debug for SingleFlight<V> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SingleFlight")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[tokio::test]
    async fn callers_share_one_run_and_the_next_caller_starts_another() {
        let flight = SingleFlight::new();
        let runs = Arc::new(AtomicU32::new(0));
        let start = || {
            let runs = runs.clone();
            async move {
                tokio::task::yield_now().await;
                runs.fetch_add(1, Ordering::SeqCst)
            }
            .boxed()
        };
        let (a, b) = (flight.join(start), flight.join(start));
        assert_eq!(tokio::join!(a, b), (0, 0));
        assert!(!flight.is_running());
        assert_eq!(flight.join(start).await, 1);
    }

    #[tokio::test]
    async fn a_run_nobody_waits_for_leaves_the_slot_free() {
        let flight: SingleFlight<u32> = SingleFlight::new();
        drop(flight.join(|| std::future::pending().boxed()));
        assert!(!flight.is_running());
        assert_eq!(flight.join(|| async { 7 }.boxed()).await, 7);
    }
}
