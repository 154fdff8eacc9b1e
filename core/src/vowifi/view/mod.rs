//! What the Wi-Fi calling screen draws: two facts (the line, the phone), one step of the walk, the network check. Labels of a
//! phone are quoted exactly, in the phone's language; everything else is in the app's.
//!
//! | file | what it draws |
//! |---|---|
//! | [`step`] | one step: what to do, one question, its answers |
//! | [`path`] | the way to the switch, crumb by crumb |
//! | [`check`] | a network check in words |
//! | [`entitlement`] | an entitlement answer (TS.43) in words |
//! | [`ids`] | what steps and answers are called between core and phone |

mod check;
pub(super) mod entitlement;
pub mod ids;
pub mod path;
mod step;
#[cfg(test)]
mod tests;

use super::WifiCalling;
use super::check::verdict::not_tested;
use super::facts::{PhoneFacts, PhonePlatform};
use super::guide::choose::{Choice, choose};
use super::guide::signature::GuidesRefusal;
use super::line::Provisioned;
use super::memory::Memory;
use super::shelf::Guides;
use super::walk::{self, Answer, Stage, Step};
use crate::operator::time::timestamp;
use crate::text::dates::{self, Role};
use crate::text::notice::Notice;
use crate::text::request::{PreparedRequest, letter};
use crate::text::{Language, Text, messages};

pub use entitlement::{EntitlementState, EntitlementView};
pub use path::{CrumbView, IntentView, PathKind, PathView};

/// The Wi-Fi calling screen.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct WifiCallingView {
    /// Grows with every change.
    pub revision: u64,
    /// Which of the designed states the screen is in.
    pub phase: WifiCallingPhase,
    /// A refresh is running.
    pub refreshing: bool,
    /// The one line at the top: what is the matter. Absent when all is well.
    pub notice: Option<Notice>,
    /// "Your phone: …. Your line: …. This phone: ….", sentence by sentence.
    pub headline: Vec<Text>,
    /// Whether the operator allows it for the line.
    pub line: WifiLineState,
    /// Whether the phone has it switched on, as far as is known.
    pub phone: WifiPhoneState,
    /// "Works since 25 November (home)."
    pub works: Option<Text>,
    /// The person can name where it works ([`crate::vowifi::WifiCalling::name_place`]), or give it another name.
    pub asks_place: bool,
    /// The step the person is at. Absent until the phone told of itself ([`crate::vowifi::WifiCalling::tell`]).
    pub step: Option<WifiStepView>,
    /// There is a step before.
    pub can_go_back: bool,
    /// The last network check.
    pub check: Option<NetworkCheckView>,
    /// The operator's own short guide.
    pub short_version: Option<PathView>,
    /// Newer guides came and were refused: why.
    pub guides_refused: Option<GuidesRefusal>,
    /// The same in words.
    pub guides_note: Option<Text>,
}

/// The designed states of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum WifiCallingPhase {
    /// The operator offers no guide here: the place is absent.
    NotOffered,
    /// Nobody is signed in.
    SignedOut,
    /// The app is locked.
    Locked,
    /// There is something to show.
    Ready,
}

/// Whether the operator allows it for the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum WifiLineState {
    /// It does.
    On,
    /// It does not.
    Off,
    /// It is being switched on.
    InProgress,
    /// Nobody says.
    Unknown,
}

/// Whether the phone has it switched on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum WifiPhoneState {
    /// Not, as far as is known.
    Off,
    /// The person says so.
    SaidOn,
    /// The phone says that it is registered over Wi-Fi now.
    OnNow,
    /// It was proved.
    Works,
}

