//! The operator profile: everything that differs from one operator to the next, as one JSON document with a version.
//! A missing or broken field is an error that names the field; a missing capability hides a feature.

mod wifi_calling;

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use url::{Origin, Url};

pub use self::wifi_calling::{GuideKey, WifiCallingApi};
use super::units::{CycleEnd, DataBase};
use crate::problem::Problem;

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
    /// What the operator offers; a feature that is not listed is absent from the app.
    pub capabilities: Vec<Capability>,
    /// Which certificates are believed. Absent: those the platform trusts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trust: Option<Trust>,
    #[serde(skip)]
    origins: Vec<Origin>,
}

/// The operator's OpenID provider and this app's registration there (RFC 8252: a public native client).
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Identity {
    /// Issuer, compared byte for byte with what discovery says (OpenID Connect Discovery §4.3).
    pub issuer: String,
    /// The client id of the app.
    pub client_id: String,
    /// Where the browser returns to; registered exactly so at the operator.
    pub redirect_uri: String,
    /// Scopes asked for; must hold `openid`.
    pub scopes: Vec<String>,
    /// Further origins the provider's endpoints may have; the issuer's own always may.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub origins: Vec<String>,
    /// Where the browser returns to after signing out there (OpenID Connect RP-Initiated Logout 1.0).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post_logout_redirect_uri: Option<String>,
    /// Tokens are bound to a key of this app (RFC 9449).
    #[serde(default)]
    pub dpop: bool,
    /// Asks for consent each time, where `offline_access` is granted only then (OpenID Connect Core §11).
    #[serde(default)]
    pub ask_consent: bool,
    /// How id tokens may be signed, whatever the provider's description says.
    #[serde(default = "id_token_algorithms")]
    pub id_token_algorithms: Vec<SigningAlgorithm>,
    /// Whether people make their account themselves, by mobile number.
    #[serde(default)]
    pub creates_accounts: bool,
    /// The page where they do, for a provider without `prompt=create`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration_url: Option<String>,
    /// How employees whose bill is split are invited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation: Option<Invitation>,
    /// The operator's own error codes in callbacks and in answers to pushed requests, by meaning.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub errors: BTreeMap<String, AccountError>,
}

fn id_token_algorithms() -> Vec<SigningAlgorithm> {
    vec![SigningAlgorithm::ES256, SigningAlgorithm::RS256, SigningAlgorithm::PS256]
}

/// An asymmetric signature over SHA-256 (RFC 7518 §3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum SigningAlgorithm {
    /// ECDSA on P-256.
    ES256,
    /// RSASSA-PKCS1-v1_5.
    RS256,
    /// RSASSA-PSS.
    PS256,
}

/// The e-mail invitation of an employee whose bill is split.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Invitation {
    /// The link's address without its query.
    pub link: String,
    /// The query parameter of the link that holds the invitation.
    pub token_parameter: String,
    /// The parameter of a pushed authorization request that takes it (RFC 9126).
    pub request_parameter: String,
}

/// What an error of the operator's own means to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum AccountError {
    /// The account must be completed first.
    ProfileIncomplete,
    /// An account is made with the employer's invitation only.
    InvitationRequired,
    /// Not for this number.
    NotEligible,
    /// The invitation was used before.
    InvitationUsed,
    /// The invitation is too old.
    InvitationExpired,
    /// There is no such invitation.
    InvitationUnknown,
    /// The invitation is another person's.
    InvitationOtherAccount,
}

/// The APIs' base addresses.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Apis {
    /// TMF677 Usage Consumption.
    pub usage: UsageApi,
    /// TMF637 Product Inventory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<ProductApi>,
    /// What people want to be told of, and how.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferences: Option<PreferencesApi>,
    /// TMF678 Customer Bill.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoices: Option<InvoicesApi>,
    /// Wi-Fi calling (TMF638, TMF641).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wifi_calling: Option<WifiCallingApi>,
}

/// TMF677 at this operator. The generation of the body is told by its keys, never configured.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UsageApi {
    /// Address before `/usageConsumptionReport` or `/queryUsageConsumption`.
    pub base_url: String,
    /// How usage is asked for.
    pub query: QueryMode,
    /// The attribute that selects a line, such as `logicalResource.value` or `product.publicIdentifier`.
    pub line_filter: String,
    /// The filter that asks for one counter per day since a moment (TMF630 §4.4 `gte`), such as
    /// `bucket.bucketCounter.consumptionPeriod.startDateTime.gte`. Absent: the operator tells no days, unless its ordinary
    /// answer holds them. Only where usage is asked for with GET.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_filter: Option<String>,
}

