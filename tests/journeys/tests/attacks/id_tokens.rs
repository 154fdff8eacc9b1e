//! Id tokens and the keys they are signed with, each wrong in one way.

use companion::Problem;
use companion::problem::SecurityCheck;
use companion::session::SessionPhase;
use companion_sandbox::{Faults, IdTokenAlg, IdTokenFaults, IdentityFaults, Instead, JwksFault};
use serde_json::{Value, json};

use crate::forge::{Forge, claims, instead, token_answer};
use crate::story::{Story, TOKEN_LIFE_S, rejected};

/// The documented scene's time, in seconds since 1970 UTC.
const NOW_S: i64 = 1_795_611_900;

fn bent(id_token: IdTokenFaults) -> Faults {
    Faults { identity: IdentityFaults { id_token: Some(id_token), ..IdentityFaults::default() }, ..Faults::default() }
}

fn with_claims(claims: Value) -> Faults {
    bent(IdTokenFaults { claims: Some(claims), ..IdTokenFaults::default() })
}

fn with_header(header: Value) -> Faults {
    bent(IdTokenFaults { header: Some(header), ..IdTokenFaults::default() })
}

fn signed(alg: IdTokenAlg) -> Faults {
    bent(IdTokenFaults { alg: Some(alg), ..IdTokenFaults::default() })
}

/// The sign-in stops, and a renewal with the same fault ends no session and brings no tokens.
async fn refused(faults: Faults, check: SecurityCheck) {
    let mut story = Story::new().await;
    story.sandbox.set_faults(faults);
    assert_eq!(story.sign_in("emma").await, Err(rejected(check)));
    assert_eq!(story.phase(), SessionPhase::SignedOut);
    let session = story.phone.secure_store.contents().into_iter().find(|(key, _)| key == "session");
    assert_eq!(session, None, "nothing of it was kept");
    story.sandbox.set_faults(Faults::default());
    story.load("emma").await;
    story.end();
}

macro_rules! refused {
    ($($name:ident: $faults:expr => $check:ident;)*) => {
        $(#[tokio::test]
        async fn $name() {
            refused($faults, SecurityCheck::$check).await;
        })*
    };
}

refused! {
    a09_without_a_signature: signed(IdTokenAlg::None) => Signature;
    a09_signed_with_the_public_key_as_a_secret: signed(IdTokenAlg::Hs256) => Signature;
    a09_of_an_unknown_key: signed(IdTokenAlg::UnknownKid) => Signature;
    a09_with_a_bit_of_its_signature_changed: signed(IdTokenAlg::BadSignature) => Signature;
    a09_of_an_algorithm_nobody_agreed_on: with_header(json!({"alg": "ES384"})) => Signature;
    a09_of_no_algorithm: with_header(json!({"alg": "NONE"})) => Signature;
    a09_with_an_extension_nobody_understands: with_header(json!({"crit": ["exp"]})) => Signature;
    a09_missing: bent(IdTokenFaults { missing: true, ..IdTokenFaults::default() }) => IdToken;
    a09_with_the_same_name_twice: bent(IdTokenFaults { duplicate_keys: true, ..IdTokenFaults::default() }) => IdToken;
    a09_for_another_client: with_claims(json!({"aud": "other-app"})) => IdToken;
    a09_for_us_and_another_client: with_claims(json!({"aud": ["companion-app", "other-app"]})) => IdToken;
    a09_for_nobody: with_claims(json!({"aud": []})) => IdToken;
    a09_given_to_another_client: with_claims(json!({"azp": "other-app"})) => IdToken;
    a09_with_another_nonce: with_claims(json!({"nonce": "another-sign-in"})) => IdToken;
    a09_without_a_nonce: with_claims(json!({"nonce": null})) => IdToken;
    a09_of_another_issuer: with_claims(json!({"iss": "https://evil.example"})) => IdToken;
    a09_of_almost_the_issuer: with_claims(json!({"iss": "https://localhost"})) => IdToken;
    a09_that_has_expired: with_claims(json!({"exp": NOW_S - 121})) => IdToken;
    a09_from_the_future: with_claims(json!({"iat": NOW_S + 121, "exp": NOW_S + 500})) => IdToken;
    a09_not_valid_yet: with_claims(json!({"nbf": NOW_S + 121})) => IdToken;
    a09_with_times_that_are_none: with_claims(json!({"exp": "tomorrow"})) => IdToken;
    a09_with_the_hash_of_another_access_token: with_claims(json!({"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"})) => IdToken;
    a09_of_nobody: with_claims(json!({"sub": ""})) => IdToken;
    a09_of_a_name_without_end: with_claims(json!({"sub": "x".repeat(256)})) => IdToken;
    a09_of_a_list_of_people: with_claims(json!({"sub": ["anna"]})) => IdToken;
}

