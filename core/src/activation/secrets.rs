//! PIN and PUK on the screen. The person shows to be there, the operator is asked, and half a minute later nothing of it is
//! left: not in memory, and never anywhere else, but for a sealed copy of the PUK where the person wants one.

use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::Activation;
use super::pin::{Pin, PinFault, Puk};
use super::view::secrets::{Revealed, SimSecretKind, SimSecretView, view};
use crate::cancel::{CancelToken, unless_cancelled};
use crate::changes::Topic;
use crate::host::{ClockReading, pause};
use crate::operator::address::address;
use crate::operator::http::{Change, Verb};
use crate::operator::tolerant::typed;
use crate::problem::{Problem, SignInFailure};
use crate::session::{PresenceGrant, Secret, Subject, Unanswered};
use crate::text::{Text, messages};

/// What the operator is asked for beside PIN and PUK.
pub(super) const ACTIVATION_CODE: &str = "activationCode";
/// How long a secret stays on the screen.
const SHOWN_MS: i64 = 30_000;
/// Before the name of a PUK's copy.
pub(super) const PUK_PREFIX: &str = "puk-";
/// What is left of a grant while the operator answers: with less, the person is asked once more.
const ANSWER_MS: i64 = 10_000;

/// What is on the screen.
#[derive(Debug, Default)]
pub(super) struct Screen {
    shown: Option<Shown>,
    /// Counts what was shown and hidden: a timer hides only what it was set for, and what comes after the screen was cleared
    /// is not shown.
    count: u64,
}

/// A secret on the screen.
struct Shown {
    /// As [`Activation::reveal`] has it.
    sim: String,
    kind: SimSecretKind,
    digits: SecretString,
    /// It came from this phone, not from the operator.
    is_copy: bool,
    since: ClockReading,
    hides_at_ms: i64,
    /// In which sign-in it was shown.
    epoch: u64,
}

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shown(…)")
    }
}

/// A question that the operator answers only after a step-up, and the person's presence for it.
pub(super) struct AskedBefore {
    sim: String,
    kind: String,
    grant: Arc<PresenceGrant>,
}

/// What the operator tells at `simSecret`.
pub(crate) struct Told {
    /// PIN, PUK or activation code.
    pub value: SecretString,
    /// What a server asks for beside an activation code.
    pub confirmation: Option<SecretString>,
    /// The screen's count when the person was there.
    count: u64,
}

#[uniffi::export]
impl Activation {
    /// PIN or PUK on the screen, as long as it may be there: half a minute, while the person is here and the app unlocked.
    /// Pull it after every change of the topic and draw it only while the screen cannot be captured.
    pub fn shown_secret(&self) -> Option<SimSecretView> {
        let now_is_fine = self.session.unlocked_subject().ok();
        let mut screen = self.screen();
        let left_ms = screen.shown.as_ref().and_then(|shown| {
            let subject = now_is_fine.filter(|subject| subject.epoch == shown.epoch)?;
            drop(subject);
            let passed_ms = self.session.passed_since(&shown.since)?;
            Some(SHOWN_MS.saturating_sub(passed_ms)).filter(|left_ms| *left_ms > 0)
        });
        let Some(left_ms) = left_ms else {
            screen.shown = None;
            return None;
        };
        let shown = screen.shown.as_ref()?;
        let revealed = Revealed {
            sim: &shown.sim,
            kind: shown.kind,
            digits: &shown.digits,
            is_copy: shown.is_copy,
            left_ms,
            hides_at_ms: shown.hides_at_ms,
        };
        Some(view(&revealed, self.engine.language, &self.engine.profile.name))
    }

    /// Shows the PIN or PUK of a SIM: first the phone asks the person to be there, then the operator is asked. A PUK with a
    /// copy on this phone needs no network. `sim` is [`crate::activation::view::screen::SimView::id`]. Two taps
    /// show it once. After a step-up the phone asks nobody again within the half minute that their presence counts.
    ///
    /// Fails with `SignIn { StepUpRequired }` (the operator wants a sign-in of just now: `Session::start` with `StepUp`, then
    /// ask again), `StorageUnavailable` (`NotPresent`: no proof that the person is there, or the phone lends no
    /// `UserPresence`; `AppLocked`), `Unexpected` (`cancelled`: prompt closed; `http_404`: no such SIM; `no_secrets`: the
    /// operator tells none), `TooOften`, `ServiceUnavailable`, `NotPermitted`, `NotUnderstood`, `Offline`,
    /// `BlockedNetwork`, `SessionEnded`.
    pub async fn reveal(
        self: Arc<Self>,
        sim: String,
        kind: SimSecretKind,
        cancel: Option<Arc<CancelToken>>,
    ) -> Result<SimSecretView, Problem> {
        let this = self.clone();
        let work = async move { unless_cancelled(cancel, this.show(sim, kind)).await };
        self.engine.workers.run(work).await
    }

