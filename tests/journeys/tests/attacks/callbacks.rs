//! Addresses that come back to the app, from the operator's page or from anybody else.

use companion::problem::{SecurityCheck, SignInFailure};
use companion::session::{SessionPhase, SignInPurpose, SignInWish};
use companion::{CoreConfig, Host};
use companion_journeys::{Phone, PhoneClock, PhoneStore, START};
use companion_sandbox::SandboxOptions;
use proptest::prelude::*;
use serde_json::json;
use std::sync::Arc;

use crate::canaries::Kind;
use crate::story::{REDIRECT, Story, parameter, rejected, sign_in, with_parameter};
use crate::stranger::Stranger;

const UNKNOWN: companion::Problem = companion::Problem::SignIn { reason: SignInFailure::AttemptUnknown };

/// Another phone with the same operator, in an attacker's hand.
fn attacker(story: &Story) -> Phone {
    Phone::new(&story.sandbox)
}

#[tokio::test]
async fn a01_a_code_of_the_attackers_in_the_victims_callback_fails_for_want_of_its_verifier() {
    let mut story = Story::new().await;
    let attacker = attacker(&story);
    let theirs = attacker.walk(&story.sandbox, "luc").await.unwrap();
    story.canaries.address(&theirs);
    let ours = story.walk("emma").await;
    let injected = with_parameter(&ours, "code", parameter(&theirs, "code").as_deref());
    assert_eq!(story.finish(&injected).await, Err(rejected(SecurityCheck::Code)));
    assert_eq!((story.asked("/token"), story.phase()), (1, SessionPhase::SignedOut));
    assert_eq!(story.finish(&ours).await, Err(sign_in(SignInFailure::AlreadyHandled)), "the attempt is used up");
    // The code was not spent: it is good for its own verifier alone.
    assert_eq!(attacker.core.session().finish(theirs).await, Ok(()));
    story.canaries.phone(&attacker);
    story.sign_in("emma").await.unwrap();
    story.end();
}

#[tokio::test]
async fn a02_the_attackers_whole_callback_signs_nobody_in() {
    for signed_in in [false, true] {
        let mut story = if signed_in { Story::of_emma().await } else { Story::new().await };
        let before = story.phase();
        let attacker = attacker(&story);
        let theirs = attacker.walk(&story.sandbox, "luc").await.unwrap();
        let ours = story.walk("emma").await;
        let tokens = story.asked("/token");
        assert_eq!(story.finish(&theirs).await, Err(UNKNOWN));
        assert_eq!((story.asked("/token"), story.phase()), (tokens, SessionPhase::SigningIn), "from {before:?}");
        story.finish(&ours).await.unwrap();
        assert_eq!(story.phase(), SessionPhase::SignedIn);
        story.canaries.phone(&attacker);
        story.end();
    }
}

#[tokio::test]
async fn a03_a_callback_out_of_the_blue_is_ignored_without_a_request() {
    let mut story = Story::new().await;
    let attacker = attacker(&story);
    let theirs = attacker.walk(&story.sandbox, "luc").await.unwrap();
    for reopened in [false, true] {
        if reopened {
            story.phone.reopen();
        }
        let still = story.still();
        for callback in [theirs.clone(), format!("{REDIRECT}?code=some-code&state=some-state"), REDIRECT.to_owned()] {
            assert_eq!(story.finish(&callback).await, Err(UNKNOWN), "{callback}");
        }
        assert_eq!(story.still(), still, "no request, no change, nothing kept; reopened: {reopened}");
    }
    story.end();
}

#[tokio::test]
async fn a04_anybodys_error_does_not_end_a_sign_in_that_is_on_its_way() {
    let mut story = Story::new().await;
    let ours = story.walk("emma").await;
    let issuer = story.sandbox.origin();
    let state = parameter(&ours, "state").unwrap();
    let still = story.still();
    for error in ["access_denied", "login_required", "server_error"] {
        for query in [
            format!("error={error}"),
            format!("error={error}&iss={issuer}"),
            format!("error={error}&state=foreign-state&iss={issuer}"),
            format!("error={error}&state="),
            // The right state is worth nothing together with another outcome.
            format!("error={error}&state={state}&code=some-code&iss={issuer}"),
            format!("error={error}&state={state}&state={state}&iss={issuer}"),
        ] {
            assert_eq!(story.finish(&format!("{REDIRECT}?{query}")).await, Err(UNKNOWN), "{query}");
        }
        for query in [format!("error={error}&state={state}"), format!("error={error}&state={state}&iss=https://evil")] {
            let outcome = story.finish(&format!("{REDIRECT}?{query}")).await;
            assert_eq!(outcome, Err(rejected(SecurityCheck::Issuer)), "{query}");
        }
    }
    assert_eq!(story.still(), still);
    story.finish(&ours).await.unwrap();
    story.end();
}

