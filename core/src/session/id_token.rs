//! Who signed in: the claims of an id token that came straight from the token endpoint over TLS, where OpenID Connect
//! Core §3.1.3.7 lets the server's certificate stand for the signature.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

use crate::problem::{Problem, SecurityCheck};

const LEEWAY_S: i64 = 120;

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: i64,
    iat: i64,
    nonce: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// What the token must say.
#[derive(Debug)]
pub struct Expected<'a> {
    /// The configured issuer.
    pub issuer: &'a str,
    /// Our client id.
    pub client_id: &'a str,
    /// The attempt's nonce.
    pub nonce: &'a str,
    /// The best known time, in seconds since 1970 UTC.
    pub now_s: i64,
}

/// Checks the claims and returns `sub`. Any fault stops the sign-in.
pub fn subject(token: &str, expected: &Expected<'_>) -> Result<String, Problem> {
    read(token, expected).ok_or(Problem::rejected(SecurityCheck::IdToken))
}

fn read(token: &str, expected: &Expected<'_>) -> Option<String> {
    let mut parts = token.split('.');
    let (_header, payload, _signature) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let claims: Claims = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
    let ours_alone = match &claims.aud {
        Audience::One(aud) => aud == expected.client_id,
        Audience::Many(all) => !all.is_empty() && all.iter().all(|aud| aud == expected.client_id),
    };
    let sound = claims.iss == expected.issuer
        && ours_alone
        && claims.azp.as_deref().is_none_or(|azp| azp == expected.client_id)
        && claims.nonce.as_deref() == Some(expected.nonce)
        && claims.exp > expected.now_s.saturating_sub(LEEWAY_S)
        && claims.iat < expected.now_s.saturating_add(LEEWAY_S)
        && (1..=255).contains(&claims.sub.len());
    sound.then_some(claims.sub)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn verdict(claims: &Value) -> Option<String> {
        let token = format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims.to_string()));
        let expected = Expected { issuer: "https://id.example", client_id: "app", nonce: "n", now_s: 1000 };
        subject(&token, &expected).ok()
    }

    fn claims() -> Value {
        json!({"iss": "https://id.example", "sub": "anna", "aud": "app", "exp": 1300, "iat": 1000, "nonce": "n"})
    }

    #[test]
    fn sound_claims_name_the_person() {
        let mut several = claims();
        several["aud"] = json!(["app"]);
        several["azp"] = json!("app");
        assert_eq!(verdict(&claims()).as_deref(), Some("anna"));
        assert_eq!(verdict(&several).as_deref(), Some("anna"));
    }

    #[test]
    fn each_wrong_claim_alone_stops_the_sign_in() {
        let cases = [
            ("iss", json!("https://id.example/")),
            ("iss", json!(null)),
            ("aud", json!("other")),
            ("aud", json!(["app", "other"])),
            ("aud", json!([])),
            ("azp", json!("other")),
            ("nonce", json!("m")),
            ("nonce", json!(null)),
            ("exp", json!(880)),
            ("exp", json!("soon")),
            ("iat", json!(1120)),
            ("sub", json!("")),
            ("sub", json!("x".repeat(256))),
            ("sub", json!(7)),
        ];
        for (key, value) in cases {
            let mut wrong = claims();
            wrong[key] = value.clone();
            assert_eq!(verdict(&wrong), None, "{key} = {value}");
        }
    }

    #[test]
    fn what_is_no_token_is_refused() {
        let expected = Expected { issuer: "i", client_id: "c", nonce: "n", now_s: 0 };
        for token in ["", "a.b", "a.b.c.d", "a.!.c", "a.e30.c"] {
            assert!(subject(token, &expected).is_err(), "{token}");
        }
    }
}
