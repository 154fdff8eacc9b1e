//! Where the person stands, and every way it can change: one function, [`Standing::on`], without clock, disk or network.
//! Whoever drives it tells what happened and does what it answers; what comes too late is answered with what to undo.

use std::sync::Arc;

use super::record::Record;
use super::view::SessionPhase;
use crate::operator::challenge::StepUp;
use crate::problem::SessionEnd;
use crate::store::DataKey;

/// Where the person stands.
#[derive(Debug, Clone, Default)]
pub(crate) enum State {
    /// Nobody is signed in.
    #[default]
    SignedOut,
    /// A sign-out has begun and something of it is left to do. Nothing of the person is shown or called any more.
    SigningOut,
    /// Signed in, as far as we know.
    SignedIn(Arc<Record>),
    /// The session is over for the reason in the record; what is kept stays readable.
    SignInAgain(Arc<Record>),
}

/// A sign-in on its way. Whatever becomes of it, the person stands where they stood before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pending {
    /// The browser is out, and may come back until then (milliseconds since 1970 UTC).
    InBrowser { attempt: String, until_ms: i64, steps_up: bool },
    /// It came back, and its code is being exchanged.
    Exchanging { attempt: String, steps_up: bool },
}

/// What happened.
#[derive(Debug, Clone)]
pub(super) enum Event {
    /// The attempt is kept, and its page is about to be opened; with `steps_up`, for the person signed in to show who is
    /// there.
    Started { attempt: String, until_ms: i64, steps_up: bool },
    /// The browser came back with an answer to the attempt, which counts no second time.
    CameBack { attempt: String, steps_up: bool },
    /// The attempt led to nothing: declined, failed, or given up.
    GivenUp { attempt: Option<String> },
    /// The provider granted a session to what came back under `epoch`.
    Granted { record: Arc<Record>, epoch: u64, steps_up: bool },
    /// The person wants the other account that waits, and what was here gone.
    Replace,
    /// The person keeps what was here.
    Keep,
    /// A granted session is written down; nobody else's data is left.
    Settled { record: Arc<Record>, data_key: Option<DataKey>, locked_key: Option<Vec<u8>>, epoch: u64, steps_up: bool },
    /// Another process of the app renewed the tokens of `from`, or the same person signed in there anew: then with keys.
    Adopted { from: Arc<Record>, to: Arc<Record>, keys: Option<Keys> },
    /// The tokens of `from` were renewed; they are not written down yet.
    Renewed { from: Arc<Record>, to: Arc<Record> },
    /// The record is written down.
    Saved(Arc<Record>),
    /// The session of `from` is over.
    Ended { from: Arc<Record>, reason: SessionEnd },
    /// The phone destroyed the key under the app lock: what was kept is only noise.
    LockLost { of: Arc<Record> },
    /// The person signs out.
    SignOut,
    /// Another process of the app has signed the person of this record out, or somebody else in.
    LeftElsewhere { of: Arc<Record> },
    /// Everything a sign-out deletes is deleted.
    Gone,
}

/// What is to be done about it.
#[derive(Debug, Clone)]
pub(super) enum Effect {
    /// Nothing.
    Nothing,
    /// The event came too late or to nobody, and changed nothing.
    Ignored,
    /// Write the record down, after deleting what is anybody else's; under this epoch.
    Settle { record: Arc<Record>, epoch: u64 },
    /// Ask the person whose data they want on this phone; who waited before is not wanted any more.
    AskWhose { replaced: Option<Arc<Record>> },
    /// Write the record down.
    Save(Arc<Record>),
    /// The person signed out or in again meanwhile: these tokens are nobody's, and told so to the operator.
    Late(Arc<Record>),
    /// Tell the operator that nobody here lives by these tokens.
    Revoke(Vec<Arc<Record>>),
}

/// The state with what belongs to it.
#[derive(Default)]
pub(crate) struct Standing {
    pub(super) state: State,
    pub(super) pending: Option<Pending>,
    /// Another person's session, in memory only, until the person here decides.
    pub(super) waiting: Option<Arc<Record>>,
    /// What the operator wants of this person's next step-up (RFC 9470): until that is done or given up.
    pub(super) wanted: Option<StepUp>,
    pub(super) data_key: Option<DataKey>,
    /// The data key under the app lock.
    pub(super) locked_key: Option<Vec<u8>>,
    /// Grows with every sign-in and sign-out.
    pub(super) epoch: u64,
    /// Grows whenever a person's data is deleted: what is kept of one who only signs in again stays.
    pub(super) data_epoch: u64,
    /// The generation a sign-out left behind that is not finished: one that is newer signed in since.
    pub(super) left_at: Option<u64>,
    /// Tokens that could not be written yet; written before they are renewed.
    pub(super) unsaved: bool,
    /// What was sent before the app died got no answer: renewed before anything else is called.
    pub(super) unanswered: bool,
    /// Renewing has failed for so long that signing in again may help.
    pub(super) troubled: bool,
    /// The page that was opened leads nowhere.
    pub(super) page_stays: bool,
}