#[tokio::test]
async fn a05_a_callback_counts_once_however_often_and_however_simultaneously_it_comes() {
    let mut story = Story::new().await;
    let ours = story.walk("emma").await;
    let session = story.phone.core.session();
    let all = futures_util::future::join_all((0..16).map(|_| session.clone().finish(ours.clone()))).await;
    let (good, bad): (Vec<_>, Vec<_>) = all.into_iter().partition(Result::is_ok);
    assert_eq!(good.len(), 1);
    let handled = Err(sign_in(SignInFailure::AlreadyHandled));
    assert!(bad.iter().all(|outcome| *outcome == handled), "{bad:?}");
    for _ in 0..3 {
        assert_eq!(story.finish(&ours).await, handled);
        story.phone.reopen();
    }
    assert_eq!((story.asked("/token"), story.phase()), (1, SessionPhase::SignedIn));
    story.refresh().await.unwrap();
    story.end();
}

#[tokio::test]
async fn a06_an_answer_of_another_issuer_or_of_none_is_refused_before_any_request() {
    let mut story = Story::new().await;
    let other = Story::new().await;
    let ours = story.walk("emma").await;
    let theirs = attacker(&other).walk(&other.sandbox, "emma").await.unwrap();
    story.canaries.address(&theirs);
    let tokens = |story: &Story| story.asked("/token");
    let state = parameter(&ours, "state").unwrap();
    for callback in [
        // The other's code and issuer under our state; without an issuer though ours promises one; nearly ours.
        with_parameter(&theirs, "state", Some(&state)),
        with_parameter(&ours, "iss", None),
        with_parameter(&ours, "iss", Some("")),
        with_parameter(&ours, "iss", Some(&other.sandbox.origin())),
        with_parameter(&ours, "iss", Some(&format!("{}/", story.sandbox.origin()))),
        with_parameter(&ours, "iss", Some(&story.sandbox.origin().to_uppercase())),
        with_parameter(&ours, "iss", Some("https://localhost")),
    ] {
        assert_eq!(story.finish(&callback).await, Err(rejected(SecurityCheck::Issuer)), "{callback}");
    }
    assert_eq!((tokens(&story), tokens(&other)), (0, 0));
    story.finish(&ours).await.unwrap();
    assert_eq!(story.canaries.leaks(&other.sandbox.requests()), [""; 0], "nothing of it was told to the other");
    other.end();
    story.end();
}

/// Where a stranger's link would like the app, or the browser, to go next.
const ELSEWHERE: [(&str, &str); 7] = [
    ("returnTo", "https://evil.example/steal"),
    ("return_to", "javascript:alert(1)"),
    ("next", "intent://evil#Intent;scheme=https;end"),
    ("redirect_uri", "https://evil.example/steal"),
    ("url", "data:text/html,evil.example"),
    ("target_link_uri", "//evil.example/steal"),
    ("iss_hint", "file:///etc/passwd#evil.example"),
];

#[tokio::test]
async fn a12_our_own_links_lead_nowhere_but_into_the_app() {
    let mut story = Story::new().await;
    let session = story.phone.core.session();
    let link = format!("{}/invitation?token=abcd-efgh-1234", story.sandbox.origin());
    story.canaries.add(Kind::Invitation, "abcd-efgh-1234");
    let plain = session.invitation(link.clone()).unwrap();
    for (name, value) in ELSEWHERE {
        let longer = with_parameter(&link, name, Some(value));
        assert_eq!(session.invitation(longer.clone()).as_ref(), Ok(&plain), "{name} changes nothing");
        let wish = SignInWish { purpose: SignInPurpose::Invitation { invitation: longer }, number: None };
        let page = session.clone().start(wish, None).await.unwrap();
        assert!(page.url.starts_with(&story.sandbox.origin()) && !page.url.contains("evil"), "{}", page.url);
        assert_eq!(page.redirect_uri, REDIRECT);
        let alone = session.invitation(value.to_owned());
        assert_eq!(alone.unwrap_err(), sign_in(SignInFailure::InvitationUnknown), "{value}");
        assert_eq!(story.finish(value).await, Err(UNKNOWN), "{value}");
    }
    // A callback with all of them at once signs in as the one without, and keeps none of them.
    let ours = story.walk("emma").await;
    let longer = ELSEWHERE.iter().fold(ours, |url, (name, value)| with_parameter(&url, name, Some(value)));
    story.finish(&longer).await.unwrap();
    story.refresh().await.unwrap();
    assert_eq!(story.phase(), SessionPhase::SignedIn);
    let kept = story.phone.secure_store.contents().into_iter().flat_map(|(_, bytes)| bytes).collect::<Vec<_>>();
    for place in [kept, story.phone.file_contents(), format!("{:?}", session.state()).into_bytes()] {
        assert!(memchr::memmem::find(&place, b"evil").is_none());
    }
    let asked = format!("{:?}", story.sandbox.requests());
    assert!(!asked.contains("evil") && !asked.contains("passwd"), "{asked}");
    story.end();
}

