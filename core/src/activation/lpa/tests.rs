//! The table of activation codes, and what holds for every text.

use proptest::prelude::*;
use secrecy::ExposeSecret;

use super::ActivationCodeFault as Fault;
use super::ActivationCodeWarning as Warning;
use super::{ActivationCode, ConfirmationCode};

const HOST: &str = "SMDP.EXAMPLE.COM";
const ID: &str = "04386-AGYFT-A74Y8-3F815";
const OID: &str = "1.3.6.1.4.1.31746";

fn in_qr(code: &ActivationCode) -> String {
    code.in_qr().expose_secret().to_owned()
}

/// What a code says: matching id, OID, whether a confirmation code is asked for, warnings.
type Told<'a> = (&'a str, Option<&'a str>, bool, &'a [Warning]);

#[test]
fn codes_that_can_be_used_say_what_they_say() {
    let read: &[(&str, Told<'_>, &str)] = &[
        ("LPA:1$HOST$ID", (ID, None, false, &[]), "LPA:1$HOST$ID"),
        ("1$HOST$ID", (ID, None, false, &[]), "LPA:1$HOST$ID"),
        ("LPA:1$HOST$ID$$1", (ID, None, true, &[]), "LPA:1$HOST$ID$$1"),
        ("LPA:1$HOST$ID$OID", (ID, Some(OID), false, &[]), "LPA:1$HOST$ID$OID"),
        ("LPA:1$HOST$ID$OID$1", (ID, Some(OID), true, &[]), "LPA:1$HOST$ID$OID$1"),
        ("1$HOST$$OID", ("", Some(OID), false, &[]), "LPA:1$HOST$$OID"),
        ("1$HOST$", ("", None, false, &[]), "LPA:1$HOST$"),
        ("1$HOST", ("", None, false, &[Warning::Unfinished]), "LPA:1$HOST$"),
        ("lpa:1$HOST$ID", (ID, None, false, &[]), "LPA:1$HOST$ID"),
        ("  LPA:1$HOST$ID\r\n", (ID, None, false, &[]), "LPA:1$HOST$ID"),
        ("LPA:1$HO\r\n ST$ID$\u{a0}$\u{200b}1", (ID, None, true, &[]), "LPA:1$HOST$ID$$1"),
        ("\u{feff}LPA:1$HOST$\u{202a}ID\u{202c}", (ID, None, false, &[]), "LPA:1$HOST$ID"),
        ("1$HOST$$$$$$", ("", None, false, &[]), "LPA:1$HOST$"),
        ("1$HOST$ID$$$$$", (ID, None, false, &[]), "LPA:1$HOST$ID"),
        ("1$HOST$ID$$1$later", (ID, None, true, &[Warning::LaterFields]), "LPA:1$HOST$ID$$1$later"),
        ("1$HOST$ID$$$later$$x$", (ID, None, false, &[Warning::LaterFields]), "LPA:1$HOST$ID$$$later$$x"),
        ("1$HOST$ID$$0", (ID, None, false, &[Warning::UnknownFlag]), "LPA:1$HOST$ID"),
        ("1$HOST$ID$$11", (ID, None, false, &[Warning::UnknownFlag]), "LPA:1$HOST$ID"),
        ("1$HOST$ID$1234", (ID, None, false, &[Warning::OidMalformed]), "LPA:1$HOST$ID$1234"),
        ("1$HOST$ID$1..2", (ID, None, false, &[Warning::OidMalformed]), "LPA:1$HOST$ID$1..2"),
        ("1$HOST$a_b", ("a_b", None, false, &[Warning::MatchingIdCharacters]), "LPA:1$HOST$a_b"),
        (
            "1$HOST$a b&$x$2$y",
            (
                "ab&",
                None,
                false,
                &[Warning::MatchingIdCharacters, Warning::OidMalformed, Warning::UnknownFlag, Warning::LaterFields],
            ),
            "LPA:1$HOST$ab&$x$$y",
        ),
    ];
    for (typed, (id, oid, needs_confirmation, warnings), printed) in read {
        let filled = |text: &str| text.replace("HOST", HOST).replace("OID", OID).replace("ID", ID);
        let typed = &filled(&typed.replace("HO\r\n ST", "SMDP.EXAMPLE\r\n .COM"));
        let read = ActivationCode::read(typed).unwrap_or_else(|fault| panic!("{typed:?}: {fault}"));
        assert_eq!(read.code.address().as_str(), HOST, "{typed:?}");
        assert_eq!(read.code.matching_id().expose_secret(), *id, "{typed:?}");
        assert_eq!(read.code.oid(), *oid, "{typed:?}");
        assert_eq!(read.code.needs_confirmation(), *needs_confirmation, "{typed:?}");
        assert_eq!(read.warnings, *warnings, "{typed:?}");
        let printed = filled(printed);
        assert_eq!(in_qr(&read.code), printed, "{typed:?}");
        assert_eq!(Some(read.code.by_hand().expose_secret()), printed.strip_prefix("LPA:"), "{typed:?}");
    }
}

#[test]
fn what_is_no_code_is_told_apart() {
    let label = "a".repeat(64);
    let vectors = [
        ("2$HOST$ID".to_owned(), Fault::Version),
        ("LPA:2$HOST$ID".to_owned(), Fault::Version),
        ("LPA:10$HOST$ID".to_owned(), Fault::Version),
        (String::new(), Fault::Empty),
        (" \r\n\u{a0}".to_owned(), Fault::Empty),
        ("LPA:".to_owned(), Fault::Empty),
        ("1".to_owned(), Fault::NoAddress),
        ("1$".to_owned(), Fault::NoAddress),
        ("LPA:1$".to_owned(), Fault::NoAddress),
        ("LPA:1$$$$".to_owned(), Fault::NoAddress),
        ("1$$ID".to_owned(), Fault::NoAddress),
        ("$HOST$ID".to_owned(), Fault::NotACode),
        ("LPA:LPA:1$HOST$ID".to_owned(), Fault::NotACode),
        ("https://operator.example".to_owned(), Fault::NotACode),
        ("1$HOST$I\0D".to_owned(), Fault::Charset),
        ("1$HOST$\u{1b}[31m".to_owned(), Fault::Charset),
        ("1$HOST$\u{7f}".to_owned(), Fault::Charset),
        ("1$smdp.exämple.com$ID".to_owned(), Fault::Charset),
        ("１$HOST$ID".to_owned(), Fault::Charset),
        ("1$HOST$ID".to_owned() + &" ".repeat(2000), Fault::TooLong),
        ("1$https://smdp.example.com$ID".to_owned(), Fault::Address),
        ("1$smdp.example.com/path$ID".to_owned(), Fault::Address),
        ("1$smdp.example.com:443$ID".to_owned(), Fault::Address),
        ("1$user@smdp.example.com$ID".to_owned(), Fault::Address),
        ("1$smdp..example.com$ID".to_owned(), Fault::Address),
        ("1$../smdp.example.com$ID".to_owned(), Fault::Address),
        ("1$.smdp.example.com$ID".to_owned(), Fault::Address),
        ("1$smdp.example.com.$ID".to_owned(), Fault::Address),
        ("1$-smdp.example.com$ID".to_owned(), Fault::Address),
        ("1$smdp-.example.com$ID".to_owned(), Fault::Address),
        ("1$smdp_1.example.com$ID".to_owned(), Fault::Address),
        ("1$192.0.2.1$ID".to_owned(), Fault::Address),
        ("1$0x7f.1$ID".to_owned(), Fault::Address),
        ("1$smdp.example.0x7f$ID".to_owned(), Fault::Address),
        ("1$[2001:db8::1]$ID".to_owned(), Fault::Address),
        ("1$localhost$ID".to_owned(), Fault::Address),
        (format!("1${label}.example.com$ID"), Fault::Address),
        ("1$%73mdp.example.com$ID".to_owned(), Fault::Address),
    ];
    for (typed, expected) in vectors {
        let typed = typed.replace("HOST", HOST);
        let told = ActivationCode::read(&typed).map(|read| in_qr(&read.code));
        assert_eq!(told, Err(expected), "{typed:?}");
    }
}

#[test]
fn a_code_has_255_characters_at_most_as_it_is_printed() {
    let of = |length: usize, start: &str| {
        let id = "A".repeat(length - "LPA:1$SMDP.EXAMPLE.COM$".len());
        ActivationCode::read(&format!("{start}1${HOST}${id}")).map(|read| in_qr(&read.code).len())
    };
    for start in ["LPA:", ""] {
        assert_eq!(of(255, start), Ok(255));
        assert_eq!(of(256, start), Err(Fault::TooLong));
    }
}

#[test]
fn nothing_of_a_code_but_its_server_is_printed_by_accident() {
    let read = ActivationCode::read("LPA:1$smdp.example.com$CANARY-1$canary-2$1$canary-3").unwrap();
    let confirmation = ConfirmationCode::read("canary-4").unwrap();
    let text = format!("{read:?} {confirmation:?} {:?}", read.code.in_qr());
    assert!(text.contains("smdp.example.com") && !text.to_lowercase().contains("canary"), "{text}");
}

#[test]
fn a_confirmation_code_is_what_was_typed_without_the_blanks_around_it() {
    for (typed, expected) in [
        ("1234", Some("1234")),
        (" 12-AB \u{a0}\n", Some("12-AB")),
        ("", None),
        (" ", None),
        ("12 34", None),
        ("12\u{0}34", None),
        ("é", None),
    ] {
        let read = ConfirmationCode::read(typed);
        assert_eq!(read.as_ref().map(|code| code.expose().expose_secret()), expected, "{typed:?}");
    }
    assert!(ConfirmationCode::read(&"1".repeat(64)).is_some() && ConfirmationCode::read(&"1".repeat(65)).is_none());
}

/// Texts that are almost codes.
fn almost() -> impl Strategy<Value = String> {
    let field = prop_oneof![
        Just(String::new()),
        Just("1".to_owned()),
        Just(HOST.to_owned()),
        Just(OID.to_owned()),
        "[A-Z0-9-]{1,30}",
        "[ -~]{0,30}",
        "\\PC{0,8}",
    ];
    let start = prop_oneof![Just("LPA:1$"), Just("1$"), Just("lpa:1$"), Just("LPA:"), Just("")];
    let host = prop_oneof![Just(HOST.to_owned()), "([a-z0-9-]{1,8}\\.){1,3}[a-z]{2,3}", "\\PC{0,8}"];
    (start, host, prop::collection::vec(field, 0..8))
        .prop_map(|(start, host, fields)| format!("{start}{host}${}", fields.join("$")))
}

proptest! {
    #[test]
    fn what_is_printed_reads_back_as_the_same_code(typed in almost()) {
        if let Ok(read) = ActivationCode::read(&typed) {
            let printed = read.code.in_qr();
            for again in [printed.expose_secret(), read.code.by_hand().expose_secret()] {
                let again = ActivationCode::read(again).unwrap();
                prop_assert_eq!(in_qr(&again.code), in_qr(&read.code));
                prop_assert_eq!(again.code.address(), read.code.address());
                prop_assert_eq!(again.code.matching_id().expose_secret(), read.code.matching_id().expose_secret());
                prop_assert_eq!(again.code.oid(), read.code.oid());
                prop_assert_eq!(again.code.needs_confirmation(), read.code.needs_confirmation());
            }
            prop_assert!(printed.expose_secret().len() <= 255);
        }
    }

    #[test]
    fn a_code_of_the_standard_is_printed_as_it_was(
        id in "[A-Z0-9-]{0,30}", oid in prop_oneof![Just(String::new()), Just(OID.to_owned())], flag in any::<bool>(),
    ) {
        let mut code = format!("LPA:1${HOST}${id}${oid}${}", if flag { "1" } else { "" });
        while code.ends_with("$$") || (code.ends_with('$') && code.matches('$').count() > 2) {
            code.pop();
        }
        let read = ActivationCode::read(&code).unwrap();
        prop_assert_eq!(in_qr(&read.code), code);
        prop_assert_eq!(read.warnings, vec![]);
    }

    #[test]
    fn no_text_panics(typed in any::<String>()) {
        let _ = (ActivationCode::read(&typed), ConfirmationCode::read(&typed));
    }
}
