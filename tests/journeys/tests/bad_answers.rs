//! Whatever the network or the operator sends: a typed problem with a plain sentence, and the last good values kept.

use companion_journeys::{Phone, facts, name_of};
use companion_sandbox::{Faults, Sandbox, SandboxOptions};

fn cases() -> Vec<(&'static str, Faults, &'static str)> {
    let none = Faults::default;
    vec![
        ("HTML of a portal", Faults { html_portal: true, ..none() }, "blocked_network"),
        ("a redirect elsewhere", Faults { status: Some(302), ..none() }, "blocked_network"),
        ("garbage labelled JSON", Faults { garbage: true, ..none() }, "not_understood"),
        ("no byte at all", Faults { empty_body: true, ..none() }, "not_understood"),
        ("half an answer as if it were whole", Faults { truncated: true, ..none() }, "not_understood"),
        ("50 MB of JSON", Faults { huge_body_bytes: Some(50 * 1024 * 1024), ..none() }, "not_understood"),
        ("a cut connection", Faults { cut_after_bytes: Some(100), ..none() }, "offline"),
        ("a dropped connection", Faults { drop: true, ..none() }, "offline"),
        ("no network", Faults { cut_off: true, ..none() }, "offline"),
        ("maintenance", Faults { status: Some(503), ..none() }, "service_unavailable"),
        (
            "a gateway's fault",
            Faults { status: Some(502), body: Some("<html>".to_owned()), ..none() },
            "service_unavailable",
        ),
        ("too many requests", Faults { status: Some(429), ..none() }, "service_unavailable"),
        ("not for this person", Faults { status: Some(403), ..none() }, "not_permitted"),
        ("a bad request", Faults { status: Some(400), ..none() }, "unexpected"),
        ("the wrong media type", Faults { content_type: Some("text/html".to_owned()), ..none() }, "ok"),
        ("a wrong number", Faults { wrong_number: true, ..none() }, "ok"),
        ("periods the wrong way round", Faults { inverted_period: true, ..none() }, "ok"),
        ("an unknown unit", Faults { unknown_unit: true, ..none() }, "ok"),
    ]
}

#[tokio::test]
async fn a_bad_answer_is_a_typed_problem_in_plain_words_and_the_last_good_values_stay() {
    for (language, (what, faults, expected)) in ["fr", "nl", "en", "de"].into_iter().cycle().zip(cases()) {
        let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
        let phone = Phone::with(&sandbox.profile_json(), language, companion_journeys::START).at(&sandbox);
        phone.sign_in(&sandbox, "emma").await.unwrap();
        phone.refresh().await.unwrap();
        let good = facts(&phone.core.usage().state());
        sandbox.advance(3600);
        phone.clock.advance(3600);
        let only = Some(vec!["/tmf-api".to_owned()]).filter(|_| !faults.cut_off);
        let unreadable = faults.wrong_number || faults.unknown_unit;
        sandbox.set_faults(Faults { only, ..faults });
        let outcome = phone.refresh().await;
        assert_eq!(outcome.as_ref().map_or_else(name_of, |()| "ok"), expected, "{what}");
        let view = phone.core.usage().state();
        if let Err(problem) = outcome {
            let now = facts(&view);
            assert_eq!(now["hero.headline"], good["hero.headline"], "{what}: the value stays");
            assert_eq!(now["dated"], good["dated"], "{what}: and its date");
            let explanation = phone.core.explain(problem);
            assert!(explanation.sentence.ends_with(['.', '!']), "{what}: {explanation:?}");
            assert!(!explanation.title.is_empty() && !explanation.spoken.is_empty());
            if expected != "not_permitted" {
                let notice = view.notice.expect("the reason is on the screen");
                assert!(!notice.text.is_empty() && !notice.text.contains('{'), "{what}: {notice:?}");
            }
        } else if unreadable {
            // Readable but for one figure: what was counted of it before stands, never a hole or an invented number.
            let now = facts(&view);
            assert_eq!(now["hero.title"], good["hero.title"], "{what}");
            assert_eq!(now["hero.headline"], good["hero.headline"], "{what}: the value stays");
        } else {
            assert_eq!(view.notice, None, "{what}");
        }
        sandbox.set_faults(Faults::default());
        phone.refresh().await.unwrap_or_else(|problem| panic!("{what}: {problem} lingers"));
    }
}