/// A step of the walk.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct WifiStepView {
    /// What it is called between core and phone; goes back with the answer.
    pub id: String,
    /// Where in the walk it is.
    pub stage: Stage,
    /// A few words.
    pub title: Text,
    /// What to do, in sentences.
    pub text: Vec<Text>,
    /// Ways to the switch, the one to begin with first.
    pub paths: Vec<PathView>,
    /// What else is worth knowing.
    pub notes: Vec<Text>,
    /// What may be answered, the main answer first. Empty: nothing follows, but one may go back.
    pub answers: Vec<AnswerView>,
    /// The operator can be asked to switch it on ([`crate::vowifi::WifiCalling::switch_on`]): the button's label.
    pub switch_on: Option<Text>,
    /// The network check belongs here ([`crate::vowifi::WifiCalling::check`]): the button's label.
    pub check: Option<Text>,
    /// The one button that is drawn as the main one. None: all are alike.
    pub main: Option<WifiStepButton>,
    /// The employer's contact can help: offer `RequestKind::WifiCalling`.
    pub ask_employer: bool,
    /// Offer [`crate::vowifi::WifiCalling::report`].
    pub report: bool,
}

/// A button of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum WifiStepButton {
    /// The one of `switch_on`.
    SwitchOn,
    /// The one of `check`.
    Check,
    /// The first of `answers`.
    FirstAnswer,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct AnswerView {
    /// What it is called between core and phone.
    pub id: String,
    /// "Yes, it is on".
    pub label: Text,
}

/// A network check in words.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct NetworkCheckView {
    /// For the icon.
    pub verdict: NetworkVerdict,
    /// One sentence.
    pub sentence: Text,
    /// One thing to do. Absent where there is nothing.
    pub action: Option<Text>,
    /// Four lines: the name, two doors, mobile data.
    pub evidence: Vec<Text>,
    /// "Checked today 14:05". Absent where none was made yet.
    pub checked: Option<Text>,
    /// Why the last tap made no check, where that is so: "check again in 40 seconds".
    pub not_made: Option<Text>,
}

/// What a network check says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum NetworkVerdict {
    /// The network lets it through.
    Open,
    /// It does not.
    Blocked,
    /// Probably not.
    ProbablyBlocked,
    /// It cannot be told.
    Inconclusive,
    /// It was not tested.
    NotTested,
}

impl WifiCallingView {
    pub(super) fn blank(revision: u64, phase: WifiCallingPhase) -> WifiCallingView {
        WifiCallingView {
            revision,
            phase,
            refreshing: false,
            notice: None,
            headline: Vec::new(),
            line: WifiLineState::Unknown,
            phone: WifiPhoneState::Off,
            works: None,
            asks_place: false,
            step: None,
            can_go_back: false,
            check: None,
            short_version: None,
            guides_refused: None,
            guides_note: None,
        }
    }
}

/// What the parts of the screen are drawn from.
#[derive(Clone, Copy)]
pub(super) struct Drawing<'d> {
    pub language: Language,
    pub operator: &'d str,
    pub ground: &'d walk::Ground,
    pub choice: Option<&'d Choice>,
    /// The operator in the guides.
    pub block: Option<&'d super::guide::model::Operator>,
    pub can_order: bool,
    pub is_check_on: bool,
    pub on_wifi_now: bool,
}

