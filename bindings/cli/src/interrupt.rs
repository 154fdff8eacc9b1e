//! Ctrl-C: what is under way is asked to stop, and what it had reached all the same counts.

use std::process::ExitCode;
use std::sync::Arc;

use companion::{CancelToken, Problem};

/// What a shell says of a command that Ctrl-C ended.
pub const INTERRUPTED: u8 = 130;

/// What came of work that Ctrl-C may stop.
#[derive(Debug)]
pub enum Ended<T> {
    /// It went to its end, good or bad.
    Done(Result<T, Problem>),
    /// It was stopped before.
    Stopped,
}

/// The exit status of what was stopped.
pub fn stopped() -> ExitCode {
    ExitCode::from(INTERRUPTED)
}

/// Runs work that Ctrl-C stops. Once this was called Ctrl-C ends no program by itself any more.
pub async fn stoppable<T, W: Future<Output = Result<T, Problem>>>(
    work: impl FnOnce(Arc<CancelToken>) -> W,
) -> Ended<T> {
    let cancel = CancelToken::new();
    let work = work(cancel.clone());
    tokio::pin!(work);
    let outcome = tokio::select! {
        biased;
        outcome = &mut work => outcome,
        _ = tokio::signal::ctrl_c() => {
            cancel.cancel();
            work.await
        }
    };
    match outcome {
        Err(problem) if problem.is_cancelled() => Ended::Stopped,
        outcome => Ended::Done(outcome),
    }
}
