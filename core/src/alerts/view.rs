//! What the Notifications screen shows of usage alerts, and what a notification says: value, bucket and until when it was
//! counted. What the operator sends itself is shown as the operator's; switching ours off never claims to stop it.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::book::{Entry, Recorded};
use super::model::{Delivery, Key, Quiet, Threshold, Trigger, time_of};
use super::settings::OwnThreshold;
use crate::operator::profile::{SentAlert, SentAt, SentChannel, SentClass};
use crate::operator::time::timestamp;
use crate::store::AlertState;
use crate::text::dates::{self, Role};
use crate::text::{Language, Text, messages, money, number};
use crate::usage::Counted;
use crate::usage::model::{Allowance, Amount, CountedAt, Money};

/// A notification to post, as it is.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Alert {
    /// Identifies the notification to the phone (iOS request identifier, Android tag): posting it again replaces it.
    pub id: String,
    /// The first line: the bucket and what it reached.
    pub title: String,
    /// The rest: the value, and until when the operator had counted.
    pub body: String,
    /// Title and body as spoken.
    pub spoken: String,
    /// What a locked phone may show to anybody: that there is something, never what.
    pub lock_screen: String,
}

/// Usage alerts on the Notifications screen.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct AlertsView {
    /// Grows with every change.
    pub revision: u64,
    /// Which of the designed states the part is in; outside `Ready` everything else is empty.
    pub phase: AlertsPhase,
    /// When this app tells everybody, as the operator decided: read-only.
    pub fixed: Vec<ThresholdView>,
    /// When it tells this person besides.
    pub own: Vec<ThresholdView>,
    /// What is sent whatever this app does: read-only.
    pub sent: Vec<SentAlertView>,
    /// That switching alerts off here does not stop those. Absent where there are none.
    pub sent_note: Option<Text>,
    /// When nobody is woken up.
    pub quiet: QuietView,
    /// What this cycle brought, newest first.
    pub told: Vec<ToldView>,
    /// When to call `due_alerts` again at the latest, in milliseconds since 1970 UTC: an alert waits for the end of the quiet
    /// hours. Absent when none does.
    pub next_due_ms: Option<i64>,
    /// The same in milliseconds from now, by the core's clock, for an app that is on the screen.
    pub next_due_in_ms: Option<u64>,
}

/// The designed states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum AlertsPhase {
    /// Nobody is signed in on this phone.
    SignedOut,
    /// The app is locked: unlock it to see anything.
    Locked,
    /// There is something to show.
    Ready,
}

/// One threshold.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ThresholdView {
    /// In words.
    pub text: Text,
    /// As it is set.
    pub threshold: OwnThreshold,
}

/// An alert that the operator sends itself.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SentAlertView {
    /// On whose behalf.
    pub kind: AlertClass,
    /// When.
    pub text: Text,
    /// Who sends it, and how.
    pub by: Text,
}

/// On whose behalf an alert is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum AlertClass {
    /// The law asks the operator for it.
    Statutory,
    /// The employer asked the operator for it.
    Employer,
    /// The person set it.
    Personal,
}

/// When nobody is woken up, by the operator's calendar.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct QuietView {
    /// In words.
    pub text: Text,
    /// When they begin: "22:00".
    pub from: Text,
    /// When they end: "07:00".
    pub to: Text,
    /// The first minute after midnight.
    pub from_minute: u16,
    /// The first minute after; the same as `from_minute` when there are no quiet hours.
    pub to_minute: u16,
}

/// An alert of this cycle.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ToldView {
    /// The id of its notification.
    pub id: String,
    /// Who asked for it: the person; none where it is the operator's choice for everybody.
    pub kind: Option<AlertClass>,
    /// The bucket and what it reached.
    pub title: Text,
    /// The value then, and until when the operator had counted.
    pub body: Text,
    /// What became of it.
    pub state: ToldState,
    /// The same in words: when it was told or will be.
    pub timing: Text,
}

