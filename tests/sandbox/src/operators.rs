//! Which operator the sandbox is: the one of its own, or another of the shipped profiles, in whose dialect, units and name the
//! same people then live.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;
use http_body_util::BodyExt;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::options::{ActivationDialect, BillDialect, Dialect, SandboxOptions};
use crate::state::Shared;

/// The name that stands in the sandbox's texts, and what its plans are called.
const OWN_NAMES: [&str; 2] = ["Sandbox Mobile", "Business Mobile"];

/// An operator that the sandbox can be, by the name of its profile in `core/profiles`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum OperatorName {
    /// The one that has everything.
    #[default]
    Sandbox,
    /// On version 4 of every API, with other units, thresholds and languages.
    V4Meuse,
    /// Without invoices and Wi-Fi calling.
    PrepaidPolder,
}

impl OperatorName {
    /// Its profile as it is shipped.
    pub(crate) fn shipped(self) -> &'static str {
        match self {
            OperatorName::Sandbox => include_str!("../../../core/profiles/sandbox.json"),
            OperatorName::V4Meuse => include_str!("../../../core/profiles/v4-meuse.json"),
            OperatorName::PrepaidPolder => include_str!("../../../core/profiles/prepaid-polder.json"),
        }
    }

    /// Its name as people know it, and what its plans are called.
    pub(crate) fn names(self) -> [&'static str; 2] {
        match self {
            OperatorName::Sandbox => OWN_NAMES,
            OperatorName::V4Meuse => ["Meuse Mobile", "Meuse Pro"],
            OperatorName::PrepaidPolder => ["Polder Prepaid", "Prepaid"],
        }
    }

    /// The options with what its profile says: how it is asked, how it counts, where it keeps what.
    pub(crate) fn settle(self, options: SandboxOptions) -> SandboxOptions {
        let profile: Value = serde_json::from_str(self.shipped()).unwrap_or_default();
        let (dialect, bill_dialect, products) = match self {
            OperatorName::Sandbox => (Dialect::G4, BillDialect::V5, ActivationDialect::V4),
            OperatorName::V4Meuse => (Dialect::G3, BillDialect::V4, ActivationDialect::V4),
            OperatorName::PrepaidPolder => (Dialect::G2, BillDialect::V5, ActivationDialect::V5),
        };
        SandboxOptions {
            operator: self,
            dialect,
            bill_dialect,
            query: said(&profile, "/apis/usage/query"),
            data_base: said(&profile, "/units/dataBase"),
            cycle_end: said(&profile, "/cycleEnd"),
            preferences: said(&profile, "/apis/preferences/resource"),
            idempotent: said(&profile, "/apis/preferences/idempotent"),
            activation: products,
            ..options
        }
    }
}

/// What the profile says there, or what holds where it says nothing.
fn said<T: DeserializeOwned + Default>(profile: &Value, place: &str) -> T {
    profile.pointer(place).and_then(|value| serde_json::from_value(value.clone()).ok()).unwrap_or_default()
}

/// Puts the operator's names in the place of the sandbox's own, on its pages and in its documents.
pub(crate) async fn named(State(shared): State<std::sync::Arc<Shared>>, request: Request, next: Next) -> Response {
    let operator = shared.world().options.operator;
    let answer = next.run(request).await;
    let kind = answer.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if operator == OperatorName::Sandbox || !(kind.starts_with("text/html") || kind.contains("json")) {
        return answer;
    }
    let (mut head, body) = answer.into_parts();
    let bytes = body.collect().await.map(|whole| whole.to_bytes()).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let text =
        OWN_NAMES.iter().zip(operator.names()).fold(text.into_owned(), |text, (own, name)| text.replace(own, name));
    head.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(head, Body::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::{CycleEnd, DataBase, PreferenceHome, QueryMode};

    const ALL: [OperatorName; 3] = [OperatorName::Sandbox, OperatorName::V4Meuse, OperatorName::PrepaidPolder];

    #[test]
    fn every_operator_is_named_as_its_profile_says() {
        for operator in ALL {
            let profile: Value = serde_json::from_str(operator.shipped()).unwrap();
            assert_eq!(profile["id"], serde_json::to_value(operator).unwrap());
            assert_eq!(profile["name"], operator.names()[0]);
        }
    }

    #[test]
    fn the_sandbox_of_its_own_is_the_documented_one_and_the_others_are_as_their_profiles_say() {
        let own = OperatorName::Sandbox.settle(SandboxOptions::default());
        assert_eq!(format!("{own:?}"), format!("{:?}", SandboxOptions::default()));
        let meuse = OperatorName::V4Meuse.settle(SandboxOptions::default());
        assert_eq!(
            (meuse.query, meuse.data_base, meuse.cycle_end, meuse.preferences, meuse.idempotent),
            (QueryMode::QueryPost, DataBase::Binary, CycleEnd::Inclusive, PreferenceHome::PartyCharacteristic, false)
        );
    }
}
