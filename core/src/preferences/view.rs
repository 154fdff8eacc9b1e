//! What the notifications screen draws, top to bottom: topics, each with its switches, and of each switch how far the
//! person's wish has come. The phone draws, the core decides.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::machine::{Reason, Toggle, Trouble, Wait, Wish};
use super::memory::Memory;
use super::model::{About, Channel, Refusal, Value};
use crate::operator::time::timestamp;
use crate::problem::{Problem, SessionEnd};
use crate::text::dates::{self, Role};
use crate::text::line::label;
use crate::text::notice::{Notice, NoticeKind};
use crate::text::number::Number;
use crate::text::{Language, Text, messages};

/// What the person and the profile decide about the presentation, and the moment.
#[derive(Debug, Clone)]
pub(super) struct Presentation<'a> {
    pub language: Language,
    pub operator: &'a str,
    pub zone: &'a TimeZone,
    pub now: Timestamp,
    pub ended: Option<SessionEnd>,
    /// What the phone's own settings say, where they were told.
    pub settings: Option<&'a NotificationSettings>,
    /// The operator knows the phone's address, or needs none.
    pub registered: bool,
}

/// The notifications screen.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PreferencesView {
    /// Grows with every change.
    pub revision: u64,
    /// Which of the designed states the screen is in.
    pub phase: PreferencesPhase,
    /// A refresh is running. Switches stay where they are meanwhile.
    pub refreshing: bool,
    /// The one line at the top: what is the matter. Absent when all is well. That changes were lost with a damaged database is
    /// said in the first run of the app in which this is drawn.
    pub notice: Option<Notice>,
    /// How many switches wait for the operator's word.
    pub waiting: u32,
    /// The person's lines, in the operator's order.
    pub lines: Vec<LinePreferencesView>,
}

/// The designed states of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum PreferencesPhase {
    /// Nobody is signed in on this phone.
    SignedOut,
    /// The app is locked: unlock it to see anything.
    Locked,
    /// The operator has no notification preferences: the place is absent.
    NotOffered,
    /// Signed in, nothing loaded yet: a skeleton, and the reason in `notice` when it failed.
    NeverLoaded,
    /// There is something to show, or the operator said that there is nothing.
    Loaded,
}

/// One line's preferences.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct LinePreferencesView {
    /// The operator's stable id of the line.
    pub line_id: String,
    /// The masked number; a heading where there is more than one line.
    pub label: Text,
    /// Topics in the order of the screen, each with its switches.
    pub topics: Vec<PreferenceTopicView>,
}

/// What messages are about, and the ways they come.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PreferenceTopicView {
    /// For the icon.
    pub topic: PreferenceTopic,
    /// "Usage alerts".
    pub title: Text,
    /// One switch for each channel, and for each threshold where the operator has several.
    pub switches: Vec<PreferenceSwitchView>,
    /// A sentence below them, where they could be taken for more than they are: the app's own alerts are not the operator's.
    pub note: Option<Text>,
}

/// One switch.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PreferenceSwitchView {
    /// Names it to `Preferences::set`. Stable on this phone, and says nothing of the person.
    pub preference_id: String,
    /// For the icon.
    pub channel: PreferenceChannel,
    /// "SMS", "SMS from 75%".
    pub title: Text,
    /// What the switch shows: the person's wish at once, else what the operator has.
    pub on: bool,
    /// From which share of the allowance, in percent, where there is one to choose.
    pub threshold_percent: Option<u8>,
    /// Whether the person can turn it. Otherwise `status` says who decides.
    pub can_change: bool,
    /// How far the wish has come.
    pub phase: SwitchPhase,
    /// The same in words. Absent when there is nothing to say: what is sent within two seconds was never worth a word.
    pub status: Option<Text>,
    /// Button: the person has read why the last wish came to nothing (`Preferences::keep_theirs`).
    pub dismiss_label: Option<Text>,
    /// Since when the wish waits, in milliseconds since 1970 UTC.
    pub pending_since_ms: Option<i64>,
    /// Changed elsewhere: both values, and what the person can do.
    pub conflict: Option<ConflictView>,
    /// For notifications on this phone, where its settings were told: whether they would reach the person.
    pub reach: Option<ReachView>,
}

