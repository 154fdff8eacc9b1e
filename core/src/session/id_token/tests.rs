//! Id tokens, each with one thing wrong.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::session::keys::tests::Signer;

const ISSUER: &str = "https://id.example";
const ACCESS: &str = "access";

const EXPECTED: Expected<'static> = Expected {
    issuer: ISSUER,
    client_id: "app",
    algorithms: &[SigningAlgorithm::ES256, SigningAlgorithm::RS256, SigningAlgorithm::PS256],
    nonce: "n",
    now_s: 1000,
    wanted: None,
};

fn claims() -> Value {
    json!({"iss": ISSUER, "sub": "anna", "aud": "app", "exp": 1300, "iat": 1000, "nonce": "n"})
}

fn with(name: &str, value: Value) -> Value {
    let mut claims = claims();
    claims[name] = value;
    claims
}

fn without(name: &str) -> Value {
    let mut claims = claims();
    claims.as_object_mut().unwrap().remove(name);
    claims
}

/// What a sign-in and a renewal of anna's say to one token.
fn verdicts(signer: &Signer, claims: &str) -> (bool, bool) {
    both(&signer.token(claims), &signer.keys())
}

/// Who signs in.
fn signs_in(token: &str, access: &str, expected: &Expected<'_>, keys: &KeySet) -> Result<String, Problem> {
    let Identified { sub, is_enough } = verify_sign_in(token, access, expected, keys)?;
    is_enough.map(|()| sub)
}

fn steps_up(signer: &Signer, claims: &Value, wanted: &StepUp) -> Result<String, Problem> {
    let expected = Expected { wanted: Some(wanted), ..EXPECTED };
    signs_in(&signer.token(&claims.to_string()), ACCESS, &expected, &signer.keys())
}

fn both(token: &str, keys: &KeySet) -> (bool, bool) {
    let sign_in = signs_in(token, ACCESS, &EXPECTED, keys);
    let refresh = verify_refresh(token, ACCESS, "anna", &EXPECTED, Some(keys));
    (sign_in.is_ok_and(|sub| sub == "anna"), refresh.is_ok())
}

#[test]
fn sound_claims_name_the_person() {
    let signer = Signer::new("k");
    let sound = [
        claims(),
        with("aud", json!(["app"])),
        with("aud", json!(["app", "app"])),
        with("azp", json!("app")),
        with("exp", json!(881)),
        with("exp", json!(1300.5)),
        with("exp", json!(1e12)),
        with("iat", json!(1119)),
        with("iat", json!(-1)),
        with("nbf", json!(1119)),
        with("at_hash", json!(half_hash(ACCESS))),
        with("amr", json!({"deep": [{"deeper": 1.5e300}]})),
    ];
    for claims in sound {
        assert_eq!(verdicts(&signer, &claims.to_string()), (true, true), "{claims}");
    }
}

#[test]
fn a_step_up_counts_only_when_the_person_was_asked_as_lately_as_wanted() {
    let signer = Signer::new("k");
    for (max_age_s, auth_time, recent) in [
        (None, None, true),
        (None, Some(json!(1)), true),
        (Some(300), Some(json!(1000)), true),
        (Some(300), Some(json!(580)), true),
        (Some(300), Some(json!(579)), false),
        (Some(0), Some(json!(880)), true),
        (Some(0), Some(json!(879)), false),
        (Some(300), Some(json!(1121)), false),
        (Some(u32::MAX), Some(json!(-5)), true),
        (Some(300), Some(Value::Null), false),
        (Some(300), None, false),
    ] {
        let wanted = StepUp { max_age_s, acr_values: None };
        let claims = auth_time.clone().map_or_else(claims, |at| with("auth_time", at));
        let verdict = steps_up(&signer, &claims, &wanted);
        let too_old = Err(Problem::sign_in(SignInFailure::StepUpTooOld));
        assert_eq!(verdict, if recent { Ok("anna".to_owned()) } else { too_old }, "{max_age_s:?} {auth_time:?}");
    }
}

