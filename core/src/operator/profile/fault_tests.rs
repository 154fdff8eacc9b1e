//! All that is wrong with a profile is told at once, each with its place and what was meant.

use super::*;
use crate::operator::profile::Profile;

const GOOD: &str = r#"{
  "schema": 1,
  "id": "example",
  "name": "Example",
  "languages": ["nl"],
  "timeZone": "Europe/Brussels",
  "identity": {
    "issuer": "https://id.example",
    "clientId": "app",
    "redirectUri": "a.b:/c",
    "scopes": ["openid"],
    "idTokenAlgorithms": ["ES256"]
  },
  "apis": {
    "usage": { "baseUrl": "https://api.example", "query": "report-get", "lineFilter": "line" }
  },
  "support": {
    "contacts": [{ "by": "phone", "to": "1900", "name": { "nl": "Hulp" } }]
  },
  "capabilities": ["usage"]
}
"#;

fn told(json: &str) -> Vec<String> {
    Profile::faults(json).iter().map(Fault::to_string).collect()
}

/// The faults once these texts are put in the place of those.
fn after(changes: &[(&str, &str)]) -> Vec<String> {
    told(&changes.iter().fold(GOOD.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    }))
}

#[test]
fn a_good_profile_has_no_fault() {
    assert_eq!(told(GOOD), [""; 0]);
    assert!(Profile::parse(GOOD).is_ok());
}

