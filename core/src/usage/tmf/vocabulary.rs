//! The closed word lists: what free text of operators (`usageType`, `counterType`, names) means, in fr, nl, en, de.
//! Words are written folded: lower case, without accents.

use crate::operator::tolerant::Words;
use crate::usage::model::{BucketKind, BucketStatus, OutOfBundleKind, Service, Zone};

/// Whether text says unlimited.
pub(super) fn says_unlimited(text: &str) -> bool {
    Words::of(text).has_any(&[
        "unlimited",
        "illimite",
        "illimitee",
        "illimites",
        "illimitees",
        "onbeperkt",
        "onbeperkte",
        "ongelimiteerd",
        "unbegrenzt",
        "unbegrenzte",
        "unlimitiert",
        "unmetered",
    ])
}

/// What a counter counts (`counterType`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// Consumed.
    Used,
    /// Left.
    Remaining,
    /// The whole allowance. Vodafone calls it `global`.
    Total,
    /// Consumed beyond the allowance.
    Over,
    /// A cost beside the plan.
    OutOfBundle,
    /// Named by the service it counts: `voice`, `sms`.
    Named(Service),
    /// Kept by the network for a running connection; what remains is net of it.
    Reserved,
    /// Something else.
    Unknown,
}

impl Role {
    /// By alias or beginning. No counterType at all is a counter of use, as in the first generation.
    pub(super) fn parse(text: Option<&str>) -> Self {
        let Some(text) = text else { return Role::Used };
        let words = Words::of(text);
        let begins = |stems: &[&str]| words.begins_with_any(stems);
        if begins(&["out of b", "outofb", "oob"]) {
            Role::OutOfBundle
        } else if begins(&["used", "usage", "consum"]) {
            Role::Used
        } else if begins(&["remain", "available", "balance"]) || words.starts_with_any(&["left"]) {
            Role::Remaining
        } else if begins(&["reserv"]) {
            Role::Reserved
        } else if begins(&["overage", "exceed", "excess"]) || words.starts_with_any(&["over"]) {
            Role::Over
        } else if words.is_any(&["global"])
            || begins(&[
                "total",
                "initial",
                "allowance",
                "allocat",
                "grant",
                "quota",
                "limit",
                "max",
                "includ",
                "start",
            ])
        {
            Role::Total
        } else {
            service(&words).map_or(Role::Unknown, Role::Named)
        }
    }
}

/// How far a counter reaches (`level`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// The whole bucket.
    Global,
    /// One user's part.
    PerUser,
    /// Not said.
    Unsaid,
    /// Another part, such as one tariff's.
    Other,
}

impl Level {
    pub(super) fn parse(text: Option<&str>) -> Self {
        let Some(text) = text else { return Level::Unsaid };
        let words = Words::of(text);
        if words.starts_with_any(&["global", "total", "aggregated"]) {
            Level::Global
        } else if words.has_any(&["user", "users", "member", "members", "detailed"]) {
            Level::PerUser
        } else {
            Level::Other
        }
    }
}

/// What a text says is counted.
pub(super) fn service(words: &Words) -> Option<Service> {
    if words.has_any(&["sms", "sms mms", "text", "texts", "texto", "textos", "smses"]) {
        Some(Service::Sms)
    } else if words.has_any(&["mms"]) {
        Some(Service::Mms)
    } else if words.has_any(&[
        "data",
        "internet",
        "gprs",
        "surf",
        "surfing",
        "surfen",
        "donnees",
        "daten",
        "datenvolumen",
        "volume",
        "mobile data",
    ]) {
        Some(Service::Data)
    } else if words.has_any(&[
        "voice",
        "call",
        "calls",
        "calling",
        "minutes",
        "appel",
        "appels",
        "bellen",
        "belminuten",
        "gesprek",
        "gesprekken",
        "oproep",
        "oproepen",
        "anruf",
        "anrufe",
        "telefonie",
        "telephony",
        "sprache",
        "voix",
        "minuten",
        "spraak",
    ]) {
        Some(Service::Voice)
    } else if words.has_any(&["monetary", "credit", "krediet", "guthaben", "beltegoed", "money", "tegoed"]) {
        Some(Service::Credit)
    } else {
        None
    }
}

/// Where a text says it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    /// In a zone.
    In(Zone),
    /// Roaming, without saying where.
    RoamingSomewhere,
}

