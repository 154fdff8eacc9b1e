//! An API team begins its profile, and an operator that does not offer everything is drawn without it.

use serde_json::{Value, json};

use crate::support::{Terminal, as_str, output, told};

/// `companion operator new` against the sandbox's provider, into a file of its own.
fn begin(terminal: &Terminal, issuer: &str, file: &str, trusts: bool) -> (Option<i32>, String, String) {
    let anchors = terminal.path("anchors.pem");
    std::fs::write(&anchors, terminal.json("profile.json")["trust"]["anchorsPem"].as_str().unwrap()).unwrap();
    let out = terminal.path(file);
    let mut arguments = vec!["operator", "new", issuer, "--out", as_str(&out)];
    if trusts {
        arguments.extend(["--anchors", as_str(&anchors)]);
    }
    told(&output(&arguments))
}

#[test]
fn a_profile_is_begun_from_what_the_provider_says_and_opens_once_it_is_filled_in() {
    let terminal = Terminal::open();
    let shipped = terminal.json("profile.json");
    let issuer = shipped["identity"]["issuer"].as_str().unwrap();
    let (status, said, error) = begin(&terminal, issuer, "own.json", true);
    assert_eq!((status, error.as_str()), (Some(0), ""), "{said}");
    assert!(said.contains("own.json is begun. Fill in what is \"\""), "{said}");
    let schema = std::fs::read_to_string(terminal.path("profile.schema.json")).unwrap();
    assert_eq!(told(&output(&["operator", "schema"])), (Some(0), schema, String::new()));

    let session = |file: &str| {
        let (profile, data) = (terminal.path(file), terminal.path("own-kept"));
        told(&output(&["session", "--profile", as_str(&profile), "--data", as_str(&data)]))
    };
    let (status, _, error) = session("own.json");
    assert_eq!(status, Some(2));
    assert!(error.contains("own.json is refused, ") && error.contains(": apis.usage.query cannot be ``"), "{error}");
    assert!(error.contains(": id is empty: the operator fills it in\n      Short name that stays"), "{error}");

    let mut own = terminal.json("own.json");
    assert_eq!(own["identity"]["issuer"], issuer);
    assert_eq!(own["identity"]["scopes"], json!(["openid", "offline_access", "profile"]));
    assert!(own["// provider"].as_str().unwrap().contains("usage.read"), "{own:#}");
    assert!(
        own["identity"]["// more scopes"].as_str().unwrap().ends_with("line.read, usage.read, bill.read"),
        "{own:#}"
    );
    for field in ["id", "name", "languages"] {
        own[field] = shipped[field].clone();
    }
    for field in ["clientId", "redirectUri"] {
        own["identity"][field] = shipped["identity"][field].clone();
    }
    own["apis"]["usage"] = shipped["apis"]["usage"].clone();
    std::fs::write(terminal.path("filled.json"), own.to_string()).unwrap();
    let (status, said, error) = session("filled.json");
    assert_eq!((status, error.as_str()), (Some(2), ""), "{said}");
    assert!(said.starts_with("Nobody is signed in at Sandbox Mobile."), "{said}");

    // What is there is not written over.
    let (status, _, error) = begin(&terminal, issuer, "own.json", true);
    assert_eq!(status, Some(2));
    assert!(error.contains("is there already"), "{error}");
}

