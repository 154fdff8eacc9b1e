//! Telling the operator that a refresh token is no longer wanted (RFC 7009). Signing out never waits for it: what cannot
//! be told now is kept in the secure store and told when the operator can be reached, for a week at most.

use std::sync::Arc;

use futures_util::FutureExt;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::provider::Endpoints;
use super::record::{self, Record};
use super::start::readable;
use super::{Session, attempt, token};
use crate::host::{Entropy, HostError, SecureStore};
use crate::problem::Problem;
use crate::store::Ledger;

/// Prefix of the secure store's keys.
const KEY_PREFIX: &str = "revoke/";
const KEPT_FOR_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// How many wait of one person. Each step-up leaves one, and all of them wait until the session is over.
const MOST_OF_ONE: usize = 10;
/// How many wait in all.
const MOST: usize = 30;
/// Answers other than success after which the provider is taken to have none: some refuse public clients (401).
const TRIES: u8 = 3;

/// A token that is no longer wanted.
#[derive(Serialize, Deserialize)]
struct Unwanted {
    #[serde(serialize_with = "record::exposed_one")]
    token: SecretString,
    subject: String,
    endpoints: Endpoints,
    since_ms: i64,
    tries: u8,
}

/// Keeps a record's refresh token for revoking, where it has one and the provider takes it back.
pub(super) fn keep(
    secure: &dyn SecureStore,
    record: &Record,
    entropy: &dyn Entropy,
    now_ms: i64,
) -> Result<(), HostError> {
    let (Some(token), Some(_)) = (&record.refresh, &record.endpoints.revocation) else { return Ok(()) };
    let unwanted = Unwanted {
        token: token.clone(),
        subject: record.subject.clone(),
        endpoints: record.endpoints.clone(),
        since_ms: now_ms,
        tries: 0,
    };
    let waiting = waiting(secure)?;
    let is_it = |kept: &Unwanted| kept.token.expose_secret() == unwanted.token.expose_secret();
    if waiting.iter().any(|(_, kept)| kept.as_ref().is_some_and(is_it)) {
        return Ok(());
    }
    let mut whose: Vec<_> = waiting.into_iter().map(|(key, kept)| (key, kept.map(|kept| kept.subject))).collect();
    while let Some(place) = to_go(&whose, &unwanted.subject) {
        secure.delete(whose.remove(place).0)?;
    }
    let key = format!("{KEY_PREFIX}{now_ms:015}-{}", attempt::random_text(entropy)?);
    secure.put(key, serde_json::to_vec(&unwanted).map_err(|_| HostError::Failed)?)
}

/// What waits, the oldest first; what cannot be read is nobody's.
fn waiting(secure: &dyn SecureStore) -> Result<Vec<(String, Option<Unwanted>)>, HostError> {
    let mut keys = secure.list(KEY_PREFIX.to_owned())?;
    keys.sort();
    let read = |key: String| {
        let kept = readable(secure.get(key.clone()));
        kept.map(|kept| (key, kept.and_then(|bytes| serde_json::from_slice::<Unwanted>(&bytes).ok())))
    };
    keys.into_iter().map(read).collect()
}

/// Which makes way for one more of this person: the oldest of their own where enough of theirs wait, so that nobody's costs
/// another's; else, where too many wait in all, the oldest of whoever has the most.
fn to_go(waiting: &[(String, Option<String>)], subject: &str) -> Option<usize> {
    let count = |of: Option<&str>| waiting.iter().filter(|(_, whose)| whose.as_deref() == of).count();
    let crowd = if count(Some(subject)) >= MOST_OF_ONE {
        Some(subject)
    } else if waiting.len() >= MOST {
        waiting.iter().map(|(_, whose)| whose.as_deref()).max_by_key(|whose| count(*whose))?
    } else {
        return None;
    };
    waiting.iter().position(|(_, whose)| whose.as_deref() == crowd)
}

impl Session {
    /// Keeps unwanted tokens for revoking, and tells the operator in the background.
    pub(super) async fn revoke(self: &Arc<Self>, records: Vec<Arc<Record>>) {
        if records.is_empty() {
            return;
        }
        let (entropy, now_ms) = (self.engine.entropy.clone(), self.engine.now_ms());
        let kept = self
            .engine
            .secure(move |secure| records.iter().try_for_each(|record| keep(secure, record, &*entropy, now_ms)));
        // Where it cannot be kept it is only not revoked; it is nowhere on this phone any more.
        let _ = kept.await;
        self.flush_revocations();
    }