/// How usage is asked for (TMF677).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum QueryMode {
    /// `GET /usageConsumptionReport` with the line as a filter.
    ReportGet,
    /// `GET /queryUsageConsumption` with the line as a filter.
    QueryGet,
    /// `POST /queryUsageConsumption`, then read the task until it is done.
    QueryPost,
}

/// TMF637 at this operator.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProductApi {
    /// Address before `/product`.
    pub base_url: String,
    /// The attribute that selects a person's products.
    pub party_filter: String,
}

/// Notification preferences at this operator. TM Forum has no resource of its own for them.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PreferencesApi {
    /// Address before `/communicationPreference`, `/individual` (TMF632) or `/service` (TMF638).
    pub base_url: String,
    /// Where they are kept.
    pub resource: PreferenceResource,
    /// The attribute that selects a line, such as `logicalResource.value`.
    pub line_filter: String,
    /// The operator does each operation once, told by its `Idempotency-Key`, and answers a repeated one as it did first.
    #[serde(default)]
    pub idempotent: bool,
    /// The operator takes phones' addresses for notifications at `/pushRegistration/{id}`: `PUT` as the person, `DELETE` by
    /// whoever knows the id.
    #[serde(default)]
    pub push_registration: bool,
}

/// Where an operator keeps notification preferences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum PreferenceResource {
    /// One resource for each line, topic and channel: `communicationPreference`.
    CommunicationPreference,
    /// `partyCharacteristic` of the person (TMF632), named as `usageAlert.75.sms`. `isMandatory` and `allowedBy` beside the
    /// value are read where they are there; a preference without them is the person's to change.
    PartyCharacteristic,
    /// `feature` of the line's service (TMF638), named likewise.
    ServiceFeature,
}

/// TMF678 at this operator. The version of the body is told by its members, never configured.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InvoicesApi {
    /// Address before `/customerBill` and `/appliedCustomerBillingRate`.
    pub base_url: String,
    /// The attribute that selects the bills and running costs of an account.
    #[serde(default = "account_filter")]
    pub account_filter: String,
    /// The attribute that selects the lines of a bill.
    #[serde(default = "bill_filter")]
    pub bill_filter: String,
    /// TMF666: address before `/billingAccount`. Absent: the person's own bills are known by naming the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_base_url: Option<String>,
    /// The attribute that selects a person's accounts, or bills where accounts are not told.
    #[serde(default = "party_filter")]
    pub party_filter: String,
    /// TMF667: address before `/document`. Absent: a document known by its id alone cannot be had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_base_url: Option<String>,
    /// Origins besides the APIs' own that printed documents may be at. No token goes there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub document_origins: Vec<String>,
    /// The largest document that is fetched, in MiB. Absent: 25.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub largest_document_mib: Option<u32>,
    /// Hosts besides Bancontact's that payment links may have, each compared whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payment_hosts: Vec<String>,
    /// What is known of the operator's split bill.
    #[serde(default)]
    pub split_bill: SplitBill,
}

fn account_filter() -> String {
    "billingAccount.id".to_owned()
}

fn bill_filter() -> String {
    "bill.id".to_owned()
}

fn party_filter() -> String {
    "relatedParty.id".to_owned()
}

/// How the operator splits bills between employer and employee, as far as it says so.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SplitBill {
    /// When a private invoice comes.
    #[serde(default)]
    pub policy: SplitPolicy,
    /// What every employer contributes, where the operator has one rule for all. Absent: not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contribution: Option<Vec<ContributionPart>>,
}

/// What is compared with € 5, and what becomes of smaller amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SplitPolicy {
    /// The total since the last invoice.
    #[default]
    Cumulative,
    /// The total of one period; small amounts wait.
    PerPeriod,
    /// The total of one period; small amounts are never billed.
    PerPeriodWaived,
}

/// A part of an employer's contribution.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContributionPart {
    /// Only for charges of this category, as the operator names it. Absent: for all that can be covered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// How much.
    pub covers: ContributionCovers,
}

/// How much a part of a contribution covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ContributionCovers {
    /// Everything.
    All,
    /// At most so many cents in a period, VAT included.
    UpToCents(u32),
    /// A share of each charge, in hundredths of a percent.
    ShareBasisPoints(u32),
}

/// How the operator counts.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Units {
    /// What "GB" means.
    #[serde(default)]
    pub data_base: DataBase,
}

