//! Sign-in, tokens, sign-out. People sign in at the operator's own page in the system browser (OAuth 2.0 code flow with
//! PKCE, RFC 8252); the core never sees the password. One renewal at a time, and only the token endpoint's
//! `invalid_grant` ends a session: whatever else fails, the person stays signed in.

mod attempt;
mod id_token;
pub mod lines;
mod provider;
mod record;
mod token;
pub mod view;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

pub use lines::{Line, Lines};
pub use view::{SessionPhase, SessionView, SignInPage};

use self::attempt::{Attempt, Callback};
use self::record::Record;
use crate::changes::Topic;
use crate::engine::Engine;
use crate::host::{HostError, SecureStore};
use crate::operator::failure::Failure;
use crate::operator::http::{Answer, Body, Request};
use crate::operator::single_flight::SingleFlight;
use crate::problem::{Problem, SessionEnd, SignInFailure};
use crate::store::DataKey;

/// A token with less life than this is renewed before it is used.
const MARGIN: Duration = Duration::from_secs(60);

/// The session of this app installation.
#[derive(uniffi::Object)]
pub struct Session {
    engine: Arc<Engine>,
    redirect_uri: Url,
    standing: Mutex<Standing>,
    renewing: SingleFlight<Result<Access, Problem>>,
    /// Start, finish and sign-out follow each other, so that one callback is used once.
    commands: tokio::sync::Mutex<()>,
}

/// Where the person stands.
#[derive(Default)]
pub(crate) struct Standing {
    record: Option<Arc<Record>>,
    data_key: Option<DataKey>,
    signing_in: bool,
    /// Grows with every sign-in and sign-out.
    epoch: u64,
    /// Tokens that could not be written yet; written before anything else is done with them.
    unsaved: bool,
}

impl Standing {
    /// Reads what the secure store kept. Called once, when the core opens, on the caller's thread.
    pub fn read(secure: &dyn SecureStore, issuer: &str) -> Result<Standing, HostError> {
        let kept = secure.get(record::KEY.to_owned())?.and_then(|bytes| Record::from_bytes(&bytes));
        // Another operator's session is no session.
        let Some(record) = kept.filter(|record| record.issuer == issuer) else { return Ok(Standing::default()) };
        let data_key = secure.get(key_of(&record.subject))?.and_then(|bytes| DataKey::from_bytes(&bytes));
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
        Some(Subject { id, sub, key: self.data_key.clone()?, epoch: self.epoch })
    }
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
}

/// A right to call the operator's APIs.
#[derive(Clone)]
pub(crate) struct Access {
    /// The access token.
    pub token: SecretString,
    /// Which renewal it came from.
    pub generation: u64,
}

/// What a call of an API brings along.
#[derive(Debug, Clone, Default)]
pub(crate) struct Call<'a> {
    /// The ETag of what is kept.
    pub if_none_match: Option<&'a str>,
    /// A JSON body makes it a POST. Only what may be repeated without harm.
    pub json: Option<Vec<u8>>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Session")
    }
}

#[uniffi::export]
impl Session {
    /// Where the person stands, from memory.
    pub fn state(&self) -> SessionView {
        let revision = self.engine.changes.revision(Topic::Session);
        let (phase, ended) = {
            let standing = self.standing();
            let ended = standing.record.as_ref().and_then(|record| record.ended);
            let phase = match (&standing.record, ended) {
                _ if standing.signing_in => SessionPhase::SigningIn,
                (None, _) => SessionPhase::SignedOut,
                (Some(_), None) => SessionPhase::SignedIn,
                (Some(_), Some(_)) => SessionPhase::SignInAgain,
            };
            (phase, ended)
        };
        let operator_name = self.engine.profile.name.clone();
        let notice = ended.map(|reason| {
            crate::text::explain::explain(&Problem::SessionEnded { reason }, self.engine.language, &operator_name)
                .as_text()
        });
        SessionView { revision, phase, operator_name, notice }
    }

    /// Begins a sign-in: open the page's `url` in the system browser and hand the address it comes back with to
    /// [`Session::finish`]. The attempt is kept first, so the app may die behind the browser. A new start replaces an
    /// older attempt; the current session stays until the new sign-in is complete.
    ///
    /// Fails with `Offline`, `ServiceUnavailable`, `BlockedNetwork`, `StorageUnavailable`, `SignIn` (the provider does
    /// not match the profile).
    pub async fn start(self: Arc<Self>) -> Result<SignInPage, Problem> {
        let this = self.clone();
        self.engine.workers.run(async move { this.begin().await }).await
    }

