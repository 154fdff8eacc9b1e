//! Where the bytes of a document go: to the disk, on threads that may wait for it.

use bytes::Bytes;
use tokio::sync::mpsc;

use super::DownloadError;
use super::part::Part;
use crate::host::Clock;
use crate::problem::StorageFailure;

/// Writes what comes, until nothing more does. The disk is waited for on another thread while the next bytes are written,
/// for one stretch at a time.
pub(super) fn drain(
    mut part: Part,
    mut inbox: mpsc::Receiver<Bytes>,
    clock: &dyn Clock,
    sync_bytes: u64,
    sync_ms: i64,
) -> (Part, Result<(), DownloadError>) {
    // A clock that does not answer stands still; then only the bytes count.
    let now_ms = || clock.now().map_or(0, |reading| reading.elapsed_ms);
    let mut synced_ms = now_ms();
    let mut syncing = None;
    let mut work = |piece: Bytes, part: &mut Part| {
        part.write(&piece)?;
        part.checker().beginning(false).map_err(DownloadError::Damaged)?;
        let late = part.unsynced() > 0 && now_ms().saturating_sub(synced_ms) >= sync_ms;
        if part.unsynced() >= sync_bytes || late {
            synced(&mut syncing)?;
            let sync = part.begin_sync();
            syncing = Some(crate::workers::blocking(move || {
                sync()?;
                super::instant("synced");
                Ok(())
            }));
            synced_ms = now_ms();
        }
        Ok(())
    };
    let mut outcome = Ok(());
    while outcome.is_ok()
        && let Some(piece) = inbox.blocking_recv()
    {
        outcome = work(piece, &mut part);
    }
    // Also after a failure: nobody holds the file any more when this returns.
    let last = synced(&mut syncing);
    (part, outcome.and(last))
}

/// Waits for the stretch that is on its way to the disk.
fn synced(syncing: &mut Option<tokio::task::JoinHandle<Result<(), DownloadError>>>) -> Result<(), DownloadError> {
    let Some(task) = syncing.take() else { return Ok(()) };
    let done = tokio::runtime::Handle::current().block_on(task);
    done.unwrap_or(Err(DownloadError::Storage(StorageFailure::Failing)))
}
