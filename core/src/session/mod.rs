//! Sign-in, tokens, sign-out. People sign in at the operator's own page in the system browser (OAuth 2.0 code flow with
//! PKCE, RFC 8252); the core never sees the password. One renewal at a time, and of all answers only the token endpoint's
//! `invalid_grant` ends a session: whatever else fails, the person stays signed in.

mod app_lock;
mod attempt;
mod call;
#[cfg(test)]
pub(crate) mod contract;
pub mod discovery;
#[cfg(fuzzing)]
pub mod fuzzing;
mod id_token;
mod identify;
pub mod invitation;
mod keys;
pub mod lines;
mod machine;
mod page;
mod present;
mod provider;
mod record;
mod remembered;
mod renewal;
mod revocation;
mod secrets;
mod sign_in;
mod sign_out;
mod start;
#[cfg(test)]
mod tests;
mod token;
#[cfg(test)]
pub(crate) mod trials;
pub mod view;
pub(crate) mod wanted;
pub mod wish;

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use url::Url;

pub use app_lock::{AppLock, AppLockView, PresenceGrant};
pub use invitation::InvitationView;
pub use lines::{Line, Lines};
pub use view::{SessionPhase, SessionView, SignInScreen};
pub use wish::{SignInPage, SignInPurpose, SignInWish, SignedOut};

pub(crate) use self::call::{Call, LINES_FRESH_MS, Unanswered};
use self::machine::{Effect, Event};
pub(crate) use self::machine::{Standing, Subject};
use self::record::Record;
pub(crate) use self::remembered::{Looked, Memory as BelongsToOne, Remembered};
use self::renewal::Access;
pub(crate) use self::secrets::Secret;
pub(crate) use self::start::Found;
use self::view::SessionHealth;
use crate::cancel::{CancelToken, unless_cancelled};
use crate::changes::Topic;
use crate::engine::Engine;
use crate::operator::profile::Invitation;
use crate::operator::schedule;
use crate::operator::single_flight::SingleFlight;
use crate::problem::{Problem, SessionEnd, SignInFailure, StorageFailure};
use crate::store::Holder;
use crate::text::explain::explain;

/// Prefix of the secure store's keys of data keys.
const DATA_KEY_PREFIX: &str = "data-key/";
/// Prefix of the same under the app lock.
const LOCKED_KEY_PREFIX: &str = "locked-key/";

