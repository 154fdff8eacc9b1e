//! The operator profile of this very sandbox: one that the core ships, with what each start decides filled in.

use serde_json::{Value, json};

use crate::options::{QueryMode, SandboxOptions};
use crate::state::Shared;
use crate::wifi_calling;
use crate::{activation, preferences};

/// Where a shipped profile says the operator is.
const SHIPPED_ORIGIN: &str = "https://localhost:8443";
/// Where it says that printed bills are.
const SHIPPED_DOCUMENTS: &str = "https://localhost:8444";

pub(crate) fn profile(shared: &Shared) -> Value {
    let options = shared.world().options.clone();
    of(shared, &options)
}

/// The same for whoever holds the world already.
pub(crate) fn of(shared: &Shared, options: &SandboxOptions) -> Value {
    let placed = options
        .operator
        .shipped()
        .replace(SHIPPED_ORIGIN, &shared.origin)
        .replace(SHIPPED_DOCUMENTS, &shared.document_origin);
    let mut profile: Value = serde_json::from_str(&placed).unwrap_or_default();
    profile["apis"]["usage"]["query"] = json!(options.query);
    if options.query == QueryMode::QueryPost
        && let Some(usage) = profile["apis"]["usage"].as_object_mut()
    {
        usage.remove("daysFilter");
    }
    profile["units"]["dataBase"] = json!(options.data_base);
    if let Some(api) = profile["apis"].get_mut("preferences") {
        api["idempotent"] = json!(options.idempotent);
        preferences::in_profile(api, options.preferences, &shared.origin);
    }
    if let Some(api) = profile["apis"].get_mut("wifiCalling") {
        wifi_calling::in_profile(api, &shared.origin, options.seed);
    }
    activation::in_profile(&mut profile["apis"], &shared.origin, options.activation);
    profile["cycleEnd"] = json!(options.cycle_end);
    if options.dpop {
        profile["identity"]["dpop"] = json!(true);
    }
    profile["trust"] = json!({ "anchorsPem": shared.ca_pem });
    profile
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OperatorName;
    use crate::oidc::{CLIENT_ID, POST_LOGOUT_REDIRECT_URI, REDIRECT_URI, SCOPES};

    #[test]
    fn the_shipped_profile_names_this_operator() {
        let shipped: Value = serde_json::from_str(OperatorName::Sandbox.shipped()).unwrap();
        let identity = &shipped["identity"];
        assert_eq!(identity["clientId"], CLIENT_ID);
        assert_eq!(identity["redirectUri"], REDIRECT_URI);
        assert_eq!(identity["scopes"], json!(SCOPES));
        assert_eq!(identity["postLogoutRedirectUri"], POST_LOGOUT_REDIRECT_URI);
        let count = |address| OperatorName::Sandbox.shipped().matches(address).count();
        assert_eq!((count(SHIPPED_ORIGIN), count(SHIPPED_DOCUMENTS)), (12, 1));
    }

    #[test]
    fn every_operator_knows_the_same_app_and_lives_here() {
        for operator in [OperatorName::V4Meuse, OperatorName::PrepaidPolder] {
            let shipped: Value = serde_json::from_str(operator.shipped()).unwrap();
            assert_eq!(shipped["identity"]["issuer"], SHIPPED_ORIGIN);
            assert_eq!(shipped["identity"]["clientId"], CLIENT_ID);
            assert_eq!(shipped["identity"]["redirectUri"], REDIRECT_URI);
        }
    }
}
