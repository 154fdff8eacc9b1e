//! Sign-in, tokens, sign-out. People sign in at the operator's own page in the system browser (OAuth 2.0 code flow with
//! PKCE, RFC 8252); the core never sees the password. One renewal at a time, and only the token endpoint's
//! `invalid_grant` ends a session: whatever else fails, the person stays signed in.

mod attempt;
mod call;
mod id_token;
pub mod invitation;
pub mod lines;
mod provider;
mod record;
mod renewal;
mod sign_in;
mod standing;
mod token;
pub mod view;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use url::Url;

pub use invitation::InvitationView;
pub use lines::{Line, Lines};
pub use view::{SessionPhase, SessionView, SignInPage, SignInScreen};

pub(crate) use self::call::Call;
use self::record::Record;
use self::renewal::Access;
pub(crate) use self::standing::{Standing, Subject};
use crate::cancel::{CancelToken, unless_cancelled};
use crate::changes::Topic;
use crate::engine::Engine;
use crate::operator::single_flight::SingleFlight;
use crate::problem::{Problem, SessionEnd};

/// The session of this app installation.
#[derive(uniffi::Object)]
pub struct Session {
    engine: Arc<Engine>,
    redirect_uri: Url,
    standing: Mutex<Standing>,
    renewing: SingleFlight<Result<Access, Problem>>,
    /// Writes and deletes of the session, its keys and its attempts follow each other, each checked against memory within
    /// its turn: what was signed out cannot be written back. Never held across a network call.
    writing: Arc<tokio::sync::Mutex<()>>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Session")
    }
}

#[uniffi::export]
impl Session {
    /// Where the person stands, from memory. A browser that was left open for a quarter of an hour no longer counts: call
    /// it again whenever the app comes to the front.
    pub fn state(&self) -> SessionView {
        let revision = self.engine.changes.revision(Topic::Session);
        let now_ms = self.engine.now_ms();
        let (phase, ended) = {
            let standing = self.standing();
            (standing.phase(now_ms), standing.record.as_ref().and_then(|record| record.ended))
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
    /// not match the profile). Can take half a minute on a bad network: give it a token to end it early.
    pub async fn start(self: Arc<Self>, cancel: Option<Arc<CancelToken>>) -> Result<SignInPage, Problem> {
        let this = self.clone();
        self.engine.workers.run(async move { unless_cancelled(cancel, this.begin()).await }).await
    }

    /// Completes a sign-in with the whole address the browser came back with. An address that belongs to no waiting
    /// attempt changes nothing and fails with `SignIn { AttemptUnknown }`; so does one that is handed in twice, and one
    /// that is overtaken by a sign-out. Runs to its end also when the caller goes away.
    pub async fn finish(self: Arc<Self>, callback_url: String) -> Result<(), Problem> {
        let this = self.clone();
        self.engine.workers.run_to_end(async move { this.complete(&callback_url).await }).await
    }

    /// Signs out: deletes the person's data, keys and tokens on this phone, then tells the operator where it can.
    /// Works without a network, and waits for none.
    ///
    /// Fails with `StorageUnavailable` when something could not be deleted: call it again, as after an unlock.
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
            writing: Arc::default(),
        })
    }

    /// Whose data may be shown.
    pub(crate) fn subject(&self) -> Option<Subject> {
        self.standing().subject()
    }

    /// Which sign-in it is: differs after every sign-in and sign-out.
    pub(crate) fn epoch(&self) -> u64 {
        self.standing().epoch
    }

    /// What ended the session, when the person must sign in again.
    pub(crate) fn ended(&self) -> Option<SessionEnd> {
        self.standing().record.as_ref()?.ended
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
