//! The closed word lists: what free text of operators (`usageType`, `counterType`, names) means, in fr, nl, en, de.
//! Words are written folded: lower case, without accents.

use crate::operator::tolerant::Words;
use crate::usage::model::{BucketKind, BucketStatus, OutOfBundleKind, Service, Zone};

#[rustfmt::skip]
mod list {
    pub(super) const UNLIMITED: &[&str] = &[
        "unlimited", "illimite", "illimitee", "illimites", "illimitees", "onbeperkt", "onbeperkte", "ongelimiteerd",
        "unbegrenzt", "unbegrenzte", "unlimitiert", "unmetered",
    ];
    /// How a counter of the whole allowance begins; Vodafone calls it `global`, Telenet `startunits`.
    pub(super) const TOTAL: &[&str] =
        &["total", "initial", "allowance", "allocat", "grant", "quota", "limit", "max", "includ", "start"];

    pub(super) const SMS: &[&str] = &["sms", "smses", "text", "texts", "texto", "textos"];
    pub(super) const MMS: &[&str] = &["mms"];
    pub(super) const DATA: &[&str] = &[
        "data", "internet", "gprs", "surf", "surfing", "surfen", "donnees", "daten", "datenvolumen", "volume",
    ];
    pub(super) const VOICE: &[&str] = &[
        "voice", "call", "calls", "calling", "minutes", "appel", "appels", "bellen", "belminuten", "gesprek", "gesprekken",
        "oproep", "oproepen", "anruf", "anrufe", "telefonie", "telephony", "sprache", "voix", "minuten", "spraak",
    ];
    pub(super) const CREDIT: &[&str] =
        &["monetary", "credit", "krediet", "guthaben", "beltegoed", "tegoed", "money"];

    pub(super) const ROAMING: &[&str] = &[
        "roaming", "roam", "itinerance", "rlah", "roam like at home", "abroad", "a l etranger", "in het buitenland",
        "im ausland", "in the eu", "en europe",
    ];
    pub(super) const EUROPE: &[&str] = &[
        "eu", "eea", "eee", "eer", "ewr", "ue", "europe", "europa", "european union", "union europeenne", "rlah",
        "roam like at home",
    ];
    pub(super) const OUTSIDE_EUROPE: &[&str] = &[
        "row", "outside eu", "outside the eu", "outside europe", "non eu", "hors ue", "hors de l ue", "hors europe",
        "hors de l europe", "buiten eu", "buiten de eu", "buiten europa", "ausserhalb eu", "ausserhalb der eu",
        "ausserhalb europas",
    ];
    pub(super) const WORLD: &[&str] =
        &["world", "worldwide", "monde", "wereld", "wereldwijd", "welt", "weltweit"];
    pub(super) const INTERNATIONAL: &[&str] = &[
        "international", "internationaal", "internationale", "internationaux", "auslandsgesprache", "to abroad",
        "vers l etranger", "naar het buitenland", "ins ausland",
    ];
    pub(super) const NATIONAL: &[&str] =
        &["national", "nationaal", "nationale", "nationaux", "domestic", "inland", "binnenland"];

    /// Also within a longer word.
    pub(super) const GIFT_STEMS: &[&str] = &["cadeau", "geschenk"];
    pub(super) const GIFT: &[&str] = &[
        "gift", "gifts", "bonus", "promo", "promotion", "promotie", "aktion", "offert", "offerte", "gratis", "welcome",
        "loyalty",
    ];
    pub(super) const OPTION: &[&str] = &[
        "option", "options", "optional", "optie", "opties", "optionen", "add on", "add ons", "addon", "addons", "booster",
        "boost", "extra", "extras", "pass", "top up", "topup", "supplement", "zusatz", "zusatzoption",
    ];

    /// What third parties charge: always the person's own.
    pub(super) const THIRD_PARTY: &[&str] = &[
        "third party", "third parties", "thirdparty", "premium", "pay by mobile", "mobile payment", "direct carrier billing",
        "parking", "tiers", "derden", "drittanbieter", "drittanbietern",
    ];
}

/// Whether text says unlimited.
pub(super) fn says_unlimited(text: &str) -> bool {
    Words::of(text).has_any(list::UNLIMITED)
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
        } else if words.is_any(&["global"]) || begins(list::TOTAL) {
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
    let has = |list| words.has_any(list);
    Some(match () {
        () if has(list::SMS) => Service::Sms,
        () if has(list::MMS) => Service::Mms,
        () if has(list::DATA) => Service::Data,
        () if has(list::VOICE) => Service::Voice,
        () if has(list::CREDIT) => Service::Credit,
        () => return None,
    })
}