#[tokio::test]
async fn an_operator_that_cannot_be_reached_at_all_is_offline_from_the_first_call() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let phone = Phone::new(&sandbox);
    sandbox.stop().await;
    let problem = phone.core.session().start(Default::default(), None).await.unwrap_err();
    assert_eq!(name_of(&problem), "offline");
}

#[tokio::test]
async fn a_server_with_somebody_elses_certificate_is_not_spoken_to() {
    let (ours, other) = (
        Sandbox::start(SandboxOptions::default()).await.unwrap(),
        Sandbox::start(SandboxOptions::default()).await.unwrap(),
    );
    let mut profile: serde_json::Value = serde_json::from_str(&ours.profile_json()).unwrap();
    profile["trust"]["anchorsPem"] = other.ca_pem().into();
    let phone = Phone::with(&profile.to_string(), "en", companion_journeys::START);
    let problem = phone.core.session().start(Default::default(), None).await.unwrap_err();
    assert_eq!(name_of(&problem), "blocked_network");
    assert!(ours.requests().is_empty(), "nothing was said to it");
}

/// Two operators, and a phone of the first that would believe the second's certificate too: only the core's own
/// refusal to follow keeps it from going there.
async fn with_another_host() -> (Sandbox, Sandbox, Phone) {
    let ours = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let other = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let mut profile: serde_json::Value = serde_json::from_str(&ours.profile_json()).unwrap();
    profile["trust"]["anchorsPem"] = format!("{}\n{}", ours.ca_pem(), other.ca_pem()).into();
    let phone = Phone::with(&profile.to_string(), "en", companion_journeys::START).at(&ours);
    (ours, other, phone)
}

fn redirect(status: u16, from: &str, to: String) -> Faults {
    Faults { status: Some(status), location: Some(to), only: Some(vec![from.to_owned()]), ..Faults::default() }
}

#[tokio::test]
async fn no_redirect_is_followed_to_another_host_not_even_one_of_known_certificate() {
    let (ours, other, phone) = with_another_host().await;
    phone.sign_in(&ours, "emma").await.unwrap();
    phone.refresh().await.unwrap();
    let good = facts(&phone.core.usage().state());
    for status in [301, 302, 303, 307, 308] {
        let usage = ours.requests().pop().unwrap().path;
        ours.set_faults(redirect(status, "/tmf-api", format!("{}{usage}", other.origin())));
        assert_eq!(name_of(&phone.refresh().await.unwrap_err()), "blocked_network", "{status}");
        assert_eq!(other.requests(), [], "{status}: no request, no access token");
        assert_eq!(facts(&phone.core.usage().state())["hero.headline"], good["hero.headline"]);
    }
}

#[tokio::test]
async fn a_code_or_a_refresh_token_is_never_carried_to_another_host() {
    for status in [302, 307, 308] {
        let (ours, other, phone) = with_another_host().await;
        ours.set_faults(redirect(status, "/token", format!("{}/token", other.origin())));
        let problem = phone.sign_in(&ours, "emma").await.unwrap_err();
        assert_eq!(name_of(&problem), "blocked_network", "{status}");
        assert_eq!(other.requests(), [], "{status}: no request, no code, no verifier");

        ours.set_faults(Faults::default());
        phone.sign_in(&ours, "emma").await.unwrap();
        ours.set_faults(redirect(status, "/token", format!("{}/token", other.origin())));
        ours.advance(301);
        phone.clock.advance(301);
        assert_eq!(name_of(&phone.refresh().await.unwrap_err()), "blocked_network", "{status}");
        assert_eq!(other.requests(), [], "{status}: no request, no refresh token");
        assert_eq!(phone.core.session().state().phase, companion::session::SessionPhase::SignedIn, "{status}");
    }
}
