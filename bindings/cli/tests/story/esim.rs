//! What an eSIM's code says, in the terminal; who stands behind does not see it.

use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::support::{companion, output, told};

/// The command with a code at its standard input.
fn parse(code: &[u8], more: &[&str]) -> (Option<i32>, String, String) {
    let mut command = companion();
    command.args(["esim", "parse"]).args(more);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(code).unwrap();
    told(&child.wait_with_output().unwrap())
}

#[test]
fn a_code_is_told_without_its_secret() {
    let code = "LPA:1$smdp.example.com$CANARY-04386$1.3.6.1.4.1.31746$1";
    let expected = "SM-DP+ address     smdp.example.com\n\
                    Matching id        12 characters, hidden (--reveal shows them)\n\
                    SM-DP+ OID         1.3.6.1.4.1.31746\n\
                    Confirmation code  asked for\n";
    for given in [parse(code.as_bytes(), &["-"]), parse(code.as_bytes(), &[]), told(&output(&["esim", "parse", code]))]
    {
        assert_eq!(given, (Some(0), expected.to_owned(), String::new()));
    }
    let (status, text, error) = parse(code.as_bytes(), &["-", "--reveal"]);
    assert_eq!((status, error.as_str()), (Some(0), ""));
    assert!(
        text.contains("Matching id        CANARY-04386\n") && text.contains(&format!("Code               {code}\n"))
    );
}

#[test]
fn the_exit_status_says_whether_every_phone_takes_it() {
    for (code, expected, part) in [
        ("1$smdp.example.com$ID", 0, "not asked for by the code"),
        ("  lpa:1$smdp.example\r\n .com$ID\n", 0, "SM-DP+ address     smdp.example.com\n"),
        ("1$smdp.example.com$", 0, "Matching id        none"),
        ("1$smdp.example.com$I", 0, "Matching id        1 character, hidden (--reveal shows it)"),
        ("1$smdp.example.com", 1, "! It seems to be cut short: it ends after the address"),
        ("1$smdp.example.com$CANARY-", 1, "or in a hyphen."),
        ("1$smdp.example.com$CANARY_1", 1, "! The matching id has other characters"),
        ("1$smdp.example.com$ID$CANARY", 1, "SM-DP+ OID         none\n"),
        ("1$smdp.example.com$ID$CANARY", 1, "! What stands in place of the SM-DP+ OID"),
        ("1$smdp.example.com$ID$$0", 1, "! The flag of the confirmation code"),
        ("1$smdp.example.com$ID$$1$CANARY", 1, "! It has fields of a later version"),
        ("1$smdp.example.com$ID\nCANARY1", 1, "! What stood after a break was taken as its rest"),
        ("1$smdp.example.com$ID\nYour code is CANARY", 1, "! Other text stood around it"),
        ("1$smdp.example.com$CANARY–1", 1, "! A dash stood in it, and was read as a hyphen."),
        ("1$smdp.example.com$I\u{200b}D", 1, "! It held characters that nobody sees"),
        ("https://qr.example/?data=LPA%3A1%24smdp.example.com%24CANARY", 0, "SM-DP+ address     smdp.example.com\n"),
        ("LPA%3A1%24smdp.example.com%24CANARY", 0, "SM-DP+ address     smdp.example.com\n"),
        ("8932010000000000004", 2, "this is the number of the card (ICCID), not the code"),
        ("8904 9032 0000 0000 0000 0000 0000 0012", 2, "this is the number of the phone's eSIM chip (EID)"),
        ("EID: 8904 9032 0000 0000 0000 0000 0000 0012", 2, "this is the number of the phone's eSIM chip (EID)"),
        ("1$smdp.example.com$CANARY1\n1$smdp.example.com$CANARY2", 2, "there are two codes in it or more"),
        ("SM-DP+ address: smdp.example.com\nActivation code: CANARY1", 0, "SM-DP+ address     smdp.example.com\n"),
        ("1$smdp.example.com$CANARY—1", 2, "where it ends cannot be told: copy the code alone"),
        ("", 2, "there is nothing in it"),
        ("2$smdp.example.com$CANARY", 2, "of a later format"),
        ("1$", 2, "names no SM-DP+ server"),
        ("1$https://canary.example$ID", 2, "no plain server name"),
        ("1$smdp.example.com$CANARY\u{1b}", 2, "characters that no activation code has"),
        ("CANARY", 2, "begins with LPA:1$"),
    ] {
        let (status, text, error) = parse(code.as_bytes(), &["-"]);
        assert_eq!(status, Some(expected), "{code:?}: {text}{error}");
        let told = format!("{text}{error}");
        assert!(told.contains(part), "{code:?}: {part:?} is not in\n{told}");
        assert!(!told.to_lowercase().contains("canary"), "{code:?}: {told}");
        let (status, ..) = parse(code.as_bytes(), &["-", "--json"]);
        assert_eq!(status, Some(expected), "{code:?} as JSON");
    }
}

#[test]
fn bytes_that_are_no_text_are_no_code() {
    for bytes in [&b"1$smdp.example.com$\xff"[..], &[b' '; 40_000], &[b'1'; 140_000], b"\xff\xfe1"] {
        let (status, text, error) = parse(bytes, &["-"]);
        assert_eq!((status, text.as_str()), (Some(2), ""), "{error}");
    }
}

#[test]
fn a_text_that_was_saved_as_utf_16_is_read() {
    let code: Vec<u8> = "\u{feff}LPA:1$smdp.example.com$ID\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (status, text, error) = parse(&code, &["-", "--reveal"]);
    assert_eq!((status, error.as_str()), (Some(0), ""));
    assert!(text.contains("Code               LPA:1$smdp.example.com$ID\n"), "{text}");
}

#[test]
fn json_names_every_field_and_hides_the_same() {
    let told = |code: &str, more: &[&str]| {
        let (_, text, error) = parse(code.as_bytes(), &[&["-", "--json"], more].concat());
        assert_eq!(error, "");
        serde_json::from_str::<Value>(&text).unwrap()
    };
    let code = "1$smdp.example.com$CANARY$$2";
    let hidden = json!({
        "address": "smdp.example.com", "has_matching_id": true, "matching_id": null, "oid": null,
        "needs_confirmation": false, "code": null, "warnings": ["unknown_flag"],
    });
    assert_eq!(told(code, &[]), hidden);
    let revealed = told(code, &["--reveal"]);
    assert_eq!(revealed["matching_id"], "CANARY");
    assert_eq!(revealed["code"], "LPA:1$smdp.example.com$CANARY");
    assert_eq!(told("1$1.2.3.4$CANARY", &[]), json!({ "fault": "address" }));
}
