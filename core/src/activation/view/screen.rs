//! The screen of getting started: the lines that are on their way, and the person's SIMs.

use super::drawing::Drawing;
use super::track::{LineTrackView, view};
use crate::activation::memory::Memory;
use crate::activation::model::{OrderStage, SimCard, SimKind};
use crate::operator::time::timestamp;
use crate::problem::{Problem, SessionEnd};
use crate::text::dates::{self, Role};
use crate::text::notice::Notice;
use crate::text::{Text, line, messages as m};

/// The screen of getting started.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ActivationView {
    /// Grows with every change.
    pub revision: u64,
    /// Which of the designed states the screen is in.
    pub phase: ActivationPhase,
    /// A refresh is running.
    pub refreshing: bool,
    /// The one line at the top: what is the matter. Absent when all is well.
    pub notice: Option<Notice>,
    /// When the operator was last asked: "Checked today 14:05". Absent before anything was loaded.
    pub checked: Option<Text>,
    /// What is said where there is no line: nothing is on its way, or nobody knows yet.
    pub empty: Option<Text>,
    /// The lines that are on their way, or came lately; the newest first.
    pub lines: Vec<LineTrackView>,
    /// The person's SIMs, for their PIN and PUK.
    pub sims: Vec<SimView>,
    /// What is the matter with the SIMs: they could not be loaded, so that none is not "none"; or where the operator tells of
    /// nothing but SIMs, that there are none.
    pub sims_notice: Option<Text>,
    /// A line does not work yet: getting started takes the first place of the app.
    pub is_first_place: bool,
}

/// A SIM of the person's.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct SimView {
    /// What it is called between core and phone, as [`crate::activation::Activation::reveal`] takes it: nothing of the SIM.
    pub id: String,
    /// "SIM card of 0470 •• •• 56". Nothing of its own number (ICCID), which is a secret.
    pub label: Text,
    /// It is an eSIM.
    pub is_esim: bool,
    /// The operator tells its secrets. Where it does not, they stand on the card or in the activation e-mail.
    pub tells_secrets: bool,
}

/// The designed states of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum ActivationPhase {
    /// The operator tells neither of orders nor of SIMs: the place is absent.
    NotOffered,
    /// Nobody is signed in.
    SignedOut,
    /// The app is locked.
    Locked,
    /// There is something to show.
    Ready,
}

/// The screen.
pub(in crate::activation) fn draw(
    memory: &Memory,
    phase: ActivationPhase,
    refreshing: bool,
    revision: u64,
    ended: Option<SessionEnd>,
    drawing: &Drawing<'_>,
) -> ActivationView {
    let blank = ActivationView {
        revision,
        phase,
        refreshing,
        notice: None,
        checked: None,
        empty: None,
        lines: Vec::new(),
        sims: Vec::new(),
        sims_notice: None,
        is_first_place: false,
    };
    if phase != ActivationPhase::Ready {
        return blank;
    }
    let (language, now_ms) = (drawing.language, drawing.now.as_millisecond());
    let failure = ended.map(|reason| Problem::SessionEnded { reason }).or_else(|| memory.failure.clone());
    let notice = failure.and_then(|problem| Notice::of(&problem, language, drawing.operator));
    let shown = memory.shown(now_ms);
    let lines: Vec<_> = shown.map(|order| view(order, &memory.said(&order.id), memory.sim(order), drawing)).collect();
    let empty = match (lines.is_empty() && drawing.tells_orders, memory.tracked.orders_ms.is_some()) {
        (false, _) => None,
        (true, true) => Some(m::start_none(language)),
        (true, false) => Some(m::start_never_loaded(language)),
    };
    let checked = memory.tracked.orders_ms.or(memory.tracked.sims_ms).map(|ms| drawing.checked(ms));
    let sims = memory.tracked.sims.iter().map(|sim| sim_view(sim, drawing)).collect();
    let sims_notice = sims_notice(memory, drawing);
    let is_first_place = memory
        .shown(now_ms)
        .any(|order| !matches!(order.stage, OrderStage::Done | OrderStage::Cancelled) && !memory.said(&order.id).works);
    ActivationView { notice, checked, empty, sims, sims_notice, is_first_place, lines, ..blank }
}

/// Where the operator tells of orders as well, that there is no SIM need not be said: there is one once a line is there.
fn sims_notice(memory: &Memory, drawing: &Drawing<'_>) -> Option<Text> {
    let language = drawing.language;
    let tells_only_sims = drawing.tells_sims && !drawing.tells_orders;
    match memory.tracked.sims_ms {
        Some(told_ms) if memory.sims_failed => {
            let told = dates::moment(language, Role::At, timestamp(told_ms), drawing.today(), drawing.zone);
            Some(m::start_sims_kept(language, &told))
        }
        None if memory.sims_failed => Some(m::start_sims_failed(language)),
        Some(_) if tells_only_sims && memory.tracked.sims.is_empty() => {
            Some(m::start_sims_none(language, &drawing.operator()))
        }
        None if tells_only_sims => Some(m::start_sims_never(language)),
        Some(_) | None => None,
    }
}

/// Its id may be its number, as operators choose.
impl std::fmt::Debug for SimView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SimView").field("label", &self.label).finish_non_exhaustive()
    }
}

fn sim_view(sim: &SimCard, drawing: &Drawing<'_>) -> SimView {
    let (language, is_esim) = (drawing.language, sim.kind == SimKind::Esim);
    let line = sim.number.as_deref().map(|number| line::label(language, Some(number), 1, 1));
    let label = match (is_esim, line) {
        (false, None) => m::start_sim_card(language),
        (false, Some(line)) => m::start_sim_card_of(language, &line),
        (true, None) => m::start_sim_esim(language),
        (true, Some(line)) => m::start_sim_esim_of(language, &line),
    };
    SimView { id: sim.id.clone(), label, is_esim, tells_secrets: drawing.tells_secrets }
}