/// What people are told of their usage: by this app, and by the operator itself.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Alerts {
    /// Where the app tells everybody: shares of an allowance, in percent, ascending.
    #[serde(default = "thresholds_percent")]
    pub thresholds_percent: Vec<u8>,
    /// The app also tells at each such step of costs beside the plan, in cents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step_cents: Option<u32>,
    /// The revision of the thresholds and the step: grows with each change of them.
    #[serde(default = "first_revision")]
    pub revision: u32,
    /// What is sent whatever this app does: shown, never sent nor stopped by it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sent: Vec<SentAlert>,
}

impl Default for Alerts {
    fn default() -> Self {
        Alerts { thresholds_percent: thresholds_percent(), step_cents: None, revision: 1, sent: Vec::new() }
    }
}

fn thresholds_percent() -> Vec<u8> {
    vec![75, 90, 100]
}

const fn first_revision() -> u32 {
    1
}

/// An alert that the operator sends itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SentAlert {
    /// On whose behalf.
    pub class: SentClass,
    /// When.
    pub at: SentAt,
    /// How it reaches the person.
    pub channel: SentChannel,
}

/// On whose behalf an alert is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SentClass {
    /// The law's: nobody can switch it off here.
    Statutory,
    /// The employer's, as the customer.
    Employer,
}

/// When an alert is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SentAt {
    /// A share of an allowance.
    AllowancePercent(u8),
    /// Costs beside the plan, in cents, VAT included.
    OutOfBundleCents(u32),
    /// A share of the limit on data roaming costs.
    RoamingLimitPercent(u8),
}

/// How an alert reaches a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SentChannel {
    /// By SMS.
    Sms,
    /// By e-mail.
    Email,
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

impl InvoicesApi {
    /// Checks what types cannot say, and returns the origins of its APIs.
    fn check(&self) -> Result<Vec<Origin>, Problem> {
        let mut origins = vec![https("apis.invoices.baseUrl", &self.base_url)?.origin()];
        for (field, url) in [
            ("apis.invoices.accountBaseUrl", &self.account_base_url),
            ("apis.invoices.documentBaseUrl", &self.document_base_url),
        ] {
            if let Some(url) = url {
                origins.push(https(field, url)?.origin());
            }
        }
        for (field, value) in [
            ("apis.invoices.accountFilter", &self.account_filter),
            ("apis.invoices.billFilter", &self.bill_filter),
            ("apis.invoices.partyFilter", &self.party_filter),
        ] {
            if value.trim().is_empty() {
                return Err(fault(field, "is empty: the operator fills it in"));
            }
        }
        for origin in &self.document_origins {
            https("apis.invoices.documentOrigins", origin)?;
        }
        let is_host =
            |host: &String| Url::parse(&format!("https://{host}/")).is_ok_and(|url| url.host_str() == Some(host));
        if !self.payment_hosts.iter().all(is_host) {
            return Err(fault("apis.invoices.paymentHosts", "holds something else than a host's name"));
        }
        let parts = self.split_bill.contribution.as_deref().unwrap_or_default();
        let is_share = |part: &ContributionPart| !matches!(part.covers, ContributionCovers::ShareBasisPoints(10_001..));
        if !parts.iter().all(is_share) {
            return Err(fault("apis.invoices.splitBill.contribution", "has a share of more than the whole"));
        }
        Ok(origins)
    }

    /// The origins of the APIs that tell where printed documents are, and that may have them: these see the access token.
    pub fn api_origins(&self) -> Vec<Origin> {
        let urls = [Some(&self.base_url), self.document_base_url.as_ref()].into_iter().flatten();
        urls.filter_map(|url| Url::parse(url).ok()).map(|url| url.origin()).collect()
    }

    /// The origins besides the APIs' own that printed documents may be at.
    pub fn document_origins(&self) -> Vec<Origin> {
        self.document_origins.iter().filter_map(|origin| Url::parse(origin).ok()).map(|url| url.origin()).collect()
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
        let cases: [(&str, Value, &str); 17] = [
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
        let profile = Profile::parse(include_str!("../../profiles/sandbox.json")).unwrap();
        assert_eq!(profile.origins().len(), 9);
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
        let shipped = include_str!("../../profiles/telenet-business.json");
        let Err(Problem::Configuration { field, reason }) = Profile::parse(shipped) else { panic!("has endpoints") };
        assert_eq!(field, "identity.clientId");
        assert!(reason.contains("the operator fills it in"));
    }
}