#[test]
fn a_step_up_counts_only_in_one_of_the_ways_that_were_asked_for() {
    let signer = Signer::new("k");
    let too_weak = || Err(SignInFailure::StepUpTooWeak);
    let vectors = [
        (None, None, Ok(())),
        (None, Some(json!("phr")), Ok(())),
        (Some("phr"), Some(json!("phr")), Ok(())),
        (Some("phrh phr"), Some(json!("phr")), Ok(())),
        (Some("phr"), None, too_weak()),
        (Some("phr"), Some(Value::Null), too_weak()),
        (Some("phr"), Some(json!("")), too_weak()),
        (Some("phr"), Some(json!("0")), too_weak()),
        (Some("phr"), Some(json!("PHR")), too_weak()),
        (Some("phrh"), Some(json!("phr")), too_weak()),
        (Some("phrh phr"), Some(json!("phrh phr")), too_weak()),
        (Some("1"), Some(json!(1)), too_weak()),
        (Some("phr"), Some(json!(["phr"])), too_weak()),
    ];
    for (asked, acr, expected) in vectors {
        let claims = acr.clone().map_or_else(claims, |acr| with("acr", acr));
        let wanted = StepUp { max_age_s: None, acr_values: asked.map(str::to_owned) };
        let expected = expected.map(|()| "anna".to_owned()).map_err(Problem::sign_in);
        assert_eq!(steps_up(&signer, &claims, &wanted), expected, "{asked:?} {acr:?}");
        // Where both are asked for, both count; an old one is told first, since to ask again mends it.
        let wanted = StepUp { max_age_s: Some(60), ..wanted };
        let too_old = Err(Problem::sign_in(SignInFailure::StepUpTooOld));
        assert_eq!(steps_up(&signer, &claims, &wanted), too_old, "{asked:?} {acr:?}");
    }
}

#[test]
fn each_wrong_claim_alone_stops_a_sign_in_and_a_renewal() {
    let signer = Signer::new("k");
    let wrong = [
        with("iss", json!("https://id.example/")),
        with("iss", json!("https://evil.example")),
        without("iss"),
        with("aud", json!("other")),
        with("aud", json!(["app", "other"])),
        with("aud", json!([])),
        with("aud", json!({})),
        without("aud"),
        with("azp", json!("other")),
        with("azp", json!(7)),
        with("nonce", json!("m")),
        with("nonce", json!(7)),
        with("exp", json!("1300")),
        with("exp", json!(1e300)),
        without("exp"),
        with("iat", json!(null)),
        without("iat"),
        with("nbf", json!("now")),
        with("at_hash", json!(half_hash("another"))),
        with("at_hash", json!("")),
        with("sub", json!("")),
        with("sub", json!(7)),
        with("sub", json!("änna")),
        without("sub"),
    ];
    for claims in wrong {
        assert_eq!(verdicts(&signer, &claims.to_string()), (false, false), "{claims}");
    }
}

#[test]
fn a_sign_in_takes_any_person_but_its_own_nonce_and_a_renewal_its_own_person_but_no_nonce() {
    let signer = Signer::new("k");
    let somebody = signer.token(&with("sub", json!("bert")).to_string());
    assert_eq!(signs_in(&somebody, ACCESS, &EXPECTED, &signer.keys()), Ok("bert".to_owned()));
    let renewed = verify_refresh(&somebody, ACCESS, "anna", &EXPECTED, Some(&signer.keys()));
    assert_eq!(renewed, Err(Problem::rejected(SecurityCheck::IdToken)));
    assert_eq!(verdicts(&signer, &without("nonce").to_string()), (false, true));
    assert_eq!(verdicts(&signer, &with("nonce", json!(null)).to_string()), (false, true));
}

