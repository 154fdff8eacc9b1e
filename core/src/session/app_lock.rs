//! The app lock: what is kept of the person opens only when the person is there. The phone proves presence by using a
//! key of its hardware, so there is no yes or no that could be forged: without the prompt the data key stays sealed.
//! Locking never touches the session, and in a running app renewing and refreshing go on behind it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::machine::Event;
use super::sign_out::delete_all;
use super::start::readable;
use super::view::{LockScreen, lock_screen};
use super::{DATA_KEY_PREFIX, LOCKED_KEY_PREFIX, Session, secrets};
use crate::changes::Topic;
use crate::engine::Engine;
use crate::host::{ClockReading, HostError, PresenceKey, UserPresence};
use crate::problem::{Problem, SessionEnd, StorageFailure};
use crate::store::DataKey;
use crate::text::messages;

/// The secure store's key of the challenge behind [`AppLock::authorise`].
const CHALLENGE_KEY: &str = "presence";
/// How long a grant lasts: as long as a PIN stays on the screen.
const GRANT_MS: i64 = 30_000;
/// The longest time the app may be away without locking.
const LONGEST_GRACE_S: u32 = 300;
/// The usual one: looking something up elsewhere and coming back asks nobody again.
const USUAL_GRACE_S: u32 = 60;

/// The lock as the secure store keeps it, beside the sealed data key: without the lock there is no such item.
#[derive(Serialize, Deserialize)]
struct Locked {
    grace_s: u32,
    sealed: Vec<u8>,
}

/// What only presence opens, and how to tell that it opened.
#[derive(Serialize, Deserialize)]
struct Challenge {
    sealed: Vec<u8>,
    digest: Vec<u8>,
}

/// The gate of the running app.
#[derive(Debug, Default)]
pub(super) struct Gate {
    closed: bool,
    /// When the app left the screen.
    away: Option<ClockReading>,
}

/// What a lock screen and the settings draw.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct AppLockView {
    /// Whether this phone can lock the app at all.
    pub available: bool,
    /// Whether the lock is on for the person signed in.
    pub on: bool,
    /// Whether the app is locked now: nothing of the person may be shown.
    pub locked: bool,
    /// How long the app may be away without locking, in seconds.
    pub grace_seconds: u32,
    /// What covers the screens while it is locked.
    pub screen: LockScreen,
}

/// The app lock, and grants for single secrets such as PIN and PUK.
#[derive(uniffi::Object)]
pub struct AppLock {
    session: Arc<Session>,
}

/// The person was there a moment ago. Opens single secrets, for half a minute.
#[derive(uniffi::Object)]
pub struct PresenceGrant {
    since: ClockReading,
    /// Since which deletion of data: whoever signs in once more is still there.
    data_epoch: u64,
}

impl std::fmt::Debug for AppLock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AppLock")
    }
}

impl std::fmt::Debug for PresenceGrant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PresenceGrant")
    }
}

#[uniffi::export]
impl AppLock {
    /// The lock as it stands. Call it again whenever the app comes to the front.
    pub fn state(&self) -> AppLockView {
        let lock = self.session.lock_item();
        AppLockView {
            available: self.engine().host.user_presence.is_some(),
            on: lock.is_some(),
            locked: self.session.is_locked(),
            grace_seconds: lock.map_or(0, |lock| lock.grace_s),
            screen: lock_screen(self.engine().language),
        }
    }

    /// Switches the lock on. The app may be away for `grace_seconds` (at most 300, a minute where none are given) without
    /// locking; after a restart it is always locked.
    ///
    /// Fails with `SessionEnded` (nobody is signed in), `StorageUnavailable` (`NotPresent`: the phone has no lock of its
    /// own; `AppLocked`: it is on and locked).
    #[uniffi::method(default(grace_seconds = None))]
    pub async fn turn_on(self: Arc<Self>, grace_seconds: Option<u32>) -> Result<(), Problem> {
        let session = self.session.clone();
        let grace_seconds = grace_seconds.unwrap_or(USUAL_GRACE_S);
        self.engine().workers.run_to_end(async move { session.lock_on(grace_seconds).await }).await
    }