#[tokio::test]
async fn a13_whoever_registers_our_scheme_gets_a_code_that_is_worth_nothing() {
    let mut story = Story::new().await;
    let ours = story.walk("emma").await;
    // The same app on another phone, and a client of the attacker's own.
    let thief = attacker(&story);
    thief.walk(&story.sandbox, "luc").await.unwrap();
    assert_eq!(thief.core.session().finish(ours.clone()).await, Err(UNKNOWN));
    assert_eq!(story.asked("/token"), 0);
    let ca = reqwest::Certificate::from_pem(story.sandbox.ca_pem().as_bytes()).unwrap();
    let client = reqwest::Client::builder().tls_certs_only([ca]).no_proxy().build().unwrap();
    let code = parameter(&ours, "code").unwrap();
    for verifier in [None, Some("a-verifier-of-the-attackers-own-making-1234567")] {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", "authorization_code").append_pair("client_id", "companion-app");
        form.append_pair("code", &code).append_pair("redirect_uri", REDIRECT);
        if let Some(verifier) = verifier {
            form.append_pair("code_verifier", verifier);
        }
        let post = client.post(format!("{}/token", story.sandbox.origin()));
        let answer =
            post.header("content-type", "application/x-www-form-urlencoded").body(form.finish()).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{verifier:?}");
        assert!(!answer.text().await.unwrap().contains("access_token"), "{verifier:?}");
    }
    story.finish(&ours).await.unwrap();
    story.refresh().await.unwrap();
    story.canaries.phone(&thief);
    story.end();
}

#[tokio::test]
async fn a14_an_address_that_only_looks_like_ours_completes_nothing() {
    let custom = (
        "be.companion.sandbox:/signed-in",
        vec![
            "be.companion.sandbox:/Signed-In",
            "be.companion.sandbox:/signed-in/",
            "be.companion.sandbox:/signed-in/../signed-in%2f",
            "be.companion.sandbox:/signed%2din",
            "be.companion.sandbox://signed-in",
            "be.companion.sandbox://evil.example/signed-in",
            "be.companion.sandbox://user@/signed-in",
            "be.companion.sandbox.evil:/signed-in",
            "be.companion.sandb0x:/signed-in",
            "be.companion.sandbox:signed-in",
            "https://be.companion.sandbox/signed-in",
            "intent://signed-in#Intent;scheme=be.companion.sandbox;end",
        ],
    );
    let claimed = (
        "https://app.example/signed-in",
        vec![
            "http://app.example/signed-in",
            "https://app.example./signed-in",
            "https://app.example:444/signed-in",
            "https://app.example:80/signed-in",
            "https://user@app.example/signed-in",
            "https://user:pw@app.example/signed-in",
            "https://app.example@evil.example/signed-in",
            "https://app.example.evil.example/signed-in",
            "https://evil.example/app.example/signed-in",
            "https://\u{430}pp.example/signed-in",
            "https://xn--pp-5cd.example/signed-in",
            "https://app.ex\u{e4}mple/signed-in",
            "https://app.example/SIGNED-IN",
            "https://app.example//signed-in",
            "https://app.example/signed-in%2f",
            "https://app.example/%2e%2e/signed-in%00",
            "https://app.example/signed%2Din",
            "https://app.example/signed-in/x",
        ],
    );
    for (redirect, look_alikes) in [custom, claimed] {
        // What is pushed is not in the address, where this test reads the state.
        let mut story = Story::with(SandboxOptions { par: false, ..SandboxOptions::default() }, |profile| {
            profile["identity"]["redirectUri"] = redirect.into();
        })
        .await;
        let page = story.start().await.unwrap();
        let (state, iss) = (parameter(&page.url, "state").unwrap(), story.sandbox.origin());
        let query = format!("code=a-code-that-came&state={state}&iss={iss}");
        let still = story.still();
        for address in look_alikes {
            assert_eq!(story.finish(&format!("{address}?{query}")).await, Err(UNKNOWN), "{address}");
        }
        for tail in ["#", "#fragment", &format!("&code=other#{query}"), "&state=other", "&iss=https://evil.example"] {
            assert_eq!(story.finish(&format!("{redirect}?{query}{tail}")).await, Err(UNKNOWN), "{tail}");
        }
        let long = format!("{redirect}?{query}&x={}", "x".repeat(4096));
        assert_eq!(story.finish(&long).await, Err(UNKNOWN), "too long");
        assert_eq!(story.still(), still, "{redirect}");
        // What is ours gets as far as the operator, who does not know that code.
        assert_eq!(story.finish(&format!("{redirect}?{query}")).await, Err(rejected(SecurityCheck::Code)));
        assert_eq!(story.asked("/token"), 1, "{redirect}");
        story.end();
    }
}

