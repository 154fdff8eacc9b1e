//! Signing in. Network calls are made outside the session's turn, so that signing out never waits for one; what comes
//! back late is checked against the sign-in it belongs to before a byte of it is kept.

use std::sync::Arc;
use std::time::Duration;

use secrecy::ExposeSecret;

use super::attempt::{self, Attempt, Callback, Kept};
use super::id_token::Identified;
use super::invitation::InvitationToken;
use super::machine::{Effect, Event};
use super::page::Asks;
use super::provider::Endpoints;
use super::record::{self, Record, Who};
use super::sign_out::delete_all;
use super::start::readable;
use super::{
    DATA_KEY_PREFIX, LOCKED_KEY_PREFIX, Session, SignInPage, SignInPurpose, SignInWish, invitation, page, provider,
    revocation, secrets, token,
};
use crate::changes::Topic;
use crate::host::{SecureStore, within};
use crate::operator::challenge::StepUp;
use crate::operator::proof::ProofKey;
use crate::preferences::Tombstones;
use crate::problem::{Problem, SecurityCheck, SessionEnd, SignInFailure};
use crate::store::DataKey;

/// How recent a sign-in has to be where the operator did not say, in seconds.
const USUAL_MAX_AGE_S: u32 = 300;

/// A sign-in waits so long for what is being revoked, and no longer.
const REVOKING: Duration = Duration::from_secs(10);

/// What opens the rows of the person signing in.
enum Keys {
    Open(DataKey),
    Locked(Vec<u8>),
    None,
}

impl Session {
    pub(super) async fn begin(self: &Arc<Self>, wish: SignInWish) -> Result<SignInPage, Problem> {
        let identity = &self.engine.profile.identity;
        let invitation = self.invitation_of(&wish)?;
        let step_up = self.step_up_of(&wish).await?;
        let creates = matches!(wish.purpose, SignInPurpose::CreateAccount);
        if creates && !identity.creates_accounts {
            return Err(Problem::sign_in(SignInFailure::InvitationRequired));
        }
        self.stays(false);
        self.settle().await?;
        self.flush_revocations();
        let endpoints = provider::discover(&self.engine.http, identity).await?;
        // Without the operator's time a wrong phone clock would age the attempt should the app die behind the browser.
        // Where it cannot be kept, the phone's clock has to do.
        let _ = self.engine.store.keep_anchor(self.engine.time.anchor()).await;
        if let Some(page) = self.page_that_stays(creates, invitation.as_ref(), &endpoints)? {
            self.stays(true);
            return Ok(SignInPage { url: page, redirect_uri: self.redirect_uri.to_string(), comes_back: false });
        }
        // Whoever signed out wants to be asked who they are, whatever the browser remembers of them.
        let ask_who = self.engine.store.ledger().await?.ask_who;
        let mut prompt: Vec<&str> = Vec::new();
        prompt.extend(creates.then_some("create"));
        let says_nothing = step_up.as_ref().is_some_and(|wanted| *wanted == StepUp::default());
        prompt.extend(((ask_who || says_nothing) && !creates).then_some("login"));
        prompt.extend(identity.ask_consent.then_some("consent"));
        let mut pushed_only = Vec::new();
        pushed_only.extend(wish.number.as_deref().map(|number| ("login_hint", number)));
        let hint = step_up.as_ref().and_then(|_| self.standing().record()?.id_token.clone());
        pushed_only.extend(hint.as_ref().map(|token| ("id_token_hint", token.expose_secret())));
        if let (Some(token), Some(profile)) = (&invitation, &identity.invitation) {
            pushed_only.push((profile.request_parameter.as_str(), token.expose()));
        }
        let asks = Asks { ui_locales: self.engine.language.tag(), prompt, step_up: step_up.as_ref(), pushed_only };
        let entropy = &*self.engine.entropy;
        let state = attempt::random_text(entropy)?;
        let until_ms = attempt::until_ms(invitation.is_some(), self.engine.now_ms());
        let proof_key = self.proof_key(&endpoints)?;
        let attempt = Attempt {
            proof_key,
            verifier: attempt::random_text(entropy)?,
            nonce: attempt::random_text(entropy)?,
            redirect_uri: self.redirect_uri.clone(),
            endpoints,
            until_ms,
            step_up: step_up.clone(),
        };
        let key = attempt::key(&state);
        let url = page::page(&self.engine.http, identity, &attempt, state, &asks).await?;
        self.keep_attempt(key, attempt).await?;
        Ok(SignInPage { url: url.into(), redirect_uri: self.redirect_uri.to_string(), comes_back: true })
    }