/// What opens a person's rows: the data key, or the same under the app lock.
#[derive(Debug, Clone)]
pub(super) struct Keys {
    pub data_key: Option<DataKey>,
    pub locked_key: Option<Vec<u8>>,
}

/// Whose data is shown, and the key to it.
#[derive(Clone)]
pub(crate) struct Subject {
    /// Names the person's rows.
    pub id: String,
    /// The person at the operator, to tell own counters from colleagues'.
    pub sub: String,
    /// Opens the person's rows.
    pub key: DataKey,
    /// Which sign-in this is. Work begun under an earlier one must not keep what it brings.
    pub epoch: u64,
    /// Since when the person's data is kept: differs after a deletion.
    pub data_epoch: u64,
}

impl std::fmt::Debug for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Subject(…)")
    }
}

impl Standing {
    /// Moves on an event.
    pub(super) fn on(&mut self, event: Event) -> Effect {
        use Event::{
            Adopted, CameBack, Ended, GivenUp, Gone, Granted, Keep, LeftElsewhere, LockLost, Renewed, Replace, Saved,
            Settled, SignOut, Started,
        };
        match event {
            Started { attempt, until_ms, steps_up } => {
                self.pending = Some(Pending::InBrowser { attempt, until_ms, steps_up });
                Effect::Nothing
            }
            // Also without a pending one: the process may have died behind the browser.
            CameBack { attempt, steps_up } => {
                if !matches!(&self.pending, Some(pending) if pending.attempt() != attempt) {
                    self.pending = Some(Pending::Exchanging { attempt, steps_up });
                }
                Effect::Nothing
            }
            GivenUp { attempt } => {
                self.pending.take_if(|pending| attempt.as_deref().is_none_or(|attempt| pending.attempt() == attempt));
                // In the app itself, not on a page that may be opened once more.
                if attempt.is_none() {
                    self.wanted = None;
                }
                Effect::Nothing
            }
            Granted { record, epoch, .. } if epoch != self.epoch || self.is_leaving() => Effect::Late(record),
            Granted { record, steps_up: true, .. } => match self.record() {
                Some(present) if present.subject == record.subject => Effect::Settle { record, epoch: self.epoch },
                // Nobody is asked to make room for somebody who was not to sign in at all.
                _ => Effect::Revoke(vec![record]),
            },
            Granted { record, .. } => match self.record() {
                Some(present) if present.subject != record.subject => {
                    Effect::AskWhose { replaced: self.waiting.replace(record) }
                }
                _ => Effect::Settle { record, epoch: self.epoch },
            },
            Replace => match self.waiting.take() {
                Some(record) => {
                    self.clear(State::SignedOut);
                    Effect::Settle { record, epoch: self.epoch }
                }
                None => Effect::Ignored,
            },
            Keep => match self.waiting.take() {
                Some(record) => Effect::Revoke(vec![record]),
                None => Effect::Ignored,
            },
            Settled { record, epoch, .. } if epoch != self.epoch || self.is_leaving() => Effect::Late(record),
            Settled { record, data_key, locked_key, steps_up, .. } => {
                // Somebody else who still waits has been decided against by a sign-in, and not by showing who is there.
                let (waiting, unwanted) =
                    if steps_up { (self.waiting.take(), None) } else { (None, self.waiting.take()) };
                let unwanted = [self.record().cloned(), unwanted];
                // A key that was lost, and its rows with it: nothing goes on under the old one.
                let keys = self.data_key.as_ref().zip(data_key.as_ref());
                let lost = u64::from(keys.is_some_and(|(before, now)| !before.is(now)));
                *self = Standing {
                    state: State::SignedIn(record),
                    data_key,
                    locked_key,
                    epoch: self.epoch.saturating_add(1),
                    data_epoch: self.data_epoch.saturating_add(lost),
                    waiting,
                    ..Standing::default()
                };
                Effect::Revoke(unwanted.into_iter().flatten().collect())
            }
            Adopted { from, to, keys } if self.is(&from) => {
                self.state = standing_of(to);
                self.unsaved = false;
                self.unanswered = false;
                if let Some(Keys { data_key, locked_key }) = keys {
                    // What was kept before that sign-in may be gone; memory begins afresh.
                    (self.data_key, self.locked_key) = (data_key, locked_key);
                    self.epoch = self.epoch.saturating_add(1);
                    self.data_epoch = self.data_epoch.saturating_add(1);
                    self.wanted = None;
                }
                Effect::Nothing
            }
            Renewed { from, to } if self.is(&from) && from.ended.is_none() => {
                self.state = State::SignedIn(to.clone());
                self.unsaved = true;
                self.unanswered = false;
                self.troubled = false;
                Effect::Save(to)
            }
            // Signed out meanwhile: the late token must not come back to life.
            Renewed { to, .. } => Effect::Late(to),
            Saved(record) => {
                if self.is(&record) {
                    self.unsaved = false;
                }
                Effect::Nothing
            }
            Ended { from, reason } if self.is(&from) && from.ended.is_none() => {
                let over = Arc::new(from.over(reason));
                self.state = State::SignInAgain(over.clone());
                self.unsaved = true;
                self.unanswered = false;
                self.troubled = false;
                Effect::Save(over)
            }
            LockLost { of } if self.record().is_some_and(|record| record.is_same_sign_in(&of)) => {
                self.data_key = None;
                self.locked_key = None;
                self.data_epoch = self.data_epoch.saturating_add(1);
                Effect::Nothing
            }
            SignOut => {
                let gone = [self.record().cloned(), self.waiting.take()];
                let left_at = self.record().map(|record| record.generation).or(self.left_at);
                self.clear(State::SigningOut);
                self.left_at = left_at;
                Effect::Revoke(gone.into_iter().flatten().collect())
            }
            LeftElsewhere { of } if self.is(&of) => {
                let gone = [Some(of), self.waiting.take()];
                self.clear(State::SignedOut);
                Effect::Revoke(gone.into_iter().flatten().collect())
            }
            Gone if self.is_leaving() => {
                self.state = State::SignedOut;
                Effect::Nothing
            }
            Adopted { .. } | Ended { .. } | LeftElsewhere { .. } | LockLost { .. } | Gone => Effect::Ignored,
        }
    }

