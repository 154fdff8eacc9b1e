//! Wi-Fi calling: the right words for this very phone, and proof that it works.
//!
//! | room | what it is for |
//! |---|---|
//! | [`facts`] | what the phone tells of itself |
//! | [`guide`] | where this very phone keeps the switch and what it calls it |
//! | [`line`], [`tmf`] | whether the operator allows it for a line, and asking that it does |
//! | [`walk`] | where a person is between "may I?" and "it works" |
//! | [`check`] | whether a network lets it through |
//! | [`entitlement`] | what an entitlement server answers (TS.43) |
//! | [`view`] | what the screen draws |

pub mod check;
pub mod entitlement;
pub mod facts;
pub mod guide;
pub mod line;
mod memory;
mod network;
mod order;
mod refresh;
mod shelf;
pub mod tmf;
pub mod view;
pub mod walk;

use std::sync::{Arc, Mutex, PoisonError};

use futures_util::FutureExt;

pub(crate) use self::check::limits::EpdgHost;
use self::facts::PhoneFacts;
use self::guide::signature::GuideKey;
use self::memory::{Memory, Proof, Walked};
pub use self::network::{CheckProgress, NetworkCheckStep};
use self::shelf::{Guides, Shelf};
use self::view::{EntitlementView, WifiCallingPhase, WifiCallingView, ids};
use self::walk::{Answer, Ground, Step, answers, as_kept, step};
use crate::cancel::{CancelToken, unless_cancelled};
use crate::changes::Topic;
use crate::engine::Engine;
use crate::operator::profile::{Capability, WifiCallingApi};
use crate::operator::single_flight::{PerSignIn, SingleFlight};
use crate::operator::time::{is_older, timestamp};
use crate::problem::Problem;
use crate::session::{Looked, Remembered, Session, Subject};
use crate::store::{Installed, Row, Snapshot};
use crate::text::request::PreparedRequest;

/// How long what the operator says is believed without asking.
const FRESH_MS: i64 = 60 * 60 * 1000;
/// The longest name of a place.
const LONGEST_PLACE: usize = 40;

/// Calls over Wi-Fi.
#[derive(uniffi::Object)]
pub struct WifiCalling {
    engine: Arc<Engine>,
    session: Arc<Session>,
    memory: Remembered<Memory>,
    shelf: Shelf,
    /// What the phone tells; kept nowhere.
    facts: Mutex<Option<PhoneFacts>>,
    refreshing: PerSignIn<Result<(), Problem>>,
    /// One order at a time: two taps join one.
    ordering: PerSignIn<Result<(), Problem>>,
    /// Guides in memory follow what is kept of them.
    shelving: tokio::sync::Mutex<()>,
    /// Held while an order is on its way: whoever looks at orders meanwhile does not send it as well.
    posting: tokio::sync::Mutex<()>,
}

impl std::fmt::Debug for WifiCalling {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WifiCalling")
    }
}

#[uniffi::export]
impl WifiCalling {
    /// The screen at this moment, from memory. Where the phone told nothing of itself ([`WifiCalling::tell`]) there is no
    /// step of the walk yet.
    pub fn state(&self) -> WifiCallingView {
        let revision = self.engine.changes.revision(Topic::WifiCalling);
        let phase = match (self.api(), self.session.subject()) {
            (None, _) => WifiCallingPhase::NotOffered,
            (Some(_), _) if self.session.is_locked() => WifiCallingPhase::Locked,
            (Some(_), None) => WifiCallingPhase::SignedOut,
            (Some(_), Some(_)) => WifiCallingPhase::Ready,
        };
        let blank = WifiCallingView::blank(revision, phase);
        if phase != WifiCallingPhase::Ready {
            return blank;
        }
        let (facts, refreshing) = (self.facts(), self.flight().is_running());
        let Some(guides) = self.guides() else { return blank };
        view::draw(self, &self.memory(), &guides, facts.as_ref(), refreshing, blank)
    }

    /// What the phone knows of itself and its network: at every start of the screen, and whenever it changes. The step of
    /// the walk follows it.
    pub fn tell(&self, facts: PhoneFacts) {
        let mut told = self.facts.lock().unwrap_or_else(PoisonError::into_inner);
        if told.as_ref() != Some(&facts) {
            *told = Some(facts);
            drop(told);
            // Why no check could be made on the network as it was says nothing of it as it is.
            let mut memory = self.memory();
            if memory.not_made.as_ref().is_some_and(|tried| !tried.is_a_limit()) {
                memory.not_made = None;
            }
            drop(memory);
            self.engine.mark(Topic::WifiCalling);
        }
    }