    /// The key that the tokens will be bound to, where the profile wants that. A provider that cannot is not the one of the
    /// profile: nothing goes on with less.
    fn proof_key(&self, endpoints: &Endpoints) -> Result<Option<ProofKey>, Problem> {
        match (self.engine.profile.identity.dpop, endpoints.binds_tokens) {
            (false, _) => Ok(None),
            (true, false) => Err(Problem::rejected(SecurityCheck::Provider)),
            (true, true) => Ok(Some(ProofKey::generate()?)),
        }
    }

    /// What the sign-in has to be like, where the person only shows who is there: as the operator asked, else as is usual.
    async fn step_up_of(self: &Arc<Self>, wish: &SignInWish) -> Result<Option<StepUp>, Problem> {
        if wish.purpose != SignInPurpose::StepUp {
            return Ok(None);
        }
        if self.standing().record().is_none() {
            return Err(Problem::SessionEnded { reason: SessionEnd::SignedOut });
        }
        let wanted = self.wanted().await;
        Ok(Some(wanted.unwrap_or(StepUp { max_age_s: Some(USUAL_MAX_AGE_S), acr_values: None })))
    }

    /// The invitation of a wish. Read before anything is asked of anybody.
    fn invitation_of(&self, wish: &SignInWish) -> Result<Option<InvitationToken>, Problem> {
        let SignInPurpose::Invitation { invitation } = &wish.purpose else { return Ok(None) };
        invitation::parse(invitation, self.invitations()?).map(Some)
    }

    /// A page that no browser comes back from: where accounts are made, or invitations redeemed, outside a sign-in.
    fn page_that_stays(
        &self,
        creates: bool,
        invitation: Option<&InvitationToken>,
        endpoints: &Endpoints,
    ) -> Result<Option<String>, Problem> {
        let identity = &self.engine.profile.identity;
        if creates && !endpoints.creates_accounts {
            let page = identity.registration_url.clone();
            return page.map(Some).ok_or(Problem::Configuration {
                field: "identity.registrationUrl".to_owned(),
                reason: "is missing, and the provider offers no prompt=create".to_owned(),
            });
        }
        match invitation.filter(|_| endpoints.pushed_request.is_none()) {
            Some(token) => {
                let link = invitation::link_for(token, self.invitations()?)?;
                Ok(Some(link.expose_secret().to_owned()))
            }
            None => Ok(None),
        }
    }

    /// Keeps the attempt before its page leaves; an older one is superseded.
    async fn keep_attempt(&self, key: String, attempt: Attempt) -> Result<(), Problem> {
        let (until_ms, steps_up) = (attempt.until_ms, attempt.step_up.is_some());
        let kept = serde_json::to_vec(&Kept::Waiting(Box::new(attempt))).map_err(|_| Problem::unexpected("attempt"))?;
        let turn = self.writing.clone().lock_owned().await;
        let name = key.clone();
        let write = move |store: &dyn SecureStore| {
            // The turn ends with the write, also when the caller went away.
            let _turn = turn;
            delete_all(store, attempt::KEY_PREFIX)?;
            store.put(name, kept)
        };
        self.engine.secure(write).await?;
        self.happened(Event::Started { attempt: key, until_ms, steps_up });
        Ok(())
    }

    /// Whether the page that is being opened leads nowhere.
    fn stays(&self, stays: bool) {
        let stayed = std::mem::replace(&mut self.standing().page_stays, stays);
        if stayed != stays {
            self.engine.mark(Topic::Session);
        }
    }

    pub(super) async fn complete(self: &Arc<Self>, callback_url: &str) -> Result<(), Problem> {
        self.stays(false);
        self.settle().await?;
        let callback = Callback::read(callback_url)?;
        let (attempt, epoch) = self.use_up(&callback).await?;
        let outcome = self.exchange(&callback, attempt, epoch).await;
        self.happened(Event::GivenUp { attempt: Some(callback.attempt_key()) });
        outcome
    }

