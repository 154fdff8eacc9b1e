//! Getting started at an operator: where orders and SIMs are told, and whether it tells their secrets.

use serde::{Deserialize, Serialize};

use super::{Origin, fault, https};
use crate::problem::Problem;

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
    /// The attribute that selects what is a person's.
    #[serde(default = "super::party_filter")]
    pub party_filter: String,
    /// The operator tells PIN, PUK and activation code at `POST /resource/{id}/simSecret`, to a recent sign-in alone
    /// (RFC 9470).
    #[serde(default)]
    pub secrets: bool,
}

impl ActivationApi {
    /// Checks what types cannot say, and returns the origins of its APIs.
    pub(super) fn check(&self) -> Result<Vec<Origin>, Problem> {
        let mut origins = Vec::new();
        for (field, url) in [
            ("apis.activation.orderBaseUrl", &self.order_base_url),
            ("apis.activation.resourceBaseUrl", &self.resource_base_url),
        ] {
            if let Some(url) = url {
                origins.push(https(field, url)?.origin());
            }
        }
        if self.party_filter.trim().is_empty() {
            return Err(fault("apis.activation.partyFilter", "is empty: the operator fills it in"));
        }
        if self.secrets && self.resource_base_url.is_none() {
            return Err(fault("apis.activation.secrets", "needs resourceBaseUrl, where they are told"));
        }
        Ok(origins)
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
            match api.check() {
                Err(Problem::Configuration { field, .. }) => field,
                Ok(origins) => origins.len().to_string(),
                other => panic!("{other:?}"),
            }
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
