//! Pushed authorization requests (RFC 9126): used again, too late, by somebody else, or refused.

use std::collections::BTreeMap;

use companion::problem::SignInFailure;
use companion::session::{SessionPhase, SignInWish};
use companion_journeys::name_of;
use companion_sandbox::{Faults, Instead, SandboxOptions, agent};
use serde_json::{Value, json};

use crate::forge::instead;
use crate::story::{REDIRECT, Story, parameter, sign_in};

async fn pushing() -> Story {
    let options = SandboxOptions { par: true, require_par: true, ..SandboxOptions::default() };
    Story::with(options, |_| {}).await
}

fn client(story: &Story) -> reqwest::Client {
    let ca = reqwest::Certificate::from_pem(story.sandbox.ca_pem().as_bytes()).unwrap();
    let redirect = reqwest::redirect::Policy::none();
    reqwest::Client::builder().tls_certs_only([ca]).redirect(redirect).no_proxy().build().unwrap()
}

/// Where a page sends the browser, without anybody signing in.
async fn sent_back(story: &Story, page: &str) -> Option<String> {
    let answer = client(story).get(page).send().await.unwrap();
    answer.headers().get("location").map(|location| location.to_str().unwrap().to_owned())
}

#[tokio::test]
async fn a27_a_request_that_was_used_or_is_too_old_ends_the_attempt_with_a_typed_problem() {
    for (used, late_s) in [(true, 0), (false, 61), (true, 61)] {
        let mut story = pushing().await;
        let page = story.start().await.unwrap();
        assert_eq!(parameter(&page.url, "state"), None, "nothing of the request is in the address: {}", page.url);
        if used {
            assert_eq!(sent_back(&story, &page.url).await, None, "once it shows the page");
        }
        story.pass(late_s);
        let callback = sent_back(&story, &page.url).await.expect("a second time it leads back");
        assert!(callback.contains("error="), "{callback}");
        assert_eq!(story.finish(&callback).await, Err(sign_in(SignInFailure::OperatorError)), "{used} {late_s}");
        assert_eq!((story.phase(), story.asked("/token")), (SessionPhase::SignedOut, 0));
        assert_eq!(story.finish(&callback).await, Err(sign_in(SignInFailure::AlreadyHandled)), "the attempt is over");
        story.sign_in("emma").await.unwrap();
        story.end();
    }
}

#[tokio::test]
async fn a27_another_clients_request_is_not_ours_and_ours_is_not_anothers() {
    let mut story = pushing().await;
    let client = client(&story);
    let origin = story.sandbox.origin();
    let page = story.start().await.unwrap();
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.extend_pairs([
        ("client_id", "companion-lookalike"),
        ("response_type", "code"),
        ("redirect_uri", REDIRECT),
        ("scope", "openid"),
        ("state", "the-state-of-an-attacker"),
        ("nonce", "the-nonce-of-an-attacker"),
        ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
        ("code_challenge_method", "S256"),
    ]);
    let post = client.post(format!("{origin}/par")).header("content-type", "application/x-www-form-urlencoded");
    let pushed = post.body(form.finish()).send().await.unwrap().text().await.unwrap();
    let pushed: Value = serde_json::from_str(&pushed).unwrap();
    let theirs = pushed["request_uri"].as_str().unwrap();
    let ours = parameter(&page.url, "request_uri").unwrap();
    for (client_id, request_uri) in [("companion-app", theirs), ("companion-lookalike", ours.as_str())] {
        let mut url = url::Url::parse(&format!("{origin}/authorize")).unwrap();
        url.query_pairs_mut().append_pair("client_id", client_id).append_pair("request_uri", request_uri);
        let answer = client.get(url).send().await.unwrap();
        assert!(answer.headers().get("location").is_none(), "{client_id}: nobody is sent back to the app");
        assert_ne!(answer.status(), 200, "{client_id}: no page asks for a password");
    }
    // Should one come back all the same, it answers no attempt of ours.
    let forged = format!("{REDIRECT}?code=a-code-of-theirs&state=the-state-of-an-attacker&iss={origin}");
    assert_eq!(story.finish(&forged).await, Err(sign_in(SignInFailure::AttemptUnknown)));
    let callback = story.browse(&page.url, "emma").await;
    story.finish(&callback).await.unwrap();
    story.end();
}