#[test]
fn all_faults_are_told_at_once_in_the_order_of_the_text() {
    let faults = after(&[
        (r#""id": "example""#, r#""id": 7"#),
        (r#""name""#, r#""nmae""#),
        ("Europe/Brussels", "Brussels"),
        ("https://id.example", "http://id.example"),
        (
            r#"    "clientId": "app",
"#,
            "",
        ),
        (r#"["openid"]"#, "[]"),
        ("idTokenAlgorithms", "idTokenAlgs"),
        (r#"["ES256"]"#, r#"["HS256"]"#),
        ("report-get", "get-report"),
        (r#""lineFilter": "line""#, r#""lineFilter": " ""#),
        (r#""nl": "Hulp""#, r#""tlh": "QaH", "nl": "Hulp""#),
        (r#"["usage"]"#, r#"["usage", "plan", 3]"#),
    ]);
    let expected = [
        "id is the number 7, where a text in quotation marks must stand (line 3, column 9)",
        "nmae is unknown; perhaps name is meant, of ",
        "timeZone is not one this core carries; perhaps Europe/Brussels is meant (line 6, column 15)",
        "identity.clientId is missing (line 7, column 15)",
        "identity.issuer is not https: the address begins with https:// (line 8, column 15)",
        "identity.scopes lacks openid: add it (line 10, column 15)",
        "identity.idTokenAlgs is unknown; perhaps idTokenAlgorithms is meant, of ",
        "identity.idTokenAlgs[0] cannot be `HS256`; perhaps ES256 is meant, of ES256, RS256, PS256 (line 11, column 21)",
        "apis is",
        "apis.usage.query cannot be `get-report`; perhaps report-get is meant, of ",
        "apis.usage.lineFilter is empty: the operator fills it in (line 14, column 87)",
        "support.contacts[0].name.tlh is unknown; here may stand nl, fr, en, de (line 17, column 66)",
        "capabilities[2] is the number 3; here may stand usage, plan, ",
    ];
    // That the API of plans is missing stands where the APIs are.
    let expected: Vec<&str> = expected
        .into_iter()
        .map(
            |one| if one == "apis is" { "apis.product is missing although the capability plan is listed" } else { one },
        )
        .collect();
    assert_eq!(faults.len(), expected.len(), "{faults:#?}");
    for (fault, expected) in faults.iter().zip(expected) {
        assert!(fault.starts_with(expected), "{fault}\nis not\n{expected}");
    }
}

#[test]
fn what_is_within_a_misspelled_part_is_found_too() {
    let faults = after(&[(r#""identity""#, r#""identiy""#), (r#""app""#, r#""""#), ("a.b:/c", "nowhere")]);
    assert_eq!(faults.len(), 3, "{faults:#?}");
    assert!(faults[0].starts_with("identiy is unknown; perhaps identity is meant"), "{faults:#?}");
    assert_eq!(faults[1], "identiy.clientId is empty: the operator fills it in (line 9, column 17)");
    assert!(faults[2].starts_with("identiy.redirectUri is no address"), "{faults:#?}");
}

#[test]
fn what_follows_from_another_fault_is_not_told_again() {
    for (changes, expected) in [
        // A part of another kind lacks nothing, and is not asked for its insides.
        (
            &[(r#"{ "nl": "Hulp" }"#, "7")][..],
            &["support.contacts[0].name is the number 7, where an object, { … }, must stand (line 18, column 57)"][..],
        ),
        (
            &[("[\"usage\"]", "\"usage\"")],
            &["capabilities is the text \"usage\", where a list, [ … ], must stand (line 20, column 19)"],
        ),
        (
            &[(r#""id": "example","#, r#""id": "example", "id": "other","#)],
            &["id stands there twice: delete one (line 3, column 26)"],
        ),
        (
            &[(r#""to": "1900""#, r#""to": null"#)],
            &["support.contacts[0].to is null, where a text in quotation marks must stand (line 18, column 41)"],
        ),
        (
            &[(r#""schema": 1"#, r#""schema": "1""#)],
            &["schema is the text \"1\", where a whole number of 0 to 4294967295 must stand (line 2, column 13)"],
        ),
    ] {
        assert_eq!(after(changes), expected, "{changes:?}");
    }
}

#[test]
fn what_is_no_profile_at_all_is_said_to_be_none() {
    for (text, expected) in [
        ("[]", "profile is a list, where an object must stand, { \"schema\": 1, … } (line 1, column 1)"),
        ("7", "profile is a number, where an object must stand, { \"schema\": 1, … } (line 1, column 1)"),
        ("null", "profile is one word, where an object must stand, { \"schema\": 1, … } (line 1, column 1)"),
        ("\"text\"", "profile is a text, where an object must stand, { \"schema\": 1, … } (line 1, column 1)"),
        (" \n", "profile is empty (line 1, column 1)"),
        ("", "profile is empty (line 1, column 1)"),
        ("not json", "profile is no JSON: expected ident (line 1, column 2)"),
        ("{\n  \"schema\": 1,\n}", "profile is no JSON: trailing comma (line 3, column 1)"),
        ("{}\n}", "profile is no JSON: trailing characters (line 2, column 1)"),
    ] {
        assert_eq!(told(text), [expected], "{text}");
    }
    let deep = told(&"[".repeat(100_000));
    assert!(deep.len() == 1 && deep[0].len() < 200, "{deep:?}");
}

#[test]
fn a_byte_order_mark_is_named_and_what_is_behind_it_is_read() {
    let mark = "profile begins with a byte order mark (BOM): save the file as UTF-8 without one (line 1, column 1)";
    assert_eq!(told(&format!("\u{feff}{GOOD}")), [mark]);
    assert!(Profile::parse(&format!("\u{feff}{GOOD}")).is_err());
    let both = told(&format!("\u{feff}{}", GOOD.replacen("\"app\"", "\"\"", 1)));
    assert_eq!(both, [mark, "identity.clientId is empty: the operator fills it in (line 9, column 17)"]);
}

#[test]
fn every_language_is_a_tag() {
    for (tag, is_one) in [
        ("nl", true),
        ("nl-BE", true),
        ("tlh", true),
        ("zh-Hant-TW", true),
        ("", false),
        ("nl_BE", false),
        ("Dutch", false),
        ("nl-", false),
    ] {
        let faults = after(&[(r#"["nl"]"#, &format!(r#"["fr", "{tag}"]"#))]);
        assert_eq!(faults.is_empty(), is_one, "{tag}: {faults:?}");
        assert!(is_one || faults[0].starts_with("languages[1] is no language tag"), "{faults:?}");
    }
}
