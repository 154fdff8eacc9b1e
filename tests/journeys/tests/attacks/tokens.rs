//! What the token endpoint answers.

use std::time::{Duration, Instant};

use companion::Problem;
use companion::problem::SessionEnd;
use companion::session::SessionPhase;
use companion::usage::view::UsagePhase;
use companion_journeys::name_of;
use companion_sandbox::{Faults, Instead};
use serde_json::{Value, json};

use crate::canaries::Kind;
use crate::forge::instead;
use crate::story::{Story, TOKEN_LIFE_S, ended};

/// A token answer that would be good but for what is changed in it.
fn answer(changes: &[(&str, Value)]) -> Value {
    let mut answer = json!({
        "access_token": "an-access-token-that-came", "token_type": "Bearer", "expires_in": 300,
        "refresh_token": "a-refresh-token-that-came"
    });
    for (name, value) in changes {
        answer[*name] = value.clone();
    }
    answer
}

/// Answers that are none, and the problem each is.
fn bad_answers() -> Vec<(&'static str, Instead, &'static str)> {
    let html = |status| Instead {
        status,
        content_type: Some("text/html".to_owned()),
        body: "<!doctype html><title>Welcome</title>".to_owned(),
        ..Instead::default()
    };
    let json = |body: Value| Instead::json(body);
    let pretended = Instead { body: "<html>".to_owned(), ..Instead::default() };
    vec![
        ("2 MB of a token", json(answer(&[("access_token", "x".repeat(2_000_000).into())])), "not_understood"),
        ("20 KB of a token", json(answer(&[("access_token", "x".repeat(20_000).into())])), "not_understood"),
        ("NUL in the access token", json(answer(&[("access_token", "abc\0def".into())])), "not_understood"),
        ("CRLF in the access token", json(answer(&[("access_token", "a\r\nx-evil: 1".into())])), "not_understood"),
        ("an empty access token", json(answer(&[("access_token", "".into())])), "not_understood"),
        ("another alphabet", json(answer(&[("access_token", "tök\u{202e}en".into())])), "not_understood"),
        ("CRLF in the refresh token", json(answer(&[("refresh_token", "a\r\nb".into())])), "not_understood"),
        ("HTML with 200", html(200), "blocked_network"),
        ("HTML that says JSON", pretended, "blocked_network"),
        ("HTML with 503", html(503), "service_unavailable"),
        ("200 with an error", json(json!({"error": "invalid_grant"})), "not_understood"),
        ("200 with nothing", Instead::default(), "not_understood"),
        ("a list", json(json!([answer(&[])])), "not_understood"),
        ("a token that is a number", json(answer(&[("access_token", 7.into())])), "not_understood"),
        ("no token type", json(answer(&[("token_type", Value::Null)])), "not_understood"),
        ("an unknown token type", json(answer(&[("token_type", "mac".into())])), "not_understood"),
    ]
}

#[tokio::test]
async fn a15_a_token_answer_that_is_none_is_a_typed_problem_at_once_and_ends_nothing() {
    for (what, bad, expected) in bad_answers() {
        let mut story = Story::new().await;
        for token in ["an-access-token-that-came", "a-refresh-token-that-came"] {
            story.canaries.add(Kind::Other, token);
        }
        story.sandbox.set_faults(instead([("/token", bad.clone())]));
        let begun = Instant::now();
        let problem = story.sign_in("emma").await.unwrap_err();
        assert_eq!(name_of(&problem), expected, "{what}: {problem:?}");
        assert_eq!((story.phase(), story.asked("/token")), (SessionPhase::SignedOut, 1), "{what}");

        story.sandbox.set_faults(Faults::default());
        story.load("emma").await;
        story.pass(TOKEN_LIFE_S);
        story.sandbox.set_faults(instead([("/token", bad)]));
        let problem = story.refresh().await.unwrap_err();
        assert_eq!(name_of(&problem), expected, "{what}, renewing: {problem:?}");
        assert!(begun.elapsed() < Duration::from_secs(20), "{what}: {:?}", begun.elapsed());
        assert_eq!(story.phase(), SessionPhase::SignedIn, "{what}: it ends no session");
        story.sandbox.set_faults(Faults::default());
        story.refresh().await.unwrap();
        story.end();
    }
}

