//! Seeing usage: with and without the operator, and with a profile that is none.

use serde_json::Value;

use crate::support::{Terminal, as_str, output, told};

#[test]
fn signing_in_seeing_usage_losing_the_operator_and_still_seeing_it() {
    let mut terminal = Terminal::open();
    let (number, password) = terminal.emma();

    let (status, text, _) = terminal.usage(&[]);
    assert_eq!(status, Some(2), "nobody is signed in: {text}");
    assert!(text.contains("Sign in with: companion sign-in"), "{text}");

    let (status, _, error) = told(&terminal.sign_in_without_a_browser(&number, "not it"));
    assert_eq!(status, Some(2), "{error}");
    assert_eq!(terminal.usage(&[]).0, Some(2), "a refused sign-in is none");

    let (status, text, error) = told(&terminal.sign_in_without_a_browser(&number, &format!("{password}\n")));
    assert_eq!(status, Some(0), "{error}");
    assert!(text.starts_with("Signed in at Sandbox Mobile."), "{text}");

    let (status, fresh, error) = terminal.usage(&[]);
    assert_eq!(status, Some(0), "{error}");
    assert!(fresh.contains("Business Mobile") && fresh.contains("Data") && fresh.contains('█'), "{fresh}");
    assert!(!fresh.contains("No connection"), "{fresh}");
    let (status, json, _) = terminal.usage(&["--json"]);
    let view: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(status, Some(0));
    let headline = view["lines"][0]["hero"]["headline"]["text"].as_str().unwrap().to_owned();
    assert!(fresh.contains(&headline), "text and JSON tell the same: {headline}");

    terminal.sandbox = None;
    let (status, kept, error) = terminal.usage(&[]);
    assert_eq!(status, Some(1), "{error}");
    assert!(kept.contains("No connection") && kept.contains(&headline), "{kept}");
    let (status, json, _) = terminal.usage(&["--json"]);
    let view: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((status, view["lines"][0]["hero"]["headline"]["text"].as_str()), (Some(1), Some(headline.as_str())));
    assert_eq!(terminal.usage(&["--offline"]).0, Some(0), "nothing else was asked for");
}

#[test]
fn usage_explains_its_exit_status_to_whoever_asks() {
    let (status, help, _) = told(&output(&["usage", "--help"]));
    assert_eq!(status, Some(0));
    for part in ["Show this cycle's usage", "Exit status: 0", "--offline"] {
        assert!(help.contains(part), "{part:?} is not in\n{help}");
    }
}

#[test]
fn the_demo_shows_the_figures_with_and_without_an_operator_in_every_language() {
    for (language, offline) in
        [("en", "No connection"), ("fr", "Pas de connexion"), ("nl", "Geen verbinding"), ("de", "Keine Verbindung")]
    {
        let (status, text, error) = told(&output(&["demo", "--language", language]));
        assert_eq!(status, Some(0), "{language}: {error}");
        let pictures: Vec<&str> = text.split("\n[").filter(|step| step.contains('█')).collect();
        assert_eq!(pictures.len(), 3, "{language}: fresh, cut off, opened again without asking\n{text}");
        for (index, picture) in pictures.iter().enumerate() {
            assert_eq!(picture.contains(offline), index == 1, "{language}, picture {index}\n{picture}");
            assert!(picture.contains("Business Mobile"), "{language}, picture {index}\n{picture}");
        }
        assert!(text.contains("Signed in, saw the figures, lost the network, still saw them"), "{language}\n{text}");
    }
    let (status, _, error) = told(&output(&["demo", "--person", "nobody"]));
    assert_eq!((status, error.contains("emma")), (Some(2), true), "{error}");
}

#[test]
fn a_profile_that_is_missing_or_broken_is_named_with_its_field() {
    let terminal = Terminal::open();
    for (pointer, value, field) in [
        ("/identity/issuer", Value::from(""), "identity.issuer"),
        ("/timeZone", "Europe/Nowhere".into(), "timeZone"),
        ("/apis/usage/query", "guess".into(), "apis.usage.query"),
        ("/schema", 2.into(), "schema"),
    ] {
        let mut profile = terminal.json("profile.json");
        *profile.pointer_mut(pointer).unwrap() = value;
        let path = terminal.path("broken.json");
        std::fs::write(&path, profile.to_string()).unwrap();
        let kept = terminal.path("kept");
        let (status, _, error) = told(&output(&["usage", "--profile", as_str(&path), "--data", as_str(&kept)]));
        assert_eq!(status, Some(2), "{field}: {error}");
        assert!(error.contains(field), "{field} is not named in: {error}");
    }
    let (status, _, error) = told(&output(&["usage", "--profile", as_str(&terminal.path("no-such.json"))]));
    assert_eq!(status, Some(2));
    assert!(error.contains("no-such.json") && error.contains("companion sandbox"), "{error}");
}