    /// Switches the lock off, after the person showed to be there. Fails as [`AppLock::unlock`] does.
    pub async fn turn_off(self: Arc<Self>) -> Result<(), Problem> {
        let session = self.session.clone();
        self.engine().workers.run_to_end(async move { session.lock_off().await }).await
    }

    /// Locks at once, where the lock is on.
    pub fn lock(&self) {
        self.session.gate().closed = self.session.lock_item().is_some();
        self.session.redraw();
    }

    /// Shows the phone's prompt, with the reason in the person's language, and unlocks when the person is there. Waits as long as the prompt stands.
    ///
    /// Fails with `StorageUnavailable { NotPresent }` (wrong finger, no lock on the phone), `Unexpected { code: "cancelled" }`
    /// (prompt closed), `SessionEnded` (`BiometryChanged`, `LockRemoved`: the key is gone; the person signs in again, and
    /// the lock is off).
    pub async fn unlock(self: Arc<Self>) -> Result<(), Problem> {
        let session = self.session.clone();
        self.engine().workers.run_to_end(async move { session.unlock().await }).await
    }

    /// The app leaves the screen: from now on the grace time runs, asleep or not.
    pub fn left_screen(&self) {
        let now = self.engine().host.clock.now();
        let mut gate = self.session.gate();
        match now {
            Ok(now) => gate.away = Some(now),
            // Nobody could tell how long it was away.
            Err(_) => gate.closed = true,
        }
    }

    /// The app is on the screen again: locked, when it was away for too long.
    pub fn came_back(&self) {
        let locked = self.session.is_locked();
        *self.session.gate() = Gate { closed: locked, away: None };
        self.session.redraw();
    }

    /// Shows the phone's prompt, with the reason in the person's language, and grants reading of single secrets when the person is there. Asks each
    /// time, whether or not the app lock is on. Fails as [`AppLock::unlock`] does.
    pub async fn authorise(self: Arc<Self>) -> Result<Arc<PresenceGrant>, Problem> {
        let session = self.session.clone();
        self.engine().workers.run_to_end(async move { session.authorise().await }).await
    }
}

#[uniffi::export]
impl AppLock {
    /// For how many seconds a grant still opens secrets: what it opened is hidden then.
    pub fn seconds_left(&self, grant: Arc<PresenceGrant>) -> u32 {
        u32::try_from(self.session.grant_left_ms(&grant).saturating_add(999) / 1000).unwrap_or(0)
    }
}

impl AppLock {
    pub(crate) fn new(session: Arc<Session>) -> Arc<AppLock> {
        Arc::new(AppLock { session })
    }

    fn engine(&self) -> &Engine {
        &self.session.engine
    }
}

impl Session {
    /// Whether nothing of the person may be shown.
    pub(crate) fn is_locked(&self) -> bool {
        let Some(lock) = self.lock_item() else { return false };
        if self.standing().data_key.is_none() {
            return true;
        }
        let gate = self.gate();
        let grace_ms = i64::from(lock.grace_s).saturating_mul(1000);
        let too_long = |away| self.passed_ms(away).is_none_or(|passed_ms| passed_ms > grace_ms);
        gate.closed || gate.away.as_ref().is_some_and(too_long)
    }

    /// Whether the app lock is on. Then nothing of the person is shown outside the app either.
    pub(crate) fn has_app_lock(&self) -> bool {
        self.standing().locked_key.is_some()
    }

    /// For how long a grant still opens secrets: only those of the person it was given to.
    pub(crate) fn grant_left_ms(&self, grant: &PresenceGrant) -> i64 {
        let passed_ms = self.passed_ms(&grant.since).filter(|_| grant.data_epoch == self.standing().data_epoch);
        passed_ms.map_or(0, |passed_ms| GRANT_MS.saturating_sub(passed_ms).max(0))
    }

