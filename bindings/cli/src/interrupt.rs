//! Ctrl-C and the other signals that stop a command: what is under way is asked to stop, and what it had reached all the same
//! counts.

use std::process::ExitCode;
use std::sync::Arc;
use std::task::Poll;

use companion::{CancelToken, Problem};
use rustix::process::Signal;
use tokio::signal::unix::{Signal as Heard, SignalKind, signal};

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

/// Signals that stop a command which has something to tidy up first.
#[derive(Debug)]
pub struct Stops(Vec<(Signal, Heard)>);

impl Stops {
    /// Ctrl-C, `kill`, and a terminal that closes: from now on they end no program by themselves. One that was started to
    /// outlive its terminal (`nohup`) does.
    pub fn listen() -> std::io::Result<Stops> {
        let hang_up = (!outlives_its_terminal()).then_some(Signal::HUP);
        Self::to([Signal::INT, Signal::TERM].into_iter().chain(hang_up))
    }

    /// Those that suspend it too: a command that is suspended cannot take anything away.
    pub fn suspending_too() -> std::io::Result<Stops> {
        Self::to([Signal::INT, Signal::TERM, Signal::HUP, Signal::QUIT, Signal::TSTP])
    }

    fn to(all: impl IntoIterator<Item = Signal>) -> std::io::Result<Stops> {
        let heard = all.into_iter().map(|one| Ok((one, signal(SignalKind::from_raw(one.as_raw()))?)));
        heard.collect::<std::io::Result<_>>().map(Stops)
    }

    /// Waits for one. What a shell says of a command that it ended.
    pub async fn status(&mut self) -> u8 {
        std::future::poll_fn(|context| {
            let stopped =
                self.0.iter_mut().find_map(|(one, heard)| heard.poll_recv(context).is_ready().then_some(*one));
            stopped.map_or(Poll::Pending, |one| {
                Poll::Ready(u8::try_from(one.as_raw()).map_or(u8::MAX, |number| number.saturating_add(128)))
            })
        })
        .await
    }
}

/// Whether this program was told to ignore that its terminal closes (proc(5), `SigIgn`). Where there is no `/proc` nobody says.
fn outlives_its_terminal() -> bool {
    std::fs::read_to_string("/proc/self/status").is_ok_and(|status| ignores_hang_up(&status))
}

fn ignores_hang_up(status: &str) -> bool {
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    // Signal 1 is the lowest bit.
    ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_was_started_to_outlive_its_terminal_is_known() {
        for (status, expected) in [
            ("Name:\tx\nSigBlk:\t0000000000000001\nSigIgn:\t0000000000001000\n", false),
            ("SigIgn:\t0000000000001001\nSigCgt:\t0\n", true),
            ("SigIgn:\tnone\n", false),
            ("", false),
        ] {
            assert_eq!(ignores_hang_up(status), expected, "{status:?}");
        }
    }

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
