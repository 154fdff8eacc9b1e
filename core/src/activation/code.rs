//! The code of an eSIM, from its arrival until its line works: a bearer secret that is usually good once. It is kept before a
//! phone gets it, and whether it was installed nobody knows before the line is seen.

use std::sync::Arc;

use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::Activation;
use super::handover::{Known, preconditions, routes};
use super::lpa::{ActivationCode, ActivationCodeFault, ActivationCodeWarning, ConfirmationCode, ReadCode};
use super::memory::Told;
use super::model::{LineOrder, OrderStage, SimKind};
use super::secrets::ACTIVATION_CODE;
use super::view::code::{EsimCodeView, EsimHandoverView, EsimPhone, EsimReadiness, code_view, handover_view};
use crate::cancel::CancelToken;
use crate::changes::Topic;
use crate::operator::tolerant::is_blank;
use crate::problem::Problem;
use crate::session::Subject;
use crate::text::messages;

/// The code, and beside it the code that a server asks for: two secrets, since they come by two ways.
const CODE: &str = "esim-code";
const CONFIRMATION: &str = "esim-confirmation";

/// A code as the secure store has it.
#[derive(Serialize, Deserialize)]
struct Kept {
    code: String,
    /// When it was taken, in milliseconds since 1970 UTC; none of one that an older app kept.
    #[serde(default)]
    taken_ms: Option<i64>,
    /// When a phone got it, in milliseconds since 1970 UTC.
    handed_over_ms: Option<i64>,
    /// What was odd in the text that it came in, of which nothing else is kept.
    #[serde(default)]
    odd: Vec<String>,
}

/// What is not to be seen in a code itself.
const ODD_AROUND: [(&str, ActivationCodeWarning); 4] = [
    ("invisible", ActivationCodeWarning::Invisible),
    ("joined", ActivationCodeWarning::Joined),
    ("left_out", ActivationCodeWarning::LeftOut),
    ("dash", ActivationCodeWarning::Dash),
];

/// A code with what belongs to it.
pub(crate) struct AtHand {
    pub code: ActivationCode,
    pub warnings: Vec<ActivationCodeWarning>,
    pub confirmation: Option<ConfirmationCode>,
    pub taken_ms: Option<i64>,
    pub handed_over_ms: Option<i64>,
}

#[uniffi::export]
impl Activation {
    /// Takes the code of an eSIM as it was scanned, pasted or copied out of an e-mail, and keeps it in the secure store, in
    /// place of an older one. `confirmation` is the confirmation code, where one came along. Nothing is installed by that.
    ///
    /// Fails with `Unexpected` (`"esim_code"`: this is none; `"esim_code_version"`: of a later kind; `"esim_code_address"`: its
    /// server is no plain name; `"esim_code_number"`: the number of a card or of a phone's chip; `"esim_code_several"`: two
    /// codes; `"esim_code_unclear"`: where it ends cannot be told; `"confirmation_code"`: this is none), `StorageUnavailable`,
    /// `SessionEnded`.
    pub async fn read_code(
        self: Arc<Self>,
        text: String,
        confirmation: Option<String>,
    ) -> Result<EsimCodeView, Problem> {
        let this = self.clone();
        let text = Zeroizing::new(text);
        let confirmation = confirmation.map(Zeroizing::new);
        let work = async move {
            let subject = this.session.unlocked_subject()?;
            this.take(&subject, ActivationCode::read(&text), confirmation.as_ref().map(|code| code.as_str())).await
        };
        self.engine.workers.run_to_end(work).await
    }

    /// Asks the operator for the code of the eSIM `sim` ([`crate::activation::view::screen::SimView::id`]), once the person showed to be there, and keeps
    /// it as [`Activation::read_code`] does. Fails as [`Activation::reveal`] does.
    pub async fn fetch_code(
        self: Arc<Self>,
        sim: String,
        cancel: Option<Arc<CancelToken>>,
    ) -> Result<EsimCodeView, Problem> {
        let this = self.clone();
        let work = async move {
            let _turn = this.revealing.lock().await;
            let subject = this.session.unlocked_subject()?;
            let prompt = messages::esim_code_prompt(this.engine.language);
            let told = this.ask(&subject, &sim, ACTIVATION_CODE, prompt, cancel).await?;
            let confirmation = told.confirmation.as_ref().map(|code| code.expose_secret());
            // The operator's answer is the code, so that what is odd in it is of it; unless it is a link with one.
            let text = told.value.expose_secret();
            let read = ActivationCode::parse(text.trim_matches(is_blank)).or_else(|_| ActivationCode::read(text));
            let taken = this.take(&subject, read, confirmation).await;
            taken.map_err(|problem| match problem {
                // The person typed nothing: it is the operator's answer that is odd.
                Problem::Unexpected { code } if code.starts_with("esim_code") || code == "confirmation_code" => {
                    Problem::NotUnderstood { code: "sim_secret".to_owned() }
                }
                other => other,
            })
        };
        // A code may be told once: it is kept also when the caller went away.
        self.engine.workers.run_to_end(work).await
    }