/// What the phone's own settings say of this app's notifications.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, uniffi::Record)]
pub struct NotificationSettings {
    /// Whether the app may notify at all.
    pub permission: NotificationPermission,
    /// Topics whose category or channel the person switched off in the phone's settings.
    #[uniffi(default = [])]
    pub topics_off: Vec<PreferenceTopic>,
}

/// Whether the app may notify at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, uniffi::Enum)]
pub enum NotificationPermission {
    /// The person was not asked yet: switches for this phone are off until they agree.
    NotAsked,
    /// The person, or the phone's settings, said no.
    Denied,
    /// Yes.
    Granted,
}

/// Everything that must be in order for a notification to reach the person. All four together are the effective state.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ReachView {
    /// It would reach the person.
    pub reaches: bool,
    /// The operator's preference is on.
    pub operator: bool,
    /// The app may notify.
    pub permission: bool,
    /// The topic's category or channel is on in the phone's settings.
    pub channel: bool,
    /// The operator knows this phone's address.
    pub registered: bool,
    /// The first missing link in words, where the switch is on: "Notifications for this app are off in your phone's
    /// settings".
    pub missing: Option<Text>,
    /// What mends it.
    pub fix: Option<ReachFix>,
    /// Button for it.
    pub fix_label: Option<Text>,
}

/// What mends a missing link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum ReachFix {
    /// Ask the phone for the permission to notify.
    AskPermission,
    /// Open the app's notification settings of the phone.
    OpenSettings,
    /// Ask the platform for the phone's address, and give it to `Preferences::register_push`.
    RegisterPush,
}

/// What messages are about, for the icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, uniffi::Enum)]
pub enum PreferenceTopic {
    /// A share of an allowance is used.
    UsageThreshold,
    /// Costs beside the plan.
    OutOfBundle,
    /// A new invoice.
    BillReady,
    /// An invoice is due, paid or overdue.
    Payment,
    /// A SIM, or keeping a number.
    OrderStatus,
    /// Wi-Fi calling.
    WifiCalling,
    /// Abroad.
    Roaming,
    /// News and offers.
    Marketing,
    /// Something else; the title has the operator's own name.
    Other,
}

/// How a message comes, for the icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum PreferenceChannel {
    /// A notification of this app.
    Push,
    /// A text message.
    Sms,
    /// E-mail.
    Email,
    /// Something else; the title has the operator's own name.
    Other,
}

/// How far a wish has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum SwitchPhase {
    /// Nothing is wished beside what the operator has.
    Confirmed,
    /// The wish is written down and about to be sent, or on its way.
    Sending,
    /// The wish is written down, and sent when there is a way to.
    Waiting,
    /// The operator took the wish and has yet to do it.
    Requested,
    /// Changed elsewhere: the person chooses.
    Conflict,
    /// The operator did not take the last wish, for the reason in `status`; the switch shows what the operator has.
    Refused,
    /// The last wish waited for more than thirty days and was dropped; the switch shows what the operator has.
    Expired,
}

/// A value that was changed elsewhere while the person wished another.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ConflictView {
    /// The person's own: "On from 80%".
    pub mine: Text,
    /// The one from elsewhere.
    pub theirs: Text,
    /// Button: `Preferences::keep_mine`.
    pub keep_mine_label: Text,
    /// Button: `Preferences::keep_theirs`.
    pub keep_theirs_label: Text,
}

/// A screen without anything of the person.
pub(super) fn without(revision: u64, phase: PreferencesPhase) -> PreferencesView {
    PreferencesView { revision, phase, refreshing: false, notice: None, waiting: 0, lines: Vec::new() }
}

