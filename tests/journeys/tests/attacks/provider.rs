//! A provider that lies about itself, or sends the app elsewhere.

use std::collections::BTreeMap;

use companion::problem::SecurityCheck;
use companion::session::SessionPhase;
use companion::{CompanionCore, CoreConfig, Host, Problem};
use companion_journeys::{PhoneClock, PhoneStore, START, facts, name_of};
use companion_sandbox::{Faults, Instead};
use serde_json::{Value, json};
use std::sync::Arc;

use crate::forge::instead;
use crate::story::{Story, TOKEN_LIFE_S, rejected};
use crate::stranger::Stranger;

const DISCOVERY: &str = "/.well-known/openid-configuration";

/// How the sandbox describes itself, with one member changed.
fn metadata(issuer: &str, change: (&str, Value)) -> Value {
    let mut metadata = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "revocation_endpoint": format!("{issuer}/revoke"),
        "jwks_uri": format!("{issuer}/jwks"),
        "id_token_signing_alg_values_supported": ["ES256"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
    });
    metadata[change.0] = change.1;
    metadata
}

fn describes_itself(story: &Story, change: (&str, Value)) {
    let metadata = metadata(&story.sandbox.origin(), change);
    story.sandbox.set_faults(instead([(DISCOVERY, Instead::json(metadata))]));
}

#[tokio::test]
async fn a07_a_description_that_leads_elsewhere_is_refused_and_nobody_goes_there() {
    let stranger = Stranger::listen();
    let mut story = Story::of_emma().await;
    let issuer = story.sandbox.origin();
    let mut lies = vec![
        ("issuer", json!(format!("{issuer}/"))),
        ("issuer", json!(stranger.origin())),
        ("issuer", json!(issuer.replace("localhost", "LOCALHOST"))),
        ("issuer", json!(issuer.replace("https", "http"))),
        ("issuer", json!(format!("{issuer}?x=1"))),
    ];
    for endpoint in [
        "authorization_endpoint",
        "token_endpoint",
        "userinfo_endpoint",
        "jwks_uri",
        "revocation_endpoint",
        "pushed_authorization_request_endpoint",
        "end_session_endpoint",
    ] {
        let port = issuer.rsplit_once(':').unwrap().1;
        for elsewhere in [
            stranger.origin(),
            stranger.plain_origin(),
            issuer.replace("https", "http"),
            format!("https://user@evil.example:{port}"),
            format!("https://localhost.evil.example:{port}"),
            format!("https://localhost.:{port}"),
            format!("https://127.0.0.1:{port}"),
        ] {
            lies.push((endpoint, json!(format!("{elsewhere}/here"))));
        }
    }
    for (member, lie) in lies {
        describes_itself(&story, (member, lie.clone()));
        assert_eq!(story.start().await, Err(rejected(SecurityCheck::Provider)), "{member} = {lie}");
    }
    describes_itself(&story, ("something_new", json!(true)));
    story.start().await.expect("the description itself is good");
    stranger.heard_nothing();
    story.sandbox.set_faults(Faults::default());
    story.pass(TOKEN_LIFE_S);
    story.refresh().await.unwrap();
    story.end();
}

#[tokio::test]
async fn a07_a_sign_in_on_its_way_and_a_session_keep_the_endpoints_they_began_with() {
    let stranger = Stranger::listen();
    let mut story = Story::new().await;
    let callback = story.walk("emma").await;
    for member in ["token_endpoint", "userinfo_endpoint", "revocation_endpoint"] {
        describes_itself(&story, (member, json!(format!("{}/here", stranger.origin()))));
    }
    story.finish(&callback).await.unwrap();
    story.pass(TOKEN_LIFE_S);
    story.refresh().await.unwrap();
    story.phone.reopen();
    story.pass(TOKEN_LIFE_S);
    story.refresh().await.unwrap();
    story.phone.core.session().sign_out().await.unwrap();
    assert_eq!(story.phone.left_in_keychain().await, [""; 0]);
    assert_eq!(story.asked("/revoke"), 1);
    stranger.heard_nothing();
    story.end();
}

#[tokio::test]
async fn a07_an_issuer_that_is_not_one_is_a_wrong_profile() {
    let story = Story::new().await;
    let origin = story.sandbox.origin();
    for issuer in [
        origin.replace("https", "http"),
        format!("{origin}?tenant=1"),
        format!("{origin}#x"),
        format!("{origin}/?"),
        origin.replace("//", "//user:pw@"),
        "javascript:alert(1)".to_owned(),
        String::new(),
    ] {
        let mut profile: Value = serde_json::from_str(&story.sandbox.profile_json()).unwrap();
        profile["identity"]["issuer"] = issuer.clone().into();
        let folder = tempfile::tempdir().unwrap();
        let config = CoreConfig {
            data_dir: folder.path().to_string_lossy().into_owned(),
            profile_json: profile.to_string(),
            languages: vec![],
            redirect_uri: None,
            process: None,
        };
        let host = Host::new(Arc::new(PhoneStore::default()), Arc::new(PhoneClock::at(START)));
        let opened = CompanionCore::open(config, host);
        assert!(matches!(opened.err(), Some(Problem::Configuration { .. })), "{issuer}");
    }
    assert_eq!(story.sandbox.requests(), []);
    story.end();
}

