//! Where the person stands, in memory: read once when the core opens, then moved by sign-in, renewal and sign-out.

use std::sync::Arc;

use super::attempt;
use super::record::{self, Record};
use super::view::SessionPhase;
use crate::host::{HostError, SecureStore};
use crate::problem::SessionEnd;
use crate::store::DataKey;

/// Where the person stands.
#[derive(Default)]
pub(crate) struct Standing {
    pub(super) record: Option<Arc<Record>>,
    pub(super) data_key: Option<DataKey>,
    /// When the sign-in began that has not come back from the browser, in milliseconds since 1970 UTC.
    pub(super) signing_in_since: Option<i64>,
    /// Grows with every sign-in and sign-out.
    pub(super) epoch: u64,
    /// Grows whenever a person's data is deleted: what is kept of one who only signs in again stays.
    data_epoch: u64,
    /// Tokens that could not be written yet; written before they are renewed.
    pub(super) unsaved: bool,
}

/// Whose data is shown, and the key to it.
#[derive(Debug, Clone)]
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

impl Standing {
    /// Reads what the secure store kept. Called once, when the core opens, on the caller's thread.
    pub fn read(secure: &dyn SecureStore, issuer: &str) -> Result<Standing, HostError> {
        let kept = readable(secure.get(record::KEY.to_owned()))?.and_then(|bytes| Record::from_bytes(&bytes));
        // Another operator's session is no session.
        let Some(record) = kept.filter(|record| record.issuer == issuer) else { return Ok(Standing::default()) };
        let data_key = readable(secure.get(key_of(&record.subject)))?.and_then(|bytes| DataKey::from_bytes(&bytes));
        let record = match (&data_key, record.ended) {
            // What was kept cannot be read any more, and what comes could not be kept.
            (None, None) => record.over(SessionEnd::KeyLost),
            _ => record,
        };
        Ok(Standing { record: Some(Arc::new(record)), data_key, ..Standing::default() })
    }

    /// Whose data may be shown: the person signed in, also when the operator ended the session.
    pub fn subject(&self) -> Option<Subject> {
        let record = self.record.as_ref()?;
        let (id, sub) = (record.subject.clone(), record.sub.clone());
        let key = self.data_key.clone()?;
        Some(Subject { id, sub, key, epoch: self.epoch, data_epoch: self.data_epoch })
    }

    /// What the sign-in screen shows. A browser that stays away too long has been abandoned.
    pub(super) fn phase(&self, now_ms: i64) -> SessionPhase {
        match &self.record {
            _ if self.signing_in_since.is_some_and(|began_ms| !attempt::is_over(began_ms, now_ms)) => {
                SessionPhase::SigningIn
            }
            None => SessionPhase::SignedOut,
            Some(record) if record.ended.is_none() => SessionPhase::SignedIn,
            Some(_) => SessionPhase::SignInAgain,
        }
    }

    /// Whether `record` is still the session.
    pub(super) fn is(&self, record: &Arc<Record>) -> bool {
        self.record.as_ref().is_some_and(|current| Arc::ptr_eq(current, record))
    }

    /// Puts `next` in the place of `record`, to be written; false when `record` is not the session any more.
    pub(super) fn replace(&mut self, record: &Arc<Record>, next: &Arc<Record>) -> bool {
        let ours = self.is(record);
        if ours {
            self.record = Some(next.clone());
            self.unsaved = true;
        }
        ours
    }

    /// Nobody is signed in any more.
    pub(super) fn clear(&mut self) -> Option<Arc<Record>> {
        let (epoch, data_epoch) = (self.epoch.saturating_add(1), self.data_epoch.saturating_add(1));
        std::mem::replace(self, Standing { epoch, data_epoch, ..Standing::default() }).record
    }
}

/// The secure store's key of a person's data key.
pub(super) fn key_of(subject: &str) -> String {
    format!("{DATA_KEY_PREFIX}{subject}")
}

/// Prefix of the secure store's keys of data keys.
pub(super) const DATA_KEY_PREFIX: &str = "data-key/";

/// What is lost for good counts as not there: an error would come back at every start and lock the person out.
pub(super) fn readable(item: Result<Option<Vec<u8>>, HostError>) -> Result<Option<Vec<u8>>, HostError> {
    match item {
        Err(HostError::KeyInvalidated | HostError::Corrupt) => Ok(None),
        item => item,
    }
}
