//! The words of notification preferences: topics, channels and who decides, each a closed list; what is not in it keeps
//! the operator's own name.

use crate::operator::tolerant::Words;
use crate::preferences::model::{About, AllowedBy, Channel};

/// A longer name is nobody's.
const LONGEST: usize = 64;

/// The topic of a name; true when it is known.
pub(super) fn about(name: &str) -> (About, bool) {
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
pub(super) fn channel(name: &str) -> (Channel, bool) {
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