    /// Completes a sign-in with the whole address the browser came back with. An address that belongs to no waiting
    /// attempt changes nothing and fails with `SignIn { AttemptUnknown }`; so does one that is handed in twice.
    pub async fn finish(self: Arc<Self>, callback_url: String) -> Result<(), Problem> {
        let this = self.clone();
        self.engine.workers.run_to_end(async move { this.complete(&callback_url).await }).await
    }

    /// Signs out: deletes the person's data, keys and tokens on this phone, then tells the operator where it can.
    /// Works without a network.
    pub async fn sign_out(self: Arc<Self>) -> Result<(), Problem> {
        let this = self.clone();
        self.engine.workers.run_to_end(async move { this.leave().await }).await
    }
}

impl Session {
    /// The session as it stood when the app last ran.
    pub(crate) fn new(engine: Arc<Engine>, redirect_uri: Url, standing: Standing) -> Arc<Session> {
        Arc::new(Session {
            engine,
            redirect_uri,
            standing: Mutex::new(standing),
            renewing: SingleFlight::new(),
            commands: tokio::sync::Mutex::default(),
        })
    }

    /// Whose data may be shown.
    pub(crate) fn subject(&self) -> Option<Subject> {
        self.standing().subject()
    }

    /// Which sign-in it is: differs after every sign-in and sign-out.
    #[allow(dead_code, reason = "compared by the features")]
    pub(crate) fn epoch(&self) -> u64 {
        self.standing().epoch
    }

    /// What ended the session, when the person must sign in again.
    pub(crate) fn ended(&self) -> Option<SessionEnd> {
        self.standing().record.as_ref()?.ended
    }

    /// A token good for a call that starts now; renewed first when it is about to run out.
    pub(crate) async fn access(self: &Arc<Self>) -> Result<Access, Problem> {
        self.save_unsaved().await?;
        let record = self.record()?;
        if let Some(token) = record.access(MARGIN, self.engine.now_ms()) {
            return Ok(Access { token: token.clone(), generation: record.generation });
        }
        match (self.renew(record.generation).await, record.access(Duration::ZERO, self.engine.now_ms())) {
            (Err(Problem::SessionEnded { reason }), _) => Err(Problem::SessionEnded { reason }),
            // Renewing early failed, which costs nothing while the token still lives.
            (Err(_), Some(token)) => Ok(Access { token: token.clone(), generation: record.generation }),
            (outcome, _) => outcome,
        }
    }

    /// Calls one of the operator's APIs as the person. A 401 renews the token once; a second one means that this is
    /// not for the person, never that the session is over.
    pub(crate) async fn call(self: &Arc<Self>, url: &Url, call: Call<'_>) -> Result<Answer, Problem> {
        let mut access = self.access().await?;
        let mut renewed = false;
        loop {
            let request = Request {
                bearer: Some(&access.token),
                if_none_match: call.if_none_match,
                accept_language: Some(self.engine.language.tag()),
                body: call.json.clone().map(|bytes| Body { content_type: "application/json", bytes }),
                ..Request::get(url)
            };
            match self.engine.http.send_repeatable(&request).await {
                Err(Failure::Status { status: 401, .. }) if !renewed => {
                    access = self.renew(access.generation).await?;
                    renewed = true;
                }
                outcome => return Ok(outcome?),
            }
        }
    }

    /// A token newer than the one of `used`, which the operator refused or which is running out. Callers share one
    /// renewal, and it goes on when they go away: a rotated token that is not kept is lost.
    pub(crate) async fn renew(self: &Arc<Self>, used: u64) -> Result<Access, Problem> {
        let this = self.clone();
        self.renewing.join_detached(move || async move { this.renew_once(used).await }.boxed()).await
    }

    /// The lines the person may see, from the operator.
    pub(crate) async fn lines(self: &Arc<Self>) -> Result<Lines, Problem> {
        let record = self.record()?;
        let answer = self.call(&record.endpoints.userinfo, Call::default()).await?;
        lines::read(&answer.body, &record.sub).ok_or(Problem::NotUnderstood { code: "userinfo".to_owned() })
    }

