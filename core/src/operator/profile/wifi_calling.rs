//! Wi-Fi calling at an operator: which SIMs are its own, where its lines' services are told, and who may change the guides.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Origin;
use super::fault::Faults;
use crate::vowifi::EpdgHost;

/// Wi-Fi calling at this operator. Which hosts are checked, and how the phones' menus are called, is in the guides.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WifiCallingApi {
    /// The networks whose SIMs are this operator's, as MCC and MNC: `20605`. The first one's block of the guides counts where
    /// a phone does not tell its SIM's.
    pub networks: Vec<String>,
    /// TMF638: address before `/service`. Absent: the operator does not tell whether a line may use it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_base_url: Option<String>,
    /// The attribute that selects a person's services.
    #[serde(default = "super::party_filter")]
    pub party_filter: String,
    /// TMF641: address before `/serviceOrder`. Absent: it cannot be asked for in the app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_base_url: Option<String>,
    /// The gateways, where the guides do not know a network of the operator's. What the guides say counts before this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epdg: Option<EpdgData>,
    /// Where newer guides are, on an origin of the operator's. Absent: those of the app are used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guide_url: Option<String>,
    /// Whose signatures under newer guides are believed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guide_keys: Vec<GuideKey>,
}

/// The operator's evolved packet data gateways (3GPP TS 23.402), which a network check asks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EpdgData {
    /// Their names in the DNS, in lower case, the first first. Never addresses: these change.
    pub hosts: Vec<String>,
    /// The name of 3GPP TS 23.003 §19.4.2.9 is there too. Where not, its absence says nothing.
    #[serde(default)]
    pub three_gpp_name: bool,
}

/// A key that signs guides.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GuideKey {
    /// Its name, as signatures give it.
    pub id: String,
    /// The Ed25519 public key (RFC 8032), 32 bytes in base64.
    pub ed25519: String,
}

impl WifiCallingApi {
    /// Checks what types cannot say, and returns the origins of its APIs.
    pub(super) fn check(&self, faults: &mut Faults) -> Vec<Origin> {
        let is_network =
            |network: &String| matches!(network.len(), 5 | 6) && network.bytes().all(|b| b.is_ascii_digit());
        if self.networks.is_empty() || !self.networks.iter().all(is_network) {
            faults.add("apis.wifiCalling.networks", "are not MCC and MNC in five or six digits, such as \"20605\"");
        }
        faults.filled("apis.wifiCalling.partyFilter", &self.party_filter);
        let urls = [
            ("apis.wifiCalling.serviceBaseUrl", &self.service_base_url),
            ("apis.wifiCalling.orderBaseUrl", &self.order_base_url),
            ("apis.wifiCalling.guideUrl", &self.guide_url),
        ];
        let origins = urls.into_iter().filter_map(|(field, url)| faults.https(field, url.as_ref()?)).collect();
        if let Some(epdg) = &self.epdg
            && (epdg.hosts.is_empty() || !epdg.hosts.iter().all(|host| is_gateway(host)))
        {
            faults
                .add("apis.wifiCalling.epdg.hosts", "are not names of gateways in lower case, or are emergency calls'");
        }
        if self.order_base_url.is_some() && self.service_base_url.is_none() {
            faults.add("apis.wifiCalling.orderBaseUrl", "needs serviceBaseUrl: what it changes must be known");
        }
        if self.guide_url.is_some() && self.guide_keys.is_empty() {
            faults.add("apis.wifiCalling.guideKeys", "are missing although there is a guideUrl");
        }
        if !self.guide_keys.iter().all(|key| key.bytes().is_some() && !key.id.trim().is_empty()) {
            faults.add("apis.wifiCalling.guideKeys", "are not 32 bytes in base64, each with an id");
        }
        let ids: BTreeSet<&str> = self.guide_keys.iter().map(|key| key.id.trim()).collect();
        if ids.len() != self.guide_keys.len() {
            faults.add("apis.wifiCalling.guideKeys", "name two keys alike: which one signs could not be told");
        }
        origins
    }
}

/// A name of at least two parts, in lower case, that is neither an address nor the gateway of emergency calls, which is never
/// asked.
fn is_gateway(host: &str) -> bool {
    EpdgHost::of_signed_data(host).is_some_and(|parsed| parsed.as_str() == host)
}

impl GuideKey {
    /// Its bytes. None: it is no key.
    pub fn bytes(&self) -> Option<[u8; 32]> {
        use base64::Engine;
        base64::engine::general_purpose::STANDARD.decode(&self.ed25519).ok()?.try_into().ok()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn what_is_wrong_of_wifi_calling_is_named() {
        let full = json!({
            "networks": ["20605", "206020"],
            "serviceBaseUrl": "https://api.example/service", "orderBaseUrl": "https://orders.example/v4",
            "guideUrl": "https://api.example/guides.json",
            "guideKeys": [{ "id": "2026", "ed25519": "A".repeat(43) + "=" }],
        });
        let at_fault = |member: &str, value: Value| {
            let mut api = full.clone();
            match value {
                Value::Null => drop(api.as_object_mut().unwrap().remove(member)),
                value => api[member] = value,
            }
            let api: WifiCallingApi = serde_json::from_value(api).unwrap();
            let mut faults = Faults::default();
            api.check(&mut faults);
            faults.first().map(str::to_owned)
        };
        let key = |id: &str, letter: &str| json!({ "id": id, "ed25519": letter.repeat(42) + "A=" });
        assert_eq!(at_fault("partyFilter", json!("relatedParty.id")), None);
        assert_eq!(at_fault("guideKeys", json!([key("1", "A"), key("2", "B")])), None);
        let cases = [
            ("networks", json!([]), "networks"),
            ("networks", json!(["206-05"]), "networks"),
            ("networks", json!(["2060"]), "networks"),
            ("partyFilter", json!(" "), "partyFilter"),
            ("serviceBaseUrl", json!("http://api.example"), "serviceBaseUrl"),
            ("serviceBaseUrl", Value::Null, "orderBaseUrl"),
            ("guideKeys", Value::Null, "guideKeys"),
            ("guideKeys", json!([{ "id": "1", "ed25519": "AAAA" }]), "guideKeys"),
            ("guideKeys", json!([{ "id": "", "ed25519": "A".repeat(43) + "=" }]), "guideKeys"),
            ("guideKeys", json!([key("1", "A"), key("2", "A"), key("1", "B")]), "guideKeys"),
            ("guideKeys", json!([key("1", "A"), key(" 1", "B")]), "guideKeys"),
            ("guideUrl", json!("https://api.example/guides?x=1"), "guideUrl"),
        ];
        for (member, value, field) in cases {
            assert_eq!(
                at_fault(member, value.clone()),
                Some(format!("apis.wifiCalling.{field}")),
                "{member} = {value}"
            );
        }
    }
}