    /// Takes the confirmation code of the code at hand, which often stands in the e-mail alone.
    ///
    /// Fails with `Unexpected` (`confirmation_code`: this is none; `no_esim_code`), `StorageUnavailable`, `SessionEnded`.
    pub async fn set_confirmation_code(self: Arc<Self>, text: String) -> Result<EsimCodeView, Problem> {
        let this = self.clone();
        let text = Zeroizing::new(text);
        let work = async move {
            let subject = this.session.unlocked_subject()?;
            let _turn = this.coding.lock().await;
            this.at_hand(&subject).await?.ok_or(Problem::unexpected("no_esim_code"))?;
            let confirmation = ConfirmationCode::read(&text).ok_or(Problem::unexpected("confirmation_code"))?;
            this.keep_confirmation(&subject, &confirmation).await?;
            this.seen(&subject).await
        };
        self.engine.workers.run_to_end(work).await
    }

    /// The code at hand, without its secrets. None: there is none, or its line works.
    ///
    /// Fails with `StorageUnavailable`, `SessionEnded`.
    pub async fn esim_code(self: Arc<Self>) -> Result<Option<EsimCodeView>, Problem> {
        let this = self.clone();
        let work = async move {
            let subject = this.session.unlocked_subject()?;
            let at_hand = this.at_hand(&subject).await?;
            Ok(at_hand.map(|at_hand| code_view(&at_hand, this.engine.language)))
        };
        self.engine.workers.run(work).await
    }

    /// The ways to hand the code to this phone, best first; typing it in the settings is always the last. That it was handed
    /// over is written down first. The code stays until [`Activation::line_works`], for whether it was installed shows only
    /// when the line is seen.
    ///
    /// Fails with `Unexpected` (`no_esim_code`), `StorageUnavailable`, `SessionEnded`.
    pub async fn handover(
        self: Arc<Self>,
        phone: EsimPhone,
        readiness: EsimReadiness,
    ) -> Result<EsimHandoverView, Problem> {
        let this = self.clone();
        let work = async move {
            let subject = this.session.unlocked_subject()?;
            let _turn = this.coding.lock().await;
            let at_hand = this.at_hand(&subject).await?.ok_or(Problem::unexpected("no_esim_code"))?;
            let read = ReadCode { code: at_hand.code.clone(), warnings: at_hand.warnings.clone() };
            this.keep(&subject, &read, at_hand.taken_ms, Some(this.engine.now_ms())).await?;
            this.engine.mark(Topic::Activation);
            let known = Known::from(&readiness);
            let confirmation = at_hand.confirmation.as_ref();
            let before = preconditions(known, &at_hand.code, confirmation);
            let routes = routes(phone.into(), &at_hand.code, confirmation);
            Ok(handover_view(&routes, &before, phone, this.engine.language))
        };
        self.engine.workers.run_to_end(work).await
    }

    /// The line was seen to work: the code and its confirmation code are deleted. With none at hand it does nothing.
    ///
    /// Fails with `StorageUnavailable`, `SessionEnded`.
    pub async fn line_works(self: Arc<Self>) -> Result<(), Problem> {
        let this = self.clone();
        let work = async move {
            let subject = this.session.unlocked_subject()?;
            this.drop_code(&subject).await
        };
        self.engine.workers.run_to_end(work).await
    }
}

impl Activation {
    /// Deletes the code at hand.
    pub(super) async fn drop_code(&self, subject: &Subject) -> Result<(), Problem> {
        let _turn = self.coding.lock().await;
        self.session.drop_secrets(subject, &[CODE, CONFIRMATION]).await?;
        self.engine.mark(Topic::Activation);
        Ok(())
    }

    async fn take(
        &self,
        subject: &Subject,
        read: Result<ReadCode, ActivationCodeFault>,
        confirmation: Option<&str>,
    ) -> Result<EsimCodeView, Problem> {
        let _turn = self.coding.lock().await;
        let read = read.map_err(refused)?;
        let confirmation = confirmation
            .map(|code| ConfirmationCode::read(code).ok_or(Problem::unexpected("confirmation_code")))
            .transpose()?;
        let same = self.at_hand(subject).await?.filter(|old| is_same(&old.code, &read.code));
        if same.is_none() {
            // The confirmation code of another code would be tried in vain.
            self.session.drop_secrets(subject, &[CONFIRMATION]).await?;
        }
        let (taken_ms, handed_over_ms) = (Some(self.engine.now_ms()), same.and_then(|old| old.handed_over_ms));
        self.keep(subject, &read, taken_ms, handed_over_ms).await?;
        if let Some(confirmation) = confirmation {
            self.keep_confirmation(subject, &confirmation).await?;
        }
        // Where that cannot be kept the person is asked for it, as without a code.
        let _ = self.note_code_came(subject).await;
        self.seen(subject).await
    }

