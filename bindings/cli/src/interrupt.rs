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
    stopped_by(tokio::signal::ctrl_c(), work).await
}

async fn stopped_by<T, W: Future<Output = Result<T, Problem>>>(
    signal: impl Future,
    work: impl FnOnce(Arc<CancelToken>) -> W,
) -> Ended<T> {
    let cancel = CancelToken::new();
    let work = work(cancel.clone());
    tokio::pin!(work);
    let outcome = tokio::select! {
        // The signal first: it is listened to before the work begins.
        biased;
        _ = signal => {
            cancel.cancel();
            work.await
        }
        outcome = &mut work => outcome,
    };
    match outcome {
        Err(problem) if problem.is_cancelled() => Ended::Stopped,
        outcome => Ended::Done(outcome),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(code: &str) -> Problem {
        Problem::Unexpected { code: code.to_owned() }
    }

    #[tokio::test]
    async fn what_was_reached_counts_whatever_was_typed_and_only_what_gave_way_is_stopped() {
        // What came of the work once it was asked to stop, and what is said of it.
        for (reached, counts) in [(Ok(7), true), (Err(problem("storage")), true), (Err(problem("cancelled")), false)] {
            let expected = reached.clone();
            let (type_it, typed) = tokio::sync::oneshot::channel();
            let signal = async { type_it.send(()) };
            let ended = stopped_by(signal, |_| async {
                typed.await.unwrap();
                reached
            })
            .await;
            match ended {
                Ended::Done(outcome) => assert_eq!((outcome, true), (expected, counts)),
                Ended::Stopped => assert!(!counts, "{expected:?}"),
            }
        }
        let ended = stopped_by(std::future::pending::<()>(), |_| async { Ok(1) }).await;
        assert!(matches!(ended, Ended::Done(Ok(1))), "nothing was typed");
    }
}
