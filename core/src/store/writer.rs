//! The one thread that writes. Every job is one IMMEDIATE transaction; no statement outlives its job. Whatever can take
//! a while happens here: bringing the file to today's schema, waiting for a lock, mending a broken file.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, InterruptHandle, Transaction, TransactionBehavior};
use tokio::sync::oneshot;

use super::schema;

/// What is written in one transaction.
pub(super) type Work = Box<dyn FnOnce(&Transaction<'_>) -> rusqlite::Result<()> + Send>;

enum Job {
    Write(Work, oneshot::Sender<Result<(), WriteError>>),
    Stop,
}

/// Why a job was not done.
#[derive(Debug)]
pub(super) enum WriteError {
    /// The database says no.
    Database(rusqlite::Error),
    /// The writer was stopped before the job's turn came, or is no more.
    Stopped,
    /// The system gives no thread.
    NoThread,
    /// The deadline passed first.
    Late,
    /// The file was not closed as it should be.
    Unclean,
}

impl From<rusqlite::Error> for WriteError {
    fn from(error: rusqlite::Error) -> Self {
        WriteError::Database(error)
    }
}

/// The writer thread's door.
pub(super) struct Writer {
    jobs: Sender<Job>,
    leaving: Arc<Leaving>,
}

/// A writer that was told to stop, until it has let go of the file.
#[derive(Default)]
pub(super) struct Leaving {
    /// Past the deadline: what is queued is refused.
    at_once: AtomicBool,
    interrupt: Mutex<Option<InterruptHandle>>,
    outcome: Mutex<Option<Outcome>>,
    gone: Condvar,
}

#[derive(Debug, Clone, Copy)]
enum Outcome {
    Closed,
    Unclean,
}

impl Writer {
    /// Takes the connection over; what has to be done before the first write is done on the thread.
    pub(super) fn start(file: PathBuf, connection: Connection) -> Result<Writer, WriteError> {
        let leaving = Arc::<Leaving>::default();
        let (jobs, inbox) = mpsc::channel();
        let told = leaving.clone();
        std::thread::Builder::new()
            .name("companion-store".to_owned())
            .spawn(move || {
                let farewell = Farewell(told.clone());
                let outcome = run(Pen { file, held: Held::Unprepared(connection), leaving: told }, &inbox);
                farewell.0.tell(outcome);
            })
            .map_err(|_| WriteError::NoThread)?;
        Ok(Writer { jobs, leaving })
    }

    /// Queues a job; the receiver tells how it went. When the writer is gone the receiver says so.
    pub(super) fn submit(&self, work: Work) -> oneshot::Receiver<Result<(), WriteError>> {
        let (done, told) = oneshot::channel();
        // A writer that is gone drops `done`, which the caller sees.
        let _ = self.jobs.send(Job::Write(work, done));
        told
    }

    /// Tells the writer to close behind what is queued.
    pub(super) fn stop(self) -> Arc<Leaving> {
        // A writer that is gone already has said so.
        let _ = self.jobs.send(Job::Stop);
        self.leaving
    }
}

impl Leaving {
    /// Waits until the file is closed. Past the deadline the running statement is interrupted, and what is queued is
    /// refused.
    pub(super) fn wait(&self, deadline: Duration) -> Result<(), WriteError> {
        let outcome = self.outcome.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.gone.wait_timeout_while(outcome, deadline, |outcome| outcome.is_none());
        match *waited.unwrap_or_else(PoisonError::into_inner).0 {
            Some(Outcome::Closed) => Ok(()),
            Some(Outcome::Unclean) => Err(WriteError::Unclean),
            None => {
                self.at_once.store(true, Ordering::SeqCst);
                if let Some(handle) = &*self.interrupt.lock().unwrap_or_else(PoisonError::into_inner) {
                    handle.interrupt();
                }
                Err(WriteError::Late)
            }
        }
    }

    /// Whether the file is closed.
    pub(super) fn is_gone(&self) -> bool {
        self.outcome.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    fn tell(&self, outcome: Outcome) {
        self.outcome.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(outcome);
        self.gone.notify_all();
    }
}

/// Says good-bye for a thread that panicked as well: whoever waits must not wait for ever.
struct Farewell(Arc<Leaving>);

impl Drop for Farewell {
    fn drop(&mut self) {
        self.0.tell(Outcome::Unclean);
    }
}

fn run(mut pen: Pen, inbox: &Receiver<Job>) -> Outcome {
    while let Ok(Job::Write(work, done)) = inbox.recv() {
        // A caller that went away still gets its write.
        let _ = done.send(pen.write(work));
    }
    pen.close()
}

/// The connection as the writer holds it.
struct Pen {
    file: PathBuf,
    held: Held,
    leaving: Arc<Leaving>,
}

enum Held {
    /// Lost to an error, or set aside; opened again for the next job.
    Nothing,
    /// Good for reading; the schema may be of another day.
    Unprepared(Connection),
    Prepared(Connection),
}

impl Pen {
    fn write(&mut self, work: Work) -> Result<(), WriteError> {
        if self.leaving.at_once.load(Ordering::SeqCst) {
            return Err(WriteError::Stopped);
        }
        let mut connection = self.prepared()?;
        let outcome = write(&mut connection, work);
        self.held = match &outcome {
            Err(error) if schema::is_unreadable(error) => {
                drop(connection);
                // Another process may have set it aside already: the file of that name is another one then.
                if !schema::is_sound(&self.file) {
                    schema::set_aside(&self.file, schema::BROKEN);
                }
                Held::Nothing
            }
            _ => Held::Prepared(connection),
        };
        Ok(outcome?)
    }

    fn prepared(&mut self) -> rusqlite::Result<Connection> {
        let connection = match std::mem::replace(&mut self.held, Held::Nothing) {
            Held::Prepared(connection) => return Ok(connection),
            Held::Unprepared(connection) => connection,
            Held::Nothing => Connection::open(&self.file)?,
        };
        self.may_be_interrupted(&connection);
        let connection = schema::at_todays_schema(connection, &self.file)?;
        self.may_be_interrupted(&connection);
        prepare_for_writing(&connection)?;
        Ok(connection)
    }

    fn may_be_interrupted(&self, connection: &Connection) {
        let mut interrupt = self.leaving.interrupt.lock().unwrap_or_else(PoisonError::into_inner);
        *interrupt = Some(connection.get_interrupt_handle());
    }

    fn close(self) -> Outcome {
        self.leaving.interrupt.lock().unwrap_or_else(PoisonError::into_inner).take();
        match self.held {
            Held::Nothing => Outcome::Closed,
            Held::Unprepared(connection) | Held::Prepared(connection) => {
                if close(connection).is_ok() {
                    Outcome::Closed
                } else {
                    Outcome::Unclean
                }
            }
        }
    }
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

/// What only a writer needs, so that opening for reading stays short. Every write is on the disk when it is told: with
/// less, a power cut could take a sign-in back and leave the sign-out before it.
fn prepare_for_writing(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(
        "PRAGMA synchronous = FULL;
         PRAGMA secure_delete = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;
         PRAGMA wal_autocheckpoint = 250;
         PRAGMA journal_size_limit = 1048576;",
    )
}
