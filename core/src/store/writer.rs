//! The one thread that writes. Every job is one IMMEDIATE transaction; no statement outlives its job.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use rusqlite::{Connection, InterruptHandle, Transaction, TransactionBehavior};
use tokio::sync::oneshot;

type Work = Box<dyn FnOnce(&Transaction<'_>) -> rusqlite::Result<()> + Send>;

enum Job {
    Write(Work, oneshot::Sender<rusqlite::Result<()>>),
    Stop(mpsc::SyncSender<rusqlite::Result<()>>),
}

/// The writer thread's door.
pub(super) struct Writer {
    jobs: Sender<Job>,
    interrupt: InterruptHandle,
}

impl Writer {
    /// Takes the connection over.
    pub(super) fn start(connection: Connection) -> rusqlite::Result<Writer> {
        prepare_for_writing(&connection)?;
        let interrupt = connection.get_interrupt_handle();
        let (jobs, inbox) = mpsc::channel();
        std::thread::Builder::new()
            .name("companion-store".to_owned())
            .spawn(move || run(connection, &inbox))
            .map_err(|_| rusqlite::Error::InvalidQuery)?;
        Ok(Writer { jobs, interrupt })
    }

    /// Queues a job; the receiver tells how it went. When the writer is gone the receiver says so.
    pub(super) fn submit(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<()> + Send + 'static,
    ) -> oneshot::Receiver<rusqlite::Result<()>> {
        let (done, told) = oneshot::channel();
        // A writer that is gone drops `done`, which the caller sees.
        let _ = self.jobs.send(Job::Write(Box::new(work), done));
        told
    }

    /// Lets queued jobs finish, checkpoints, closes. Past the deadline a running statement is interrupted.
    pub(super) fn stop(self, deadline: Duration) -> rusqlite::Result<()> {
        let (closed, told) = mpsc::sync_channel(1);
        if self.jobs.send(Job::Stop(closed)).is_err() {
            return Ok(());
        }
        match told.recv_timeout(deadline) {
            Ok(outcome) => outcome,
            Err(RecvTimeoutError::Disconnected) => Ok(()),
            Err(RecvTimeoutError::Timeout) => {
                self.interrupt.interrupt();
                Err(rusqlite::Error::ExecuteReturnedResults)
            }
        }
    }
}

fn run(mut connection: Connection, inbox: &Receiver<Job>) {
    while let Ok(job) = inbox.recv() {
        match job {
            Job::Write(work, done) => {
                // A caller that went away still gets its write.
                let _ = done.send(write(&mut connection, work));
            }
            Job::Stop(closed) => {
                let _ = closed.send(close(connection));
                return;
            }
        }
    }
    let _ = close(connection);
}

fn write(connection: &mut Connection, work: Work) -> rusqlite::Result<()> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    work(&tx)?;
    tx.commit()
}

/// Empties the write-ahead log into the file and lets go of it.
pub(super) fn close(connection: Connection) -> rusqlite::Result<()> {
    let checkpoint = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    connection.close().map_err(|(_, error)| error)?;
    checkpoint
}

/// What only a writer needs, so that opening for reading stays short.
fn prepare_for_writing(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(
        "PRAGMA synchronous = NORMAL;
         PRAGMA secure_delete = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;
         PRAGMA wal_autocheckpoint = 250;
         PRAGMA journal_size_limit = 1048576;",
    )
}