#[tokio::test]
async fn a09_two_minutes_of_another_clock_are_forgiven() {
    for faults in [with_claims(json!({"exp": NOW_S - 60})), with_claims(json!({"iat": NOW_S + 60}))] {
        let mut story = Story::new().await;
        story.sandbox.set_faults(faults);
        assert_eq!(story.sign_in("emma").await, Ok(()));
        story.end();
    }
}

/// Keys that a forger brings along, under the name of the operator's.
#[tokio::test]
async fn a09_signed_with_a_key_of_the_forgers() {
    let forge = Forge::new("sandbox-1");
    let jwk = forge.jwk();
    for header in [
        json!({"alg": "ES256", "kid": "sandbox-1"}),
        json!({"alg": "ES256", "kid": "sandbox-1", "jwk": jwk}),
        json!({"alg": "ES256", "jwk": jwk}),
        json!({"alg": "ES256", "kid": "../../etc/passwd"}),
        json!({"alg": "ES256", "jku": "https://evil.example/jwks", "kid": "sandbox-1"}),
        json!({"alg": "ES256"}),
    ] {
        let mut story = Story::new().await;
        let callback = story.walk("emma").await;
        let nonce = story.nonce();
        let emma = story.sandbox.person("emma").unwrap();
        let claims = claims(&story.sandbox.origin(), &emma.sub, &nonce, NOW_S);
        let forged = token_answer(&forge.sign_as(&header, &claims.to_string()));
        story.sandbox.set_faults(instead([("/token", Instead::json(forged))]));
        assert_eq!(story.finish(&callback).await, Err(rejected(SecurityCheck::Signature)), "{header}");
        assert_eq!(story.phase(), SessionPhase::SignedOut);
        story.end();
    }
    // The same token is good where the operator's own key set has that key: it is the key that counts.
    let mut story = Story::new().await;
    let callback = story.walk("emma").await;
    let emma = story.sandbox.person("emma").unwrap();
    let forged = forge.sign(&claims(&story.sandbox.origin(), &emma.sub, &story.nonce(), NOW_S));
    let answers = [("/token", Instead::json(token_answer(&forged))), ("/jwks", Instead::json(forge.jwks()))];
    story.sandbox.set_faults(instead(answers));
    assert_eq!(story.finish(&callback).await, Ok(()));
    story.end();
}

#[tokio::test]
async fn a09_of_somebody_else_or_forged_in_a_renewal_brings_no_token_and_no_other_person() {
    let luc = Story::new().await;
    let sub = luc.sandbox.person("luc").unwrap().sub;
    luc.end();
    for (faults, check) in [
        (with_claims(json!({"sub": sub})), SecurityCheck::IdToken),
        (with_claims(json!({"iss": "https://evil.example"})), SecurityCheck::IdToken),
        (with_claims(json!({"aud": "other-app"})), SecurityCheck::IdToken),
        (with_claims(json!({"nonce": "another-sign-in"})), SecurityCheck::IdToken),
        (signed(IdTokenAlg::None), SecurityCheck::Signature),
        (signed(IdTokenAlg::Hs256), SecurityCheck::Signature),
        (signed(IdTokenAlg::BadSignature), SecurityCheck::Signature),
    ] {
        let mut story = Story::of_emma().await;
        let kept = story.phone.item("session");
        story.pass(TOKEN_LIFE_S);
        story.sandbox.set_faults(faults);
        assert_eq!(story.refresh().await, Err(rejected(check)));
        assert_eq!(story.phone.item("session"), kept, "the session is what it was");
        assert_eq!(story.phase(), SessionPhase::SignedIn);
        let asked = story.sandbox.requests();
        let answer = asked.iter().rposition(|request| request.path == "/token").unwrap();
        let used = asked[answer..].iter().any(|request| request.path.starts_with("/tmf-api"));
        assert!(!used, "nobody's data was asked for with tokens of another");
        story.end();
    }
}

fn with_keys(jwks: JwksFault) -> Faults {
    Faults { identity: IdentityFaults { jwks: Some(jwks), ..IdentityFaults::default() }, ..Faults::default() }
}

#[tokio::test]
async fn a28_key_sets_that_name_no_key_or_too_many_verify_nothing() {
    for (what, jwks, expected) in [
        ("two keys of one name", JwksFault::DuplicateKid, rejected(SecurityCheck::Signature)),
        ("a key of another kind", JwksFault::WrongKeyType, rejected(SecurityCheck::Signature)),
        ("no key", JwksFault::Empty, rejected(SecurityCheck::Signature)),
        ("5 MB of keys", JwksFault::Huge, Problem::NotUnderstood { code: "too_large".to_owned() }),
    ] {
        let mut story = Story::new().await;
        story.sandbox.set_faults(with_keys(jwks));
        let begun = std::time::Instant::now();
        assert_eq!(story.sign_in("emma").await, Err(expected), "{what}");
        assert!(begun.elapsed().as_secs() < 10, "{what}: {:?}", begun.elapsed());
        assert_eq!(story.phase(), SessionPhase::SignedOut, "{what}");
        story.sandbox.set_faults(Faults::default());
        // A set that was read is good for five minutes, whatever is in it.
        story.pass(301);
        story.sign_in("emma").await.unwrap();
        story.end();
    }
}