    /// Takes what is shown off the screen and out of memory, at once. Nothing shown is no error.
    pub fn hide(&self) {
        let gone = {
            let mut screen = self.screen();
            screen.count = screen.count.saturating_add(1);
            screen.shown.take()
        };
        if gone.is_some() {
            self.engine.mark(Topic::Activation);
        }
    }

    /// Whether a copy of this SIM's PUK is on this phone, to be shown without a network. With `keep` that is changed first: true
    /// keeps a copy of the PUK that is shown, false deletes the one there is. Off until the person wants it. The copy is
    /// sealed under a key of the phone's hardware that only the person's presence opens, lies in the secure store alone, and
    /// goes at sign-out and when the phone's fingers or lock change.
    ///
    /// Fails with `Unexpected` (`puk_not_shown`: reveal it first), `StorageUnavailable`, `SessionEnded`.
    #[uniffi::method(default(keep = None))]
    pub async fn offline_copy(self: Arc<Self>, sim: String, keep: Option<bool>) -> Result<bool, Problem> {
        let this = self.clone();
        let work = async move {
            let subject = this.session.unlocked_subject()?;
            let name = puk_name(&subject, &sim);
            match keep {
                None => return this.session.has_sealed_secret(&subject, &name).await,
                Some(true) => {
                    let puk = this.shown_puk(&sim).ok_or(Problem::unexpected("puk_not_shown"))?;
                    this.session.seal_secret(&subject, &name, puk).await?;
                }
                Some(false) => this.session.drop_sealed_secret(&subject, &name).await?,
            }
            this.engine.mark(Topic::Activation);
            Ok(keep == Some(true))
        };
        self.engine.workers.run_to_end(work).await
    }
}

impl Activation {
    async fn show(self: &Arc<Self>, sim: String, kind: SimSecretKind) -> Result<SimSecretView, Problem> {
        let _turn = self.revealing.lock().await;
        let already = self.shown_secret().filter(|shown| shown.sim == sim && shown.kind == kind);
        if let Some(already) = already {
            return Ok(already);
        }
        let subject = self.session.unlocked_subject()?;
        let prompt = match kind {
            SimSecretKind::Pin => messages::pin_prompt(self.engine.language),
            SimSecretKind::Puk => messages::puk_prompt(self.engine.language),
        };
        if kind == SimSecretKind::Puk
            && let Some(copy) = self.session.unseal_secret(&subject, &puk_name(&subject, &sim), prompt.clone()).await?
            && let Some(puk) = std::str::from_utf8(&copy).ok().and_then(|digits| Puk::read(digits).ok())
        {
            let count = self.screen().count;
            return self.put_up(&subject, count, sim, kind, puk.expose().clone(), true);
        }
        let told = self.ask(&subject, &sim, wire_name(kind), prompt, None).await?;
        let digits = match kind {
            SimSecretKind::Pin => Pin::read(told.value.expose_secret()).map(|pin| pin.expose().clone()),
            SimSecretKind::Puk => Puk::read(told.value.expose_secret()).map(|puk| puk.expose().clone()),
        };
        let digits = digits.map_err(|_: PinFault| not_understood())?;
        self.put_up(&subject, told.count, sim, kind, digits, false)
    }

    /// Asks for a secret of a SIM, once the person showed to be there. What comes after the grant ran out is shown to nobody.
    pub(super) async fn ask(
        self: &Arc<Self>,
        subject: &Subject,
        sim: &str,
        kind: &str,
        prompt: Text,
        cancel: Option<Arc<CancelToken>>,
    ) -> Result<Told, Problem> {
        let api = self.api().filter(|api| api.secrets);
        let base = api.and_then(|api| api.resource_base_url.as_deref()).ok_or(Problem::unexpected("no_secrets"))?;
        let known = match self.at_operator(subject, sim)? {
            Some(known) => known,
            None => {
                // It may have been read by another process of the app.
                self.read_sims(subject).await?;
                self.at_operator(subject, sim)?.ok_or_else(|| Problem::unexpected("http_404"))?
            }
        };
        let url = address(base, &["resource", &known, "simSecret"])?;
        // Once it is asked for, what is told is not let go: a code may be told once.
        let grant = match self.presence_before(sim, kind) {
            Some(grant) => grant,
            None => unless_cancelled(cancel, self.session.ask_presence(prompt)).await?,
        };
        let count = self.screen().count;
        let body = serde_json::json!({ "kind": kind }).to_string().into_bytes();
        let change = Change { verb: Verb::Post, has_own_limit: true, ..Change::default() };
        let sent = self.session.change(&url, change, Some(("application/json", body))).await;
        let answer = sent.map_err(|Unanswered { problem, status, retry_after_seconds, .. }| {
            if status == Some(429) {
                return Problem::TooOften { retry_after_seconds };
            }
            if problem == Problem::sign_in(SignInFailure::StepUpRequired) {
                let (sim, grant) = (sim.to_owned(), grant.clone());
                *self.asked_before() = Some(AskedBefore { sim, kind: kind.to_owned(), grant });
            }
            problem
        })?;
        let body = Zeroizing::new(answer.body);
        let told = match answer.status {
            200 | 201 => read(&body, kind, count).ok_or_else(not_understood)?,
            403 => return Err(Problem::NotPermitted),
            status => return Err(Problem::unexpected(&format!("http_{status}"))),
        };
        self.session.still(subject)?;
        // A code is kept and not shown.
        if kind != ACTIVATION_CODE && !self.session.is_good(&grant) {
            return Err(crate::host::HostError::PresenceDenied.into());
        }
        Ok(told)
    }