    /// How much time passed, asleep or not; none when nobody can tell, as after a restart of the phone.
    pub(super) fn passed_ms(&self, since: &ClockReading) -> Option<i64> {
        let now = self.engine.host.clock.now().ok()?;
        let passed_ms = now.elapsed_ms.saturating_sub(since.elapsed_ms);
        (now.boot_id == since.boot_id && passed_ms >= 0).then_some(passed_ms)
    }

    fn lock_item(&self) -> Option<Locked> {
        serde_json::from_slice(self.standing().locked_key.as_deref()?).ok()
    }

    fn redraw(&self) {
        if self.is_locked() {
            self.conceal();
        }
        self.engine.mark(Topic::Session);
        self.engine.mark_data();
    }

    async fn lock_on(self: &Arc<Self>, grace_seconds: u32) -> Result<(), Problem> {
        let (record, epoch) = (self.record()?, self.epoch());
        let turn = self.writing.clone().lock_owned().await;
        let data_key = self.standing().data_key.clone();
        let data_key = data_key.ok_or(Problem::StorageUnavailable { reason: StorageFailure::AppLocked })?;
        let presence = self.presence()?;
        let grace_s = grace_seconds.min(LONGEST_GRACE_S);
        let (locked_name, data_name) = names(&record.subject);
        let item = self
            .engine
            .secure(move |secure| {
                let _turn = turn;
                let sealed = presence.seal(PresenceKey::AppLock, data_key.to_bytes())?;
                let item = serde_json::to_vec(&Locked { grace_s, sealed }).map_err(|_| HostError::Failed)?;
                // First the locked one: where the open one stays, the lock counts.
                secure.put(locked_name, item.clone())?;
                secure.delete(data_name)?;
                Ok(item)
            })
            .await?;
        {
            let mut standing = self.standing();
            // Not whether the record is the same: a renewal may have replaced it meanwhile.
            if standing.epoch == epoch {
                standing.locked_key = Some(item);
            }
        }
        // What a widget shows is no secret to whoever holds the phone.
        let _ = self.engine.store.keep_widget(None, || true).await;
        self.redraw();
        Ok(())
    }

    async fn lock_off(self: &Arc<Self>) -> Result<(), Problem> {
        self.unlock().await?;
        let (record, epoch) = (self.record()?, self.epoch());
        let turn = self.writing.clone().lock_owned().await;
        let data_key = self.standing().data_key.clone();
        let data_key = data_key.ok_or(Problem::StorageUnavailable { reason: StorageFailure::AppLocked })?;
        let presence = self.presence()?;
        let (locked_name, data_name) = names(&record.subject);
        let open = move |secure: &dyn crate::host::SecureStore| {
            let _turn = turn;
            secure.put(data_name, data_key.to_bytes())?;
            secure.delete(locked_name)?;
            presence.forget(PresenceKey::AppLock)
        };
        self.engine.secure(open).await?;
        let mut standing = self.standing();
        // Not whether the record is the same: a renewal may have replaced it meanwhile.
        if standing.epoch == epoch {
            standing.locked_key = None;
        }
        drop(standing);
        self.redraw();
        Ok(())
    }

    async fn unlock(self: &Arc<Self>) -> Result<(), Problem> {
        let Some(lock) = self.lock_item() else { return Ok(()) };
        let epoch = self.epoch();
        let reason = messages::unlock_prompt(self.engine.language).text;
        let opened = self.unseal(PresenceKey::AppLock, lock.sealed, reason).await?;
        let data_key = DataKey::from_bytes(&opened).ok_or(Problem::unexpected("data_key"))?;
        let mut standing = self.standing();
        if standing.epoch != epoch {
            return Err(Problem::SessionEnded { reason: SessionEnd::SignedOut });
        }
        standing.data_key = Some(data_key);
        drop(standing);
        *self.gate() = Gate::default();
        self.redraw();
        self.has_arrived();
        Ok(())
    }

    async fn authorise(self: &Arc<Self>) -> Result<Arc<PresenceGrant>, Problem> {
        self.authorise_for(messages::secrets_prompt(self.engine.language).text).await
    }