    async fn exchange(self: &Arc<Self>, callback: &Callback, attempt: Attempt, epoch: u64) -> Result<(), Problem> {
        let identity = &self.engine.profile.identity;
        let code = attempt::code_of(callback, &identity.errors)?;
        // At some providers one token ends all of a person's sign-ins: what ends an earlier one is answered before this one
        // begins, and what has still to be told waits until it is known whose this one is.
        let _nothing_is_revoked = within(REVOKING, self.revoking.lock()).await;
        let granted = token::exchange(&self.engine.http, identity, &attempt, code).await?;
        let now_ms = self.engine.now_ms();
        let identified = self.identify(&attempt, &granted).await;
        let who = |sub| Who { issuer: identity.issuer.clone(), sub, nonce: attempt.nonce };
        let (sub, is_enough) = match identified {
            Ok(Identified { sub, is_enough }) => (sub, is_enough),
            Err(problem) => {
                // Nobody knows whose tokens these are. They may be of whoever is here, and of the same grant.
                let sub = self.standing().record().map(|record| record.sub.clone()).unwrap_or_default();
                (sub, Err(problem))
            }
        };
        let record = Arc::new(Record::begin(who(sub), attempt.endpoints, granted, now_ms));
        if let Err(problem) = is_enough {
            // They are not left lying at the operator.
            self.revoke(vec![record]).await;
            return Err(problem);
        }
        let steps_up = attempt.step_up.is_some();
        match self.happened(Event::Granted { record, epoch, steps_up }) {
            Effect::Revoke(others) => {
                self.revoke(others).await;
                Err(Problem::sign_in(SignInFailure::StepUpOtherPerson))
            }
            Effect::Settle { record, epoch } => {
                let outcome = self.take(record.clone(), epoch, steps_up).await;
                if outcome.is_err() {
                    // They could not be kept, and are not left lying at the operator.
                    self.revoke(vec![record]).await;
                } else if steps_up {
                    self.drop_wanted().await;
                }
                outcome
            }
            Effect::AskWhose { replaced } => {
                self.revoke(replaced.into_iter().collect()).await;
                Err(Problem::sign_in(SignInFailure::OtherAccount))
            }
            late => Err(self.too_late(late).await),
        }
    }

    /// The person wants the account that waits, and what was here gone.
    pub(super) async fn replace(self: &Arc<Self>) -> Result<(), Problem> {
        let Effect::Settle { record, epoch } = self.happened(Event::Replace) else { return Err(attempt::unknown()) };
        let outcome = self.take(record.clone(), epoch, false).await;
        if outcome.is_err() {
            // It waits on: what was in the way may be gone at the next try.
            let waits = {
                let mut standing = self.standing();
                let waits = standing.epoch == epoch && standing.record().is_none();
                if waits {
                    standing.waiting = Some(record.clone());
                }
                waits
            };
            if !waits {
                // The person signed out meanwhile: then nobody waits any more.
                self.revoke(vec![record]).await;
            }
        }
        outcome
    }

    /// The person keeps what is here.
    pub(super) async fn keep(self: &Arc<Self>) {
        if let Effect::Revoke(records) = self.happened(Event::Keep) {
            self.revoke(records).await;
        }
    }

    /// The person gave up in the app. The browser may still be out; what it brings belongs to no attempt any more.
    pub(super) async fn give_up(self: &Arc<Self>) -> Result<(), Problem> {
        let turn = self.writing.clone().lock_owned().await;
        let forget = move |store: &dyn SecureStore| {
            let _turn = turn;
            delete_all(store, attempt::KEY_PREFIX)
        };
        self.engine.secure(forget).await?;
        self.stays(false);
        self.happened(Event::GivenUp { attempt: None });
        self.drop_wanted().await;
        Ok(())
    }

    /// Finds the attempt a callback answers and marks it used before it is: whatever happens then, the callback never
    /// counts twice. Tells under which epoch that was.
    async fn use_up(&self, callback: &Callback) -> Result<(Attempt, u64), Problem> {
        let _turn = self.writing.lock().await;
        let key = callback.attempt_key();
        let name = key.clone();
        let kept = self.engine.secure(move |store| readable(store.get(name))).await?;
        let attempt = match kept.and_then(|bytes| serde_json::from_slice(&bytes).ok()) {
            Some(Kept::Waiting(attempt)) => *attempt,
            Some(Kept::Used { .. }) => return Err(Problem::sign_in(SignInFailure::AlreadyHandled)),
            None => return Err(attempt::unknown()),
        };
        attempt.accepts(callback, &self.engine.profile.identity.issuer, self.engine.now_ms())?;
        // A code that is exchanged while nothing can be kept is a sign-in lost, as in an app that has not resumed yet.
        self.engine.store.ledger().await?;
        let used = Kept::Used { until_ms: attempt.until_ms };
        let used = serde_json::to_vec(&used).map_err(|_| Problem::unexpected("attempt"))?;
        let name = key.clone();
        self.engine.secure(move |store| store.put(name, used)).await?;
        let epoch = self.standing().epoch;
        self.happened(Event::CameBack { attempt: key, steps_up: attempt.step_up.is_some() });
        Ok((attempt, epoch))
    }

