//! The operator profile: everything that differs from one operator to the next, as one JSON document with a version.
//! A missing or broken field is an error that names the field; a missing capability hides a feature.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use url::{Origin, Url};

use super::units::{CycleEnd, DataBase};
use crate::problem::Problem;

mod activation;
mod alerts;
mod apis;
mod brand;
mod identity;
mod invoices;
mod wifi_calling;

pub use activation::ActivationApi;
pub use alerts::{Alerts, SentAlert, SentAt, SentChannel, SentClass};
pub use apis::{Apis, PreferenceResource, PreferencesApi, ProductApi, QueryMode, UsageApi};
pub use brand::{Brand, Colour};
pub use identity::{AccountError, Identity, Invitation, SigningAlgorithm};
pub use invoices::{ContributionCovers, ContributionPart, InvoicesApi, SplitBill, SplitPolicy};
pub use wifi_calling::{GuideKey, WifiCallingApi};

/// The schema version this core reads.
pub const SCHEMA: u32 = 1;

/// An operator, as data. See `core/profiles/` for examples.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Profile {
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
        let profile: Profile = serde_json::from_str(json).map_err(|_| field_at_fault(json))?;
        let origins = profile.check()?;
        Ok(Profile { origins, ..profile })
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
            is_page("identity.registrationUrl", url)?;
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
fn is_page(field: &str, value: &str) -> Result<(), Problem> {
    let url = is_address(field, value)?;
    if url.scheme() == "https" { Ok(()) } else { Err(fault(field, "is not https")) }
}

fn https(field: &str, value: &str) -> Result<Url, Problem> {
    if value.trim().is_empty() {
        return Err(fault(field, "is empty: the operator fills it in"));
    }
    let url = Url::parse(value).map_err(|error| fault(field, format!("is no address: {error}")))?;
    if url.scheme() != "https" {
        return Err(fault(field, "is not https"));
    }
    if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
        return Err(fault(field, "has a query, a fragment or a user name"));
    }
    Ok(url)
}

fn field_at_fault(json: &str) -> Problem {
    let mut reader = serde_json::Deserializer::from_str(json);
    match serde_path_to_error::deserialize::<_, Profile>(&mut reader) {
        Err(error) if error.path().to_string() != "." => fault(&error.path().to_string(), error.inner().to_string()),
        Err(error) => fault("profile", error.inner().to_string()),
        Ok(_) => fault("profile", "is followed by something else"),
    }
}

/// The attribute that selects what is a person's, as most operators name it.
fn party_filter() -> String {
    "relatedParty.id".to_owned()
}