/// What became of an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum ToldState {
    /// A notification was posted.
    Told,
    /// It waits: for the end of the quiet hours, or to be posted this minute.
    Waiting,
    /// It came too late to be news, and is shown here only.
    InAppOnly,
}

/// What texts are made with.
pub(super) struct Writer<'a> {
    pub language: Language,
    pub operator: &'a str,
    pub zone: &'a TimeZone,
    pub today: Date,
}

impl Writer<'_> {
    /// The notification for what is counted now.
    pub fn alert(&self, id: String, key: &Key, counted: &Counted) -> Option<Alert> {
        let (title, body) = (self.title(key, counted), self.body(counted, counted.used.as_ref()?, counted.counted_at?));
        Some(self.compose(id, &title, &body))
    }

    /// A notification that shows how one looks.
    pub fn sample(&self, id: &str) -> Alert {
        let (title, body) = (messages::alert_sample_title(self.language), messages::alert_sample_body(self.language));
        self.compose(id.to_owned(), &title, &body)
    }

    fn compose(&self, id: String, title: &Text, body: &Text) -> Alert {
        Alert {
            id,
            spoken: format!("{}. {}", title.spoken, body.spoken),
            title: title.text.clone(),
            body: body.text.clone(),
            lock_screen: messages::alert_locked(self.language).text,
        }
    }

    /// The alert as this cycle's list has it, as it was when it was crossed.
    pub fn told(&self, id: String, recorded: &Recorded, delivery: Delivery, counted: &Counted) -> ToldView {
        let Entry { key, used, counted_ms, .. } = &recorded.entry;
        let zone_assumed = counted.counted_at.is_some_and(|counted| counted.zone_assumed);
        let (state, timing) = match (recorded.state, delivery) {
            (AlertState::Posted, _) => {
                let at = dates::moment(self.language, Role::At, timestamp(recorded.at_ms), self.today, self.zone);
                (ToldState::Told, messages::alert_told(self.language, &at))
            }
            (_, Delivery::InAppOnly) => (ToldState::InAppOnly, messages::alert_in_app(self.language)),
            (_, Delivery::Now) => (ToldState::Waiting, messages::alert_waits_now(self.language)),
            (_, Delivery::At(at)) => {
                let at = dates::moment(self.language, Role::At, at, self.today, self.zone);
                (ToldState::Waiting, messages::alert_waits(self.language, &at))
            }
        };
        ToldView {
            id,
            kind: matches!(key.set, super::model::RuleSet::Own(_)).then_some(AlertClass::Personal),
            title: self.title(key, counted),
            body: self.body(counted, used, CountedAt { at: timestamp(*counted_ms), zone_assumed }),
            state,
            timing,
        }
    }

    fn title(&self, key: &Key, counted: &Counted) -> Text {
        let language = self.language;
        let reached = match key.threshold {
            // "Credit: 75% reached" would read as if that much of it were there.
            Threshold::Percent(percent) if is_money(&counted.allowance) => {
                return messages::alert_used(language, &counted.title, &number::percent(language, u64::from(percent)));
            }
            Threshold::Percent(percent) => number::percent(language, u64::from(percent)),
            Threshold::Cents(cents) => euros(language, cents),
        };
        messages::alert_reached(language, &counted.title, &reached)
    }

    fn body(&self, counted: &Counted, used: &Amount, until: CountedAt) -> Text {
        let language = self.language;
        let amount = counted.unit.with_unit(language, used);
        let what = match (&counted.bucket, &counted.allowance) {
            (None, _) => messages::out_of_bundle(language, &amount),
            (Some(_), Allowance::Finite(total)) => {
                let bare =
                    if used.same_unit(&total.amount).is_some() { counted.unit.bare(language, used) } else { amount };
                messages::used_of(language, &bare, &counted.unit.with_unit(language, &total.amount))
            }
            (Some(_), _) => messages::used(language, &amount),
        };
        let what = Text::list(&counted.label.iter().cloned().chain([what]).collect::<Vec<_>>());
        let moment = dates::moment(language, Role::Until, until.at, self.today, self.zone);
        let counted_until = if until.zone_assumed {
            messages::counted_about(language, &moment)
        } else {
            messages::counted(language, &moment)
        };
        messages::alert_body(language, &what, &counted_until)
    }

    pub fn threshold(&self, trigger: Trigger) -> ThresholdView {
        let language = self.language;
        let text = match trigger {
            Trigger::At(Threshold::Percent(percent)) => {
                messages::alert_at_share(language, &number::percent(language, u64::from(percent)))
            }
            Trigger::At(Threshold::Cents(cents)) => messages::alert_at_costs(language, &euros(language, cents)),
            Trigger::EveryCents(step) => messages::alert_every_costs(language, &euros(language, step)),
        };
        ThresholdView { text, threshold: OwnThreshold::of(trigger) }
    }

    pub fn sent(&self, alert: &SentAlert) -> SentAlertView {
        let (language, operator) = (self.language, &Text::foreign(self.operator));
        let percent = |percent: u8| number::percent(language, u64::from(percent));
        let text = match alert.at {
            SentAt::AllowancePercent(share) => messages::alert_at_share(language, &percent(share)),
            SentAt::OutOfBundleCents(cents) => messages::alert_at_costs(language, &euros(language, u64::from(cents))),
            SentAt::RoamingLimitPercent(share) => messages::alert_at_roaming(language, &percent(share)),
        };
        let by = match (alert.class, alert.channel) {
            (SentClass::Statutory, SentChannel::Sms) => messages::alert_by_sms(language, operator),
            (SentClass::Statutory, SentChannel::Email) => messages::alert_by_email(language, operator),
            (SentClass::Employer, SentChannel::Sms) => messages::alert_employer_sms(language, operator),
            (SentClass::Employer, SentChannel::Email) => messages::alert_employer_email(language, operator),
        };
        let kind = match alert.class {
            SentClass::Statutory => AlertClass::Statutory,
            SentClass::Employer => AlertClass::Employer,
        };
        SentAlertView { kind, text, by }
    }

    pub fn sent_note(&self) -> Text {
        messages::alert_sent_note(self.language, &Text::foreign(self.operator))
    }

    pub fn quiet(&self, quiet: Quiet) -> QuietView {
        let Quiet { from_minute, to_minute } = quiet;
        let at = |minute| dates::time(self.language, time_of(minute));
        let text = if from_minute == to_minute {
            messages::alert_quiet_off(self.language)
        } else {
            messages::alert_quiet(self.language, &at(from_minute), &at(to_minute))
        };
        QuietView { text, from: at(from_minute), to: at(to_minute), from_minute, to_minute }
    }
}

/// The part of the screen when there is nobody to show anything to.
pub(super) fn empty(revision: u64, phase: AlertsPhase) -> AlertsView {
    AlertsView {
        revision,
        phase,
        fixed: Vec::new(),
        own: Vec::new(),
        sent: Vec::new(),
        sent_note: None,
        quiet: QuietView {
            text: Text::plain(""),
            from: Text::plain(""),
            to: Text::plain(""),
            from_minute: 0,
            to_minute: 0,
        },
        told: Vec::new(),
        next_due_ms: None,
        next_due_in_ms: None,
    }
}

fn is_money(allowance: &Allowance) -> bool {
    matches!(allowance, Allowance::Finite(total) if matches!(total.amount, Amount::Money(_)))
}

fn euros(language: Language, cents: u64) -> Text {
    let cents = i64::try_from(cents).unwrap_or(i64::MAX);
    money::money(language, &Money { cents, currency: "EUR".to_owned() })
}

#[cfg(test)]
mod tests;