    /// Makes `record` the session, unless the person signed out or in again since `epoch`. Another person's data is gone
    /// before the first byte of this one is kept.
    async fn take(self: &Arc<Self>, record: Arc<Record>, epoch: u64, steps_up: bool) -> Result<(), Problem> {
        let effect = {
            let _turn = self.writing.lock().await;
            if self.standing().epoch == epoch {
                let known = self.standing().record().map_or(0, |record| record.generation);
                let keys = self.purge_others(&record.subject).await?;
                let install = self.installation().await?;
                let (data_key, locked_key) = self.key_to_rows(&record.subject, keys).await?;
                let (subject, secure) = (record.subject.clone(), self.engine.host.secure_store.clone());
                let keep = move |generation| {
                    let record = record.settled(install, generation);
                    record.keep(&*secure).map(|()| Arc::new(record))
                };
                let record = self.engine.store.signed_in(subject, known, keep).await??;
                self.happened(Event::Settled { record, data_key, locked_key, epoch, steps_up })
            } else {
                // Another sign-in was written down, or the person signed out, while this one waited for its turn: what is
                // there now is not this one's to delete.
                Effect::Late(record)
            }
        };
        self.engine.mark_data();
        match effect {
            Effect::Revoke(previous) => {
                self.revoke(previous).await;
                self.flush_revocations();
                // Whoever was here before is not notified on this phone any more.
                Tombstones::flush(&self.engine);
                self.has_arrived();
                Ok(())
            }
            late => Err(self.too_late(late).await),
        }
    }

    /// Signing out waits for the turn of what came too late, and deletes what it wrote.
    async fn too_late(self: &Arc<Self>, effect: Effect) -> Problem {
        if let Effect::Late(record) = effect {
            self.revoke(vec![record]).await;
        }
        attempt::unknown()
    }

    /// Deletes what anybody but `subject` left on this phone, known to memory or not, keeps their refresh token for
    /// revoking, and hands out what opens the subject's rows. Where that is lost, they are only noise and go as well.
    async fn purge_others(&self, subject: &str) -> Result<Keys, Problem> {
        let (data_key, locked_key) = (format!("{DATA_KEY_PREFIX}{subject}"), format!("{LOCKED_KEY_PREFIX}{subject}"));
        let (entropy, now_ms, whose) = (self.engine.entropy.clone(), self.engine.now_ms(), subject.to_owned());
        let purge = move |store: &dyn SecureStore| {
            let kept = readable(store.get(record::KEY.to_owned()))?.and_then(|bytes| Record::from_bytes(&bytes));
            if let Some(kept) = kept {
                // Where it cannot be kept it is only not revoked. An earlier one of the same person waits there.
                let _ = revocation::keep(store, &kept, &*entropy, now_ms);
            }
            secrets::delete_secrets_of_others(store, &whose)?;
            for name in [store.list(DATA_KEY_PREFIX.to_owned())?, store.list(LOCKED_KEY_PREFIX.to_owned())?].concat() {
                if name != data_key && name != locked_key {
                    store.delete(name)?;
                }
            }
            if let Some(sealed) = readable(store.get(locked_key))? {
                return Ok(Keys::Locked(sealed));
            }
            let kept = readable(store.get(data_key))?.and_then(|bytes| DataKey::from_bytes(&bytes));
            Ok(kept.map_or(Keys::None, Keys::Open))
        };
        let keys = self.engine.secure(purge).await?;
        let spared = (!matches!(keys, Keys::None)).then(|| subject.to_owned());
        self.engine.store.wipe_all_but(spared).await?;
        Ok(keys)
    }

    /// What opens the person's rows, made where there is none yet.
    async fn key_to_rows(&self, subject: &str, keys: Keys) -> Result<(Option<DataKey>, Option<Vec<u8>>), Problem> {
        let (entropy, name) = (self.engine.entropy.clone(), format!("{DATA_KEY_PREFIX}{subject}"));
        match keys {
            Keys::Open(data_key) => Ok((Some(data_key), None)),
            // The app lock is a gate before what is shown: a key that is open in memory stays so.
            Keys::Locked(sealed) => Ok((self.standing().data_key.clone(), Some(sealed))),
            Keys::None => {
                let write = move |store: &dyn SecureStore| {
                    let data_key = DataKey::generate(&*entropy)?;
                    store.put(name, data_key.to_bytes())?;
                    Ok(data_key)
                };
                Ok((Some(self.engine.secure(write).await?), None))
            }
        }
    }

    /// The name of this installation, given when the first person signs in.
    async fn installation(&self) -> Result<String, Problem> {
        let proposed = attempt::random_text(&*self.engine.entropy)?;
        let engine = self.engine.clone();
        let answered = crate::workers::blocking(move || engine.store.installation(&proposed)).await;
        answered.map_err(|_| Problem::unexpected("panic"))?
    }
}