#[tokio::test]
async fn a15_a_life_that_cannot_be_is_clamped_and_signs_in_all_the_same() {
    for (expires_in, alive_s, dead_s) in [
        (json!(-1), 200, 301),
        (json!(0), 20, 31),
        (json!("600"), 400, 601),
        (json!(u64::MAX), 60_000, 86_401),
        (json!("99999999999999999999999999"), 200, 301),
        (json!(1e300), 200, 301),
        (json!({"a": []}), 200, 301),
    ] {
        let mut story = Story::of_emma().await;
        story.pass(TOKEN_LIFE_S);
        story.canaries.add(Kind::Access, "an-access-token-that-came");
        // An operator that takes any token, to see for how long the app does.
        let odd = Instead::json(answer(&[("expires_in", expires_in.clone())]));
        let any = || Instead::json(json!([]));
        story.sandbox.set_faults(instead([("/token", odd), ("/tmf-api", any()), ("/userinfo", any())]));
        let before = story.asked("/token");
        for (passed_s, expected) in [(0, 1), (alive_s, 1), (dead_s - alive_s, 2)] {
            story.pass(passed_s);
            let _ = story.refresh().await;
            assert_eq!(story.asked("/token") - before, expected, "{expires_in}, {passed_s} s later");
        }
        assert_eq!(story.phase(), SessionPhase::SignedIn, "{expires_in}");
        story.end();
    }
}

#[tokio::test]
async fn a15_an_answer_that_drips_is_given_up_after_half_a_minute() {
    let mut story = Story::new().await;
    let only = Some(vec!["/token".to_owned()]);
    story.sandbox.set_faults(Faults { slow_drip: true, only, ..Faults::default() });
    let begun = Instant::now();
    assert_eq!(story.sign_in("emma").await, Err(Problem::Offline));
    assert!(begun.elapsed() < Duration::from_secs(40), "{:?}", begun.elapsed());
    assert_eq!(story.asked("/token"), 1, "a code that was sent is not sent again");
    story.sandbox.set_faults(Faults::default());
    story.load("emma").await;
    story.end();
}

#[tokio::test]
async fn a15_a_body_without_an_end_is_cut_at_its_cap() {
    let bodies = [
        Faults { huge_body_bytes: Some(1 << 34), ..Faults::default() },
        Faults { gzip_bomb_mib: Some(32), ..Faults::default() },
    ];
    for body in bodies {
        for path in ["/token", "/.well-known"] {
            let mut story = Story::new().await;
            story.sandbox.set_faults(Faults { only: Some(vec![path.to_owned()]), ..body.clone() });
            let begun = Instant::now();
            let outcome = if path == "/token" { story.sign_in("emma").await } else { story.start().await.map(|_| ()) };
            let too_large = Problem::NotUnderstood { code: "too_large".to_owned() };
            assert_eq!(outcome, Err(too_large), "{path}");
            assert!(begun.elapsed() < Duration::from_secs(20), "{path}: {:?}", begun.elapsed());
            story.end();
        }
    }
}

