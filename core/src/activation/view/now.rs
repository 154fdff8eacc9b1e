//! The present step of a line in words: what to do now, what to keep at hand, by when, and what if not. What is usual and what
//! the law allows are lines of their own.

use super::answer::{TrackAnswer, answers, asks_whether_done_works};
use super::drawing::Drawing;
use super::late::tell_late;
use crate::activation::lateness::lateness;
use crate::activation::model::{LineOrder, LineState, OrderStage, RefusalReason, Said, SimCard, SimKind, Standing};
use crate::activation::track::{self, Step};
use crate::activation::working_day::Pace;
use crate::operator::time::timestamp;
use crate::text::dates::{self, Role};
use crate::text::request::{PreparedRequest, RequestKind};
use crate::text::{Language, Text, messages as m};

/// What to do now.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct TrackNowView {
    /// A few words.
    pub title: Text,
    /// What it means and what to do, in sentences.
    pub text: Vec<Text>,
    /// What to keep at hand.
    pub keep: Vec<Text>,
    /// By when: what is usual, and what the law allows.
    pub by_when: Vec<Text>,
    /// What if not.
    pub if_not: Vec<Text>,
    /// What the person can tell, for [`crate::activation::Activation::tell`]; the main answer first.
    pub answers: Vec<TrackAnswer>,
    /// The employer can help: offer this request.
    pub request: Option<RequestKind>,
    /// The operator owes compensation: a letter that asks for it. It holds the number.
    pub claim: Option<PreparedRequest>,
    /// The code of the eSIM is handed to the phone here: the main button, where it is so.
    pub esim: bool,
    /// Which SIM that is, as [`crate::activation::Activation::fetch_code`] takes it. Absent where the operator does not tell.
    pub esim_sim_id: Option<String>,
    /// Wi-Fi calling is what is left: lead there.
    pub wifi_calling: bool,
    /// The help article about this step, by its id in [`crate::help::Help::article`]. Absent where none fits.
    pub help: Option<String>,
}

fn titled(title: Text, text: Vec<Text>) -> TrackNowView {
    TrackNowView {
        title,
        text,
        keep: Vec::new(),
        by_when: Vec::new(),
        if_not: Vec::new(),
        answers: Vec::new(),
        request: None,
        claim: None,
        esim: false,
        esim_sim_id: None,
        wifi_calling: false,
        help: None,
    }
}

/// The present step, large.
pub(super) fn now(
    step: Step,
    order: &LineOrder,
    said: &Said,
    sim: Option<&SimCard>,
    drawing: &Drawing<'_>,
) -> TrackNowView {
    let mut now = match step {
        Step::Ordered => ordered(order, drawing),
        Step::SimReceived => sim_received(order, drawing),
        Step::EsimInstalled => esim_installed(drawing.language),
        Step::NumberRequested => number_requested(order, drawing),
        Step::OldSignalGone => moving(order, drawing),
        Step::Works if order.is_stopped() => stopped(order, drawing),
        Step::Works => try_it(order, drawing),
        Step::Account | Step::WifiCalling => done(order, said, sim, drawing),
    };
    if let Some(late) = lateness(order, said, drawing.now.as_millisecond()) {
        tell_late(&mut now, step, order, &late, drawing);
    }
    now.text.extend(missing(order, drawing));
    now.answers = answers(step, order, said, drawing);
    now.esim_sim_id = sim.filter(|_| now.esim).map(|sim| sim.id.clone());
    if now.esim {
        now.answers.iter_mut().for_each(|answer| answer.is_main = false);
    }
    now.help = help(step, order).map(str::to_owned);
    now
}

/// The article about a step. What holds an order up has none: there the employer helps.
fn help(step: Step, order: &LineOrder) -> Option<&'static str> {
    match step {
        Step::SimReceived | Step::EsimInstalled if order.sim == SimKind::Esim => Some("esim"),
        Step::SimReceived | Step::EsimInstalled => Some("sim-card"),
        Step::NumberRequested | Step::OldSignalGone => Some("keep-number"),
        Step::Works if order.kept.is_some() => Some("keep-number"),
        Step::Works => Some("new-number"),
        Step::Ordered | Step::Account | Step::WifiCalling => None,
    }
}