fn fault(field: &str, reason: impl Into<String>) -> Problem {
    Problem::Configuration { field: field.to_owned(), reason: reason.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn example() -> Value {
        json!({
            "schema": 1, "id": "example", "name": "Example Mobile", "languages": ["nl"], "timeZone": "Europe/Brussels",
            "identity": { "issuer": "https://id.example", "clientId": "app", "redirectUri": "be.example.app:/signed-in", "scopes": ["openid"] },
            "apis": { "usage": { "baseUrl": "https://api.example/usage", "query": "report-get", "lineFilter": "logicalResource.value" } },
            "capabilities": ["usage"]
        })
    }

    fn field_at_fault(profile: &Value) -> String {
        match Profile::parse(&profile.to_string()) {
            Err(Problem::Configuration { field, .. }) => field,
            other => panic!("expected a configuration problem, got {other:?}"),
        }
    }

    #[test]
    fn a_complete_profile_opens_with_the_documented_defaults() {
        let profile = Profile::parse(&example().to_string()).unwrap();
        assert_eq!(profile.alerts.thresholds_percent, [75, 90, 100]);
        assert_eq!(profile.units.data_base, DataBase::Decimal);
        assert_eq!(profile.cycle_end, CycleEnd::Exclusive);
        assert!(!profile.offers(Capability::Plan));
    }

    #[test]
    fn a_wrong_field_is_named() {
        let cases: [(&str, Value, &str); 18] = [
            ("/schema", json!(2), "schema"),
            ("/id", json!(""), "id"),
            ("/timeZone", json!("Mars/Olympus"), "timeZone"),
            ("/languages", json!([]), "languages"),
            ("/identity/issuer", json!(""), "identity.issuer"),
            ("/identity/issuer", json!("http://id.example"), "identity.issuer"),
            ("/identity/issuer", json!("https://id.example?x=1"), "identity.issuer"),
            ("/identity/scopes", json!(["profile"]), "identity.scopes"),
            ("/identity/redirectUri", json!("nowhere"), "identity.redirectUri"),
            ("/apis/usage/baseUrl", json!(7), "apis.usage.baseUrl"),
            ("/apis/usage/query", json!("guess"), "apis.usage.query"),
            ("/alerts", json!({ "thresholdsPercent": [90, 75] }), "alerts.thresholdsPercent"),
            ("/alerts", json!({ "stepCents": 0 }), "alerts.stepCents"),
            (
                "/alerts",
                json!({ "sent": [{ "class": "statutory", "at": { "noon": 12 }, "channel": "sms" }] }),
                "alerts.sent[0].at",
            ),
            ("/capabilities", json!(["usage", "plan"]), "apis.product"),
            ("/capabilities", json!(["usage", "notifications"]), "apis.preferences"),
            ("/capabilities", json!(["usage", "activation"]), "apis.activation"),
            ("/capabilities/0", json!("telepathy"), "capabilities[0]"),
        ];
        for (pointer, value, field) in cases {
            let mut profile = example();
            profile["alerts"] = json!({});
            *profile.pointer_mut(pointer).unwrap() = value.clone();
            assert_eq!(field_at_fault(&profile), field, "{pointer} = {value}");
        }
    }

    #[test]
    fn what_is_wrong_of_the_invoices_is_named() {
        let base = json!({ "baseUrl": "https://api.example/bill" });
        let mut offered = example();
        offered["capabilities"] = json!(["usage", "invoices"]);
        assert_eq!(field_at_fault(&offered), "apis.invoices");
        offered["apis"]["invoices"] = base.clone();
        let profile = Profile::parse(&offered.to_string()).unwrap();
        let invoices = profile.apis.invoices.as_ref().unwrap();
        assert_eq!(
            (invoices.account_filter.as_str(), invoices.bill_filter.as_str(), invoices.party_filter.as_str()),
            ("billingAccount.id", "bill.id", "relatedParty.id")
        );
        assert_eq!(invoices.split_bill.policy, SplitPolicy::Cumulative);
        assert!(profile.offers(Capability::Invoices) && invoices.document_origins().is_empty());
        let cases: [(&str, Value, &str); 9] = [
            ("baseUrl", json!("http://api.example"), "apis.invoices.baseUrl"),
            ("accountBaseUrl", json!("nowhere"), "apis.invoices.accountBaseUrl"),
            ("documentBaseUrl", json!("https://api.example/x?y"), "apis.invoices.documentBaseUrl"),
            ("documentOrigins", json!(["https://a.example", "http://b.example"]), "apis.invoices.documentOrigins"),
            ("accountFilter", json!(" "), "apis.invoices.accountFilter"),
            ("paymentHosts", json!(["pay.example/x"]), "apis.invoices.paymentHosts"),
            ("splitBill", json!({ "policy": "never" }), "apis.invoices.splitBill.policy"),
            (
                "splitBill",
                json!({ "contribution": [{ "covers": { "shareBasisPoints": 10_001 } }] }),
                "apis.invoices.splitBill.contribution",
            ),
            ("token", json!("x"), "apis.invoices.token"),
        ];
        for (member, value, field) in cases {
            offered["apis"]["invoices"] = base.clone();
            offered["apis"]["invoices"][member] = value.clone();
            assert_eq!(field_at_fault(&offered), field, "{member} = {value}");
        }
    }

    #[test]
    fn documents_may_be_elsewhere_and_no_token_goes_there() {
        let mut profile = example();
        profile["apis"]["invoices"] = json!({
            "baseUrl": "https://bills.example/v5", "documentBaseUrl": "https://store.example/v4",
            "documentOrigins": ["https://cdn.example"], "paymentHosts": ["pay.example"],
            "splitBill": { "policy": "perPeriod", "contribution": [
                { "category": "roaming", "covers": "all" }, { "covers": { "upToCents": 2500 } }
            ] }
        });
        let profile = Profile::parse(&profile.to_string()).unwrap();
        let origin = |text: &str| Url::parse(text).unwrap().origin();
        assert!(profile.origins().contains(&origin("https://bills.example")));
        assert!(profile.origins().contains(&origin("https://store.example")));
        assert!(!profile.origins().contains(&origin("https://cdn.example")));
        let invoices = profile.apis.invoices.unwrap();
        assert_eq!(invoices.document_origins(), [origin("https://cdn.example")]);
        assert_eq!(invoices.api_origins(), [origin("https://bills.example"), origin("https://store.example")]);
    }

    #[test]
    fn anchors_without_a_certificate_are_named() {
        for anchors in ["", "garbage", "-----BEGIN PRIVATE KEY-----"] {
            let mut profile = example();
            profile["trust"] = json!({ "anchorsPem": anchors });
            assert_eq!(field_at_fault(&profile), "trust.anchorsPem", "{anchors:?}");
        }
    }

    #[test]
    fn a_missing_or_unknown_field_is_named() {
        let mut missing = example();
        missing["identity"].as_object_mut().unwrap().remove("clientId");
        let Err(Problem::Configuration { field, reason }) = Profile::parse(&missing.to_string()) else { panic!() };
        assert_eq!(field, "identity");
        assert!(reason.contains("clientId"), "{reason}");
        let mut unknown = example();
        unknown["apis"]["usage"]["dialekt"] = json!("g4");
        assert_eq!(field_at_fault(&unknown), "apis.usage.dialekt");
        let Err(Problem::Configuration { field, .. }) = Profile::parse("not json") else { panic!() };
        assert_eq!(field, "profile");
    }

    #[test]
    fn the_sandboxs_profile_is_complete() {
        let profile = Profile::parse(include_str!("../../../profiles/sandbox.json")).unwrap();
        assert_eq!(profile.origins().len(), 11);
        assert!(
            [
                Capability::Usage,
                Capability::Plan,
                Capability::Notifications,
                Capability::Invoices,
                Capability::WifiCalling
            ]
            .iter()
            .all(|one| profile.offers(*one))
        );
    }

    #[test]
    fn the_first_operators_profile_waits_for_its_endpoints() {
        let shipped = include_str!("../../../profiles/telenet-business.json");
        let Err(Problem::Configuration { field, reason }) = Profile::parse(shipped) else { panic!("has endpoints") };
        assert_eq!(field, "identity.clientId");
        assert!(reason.contains("the operator fills it in"));
    }
}
