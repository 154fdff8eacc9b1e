//! How a caller ends work that it no longer wants: Kotlin's own cancellation reaches the core, Swift's `Task.cancel`
//! does not.

use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::sync::watch;

use crate::problem::Problem;

/// Ends work that its caller no longer wants.
#[derive(Debug, uniffi::Object)]
pub struct CancelToken {
    cancelled: watch::Sender<bool>,
}

#[uniffi::export]
impl CancelToken {
    /// A token for one piece of work.
    #[uniffi::constructor]
    #[allow(clippy::new_without_default)]
    pub fn new() -> Arc<CancelToken> {
        Arc::new(CancelToken { cancelled: watch::Sender::new(false) })
    }

    /// Ends the work: it fails with `Unexpected { code: "cancelled" }` unless it was already done.
    pub fn cancel(&self) {
        self.cancelled.send_replace(true);
    }
}

impl CancelToken {
    /// Returns when the token is cancelled.
    pub(crate) async fn cancelled(&self) {
        // The sender lives in `self`, so waiting cannot fail.
        let _ = self.cancelled.subscribe().wait_for(|cancelled| *cancelled).await;
    }
}

/// Does the work, unless the token is cancelled first.
pub(crate) fn unless_cancelled<'w, T: 'w>(
    cancel: Option<Arc<CancelToken>>,
    work: impl Future<Output = Result<T, Problem>> + Send + 'w,
) -> impl Future<Output = Result<T, Problem>> + Send + 'w {
    // Boxed: compiled for each kind of answer, not for each piece of work.
    boxed_unless_cancelled(cancel, work.boxed())
}

async fn boxed_unless_cancelled<T>(
    cancel: Option<Arc<CancelToken>>,
    work: BoxFuture<'_, Result<T, Problem>>,
) -> Result<T, Problem> {
    let Some(token) = cancel else { return work.await };
    tokio::select! {
        outcome = work => outcome,
        () = token.cancelled() => Err(Problem::cancelled()),
    }
}