fn ordered(order: &LineOrder, drawing: &Drawing<'_>) -> TrackNowView {
    let (language, operator) = (drawing.language, drawing.operator());
    let now = match order.standing(drawing.now.as_millisecond()) {
        // No letter: the employer knows of an order that was taken back.
        Standing::Cancelled => return titled(m::start_cancelled(language), vec![m::start_cancelled_what(language)]),
        Standing::Refused(reason) => titled(m::start_refused_line(language), vec![why(reason, drawing)]),
        _ => titled(m::start_waiting(language, &operator), vec![m::start_waiting_line(language, &operator)]),
    };
    TrackNowView { request: Some(RequestKind::LineHeldUp), ..now }
}

fn sim_received(order: &LineOrder, drawing: &Drawing<'_>) -> TrackNowView {
    let language = drawing.language;
    let mut now = if order.sim == SimKind::Esim {
        let what = m::start_mail_what(language, &drawing.operator());
        TrackNowView {
            keep: vec![m::start_mail_keep(language)],
            if_not: vec![m::start_mail_if_not(language)],
            request: Some(RequestKind::EsimMailMissing),
            esim: true,
            ..titled(m::start_mail(language), vec![what])
        }
    } else {
        TrackNowView {
            keep: vec![m::start_card_keep(language)],
            if_not: vec![m::start_card_if_not(language)],
            request: Some(RequestKind::SimCardMissing),
            ..titled(m::start_card(language), vec![m::start_card_what(language)])
        }
    };
    if let Standing::Launched { pace, .. } = order.standing(drawing.now.as_millisecond())
        && order.kept.is_some()
    {
        // Its pace is none of the SIM's: the old one may fall silent before the new one is here.
        now.text.push(m::start_moving_already(language));
        match pace {
            Pace::OnTime => now.text.push(m::start_stop(language)),
            Pace::LongerThanUsual => now.text.push(m::start_longer(language)),
            Pace::Late => {}
        }
        now.by_when = by_when(order, drawing);
    } else if order.sim != SimKind::Esim {
        now.text.push(m::start_card_until(language));
    }
    now.text.extend(starts(order, drawing).map(|when| m::start_try_from(language, &when)));
    now
}

fn esim_installed(language: Language) -> TrackNowView {
    TrackNowView {
        keep: vec![m::start_mail_keep(language)],
        esim: true,
        ..titled(m::start_esim(language), vec![m::start_esim_what(language), m::start_esim_once(language)])
    }
}

fn number_requested(order: &LineOrder, drawing: &Drawing<'_>) -> TrackNowView {
    let (language, operator) = (drawing.language, drawing.operator());
    let keep = vec![m::start_both_keep(language)];
    match order.standing(drawing.now.as_millisecond()) {
        Standing::Waiting => TrackNowView {
            keep,
            request: Some(RequestKind::NumberWaits),
            ..titled(m::start_waiting(language, &operator), vec![m::start_waiting_number(language, &operator)])
        },
        Standing::Refused(reason) => TrackNowView {
            request: Some(RequestKind::NumberRefused),
            ..titled(m::start_refused(language), vec![why(reason, drawing), m::start_refused_old(language)])
        },
        Standing::Scheduled { at_ms } => TrackNowView {
            keep,
            by_when: by_when(order, drawing),
            ..titled(
                m::start_scheduled(language, &drawing.at(order, at_ms)),
                vec![m::start_scheduled_what(language), m::start_stop(language)],
            )
        },
        _ => TrackNowView {
            keep,
            by_when: vec![m::start_usual(language)],
            ..titled(m::start_check(language, &operator), vec![m::start_check_what(language), m::start_stop(language)])
        },
    }
}

fn moving(order: &LineOrder, drawing: &Drawing<'_>) -> TrackNowView {
    let language = drawing.language;
    let pace = match order.standing(drawing.now.as_millisecond()) {
        Standing::Launched { pace, .. } => pace,
        _ => Pace::OnTime,
    };
    let what = m::start_moving_what(language);
    let now = match pace {
        Pace::OnTime => titled(m::start_moving(language), vec![what, m::start_stop(language)]),
        Pace::LongerThanUsual => titled(m::start_moving(language), vec![m::start_longer(language), what]),
        Pace::Late => titled(m::start_late(language), vec![what]),
    };
    TrackNowView { keep: vec![m::start_both_keep(language)], by_when: by_when(order, drawing), ..now }
}

