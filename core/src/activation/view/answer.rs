//! What the person can tell of a line, and take back. Each has an id of its own between core and phone, and what is taken back
//! is one answer and no other: a second tap on the same button finds nothing more to do.

use super::drawing::Drawing;
use crate::activation::model::{LineOrder, OrderStage, Said, SimKind};
use crate::activation::track::Step;
use crate::text::{Language, Text, messages as m};

/// Something the person can tell.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct TrackAnswer {
    /// What it is called between core and phone.
    pub id: String,
    /// "It works".
    pub label: Text,
    /// It is drawn as the main button.
    pub is_main: bool,
}

/// What a person can say of a line, the furthest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Saying {
    HasSim,
    HasProfile,
    OldSignalGone,
    Works,
}

/// A button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// It is so.
    Say(Saying),
    /// What was said is taken back.
    TakeBack(Saying),
}

/// What is put before the id of an answer that is taken back.
const UNDO: &str = "undo-";

impl Saying {
    const ALL: [Saying; 4] = [Saying::HasSim, Saying::HasProfile, Saying::OldSignalGone, Saying::Works];

    fn id(self) -> &'static str {
        match self {
            Saying::HasSim => "has-sim",
            Saying::HasProfile => "has-profile",
            Saying::OldSignalGone => "old-signal-gone",
            Saying::Works => "works",
        }
    }

    fn was_said(self, said: &Said) -> bool {
        match self {
            Saying::HasSim => said.has_sim,
            Saying::HasProfile => said.has_profile,
            Saying::OldSignalGone => said.old_signal_gone,
            Saying::Works => said.works,
        }
    }
}

impl Answer {
    pub(crate) fn of_id(id: &str) -> Option<Answer> {
        let saying = |id: &str| Saying::ALL.into_iter().find(|saying| saying.id() == id);
        match id.strip_prefix(UNDO) {
            Some(said) => saying(said).map(Answer::TakeBack),
            None => saying(id).map(Answer::Say),
        }
    }

    fn id(self) -> String {
        match self {
            Answer::Say(saying) => saying.id().to_owned(),
            Answer::TakeBack(saying) => format!("{UNDO}{}", saying.id()),
        }
    }

    fn view(self, order: &LineOrder, language: Language) -> TrackAnswer {
        let label = match self {
            Answer::Say(Saying::HasSim) if order.sim == SimKind::Esim => m::start_answer_has_mail(language),
            Answer::Say(Saying::HasSim) => m::start_answer_has_sim(language),
            Answer::Say(Saying::HasProfile) => m::start_answer_has_profile(language),
            Answer::Say(Saying::OldSignalGone) => m::start_answer_old_signal_gone(language),
            Answer::Say(Saying::Works) => m::start_answer_works(language),
            Answer::TakeBack(_) => m::start_answer_undo(language),
        };
        TrackAnswer { id: self.id(), label, is_main: matches!(self, Answer::Say(_)) }
    }
}

/// The buttons of a step, the main one first.
pub(super) fn answers(step: Step, order: &LineOrder, said: &Said, drawing: &Drawing<'_>) -> Vec<TrackAnswer> {
    // What the operator says is done is not the person's to take back; what is asked all the same is.
    let is_done = order.stage == OrderStage::Done;
    let can_undo = |saying: Saying| !is_done || saying == Saying::Works && order.sim == SimKind::Esim;
    let last = Saying::ALL.into_iter().rev().find(|saying| can_undo(*saying) && saying.was_said(said));
    let asked = asked(step, order, said, drawing.now.as_millisecond()).map(Answer::Say);
    let all = asked.into_iter().chain(last.map(Answer::TakeBack));
    all.map(|answer| answer.view(order, drawing.language)).collect()
}

/// Whether the person is still asked if a line works that the operator says is done: while the code of its eSIM is kept for
/// that.
pub(super) fn asks_whether_done_works(order: &LineOrder, said: &Said) -> bool {
    order.stage == OrderStage::Done && order.sim == SimKind::Esim && !said.works
}

/// What is asked at a step. An old SIM may fall silent before the operator says a word; no line works before it begins.
fn asked(step: Step, order: &LineOrder, said: &Said, now_ms: i64) -> Option<Saying> {
    match step {
        // What holds a move up does not keep the SIM from arriving.
        Step::NumberRequested if matches!(order.stage, OrderStage::Refused | OrderStage::Waiting) => {
            (!said.has_sim).then_some(Saying::HasSim)
        }
        Step::SimReceived => Some(Saying::HasSim),
        Step::EsimInstalled => Some(Saying::HasProfile),
        Step::NumberRequested | Step::OldSignalGone => Some(Saying::OldSignalGone),
        Step::Works => (!order.is_stopped() && order.starts_later_ms(now_ms).is_none()).then_some(Saying::Works),
        Step::WifiCalling => asks_whether_done_works(order, said).then_some(Saying::Works),
        Step::Ordered | Step::Account => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_is_found_by_its_id_and_what_is_taken_back_is_one_answer() {
        let mut ids = Vec::new();
        for saying in Saying::ALL {
            for answer in [Answer::Say(saying), Answer::TakeBack(saying)] {
                assert_eq!(Answer::of_id(&answer.id()), Some(answer));
                assert!(!ids.contains(&answer.id()), "{answer:?}");
                ids.push(answer.id());
            }
        }
        for none in ["", "undo", "undo-", "undo-undo-works", "Works", "works "] {
            assert_eq!(Answer::of_id(none), None, "{none:?}");
        }
    }
}