/// The screen.
pub(super) fn draw(
    room: &WifiCalling,
    memory: &Memory,
    guides: &Guides,
    facts: Option<&PhoneFacts>,
    refreshing: bool,
    blank: WifiCallingView,
) -> WifiCallingView {
    let (engine, language) = (&room.engine, room.engine.language);
    let Some(api) = room.api() else { return blank };
    let now = engine.now().at;
    let today = now.to_zoned_datetime(engine.zone.clone()).date();
    let failure = room.session.ended().map(|reason| crate::problem::Problem::SessionEnded { reason });
    let failure = failure.or_else(|| memory.failure.clone());
    let notice = failure.and_then(|problem| Notice::of(&problem, language, &engine.profile.name));
    let moment = |at_ms| dates::moment(language, Role::At, timestamp(at_ms), today, &engine.zone);
    let wait = memory.not_made.as_ref().and_then(|tried| check::still_so(tried, &engine.host.clock.now().ok()?));
    let check = match &memory.check {
        Some(kept) => Some(check::view(kept, wait, &moment(kept.at_ms), language)),
        None => wait.map(|why| check::not_made(why, language)),
    };
    let line = memory.line(now.as_millisecond());
    let mut view = WifiCallingView {
        refreshing,
        notice,
        line: line_state(line),
        check,
        guides_refused: guides.refused,
        guides_note: guides.refused.map(|why| refusal(why, language)),
        ..blank
    };
    let Some(facts) = facts else {
        view.headline = vec![line_text(line, memory.services.is_some(), language)];
        return view;
    };
    let ground = room.ground(memory, api, facts, guides);
    let choice = choose(&guides.file, &facts.phone());
    let drawing = Drawing {
        language,
        operator: &engine.profile.name,
        ground: &ground,
        choice: choice.as_ref(),
        block: room.operator_of(&guides.file, Some(facts)),
        is_check_on: guides.is_check_on,
        can_order: api.order_base_url.is_some() && memory.to_order(now.as_millisecond()).next().is_some(),
        on_wifi_now: facts.own_sims(&api.networks).any(|sim| sim.on_wifi == Some(true)),
    };
    let walked = &memory.walked;
    let at = walk::step(&walked.progress, &ground);
    let said_on = walked.progress.answered.iter().rev().find(|(step, _)| *step == Step::SwitchOn);
    let proof = walked.proof.as_ref().filter(|_| at == Step::Works);
    view.phone = if proof.is_some() {
        WifiPhoneState::Works
    } else if drawing.on_wifi_now {
        WifiPhoneState::OnNow
    } else if said_on.is_some_and(|(_, answer)| *answer == Answer::On) {
        WifiPhoneState::SaidOn
    } else {
        WifiPhoneState::Off
    };
    view.asks_place = proof.is_some();
    view.works = proof.map(|proof| {
        let since = timestamp(proof.at_ms).to_zoned_datetime(engine.zone.clone()).date();
        let date = dates::date(language, since, today);
        match &proof.network {
            Some(network) => messages::wifi_works_since_at(language, &date, &Text::foreign(network)),
            None => messages::wifi_works_since(language, &date),
        }
    });
    let phone = match view.phone {
        WifiPhoneState::Off => Some(messages::wifi_phone_off(language)),
        WifiPhoneState::SaidOn => Some(messages::wifi_phone_said_on(language)),
        WifiPhoneState::OnNow => Some(messages::wifi_phone_on_now(language)),
        WifiPhoneState::Works => view.works.clone(),
    };
    let name = messages::wifi_your_phone(language, &phone_name(facts));
    view.headline =
        [Some(name), Some(line_text(line, memory.services.is_some(), language)), phone].into_iter().flatten().collect();
    view.step = Some(step::view(&at, &drawing));
    view.can_go_back = !walked.progress.answered.is_empty();
    view.short_version = drawing.block.and_then(|block| path::published(block, &drawing));
    view
}

