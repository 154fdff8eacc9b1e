//! The operator profile: everything that differs from one operator to the next, as one JSON document with a version.
//! A missing or broken field is an error that names the field and its place; a missing capability hides a feature.
//!
//! Each field is described in `core/profiles/profile.schema.json`, and tests hold that to what is read here.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use url::{Origin, Url};

use super::units::{CycleEnd, DataBase};
use crate::problem::Problem;

mod activation;
mod alerts;
mod apis;
mod brand;
mod fault;
mod identity;
mod invoices;
mod strict;
mod support;
mod wifi_calling;

pub use activation::ActivationApi;
pub use alerts::{Alerts, SentAlert, SentAt, SentChannel, SentClass};
pub use apis::{Apis, ChannelName, PreferenceResource, PreferencesApi, ProductApi, QueryMode, TopicName, UsageApi};
pub use brand::{Brand, Colour};
pub use identity::{AccountError, Identity, Invitation, SigningAlgorithm};
pub use invoices::{ContributionCovers, ContributionPart, InvoicesApi, SplitBill, SplitPolicy};
pub use support::{Contact, ContactWay, Localised, Support, SupportPage};
pub use wifi_calling::{GuideKey, WifiCallingApi};

use self::fault::fault;
use self::strict::Strict;

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
    /// Reads and checks a profile. The error names the first field at fault.
    pub fn parse(json: &str) -> Result<Profile, Problem> {
        // Naming the field costs as much again as reading, so it waits for a fault.
        let profile = Self::read(json).map_err(|_| fault::of_unreadable(json))?;
        let origins = profile.check().map_err(|problem| fault::placed(json, &problem))?;
        Ok(Profile { origins, ..profile })
    }

    fn read(json: &str) -> serde_json::Result<Profile> {
        let mut reader = serde_json::Deserializer::from_str(json);
        let profile = Profile::deserialize(Strict(&mut reader))?;
        reader.end().map(|()| profile)
    }

    /// Checks what types cannot say, and returns the origins of the operator's addresses.
    fn check(&self) -> Result<Vec<Origin>, Problem> {
        if self.schema != SCHEMA {
            return Err(fault("schema", format!("is {}, this core reads {SCHEMA}", self.schema)));
        }
        for (field, value) in [
            ("id", &self.id),
            ("name", &self.name),
            ("identity.clientId", &self.identity.client_id),
            ("identity.redirectUri", &self.identity.redirect_uri),
            ("apis.usage.lineFilter", &self.apis.usage.line_filter),
        ] {
            if value.trim().is_empty() {
                return Err(fault(field, "is empty: the operator fills it in"));
            }
        }
        if self.apis.usage.days_filter.is_some() && self.apis.usage.query == QueryMode::QueryPost {
            return Err(fault("apis.usage.daysFilter", "needs a query by GET"));
        }
        if self.languages.is_empty() {
            return Err(fault("languages", "names no language"));
        }
        zone_named(&self.time_zone)?;
        let mut origins = vec![
            https("identity.issuer", &self.identity.issuer)?.origin(),
            https("apis.usage.baseUrl", &self.apis.usage.base_url)?.origin(),
        ];
        if let Some(product) = &self.apis.product {
            origins.push(https("apis.product.baseUrl", &product.base_url)?.origin());
        }
        if let Some(preferences) = &self.apis.preferences {
            origins.push(https("apis.preferences.baseUrl", &preferences.base_url)?.origin());
        }
        if let Some(invoices) = &self.apis.invoices {
            origins.append(&mut invoices.check()?);
        }
        if let Some(wifi_calling) = &self.apis.wifi_calling {
            origins.append(&mut wifi_calling.check()?);
        }
        if let Some(activation) = &self.apis.activation {
            origins.append(&mut activation.check()?);
        }
        for origin in &self.identity.origins {
            origins.push(https("identity.origins", origin)?.origin());
        }
        is_address("identity.redirectUri", &self.identity.redirect_uri)?;
        if let Some(uri) = &self.identity.post_logout_redirect_uri {
            is_address("identity.postLogoutRedirectUri", uri)?;
        }
        if let Some(url) = &self.identity.registration_url {
            https_page("identity.registrationUrl", url)?;
        }
        if let Some(invitation) = &self.identity.invitation {
            https("identity.invitation.link", &invitation.link)?;
        }
        if self.identity.id_token_algorithms.is_empty() {
            return Err(fault("identity.idTokenAlgorithms", "names no algorithm"));
        }
        if !self.identity.scopes.iter().any(|scope| scope == "openid") {
            return Err(fault("identity.scopes", "lacks openid"));
        }
        let thresholds = &self.alerts.thresholds_percent;
        if !thresholds.iter().all(|percent| (1..=100).contains(percent)) || !thresholds.is_sorted() {
            return Err(fault("alerts.thresholdsPercent", "are not ascending percentages from 1 to 100"));
        }
        if self.alerts.step_cents == Some(0) {
            return Err(fault("alerts.stepCents", "is no step"));
        }
        self.alerts.check_sent()?;
        self.support.check()?;
        if self.trust.as_ref().is_some_and(|trust| !trust.anchors_pem.contains("-----BEGIN CERTIFICATE-----")) {
            return Err(fault("trust.anchorsPem", "holds no PEM certificate"));
        }
        if self.capabilities.contains(&Capability::Plan) && self.apis.product.is_none() {
            return Err(fault("apis.product", "is missing although the capability plan is listed"));
        }
        if self.capabilities.contains(&Capability::Notifications) && self.apis.preferences.is_none() {
            return Err(fault("apis.preferences", "is missing although the capability notifications is listed"));
        }
        if self.capabilities.contains(&Capability::Invoices) && self.apis.invoices.is_none() {
            return Err(fault("apis.invoices", "is missing although the capability invoices is listed"));
        }
        if self.capabilities.contains(&Capability::WifiCalling) && self.apis.wifi_calling.is_none() {
            return Err(fault("apis.wifiCalling", "is missing although the capability wifiCalling is listed"));
        }
        if self.capabilities.contains(&Capability::Activation) && self.apis.activation.is_none() {
            return Err(fault("apis.activation", "is missing although the capability activation is listed"));
        }
        Ok(origins)
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
        zone_named(&self.time_zone).unwrap_or(TimeZone::UTC)
    }
}