    /// What the operator calls a SIM, by the name it has between core and phone.
    fn at_operator(&self, subject: &Subject, sim: &str) -> Result<Option<String>, Problem> {
        let memory = self.memory.of(subject)?;
        let known = memory.tracked.sims.iter().find(|known| sim_name(subject, &known.id) == sim);
        Ok(known.map(|known| known.id.clone()))
    }

    /// Where the operator wanted a step-up first, the person was there for this very question a moment ago: the page of the
    /// operator in between makes them no less so.
    fn presence_before(&self, sim: &str, kind: &str) -> Option<Arc<PresenceGrant>> {
        let before = self.asked_before().take()?;
        let is_it = before.sim == sim && before.kind == kind;
        Some(before.grant).filter(|grant| is_it && self.session.grant_left_ms(grant) >= ANSWER_MS)
    }

    fn asked_before(&self) -> MutexGuard<'_, Option<AskedBefore>> {
        self.asked_before.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put_up(
        self: &Arc<Self>,
        subject: &Subject,
        asked_at: u64,
        sim: String,
        kind: SimSecretKind,
        digits: SecretString,
        is_copy: bool,
    ) -> Result<SimSecretView, Problem> {
        let since = self.engine.host.clock.now()?;
        let hides_at_ms = self.engine.now_ms().saturating_add(SHOWN_MS);
        let count = {
            let mut screen = self.screen();
            if screen.count != asked_at {
                // The app went to sleep meanwhile, was locked, or the person wanted it hidden.
                return Err(Problem::cancelled());
            }
            let epoch = subject.epoch;
            screen.shown = Some(Shown { sim, kind, digits, is_copy, since, hides_at_ms, epoch });
            screen.count = screen.count.saturating_add(1);
            screen.count
        };
        self.engine.mark(Topic::Activation);
        let this = Arc::downgrade(self);
        let hide_later = async move {
            pause(Duration::from_millis(SHOWN_MS.unsigned_abs())).await;
            if let Some(this) = this.upgrade()
                && this.screen().count == count
            {
                this.hide();
            }
        };
        crate::workers::spawn(&self.engine.workers.handle()?, hide_later);
        // The app may have been locked, or the person gone, since they showed to be there.
        self.shown_secret().ok_or_else(|| self.session.unlocked_subject().err().unwrap_or_else(|| self.session.left()))
    }

    fn shown_puk(&self, sim: &str) -> Option<Secret> {
        // Of what was looked at, not of what is there a moment later: another SIM's PUK would end this one.
        let shown = self.shown_secret().filter(|shown| shown.sim == sim && shown.kind == SimSecretKind::Puk)?;
        Some(Zeroizing::new(shown.plain.into_bytes()))
    }

    fn screen(&self) -> MutexGuard<'_, Screen> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a SIM is called between core and phone: operators use its number as its id, and that goes no further.
pub(super) fn sim_name(subject: &Subject, id: &str) -> String {
    subject.key.name(format!("sim {id}").as_bytes())
}

/// The name of a PUK's copy, which gives nothing of the SIM away.
pub(super) fn puk_name(subject: &Subject, sim: &str) -> String {
    format!("{PUK_PREFIX}{}", subject.key.name(sim.as_bytes()))
}

fn wire_name(kind: SimSecretKind) -> &'static str {
    match kind {
        SimSecretKind::Pin => "pin",
        SimSecretKind::Puk => "puk",
    }
}

fn not_understood() -> Problem {
    Problem::NotUnderstood { code: "sim_secret".to_owned() }
}

/// The answer, of the kind that was asked for.
pub(crate) fn read(body: &[u8], kind: &str, count: u64) -> Option<Told> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Answer {
        kind: Option<String>,
        value: SecretString,
        confirmation_code: Option<SecretString>,
    }
    let answer: Answer = typed("", body).ok()?;
    // Another secret than was asked for would be explained wrongly: ten attempts for a PIN.
    let is_it = answer.kind.is_none_or(|told| told == kind);
    let confirmation = answer.confirmation_code.filter(|code| !code.expose_secret().trim().is_empty());
    is_it.then_some(Told { value: answer.value, confirmation, count })
}
