//! The track of a line: its steps, of which the present one is large.

use super::drawing::Drawing;
use super::now::{TrackNowView, now};
use crate::activation::model::{LineOrder, Said, SimCard, SimKind};
use crate::activation::track::{self, Step, StepState};
use crate::text::{Language, Text, line, messages as m};

/// A line that was ordered.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct LineTrackView {
    /// What it is called between core and phone.
    pub id: String,
    /// "0470 •• •• 56", or "Your new line".
    pub title: Text,
    /// "eSIM, your own number".
    pub case: Text,
    /// The steps, top to bottom.
    pub steps: Vec<TrackStepView>,
    /// The present one, large.
    pub now: TrackNowView,
    /// The line works: getting started leaves the first place of the app.
    pub finished: bool,
}

/// A step of the track.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct TrackStepView {
    /// "Old SIM without network".
    pub title: Text,
    /// For the icon.
    pub state: TrackStepState,
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum TrackStepState {
    /// Done.
    Done,
    /// The person is here.
    Current,
    /// It comes later.
    Ahead,
    /// It does not go on here.
    Failed,
}

/// The track of an order.
pub(crate) fn view(order: &LineOrder, said: &Said, sim: Option<&SimCard>, drawing: &Drawing<'_>) -> LineTrackView {
    let (language, now_ms) = (drawing.language, drawing.now.as_millisecond());
    let track = track::track(order, said, sim, now_ms);
    let here = track::current(&track).unwrap_or((Step::WifiCalling, StepState::Current));
    let steps = track.iter().map(|(step, state)| TrackStepView {
        title: step_title(*step, order, language),
        state: match state {
            StepState::Done => TrackStepState::Done,
            StepState::Current => TrackStepState::Current,
            StepState::Ahead => TrackStepState::Ahead,
            StepState::Failed => TrackStepState::Failed,
        },
    });
    LineTrackView {
        id: order.id.clone(),
        title: match &order.number {
            Some(number) => line::label(language, Some(number), 1, 1),
            None => m::start_new_line(language),
        },
        case: case(order, language),
        steps: steps.collect(),
        now: now(here.0, order, said, sim, drawing),
        finished: here.0 == Step::WifiCalling,
    }
}

fn step_title(step: Step, order: &LineOrder, language: Language) -> Text {
    match step {
        Step::Ordered => m::start_step_ordered(language),
        Step::SimReceived if order.sim == SimKind::Esim => m::start_step_mail(language),
        Step::SimReceived => m::start_step_sim(language),
        Step::EsimInstalled => m::start_step_esim(language),
        Step::NumberRequested => m::start_step_number(language),
        Step::OldSignalGone => m::start_step_old_signal(language),
        Step::Works => m::start_step_works(language),
        Step::Account => m::start_step_account(language),
        Step::WifiCalling => m::start_step_wifi(language),
    }
}

fn case(order: &LineOrder, language: Language) -> Text {
    match (order.sim, order.kept.is_some()) {
        (SimKind::Card, false) => m::start_case_card_new(language),
        (SimKind::Card, true) => m::start_case_card_kept(language),
        (SimKind::Esim, false) => m::start_case_esim_new(language),
        (SimKind::Esim, true) => m::start_case_esim_kept(language),
        (SimKind::Unknown, false) => m::start_case_new(language),
        (SimKind::Unknown, true) => m::start_case_kept(language),
    }
}