#[test]
fn a_subject_has_up_to_255_characters() {
    let signer = Signer::new("k");
    for (length, sound) in [(1, true), (255, true), (256, false)] {
        let token = signer.token(&with("sub", json!("x".repeat(length))).to_string());
        assert_eq!(signs_in(&token, ACCESS, &EXPECTED, &signer.keys()).is_ok(), sound, "{length}");
    }
}

#[test]
fn the_published_half_hash_is_ours() {
    // OpenID Connect Core, appendix A.3: the access token and the `at_hash` of its id token.
    assert_eq!(half_hash("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"), "77QmUPtjPfzWtF2AnpK9RQ");
}

#[test]
fn a_name_that_comes_twice_is_refused_whatever_it_is() {
    let signer = Signer::new("k");
    let twice = |more: &str| claims().to_string().replacen('{', &format!("{{{more},"), 1);
    for more in [r#""sub":"bert""#, r#""\u0073ub":"bert""#, r#""iss":"x""#, r#""x":1,"x":1"#] {
        assert_eq!(verdicts(&signer, &twice(more)), (false, false), "{more}");
    }
    assert_eq!(verdicts(&signer, &twice(r#""x":1,"y":1"#)), (true, true));
    let claims = claims().to_string();
    for header in [r#"{"alg":"none","alg":"ES256","kid":"k"}"#, r#"{"alg":"ES256","kid":"k","x":1,"x":1}"#] {
        assert_eq!(both(&signer.signed(header, &claims), &signer.keys()), (false, false), "{header}");
    }
}

#[test]
fn only_a_pinned_algorithm_with_a_fitting_key_counts() {
    let signer = Signer::new("k");
    let headers = [
        (r#"{"alg":"ES256","kid":"k"}"#, true),
        (r#"{"alg":"ES256"}"#, true),
        (r#"{"alg":"ES256","kid":"k","typ":"at+jwt","jku":"https://evil.example"}"#, true),
        (r#"{"alg":"none","kid":"k"}"#, false),
        (r#"{"alg":"None","kid":"k"}"#, false),
        (r#"{"alg":"","kid":"k"}"#, false),
        (r#"{"alg":"HS256","kid":"k"}"#, false),
        (r#"{"alg":"RS256","kid":"k"}"#, false),
        (r#"{"alg":"PS256","kid":"k"}"#, false),
        (r#"{"alg":"ES384","kid":"k"}"#, false),
        (r#"{"alg":"es256","kid":"k"}"#, false),
        (r#"{"alg":"ES256","kid":"other"}"#, false),
        (r#"{"alg":"ES256","kid":""}"#, false),
        (r#"{"alg":"ES256","kid":"k","crit":["exp"]}"#, false),
        (r#"{"alg":"ES256","kid":"k","crit":[]}"#, false),
    ];
    for (header, sound) in headers {
        let token = signer.signed(header, &claims().to_string());
        let verdict = signs_in(&token, ACCESS, &EXPECTED, &signer.keys());
        let expected = if sound { Ok("anna".to_owned()) } else { Err(Problem::rejected(SecurityCheck::Signature)) };
        assert_eq!(verdict, expected, "{header}");
    }
    let pinned = Expected { algorithms: &[SigningAlgorithm::RS256], ..EXPECTED };
    let token = signer.token(&claims().to_string());
    assert!(signs_in(&token, ACCESS, &pinned, &signer.keys()).is_err(), "not pinned");
    assert!(verify_refresh(&token, ACCESS, "anna", &pinned, None).is_err(), "not pinned, and no keys to be had");
}

#[test]
fn another_keys_signature_is_refused_and_an_altered_token_too() {
    let (signer, other) = (Signer::new("k"), Signer::new("k"));
    let token = signer.token(&claims().to_string());
    let rejected = Err(Problem::rejected(SecurityCheck::Signature));
    assert_eq!(signs_in(&token, ACCESS, &EXPECTED, &other.keys()), rejected);
    let parts: Vec<_> = token.split('.').collect();
    let altered = URL_SAFE_NO_PAD.encode(with("sub", json!("bert")).to_string());
    for token in [
        format!("{}.{altered}.{}", parts[0], parts[2]),
        format!("{}.{}.", parts[0], parts[1]),
        format!("{}.{}.{}", parts[0], parts[1], URL_SAFE_NO_PAD.encode([0; 64])),
        format!("{}.{}.{}", parts[0], parts[1], &parts[2][..40]),
    ] {
        assert_eq!(signs_in(&token, ACCESS, &EXPECTED, &signer.keys()), rejected, "{token}");
    }
}

#[test]
fn a_renewal_whose_keys_cannot_be_had_stands_by_its_claims() {
    let signer = Signer::new("k");
    let verdict =
        |claims: Value| verify_refresh(&signer.token(&claims.to_string()), ACCESS, "anna", &EXPECTED, None).is_ok();
    assert!(verdict(claims()));
    for claims in [with("sub", json!("bert")), with("nonce", json!("m")), without("iss")] {
        assert!(!verdict(claims.clone()), "{claims}");
    }
}

#[test]
fn a_wrong_clock_costs_a_sign_in_but_never_a_renewal() {
    let signer = Signer::new("k");
    let times =
        [("exp", json!(1)), ("exp", json!(880)), ("exp", json!(880.5)), ("iat", json!(1120)), ("nbf", json!(1120))];
    for (name, time) in times {
        let wrong_time = with(name, time);
        let token = signer.token(&wrong_time.to_string());
        assert_eq!(signs_in(&token, ACCESS, &EXPECTED, &signer.keys()), Err(wrong()), "{wrong_time}");
        assert_eq!(verify_refresh(&token, ACCESS, "anna", &EXPECTED, Some(&signer.keys())), Ok(()), "{wrong_time}");
    }
}

#[test]
fn a_token_says_which_key_it_wants() {
    let signer = Signer::new("k");
    let wants = |header: &str| wanted_key(&signer.signed(header, &claims().to_string()));
    assert_eq!(wants(r#"{"alg":"ES256","kid":"k"}"#).as_deref(), Some("k"));
    assert_eq!(wants(r#"{"alg":"ES256"}"#), None);
    assert_eq!(wants(r#"{"kid":7,"alg":"ES256"}"#), None);
    assert_eq!(wanted_key("a.b.c"), None);
}

#[test]
fn what_is_no_token_is_refused() {
    let signer = Signer::new("k");
    let token = signer.token(&claims().to_string());
    let padded = signer.token(&with("x", json!("x".repeat(LONGEST))).to_string());
    let cases = [
        "",
        ".",
        "..",
        "...",
        "a.b",
        "a.b.c.d",
        "a.!.c",
        "a.e30.c",
        "e30.e30.",
        "W10.W10.AA",
        "bnVsbA.bnVsbA.AA",
        &format!("{token}."),
        &format!("{token}="),
        &format!(" {token}"),
        &format!("{token}\n"),
        &padded,
    ]
    .map(str::to_owned);
    for token in cases {
        let verdict = signs_in(&token, ACCESS, &EXPECTED, &signer.keys());
        assert_eq!(verdict, Err(Problem::rejected(SecurityCheck::IdToken)), "{token:.60}");
        assert_eq!(both(&token, &signer.keys()), (false, false));
    }
}

proptest! {
    #[test]
    fn no_text_panics(header in ".*", claims in ".*", token in ".*", garbage in proptest::collection::vec(any::<u8>(), 0..200)) {
        let signer = Signer::new("k");
        for token in [signer.signed(&header, &claims), signer.token(&claims), token] {
            prop_assert_eq!(both(&token, &signer.keys()), (false, false));
        }
        prop_assert_eq!(KeySet::parse(&garbage), None);
    }
}
