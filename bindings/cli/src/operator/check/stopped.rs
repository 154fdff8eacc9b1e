//! What the core says of a sign-in in one word, such as "id token", told apart member by member for those who mend it. The core
//! has refused by then; here it is only said what is at fault.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use companion::Problem;
use companion::operator::profile::{Profile, SigningAlgorithm};
use companion::problem::{SecurityCheck, SignInFailure};
use jiff::fmt::rfc2822;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::book::Book;
use super::identity::{Attempt, description, fault, other, parameter, parts};
use super::judge::{Findings, kind, oauth_code};

/// Clocks may differ by so much (as in the core).
const LEEWAY_S: i64 = 120;

/// What stopped a sign-in, where it is the provider's.
pub fn stopped(book: &Book, profile: &Profile, attempt: &Attempt<'_>, problem: &Problem, findings: &mut Findings) {
    let told = attempt.callback.and_then(|callback| parameter(callback, "error"));
    match problem {
        Problem::SignIn { reason: SignInFailure::Rejected { check } } => {
            rejected(book, profile, attempt, *check, findings);
        }
        Problem::SignIn { reason: SignInFailure::AttemptUnknown } => {
            let came = attempt.callback.and_then(|callback| parameter(callback, "state"));
            let came = if came.is_some() { "another, or at another address" } else { "nothing" };
            let consequence = "Taken for another app's, or for an attack: nothing happens.";
            let expected = "the state of the request, at the address it named";
            fault(book, "sign-in-page", "state", expected, came, consequence, findings);
        }
        Problem::NotUnderstood { code } if code == "provider_metadata" => description(book, profile, findings),
        Problem::NotUnderstood { code } if code == "token_answer" => token_answer(book, attempt, findings),
        _ => {
            let Some(code) = told else { return };
            let expected = match code.as_str() {
                "invalid_scope" => "a code: every scope of identity.scopes is one that this client may ask for",
                "unauthorized_client" => "a code: identity.clientId is a public client with the code flow",
                _ => "a code",
            };
            let came = oauth_code(&code).unwrap_or("an error of strange signs");
            fault(book, "sign-in-page", "error", expected, came, "Nobody is signed in.", findings);
        }
    }
}

/// What of the answer for a code is at fault.
fn token_answer(book: &Book, attempt: &Attempt<'_>, findings: &mut Findings) {
    let answer = attempt.body_of(book, "token-exchange").unwrap_or_default();
    let consequence = "Not understood: nobody is signed in.";
    let mut note = |member: &str, expected: &str| {
        fault(book, "token-exchange", member, expected, &kind(answer.get(member)), consequence, findings);
    };
    let is_token = |token: &str| !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
    let text = |member: &str| answer.get(member).and_then(Value::as_str);
    if !text("access_token").is_some_and(is_token) {
        note("access_token", "a token of visible ASCII characters");
    }
    if !text("token_type").is_some_and(|told| ["bearer", "dpop"].contains(&told.to_ascii_lowercase().as_str())) {
        note("token_type", "Bearer or DPoP");
    }
    if answer.get("refresh_token").is_some() && !text("refresh_token").is_some_and(is_token) {
        note("refresh_token", "a token of visible ASCII characters, or nothing");
    }
    let seconds = answer.get("expires_in").map(|told| told.as_str().map_or(told.to_string(), str::to_owned));
    if seconds.is_some_and(|told| told.parse::<u64>().is_err()) {
        note("expires_in", "whole seconds, or nothing");
    }
}

fn rejected(book: &Book, profile: &Profile, attempt: &Attempt<'_>, check: SecurityCheck, findings: &mut Findings) {
    match check {
        SecurityCheck::Provider => description(book, profile, findings),
        SecurityCheck::Issuer => {
            let came = attempt.callback.and_then(|callback| parameter(callback, "iss"));
            let came = if came.is_some() { "another's" } else { "nothing" };
            let consequence = "The sign-in is stopped: the answer may be another provider's (RFC 9207).";
            fault(book, "sign-in-page", "iss", "the issuer, as the metadata promises it", came, consequence, findings);
        }
        SecurityCheck::Code => {
            let consequence = "The code is refused, and the sign-in is over.";
            fault(book, "token-exchange", "error", "tokens for the code", "invalid_grant", consequence, findings);
        }
        SecurityCheck::TokenType => {
            let (expected, came) = if profile.identity.dpop {
                ("DPoP, as the profile has identity.dpop", "Bearer, or nothing")
            } else {
                ("Bearer", "another type, or nothing")
            };
            let consequence = "Taken for an attack: tokens are not what was asked for.";
            fault(book, "token-exchange", "token_type", expected, came, consequence, findings);
        }
        SecurityCheck::IdToken | SecurityCheck::Signature => id_token(book, profile, attempt, findings),
    }
}