    /// Tells the operator what is waiting, in the background.
    pub(super) fn flush_revocations(self: &Arc<Self>) {
        let this = self.clone();
        let work = async move {
            // One at a time: a token told twice is harmless, but counts as two tries.
            let _turn = this.revoking.lock().await;
            let _ = this.tell_all().await;
        };
        tokio::spawn(work.boxed());
    }

    async fn tell_all(&self) -> Result<(), Problem> {
        let keys = self.engine.secure(|secure| secure.list(KEY_PREFIX.to_owned())).await?;
        for key in keys {
            let name = key.clone();
            let kept = self.engine.secure(move |secure| readable(secure.get(name))).await?;
            let unwanted = kept.and_then(|bytes| serde_json::from_slice::<Unwanted>(&bytes).ok());
            let left = match unwanted {
                Some(unwanted) => self.tell(unwanted).await,
                None => None,
            };
            let next = left.and_then(|left| serde_json::to_vec(&left).ok());
            self.engine
                .secure(move |secure| match next {
                    Some(bytes) => secure.put(key, bytes),
                    None => secure.delete(key),
                })
                .await?;
        }
        Ok(())
    }

    /// Tells the operator of one; what has to be told later comes back. A sign-in of the same person may share the grant of
    /// an unwanted one, which then waits until that is over. Who is signed in the database knows: this process may have
    /// slept over a sign-out in another.
    async fn tell(&self, mut unwanted: Unwanted) -> Option<Unwanted> {
        let now_ms = self.engine.now_ms();
        if self.engine.store.ledger().await.map_or(true, |ledger| self.lives_on(&unwanted.subject, &ledger)) {
            // The week counts from when it is over.
            unwanted.since_ms = now_ms;
            return Some(unwanted);
        }
        if now_ms.saturating_sub(unwanted.since_ms) > KEPT_FOR_MS {
            return None;
        }
        let identity = &self.engine.profile.identity;
        match token::revoke(&self.engine.http, identity, &unwanted.endpoints, &unwanted.token).await {
            Ok(true) => None,
            Ok(false) => {
                unwanted.tries = unwanted.tries.saturating_add(1);
                (unwanted.tries < TRIES).then_some(unwanted)
            }
            Err(_) => Some(unwanted),
        }
    }
}

impl Session {
    /// Whether the person has a session, as far as the database and memory know.
    fn lives_on(&self, subject: &str, ledger: &Ledger) -> bool {
        let is_over = |record: &Record| {
            record.subject == subject && record.ended.is_some() && record.generation >= ledger.generation
        };
        let standing = self.standing();
        // Whoever waits for a decision has tokens as well.
        if standing.waiting.as_ref().is_some_and(|waiting| waiting.subject == subject) {
            return true;
        }
        let record = standing.record();
        // A row that knows of nobody was lost, or nobody has signed in yet: then memory knows.
        let is_known = ledger.subject.is_some() || record.is_some_and(|record| record.subject == subject);
        is_known && ledger.is_still_of(subject) && !record.is_some_and(|record| is_over(record))
    }
}

impl std::fmt::Debug for Unwanted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Unwanted(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, MOST_OF_ONE, to_go};

    #[test]
    fn the_oldest_of_the_same_person_make_way_and_else_those_of_whoever_has_the_most() {
        let of = |counts: &[(Option<&str>, usize)]| -> Vec<(String, Option<String>)> {
            let whose = counts.iter().flat_map(|(whose, count)| vec![whose.map(str::to_owned); *count]);
            whose.enumerate().map(|(at, whose)| (format!("{at:03}"), whose)).collect()
        };
        let (emma, luc, ines) = (Some("emma"), Some("luc"), Some("ines"));
        for (waiting, subject, expected) in [
            (of(&[]), "emma", None),
            (of(&[(luc, 1), (emma, MOST_OF_ONE - 1)]), "emma", None),
            (of(&[(luc, 1), (emma, MOST_OF_ONE)]), "emma", Some(1)),
            (of(&[(luc, 1), (emma, MOST_OF_ONE)]), "luc", None),
            (of(&[(luc, 1), (emma, MOST_OF_ONE + 3), (ines, MOST - MOST_OF_ONE)]), "luc", Some(MOST_OF_ONE + 4)),
            (of(&[(luc, 1), (emma, 2), (None, MOST - 3)]), "ines", Some(3)),
            (of(&[(luc, 1), (emma, 2), (None, MOST - 4)]), "ines", None),
        ] {
            assert_eq!(to_go(&waiting, subject), expected, "{subject} beside {waiting:?}");
        }
    }
}