/// Pieces that callbacks and invitations are made of, and what should not be in them.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("be.companion.sandbox:/signed-in".to_owned()),
        Just("https://localhost/invitation?token=".to_owned()),
        prop::sample::select(vec![
            "?",
            "&",
            "=",
            "#",
            "%",
            "%00",
            "%ff",
            "code",
            "state",
            "error",
            "iss",
            "token",
            "://",
            "@",
            ":",
            "/",
            "[",
            "]",
            "\u{0}",
            "\r\n",
            "\u{202e}",
            "\u{1f4a9}",
            "9999999999",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,40}",
        "[a-z0-9=&?]{0,200}",
    ];
    prop_oneof![
        9 => prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat()),
        1 => (1_usize..200_000).prop_map(|length| "a".repeat(length)),
    ]
}

#[test]
fn a29_no_text_whatever_makes_a_parser_fall_or_think_for_long() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut story = runtime.block_on(Story::with(SandboxOptions::default(), |profile| {
        let invitation =
            json!({ "link": "https://localhost/invitation", "tokenParameter": "token", "requestParameter": "i" });
        profile["identity"]["invitation"] = invitation;
    }));
    runtime.block_on(story.walk("emma"));
    let still = story.still();
    let core = story.phone.core.clone();
    let folder = tempfile::tempdir().unwrap();
    let host = Host::new(Arc::new(PhoneStore::default()), Arc::new(PhoneClock::at(START)));
    let config = ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() };
    let begun = std::time::Instant::now();
    proptest!(config, |(text in text())| {
        let session = core.session();
        let finished = runtime.block_on(session.clone().finish(text.clone()));
        prop_assert_eq!(finished, Err(UNKNOWN));
        if let Err(problem) = session.invitation(text.clone()) {
            prop_assert_eq!(problem, sign_in(SignInFailure::InvitationUnknown));
        }
        let config = CoreConfig {
            data_dir: folder.path().to_string_lossy().into_owned(),
            profile_json: text,
            languages: vec![],
            redirect_uri: None,
            process: None,
        };
        let opened = companion::CompanionCore::open(config, host.clone());
        let typed = matches!(opened.as_ref().err(), Some(companion::Problem::Configuration { .. }));
        prop_assert!(typed, "{:?}", opened.err());
    });
    assert!(begun.elapsed().as_secs() < 60, "{:?} for 2000 texts", begun.elapsed());
    assert_eq!(story.still(), still, "no request, no change");
    story.end();
}

#[tokio::test]
async fn a29_answers_made_of_anything_are_typed_problems() {
    let mut story = Story::new().await;
    let stranger = Stranger::listen();
    let bodies = [
        "",
        "null",
        "[]",
        "{",
        "\u{0}",
        "\"text\"",
        "1e999",
        "{\"issuer\":1}",
        "{\"access_token\":{}}",
        "{\"keys\":7}",
        "{\"access_token\":\"a\",\"access_token\":\"b\",\"token_type\":\"Bearer\"}",
        "\u{feff}{}",
        "<html></html>",
    ]
    .map(str::to_owned)
    .into_iter()
    .chain([format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)), format!("{{\"a\":{}}}", "9".repeat(100_000))]);
    for body in bodies {
        for path in ["/.well-known/openid-configuration", "/token", "/userinfo"] {
            let answer = companion_sandbox::Instead::json(&body);
            story.sandbox.set_faults(crate::forge::instead([(path, answer)]));
            let outcome = match path {
                "/token" => story.sign_in("emma").await,
                "/userinfo" => {
                    story.sandbox.set_faults(Default::default());
                    story.sign_in("emma").await.unwrap();
                    story.sandbox.set_faults(crate::forge::instead([(path, companion_sandbox::Instead::json(&body))]));
                    story.refresh().await
                }
                _ => story.start().await.map(|_| ()),
            };
            let problem = outcome.unwrap_err();
            let name = companion_journeys::name_of(&problem);
            assert!(matches!(name, "not_understood" | "blocked_network"), "{path} {:.40}: {problem:?}", body);
        }
    }
    stranger.heard_nothing();
    story.sandbox.set_faults(Default::default());
    story.refresh().await.unwrap();
    story.end();
}