    async fn begin(&self) -> Result<SignInPage, Problem> {
        let _turn = self.commands.lock().await;
        let identity = &self.engine.profile.identity;
        let endpoints = provider::discover(&self.engine.http, &identity.issuer).await?;
        let entropy = &*self.engine.host.entropy;
        let state = attempt::random_text(entropy)?;
        let attempt = Attempt {
            verifier: attempt::random_text(entropy)?,
            nonce: attempt::random_text(entropy)?,
            redirect_uri: self.redirect_uri.clone(),
            endpoints,
            began_ms: self.engine.now_ms(),
        };
        let key = attempt::key(&state);
        let kept = serde_json::to_vec(&attempt).map_err(|_| Problem::unexpected("attempt"))?;
        self.engine
            .secure(move |store| {
                for older in store.list(attempt::KEY_PREFIX.to_owned())? {
                    store.delete(older)?;
                }
                store.put(key, kept)
            })
            .await?;
        self.standing().signing_in = true;
        self.engine.mark(Topic::Session);
        let url = token::sign_in_url(identity, &attempt, state);
        Ok(SignInPage { url: url.into(), redirect_uri: self.redirect_uri.to_string() })
    }

    async fn complete(&self, callback_url: &str) -> Result<(), Problem> {
        let _turn = self.commands.lock().await;
        let identity = &self.engine.profile.identity;
        let callback = Callback::read(callback_url)?;
        let key = callback.attempt_key();
        let kept = self
            .engine
            .secure({
                let key = key.clone();
                move |store| store.get(key)
            })
            .await?;
        let attempt: Attempt = kept
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .ok_or(Problem::SignIn { reason: SignInFailure::AttemptUnknown })?;
        attempt.accepts(&callback, &identity.issuer, self.engine.now_ms())?;
        // Used up before it is used: whatever happens now, this callback never counts twice.
        self.engine.secure(move |store| store.delete(key)).await?;
        self.standing().signing_in = false;
        self.engine.mark(Topic::Session);

        let code = attempt::code_of(&callback)?;
        let granted = token::exchange(&self.engine.http, identity, &attempt, code).await?;
        let now_ms = self.engine.now_ms();
        let expected = id_token::Expected {
            issuer: &identity.issuer,
            client_id: &identity.client_id,
            nonce: &attempt.nonce,
            now_s: now_ms / 1000,
        };
        let rejected = Problem::SignIn { reason: SignInFailure::Rejected };
        let sub = id_token::subject(granted.id_token.as_ref().ok_or(rejected)?.expose_secret(), &expected)?;
        self.take(Record::begin(identity.issuer.clone(), sub, attempt.endpoints, granted, now_ms)).await
    }

    /// Makes `record` the session. Another person's data is gone before the first byte of this one is kept.
    async fn take(&self, record: Record) -> Result<(), Problem> {
        let subject = record.subject.clone();
        let previous = self.standing().record.as_ref().map(|record| record.subject.clone());
        if let Some(previous) = previous.filter(|previous| *previous != subject) {
            self.forget(previous).await?;
        }
        let key_name = key_of(&subject);
        let entropy = self.engine.host.entropy.clone();
        let bytes = record.to_bytes();
        let data_key = self
            .engine
            .secure(move |store| {
                let kept = store.get(key_name.clone())?.and_then(|bytes| DataKey::from_bytes(&bytes));
                let data_key = match kept {
                    Some(data_key) => data_key,
                    None => {
                        let data_key = DataKey::generate(&*entropy)?;
                        store.put(key_name, data_key.to_bytes())?;
                        data_key
                    }
                };
                store.put(record::KEY.to_owned(), bytes)?;
                Ok(data_key)
            })
            .await?;
        {
            let mut standing = self.standing();
            standing.record = Some(Arc::new(record));
            standing.data_key = Some(data_key);
            standing.unsaved = false;
            standing.epoch = standing.epoch.saturating_add(1);
        }
        self.engine.mark(Topic::Session);
        self.engine.mark(Topic::Usage);
        Ok(())
    }

    async fn leave(self: &Arc<Self>) -> Result<(), Problem> {
        let _turn = self.commands.lock().await;
        let record = {
            let mut standing = self.standing();
            let epoch = standing.epoch.saturating_add(1);
            std::mem::replace(&mut *standing, Standing { epoch, ..Standing::default() }).record
        };
        self.engine.mark(Topic::Session);
        self.engine.mark(Topic::Usage);
        let Some(record) = record else { return Ok(()) };
        let forgotten = self.forget(record.subject.clone()).await;
        let removed = self
            .engine
            .secure(|store| {
                for attempt in store.list(attempt::KEY_PREFIX.to_owned())? {
                    store.delete(attempt)?;
                }
                store.delete(record::KEY.to_owned())
            })
            .await;
        self.revoke_later(&record);
        forgotten.and(removed)
    }