/// Only what is embedded is known: a phone's own zone data is found in too many places to be relied on.
fn zone_named(name: &str) -> Result<TimeZone, Problem> {
    match name {
        "Europe/Brussels" => Ok(jiff::tz::get!("Europe/Brussels")),
        "UTC" => Ok(TimeZone::UTC),
        _ => Err(fault("timeZone", "is not one this core carries (Europe/Brussels, UTC)")),
    }
}

fn is_address(field: &str, value: &str) -> Result<Url, Problem> {
    Url::parse(value).map_err(|error| fault(field, format!("is no address: {error}")))
}

/// A page for the browser, which may have a query.
fn https_page(field: &str, value: &str) -> Result<(), Problem> {
    let url = is_address(field, value)?;
    if is_https(&url, value) { Ok(()) } else { Err(fault(field, "is not https")) }
}

/// Written as everybody reads it, too: an address without slashes is mended by browsers, and by nobody else.
fn is_https(url: &Url, value: &str) -> bool {
    url.scheme() == "https" && value.starts_with("https://")
}

fn https(field: &str, value: &str) -> Result<Url, Problem> {
    if value.trim().is_empty() {
        return Err(fault(field, "is empty: the operator fills it in"));
    }
    let url = is_address(field, value)?;
    if !is_https(&url, value) {
        return Err(fault(field, "is not https"));
    }
    if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
        return Err(fault(field, "has a query, a fragment or a user name"));
    }
    Ok(url)
}

/// The attribute that selects what is a person's, as most operators name it.
fn party_filter() -> String {
    "relatedParty.id".to_owned()
}

#[cfg(test)]
mod schema_tests;
#[cfg(test)]
mod tests;