#[tokio::test]
async fn a28_a_key_of_another_kind_is_not_bent_to_fit() {
    let forge = Forge::new("sandbox-1");
    let EcPoint { x, y } = point(&forge.jwk());
    let keys = [
        // The same numbers under other names, other curves, other uses.
        json!({"kty": "oct", "kid": "sandbox-1", "alg": "HS256", "k": x}),
        json!({"kty": "RSA", "kid": "sandbox-1", "alg": "ES256", "n": x, "e": "AQAB"}),
        json!({"kty": "EC", "crv": "P-384", "kid": "sandbox-1", "x": x, "y": y}),
        json!({"kty": "EC", "crv": "P-256", "kid": "sandbox-1", "x": y, "y": x}),
        json!({"kty": "EC", "crv": "P-256", "kid": "sandbox-1", "x": x, "y": y, "use": "enc"}),
        json!({"kty": "EC", "crv": "P-256", "kid": "sandbox-1", "x": x, "y": y, "key_ops": ["sign"]}),
        json!({"kty": "EC", "crv": "P-256", "kid": "sandbox-1", "x": x, "y": y, "alg": "RS256"}),
        json!({"kty": "OKP", "crv": "Ed25519", "kid": "sandbox-1", "x": x}),
        json!({"kid": "sandbox-1"}),
        json!("sandbox-1"),
    ];
    for key in keys {
        let mut story = Story::new().await;
        let callback = story.walk("emma").await;
        let emma = story.sandbox.person("emma").unwrap();
        let token = forge.sign(&claims(&story.sandbox.origin(), &emma.sub, &story.nonce(), NOW_S));
        let set = json!({ "keys": [key] });
        let answers = [("/token", Instead::json(token_answer(&token))), ("/jwks", Instead::json(set))];
        story.sandbox.set_faults(instead(answers));
        assert_eq!(story.finish(&callback).await, Err(rejected(SecurityCheck::Signature)), "{key}");
        story.end();
    }
}

struct EcPoint {
    x: String,
    y: String,
}

fn point(jwk: &Value) -> EcPoint {
    let part = |name: &str| jwk[name].as_str().unwrap().to_owned();
    EcPoint { x: part("x"), y: part("y") }
}

#[tokio::test]
async fn a28_a_flood_of_unknown_keys_asks_for_the_set_once_in_five_minutes() {
    let mut story = Story::new().await;
    story.load("emma").await;
    let begun = story.asked("/jwks");
    assert_eq!(begun, 1);
    story.sandbox.set_faults(signed(IdTokenAlg::UnknownKid));
    let mut asked = Vec::new();
    for minute in 0..11 {
        for _ in 0..4 {
            assert_eq!(story.sign_in("emma").await, Err(rejected(SecurityCheck::Signature)));
        }
        asked.push(story.asked("/jwks") - begun);
        assert!(asked[minute] <= 1 + minute / 5, "minute {minute}: {asked:?}");
        story.pass(60);
    }
    assert!(asked[10] >= 2, "and it is asked for again: a key may be new: {asked:?}");
    story.end();
}

#[tokio::test]
async fn a08_algorithms_are_pinned_whatever_the_provider_lists() {
    for listed in [json!(["none"]), json!(["HS256", "none"]), json!([]), json!(null), json!("HS256")] {
        let change = json!({ "id_token_signing_alg_values_supported": listed });
        for (alg, expected) in [
            (Some(IdTokenAlg::None), Err(rejected(SecurityCheck::Signature))),
            (Some(IdTokenAlg::Hs256), Err(rejected(SecurityCheck::Signature))),
            // Listing nonsense does not keep anybody out who signs as agreed.
            (None, Ok(())),
        ] {
            let mut story = Story::new().await;
            let id_token = alg.map(|alg| IdTokenFaults { alg: Some(alg), ..IdTokenFaults::default() });
            let identity = IdentityFaults { discovery: Some(change.clone()), id_token, ..IdentityFaults::default() };
            story.sandbox.set_faults(Faults { identity, ..Faults::default() });
            assert_eq!(story.sign_in("emma").await, expected, "{listed} {alg:?}");
            story.end();
        }
    }
}

impl Story {
    /// The nonce of the sign-in that is on its way.
    fn nonce(&self) -> String {
        let attempt: Value = serde_json::from_slice(&self.phone.item("attempt/")).unwrap();
        attempt["Waiting"]["nonce"].as_str().unwrap().to_owned()
    }
}
