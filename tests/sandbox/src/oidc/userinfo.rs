//! Who the person is and which lines are theirs: OIDC userinfo with the `userAssets` of TMF691.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::http::{NO_STORE, Refusal, signed_in};
use crate::people::Line;
use crate::state::Shared;

pub(super) async fn userinfo(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Result<Response, Refusal> {
    let world = shared.world();
    let person = signed_in(&world, &headers, "openid")?;
    let number = person.lines.first().map(|line| line.number.as_str());
    let body = json!({
        "sub": person.sub,
        "name": person.name,
        "phone_number": number,
        "phone_number_verified": true,
        "locale": person.locale,
        "userAssets": person.lines.iter().map(asset).collect::<Vec<_>>(),
        "@type": "UserInfo",
    });
    Ok((NO_STORE, axum::Json(body)).into_response())
}

fn asset(line: &Line) -> Value {
    let entitlement = match line.entitled {
        true => json!([{ "action": "read", "function": "usage" }]),
        false => json!([]),
    };
    json!({
        "id": line.id,
        "assetType": "mobile",
        "entityType": "service",
        "role": "authorizedUser",
        "name": line.number,
        "entitlement": entitlement,
        "@type": "UserAsset",
    })
}
