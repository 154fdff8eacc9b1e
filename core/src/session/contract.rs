//! The session's readers of foreign bytes, by the names that the contract with operators has for what they read. Compiled for
//! the contract's test alone.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::keys::KeySet;
use super::token::{TokenAnswer, error_in};
use super::{id_token, lines, page, provider};
use crate::operator::tolerant::recorder;

/// Reads an answer as the session does. None: it is not understood, or the session reads no such answer.
pub(crate) fn read(id: &str, answer: &Value) -> Option<()> {
    let body = answer.to_string().into_bytes();
    match id {
        "provider-metadata" => {
            let identity = json!({"issuer": answer["issuer"], "clientId": "a", "redirectUri": "a:/b", "scopes": []});
            provider::read(&body, &serde_json::from_value(identity).ok()?).ok()?;
        }
        "signing-keys" => drop(KeySet::parse(&body)?),
        "pushed-request" => {
            let _ = error_in(&body);
            page::request_uri_in(&body)?;
        }
        "token-exchange" | "token-renewal" => {
            recorder::typed::<TokenAnswer>("");
            let _ = error_in(&body);
            let _: TokenAnswer = serde_json::from_value(answer.clone()).ok()?;
        }
        "id-token" => {
            let part = |name: &str| URL_SAFE_NO_PAD.encode(answer[name].to_string());
            id_token::wanted_key(&format!("{}.{}.", part("header"), part("claims")))?;
        }
        "userinfo" => {
            let sub = answer["sub"].as_str().unwrap_or_default();
            return lines::read(&body, sub).filter(|told| !told.lines.0.is_empty()).map(drop);
        }
        _ => return None,
    }
    Some(())
}