#[test]
fn a_provider_that_cannot_be_used_ends_in_a_sentence_and_no_file() {
    let terminal = Terminal::open();
    let issuer = terminal.json("profile.json")["identity"]["issuer"].as_str().unwrap().to_owned();
    let refused = |issuer: &str, trusts: bool, expected: &str| {
        let (status, said, error) = begin(&terminal, issuer, "none.json", trusts);
        assert_eq!((status, said.as_str()), (Some(2), ""), "{error}");
        assert!(error.contains(expected) && error.lines().count() == 1, "{expected}: {error}");
        assert!(!error.contains('\u{1b}') && error.len() < 300, "{error:?}");
        assert!(!terminal.path("none.json").exists() && !terminal.path("profile.schema.json").exists());
    };
    refused(&issuer, false, "certificate there is not believed");
    refused("http://localhost", true, "no https address");
    refused("https://localhost:1", true, "cannot be reached");
    let sound = |changes: Value| {
        let mut metadata = json!({
            "issuer": issuer, "authorization_endpoint": format!("{issuer}/authorize"), "token_endpoint": format!("{issuer}/token"),
            "userinfo_endpoint": format!("{issuer}/userinfo"), "jwks_uri": format!("{issuer}/jwks"),
            "code_challenge_methods_supported": ["S256"]
        });
        metadata.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        metadata.to_string()
    };
    for (status, body, expected) in [
        (200, sound(json!({ "issuer": "https://evil.example/\u{1b}[2J" })), "another issuer's"),
        (200, sound(json!({ "token_endpoint": "http://localhost/token" })), "no https address"),
        (200, sound(json!({ "code_challenge_methods_supported": ["plain"] })), "PKCE with S256"),
        (200, "{}".to_owned(), "no OpenID provider metadata"),
        (200, "<html>\u{1b}[31mhello</html>".to_owned(), "no OpenID provider metadata"),
        (200, sound(json!({ "padding": "x".repeat(300_000) })), "longer than the 256 KiB"),
        (404, "{}".to_owned(), "status 404"),
    ] {
        let instead = json!({ "/.well-known/openid-configuration": { "status": status, "body": body } });
        terminal.control("faults", &json!({ "instead": instead }));
        refused(&issuer, true, expected);
    }
    terminal.control("faults", &json!({}));
    // What can be begun, and would fail, is said.
    let weak = json!({ "/.well-known/openid-configuration": {
        "body": sound(json!({ "id_token_signing_alg_values_supported": ["HS256"] }))
    } });
    terminal.control("faults", &json!({ "instead": weak }));
    let (status, _, error) = begin(&terminal, &issuer, "weak.json", true);
    assert_eq!(status, Some(0), "{error}");
    assert!(error.contains("companion: The provider signs id tokens by none of ES256, RS256 and PS256"), "{error}");
    let text = std::fs::read_to_string(terminal.path("weak.json")).unwrap();
    assert!(text.contains("The provider signs id tokens by none of ES256"), "{text}");
    std::fs::remove_file(terminal.path("profile.schema.json")).unwrap();
    terminal.control("faults", &json!({}));
    let strange = json!({ "/.well-known/openid-configuration": {
        "body": sound(json!({ "scopes_supported": ["openid", "a\u{1b}[2Jb", "two words", "line.read"] }))
    } });
    terminal.control("faults", &json!({ "instead": strange }));
    let (status, _, error) = begin(&terminal, &issuer, "own.json", true);
    assert_eq!(status, Some(0), "{error}");
    let text = std::fs::read_to_string(terminal.path("own.json")).unwrap();
    assert!(text.contains("offers the scopes openid, line.read.") && !text.contains("u001b"), "{text}");
}

#[test]
fn what_a_prepaid_operator_does_not_offer_is_said_and_nothing_of_it_is_asked() {
    let terminal = Terminal::signed_in_at("prepaid-polder", "emma");
    let not_offered = |name: &str, more: &[&str], what: &str| {
        let (status, said, error) = terminal.run(name, more);
        assert_eq!(status, Some(2), "{said}{error}");
        assert!(
            format!("{said}{error}").contains(&format!("Your operator does not offer {what} in the app.")),
            "{said}{error}"
        );
    };
    not_offered("invoices", &[], "invoices");
    not_offered("invoices", &["show"], "invoices");
    not_offered("wifi-calling", &["--maker", "google", "--os", "15", "--sim", "00101"], "Wi-Fi calling");
    let (status, said, _) = terminal.usage(&[]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("Prepaid 10 GB") && !said.contains("Business"), "{said}");
    let (status, said, _) = terminal.run("sim", &[]);
    assert_eq!(status, Some(0), "{said}");
    assert_eq!(terminal.run("notifications", &["list"]).0, Some(0));
    let (status, articles, _) = terminal.run("guide", &[]);
    assert_eq!(status, Some(0));
    assert!(!articles.contains("Wi-Fi") && !articles.contains("invoice"), "{articles}");
    assert_eq!(terminal.run("guide", &["show", "wifi-calling"]).0, Some(2));
}
