//! Getting started at an operator: where orders and SIMs are told, and whether it tells their secrets.

use serde::{Deserialize, Serialize};

use super::Origin;
use super::fault::Faults;

/// Getting started at this operator.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ActivationApi {
    /// TMF622: address before `/productOrder`. Absent: the operator does not tell how far an order is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_base_url: Option<String>,
    /// TMF639: address before `/resource`. Absent: the operator tells nothing of a SIM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_base_url: Option<String>,
    /// Where TMF639 has SIMs: in `v4` cards at `/physicalResource` and eSIMs at `/logicalResource`, in `v5` both at `/resource`.
    #[serde(default)]
    pub resource_version: ResourceVersion,
    /// The attribute that selects what is a person's.
    #[serde(default = "super::party_filter")]
    pub party_filter: String,
    /// The operator tells PIN, PUK and activation code at `POST /resource/{id}/simSecret`, to a recent sign-in alone
    /// (RFC 9470).
    #[serde(default)]
    pub secrets: bool,
}

/// Which resources an inventory has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ResourceVersion {
    /// TMF639 v4.
    #[default]
    V4,
    /// TMF639 v5.
    V5,
}

impl ResourceVersion {
    /// The resources that hold SIMs.
    pub fn paths(self) -> &'static [&'static str] {
        match self {
            ResourceVersion::V4 => &["physicalResource", "logicalResource"],
            ResourceVersion::V5 => &["resource"],
        }
    }
}

impl ActivationApi {
    /// Checks what types cannot say, and returns the origins of its APIs.
    pub(super) fn check(&self, faults: &mut Faults) -> Vec<Origin> {
        let bases = [
            ("apis.activation.orderBaseUrl", &self.order_base_url),
            ("apis.activation.resourceBaseUrl", &self.resource_base_url),
        ];
        faults.filled("apis.activation.partyFilter", &self.party_filter);
        if self.secrets && self.resource_base_url.is_none() {
            faults.add("apis.activation.secrets", "needs resourceBaseUrl, where they are told");
        }
        bases.into_iter().filter_map(|(field, url)| faults.https(field, url.as_ref()?)).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn what_is_wrong_of_getting_started_is_named() {
        let at_fault = |api: Value| {
            let api: ActivationApi = serde_json::from_value(api).unwrap();
            let mut faults = Faults::default();
            let origins = api.check(&mut faults);
            faults.first().map_or_else(|| origins.len().to_string(), str::to_owned)
        };
        for (api, expected) in [
            (json!({}), "0"),
            (json!({ "orderBaseUrl": "https://a.example/o", "resourceBaseUrl": "https://b.example/r" }), "2"),
            (json!({ "resourceBaseUrl": "https://b.example", "secrets": true }), "1"),
            (json!({ "secrets": true }), "apis.activation.secrets"),
            (json!({ "orderBaseUrl": "http://a.example" }), "apis.activation.orderBaseUrl"),
            (json!({ "resourceBaseUrl": "https://a.example?x" }), "apis.activation.resourceBaseUrl"),
            (json!({ "partyFilter": " " }), "apis.activation.partyFilter"),
        ] {
            assert_eq!(at_fault(api.clone()), expected, "{api}");
        }
    }
}
