//! The words of notification preferences: topics, channels and who decides, each a closed list; what is not in it keeps
//! the operator's own name.

use std::collections::BTreeMap;

use crate::operator::profile::{ChannelName, PreferencesApi, Profile, TopicName};
use crate::operator::tolerant::Words;
use crate::preferences::model::{About, AllowedBy, Channel};

/// A longer name is nobody's.
const LONGEST: usize = 64;

/// What an operator's own names of topics and channels mean, as its profile has it. They count before the words below.
#[derive(Debug, Clone, Copy)]
pub struct OwnNames<'a> {
    topics: &'a BTreeMap<String, TopicName>,
    channels: &'a BTreeMap<String, ChannelName>,
}

impl<'a> OwnNames<'a> {
    /// An operator without any.
    pub const NONE: OwnNames<'static> = OwnNames { topics: &BTreeMap::new(), channels: &BTreeMap::new() };

    /// Those of a profile.
    pub fn of(api: &'a PreferencesApi) -> OwnNames<'a> {
        OwnNames { topics: &api.topics, channels: &api.channels }
    }

    /// Those of an operator, which may have no preferences.
    pub fn in_profile(profile: &'a Profile) -> OwnNames<'a> {
        profile.apis.preferences.as_ref().map_or(OwnNames::NONE, OwnNames::of)
    }
}

/// The topic of a name; true when it is known.
pub(super) fn about(name: &str, own: OwnNames<'_>) -> (About, bool) {
    if let Some(topic) = own.topics.get(name) {
        return (topic_of(*topic), true);
    }
    let words = Words::of(name);
    let known = [
        (About::UsageThreshold, &["usage threshold", "usage alert", "usage"][..]),
        (About::OutOfBundle, &["out of bundle", "outofbundle"]),
        (About::BillReady, &["bill ready", "invoice ready", "bill"]),
        (About::Payment, &["payment", "payment status"]),
        (About::OrderStatus, &["order status", "order"]),
        (About::WifiCalling, &["wifi calling", "wi fi calling", "vowifi"]),
        (About::Roaming, &["roaming"]),
        (About::Marketing, &["marketing", "news"]),
    ];
    match known.into_iter().find(|(_, names)| words.is_any(names)) {
        Some((about, _)) => (about, true),
        None => (About::Other(short(name)), false),
    }
}

fn topic_of(name: TopicName) -> About {
    match name {
        TopicName::UsageThreshold => About::UsageThreshold,
        TopicName::OutOfBundle => About::OutOfBundle,
        TopicName::BillReady => About::BillReady,
        TopicName::Payment => About::Payment,
        TopicName::OrderStatus => About::OrderStatus,
        TopicName::WifiCalling => About::WifiCalling,
        TopicName::Roaming => About::Roaming,
        TopicName::Marketing => About::Marketing,
    }
}

/// The channel of a name; true when it is known.
pub(super) fn channel(name: &str, own: OwnNames<'_>) -> (Channel, bool) {
    match own.channels.get(name) {
        Some(ChannelName::Push) => return (Channel::Push, true),
        Some(ChannelName::Sms) => return (Channel::Sms, true),
        Some(ChannelName::Email) => return (Channel::Email, true),
        None => {}
    }
    let words = Words::of(name);
    let known = [
        (Channel::Push, &["push", "app", "push notification"][..]),
        (Channel::Sms, &["sms", "text message"]),
        (Channel::Email, &["email", "e mail", "mail"]),
    ];
    match known.into_iter().find(|(_, names)| words.is_any(names)) {
        Some((channel, _)) => (channel, true),
        None => (Channel::Other(short(name)), false),
    }
}

/// Who decides, where the word is known.
pub(super) fn allowed_by(name: &str) -> Option<AllowedBy> {
    let words = Words::of(name);
    if words.is_any(&["user", "customer", "person", "individual"]) {
        Some(AllowedBy::User)
    } else if words.is_any(&["employer", "company", "account", "owner"]) {
        Some(AllowedBy::Employer)
    } else if words.is_any(&["regulator", "law", "regulation"]) {
        Some(AllowedBy::Regulator)
    } else {
        None
    }
}

fn short(name: &str) -> String {
    name.chars().take(LONGEST).collect()
}
