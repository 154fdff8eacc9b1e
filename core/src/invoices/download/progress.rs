//! What those who wait are told: never less than before, not more than four times a second unless it moved by a fiftieth, and
//! the end in any case. Told from the blocking pool, under no lock, one call at a time, none once the wait is over.

use std::sync::Arc;

use tokio::runtime::Handle;

use super::flights::Seat;
use super::{DownloadError, Ready};
use crate::cancel::CancelToken;
use crate::host::Clock;

pub(super) const PACE_MS: i64 = 250;
const PACE_SHARE: u64 = 50;

/// Told how far a download is.
pub trait Progress: Send + Sync {
    /// Bytes so far, and of the whole where it is known.
    fn moved(&self, bytes: u64, total: Option<u64>);
}

/// What was told last.
#[derive(Debug, Default)]
struct Pace {
    last: Option<(u64, i64)>,
}

impl Pace {
    /// Whether it is worth telling. It never goes back: what was fetched again is not told again.
    fn is_due(&mut self, bytes: u64, total: Option<u64>, now_ms: i64, is_end: bool) -> bool {
        let due = match self.last {
            None => bytes > 0 || is_end,
            Some((told, _)) if bytes <= told => false,
            Some((told, at_ms)) => {
                let step = total.and_then(|total| total.checked_div(PACE_SHARE)).unwrap_or(u64::MAX).max(1);
                is_end || now_ms.saturating_sub(at_ms) >= PACE_MS || bytes.saturating_sub(told) >= step
            }
        };
        if due {
            self.last = Some((bytes, now_ms));
        }
        due
    }
}

/// Waits for the outcome, telling `progress`, until `cancel`.
pub(super) async fn wait(
    mut seat: Seat<Result<Ready, DownloadError>>,
    progress: Option<Arc<dyn Progress>>,
    cancel: Option<Arc<CancelToken>>,
    clock: Arc<dyn Clock>,
    workers: &Handle,
) -> Result<Ready, DownloadError> {
    let cancelled = async {
        match &cancel {
            Some(cancel) => cancel.cancelled().await,
            None => std::future::pending().await,
        }
    };
    tokio::pin!(cancelled);
    let mut pace = Pace::default();
    let mut moved = seat.progress.clone();
    loop {
        let (told, outcome) = tokio::select! {
            biased;
            () = &mut cancelled => return Err(DownloadError::Cancelled),
            outcome = seat.outcome() => {
                let Ok(ready) = &outcome else { return outcome };
                ((ready.bytes, Some(ready.bytes)), Some(outcome))
            }
            Ok(()) = moved.changed() => (*moved.borrow_and_update(), None),
        };
        let (bytes, total) = told;
        if let Some(progress) = &progress
            // A clock that does not answer tells the end all the same.
            && pace.is_due(bytes, total, clock.now().map_or(0, |reading| reading.elapsed_ms), outcome.is_some())
        {
            let progress = progress.clone();
            let _ = workers.spawn_blocking(move || progress.moved(bytes, total)).await;
        }
        if let Some(outcome) = outcome {
            return outcome;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(crate::trials::config(500))]

        #[test]
        fn what_is_told_only_grows_and_no_faster_than_it_should(
            steps in prop::collection::vec((0u64..10_000, 0i64..400), 1..200),
        ) {
            let (mut pace, mut now_ms) = (Pace::default(), 0);
            let mut told: Vec<(u64, i64)> = Vec::new();
            for (bytes, pause_ms) in steps {
                now_ms += pause_ms;
                if pace.is_due(bytes, Some(10_000), now_ms, false) {
                    told.push((bytes, now_ms));
                }
            }
            for pair in told.windows(2) {
                let ((before, then_ms), (after, at_ms)) = (pair[0], pair[1]);
                prop_assert!(after > before);
                prop_assert!(at_ms - then_ms >= 250 || after - before >= 200, "{:?}", pair);
            }
            let last = told.last().map_or(0, |told| told.0);
            prop_assert_eq!(pace.is_due(10_000, Some(10_000), now_ms, true), last < 10_000, "the end is told once");
        }
    }
}
