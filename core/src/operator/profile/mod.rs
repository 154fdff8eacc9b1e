//! The operator profile: everything that differs from one operator to the next, as one JSON document with a version.
//! A missing or broken field is an error that names the field and its place; a missing capability hides a feature.
//!
//! Each field is described in `core/profiles/profile.schema.json`, and tests hold that to what is read here.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use url::Origin;

use super::strict::{self, Comments};
use super::units::{CycleEnd, DataBase};
use crate::problem::Problem;

mod activation;
mod alerts;
mod apis;
mod brand;
mod fault;
mod identity;
mod invoices;
mod mend;
mod place;
mod support;
mod wifi_calling;
mod word;
mod zone;

pub use activation::ActivationApi;
pub use alerts::{Alerts, SentAlert, SentAt, SentChannel, SentClass};
pub use apis::{Apis, PreferenceResource, PreferencesApi, ProductApi, QueryMode, UsageApi};
pub use brand::{Brand, Colour};
pub use fault::Fault;
pub use identity::{AccountError, Identity, Invitation, SigningAlgorithm};
pub use invoices::{ContributionCovers, ContributionPart, InvoicesApi, SplitBill, SplitPolicy};
pub use support::{Contact, ContactWay, Localised, Support, SupportPage};
pub use wifi_calling::{GuideKey, WifiCallingApi};
pub use word::{Word, Worded};

use self::fault::Faults;

/// The schema version this core reads.
pub const SCHEMA: u32 = 1;

/// What each field means, and what it may be, as JSON Schema 2020-12: for editors, and for whoever writes a profile.
pub const JSON_SCHEMA: &str = include_str!("../../../profiles/profile.schema.json");

/// An operator, as data. See `core/profiles/` for examples.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Profile {
    /// Where an editor finds [`JSON_SCHEMA`]. The core does not look.
    #[serde(rename = "$schema", default, skip_serializing)]
    pub json_schema: Option<String>,
    /// Always [`SCHEMA`].
    pub schema: u32,
    /// Short stable name, such as `telenet-business`.
    pub id: String,
    /// The operator's name as people know it.
    pub name: String,
    /// Languages the operator serves (BCP 47), its preferred first.
    pub languages: Vec<String>,
    /// IANA name of the zone in which the operator's dates are meant.
    pub time_zone: String,
    /// Where and how people sign in.
    pub identity: Identity,
    /// Where the TM Forum APIs are.
    pub apis: Apis,
    /// How the operator counts.
    #[serde(default)]
    pub units: Units,
    /// Whether a date-only end of a period is included in it.
    #[serde(default)]
    pub cycle_end: CycleEnd,
    /// When the operator warns.
    #[serde(default)]
    pub alerts: Alerts,
    /// What the apps look like.
    #[serde(default)]
    pub brand: Brand,
    /// Where people get help beside the app.
    #[serde(default)]
    pub support: Support,
    /// What the operator offers; a feature that is not listed is absent from the app.
    pub capabilities: Vec<Capability>,
    /// Which certificates are believed. Absent: those the platform trusts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trust: Option<Trust>,
    #[serde(skip)]
    origins: Vec<Origin>,
}

/// How the operator counts.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Units {
    /// What "GB" means.
    #[serde(default)]
    pub data_base: DataBase,
}

/// A feature the operator offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, uniffi::Enum)]
#[serde(rename_all = "camelCase")]
pub enum Capability {
    /// Usage (TMF677).
    Usage,
    /// The plan (TMF637).
    Plan,
    /// Notification preferences.
    Notifications,
    /// Invoices (TMF678).
    Invoices,
    /// Wi-Fi calling.
    WifiCalling,
    /// Getting started: SIM, eSIM, PIN and PUK (TMF622, TMF639).
    Activation,
}

/// Which certificates are believed.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Trust {
    /// PEM certificates of the only authorities believed.
    pub anchors_pem: String,
}

impl Profile {
    /// Reads and checks a profile. The error names the first field at fault, in the order of the text; [`Profile::faults`] has all.
    pub fn parse(json: &str) -> Result<Profile, Problem> {
        if let Ok(profile) = Self::read(json) {
            let mut faults = Faults::default();
            let origins = profile.check(&mut faults);
            if faults.is_empty() {
                return Ok(Profile { origins, ..profile });
            }
        }
        // Naming the fields costs many times as much as reading, so it waits for a fault.
        let first = Self::faults(json).into_iter().next();
        Err(first.map_or_else(fault::unknown, Problem::from))
    }