    /// Whoever has the code has what the e-mail brings: the one line that waits for it goes on.
    async fn note_code_came(&self, subject: &Subject) -> Result<(), Problem> {
        let waiting = {
            let memory = self.memory.of(subject)?;
            let waits = |order: &&LineOrder| order.sim == SimKind::Esim && order.stage != OrderStage::Done;
            let mut waiting = memory.shown(self.engine.now_ms()).filter(waits).map(|order| order.id.clone());
            waiting.next().filter(|_| waiting.next().is_none())
        };
        let Some(order) = waiting else { return Ok(()) };
        let change = move |told: &mut Told| {
            told.change(&order, |said| said.has_sim = true);
            Ok(())
        };
        self.memory.change(subject, |memory| &mut memory.told, change).await
    }

    async fn seen(&self, subject: &Subject) -> Result<EsimCodeView, Problem> {
        self.engine.mark(Topic::Activation);
        let at_hand = self.at_hand(subject).await?.ok_or(Problem::unexpected("no_esim_code"))?;
        Ok(code_view(&at_hand, self.engine.language))
    }

    async fn keep(
        &self,
        subject: &Subject,
        read: &ReadCode,
        taken_ms: Option<i64>,
        handed_over_ms: Option<i64>,
    ) -> Result<(), Problem> {
        let odd = ODD_AROUND.iter().filter(|(_, warning)| read.warnings.contains(warning));
        let odd = odd.map(|(name, _)| (*name).to_owned()).collect();
        let kept = Kept { code: read.code.in_qr().expose_secret().to_owned(), taken_ms, handed_over_ms, odd };
        let bytes = Zeroizing::new(serde_json::to_vec(&kept).map_err(|_| Problem::unexpected("esim_code"))?);
        drop(Zeroizing::new(kept.code));
        self.session.keep_secret(subject, CODE, bytes).await
    }

    async fn keep_confirmation(&self, subject: &Subject, code: &ConfirmationCode) -> Result<(), Problem> {
        let bytes = Zeroizing::new(code.expose().expose_secret().as_bytes().to_vec());
        self.session.keep_secret(subject, CONFIRMATION, bytes).await
    }

    /// What is kept. One that cannot be read is none.
    async fn at_hand(&self, subject: &Subject) -> Result<Option<AtHand>, Problem> {
        let Some(bytes) = self.session.kept_secret(subject, CODE).await? else { return Ok(None) };
        let Ok(Kept { code, taken_ms, handed_over_ms, odd }) = serde_json::from_slice(&bytes) else { return Ok(None) };
        let Ok(read) = ActivationCode::parse(&Zeroizing::new(code)) else { return Ok(None) };
        let confirmation = self.session.kept_secret(subject, CONFIRMATION).await?;
        let confirmation = confirmation.and_then(|bytes| ConfirmationCode::read(std::str::from_utf8(&bytes).ok()?));
        let around = ODD_AROUND.iter().filter(|(name, _)| odd.iter().any(|odd| odd == name));
        let warnings = around.map(|(_, warning)| *warning).chain(read.warnings).collect();
        Ok(Some(AtHand { code: read.code, warnings, confirmation, taken_ms, handed_over_ms }))
    }

    /// Deletes the code at hand, with its confirmation code, unless it came later than that.
    pub(super) async fn drop_code_taken_before(&self, subject: &Subject, before_ms: i64) -> Result<(), Problem> {
        let _turn = self.coding.lock().await;
        let at_hand = self.at_hand(subject).await?;
        if at_hand.is_some_and(|at_hand| at_hand.taken_ms.is_none_or(|taken_ms| taken_ms <= before_ms)) {
            self.session.drop_secrets(subject, &[CODE, CONFIRMATION]).await?;
            self.engine.mark(Topic::Activation);
        }
        Ok(())
    }
}

fn is_same(one: &ActivationCode, other: &ActivationCode) -> bool {
    one.in_qr().expose_secret() == other.in_qr().expose_secret()
}

/// Says of a text that is no code what can be done about it; nothing of the text.
fn refused(fault: ActivationCodeFault) -> Problem {
    Problem::unexpected(match fault {
        ActivationCodeFault::Version => "esim_code_version",
        ActivationCodeFault::NoAddress | ActivationCodeFault::Address => "esim_code_address",
        ActivationCodeFault::Iccid | ActivationCodeFault::Eid => "esim_code_number",
        ActivationCodeFault::Several => "esim_code_several",
        ActivationCodeFault::Unclear => "esim_code_unclear",
        ActivationCodeFault::Empty
        | ActivationCodeFault::TooLong
        | ActivationCodeFault::NotACode
        | ActivationCodeFault::Charset => "esim_code",
    })
}