#[tokio::test]
async fn a27_a_push_that_fails_is_a_sign_in_that_fails_and_never_one_with_less() {
    let html = Instead { content_type: Some("text/html".to_owned()), body: "<html>".to_owned(), ..Instead::default() };
    let elsewhere = BTreeMap::from([("location".to_owned(), "https://evil.example/par".to_owned())]);
    let error = |code: &str| Instead { status: 400, ..Instead::json(json!({ "error": code })) };
    let answers = [
        ("nothing", Instead { status: 201, ..Instead::default() }, "not_understood"),
        ("no name", Instead { status: 201, ..Instead::json(json!({ "expires_in": 60 })) }, "not_understood"),
        ("an empty name", Instead { status: 201, ..Instead::json(json!({ "request_uri": "" })) }, "not_understood"),
        ("a number", Instead { status: 201, ..Instead::json(json!({ "request_uri": 7 })) }, "not_understood"),
        (
            "a name without end",
            Instead { status: 201, ..Instead::json(json!({ "request_uri": "u".repeat(5000) })) },
            "not_understood",
        ),
        ("a portal", html, "blocked_network"),
        ("a redirect", Instead { status: 307, headers: elsewhere, ..Instead::default() }, "blocked_network"),
        ("invalid_request", error("invalid_request"), "configuration"),
        ("invalid_client", error("invalid_client"), "configuration"),
        ("maintenance", Instead { status: 503, ..Instead::default() }, "service_unavailable"),
        ("not found", Instead { status: 404, ..Instead::json("{}") }, "service_unavailable"),
    ];
    for (what, answer, expected) in answers {
        let mut story = pushing().await;
        story.sandbox.set_faults(instead([("/par", answer)]));
        let problem = story.start().await.unwrap_err();
        assert_eq!(name_of(&problem), expected, "{what}: {problem:?}");
        assert_eq!(story.phase(), SessionPhase::SignedOut, "{what}: no browser is out");
        assert_eq!(story.phone.secure_store.contents(), [], "{what}: and no attempt waits for one");
        story.sandbox.set_faults(Faults::default());
        story.sign_in("emma").await.unwrap();
        story.end();
    }
}

#[tokio::test]
async fn a27_a_name_that_would_add_parameters_of_its_own_adds_none() {
    let mut story = pushing().await;
    let name = "urn:x&client_id=evil&redirect_uri=https://evil.example#fragment?a=b\r\nx: y";
    story
        .sandbox
        .set_faults(instead([("/par", Instead { status: 201, ..Instead::json(json!({"request_uri": name})) })]));
    let page = story.start().await.unwrap();
    let url = url::Url::parse(&page.url).unwrap();
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let expected = [("client_id", "companion-app"), ("request_uri", name)];
    assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert!(url.fragment().is_none() && page.url.starts_with(&story.sandbox.origin()));
    story.end();
}

#[tokio::test]
async fn a27_a_number_is_pushed_and_stands_in_no_address() {
    for par in [true, false] {
        let mut story = Story::with(SandboxOptions { par, ..SandboxOptions::default() }, |_| {}).await;
        let emma = story.sandbox.person("emma").unwrap();
        let wish = SignInWish { number: Some(emma.number.clone()), ..SignInWish::default() };
        story.canaries.debug("the wish", &wish);
        let page = story.phone.core.session().start(wish, None).await.unwrap();
        assert!(!page.url.contains(emma.number.trim_start_matches('+')), "{}", page.url);
        let bodies = story.sandbox.requests().into_iter().map(|request| request.carried.body).collect::<String>();
        assert_eq!(bodies.contains(emma.number.trim_start_matches('+')), par, "{bodies}");
        story.canaries.address(&page.url);
        let callback = agent::sign_in(&story.sandbox.ca_pem(), &page.url, &emma.number, &emma.password).await.unwrap();
        story.finish(&callback).await.unwrap();
        story.end();
    }
}