    /// Everything that is wrong with a profile, in the order of the text; nothing where [`Profile::parse`] takes it.
    pub fn faults(json: &str) -> Vec<Fault> {
        fault::all(json)
    }

    fn read(json: &str) -> serde_json::Result<Profile> {
        let mut reader = serde_json::Deserializer::from_str(json);
        let profile = strict::read(&mut reader, Comments::LeftOut).map_err(|stopped| stopped.error)?;
        reader.end().map(|()| profile)
    }

    /// Checks what types cannot say, and returns the origins of the operator's addresses.
    fn check(&self, faults: &mut Faults) -> Vec<Origin> {
        if self.schema != SCHEMA {
            faults.add("schema", format!("is {}, this core reads {SCHEMA}", self.schema));
        }
        for (field, value) in [
            ("id", &self.id),
            ("name", &self.name),
            ("identity.clientId", &self.identity.client_id),
            ("apis.usage.lineFilter", &self.apis.usage.line_filter),
        ] {
            faults.filled(field, value);
        }
        if self.apis.usage.days_filter.is_some() && self.apis.usage.query == QueryMode::QueryPost {
            faults.add("apis.usage.daysFilter", "needs a query by GET: with query-post leave it out");
        }
        if self.languages.is_empty() {
            faults.add("languages", "names no language: write at least one, such as \"nl\"");
        }
        for (at, tag) in self.languages.iter().enumerate().filter(|(_, tag)| !is_language_tag(tag)) {
            let field = format!("languages[{at}]");
            faults.add(field, format!("is no language tag (BCP 47), which is written as nl or nl-BE, not {tag:?}"));
        }
        if zone::named(&self.time_zone).is_none() {
            faults.add("timeZone", zone::unknown(&self.time_zone));
        }
        let mut origins = self.identity.check(faults);
        origins.extend(faults.https("apis.usage.baseUrl", &self.apis.usage.base_url));
        let bases = [
            ("apis.product.baseUrl", self.apis.product.as_ref().map(|product| &product.base_url)),
            ("apis.preferences.baseUrl", self.apis.preferences.as_ref().map(|preferences| &preferences.base_url)),
        ];
        origins.extend(bases.into_iter().filter_map(|(field, url)| faults.https(field, url?)));
        if let Some(invoices) = &self.apis.invoices {
            origins.append(&mut invoices.check(faults));
        }
        if let Some(wifi_calling) = &self.apis.wifi_calling {
            origins.append(&mut wifi_calling.check(faults));
        }
        if let Some(activation) = &self.apis.activation {
            origins.append(&mut activation.check(faults));
        }
        self.alerts.check(faults);
        self.support.check(faults);
        if self.trust.as_ref().is_some_and(|trust| !trust.anchors_pem.contains("-----BEGIN CERTIFICATE-----")) {
            faults.add("trust.anchorsPem", "holds no PEM certificate, which begins with -----BEGIN CERTIFICATE-----");
        }
        for (capability, name, api, is_there) in [
            (Capability::Plan, "plan", "product", self.apis.product.is_some()),
            (Capability::Notifications, "notifications", "preferences", self.apis.preferences.is_some()),
            (Capability::Invoices, "invoices", "invoices", self.apis.invoices.is_some()),
            (Capability::WifiCalling, "wifiCalling", "wifiCalling", self.apis.wifi_calling.is_some()),
            (Capability::Activation, "activation", "activation", self.apis.activation.is_some()),
        ] {
            if self.offers(capability) && !is_there {
                faults.add(format!("apis.{api}"), format!("is missing although the capability {name} is listed"));
            }
        }
        origins
    }

    /// Whether the operator offers a feature.
    pub fn offers(&self, capability: Capability) -> bool {
        self.capabilities.contains(&capability)
    }

    /// The only origins the core ever calls.
    pub fn origins(&self) -> &[Origin] {
        &self.origins
    }

    /// The zone in which the operator's dates are meant.
    pub fn zone(&self) -> TimeZone {
        zone::named(&self.time_zone).unwrap_or(TimeZone::UTC)
    }
}

/// As RFC 5646 §2.1 has the usual ones: a language of two or three letters, then subtags.
fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    matches!(language.len(), 2 | 3)
        && language.bytes().all(|letter| letter.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|sign| sign.is_ascii_alphanumeric()))
}

/// The attribute that selects what is a person's, as most operators name it.
fn party_filter() -> String {
    "relatedParty.id".to_owned()
}

#[cfg(test)]
mod schema_tests;
#[cfg(test)]
mod tests;