/// Where a text says it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    /// In a zone.
    In(Zone),
    /// Roaming, without saying where.
    RoamingSomewhere,
}

/// Where a text says it counts. "Outside the EU" names the EU, so it is asked first.
pub(super) fn zone(words: &Words) -> Option<Where> {
    let has = |list| words.has_any(list);
    let outside = has(list::OUTSIDE_EUROPE);
    Some(match () {
        () if outside => Where::In(Zone::RoamingWorld),
        () if has(list::ROAMING) && has(list::WORLD) => Where::In(Zone::RoamingWorld),
        () if has(list::ROAMING) && has(list::EUROPE) => Where::In(Zone::RoamingEu),
        () if has(list::ROAMING) => Where::RoamingSomewhere,
        () if has(list::INTERNATIONAL) => Where::In(Zone::International),
        () if has(list::NATIONAL) => Where::In(Zone::National),
        () => return None,
    })
}

/// How a bucket came to the person, by its name.
pub(super) fn bucket_kind(words: &Words) -> Option<BucketKind> {
    if words.contains_any(list::GIFT_STEMS) || words.has_any(list::GIFT) {
        Some(BucketKind::Gift)
    } else if words.has_any(list::OPTION) {
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

/// What a cost beside the plan was for. None when no word tells. A premium SMS is a third party's service, whatever
/// carries it.
pub(super) fn out_of_bundle_kind(words: &Words) -> Option<OutOfBundleKind> {
    if words.has_any(list::THIRD_PARTY) {
        return Some(OutOfBundleKind::ThirdParty);
    }
    match service(words) {
        Some(Service::Data) => Some(OutOfBundleKind::Data),
        Some(Service::Voice) => Some(OutOfBundleKind::Voice),
        Some(Service::Sms | Service::Mms) => Some(OutOfBundleKind::Messages),
        Some(Service::Credit | Service::Other(_)) | None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Where::{In, RoamingSomewhere};

    #[test]
    fn usage_types_tell_what_and_where() {
        let vectors: &[(&str, Option<Service>, Option<Where>)] = &[
            ("data", Some(Service::Data), None),
            ("DATA", Some(Service::Data), None),
            ("Mobile data", Some(Service::Data), None),
            ("Données mobiles", Some(Service::Data), None),
            ("mobiele data", Some(Service::Data), None),
            ("voice national", Some(Service::Voice), Some(In(Zone::National))),
            ("national voice", Some(Service::Voice), Some(In(Zone::National))),
            ("voice international", Some(Service::Voice), Some(In(Zone::International))),
            ("OOB_INTERNATIONAL_VOICE", Some(Service::Voice), Some(In(Zone::International))),
            ("Appels vers l'étranger", Some(Service::Voice), Some(In(Zone::International))),
            ("Bellen naar het buitenland", Some(Service::Voice), Some(In(Zone::International))),
            ("Anrufe ins Ausland", Some(Service::Voice), Some(In(Zone::International))),
            ("sms", Some(Service::Sms), None),
            ("SMS/MMS", Some(Service::Sms), None),
            ("mms", Some(Service::Mms), None),
            ("monetary", Some(Service::Credit), None),
            ("Roaming data EU", Some(Service::Data), Some(In(Zone::RoamingEu))),
            ("Data à l'étranger (UE)", Some(Service::Data), Some(In(Zone::RoamingEu))),
            ("Data in het buitenland (EU)", Some(Service::Data), Some(In(Zone::RoamingEu))),
            ("Daten im Ausland (EU/EWR)", Some(Service::Data), Some(In(Zone::RoamingEu))),
            ("Data RLAH", Some(Service::Data), Some(In(Zone::RoamingEu))),
            ("roaming data outside the EU", Some(Service::Data), Some(In(Zone::RoamingWorld))),
            ("Data hors UE", Some(Service::Data), Some(In(Zone::RoamingWorld))),
            ("Data buiten de EU", Some(Service::Data), Some(In(Zone::RoamingWorld))),
            ("Daten außerhalb der EU", Some(Service::Data), Some(In(Zone::RoamingWorld))),
            ("roaming rest of world", None, Some(In(Zone::RoamingWorld))),
            ("roaming", None, Some(RoamingSomewhere)),
            ("5G boost", None, None),
            ("", None, None),
        ];
        for (text, service_expected, zone_expected) in vectors {
            let words = Words::of(text);
            assert_eq!(service(&words), *service_expected, "{text}");
            assert_eq!(zone(&words), *zone_expected, "{text}");
        }
    }

    #[test]
    fn counter_types_are_matched_by_how_they_begin() {
        for (text, role) in [
            (None, Role::Used),
            (Some("used"), Role::Used),
            (Some("USED_VOLUME"), Role::Used),
            (Some("usedunits"), Role::Used),
            (Some("consumed"), Role::Used),
            (Some("remaining"), Role::Remaining),
            (Some("remainingUnits"), Role::Remaining),
            (Some("global"), Role::Total),
            (Some("startunits"), Role::Total),
            (Some("maxValue"), Role::Total),
            (Some("overage"), Role::Over),
            (Some("outOfBucket"), Role::OutOfBundle),
            (Some("outofbundle"), Role::OutOfBundle),
            (Some("Out-of-bundle voice"), Role::OutOfBundle),
            (Some("OOB_MMS"), Role::OutOfBundle),
            (Some("reservedValue"), Role::Reserved),
            (Some("voice"), Role::Named(Service::Voice)),
            (Some("overseas"), Role::Unknown),
            (Some("mood"), Role::Unknown),
        ] {
            assert_eq!(Role::parse(text), role, "{text:?}");
        }
    }

    #[test]
    fn names_tell_gifts_and_options_from_the_plan() {
        for (name, kind) in [
            ("Main offer - data", None),
            ("RED Data Plus Bucket", None),
            ("Option Canada/USA - voice", Some(BucketKind::Option)),
            ("Data add-on 5 GB", Some(BucketKind::Option)),
            ("Optie buitenland", Some(BucketKind::Option)),
            ("Cadeau de bienvenue", Some(BucketKind::Gift)),
            ("Verjaardagscadeau", Some(BucketKind::Gift)),
            ("Weihnachtsgeschenk", Some(BucketKind::Gift)),
            ("Bonus option", Some(BucketKind::Gift)),
        ] {
            assert_eq!(bucket_kind(&Words::of(name)), kind, "{name}");
        }
    }

    #[test]
    fn costs_of_third_parties_are_told_apart() {
        for (text, kind) in [
            ("OOB_PAY_BY_MOBILE_AND_PREMIUM", Some(OutOfBundleKind::ThirdParty)),
            ("Premium SMS", Some(OutOfBundleKind::ThirdParty)),
            ("SMS parking", Some(OutOfBundleKind::ThirdParty)),
            ("Services de tiers", Some(OutOfBundleKind::ThirdParty)),
            ("Diensten van derden", Some(OutOfBundleKind::ThirdParty)),
            ("OOB_ROAMING_SMS", Some(OutOfBundleKind::Messages)),
            ("OOB_MMS", Some(OutOfBundleKind::Messages)),
            ("OOB_NATIONAL_DATA", Some(OutOfBundleKind::Data)),
            ("outOfBucketVoice", Some(OutOfBundleKind::Voice)),
            ("outOfBucket", None),
        ] {
            assert_eq!(out_of_bundle_kind(&Words::of(text)), kind, "{text}");
        }
    }

    #[test]
    fn a_status_is_matched_whatever_its_case_and_sub_state() {
        for (text, expected) in [
            ("active", Some(BucketStatus::Active)),
            (" ACTIVE ", Some(BucketStatus::Active)),
            ("Suspended", Some(BucketStatus::Suspended)),
            ("suspended.byCustomer", Some(BucketStatus::Suspended)),
            ("expired", Some(BucketStatus::Expired)),
            ("sleeping", None),
        ] {
            assert_eq!(status(text), expected, "{text}");
        }
    }

    #[test]
    fn unlimited_is_said_in_four_languages() {
        for text in ["Unlimited", "ILLIMITÉ", "appels illimités", "Onbeperkt", "unbegrenzt", "Unlimited minutes"] {
            assert!(says_unlimited(text), "{text}");
        }
        for text in ["limited", "Sms bucket exhausted", "3 GB", ""] {
            assert!(!says_unlimited(text), "{text}");
        }
    }
}