/// The session of this app installation.
#[derive(uniffi::Object)]
pub struct Session {
    engine: Arc<Engine>,
    redirect_uri: Url,
    standing: Mutex<Standing>,
    gate: Mutex<app_lock::Gate>,
    renewing: SingleFlight<Result<Access, Problem>>,
    /// This process among those of the app, as the holder of the lease on renewing.
    holder: Holder,
    backing_off: Mutex<renewal::BackOff>,
    keys: keys::Keys,
    /// Writes and deletes of the session, its keys and its attempts follow each other, each checked against memory within
    /// its turn: what was signed out cannot be written back. Never held across a network call.
    writing: Arc<tokio::sync::Mutex<()>>,
    revoking: tokio::sync::Mutex<()>,
    /// Told when somebody's rows can be read from here on: after a sign-in, and when the app lock opens.
    arrived: OnceLock<Box<dyn Fn() + Send + Sync>>,
    /// Takes single secrets out of memory.
    concealing: OnceLock<Box<dyn Fn() + Send + Sync>>,
    /// Counts what waits to be sent, and is dropped when the person leaves.
    unsent: OnceLock<Box<dyn Fn() -> u32 + Send + Sync>>,
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
        let (phase, ended, since_ms, another_waits, sign_in_on_return) = {
            let standing = self.standing();
            let record = standing.record();
            let (ended, since_ms) = (record.and_then(|record| record.ended), record.map(|record| record.granted_ms));
            (standing.phase(now_ms), ended, since_ms, standing.waiting.is_some(), standing.page_stays)
        };
        let (language, profile) = (self.engine.language, &self.engine.profile);
        let notice = match ended {
            Some(reason) => Some(explain(&Problem::SessionEnded { reason }, language, &profile.name).as_text()),
            None => self.health().map(|health| view::health_notice(health, language)),
        };
        SessionView {
            revision,
            phase,
            operator_name: profile.name.clone(),
            since_ms,
            notice,
            other_account: another_waits
                .then(|| explain(&Problem::sign_in(SignInFailure::OtherAccount), language, &profile.name)),
            unsent: view::unsent(self.unsent_changes(), language),
            asks_to_sign_in: match phase {
                SessionPhase::SignedOut => true,
                SessionPhase::SigningIn => since_ms.is_none(),
                SessionPhase::SignedIn | SessionPhase::SignInAgain => false,
            },
            sign_in_on_return,
            screen: view::sign_in_screen(profile, language),
        }
    }

    /// Reads an invitation that the person opened, pasted or typed, and asks what to do with it. Nothing is redeemed, sent
    /// or changed by that, however often: only `start` with it opens the operator's page.
    ///
    /// Fails with `SignIn { InvitationUnknown }` when it is none of the operator's.
    pub fn invitation(&self, link_or_code: String) -> Result<InvitationView, Problem> {
        let token = invitation::parse(&link_or_code, self.invitations()?)?;
        let signed_in = self.standing().living_subject().is_some();
        Ok(invitation::view(&token, signed_in, &self.engine.profile.name, self.engine.language))
    }

    /// Whether an address that opened the app is a link of the operator's invitations, sound or not: then it goes to
    /// [`Session::invitation`], and any other to [`Session::finish`].
    pub fn is_invitation(&self, url: String) -> bool {
        self.invitations().is_ok_and(|profile| invitation::is_link(&url, profile))
    }

    /// Begins a sign-in: open the page's `url` in the system browser and hand the address it comes back with to
    /// [`Session::finish`]. The attempt is kept first, so the app may die behind the browser. A new start replaces an
    /// older attempt; the current session stays until the new sign-in is complete.
    ///
    /// Fails with `Offline`, `ServiceUnavailable`, `BlockedNetwork`, `StorageUnavailable`, `SignIn` (`Rejected`: the
    /// provider does not match the profile; `InvitationUnknown`: this is no invitation of the operator's;
    /// `InvitationRequired`: accounts are not made without one), `SessionEnded` (a step-up where nobody is signed in). Can take half a minute on a bad network: give it a token to
    /// end it early.
    pub async fn start(
        self: Arc<Self>,
        wish: SignInWish,
        cancel: Option<Arc<CancelToken>>,
    ) -> Result<SignInPage, Problem> {
        let this = self.clone();
        self.engine.workers.run(async move { unless_cancelled(cancel, this.begin(wish)).await }).await
    }

    /// Completes a sign-in with the whole address the browser came back with. An address that belongs to no sign-in of
    /// this app changes nothing and fails with `SignIn { AttemptUnknown }`; one that is handed in twice with
    /// `AlreadyHandled`. A step-up by somebody else, one for which the page asked nothing, or less than the operator wants, fails with
    /// `StepUpOtherPerson`, `StepUpTooOld` or `StepUpTooWeak`; whoever waits for the person's decision goes on waiting. `OtherAccount` asks for [`Session::replace_account`] or [`Session::keep_account`]. Whatever fails,
    /// the person stands where they stood before. Runs to its end also when the caller goes away.
    pub async fn finish(self: Arc<Self>, callback_url: String) -> Result<(), Problem> {
        let this = self.clone();
        self.engine.workers.run_to_end(async move { this.complete(&callback_url).await }).await
    }

    /// The person gave up waiting for the browser. What it still brings belongs to no sign-in any more.
    /// Fails with `StorageUnavailable`.
    pub async fn cancel_sign_in(self: Arc<Self>) -> Result<(), Problem> {
        let this = self.clone();
        self.engine.workers.run_to_end(async move { this.give_up().await }).await
    }

    /// After `SignIn { OtherAccount }`: deletes the data of the person who was signed in, and signs the other one in.
    /// Fails with `StorageUnavailable`, when it may be called again; with `SignIn { AttemptUnknown }` when nobody waits.
    pub async fn replace_account(self: Arc<Self>) -> Result<(), Problem> {
        let this = self.clone();
        self.engine.workers.run_to_end(async move { this.replace().await }).await
    }

    /// After `SignIn { OtherAccount }`: leaves everything as it is, and forgets the other sign-in.
    pub async fn keep_account(self: Arc<Self>) -> Result<(), Problem> {
        let this = self.clone();
        let work = async move {
            this.keep().await;
            Ok(())
        };
        self.engine.workers.run_to_end(work).await
    }

    /// Signs out: deletes the person's data, keys and tokens on this phone, then tells the operator, or as soon as it can
    /// be reached. Works without a network, and waits for none. Changes that were not sent yet are dropped, and counted in
    /// what is returned. Calling it again does no harm.
    ///
    /// Fails with `StorageUnavailable` when something could not be deleted, as on a full disk: nothing of the person is shown
    /// any more, the keys to what is left are deleted all the same, and the rest is at the next call, start or sign-in.
    pub async fn sign_out(self: Arc<Self>) -> Result<SignedOut, Problem> {
        let this = self.clone();
        self.engine.workers.run_to_end(async move { this.leave(None).await }).await
    }
}

