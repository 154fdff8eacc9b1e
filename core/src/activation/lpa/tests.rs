//! The table of activation codes, and what holds for every text.

use proptest::prelude::*;
use secrecy::ExposeSecret;

use super::ActivationCodeFault as Fault;
use super::ActivationCodeWarning as Warning;
use super::{ActivationCode, ConfirmationCode, LONGEST_TEXT};

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
        ("LPA:1$HO\r\n ST$ID$\u{a0}$1", (ID, None, true, &[]), "LPA:1$HOST$ID$$1"),
        ("LPA:1$HOST$ID$$\u{200b}1", (ID, None, true, &[Warning::Invisible]), "LPA:1$HOST$ID$$1"),
        ("\u{feff}LPA:1$HOST$ID", (ID, None, false, &[Warning::Invisible]), "LPA:1$HOST$ID"),
        ("LPA:1$HOST$\u{202a}ID\u{202c}", (ID, None, false, &[Warning::Invisible]), "LPA:1$HOST$ID"),
        ("LPA:1$HOST$\u{202e}ID", (ID, None, false, &[Warning::Invisible]), "LPA:1$HOST$ID"),
        ("1$HOST\u{2066}", ("", None, false, &[Warning::Invisible, Warning::Unfinished]), "LPA:1$HOST$"),
        ("LPA:1$HOST$\u{ad}ID\u{a0}\u{202f}", (ID, None, false, &[Warning::Invisible]), "LPA:1$HOST$ID"),
        ("1$HOST$$$$$$", ("", None, false, &[]), "LPA:1$HOST$"),
        ("1$HOST$ID$$$$$", (ID, None, false, &[]), "LPA:1$HOST$ID"),
        ("1$HOST$ID$$1$later", (ID, None, true, &[Warning::LaterFields]), "LPA:1$HOST$ID$$1$later"),
        ("1$HOST$ID$$$later$$x$", (ID, None, false, &[Warning::LaterFields]), "LPA:1$HOST$ID$$$later$$x"),
        ("1$HOST$ID$$0", (ID, None, false, &[Warning::UnknownFlag]), "LPA:1$HOST$ID"),
        ("1$HOST$ID$$11", (ID, None, false, &[Warning::UnknownFlag]), "LPA:1$HOST$ID"),
        ("1$HOST$ID$1234", (ID, None, false, &[Warning::OidMalformed]), "LPA:1$HOST$ID$1234"),
        ("1$HOST$ID$1..2", (ID, None, false, &[Warning::LeftOut, Warning::OidMalformed]), "LPA:1$HOST$ID$1"),
        ("1$HOST$a@lpa_7", ("a@lpa_7", None, false, &[Warning::MatchingIdCharacters]), "LPA:1$HOST$a@lpa_7"),
        ("1$HOST$a_b", ("a_b", None, false, &[Warning::MatchingIdCharacters]), "LPA:1$HOST$a_b"),
        (
            "1$HOST$a b&$x$2$y",
            (
                "ab&",
                None,
                false,
                &[
                    Warning::Joined,
                    Warning::MatchingIdCharacters,
                    Warning::OidMalformed,
                    Warning::UnknownFlag,
                    Warning::LaterFields,
                ],
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

const APPLE: &str = "https://esimsetup.apple.com/esim_qrcode_provisioning?carddata=";
const ANDROID: &str = "https://esimsetup.android.com/esim_qrcode_provisioning?carddata=";

#[test]
fn a_link_to_a_phones_installer_is_read_as_the_code_it_carries() {
    for (start, carried, end, expected) in [
        (APPLE, "LPA:1$HOST$ID", "", Ok("LPA:1$HOST$ID")),
        (ANDROID, "LPA:1$HOST$ID$$1", "", Ok("LPA:1$HOST$ID$$1")),
        (APPLE, "LPA%3A1%24HOST%24ID%24%241", "", Ok("LPA:1$HOST$ID$$1")),
        (ANDROID, "lpa%3a1%24HOST%24ID", "", Ok("LPA:1$HOST$ID")),
        (APPLE, "1$HOST$ID", "", Ok("LPA:1$HOST$ID")),
        (APPLE, "LPA:1$HOST$ID", "&utm_source=mail", Ok("LPA:1$HOST$ID")),
        (APPLE, "LPA:1$HOST$ID", "#top", Ok("LPA:1$HOST$ID")),
        ("HTTPS://ESIMSETUP.APPLE.COM/esim_qrcode_provisioning?carddata=", "LPA:1$HOST$ID", "", Ok("LPA:1$HOST$ID")),
        (
            "https://esimsetup.apple.com/esim_qrcode_provisioning?a=b&carddata=",
            "LPA:1$HOST$ID",
            "",
            Ok("LPA:1$HOST$ID"),
        ),
        (
            " https://esimsetup.apple.com/\r\nesim_qrcode_provisioning?carddata=",
            "LPA:1$HOST$\n ID",
            "",
            Ok("LPA:1$HOST$ID"),
        ),
        (APPLE, "", "", Err(Fault::Empty)),
        (APPLE, "2$HOST$ID", "", Err(Fault::Version)),
        (APPLE, "LPA:1$", "", Err(Fault::NoAddress)),
        (APPLE, "LPA:1$https%3A%2F%2Fsmdp.example.com$ID", "", Err(Fault::Address)),
        (APPLE, "LPA:1$HOST$I%00D", "", Err(Fault::Charset)),
        (APPLE, "LPA:1$HOST$%FF", "", Err(Fault::Charset)),
        (APPLE, "LPA:1$HOST$%C3%A9", "", Err(Fault::Charset)),
        (APPLE, "%20%0D%0A", "", Err(Fault::Empty)),
        ("https://esimsetup.apple.com/other?carddata=", "1$HOST$ID", "", Err(Fault::NotACode)),
        ("https://esimsetup.apple.com?carddata=", "1$HOST$ID", "", Err(Fault::NotACode)),
        ("http://esimsetup.apple.com/esim_qrcode_provisioning?carddata=", "1$HOST$ID", "", Err(Fault::NotACode)),
        (
            "https://esimsetup.apple.com.other.example/esim_qrcode_provisioning?carddata=",
            "1$HOST$ID",
            "",
            Err(Fault::NotACode),
        ),
        ("https://other.example/esim_qrcode_provisioning?carddata=", "1$HOST$ID", "", Err(Fault::NotACode)),
        (
            "https://esimsetup.apple.com@other.example/esim_qrcode_provisioning?carddata=",
            "1$HOST$ID",
            "",
            Err(Fault::NotACode),
        ),
        ("https://esimsetup.apple.com:8443/esim_qrcode_provisioning?carddata=", "1$HOST$ID", "", Err(Fault::NotACode)),
    ] {
        let filled = |text: &str| text.replace("HOST", HOST).replace("ID", ID);
        let link = format!("{start}{}{end}", filled(carried));
        let told = ActivationCode::read(&link).map(|read| in_qr(&read.code));
        assert_eq!(told, expected.map(filled), "{link:?}");
    }
}

#[test]
fn blanks_that_a_link_encodes_are_mended_as_those_that_are_typed() {
    for (carried, warnings) in [
        ("LPA:1$HOST$%0AID", &[][..]),
        ("%20LPA:1$HOST$ID%0D%0A", &[]),
        ("LPA%3A1%24HOST%24%20ID", &[]),
        ("LPA:1$HOST$%C2%A0%E2%80%AFID", &[]),
        ("LPA:1$HOST$%E2%80%8BID%C2%AD", &[Warning::Invisible]),
        ("%EF%BB%BFLPA:1$HOST$ID", &[Warning::Invisible]),
        ("LPA:1$HOST$%E2%80%AEID", &[Warning::Invisible]),
        ("LPA:1$HOST$\u{202e}ID", &[Warning::Invisible]),
    ] {
        let filled = carried.replace("HOST", HOST).replace("ID", ID);
        let read = ActivationCode::read(&format!("{ANDROID}{filled}")).unwrap();
        assert_eq!(in_qr(&read.code), format!("LPA:1${HOST}${ID}"), "{carried}");
        assert_eq!(read.warnings, warnings, "{carried}");
    }
}

/// What stands around a code in a mail, and what becomes of it: the code as printed, with `HOST` and `ID`.
#[test]
fn what_a_mail_broke_is_joined_again_and_a_sentence_after_it_is_none_of_the_code() {
    for (typed, printed, warnings) in [
        // Surely broken within the code.
        ("LPA:\n1$HOST$ID", "LPA:1$HOST$ID", &[][..]),
        ("1$smdp.\nexample.\ncom$ID", "LPA:1$smdp.example.com$ID", &[]),
        ("1$smdp.example\r\n.com$ID", "LPA:1$smdp.example.com$ID", &[]),
        ("1$smdp.example\n.com", "LPA:1$smdp.example.com$", &[Warning::Unfinished]),
        ("1$HOST\n$ID\n$\n$1", "LPA:1$HOST$ID$$1", &[]),
        ("1$HOST$\nID", "LPA:1$HOST$ID", &[]),
        ("1$ HOST $ ID $$ 1", "LPA:1$HOST$ID$$1", &[]),
        ("1$HOST$ID\n\n \r\n", "LPA:1$HOST$ID", &[]),
        // It can be the rest of the matching id, or the confirmation code.
        ("1$HOST$04386-\nAGYFT", "LPA:1$HOST$04386-AGYFT", &[Warning::Joined]),
        ("1$HOST$ID\nX9", "LPA:1$HOST$IDX9", &[Warning::Joined]),
        ("1$HOST$ID\r\nAB$$1", "LPA:1$HOST$IDAB$$1", &[Warning::Joined]),
        ("1$HOST$ID\nA8\nRegards", "LPA:1$HOST$IDA8", &[Warning::Joined, Warning::LeftOut]),
        ("Code: LPA:1$HOST$ID\nA8", "LPA:1$HOST$IDA8", &[Warning::Joined, Warning::LeftOut]),
        // Surely broken within the matching id, whatever stands beside its rest.
        ("LPA:1$HOST$04386-\r\nAGYFT-A74Y8-\r\n3F815", "LPA:1$HOST$04386-AGYFT-A74Y8-3F815", &[Warning::Joined]),
        ("LPA:1$HOST$04386-\n\n3F815", "LPA:1$HOST$04386-3F815", &[Warning::Joined]),
        ("LPA:1$HOST$04386- AGYFT- 3F815", "LPA:1$HOST$04386-AGYFT-3F815", &[Warning::Joined]),
        ("LPA:1$HOST$04386-\nAGYFT$$1", "LPA:1$HOST$04386-AGYFT$$1", &[Warning::Joined]),
        ("LPA:1$HOST$04386-\n1234", "LPA:1$HOST$04386-1234", &[Warning::Joined]),
        ("LPA:1$HOST$ab12-\ncd-\nef", "LPA:1$HOST$ab12-cd-ef", &[Warning::Joined]),
        ("LPA:1$HOST$04386-\nA74Y8 is your code", "LPA:1$HOST$04386-A74Y8", &[Warning::Joined, Warning::LeftOut]),
        (
            "APPLELPA:1$HOST$04386-\nAGYFT-\nA74Y8 is your code",
            "LPA:1$HOST$04386-AGYFT-A74Y8",
            &[Warning::Joined, Warning::LeftOut],
        ),
        ("APPLELPA%3A1%24HOST%2404386-\nA74Y8 is it", "LPA:1$HOST$04386-A74Y8", &[Warning::Joined, Warning::LeftOut]),
        // Its rest is not there.
        ("LPA:1$HOST$04386-", "LPA:1$HOST$04386-", &[Warning::Unfinished]),
        ("LPA:1$HOST$04386-$$1", "LPA:1$HOST$04386-$$1", &[]),
        ("LPA:1$HOST$04386-\nRegards", "LPA:1$HOST$04386-", &[Warning::LeftOut, Warning::Unfinished]),
        ("LPA:1$HOST$04386-\nSIM and PIN", "LPA:1$HOST$04386-", &[Warning::LeftOut, Warning::Unfinished]),
        ("LPA:1$HOST$04386-\n\nPIN", "LPA:1$HOST$04386-", &[Warning::LeftOut, Warning::Unfinished]),
        ("LPA:1$HOST$ab12-\nRegards", "LPA:1$HOST$ab12-", &[Warning::LeftOut, Warning::Unfinished]),
        // A confirmation code, a PIN, a PUK, a number.
        ("1$HOST$ID\n1234", "LPA:1$HOST$ID", &[Warning::LeftOut]),
        ("1$HOST$ID\r\n12345678\r\n", "LPA:1$HOST$ID", &[Warning::LeftOut]),
        ("1$HOST$ID\n8932010000000000004", "LPA:1$HOST$ID", &[Warning::LeftOut]),
        ("1$HOST$ID$$1\n4321", "LPA:1$HOST$ID$$1", &[Warning::LeftOut]),
        ("1$HOST$ID$OID\n4321", "LPA:1$HOST$ID$OID", &[Warning::LeftOut]),
        ("APPLELPA:1$HOST$ID\n1234", "LPA:1$HOST$ID", &[Warning::LeftOut]),
        ("APPLELPA%3A1%24HOST%24ID\n1234", "LPA:1$HOST$ID", &[Warning::LeftOut]),
        ("LPA%253A1%2524HOST%2524ID\n1234", "LPA:1$HOST$ID", &[Warning::LeftOut]),
        ("1$HOST$A24\n1234", "LPA:1$HOST$A24", &[Warning::LeftOut]),
        ("1$HOST$\n1234", "LPA:1$HOST$1234", &[]),
        ("1$HOST$ID\n123", "LPA:1$HOST$ID123", &[Warning::Joined]),
        ("1$HOST$ID\n1234A", "LPA:1$HOST$ID1234A", &[Warning::Joined]),
        // Another link, or one more code that is none.
        ("APPLELPA:1$HOST$ID\nhttps://operator.example/help?a=b", "LPA:1$HOST$ID", &[Warning::LeftOut]),
        ("LPA:1$HOST$ID\nLPA:2$HOST$X", "LPA:1$HOST$ID", &[Warning::LeftOut]),
        ("LPA:1$HOST$ID LPA:2$HOST$X", "LPA:1$HOST$ID", &[Warning::LeftOut]),
        ("1$HOST$ID$$\n1$later", "LPA:1$HOST$ID$$1$later", &[Warning::LaterFields]),
        // A sentence, or another paragraph.
        ("1$HOST$ID\nYour confirmation code is 1234", "LPA:1$HOST$ID", &[Warning::LeftOut]),
        ("1$HOST$ID\nCODE 1234", "LPA:1$HOST$ID", &[Warning::LeftOut]),
        ("1$HOST$ID\nRegards", "LPA:1$HOST$ID", &[Warning::LeftOut]),
        ("1$HOST$ID\nMERCI!", "LPA:1$HOST$ID", &[Warning::LeftOut]),
        ("1$HOST$ID\n\n1234", "LPA:1$HOST$ID", &[Warning::LeftOut]),
        ("1$HOST$ID\r\n\r\n1234", "LPA:1$HOST$ID", &[Warning::LeftOut]),
        ("1$HOST$ID\n--\u{a0}\nEmma Claes", "LPA:1$HOST$ID", &[Warning::LeftOut]),
        ("1$HOST$ID is your code", "LPA:1$HOST$ID", &[Warning::LeftOut]),
        ("LPA:1$HOST$ID. Please scan it today.", "LPA:1$HOST$ID", &[Warning::LeftOut]),
        ("Activation code: LPA:1$HOST$ID", "LPA:1$HOST$ID", &[Warning::LeftOut]),
        ("Dear Sara,\nyour code is lpa:1$HOST$ID.\nRegards", "LPA:1$HOST$ID", &[Warning::LeftOut]),
        ("\"LPA:1$HOST$ID\"", "LPA:1$HOST$ID", &[Warning::LeftOut]),
        ("<LPA:1$HOST$ID$$1>", "LPA:1$HOST$ID$$1", &[Warning::LeftOut]),
        ("1$HOST\nThank you for choosing us", "LPA:1$HOST$", &[Warning::LeftOut, Warning::Unfinished]),
        ("1$HOST\nIt costs 5 $ a month", "LPA:1$HOST$", &[Warning::LeftOut, Warning::Unfinished]),
        ("1$HOST$\nRegards", "LPA:1$HOST$", &[Warning::LeftOut]),
        ("LPA%3A1%24HOST%24ID\nRegards", "LPA:1$HOST$ID", &[Warning::LeftOut]),
    ] {
        let filled =
            |text: &str| text.replace("APPLE", APPLE).replace("HOST", HOST).replace("OID", OID).replace("ID", ID);
        let read = ActivationCode::read(&filled(typed)).unwrap_or_else(|fault| panic!("{typed:?}: {fault}"));
        assert_eq!((in_qr(&read.code), read.warnings.as_slice()), (filled(printed), warnings), "{typed:?}");
        let linked = ActivationCode::read(&format!("{APPLE}LPA:1${HOST}${ID}\nYour code 1234")).unwrap();
        assert_eq!(linked.warnings, [Warning::LeftOut]);
    }
}

#[test]
fn a_code_is_read_out_of_the_link_of_a_picture_and_as_a_link_encodes_it() {
    const PICTURE: &str = "https://qr.example/v1/create-qr-code/?size=200x200&data=";
    for (typed, expected) in [
        ("PICTURELPA%3A1%24HOST%24ID", Ok("LPA:1$HOST$ID")),
        ("PICTURELPA:1$HOST$ID&margin=2", Ok("LPA:1$HOST$ID")),
        ("PICTURElpa%3a1%24HOST%24ID%24%241#x", Ok("LPA:1$HOST$ID$$1")),
        ("http://qr.example/chart?cht=qr&chl=LPA%3A1%24HOST%24ID", Ok("LPA:1$HOST$ID")),
        ("https://qr.example/qr?text=LPA%3A1%24HOST%24ID", Ok("LPA:1$HOST$ID")),
        ("LPA%3A1%24HOST%24ID", Ok("LPA:1$HOST$ID")),
        ("lpa%3A1%24HOST%24ID%24%241", Ok("LPA:1$HOST$ID$$1")),
        ("1%24HOST%24ID", Ok("LPA:1$HOST$ID")),
        ("LPA:1%24HOST%24ID", Ok("LPA:1$HOST$ID")),
        // Encoded twice.
        ("PICTURELPA%253A1%2524HOST%2524ID", Ok("LPA:1$HOST$ID")),
        ("APPLELPA%253A1%2524HOST%2524ID%2524%25241", Ok("LPA:1$HOST$ID$$1")),
        ("APPLELPA:1%2524HOST%2524ID", Ok("LPA:1$HOST$ID")),
        ("APPLE1%2524HOST%2524ID", Ok("LPA:1$HOST$ID")),
        ("APPLELPA%253A1%2524HOST%2524\r\nID", Ok("LPA:1$HOST$ID")),
        ("LPA%253A1%2524HOST%2524ID", Ok("LPA:1$HOST$ID")),
        ("lpa%253a1%2524HOST%2524ID", Ok("LPA:1$HOST$ID")),
        ("1%2524HOST%2524ID", Ok("LPA:1$HOST$ID")),
        ("LPA:1%2524HOST%2524ID", Ok("LPA:1$HOST$ID")),
        ("APPLELPA%253A2%2524HOST%2524ID", Err(Fault::Version)),
        ("APPLELPA%253A1%2524HOST%2524%25FF", Err(Fault::Charset)),
        ("APPLELPA%25253A1%252524HOST%252524ID", Ok("LPA:1$HOST$ID")),
        ("PICTURELPA%3A2%24HOST%24ID", Err(Fault::Version)),
        ("PICTURELPA%3A1%24192.0.2.1%24ID", Err(Fault::Address)),
        ("PICTUREhttps%3A%2F%2Foperator.example", Err(Fault::NotACode)),
        ("PICTURE1%24HOST%24ID", Err(Fault::NotACode)),
        ("https://qr.example/?card=LPA%3A1%24HOST%24ID", Ok("LPA:1$HOST$ID")),
        ("https://qr.example/?card=1%24HOST%24ID", Err(Fault::NotACode)),
        ("LPA%3A1%24HOST%24%FF", Err(Fault::Charset)),
    ] {
        let filled = |text: &str| {
            text.replace("PICTURE", PICTURE).replace("APPLE", APPLE).replace("HOST", HOST).replace("ID", ID)
        };
        let told = ActivationCode::read(&filled(typed)).map(|read| in_qr(&read.code));
        assert_eq!(told, expected.map(filled), "{typed:?}");
    }
}

#[test]
fn a_number_of_a_card_or_of_a_chip_is_told_apart_from_a_code() {
    for (typed, expected) in [
        ("8932010000000000004", Fault::Iccid),
        ("8932 0500 0000 0000 013\n", Fault::Iccid),
        ("8944476500008878576F", Fault::Iccid),
        ("893201000000000000", Fault::Iccid),
        ("89049032000000000000000000000012", Fault::Eid),
        ("8904 9032 0000 0000 0000 0000 0000 0012", Fault::Eid),
        // With their labels.
        ("EID: 8904 9032 0000 0000 0000 0000 0000 0012", Fault::Eid),
        ("EID 89049032000000000000000000000012", Fault::Eid),
        ("EID\n8904 9032 0000 0000\n0000 0000 0000 0012", Fault::Eid),
        ("Numéro EID (eSIM) : 8904-9032-0000-0000-0000-0000-0000-0012.", Fault::Eid),
        ("EID: 89049032000000000000000000000012\nIMEI: 35 000000 000000 0", Fault::Eid),
        ("EID 89049032000000000000000000000012\n350000000000000", Fault::Eid),
        ("ICCID: 8932010000000000004", Fault::Iccid),
        ("ICCID: 8932 0500 0000 0000 013", Fault::Iccid),
        ("Simkaartnummer=8944476500008878576F", Fault::Iccid),
        ("SIM 1: 8932 0500 0000 0000 013 (eSIM)", Fault::Iccid),
        ("ICCID: 1234 5678", Fault::NotACode),
        ("89320100000000000", Fault::NotACode),
        ("12345678", Fault::NotACode),
        ("2$smdp.example.com$ID", Fault::Version),
    ] {
        assert_eq!(ActivationCode::read(typed).map(|read| in_qr(&read.code)), Err(expected), "{typed:?}");
    }
}

#[test]
fn of_two_codes_in_one_text_none_is_taken_silently() {
    for (typed, expected) in [
        ("LPA:1$HOST$ID\nLPA:1$HOST$X1", Err(Fault::Several)),
        ("LPA:1$HOST$ID LPA:1$HOST$X1", Err(Fault::Several)),
        ("LPA:1$HOST$ID\n\nlpa:1$other.example$ID", Err(Fault::Several)),
        ("1$HOST$ID\r\n1$HOST$ID$$1", Err(Fault::Several)),
        ("Your phone: LPA:1$HOST$ID.\nYour watch: LPA:1$HOST$X1.\nRegards", Err(Fault::Several)),
        ("phone:LPA:1$HOST$ID watch:LPA:1$HOST$X1", Err(Fault::Several)),
        ("<LPA:1$HOST$ID>, (LPA:1$HOST$X1)", Err(Fault::Several)),
        ("LPA:1$HOST$ID\nLPA:1$HOST$ID\nLPA:1$HOST$X1", Err(Fault::Several)),
        ("LPA:1$HOST$04386-\nAGYFT\nLPA:1$HOST$04386-\nA74Y8", Err(Fault::Several)),
        ("APPLELPA:1$HOST$ID\nAPPLELPA:1$HOST$X1", Err(Fault::Several)),
        ("APPLELPA%3A1%24HOST%24ID\nLPA:1$HOST$X1", Err(Fault::Several)),
        ("LPA:1$HOST$A-\nLPA:1$HOST$A-B", Err(Fault::Several)),
        ("1$HOST\n1$HOST$ID", Err(Fault::Several)),
        ("LPA%3A1%24HOST%24ID LPA%253A1%2524HOST%2524X1", Err(Fault::Several)),
        (
            "LPA:1$HOST$ID http://a.example http://b.example http://c.example http://d.example http://e.example http://f.example http://g.example LPA:1$HOST$X1",
            Err(Fault::Several),
        ),
        ("LPA:1$HOST$ab\nLPA:1$HOST$AB", Err(Fault::Several)),
        // The same one, in several forms, is one.
        (
            "LPA:1$SMDP.EXAMPLE.COM$AB\n1$smdp.example.com$AB",
            Ok(("LPA:1$SMDP.EXAMPLE.COM$AB", &[Warning::LeftOut][..])),
        ),
        ("LPA:1$HOST$ID\nLPA:1$HOST$ID", Ok(("LPA:1$HOST$ID", &[Warning::LeftOut][..]))),
        ("LPA:1$HOST$ID\nor by hand:\n1$HOST$ID", Ok(("LPA:1$HOST$ID", &[Warning::LeftOut]))),
        ("APPLELPA:1$HOST$ID\nLPA%3A1%24HOST%24ID\n", Ok(("LPA:1$HOST$ID", &[Warning::LeftOut]))),
        ("Tap APPLELPA:1$HOST$ID\nor scan LPA:1$HOST$ID", Ok(("LPA:1$HOST$ID", &[Warning::LeftOut]))),
        ("LPA:1$HOST$A-\nB\nLPA:1$HOST$A-B", Ok(("LPA:1$HOST$A-B", &[Warning::Joined, Warning::LeftOut]))),
    ] {
        let filled = |text: &str| text.replace("APPLE", APPLE).replace("HOST", HOST).replace("ID", ID);
        let told = ActivationCode::read(&filled(typed)).map(|read| (in_qr(&read.code), read.warnings));
        assert_eq!(told, expected.map(|(code, warnings)| (filled(code), warnings.to_vec())), "{typed:?}");
    }
}

#[test]
fn a_link_carries_255_characters_at_most_however_they_are_encoded() {
    let encoded: String =
        format!("LPA:1${HOST}${}", "A".repeat(255 - 23)).bytes().map(|byte| format!("%{byte:02X}")).collect();
    let read = ActivationCode::read(&format!("{APPLE}{encoded}")).unwrap();
    assert_eq!((in_qr(&read.code).len(), read.warnings), (255, vec![]));
    let longer = ActivationCode::read(&format!("{APPLE}{encoded}%41")).map(|read| in_qr(&read.code));
    assert_eq!(longer, Err(Fault::TooLong));
    let flood = ActivationCode::read(&format!("{APPLE}{}", "A".repeat(LONGEST_TEXT))).map(|read| in_qr(&read.code));
    assert_eq!(flood, Err(Fault::TooLong));
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
        ("https://operator.example".to_owned(), Fault::NotACode),
        ("1$HOST$I\0D".to_owned(), Fault::Charset),
        ("1$HOST$\u{1b}[31m".to_owned(), Fault::Charset),
        ("1$HOST$\u{7f}".to_owned(), Fault::Charset),
        ("1$smdp.exämple.com$ID".to_owned(), Fault::Charset),
        ("1$HOST$ID".to_owned() + &" ".repeat(LONGEST_TEXT), Fault::TooLong),
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

/// A link whose code has each sign encoded, so many times.
fn encoded(code: &str, times: usize) -> String {
    let once: String = code.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("{APPLE}{}", (1..times).fold(once, |text, _| text.replace('%', "%25")))
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
    let start =
        prop_oneof![Just(APPLE), Just(ANDROID), Just("LPA:1$"), Just("1$"), Just("lpa:1$"), Just("LPA:"), Just("")];
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
        id in "([A-Z0-9-]{0,29}[A-Z0-9])?", oid in prop_oneof![Just(String::new()), Just(OID.to_owned())], flag in any::<bool>(),
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
    fn a_code_that_is_encoded_broken_or_repeated_reads_as_the_same(typed in almost()) {
        if let Ok(read) = ActivationCode::read(&typed) {
            let code = in_qr(&read.code);
            let texts = [
                encoded(&code, 1),
                encoded(&code, 2),
                code.replace('$', "\n$"),
                format!("{code}\r\n{code}"),
                format!("> Your code:\r\n> „{code}“."),
            ];
            for told in texts {
                prop_assert_eq!(ActivationCode::read(&told).map(|again| in_qr(&again.code)), Ok(code.clone()), "{}", told);
            }
            let two = format!("{code}\nLPA:1$another.example$X");
            prop_assert_eq!(ActivationCode::read(&two).map(|again| in_qr(&again.code)), Err(Fault::Several));
        }
    }

    #[test]
    fn no_text_panics(typed in any::<String>()) {
        let _ = (ActivationCode::read(&typed), ConfirmationCode::read(&typed));
    }
}
