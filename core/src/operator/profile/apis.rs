//! Where the operator's APIs are and which dialect they speak, as its profile has it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::word::Word;
use super::{ActivationApi, InvoicesApi, WifiCallingApi};
use crate::preferences::{About, Channel};

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
    /// Getting started (TMF622, TMF639).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activation: Option<ActivationApi>,
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
    /// What the operator's own names of topics mean, where they are others than the contract has.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub topics: BTreeMap<String, Word<About>>,
    /// What its own names of channels mean.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub channels: BTreeMap<String, Word<Channel>>,
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