    /// Deletes a person's key, then the rows it opened.
    async fn forget(&self, subject: String) -> Result<(), Problem> {
        let key_name = key_of(&subject);
        let shredded = self.engine.secure(move |store| store.delete(key_name)).await;
        shredded.and(self.engine.store.wipe(subject).await)
    }

    fn revoke_later(self: &Arc<Self>, record: &Record) {
        let Some(token) = record.refresh.clone() else { return };
        let (this, endpoints) = (self.clone(), record.endpoints.clone());
        tokio::spawn(async move {
            // Best effort: the tokens are gone from this phone either way.
            let _ = token::revoke(&this.engine.http, &this.engine.profile.identity, &endpoints, &token).await;
        });
    }

    async fn renew_once(self: &Arc<Self>, used: u64) -> Result<Access, Problem> {
        let record = self.record()?;
        if let Some(token) = record.access(Duration::ZERO, self.engine.now_ms())
            && record.generation != used
        {
            return Ok(Access { token: token.clone(), generation: record.generation });
        }
        let Some(refresh) = record.refresh.clone() else {
            return Err(self.end(&record, SessionEnd::Expired).await);
        };
        // A rotated token that cannot be written is worse than a renewal put off.
        self.engine.secure(|store| store.put("probe".to_owned(), vec![1])).await?;
        let identity = &self.engine.profile.identity;
        match token::refresh(&self.engine.http, identity, &record.endpoints, &refresh).await {
            Ok(granted) => {
                let renewed = Arc::new(record.renewed(granted, self.engine.now_ms()));
                let still_ours = {
                    let mut standing = self.standing();
                    let ours = standing.record.as_ref().is_some_and(|current| Arc::ptr_eq(current, &record));
                    if ours {
                        standing.record = Some(renewed.clone());
                        standing.unsaved = true;
                    }
                    ours
                };
                if !still_ours {
                    // Signed out meanwhile: the late token must not come back to life.
                    self.revoke_later(&renewed);
                    return Err(Problem::SessionEnded { reason: SessionEnd::SignedOut });
                }
                // A failed write is repeated before the next call; the tokens in memory are good.
                let _ = self.save_unsaved().await;
                let token = renewed.access(Duration::ZERO, self.engine.now_ms()).cloned();
                let token = token.ok_or(Problem::NotUnderstood { code: "token_answer".to_owned() })?;
                Ok(Access { token, generation: renewed.generation })
            }
            Err(Problem::SessionEnded { reason }) => Err(self.end(&record, reason).await),
            Err(problem) => Err(problem),
        }
    }

    /// The operator ended the session: no token is left, the data stays readable.
    async fn end(&self, record: &Arc<Record>, reason: SessionEnd) -> Problem {
        let over = Arc::new(record.over(reason));
        {
            let mut standing = self.standing();
            if standing.record.as_ref().is_some_and(|current| Arc::ptr_eq(current, record)) {
                standing.record = Some(over);
                standing.unsaved = true;
            }
        }
        // A failed write is repeated; a token that was refused once is refused again.
        let _ = self.save_unsaved().await;
        self.engine.mark(Topic::Session);
        self.engine.mark(Topic::Usage);
        Problem::SessionEnded { reason }
    }

    async fn save_unsaved(&self) -> Result<(), Problem> {
        let unsaved = {
            let standing = self.standing();
            standing.record.clone().filter(|_| standing.unsaved)
        };
        let Some(record) = unsaved else { return Ok(()) };
        let bytes = record.to_bytes();
        self.engine.secure(move |store| store.put(record::KEY.to_owned(), bytes)).await?;
        let mut standing = self.standing();
        if standing.record.as_ref().is_some_and(|current| Arc::ptr_eq(current, &record)) {
            standing.unsaved = false;
        }
        Ok(())
    }

    fn record(&self) -> Result<Arc<Record>, Problem> {
        let record = self.standing().record.clone();
        let record = record.ok_or(Problem::SessionEnded { reason: SessionEnd::SignedOut })?;
        match record.ended {
            Some(reason) => Err(Problem::SessionEnded { reason }),
            None => Ok(record),
        }
    }

    fn standing(&self) -> MutexGuard<'_, Standing> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn key_of(subject: &str) -> String {
    format!("data-key/{subject}")
}