/// The screen for what is known at a moment.
pub(super) fn preferences_view(
    memory: &Memory,
    refreshing: bool,
    presentation: &Presentation<'_>,
    revision: u64,
) -> PreferencesView {
    let lines: Vec<_> = memory.lines.iter().flat_map(|kept| &kept.model.0).collect();
    let of_line = |line_id: &str| {
        let mut toggles: Vec<(&String, &Toggle)> =
            memory.toggles.iter().filter(|(_, toggle)| toggle.line_id == line_id).collect();
        toggles.sort_by_key(|(key, toggle)| {
            let Toggle { preference, .. } = toggle;
            (preference.about.clone(), preference.channel.clone(), preference.value.threshold_percent, (*key).clone())
        });
        toggles
    };
    let loaded = !memory.listed_ms.is_empty() || !memory.toggles.is_empty();
    PreferencesView {
        revision,
        phase: if loaded { PreferencesPhase::Loaded } else { PreferencesPhase::NeverLoaded },
        refreshing,
        notice: notice(memory, presentation),
        waiting: u32::try_from(memory.pending().len()).unwrap_or(u32::MAX),
        lines: (1..)
            .zip(&lines)
            .map(|(number, line)| LinePreferencesView {
                line_id: line.id.clone(),
                label: label(presentation.language, line.msisdn.as_deref(), number, lines.len()),
                topics: topics(&of_line(&line.id), memory, presentation),
            })
            .collect(),
    }
}

fn notice(memory: &Memory, presentation: &Presentation<'_>) -> Option<Notice> {
    let language = presentation.language;
    if memory.lost {
        return Some(Notice::new(NoticeKind::Device, messages::pref_lost(language), None, language));
    }
    let ended = presentation.ended.map(|reason| Problem::SessionEnded { reason });
    let problem =
        ended.or_else(|| memory.failure.clone().filter(|problem| !matches!(problem, Problem::SessionEnded { .. })))?;
    match problem {
        // The usual words speak of figures.
        Problem::Offline => Some(Notice::saying(messages::pref_offline(language), &problem, language)),
        problem => Notice::of(&problem, language, presentation.operator),
    }
}

fn topics(
    toggles: &[(&String, &Toggle)],
    memory: &Memory,
    presentation: &Presentation<'_>,
) -> Vec<PreferenceTopicView> {
    let mut topics: Vec<(&About, PreferenceTopicView)> = Vec::new();
    for (key, toggle) in toggles {
        let about = &toggle.preference.about;
        let drawn = switch(key, toggle, memory, presentation);
        match topics.last_mut().filter(|(last, _)| *last == about) {
            Some((_, topic)) => topic.switches.push(drawn),
            None => {
                let (topic, title) = titled(about, presentation.language);
                topics.push((about, PreferenceTopicView { topic, title, switches: vec![drawn], note: None }));
            }
        }
    }
    let noted =
        topics.into_iter().map(|(_, topic)| PreferenceTopicView { note: app_alerts(&topic, presentation), ..topic });
    noted.collect()
}

/// Which switch the app's own alerts do not depend on, under the topics that they are about as well.
fn app_alerts(topic: &PreferenceTopicView, presentation: &Presentation<'_>) -> Option<Text> {
    let alerted = matches!(topic.topic, PreferenceTopic::UsageThreshold | PreferenceTopic::OutOfBundle);
    let language = presentation.language;
    let has_push = topic.switches.iter().any(|switch| switch.channel == PreferenceChannel::Push);
    (alerted && has_push).then(|| {
        let (name, operator) = (messages::pref_channel_push(language), Text::foreign(presentation.operator));
        messages::pref_app_alerts(language, &name, &operator)
    })
}

fn switch(key: &str, toggle: &Toggle, memory: &Memory, presentation: &Presentation<'_>) -> PreferenceSwitchView {
    let language = presentation.language;
    let fixed = toggle.preference.fixed();
    let shown = toggle.shown();
    let (channel, name) = channel(&toggle.preference.channel, language);
    let (phase, status) = phase(toggle, memory, presentation);
    let conflict = match &toggle.trouble {
        Some(Trouble::Conflict { mine }) => Some(ConflictView {
            mine: value(*mine, toggle.preference.value, language),
            theirs: value(toggle.preference.value, *mine, language),
            keep_mine_label: messages::pref_keep_mine(language),
            keep_theirs_label: messages::pref_keep_theirs(language),
        }),
        _ => None,
    };
    let pending = toggle.queued.as_ref().or(toggle.flight.as_ref().map(|flight| &flight.wish));
    PreferenceSwitchView {
        preference_id: key.to_owned(),
        channel,
        title: match shown.threshold_percent {
            Some(percent) => messages::pref_from_percent(language, &name, &percent_text(percent, language)),
            None => name,
        },
        on: shown.enabled && (pending.is_some() || !is_unasked(&toggle.preference.channel, presentation)),
        threshold_percent: shown.threshold_percent,
        can_change: fixed.is_none(),
        phase,
        dismiss_label: matches!(phase, SwitchPhase::Refused | SwitchPhase::Expired)
            .then(|| messages::labels::close(language)),
        status: status
            .filter(|_| !is_sent_at_once(phase, pending, presentation))
            .or_else(|| fixed.map(|reason| refusal(reason, presentation))),
        pending_since_ms: pending.map(|wish| wish.at_ms),
        conflict,
        reach: reach(toggle, shown, presentation),
    }
}