/// What is at fault in an id token that the core refused.
fn id_token(book: &Book, profile: &Profile, attempt: &Attempt<'_>, findings: &mut Findings) {
    let answer = attempt.body_of(book, "token-exchange").unwrap_or_default();
    let consequence = "Refused: nobody is signed in.";
    let Some(token) = answer.get("id_token").and_then(Value::as_str) else {
        let came = kind(answer.get("id_token"));
        return fault(book, "token-exchange", "id_token", "a JWS in its compact form", &came, consequence, findings);
    };
    let mut note = |member: &str, expected: &str, came: &str| {
        fault(book, "id-token", member, expected, came, consequence, findings);
    };
    let Some((header, claims)) = parts(token) else {
        return note("header.alg", "a JWS in its compact form", "what is none");
    };
    let identity = &profile.identity;
    let algorithms: Vec<&str> = identity.id_token_algorithms.iter().map(|it| name(*it)).collect();
    let algorithm = header.get("alg").and_then(Value::as_str).unwrap_or_default();
    if !algorithms.contains(&algorithm) {
        note("header.alg", &format!("one of {}", algorithms.join(", ")), &short(algorithm));
    } else if header.get("crit").is_some() {
        note("header.crit", "nothing: no extension is understood", &kind(header.get("crit")));
    } else {
        let keys = attempt.body_of(book, "signing-keys").unwrap_or_default();
        let keys = keys.get("keys").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let kid = header.get("kid");
        if keys.is_empty() {
            let expected = "at least one key that signs";
            fault(book, "signing-keys", "keys[]", expected, "none", consequence, findings);
            return;
        }
        let named = || keys.iter().filter(|key| kid.is_some() && key.get("kid") == kid);
        let kind_of_key = if algorithm.starts_with("ES") { "EC" } else { "RSA" };
        if kid.is_some() && named().next().is_none() {
            note("header.kid", "a key of jwks_uri", "one that is not there");
        } else if named().count() > 1 {
            let expected = "a name that no other key has";
            fault(book, "signing-keys", "keys[].kid", expected, "one that several have", consequence, findings);
            return;
        } else if named().any(|key| key.get("kty").and_then(Value::as_str) != Some(kind_of_key)) {
            let expected = format!("{kind_of_key}, for {algorithm}");
            fault(book, "signing-keys", "keys[].kty", &expected, "another", consequence, findings);
            return;
        }
    }
    let text = |claim: &str| claims.get(claim).and_then(Value::as_str);
    if text("iss") != Some(&identity.issuer) {
        note("claims.iss", "identity.issuer of the profile", &other(claims.get("iss")));
    }
    let ours = |aud: &Value| aud.as_str() == Some(&identity.client_id);
    let aud_is_ours = match claims.get("aud") {
        Some(Value::Array(all)) => !all.is_empty() && all.iter().all(ours),
        Some(one) => ours(one),
        None => false,
    };
    if !aud_is_ours {
        note("claims.aud", "identity.clientId of the profile, alone", &other(claims.get("aud")));
    }
    if claims.get("azp").is_some_and(|azp| !ours(azp)) {
        note("claims.azp", "identity.clientId of the profile", &other(claims.get("azp")));
    }
    if text("sub").is_none_or(|sub| sub.is_empty() || sub.len() > 255 || !sub.is_ascii()) {
        note("claims.sub", "1 to 255 ASCII characters", &kind(claims.get("sub")));
    }
    let nonce = attempt.nonce(book);
    if text("nonce") != nonce.as_deref() {
        note("claims.nonce", "the nonce of the request", &other(claims.get("nonce")));
    }
    let access = answer.get("access_token").and_then(Value::as_str).unwrap_or_default();
    let hash = Sha256::digest(access);
    let hash = URL_SAFE_NO_PAD.encode(hash.get(..16).unwrap_or_default());
    if text("at_hash").is_some_and(|told| told != hash) {
        note("claims.at_hash", "the left half of the access token's SHA-256", "another");
    }
    let exchange = attempt.exchange_of(book, "token-exchange");
    let date = exchange.and_then(|it| it.response_header("date")).and_then(|date| rfc2822::parse(date).ok());
    let now_s = date.map_or_else(jiff::Timestamp::now, |at| at.timestamp()).as_second();
    let seconds = |claim: &str| claims.get(claim).and_then(|it| it.to_string().split('.').next()?.parse::<i64>().ok());
    if seconds("exp").is_none_or(|exp| exp <= now_s.saturating_sub(LEEWAY_S)) {
        note("claims.exp", "a time to come", if seconds("exp").is_some() { "one that is past" } else { "no time" });
    }
    for claim in ["iat", "nbf"] {
        let is_needed = claim == "iat";
        match seconds(claim) {
            None if is_needed => note("claims.iat", "a time that is past", "no time"),
            Some(at) if at >= now_s.saturating_add(LEEWAY_S) => {
                note(&format!("claims.{claim}"), "a time that is past", "one to come");
            }
            _ => {}
        }
    }
    if !findings.has_fault(super::report::SIGN_IN) {
        let expected = "a signature of the key that the header names";
        fault(book, "id-token", "header.alg", expected, "one that does not verify", consequence, findings);
    }
}

/// A name of an algorithm; what does not look like one is not repeated.
fn short(name: &str) -> String {
    let is_sound = (1..=12).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric());
    if is_sound { name.to_owned() } else { "what is no name of one".to_owned() }
}

fn name(algorithm: SigningAlgorithm) -> &'static str {
    match algorithm {
        SigningAlgorithm::ES256 => "ES256",
        SigningAlgorithm::RS256 => "RS256",
        SigningAlgorithm::PS256 => "PS256",
    }
}