/// Answers that speak of `invalid_grant` and are not the one that ends a session.
fn almost_invalid_grant() -> Vec<(u16, &'static str, &'static str)> {
    const GRANT: &str = r#"{"error":"invalid_grant"}"#;
    vec![
        (500, "application/json", GRANT),
        (502, "application/json", GRANT),
        (503, "text/html", "<h1>invalid_grant</h1>"),
        (401, "application/json", GRANT),
        (403, "application/json", GRANT),
        (404, "application/json", GRANT),
        (409, "application/json", GRANT),
        (429, "application/json", GRANT),
        (200, "application/json", GRANT),
        (400, "text/html", "<html>invalid_grant</html>"),
        (400, "text/plain", GRANT),
        (400, "application/json", ""),
        (400, "application/json", r#"{"error":"INVALID_GRANT"}"#),
        (400, "application/json", r#"{"error":["invalid_grant"]}"#),
        (400, "application/json", r#"{"error_description":"invalid_grant"}"#),
        (400, "application/json", r#"{"error":"invalid_request","error_description":"invalid_grant"}"#),
    ]
}

fn refusal((status, content_type, body): (u16, &str, &str)) -> Faults {
    let content_type = Some(content_type.to_owned());
    instead([("/token", Instead { status, content_type, body: body.to_owned(), ..Instead::default() })])
}

#[tokio::test]
async fn a16_an_answer_that_only_speaks_of_invalid_grant_ends_no_session() {
    for case in almost_invalid_grant() {
        let mut story = Story::of_emma().await;
        story.pass(TOKEN_LIFE_S);
        story.sandbox.set_faults(refusal(case));
        for _ in 0..2 {
            let problem = story.refresh().await.unwrap_err();
            assert_ne!(name_of(&problem), "session_ended", "{case:?}");
            assert_eq!(story.phase(), SessionPhase::SignedIn, "{case:?}");
            assert_eq!(story.phone.core.usage().state().phase, UsagePhase::Loaded, "{case:?}");
        }
        story.phone.reopen();
        assert_eq!(story.phase(), SessionPhase::SignedIn, "{case:?}");
        story.sandbox.set_faults(Faults::default());
        story.pass(600);
        story.refresh().await.unwrap_or_else(|problem| panic!("{case:?}: {problem:?}"));
        story.end();
    }
}

#[tokio::test]
async fn a16_the_one_answer_that_ends_a_session_does() {
    for content_type in ["application/json", "application/json;charset=UTF-8"] {
        let mut story = Story::of_emma().await;
        story.pass(TOKEN_LIFE_S);
        story.sandbox.set_faults(refusal((400, content_type, r#"{"error":"invalid_grant"}"#)));
        assert_eq!(story.refresh().await, Err(ended(SessionEnd::Revoked)));
        assert_eq!(story.phase(), SessionPhase::SignInAgain);
        assert_eq!(story.phone.core.usage().state().phase, UsagePhase::Loaded, "what was kept stays readable");
        story.end();
    }
}

#[tokio::test]
async fn a16_after_five_failures_over_a_day_signing_in_again_is_offered_and_nobody_is_signed_out() {
    let mut story = Story::of_emma().await;
    story.pass(TOKEN_LIFE_S);
    story.sandbox.set_faults(refusal((500, "application/json", r#"{"error":"invalid_grant"}"#)));
    let mut offered = Vec::new();
    for hours in 0..30 {
        let _ = story.refresh().await;
        let view = story.phone.core.session().state();
        assert_eq!(view.phase, SessionPhase::SignedIn, "{hours} h");
        if let Some(notice) = view.notice {
            assert!(notice.text.contains("signing in again"), "{notice:?}");
            offered.push(hours);
        }
        story.pass(3600);
    }
    assert_eq!(offered.first(), Some(&24), "{offered:?}");
    // It survives a restart, and goes once a renewal works.
    story.phone.reopen();
    assert!(story.phone.core.session().state().notice.is_some());
    story.sandbox.set_faults(Faults::default());
    story.refresh().await.unwrap();
    assert_eq!(story.phone.core.session().state().notice, None);
    story.end();

    // Four failures over two days, or a hundred in an hour, are a network's mood.
    for (times, apart_s) in [(4, 43_200), (100, 36)] {
        let mut story = Story::of_emma().await;
        story.pass(TOKEN_LIFE_S);
        story.sandbox.set_faults(refusal((500, "application/json", "")));
        for _ in 0..times {
            let _ = story.refresh().await;
            assert_eq!(story.phone.core.session().state().notice, None, "{times} times, {apart_s} s apart");
            story.pass(apart_s);
        }
        story.end();
    }
}