    /// An answer to the step that is shown, both by their ids. One to another step is dropped: two taps are one answer.
    ///
    /// Fails with `StorageUnavailable`, `SessionEnded`, and `Unexpected` (`no_such_answer`; `no_facts` before
    /// [`WifiCalling::tell`]; `not_offered`). Runs to its end also when the caller goes away.
    pub async fn answer(self: Arc<Self>, step_id: String, answer_id: String) -> Result<(), Problem> {
        let this = self.clone();
        let work = async move {
            let known = this.clone();
            this.walk(move |ground, walked| {
                let at = step(&walked.progress, ground);
                if ids::of_step(&at) != step_id {
                    return Ok(());
                }
                let given = answers(&at, ground).into_iter().find(|answer| ids::of_answer(answer) == answer_id);
                let given = given.ok_or_else(|| Problem::unexpected("no_such_answer"))?;
                // What failed, or is begun anew, is proved anew.
                if matches!(given, Answer::Fails | Answer::Again) {
                    walked.proof = None;
                }
                let kept = as_kept(&at, given, ground);
                walked.progress.answer(at, kept);
                if step(&walked.progress, ground) == Step::Works && walked.proof.is_none() {
                    walked.proof = Some(Proof { at_ms: known.engine.now_ms(), network: None });
                }
                Ok(())
            })
            .await
        };
        self.engine.workers.run_to_end(work).await
    }

    /// One step back. At the first step it does nothing.
    ///
    /// Fails with `StorageUnavailable`, `SessionEnded`, and `Unexpected` (`no_facts`, `not_offered`). Runs to its end also when the caller
    /// goes away.
    pub async fn back(self: Arc<Self>) -> Result<(), Problem> {
        let this = self.clone();
        let work = async move {
            this.walk(|_, walked| {
                walked.progress.back();
                Ok(())
            })
            .await
        };
        self.engine.workers.run_to_end(work).await
    }

    /// Where it was seen to work, in the person's own word: "home". It stays on the phone. Empty: no word.
    ///
    /// Fails with `StorageUnavailable`, `SessionEnded`, and `Unexpected` (`no_facts`, `not_offered`).
    pub async fn name_place(self: Arc<Self>, place: String) -> Result<(), Problem> {
        let this = self.clone();
        let work = async move {
            let place: String = place.trim().chars().filter(|c| !c.is_control()).take(LONGEST_PLACE).collect();
            this.walk(move |_, walked| {
                if let Some(proof) = &mut walked.proof {
                    proof.network = (!place.is_empty()).then_some(place);
                }
                Ok(())
            })
            .await
        };
        self.engine.workers.run_to_end(work).await
    }

    /// Asks the operator whether the person's lines may use it, what became of an order, and once a day for newer guides.
    /// Callers at the same time share one run. Whatever fails, what is kept stays.
    ///
    /// Fails with any problem but `SignIn` and `Configuration`.
    pub async fn refresh(self: Arc<Self>, cancel: Option<Arc<CancelToken>>) -> Result<(), Problem> {
        if self.api().is_none() {
            return Ok(());
        }
        let this = self.clone();
        let work = async move {
            this.engine.mark(Topic::WifiCalling);
            let _redraw = this.engine.mark_at_the_end(Topic::WifiCalling);
            unless_cancelled(cancel, this.flight().join(|| this.clone().run().boxed())).await
        };
        self.engine.workers.run(work).await
    }

    /// [`WifiCalling::refresh`], only when what is known is older than an hour, could not be had, or an order is under way.
    pub async fn refresh_if_due(self: Arc<Self>, cancel: Option<Arc<CancelToken>>) -> Result<(), Problem> {
        let now_ms = self.engine.now_ms();
        let due = {
            let memory = self.memory();
            let told = memory.services.as_ref();
            let is_old = told.is_none_or(|told| is_older(told.checked_ms, FRESH_MS, now_ms));
            is_old || memory.failure.is_some() || memory.orders.0.iter().any(|order| !order.state.is_over())
        };
        if due { self.refresh(cancel).await } else { Ok(()) }
    }

    /// Asks the operator to switch it on for the line (TMF641), and looks at the order for about a minute. One that takes
    /// longer is asked after with every refresh. Two taps make no two orders, nor does an answer that got lost.
    ///
    /// Fails as [`WifiCalling::refresh`] does, and with `Unexpected` (`no_order` where it cannot be ordered here).
    pub async fn switch_on(self: Arc<Self>, cancel: Option<Arc<CancelToken>>) -> Result<(), Problem> {
        let this = self.clone();
        let work = async move {
            // What was kept of the order is looked for again, wherever it is left.
            let _redraw = this.engine.mark_at_the_end(Topic::WifiCalling);
            let run = this.ordering.of(this.session.epoch()).join(|| this.clone().order().boxed());
            unless_cancelled(cancel, run).await
        };
        self.engine.workers.run(work).await
    }

    /// Checks whether this network lets Wi-Fi calling through: a few small packets to the operator's gateway, which hold
    /// nothing of the person; eight seconds at most; at most once a minute and five times an hour. Only on the person's tap.
    /// What came of it is in the view, also that it was not made.
    ///
    /// Fails with `StorageUnavailable`, `SessionEnded`, and `Unexpected` (`cancelled`).
    pub async fn check(
        self: Arc<Self>,
        progress: Option<Arc<dyn CheckProgress>>,
        cancel: Option<Arc<CancelToken>>,
    ) -> Result<(), Problem> {
        let this = self.clone();
        self.engine.workers.run(async move { this.check_network(progress, cancel).await }).await
    }

