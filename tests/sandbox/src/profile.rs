//! The operator profile of this very sandbox: what the core is given to find it, trust it and talk to it.

use serde_json::{Value, json};

use crate::oidc;
use crate::options::SandboxOptions;
use crate::state::Shared;

pub(crate) fn profile(shared: &Shared) -> Value {
    let options: SandboxOptions = shared.world().options.clone();
    let origin = &shared.origin;
    json!({
        "schema": 1,
        "id": "sandbox",
        "name": "Sandbox Mobile",
        "languages": ["nl", "fr", "en", "de"],
        "timeZone": "Europe/Brussels",
        "currency": "EUR",
        "identity": {
            "issuer": origin,
            "clientId": oidc::CLIENT_ID,
            "redirectUri": oidc::REDIRECT_URI,
            "scopes": oidc::SCOPES,
        },
        "apis": {
            "usage": {
                "baseUrl": format!("{origin}/tmf-api/usageConsumption/v5"),
                "query": options.query,
                "lineFilter": "logicalResource.value",
            },
            "product": {
                "baseUrl": format!("{origin}/tmf-api/productInventory/v5"),
                "partyFilter": "relatedParty.id",
            },
        },
        "units": { "dataBase": options.data_base },
        "cycleEnd": options.cycle_end,
        "alerts": { "thresholdsPercent": [75, 90, 100] },
        "capabilities": ["usage", "plan"],
        "trust": { "anchorsPem": shared.ca_pem },
    })
}
