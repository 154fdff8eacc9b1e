//! The session's readers of foreign bytes, by the names that the contract with operators has for what they read. Compiled for
//! the contract's test alone.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::keys::KeySet;
use super::token::{TokenAnswer, error_in};
use super::{id_token, lines, page, provider};
use crate::operator::tolerant::recorder;

/// Reads an answer as the session does. Whether it is any good is for other tests to say. None: the session reads no such
/// answer.
pub(crate) fn read(id: &str, answer: &Value) -> Option<()> {
    let body = answer.to_string().into_bytes();
    match id {
        "provider-metadata" => {
            let identity = json!({"issuer": answer["issuer"], "clientId": "a", "redirectUri": "a:/b", "scopes": []});
            provider::read(&body, &serde_json::from_value(identity).unwrap()).unwrap();
        }
        "signing-keys" => drop(KeySet::parse(&body).unwrap()),
        "pushed-request" => page::request_uri_in(&body).map(drop).unwrap(),
        "token-exchange" | "token-renewal" => {
            recorder::typed::<TokenAnswer>("");
            let _: TokenAnswer = serde_json::from_value(answer.clone()).unwrap();
            let _ = error_in(&body);
        }
        "id-token" => {
            let part = |name: &str| URL_SAFE_NO_PAD.encode(answer[name].to_string());
            id_token::wanted_key(&format!("{}.{}.", part("header"), part("claims"))).unwrap();
        }
        "userinfo" => {
            let sub = answer["sub"].as_str().unwrap();
            assert_ne!(lines::read(&body, sub).unwrap().0, [], "an example has a line");
        }
        _ => return None,
    }
    Some(())
}