pub(super) fn zone(words: &Words) -> Option<Where> {
    let world = words.has_any(&[
        "row",
        "rest of world",
        "rest of the world",
        "world",
        "outside eu",
        "outside the eu",
        "outside europe",
        "non eu",
        "hors ue",
        "hors de l ue",
        "hors europe",
        "hors de l europe",
        "reste du monde",
        "monde",
        "buiten eu",
        "buiten de eu",
        "buiten europa",
        "rest van de wereld",
        "wereld",
        "ausserhalb eu",
        "ausserhalb der eu",
        "ausserhalb europas",
        "rest der welt",
        "welt",
        "worldwide",
        "wereldwijd",
        "weltweit",
    ]);
    let europe = words.has_any(&[
        "eu",
        "eea",
        "eee",
        "eer",
        "ewr",
        "europe",
        "europa",
        "european union",
        "ue",
        "union europeenne",
        "rlah",
        "roam like at home",
    ]);
    let roaming = words.has_any(&["roaming", "roam", "itinerance", "rlah", "roam like at home"])
        || words.has_any(&["abroad", "a l etranger", "in het buitenland", "im ausland", "in the eu", "en europe"]);
    let international = words.has_any(&[
        "international",
        "internationaal",
        "internationale",
        "internationaux",
        "internationaal",
        "auslandsgesprache",
        "to abroad",
        "vers l etranger",
        "naar het buitenland",
        "ins ausland",
    ]);
    if roaming {
        Some(match (world, europe) {
            (true, _) => Where::In(Zone::RoamingWorld),
            (false, true) => Where::In(Zone::RoamingEu),
            (false, false) => Where::RoamingSomewhere,
        })
    } else if international {
        Some(Where::In(Zone::International))
    } else if words.has_any(&["national", "nationaal", "nationale", "nationaux", "domestic", "inland", "binnenland"]) {
        Some(Where::In(Zone::National))
    } else if words.has_any(&["row", "hors ue", "buiten eu", "outside eu", "non eu"]) {
        Some(Where::In(Zone::RoamingWorld))
    } else {
        None
    }
}

/// How a bucket came to the person, by its name.
pub(super) fn bucket_kind(words: &Words) -> Option<BucketKind> {
    if words.contains_any(&["cadeau", "geschenk"])
        || words.has_any(&[
            "gift",
            "gifts",
            "bonus",
            "promo",
            "promotion",
            "promotie",
            "aktion",
            "offert",
            "offerte",
            "gratis",
            "welcome",
            "loyalty",
        ])
    {
        Some(BucketKind::Gift)
    } else if words.has_any(&[
        "option",
        "options",
        "optie",
        "opties",
        "optional",
        "optionen",
        "add on",
        "addon",
        "add ons",
        "addons",
        "booster",
        "boost",
        "extra",
        "extras",
        "pass",
        "top up",
        "topup",
        "supplement",
        "zusatz",
        "zusatzoption",
        "bundle extra",
    ]) {
        Some(BucketKind::Option)
    } else {
        None
    }
}

/// A bucket's `status`, also with a dotted sub-state. None when it is no known one.
pub(super) fn status(text: &str) -> Option<BucketStatus> {
    let words = Words::of(text);
    if words.starts_with_any(&["active", "activated", "actif", "actief", "aktiv"]) {
        Some(BucketStatus::Active)
    } else if words.starts_with_any(&["suspended", "paused", "blocked"]) {
        Some(BucketStatus::Suspended)
    } else if words.starts_with_any(&["expired", "terminated", "inactive", "ended"]) {
        Some(BucketStatus::Expired)
    } else {
        None
    }
}

/// What a cost beside the plan was for. None when no word tells.
pub(super) fn out_of_bundle_kind(words: &Words) -> Option<OutOfBundleKind> {
    // First: a premium SMS is a third party's service, whatever carries it.
    if words.has_any(&[
        "third party",
        "third parties",
        "thirdparty",
        "premium",
        "pay by mobile",
        "mobile payment",
        "parking",
        "tiers",
        "services tiers",
        "derden",
        "diensten van derden",
        "drittanbieter",
        "drittanbietern",
        "direct carrier billing",
    ]) {
        return Some(OutOfBundleKind::ThirdParty);
    }
    match service(words) {
        Some(Service::Data) => Some(OutOfBundleKind::Data),
        Some(Service::Voice) => Some(OutOfBundleKind::Voice),
        Some(Service::Sms | Service::Mms) => Some(OutOfBundleKind::Messages),
        Some(Service::Credit | Service::Other(_)) | None => None,
    }
}
