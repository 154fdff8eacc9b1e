//! The core's own two threads. Work is spawned on them and awaited from any executor of the phone, so that no caller
//! needs to know what runs it. Started by the first piece of work: opening stays cheap. Work is boxed before it is spawned: the
//! runtime's machinery is then compiled for each kind of answer, not for each piece of work.

use std::sync::{Mutex, PoisonError};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::{AbortHandle, JoinHandle};

use crate::problem::Problem;

/// Two workers and a small blocking pool.
#[derive(Debug, Default)]
pub struct Workers {
    runtime: Mutex<Option<Runtime>>,
}

impl Workers {
    /// The running workers.
    pub fn handle(&self) -> Result<Handle, Problem> {
        let mut runtime = self.runtime.lock().unwrap_or_else(PoisonError::into_inner);
        if runtime.is_none() {
            let started = Builder::new_multi_thread()
                .worker_threads(2)
                .max_blocking_threads(8)
                .thread_name("companion")
                .enable_all()
                .build()
                .map_err(|_| Problem::unexpected("no_threads"))?;
            *runtime = Some(started);
        }
        runtime.as_ref().map(|runtime| runtime.handle().clone()).ok_or_else(|| Problem::unexpected("no_threads"))
    }

    /// Runs work that ends when the caller goes away: reads.
    pub fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, Problem>> + Send + 'static,
    ) -> impl Future<Output = Result<T, Problem>> + Send {
        self.run_boxed(work.boxed(), true)
    }

    /// Runs work that goes on when the caller goes away: what must not stop half-way.
    pub fn run_to_end<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, Problem>> + Send + 'static,
    ) -> impl Future<Output = Result<T, Problem>> + Send {
        self.run_boxed(work.boxed(), false)
    }

    async fn run_boxed<T: Send + 'static>(
        &self,
        work: BoxFuture<'static, Result<T, Problem>>,
        with_caller: bool,
    ) -> Result<T, Problem> {
        let mut job = self.handle()?.spawn(work);
        let _caller = with_caller.then(|| AbortOnDrop(job.abort_handle()));
        (&mut job).await.unwrap_or_else(|error| Err(ended(&error)))
    }
}

/// Starts work that nobody waits for.
pub fn spawn(workers: &Handle, work: impl Future<Output = ()> + Send + 'static) {
    drop(workers.spawn(work.boxed()));
}

/// Runs what may block on the blocking pool.
pub fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
    let work: Box<dyn FnOnce() -> T + Send> = Box::new(work);
    tokio::task::spawn_blocking(work)
}

impl Drop for Workers {
    fn drop(&mut self) {
        // The last owner may be one of the workers itself, where waiting for them would never end.
        if let Some(runtime) = self.runtime.get_mut().unwrap_or_else(PoisonError::into_inner).take() {
            runtime.shutdown_background();
        }
    }
}

struct AbortOnDrop(AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn ended(error: &tokio::task::JoinError) -> Problem {
    if error.is_panic() { Problem::unexpected("panic") } else { Problem::cancelled() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    struct Tell(Arc<AtomicBool>);

    impl Drop for Tell {
        fn drop(&mut self) {
            self.0.store(true, Ordering::SeqCst);
        }
    }

    #[tokio::test]
    async fn reads_end_with_their_caller_and_other_work_does_not() {
        for (to_end, expected) in [(false, true), (true, false)] {
            let workers = Arc::new(Workers::default());
            let dropped = Arc::new(AtomicBool::new(false));
            let tell = Tell(dropped.clone());
            let work = async move {
                let _tell = tell;
                std::future::pending::<Result<(), Problem>>().await
            };
            let owned = workers.clone();
            let caller =
                tokio::spawn(async move { if to_end { owned.run_to_end(work).await } else { owned.run(work).await } });
            tokio::time::sleep(Duration::from_millis(50)).await;
            caller.abort();
            tokio::time::sleep(Duration::from_millis(50)).await;
            assert_eq!(dropped.load(Ordering::SeqCst), expected, "run to end: {to_end}");
        }
    }

    #[tokio::test]
    async fn a_panic_becomes_a_problem_and_the_next_work_runs() {
        let workers = Workers::default();
        let outcome: Result<(), Problem> = workers.run(async { panic!("boom") }).await;
        assert_eq!(outcome, Err(Problem::unexpected("panic")));
        assert_eq!(workers.run(async { Ok(7) }).await, Ok(7));
    }
}