    /// What an entitlement server (GSMA TS.43) answered for Wi-Fi calling, XML or JSON of at most 64 KB, in words. For operators
    /// that have one: asking it needs the SIM, so an app with carrier privileges hands the answer in. Nothing of it is kept.
    ///
    /// Fails with `NotUnderstood` (`entitlement`).
    pub fn entitlement(&self, document: Vec<u8>) -> Result<EntitlementView, Problem> {
        let read = entitlement::read(&document);
        let answer = read.map_err(|_| Problem::NotUnderstood { code: "entitlement".to_owned() })?;
        Ok(view::entitlement::view(&answer, self.engine.language))
    }

    /// What was found, for support: codes only, no number, no name, no network. Nothing is sent. None where there is nothing
    /// to tell.
    pub fn report(&self) -> Option<PreparedRequest> {
        self.api()?;
        let subject = self.session.subject().filter(|_| !self.session.is_locked())?;
        let facts = self.facts();
        let guides = self.guides()?;
        let memory = self.memory_of(&subject).ok()?;
        Some(view::report(self, &memory, &guides, facts.as_ref()))
    }
}

impl WifiCalling {
    /// Starts from what is kept; it is read when somebody looks.
    pub(crate) fn new(
        engine: Arc<Engine>,
        session: Arc<Session>,
        kept: Vec<Row>,
        installed: &[Installed],
    ) -> Arc<WifiCalling> {
        Arc::new(WifiCalling {
            engine,
            memory: Remembered::new(session.clone(), kept),
            shelf: Shelf::of(installed),
            session,
            facts: Mutex::default(),
            refreshing: PerSignIn::default(),
            ordering: PerSignIn::default(),
            shelving: tokio::sync::Mutex::default(),
            posting: tokio::sync::Mutex::default(),
        })
    }

    /// Whether a row is one of this room's.
    pub(crate) fn keeps(row: &Row) -> bool {
        Memory::keeps(row)
    }

    fn api(&self) -> Option<&WifiCallingApi> {
        let profile = &self.engine.profile;
        profile.apis.wifi_calling.as_ref().filter(|_| profile.offers(Capability::WifiCalling))
    }

    fn facts(&self) -> Option<PhoneFacts> {
        self.facts.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Changes the walk on the ground of what is known now. Without facts of the phone there is no step to change.
    async fn walk(
        &self,
        change: impl FnOnce(&Ground, &mut Walked) -> Result<(), Problem> + Send + 'static,
    ) -> Result<(), Problem> {
        let subject = self.session.subject().ok_or_else(|| self.session.nobody())?;
        let api = self.api().ok_or_else(|| Problem::unexpected("not_offered"))?;
        let facts = self.facts().ok_or_else(|| Problem::unexpected("no_facts"))?;
        let guides = self.guides().ok_or_else(|| Problem::unexpected("no_guides"))?;
        let ground = self.ground(&*self.memory_of(&subject)?, api, &facts, &guides);
        self.note(&subject, |memory| &mut memory.walked, move |walked| change(&ground, walked)).await
    }

    fn ground(&self, memory: &Memory, api: &WifiCallingApi, facts: &PhoneFacts, guides: &Guides) -> Ground {
        let now_ms = self.engine.now_ms();
        Ground {
            facts: facts.clone(),
            networks: api.networks.clone(),
            file: guides.file.clone(),
            provisioned: memory.provisioned(),
            order: memory.order(now_ms),
            outlook: memory.outlook(now_ms),
        }
    }

    /// Changes something that happened on this phone, and keeps it before anybody sees it.
    async fn note<T: Snapshot + Clone + PartialEq + Send + 'static, R: Send + 'static>(
        &self,
        subject: &Subject,
        of: fn(&mut Memory) -> &mut T,
        change: impl FnOnce(&mut T) -> Result<R, Problem> + Send + 'static,
    ) -> Result<R, Problem> {
        let told = self.memory.change(subject, of, change).await?;
        self.engine.mark(Topic::WifiCalling);
        Ok(told)
    }

    /// The guides in use.
    fn guides(&self) -> Option<Guides> {
        self.shelf.guides(&self.guide_keys(), timestamp(self.engine.now_ms()))
    }

    fn guide_keys(&self) -> Vec<GuideKey> {
        let keys = self.api().into_iter().flat_map(|api| &api.guide_keys);
        keys.filter_map(|key| Some(GuideKey { id: key.id.clone(), public_key: key.bytes()? })).collect()
    }

    fn flight(&self) -> Arc<SingleFlight<Result<(), Problem>>> {
        self.refreshing.of(self.session.epoch())
    }

    fn memory_of(&self, subject: &Subject) -> Result<Looked<'_, Memory>, Problem> {
        self.memory.of(subject)
    }

    fn memory(&self) -> Looked<'_, Memory> {
        self.memory.now().0
    }
}