/// Codes only: which guide, which step, what the check found.
pub(super) fn report(
    room: &WifiCalling,
    memory: &Memory,
    guides: &Guides,
    facts: Option<&PhoneFacts>,
) -> PreparedRequest {
    let language = room.engine.language;
    let mut codes = vec![format!("guides {}", guides.file.version)];
    codes.push(format!("line {:?}", memory.provisioned()).to_lowercase());
    if let Some(why) = guides.refused {
        codes.push(format!("guides refused {why:?}").to_lowercase());
    }
    if let Some(order) = memory.order(room.engine.now_ms()) {
        codes.push(format!("order {order:?}").to_lowercase());
    }
    if let (Some(facts), Some(api)) = (facts, room.api()) {
        if let Some(choice) = choose(&guides.file, &facts.phone()) {
            codes.push(format!("guide {}", choice.guide.as_str()));
            codes.push(format!("because {:?}", choice.reasons).to_lowercase());
        }
        let at = walk::step(&memory.walked.progress, &room.ground(memory, api, facts, guides));
        codes.push(format!("step {}", ids::of_step(&at)));
        codes.extend(trail(&memory.walked.progress));
        codes.push(facts_codes(facts));
    }
    match (&memory.check, &memory.not_made) {
        (Some(kept), _) => codes.extend(check::codes(&kept.judgement)),
        (None, Some(tried)) => codes.extend(check::codes(&not_tested(tried.why))),
        (None, None) => {}
    }
    let operator = Text::foreign(&room.engine.profile.name);
    let body = format!("{}\n\n{}\n", messages::wifi_report_hello(language).text, codes.join("\n"));
    letter(messages::wifi_report_subject(language, &operator).text, body)
}

/// The last answers, so that support sees what was tried: codes only.
fn trail(progress: &walk::Progress) -> Option<String> {
    let from = progress.answered.len().saturating_sub(20);
    let last = progress.answered.iter().skip(from);
    let said: Vec<_> =
        last.map(|(step, answer)| format!("{}={}", ids::of_step(step), ids::of_answer(answer))).collect();
    (!said.is_empty()).then(|| format!("answered {}", said.join(" ")))
}

fn facts_codes(facts: &PhoneFacts) -> String {
    let said = [
        ("wifi", facts.wifi),
        ("vpn", facts.vpn),
        ("private-dns", facts.private_dns),
        ("captive", facts.captive_portal),
        ("ethernet", facts.ethernet),
        ("airplane", facts.airplane_mode),
        ("roaming", facts.roaming),
        ("restricted", facts.restricted),
        ("in-call", facts.in_call),
    ];
    let known = said.into_iter().filter_map(|(name, said)| Some(format!("{name}={}", u8::from(said?))));
    known.collect::<Vec<_>>().join(" ")
}

/// Why newer guides are not used.
fn refusal(why: GuidesRefusal, language: Language) -> Text {
    match why {
        GuidesRefusal::Untrusted => messages::wifi_guides_untrusted(language),
        GuidesRefusal::Unreadable => messages::wifi_guides_unreadable(language),
        GuidesRefusal::TooNew => messages::wifi_guides_too_new(language),
        GuidesRefusal::OutOfDate => messages::wifi_guides_out_of_date(language),
    }
}

fn line_state(provisioned: Provisioned) -> WifiLineState {
    match provisioned {
        Provisioned::On => WifiLineState::On,
        Provisioned::Off => WifiLineState::Off,
        Provisioned::InProgress => WifiLineState::InProgress,
        Provisioned::Unknown => WifiLineState::Unknown,
    }
}

fn line_text(provisioned: Provisioned, is_told: bool, language: Language) -> Text {
    match provisioned {
        Provisioned::On => messages::wifi_line_on(language),
        Provisioned::Off => messages::wifi_line_off(language),
        Provisioned::InProgress => messages::wifi_line_in_progress(language),
        Provisioned::Unknown if is_told => messages::wifi_line_unknown(language),
        Provisioned::Unknown => messages::wifi_line_not_asked(language),
    }
}

/// "iPhone, iOS 18.1", "samsung SM-S918B, Android 15".
fn phone_name(facts: &PhoneFacts) -> Text {
    let (name, system) = match facts.platform {
        PhonePlatform::Ios => ("iPhone".to_owned(), "iOS"),
        PhonePlatform::Android => (format!("{} {}", facts.maker, facts.model), "Android"),
    };
    let system = format!("{system} {}", facts.os_version);
    let parts = [name, system].map(|part| Text::foreign(part.trim()));
    Text::list(&parts.into_iter().filter(|part| !part.text.is_empty()).collect::<Vec<_>>())
}