/// What is sent within this time was never worth a word.
pub(super) const WORTH_SAYING_MS: i64 = 2_000;

/// Whether a wish may still be sent before anybody has read that it is being sent.
fn is_sent_at_once(phase: SwitchPhase, pending: Option<&Wish>, presentation: &Presentation<'_>) -> bool {
    let waited_ms = |wish: &Wish| presentation.now.as_millisecond().saturating_sub(wish.at_ms);
    phase == SwitchPhase::Sending && pending.is_some_and(|wish| (0..WORTH_SAYING_MS).contains(&waited_ms(wish)))
}

/// A notification on this phone to which nobody has agreed yet.
fn is_unasked(channel: &Channel, presentation: &Presentation<'_>) -> bool {
    let not_asked = presentation.settings.is_some_and(|told| told.permission == NotificationPermission::NotAsked);
    *channel == Channel::Push && not_asked
}

fn reach(toggle: &Toggle, shown: Value, presentation: &Presentation<'_>) -> Option<ReachView> {
    let settings = presentation.settings.filter(|_| toggle.preference.channel == Channel::Push)?;
    let language = presentation.language;
    let (topic, _) = titled(&toggle.preference.about, language);
    let operator = toggle.preference.value.enabled;
    let permission = settings.permission == NotificationPermission::Granted;
    let channel = !settings.topics_off.contains(&topic);
    let registered = presentation.registered;
    let settings_off = |text| (text, ReachFix::OpenSettings, messages::action_settings(language));
    let missing = match settings.permission {
        _ if !shown.enabled => None,
        NotificationPermission::NotAsked => Some((
            messages::pref_reach_not_asked(language),
            ReachFix::AskPermission,
            messages::pref_reach_ask(language),
        )),
        NotificationPermission::Denied => Some(settings_off(messages::pref_reach_denied(language))),
        NotificationPermission::Granted if !channel => Some(settings_off(messages::pref_reach_channel_off(language))),
        NotificationPermission::Granted if !registered => Some((
            messages::pref_reach_not_registered(language),
            ReachFix::RegisterPush,
            messages::action_try_again(language),
        )),
        NotificationPermission::Granted => None,
    };
    let (text, fix, label) =
        missing.map_or((None, None, None), |(text, fix, label)| (Some(text), Some(fix), Some(label)));
    Some(ReachView {
        reaches: operator && permission && channel && registered,
        operator,
        permission,
        channel,
        registered,
        missing: text,
        fix,
        fix_label: label,
    })
}

