//! The words of notification preferences: topics, channels and who decides, each a closed list; what is not in it keeps
//! the operator's own name.

use std::collections::BTreeMap;

use crate::operator::profile::{PreferencesApi, Profile, Word, Worded};
use crate::operator::tolerant::Words;
use crate::preferences::model::{About, AllowedBy, Channel};

/// A longer name is nobody's.
const LONGEST: usize = 64;

/// What an operator's own names of topics and channels mean, as its profile has it. They count before the words below.
#[derive(Debug, Clone, Copy)]
pub struct OwnNames<'a> {
    topics: &'a BTreeMap<String, Word<About>>,
    channels: &'a BTreeMap<String, Word<Channel>>,
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

/// As the contract names them.
impl Worded for About {
    const WORDS: &'static [(&'static str, About)] = &[
        ("usageThreshold", About::UsageThreshold),
        ("outOfBundle", About::OutOfBundle),
        ("billReady", About::BillReady),
        ("payment", About::Payment),
        ("orderStatus", About::OrderStatus),
        ("wifiCalling", About::WifiCalling),
        ("roaming", About::Roaming),
        ("marketing", About::Marketing),
    ];
}

/// As the contract names them.
impl Worded for Channel {
    const WORDS: &'static [(&'static str, Channel)] =
        &[("push", Channel::Push), ("sms", Channel::Sms), ("email", Channel::Email)];
}

/// The topic of a name; true when it is known.
pub(super) fn about(name: &str, own: OwnNames<'_>) -> (About, bool) {
    if let Some(Word(topic)) = own.topics.get(name) {
        return (topic.clone(), true);
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

/// The channel of a name; true when it is known.
pub(super) fn channel(name: &str, own: OwnNames<'_>) -> (Channel, bool) {
    if let Some(Word(channel)) = own.channels.get(name) {
        return (channel.clone(), true);
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
