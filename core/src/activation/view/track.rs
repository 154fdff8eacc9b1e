//! The track of a line in words: its steps, and of the present one what to do now, what to keep at hand, by when, and what if
//! not. What is usual and what the law allows are lines of their own; a move is late only once the legal day has ended.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::answer::{answers, asks_whether_done_works};
use crate::activation::lateness::{LateEnd, Lateness, lateness};
use crate::activation::memory::Memory;
use crate::activation::model::{LineOrder, LineState, OrderStage, RefusalReason, Said, SimCard, SimKind, Standing};
use crate::activation::track::{self, Step, StepState};
use crate::activation::working_day::Pace;
use crate::money::Money;
use crate::operator::time::timestamp;
use crate::problem::{Problem, SessionEnd};
use crate::text::dates::{self, Role};
use crate::text::money::money;
use crate::text::notice::Notice;
use crate::text::request::{PreparedRequest, RequestKind, letter};
use crate::text::{Language, Text, line, messages as m};

/// What the law has an operator pay for each day a move is late, as most do and as some do (BIPT).
pub const DAILY_CENTS: [i64; 2] = [300, 500];

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

/// What a track is drawn from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Drawing<'d> {
    pub language: Language,
    pub operator: &'d str,
    pub zone: &'d TimeZone,
    pub now: Timestamp,
    pub tells_orders: bool,
    pub tells_sims: bool,
    pub tells_secrets: bool,
}

impl Drawing<'_> {
    fn operator(&self) -> Text {
        Text::foreign(self.operator)
    }

    /// The agreed moment of an order, or its day where no hour is told.
    fn at(&self, order: &LineOrder, ms: i64) -> Text {
        let at = timestamp(ms);
        if order.starts_on_a_day {
            let day = at.to_zoned_datetime(self.zone.clone()).date();
            return m::start_on_day(self.language, &dates::date(self.language, day, self.today()));
        }
        dates::moment(self.language, Role::At, at, self.today(), self.zone)
    }

    /// The day that ends at that moment.
    fn day_that_ends(&self, end: Timestamp) -> Text {
        let last = end.saturating_sub(SignedDuration::from_millis(1)).unwrap_or(Timestamp::MIN);
        dates::date(self.language, last.to_zoned_datetime(self.zone.clone()).date(), self.today())
    }

    /// A day as a letter names it.
    fn day(&self, at: Timestamp) -> Text {
        dates::date_with_year(self.language, at.to_zoned_datetime(self.zone.clone()).date())
    }

    /// When the operator was asked.
    fn checked(&self, ms: i64) -> Text {
        let moment = dates::moment(self.language, Role::At, timestamp(ms), self.today(), self.zone);
        m::bills_checked(self.language, &moment)
    }

    fn today(&self) -> jiff::civil::Date {
        self.now.to_zoned_datetime(self.zone.clone()).date()
    }
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
fn now(step: Step, order: &LineOrder, said: &Said, sim: Option<&SimCard>, drawing: &Drawing<'_>) -> TrackNowView {
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
    now.answers = answers(step, order, said, drawing.language);
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
        // The letter says that the order does not come on, which the employer knows of one that was taken back.
        Standing::Cancelled => return titled(m::start_cancelled(language), vec![m::start_cancelled_what(language)]),
        Standing::Refused(reason) => titled(m::start_refused_line(language), vec![why(reason, drawing)]),
        _ => titled(m::start_waiting(language, &operator), vec![m::start_waiting_line(language, &operator)]),
    };
    TrackNowView { request: Some(RequestKind::NewLine), ..now }
}