fn phase(toggle: &Toggle, memory: &Memory, presentation: &Presentation<'_>) -> (SwitchPhase, Option<Text>) {
    let language = presentation.language;
    if toggle.is_pending() {
        let now_ms = presentation.now.as_millisecond();
        let asked = memory.asked_to_wait(now_ms);
        let accepted = toggle.flight.as_ref().is_some_and(|flight| flight.accepted_ms.is_some());
        let no_way = (memory.failure == Some(Problem::Offline)).then_some(Reason::NoWay);
        let operator = Text::foreign(presentation.operator);
        return match asked {
            _ if accepted => (SwitchPhase::Requested, Some(messages::pref_requested(language, &operator))),
            _ if presentation.ended.is_some() => {
                (SwitchPhase::Waiting, Some(messages::pref_waits_for_sign_in(language)))
            }
            Some(Wait { until_ms, .. }) => {
                let today = presentation.now.to_zoned_datetime(presentation.zone.clone()).date();
                let after = dates::moment(language, Role::After, timestamp(until_ms), today, presentation.zone);
                (SwitchPhase::Waiting, Some(messages::pref_waits_until(language, &after)))
            }
            None => match toggle.wait.map(|wait| wait.reason).or(no_way) {
                Some(Reason::NoWay) => (SwitchPhase::Waiting, Some(messages::pref_waits(language))),
                Some(Reason::Unable) => {
                    (SwitchPhase::Waiting, Some(messages::pref_waits_operator(language, &operator)))
                }
                Some(Reason::Other | Reason::Asked | Reason::PutOff { .. }) => {
                    (SwitchPhase::Waiting, Some(messages::pref_waits_again(language)))
                }
                None => (SwitchPhase::Sending, Some(messages::pref_sending(language))),
            },
        };
    }
    match &toggle.trouble {
        Some(Trouble::Conflict { .. }) => (SwitchPhase::Conflict, Some(messages::pref_changed_elsewhere(language))),
        Some(Trouble::Refused { reason, .. }) => (SwitchPhase::Refused, Some(refusal(*reason, presentation))),
        Some(Trouble::Expired { .. }) => (SwitchPhase::Expired, Some(messages::pref_expired(language))),
        None => (SwitchPhase::Confirmed, None),
    }
}

fn refusal(reason: Refusal, presentation: &Presentation<'_>) -> Text {
    let (language, operator) = (presentation.language, Text::foreign(presentation.operator));
    match reason {
        Refusal::Employer => messages::pref_by_employer(language),
        Refusal::Law => messages::pref_by_law(language),
        Refusal::NotPermitted => messages::pref_not_permitted(language, &operator),
        Refusal::NotOffered => messages::pref_not_offered(language, &operator),
        Refusal::NotAccepted => messages::pref_not_accepted(language, &operator),
        Refusal::NotConfirmed => messages::pref_not_confirmed(language, &operator),
    }
}

/// A value beside another one: from where on it would be counts where it is on, or where nothing else tells them apart.
fn value(value: Value, other: Value, language: Language) -> Text {
    let Value { enabled, threshold_percent } = value;
    let state = if enabled { messages::pref_on(language) } else { messages::pref_off(language) };
    match threshold_percent.filter(|_| enabled || !other.enabled) {
        Some(percent) => messages::pref_from_percent(language, &state, &percent_text(percent, language)),
        None => state,
    }
}

fn percent_text(percent: u8, language: Language) -> Text {
    let number = Number::whole(language, percent.into());
    Text {
        spoken: messages::percent_spoken(language, &number).spoken,
        ..crate::text::number::percent(language, percent.into())
    }
}

fn titled(about: &About, language: Language) -> (PreferenceTopic, Text) {
    match about {
        About::UsageThreshold => (PreferenceTopic::UsageThreshold, messages::pref_topic_usage(language)),
        About::OutOfBundle => (PreferenceTopic::OutOfBundle, messages::pref_topic_out_of_bundle(language)),
        About::BillReady => (PreferenceTopic::BillReady, messages::pref_topic_bill(language)),
        About::Payment => (PreferenceTopic::Payment, messages::pref_topic_payment(language)),
        About::OrderStatus => (PreferenceTopic::OrderStatus, messages::pref_topic_order(language)),
        About::WifiCalling => (PreferenceTopic::WifiCalling, messages::pref_topic_wifi_calling(language)),
        About::Roaming => (PreferenceTopic::Roaming, messages::pref_topic_roaming(language)),
        About::Marketing => (PreferenceTopic::Marketing, messages::pref_topic_news(language)),
        About::Other(name) => (PreferenceTopic::Other, Text::foreign(name)),
    }
}

fn channel(channel: &Channel, language: Language) -> (PreferenceChannel, Text) {
    match channel {
        Channel::Push => (PreferenceChannel::Push, messages::pref_channel_push(language)),
        Channel::Sms => (PreferenceChannel::Sms, messages::pref_channel_sms(language)),
        Channel::Email => (PreferenceChannel::Email, messages::pref_channel_email(language)),
        Channel::Other(name) => (PreferenceChannel::Other, Text::foreign(name)),
    }
}

#[cfg(test)]
mod tests;
