//! What the phone kept of the session, read once when the core opens, on the caller's thread: secrets from the secure
//! store, the rest from the database. Nothing is sent, and nothing that cannot be read now counts as not there.

use std::sync::Arc;

use super::machine::{Keys, Standing, State, standing_of};
use super::record::{self, Record};
use super::{DATA_KEY_PREFIX, LOCKED_KEY_PREFIX};
use crate::host::{HostError, SecureStore};
use crate::problem::SessionEnd;
use crate::store::{DataKey, Kept, Ledger};

/// A day of failures is more than a network's mood.
const TROUBLED_AFTER_MS: i64 = 24 * 60 * 60 * 1000;
const TROUBLED_AFTER: u32 = 5;

/// What the secure store kept.
#[derive(Debug)]
pub(crate) struct Found {
    record: Option<Record>,
    data_key: Option<DataKey>,
    locked_key: Option<Vec<u8>>,
}

impl Found {
    /// Reads the secure store.
    pub fn read(secure: &dyn SecureStore, issuer: &str) -> Result<Found, HostError> {
        let kept = readable(secure.get(record::KEY.to_owned()))?.and_then(|bytes| Record::from_bytes(&bytes));
        // Another operator's session is no session.
        let Some(record) = kept.filter(|record| record.issuer == issuer) else {
            return Ok(Found { record: None, data_key: None, locked_key: None });
        };
        let item = |prefix: &str| readable(secure.get(format!("{prefix}{}", record.subject)));
        // Locked first: where both are there, locking or unlocking for good was cut short.
        let locked_key = item(LOCKED_KEY_PREFIX)?;
        let data_key = match locked_key {
            Some(_) => None,
            None => item(DATA_KEY_PREFIX)?.and_then(|bytes| DataKey::from_bytes(&bytes)),
        };
        Ok(Found { record: Some(record), data_key, locked_key })
    }

    /// The session itself, and what opens its rows.
    pub(super) fn parts(self) -> Option<(Record, Keys)> {
        let (data_key, locked_key) = (self.data_key, self.locked_key);
        self.record.map(|record| (record, Keys { data_key, locked_key }))
    }

    /// Whose rows may be read.
    pub fn subject(&self) -> Option<&str> {
        self.record.as_ref().map(|record| record.subject.as_str())
    }
}

impl Standing {
    /// Where the person stood when the app last ran.
    pub fn at_start(found: Found, kept: &Kept, now_ms: i64) -> Standing {
        let Found { record, data_key, locked_key } = found;
        let ledger = &kept.ledger;
        let leaving = Standing { state: State::SigningOut, left_at: Some(ledger.generation), ..Standing::default() };
        let Some(record) = record else {
            // The row knows of somebody whose session is gone: a sign-out or a sign-in was cut short. What is left is deleted.
            return if ledger.leaving || ledger.subject.is_some() { leaving } else { Standing::default() };
        };
        // A session of before a sign-out that is over, or before another sign-in: its write came in late, or was cut short.
        if ledger.leaving || !ledger.is_still_of(&record.subject) || kept.install.as_ref() != Some(&record.install) {
            return leaving;
        }
        let refused = ledger.refused.is_some_and(|refused| record.generation <= refused);
        let over = if record.ended.is_some() {
            None
        } else if data_key.is_none() && locked_key.is_none() {
            // What was kept cannot be read any more, and what comes could not be kept.
            Some(SessionEnd::KeyLost)
        } else {
            refused.then_some(SessionEnd::Revoked)
        };
        let unanswered = is_unanswered(ledger, &record);
        let record = over.map_or_else(|| record.clone(), |reason| record.over(reason));
        Standing {
            state: standing_of(Arc::new(record)),
            data_key,
            locked_key,
            unanswered,
            troubled: is_troubled(ledger, now_ms),
            ..Standing::default()
        }
    }
}

/// Whether the refresh token of the record may have been spent on an answer that never came, or came and was not kept.
pub(super) fn is_unanswered(ledger: &Ledger, record: &Record) -> bool {
    let sent = ledger.unanswered.is_some_and(|sent| record.generation <= sent);
    sent || (ledger.subject.as_ref() == Some(&record.subject) && ledger.generation > record.generation)
}

/// Whether renewing has failed so often and for so long that signing in again may help.
pub(super) fn is_troubled(ledger: &Ledger, now_ms: i64) -> bool {
    let since = ledger.failing_since_ms.unwrap_or(now_ms);
    ledger.failures >= TROUBLED_AFTER && now_ms.saturating_sub(since) >= TROUBLED_AFTER_MS
}

/// What is lost for good counts as not there: an error would come back at every start and lock the person out.
pub(super) fn readable(item: Result<Option<Vec<u8>>, HostError>) -> Result<Option<Vec<u8>>, HostError> {
    match item {
        Err(HostError::KeyInvalidated | HostError::BiometryChanged | HostError::LockRemoved | HostError::Corrupt) => {
            Ok(None)
        }
        item => item,
    }
}