#[tokio::test]
async fn a08_a_provider_without_s256_is_not_signed_in_at() {
    let mut story = Story::new().await;
    let methods = [
        json!(["plain"]),
        json!([]),
        json!(["s256"]),
        json!(["S256 plain"]),
        json!("S256"),
        json!(null),
        json!([null, "plain"]),
    ];
    for methods in methods {
        describes_itself(&story, ("code_challenge_methods_supported", methods.clone()));
        let problem = story.start().await.unwrap_err();
        let malformed = matches!(problem, Problem::NotUnderstood { .. });
        assert!(malformed || problem == rejected(SecurityCheck::Provider), "{methods}: {problem:?}");
    }
    assert_eq!(story.phase(), SessionPhase::SignedOut);
    assert_eq!(story.phone.secure_store.contents(), [], "nothing was begun");
    // What else it offers does not matter: the method is ours.
    describes_itself(&story, ("code_challenge_methods_supported", json!(["plain", "S256"])));
    let page = story.start().await.unwrap();
    assert!(page.url.contains("code_challenge_method=S256"), "{}", page.url);
    story.end();
}

/// One redirect.
fn redirect(status: u16, path: &str, to: &str) -> Faults {
    let headers = BTreeMap::from([("location".to_owned(), to.to_owned())]);
    instead([(path, Instead { status, headers, ..Instead::json("{}") })])
}

#[tokio::test]
async fn a10_a_token_endpoint_that_redirects_is_not_followed_and_the_other_host_hears_no_byte() {
    let stranger = Stranger::listen();
    for status in [301, 302, 303, 307, 308] {
        for elsewhere in [stranger.origin(), stranger.plain_origin(), "//evil.example".to_owned()] {
            let mut story = Story::new().await;
            let to = format!("{elsewhere}/token");
            story.sandbox.set_faults(redirect(status, "/token", &to));
            assert_eq!(story.sign_in("emma").await, Err(Problem::BlockedNetwork), "{status} {to}");
            assert_eq!((story.phase(), story.asked("/token")), (SessionPhase::SignedOut, 1));

            story.sandbox.set_faults(Faults::default());
            story.load("emma").await;
            story.pass(TOKEN_LIFE_S);
            story.sandbox.set_faults(redirect(status, "/token", &to));
            assert_eq!(story.refresh().await, Err(Problem::BlockedNetwork), "{status} {to}");
            assert_eq!(story.phase(), SessionPhase::SignedIn, "{status}: a redirect ends no session");
            for path in ["/revoke", DISCOVERY] {
                story.sandbox.set_faults(redirect(status, path, &to));
                let _ = story.start().await;
                story.phone.core.session().sign_out().await.unwrap();
            }
            stranger.heard_nothing();
            story.end();
        }
    }
}

#[tokio::test]
async fn a11_an_api_that_redirects_gets_no_token_carried_elsewhere() {
    let stranger = Stranger::listen();
    let mut story = Story::of_emma().await;
    let issuer = story.sandbox.origin();
    let port: u16 = issuer.rsplit_once(':').unwrap().1.parse().unwrap();
    for status in [301, 302, 303, 307, 308] {
        for to in [
            // Another origin; ours without TLS; our host on another port; ours again, with the token in the address.
            format!("{}/tmf-api/here", stranger.origin()),
            format!("{}/tmf-api/here", stranger.plain_origin()),
            format!("{}/tmf-api/here", issuer.replace("https", "http")),
            format!("https://localhost:{}/tmf-api/here", port.wrapping_add(1)),
            "//evil.example/tmf-api/here".to_owned(),
            "/elsewhere".to_owned(),
        ] {
            for path in ["/tmf-api", "/userinfo"] {
                story.pass(60);
                let good = facts(&story.phone.core.usage().state());
                story.sandbox.set_faults(redirect(status, path, &to));
                let before = story.sandbox.requests().len();
                if let Err(problem) = story.refresh().await {
                    assert_eq!(name_of(&problem), "blocked_network", "{status} {to}");
                    let now = facts(&story.phone.core.usage().state());
                    assert_eq!(now["hero.headline"], good["hero.headline"], "{status} {to}");
                } else {
                    assert_eq!(path, "/userinfo", "lines that are known are not asked for each time");
                }
                let after: Vec<_> = story.sandbox.requests().split_off(before);
                assert!(after.iter().all(|request| request.path != "/elsewhere"), "{after:?}");
                let mut headers = after.iter().flat_map(|request| &request.carried.headers);
                assert!(headers.all(|(name, _)| name != "referer" && name != "cookie"), "{after:?}");
            }
        }
    }
    stranger.heard_nothing();
    assert_eq!(story.phase(), SessionPhase::SignedIn);
    story.sandbox.set_faults(Faults::default());
    story.refresh().await.unwrap();
    story.end();
}