impl Session {
    /// The session as it stood when the app last ran.
    pub(crate) fn new(
        engine: Arc<Engine>,
        redirect_uri: Url,
        process: &str,
        standing: Standing,
    ) -> Result<Arc<Session>, Problem> {
        let holder = Holder { process: process.to_owned(), life: attempt::random_text(&*engine.entropy)? };
        Ok(Arc::new(Session {
            holder,
            engine,
            redirect_uri,
            standing: Mutex::new(standing),
            gate: Mutex::default(),
            renewing: SingleFlight::new(),
            backing_off: Mutex::default(),
            keys: keys::Keys::default(),
            writing: Arc::default(),
            revoking: tokio::sync::Mutex::default(),
            arrived: OnceLock::new(),
            concealing: OnceLock::new(),
            unsent: OnceLock::new(),
        }))
    }

    /// Whose data may be shown.
    pub(crate) fn subject(&self) -> Option<Subject> {
        self.standing().subject()
    }

    /// Which sign-in it is: differs after every sign-in and sign-out.
    pub(crate) fn epoch(&self) -> u64 {
        self.standing().epoch
    }

    /// This process among those of the app.
    pub(crate) fn holder(&self) -> Holder {
        self.holder.clone()
    }

    /// The installation's place in the fleet, while somebody is signed in.
    pub(crate) fn place(&self) -> Option<u64> {
        let record = self.record().ok()?;
        Some(schedule::place(&record.install))
    }

    /// What ended the session, when the person must sign in again.
    pub(crate) fn ended(&self) -> Option<SessionEnd> {
        self.standing().record()?.ended
    }

    /// What is the matter with a session that goes on all the same.
    fn health(&self) -> Option<SessionHealth> {
        let (unsaved, troubled) = {
            let standing = self.standing();
            (standing.unsaved, standing.troubled)
        };
        match self.engine.now().wall_off_minutes {
            _ if unsaved => Some(SessionHealth::Unsaved),
            _ if troubled => Some(SessionHealth::RenewalFailing),
            Some(minutes) => Some(SessionHealth::ClockOff { minutes }),
            None => None,
        }
    }

    /// How the operator invites people, where it does.
    fn invitations(&self) -> Result<&Invitation, Problem> {
        let invitation = self.engine.profile.identity.invitation.as_ref();
        invitation.ok_or(Problem::sign_in(SignInFailure::InvitationUnknown))
    }

    /// Why nobody's data can be read.
    pub(crate) fn nobody(&self) -> Problem {
        match self.record() {
            Ok(_) => Problem::StorageUnavailable { reason: StorageFailure::AppLocked },
            Err(problem) => problem,
        }
    }

    fn record(&self) -> Result<Arc<Record>, Problem> {
        let record = self.standing().record().cloned();
        let record = record.ok_or(Problem::SessionEnded { reason: SessionEnd::SignedOut })?;
        match record.ended {
            Some(reason) => Err(Problem::SessionEnded { reason }),
            None => Ok(record),
        }
    }

    fn standing(&self) -> MutexGuard<'_, Standing> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn gate(&self) -> MutexGuard<'_, app_lock::Gate> {
        self.gate.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Moves the machine, and tells the screens.
    fn happened(&self, event: Event) -> Effect {
        let (effect, is_another) = {
            let mut standing = self.standing();
            let epoch = standing.epoch;
            (standing.on(event), standing.epoch != epoch)
        };
        if is_another {
            self.conceal();
        }
        self.engine.mark(Topic::Session);
        effect
    }
}