    /// The session, also one that is over.
    pub(super) fn record(&self) -> Option<&Arc<Record>> {
        match &self.state {
            State::SignedOut | State::SigningOut => None,
            State::SignedIn(record) | State::SignInAgain(record) => Some(record),
        }
    }

    /// Whose data may be read: the person's who is signed in, also when the session is over.
    pub fn subject(&self) -> Option<Subject> {
        let record = self.record()?;
        let (id, sub) = (record.subject.clone(), record.sub.clone());
        let key = self.data_key.clone()?;
        Some(Subject { id, sub, key, epoch: self.epoch, data_epoch: self.data_epoch })
    }

    /// Whether what was kept for a person when `subject` was read is here, and theirs.
    pub(super) fn has_data_of(&self, subject: &Subject) -> bool {
        self.data_epoch == subject.data_epoch && self.record().is_some_and(|record| record.subject == subject.id)
    }

    /// Whether something of a sign-out is left to do.
    pub(super) fn is_leaving(&self) -> bool {
        matches!(self.state, State::SigningOut)
    }

    /// Who is signed in, as far as we know.
    pub(super) fn living_subject(&self) -> Option<&str> {
        if let State::SignedIn(record) = &self.state { Some(&record.subject) } else { None }
    }

    /// What the sign-in screen shows: a step-up is no sign-in, and leaves the screens as they are. A browser that stays away too long has been abandoned.
    pub(super) fn phase(&self, now_ms: i64) -> SessionPhase {
        match (&self.pending, &self.state) {
            (Some(Pending::Exchanging { steps_up: false, .. }), _) => SessionPhase::SigningIn,
            (Some(Pending::InBrowser { until_ms, steps_up: false, .. }), _) if now_ms <= *until_ms => {
                SessionPhase::SigningIn
            }
            (_, State::SignedOut | State::SigningOut) => SessionPhase::SignedOut,
            (_, State::SignedIn(_)) => SessionPhase::SignedIn,
            (_, State::SignInAgain(_)) => SessionPhase::SignInAgain,
        }
    }

    /// Whether `record` is still the session.
    pub(super) fn is(&self, record: &Arc<Record>) -> bool {
        self.record().is_some_and(|current| Arc::ptr_eq(current, record))
    }

    /// Nobody is signed in any more, and nothing is kept of anybody.
    fn clear(&mut self, state: State) {
        let (epoch, data_epoch) = (self.epoch.saturating_add(1), self.data_epoch.saturating_add(1));
        let waiting = self.waiting.take();
        *self = Standing { state, waiting, epoch, data_epoch, ..Standing::default() };
    }
}

impl Pending {
    fn attempt(&self) -> &str {
        match self {
            Pending::InBrowser { attempt, .. } | Pending::Exchanging { attempt, .. } => attempt,
        }
    }
}

/// What a kept record says.
pub(super) fn standing_of(record: Arc<Record>) -> State {
    if record.ended.is_some() { State::SignInAgain(record) } else { State::SignedIn(record) }
}

#[cfg(test)]
mod tests;