    pub(super) async fn authorise_for(self: &Arc<Self>, reason: String) -> Result<Arc<PresenceGrant>, Problem> {
        self.record()?;
        let data_epoch = self.standing().data_epoch;
        let presence = self.presence()?;
        let mut secret = vec![0; 32];
        self.engine.entropy.fill(&mut secret)?;
        let challenge = self
            .engine
            .secure(move |secure| {
                let kept = readable(secure.get(CHALLENGE_KEY.to_owned()))?;
                if let Some(challenge) = kept.and_then(|bytes| serde_json::from_slice::<Challenge>(&bytes).ok()) {
                    return Ok(challenge);
                }
                let digest = Sha256::digest(&secret).to_vec();
                let challenge = Challenge { sealed: presence.seal(PresenceKey::Secrets, secret)?, digest };
                let bytes = serde_json::to_vec(&challenge).map_err(|_| HostError::Failed)?;
                secure.put(CHALLENGE_KEY.to_owned(), bytes)?;
                Ok(challenge)
            })
            .await?;
        let opened = self.unseal(PresenceKey::Secrets, challenge.sealed, reason).await?;
        if Sha256::digest(&opened).as_slice() != challenge.digest {
            return Err(Problem::StorageUnavailable { reason: StorageFailure::NotPresent });
        }
        Ok(Arc::new(PresenceGrant { since: self.engine.host.clock.now()?, data_epoch }))
    }

    /// Asks the phone to decrypt, which shows its prompt. A key that is gone ends the session for that reason: whoever
    /// changed the phone's fingers or its lock proves at the operator who they are.
    pub(super) async fn unseal(
        self: &Arc<Self>,
        key: PresenceKey,
        sealed: Vec<u8>,
        reason: String,
    ) -> Result<Vec<u8>, Problem> {
        let presence = self.presence()?;
        let answered = crate::workers::blocking(move || presence.unseal(key, sealed, reason)).await;
        let end = match answered.unwrap_or(Err(HostError::Failed)) {
            Err(HostError::BiometryChanged) => SessionEnd::BiometryChanged,
            Err(HostError::LockRemoved) => SessionEnd::LockRemoved,
            Err(HostError::KeyInvalidated) => SessionEnd::KeyLost,
            outcome => return Ok(outcome?),
        };
        forget_keys(&self.engine).await?;
        // Also one that is over: its lock would stand for ever before what no key opens.
        let record = self.standing().record().cloned();
        let record = record.ok_or(Problem::SessionEnded { reason: SessionEnd::SignedOut })?;
        // Both keys are forgotten, so that a lock that stands on the other one is lost with it.
        if key == PresenceKey::AppLock || self.lock_item().is_some() {
            self.lose_lock(&record).await?;
        }
        let _ = self.end(&record, end).await;
        self.revoke(vec![record]).await;
        Err(Problem::SessionEnded { reason: end })
    }

    /// The key to what was kept is gone, so that is only noise, and the lock with it.
    async fn lose_lock(self: &Arc<Self>, record: &Arc<super::record::Record>) -> Result<(), Problem> {
        self.engine.secure(|secure| delete_all(secure, LOCKED_KEY_PREFIX)).await?;
        self.engine.store.wipe_all_but(None).await?;
        self.happened(Event::LockLost { of: record.clone() });
        Ok(())
    }

    pub(super) fn presence(&self) -> Result<Arc<dyn UserPresence>, Problem> {
        Ok(self.engine.host.user_presence.clone().ok_or(HostError::PresenceUnavailable)?)
    }
}

/// Destroys the presence keys and the challenge.
pub(super) async fn forget_keys(engine: &Engine) -> Result<(), Problem> {
    let presence = engine.host.user_presence.clone();
    engine
        .secure(move |secure| {
            secure.delete(CHALLENGE_KEY.to_owned())?;
            secrets::delete_sealed(secure)?;
            let Some(presence) = presence else { return Ok(()) };
            presence.forget(PresenceKey::AppLock)?;
            presence.forget(PresenceKey::Secrets)
        })
        .await
}

fn names(subject: &str) -> (String, String) {
    (format!("{LOCKED_KEY_PREFIX}{subject}"), format!("{DATA_KEY_PREFIX}{subject}"))
}