fn by_when(order: &LineOrder, drawing: &Drawing<'_>) -> Vec<Text> {
    let limits = order.limits_ms(drawing.now.as_millisecond());
    let law =
        limits.map(|(_, allowed_ms)| m::start_law(drawing.language, &drawing.day_that_ends(timestamp(allowed_ms))));
    std::iter::once(m::start_usual(drawing.language)).chain(law).collect()
}

/// From when a new number works, while that is to come. When a number moves, its own step says it.
fn starts(order: &LineOrder, drawing: &Drawing<'_>) -> Option<Text> {
    let at_ms = order.starts_later_ms(drawing.now.as_millisecond())?;
    Some(drawing.at(order, at_ms))
}

fn try_it(order: &LineOrder, drawing: &Drawing<'_>) -> TrackNowView {
    let (language, is_esim) = (drawing.language, order.sim == SimKind::Esim);
    let keep = vec![if is_esim { m::start_mail_keep(language) } else { m::start_card_keep(language) }];
    if let Some(when) = starts(order, drawing) {
        // To try it now would fail, and say nothing.
        let what = if is_esim { m::start_try_later_esim(language) } else { m::start_try_later_what(language) };
        return TrackNowView { keep, ..titled(m::start_try_later(language, &when), vec![what]) };
    }
    let title = if is_esim { m::start_try_esim(language) } else { m::start_try(language) };
    let code = is_esim.then(|| m::start_done_code(language));
    TrackNowView {
        keep,
        if_not: vec![m::start_try_if_not(language, &drawing.operator())],
        ..titled(title, std::iter::once(m::start_try_what(language)).chain(code).collect())
    }
}

/// The operator paused or ended the line: only the employer knows why.
fn stopped(order: &LineOrder, drawing: &Drawing<'_>) -> TrackNowView {
    let language = drawing.language;
    if order.line == Some(LineState::Ended) {
        titled(m::start_ended(language), vec![m::start_ended_what(language)])
    } else {
        titled(m::start_suspended(language, &drawing.operator()), vec![m::start_suspended_what(language)])
    }
}

/// The line works by the person, or by the operator, who does not see what is on the phone: then with a word on what if not.
fn done(order: &LineOrder, said: &Said, sim: Option<&SimCard>, drawing: &Drawing<'_>) -> TrackNowView {
    let (language, operator) = (drawing.language, drawing.operator());
    let what = m::start_done_what(language);
    let now = match order.sim {
        _ if said.works => titled(m::start_done(language), vec![what]),
        SimKind::Esim if !track::has_profile(said, sim) => TrackNowView {
            keep: vec![m::start_mail_keep(language)],
            if_not: vec![m::start_ready_if_not(language, &operator)],
            esim: true,
            ..titled(m::start_ready(language), vec![m::start_done_code(language), what])
        },
        SimKind::Card | SimKind::Unknown if !said.has_sim => TrackNowView {
            if_not: vec![m::start_ready_card_if_not(language), m::start_try_if_not(language, &operator)],
            ..titled(m::start_ready(language), vec![what])
        },
        _ => {
            let question = asks_whether_done_works(order, said).then(|| m::start_done_code(language));
            let text = question.into_iter().chain([what]).collect();
            TrackNowView {
                if_not: vec![m::start_try_if_not(language, &operator)],
                ..titled(m::start_done(language), text)
            }
        }
    };
    TrackNowView { wifi_calling: true, ..now }
}

/// What is shown of an order that the operator's list leaves out is as it was told last. One that is done is done.
fn missing(order: &LineOrder, drawing: &Drawing<'_>) -> Option<Text> {
    let told_ms = order.told_ms.filter(|_| order.missing_since_ms.is_some() && order.stage != OrderStage::Done)?;
    let told = dates::moment(drawing.language, Role::At, timestamp(told_ms), drawing.today(), drawing.zone);
    Some(m::start_missing(drawing.language, &drawing.operator(), &told))
}

fn why(reason: RefusalReason, drawing: &Drawing<'_>) -> Text {
    let language = drawing.language;
    match reason {
        RefusalReason::DonorData => m::start_refused_data(language),
        RefusalReason::DonorLineInactive => m::start_refused_inactive(language),
        RefusalReason::NotPermitted => m::start_refused_permitted(language),
        RefusalReason::Other => m::start_refused_other(language, &drawing.operator()),
    }
}