fn sim_received(order: &LineOrder, drawing: &Drawing<'_>) -> TrackNowView {
    let language = drawing.language;
    let mut now = if order.sim == SimKind::Esim {
        let what = m::start_mail_what(language, &drawing.operator());
        TrackNowView {
            keep: vec![m::start_mail_keep(language)],
            if_not: vec![m::start_mail_if_not(language)],
            esim: true,
            ..titled(m::start_mail(language), vec![what])
        }
    } else {
        TrackNowView {
            keep: vec![m::start_card_keep(language)],
            if_not: vec![m::start_card_if_not(language)],
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
    now.text.extend(starts(order, drawing));
    now.request = Some(RequestKind::NewLine);
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
            request: Some(RequestKind::NumberMove),
            ..titled(m::start_waiting(language, &operator), vec![m::start_waiting_number(language, &operator)])
        },
        Standing::Refused(reason) => TrackNowView {
            request: Some(RequestKind::NumberMove),
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

/// What to do about a move that is late, or was, and what is due, wherever the person is.
fn tell_late(now: &mut TrackNowView, step: Step, order: &LineOrder, late: &Lateness, drawing: &Drawing<'_>) {
    let language = drawing.language;
    let allowed = drawing.day_that_ends(late.allowed_until);
    match late.end {
        LateEnd::Open => {
            // There it stands beside what is usual.
            if !matches!(step, Step::OldSignalGone | Step::SimReceived) {
                now.text.push(m::start_late_since(language, &allowed));
            }
            now.if_not.push(m::start_late_ask(language, &drawing.operator()));
        }
        LateEnd::Done(_) | LateEnd::AfterAll(_) => now.text.push(m::start_late_was(language, &allowed)),
    }
    if drawing.now < late.claim_until {
        let [daily, most] = DAILY_CENTS.map(|cents| money(language, &Money { cents, currency: "EUR".to_owned() }));
        let until = drawing.day_that_ends(late.claim_until);
        now.if_not.push(m::start_late_right(language, &daily, &most, &drawing.operator(), &until));
        now.claim = Some(claim(order, late, drawing));
    }
}

fn by_when(order: &LineOrder, drawing: &Drawing<'_>) -> Vec<Text> {
    let limits = order.limits_ms(drawing.now.as_millisecond());
    let law =
        limits.map(|(_, allowed_ms)| m::start_law(drawing.language, &drawing.day_that_ends(timestamp(allowed_ms))));
    std::iter::once(m::start_usual(drawing.language)).chain(law).collect()
}

/// From when a new number works, while that is to come. When a number moves, its own step says it.
fn starts(order: &LineOrder, drawing: &Drawing<'_>) -> Option<Text> {
    let at_ms = order.starts_ms.filter(|at_ms| *at_ms > drawing.now.as_millisecond() && order.kept.is_none())?;
    Some(m::start_try_from(drawing.language, &drawing.at(order, at_ms)))
}

fn try_it(order: &LineOrder, drawing: &Drawing<'_>) -> TrackNowView {
    let (language, is_esim) = (drawing.language, order.sim == SimKind::Esim);
    let title = if is_esim { m::start_try_esim(language) } else { m::start_try(language) };
    let from = starts(order, drawing);
    TrackNowView {
        keep: vec![if is_esim { m::start_mail_keep(language) } else { m::start_card_keep(language) }],
        if_not: vec![m::start_try_if_not(language, &drawing.operator())],
        ..titled(title, from.into_iter().chain([m::start_try_what(language)]).collect())
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

/// A letter to the operator that asks for compensation.
fn claim(order: &LineOrder, late: &Lateness, drawing: &Drawing<'_>) -> PreparedRequest {
    let (language, operator) = (drawing.language, drawing.operator());
    let number = Text::foreign(order.number.as_deref().unwrap_or("…"));
    let launched = drawing.day(late.launched);
    let latest =
        drawing.day(late.allowed_until.saturating_sub(SignedDuration::from_millis(1)).unwrap_or(Timestamp::MIN));
    let (moves, end, ask) = match late.end {
        LateEnd::Open => {
            (m::start_claim(language, &operator, &number), m::start_claim_open(language), m::start_claim_ask(language))
        }
        LateEnd::Done(at) => (
            m::start_claim_moved(language, &operator, &number),
            m::start_claim_done(language, &drawing.day(at)),
            m::start_claim_pay(language),
        ),
        LateEnd::AfterAll(at) => (
            m::start_claim_moved(language, &operator, &number),
            m::start_claim_undone(language, &drawing.day(at)),
            m::start_claim_pay(language),
        ),
    };
    // The day on which it was first seen is no day of launch.
    let launch = match late.is_launch_told {
        true => m::start_claim_launched(language, &launched, &latest),
        false => m::start_claim_under_way(language, &launched, &latest),
    };
    let hello = m::start_claim_hello(language).text;
    let body = format!("{hello}\n\n{} {} {}\n\n{}\n", moves.text, launch.text, end.text, ask.text);
    letter(m::start_claim_subject(language).text, body)
}
