//! Codes as people paste them, out of mails, pages and chats: what is around one is none of it, and of two readings none is taken.

use proptest::prelude::*;
use secrecy::ExposeSecret;

use super::ActivationCode;
use super::ActivationCodeFault::{self as Fault, Several, Unclear};

const CODE: &str = "LPA:1$smdp.example.com$04386-AGYFT-A74Y8-3F815";
const OTHER: &str = "LPA:1$smdp.example.com$X1";
const APPLE: &str = "https://esimsetup.apple.com/esim_qrcode_provisioning?carddata=";

fn read(typed: &str) -> Result<String, Fault> {
    ActivationCode::read(typed).map(|read| read.code.in_qr().expose_secret().to_owned())
}

/// With `CODE`, `OTHER`, `HAND` (the code without its prefix), `APPLE` and `ONCE` (the code as a link encodes it).
fn filled(text: &str) -> String {
    let once = CODE.replace(':', "%3A").replace('$', "%24");
    let twice = once.replace('%', "%25");
    let hand = CODE.strip_prefix("LPA:").unwrap();
    [("CODE", CODE), ("OTHER", OTHER), ("HAND", hand), ("APPLE", APPLE), ("ONCE", &once), ("TWICE", &twice)]
        .into_iter()
        .fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
}

#[test]
fn what_stands_around_a_code_is_none_of_it() {
    for typed in [
        // Right behind it.
        "CODE.Thanks",
        "CODE.",
        "CODE!",
        "CODE?!",
        "CODE,",
        "CODE;",
        "CODE…",
        "CODE’",
        "CODE...",
        "CODE)",
        "CODE: scan it",
        "CODE–",
        "CODE – scan it",
        "CODE—scan it",
        "CODE–Thanks",
        "CODE\u{1f600}",
        "CODE%20",
        "CODE%0D%0A",
        "CODE%20is%20your%20code",
        "CODE&utm_source=mail",
        "CODE#top",
        "CODE/",
        "CODE|",
        // Around it.
        "'CODE'",
        "\"CODE\"",
        "`CODE`",
        "```\nCODE\n```",
        "**CODE**",
        "*CODE*",
        "_CODE_",
        "~~CODE~~",
        "„CODE“",
        "“CODE”",
        "‘CODE’",
        "‚CODE‘",
        "‹CODE›",
        "«CODE»",
        "«\u{a0}CODE\u{a0}»",
        "„HAND“",
        "(CODE)",
        "[CODE]",
        "{\"code\":\"CODE\"}",
        "code=CODE;",
        "Code:HAND",
        "**Code:**CODE",
        "Your code: HAND. Regards",
        "LPA:CODE",
        // On the next lines.
        "CODE\nOK",
        "CODE\r\nOK",
        "CODE\nMERCI",
        "CODE\nThanks, Emma",
        "CODE\nScan it today.",
        "CODE\n2. Scan it",
        "CODE\n27/11/2026",
        "CODE\n2026-11-27",
        "CODE\n+32 470 12 34 56",
        "CODE\n0470/12.34.56",
        "CODE\n\nX9",
        "CODE\nMon–Fri 9–17",
        "CODE\nMon–Fri",
        "CODE Mon–FRI",
        "APPLECODE\nOK",
        // Replies.
        "> CODE",
        ">> CODE\n>> OK",
        "> LPA:1$smdp.example.com$04386-\n> AGYFT-A74Y8-3F815",
        "> LPA:1$smdp.example.\r\n> com$04386-AGYFT-A74Y8-3F815",
        // Quoted-printable.
        "LPA:1$smdp.example.com$04386-AGY=\nFT-A74Y8-3F815",
        "LPA:1$smdp.example.com$04386-=\r\nAGYFT-A74Y8-3F815\r\nRegards=2C",
        "LPA:1$smdp.exam=\nple.com$04386-AGYFT-A74Y8-3F815",
        "LPA:1=24smdp.example.com=2404386-AGYFT-A74Y8-3F815",
        "https://esimsetup.apple.com/esim_qrcode_provisioning?carddata=3DCODE",
        "https://esimsetup.apple.com/esim_qrcode_prov=\nisioning?carddata=3DLPA:1$smdp.example.com$04386-AG=\nYFT-A74Y8-3F815",
        "APPLELPA:1$smdp.example.com$04386-AGYFT-=\nA74Y8-3F815",
        // Pages.
        "<a href=\"APPLECODE\">Install</a>",
        "<a href=\"APPLEONCE\">CODE</a>",
        "<a href='https://operator.example/?a=b&amp;c=d'>CODE</a>",
        "<a class=\"x\" href=\"https://operator.example\">LPA:1$smdp.example.com$04386-AGYFT</a>-A74Y8-3F815",
        "<p>CODE</p><p>OK</p>",
        "<td>CODE</td><td>X9</td>",
        "CODE<br>OK",
        "CODE<br/>X9 is your table",
        "LPA:1$<b>smdp.example.com</b>$04386-<wbr>AGYFT-A74Y8-3F815",
        "<img src=\"https://qr.example/?size=9&amp;data=ONCE\" alt=\"CODE\">",
        "LPA&colon;1&#36;smdp.example.com&#x24;04386-AGYFT-A74Y8-3F815",
        "LPA:1&dollar;smdp.example.com&dollar;04386&#8209;AGYFT&hyphen;A74Y8-3F815",
        "&quot;CODE&quot;",
        "&lt;APPLECODE&gt;",
        "https://operator.example/?a=b&amp;u=ONCE&amp;c=d",
        // What makes links of what looks like one.
        "<APPLECODE>",
        "<https://esimsetup.apple.com/esim_qrcode_provisioning\n ?carddata=CODE>",
        "[click](APPLECODE)",
        "[click](APPLEONCE) or type CODE",
        "[CODE](https://operator.example)",
        "LPA:1$smdp.example.com<http://smdp.example.com/>$04386-AGYFT-A74Y8-3F815",
        "LPA:1$[smdp.example.com](http://smdp.example.com)$04386-AGYFT-A74Y8-3F815",
        "LPA:1$<a href=\"http://smdp.example.com\">smdp.example.com</a>$04386-AGYFT-A74Y8-3F815",
        // Signs that stand for others.
        "LPA:1$smdp.example.com$04386\u{2011}AGYFT\u{2011}A74Y8\u{2011}3F815",
        "LPA:1$smdp.example.com$04386\u{2010}AGYFT\u{2010}A74Y8\u{2010}3F815",
        "LPA:1$smdp.example.com$04386–AGYFT–A74Y8–3F815",
        "LPA:1$smdp.example.com$04386\u{2212}AGYFT-A74Y8–3F815.",
        "ＬＰＡ：１＄smdp.example.com＄04386－AGYFT－A74Y8－3F815",
        "LPA：1＄smdp.example.com＄04386-AGYFT-A74Y8-3F815",
        // A link that says nothing, before it or behind.
        "https://operator.example/logo.png CODE",
        "https://operator.example/logo.png\n\nCODE",
        "See https://operator.example/help?id=7\nCODE\nhttps://operator.example/privacy",
        "http://operator.example/a%20b\nYour code: HAND",
        "https://operator.example\nAPPLECODE",
        "<https://operator.example/> CODE",
        "Costs 1$ a month\nCODE",
        // Links that count who taps on them.
        "https://click.mail.example/?u=ONCE",
        "https://click.mail.example/?qs=7&u=TWICE&s=5",
        "https://click.mail.example/?u=https%3A%2F%2Fesimsetup.apple.com%2Fesim_qrcode_provisioning%3Fcarddata%3DONCE&s=5",
        "https://click.mail.example/?u=https%3A%2F%2Fesimsetup.apple.com%2Fesim_qrcode_provisioning%3Fcarddata%3DTWICE%26a%3Db&s=5",
        "https://click.mail.example/?u=https%3A%2F%2Fqr.example%2F%3Fdata%3DTWICE%26size%3D9",
        "https://click.mail.example/CL0/https:%2F%2Fesimsetup.apple.com%2Fesim_qrcode_provisioning%3Fcarddata=ONCE/1/0100019-000000/x=5",
        "https://click.mail.example/?u=https%3A%2F%2Fesimsetup.apple.com%2Fesim_qrcode_provisioning\n%3Fcarddata%3DTWICE&s=5",
        "carddata%3DONCE&s=5",
        // The same one again.
        "APPLECODE&data=CODE",
        "APPLECODE\nHAND",
        "CODECODE",
        "CODE, CODE",
        "APPLECODE,APPLECODE",
    ] {
        let typed = filled(typed);
        assert_eq!(read(&typed).as_deref(), Ok(CODE), "{typed:?}");
    }
}

#[test]
fn of_two_codes_without_a_blank_between_none_is_taken() {
    for typed in [
        "https://qr.example/?carddata=CODE&data=OTHER",
        "https://qr.example/?data=ONCE&text=LPA%3A1%24smdp.example.com%24X1",
        "APPLECODE&data=OTHER",
        "CODEOTHER",
        "CODE,OTHER",
        "CODE/OTHER",
        "CODE;HAND$$1",
        "HAND1$smdp.example.com$X1",
        "HAND$$11$smdp.example.com$X1",
        "CODElpa%3A1%24smdp.example.com%24X1",
        "APPLECODEAPPLEOTHER",
        "APPLECODEOTHER",
        "APPLECODE,OTHER",
        "CODEAPPLEOTHER",
        "<a href=\"APPLEOTHER\">CODE</a>",
        "[CODE](APPLEOTHER)",
        "<APPLEOTHER> CODE",
        "https://click.mail.example/?u=TWICE CODE$$1",
        "CODE\nSM-DP+ address: smdp.example.com\nActivation code: X1",
        "SM-DP+ address: a.example\nMatching ID: A1\nSM-DP+ address: b.example\nMatching ID: A1",
    ] {
        let typed = filled(typed);
        assert_eq!(read(&typed), Err(Several), "{typed:?}");
    }
}

#[test]
fn what_can_be_read_in_two_ways_is_not_read() {
    for typed in [
        // A hyphen of the code, or the dash before a word.
        "LPA:1$smdp.example.com$04386–AGYFT",
        "LPA:1$smdp.example.com$04386–PIN: 1234",
        "LPA:1$smdp.example.com$ab12–Thanks",
        "LPA:1$smdp.example.com$04386—3F815",
        "LPA:1$smdp.example.com$04386–Code2",
        "LPA:1$smdp.example.com\n$04386–PIN",
        "LPA:1$smdp.example.com$04386-\nA1–PIN",
        // The matching id, or a word below a code that has none; the end of the name, or a word below it.
        "LPA:1$smdp.example.com$\nREGARDS",
        "LPA:1$smdp.example.com.\nThanks",
        // It would be read otherwise when it is printed.
        "LPA:1$smdp.example.com$a.b$$$",
    ] {
        assert_eq!(read(typed), Err(Unclear), "{typed:?}");
    }
    assert_eq!(read("LPA:1$smdp.example.com$AB=$$1"), Err(Fault::Charset));
}

#[test]
fn a_dash_that_was_read_as_a_hyphen_is_told() {
    let warnings = |typed: &str| ActivationCode::read(typed).unwrap().warnings;
    assert_eq!(warnings("LPA:1$smdp.example.com$04386–3F815"), [super::ActivationCodeWarning::Dash]);
    assert_eq!(warnings("LPA:1$smdp–1.example.com$04386$$1"), [super::ActivationCodeWarning::Dash]);
    assert_eq!(warnings("LPA:1$smdp.example.com$04386\u{2011}3F815"), []);
    assert_eq!(warnings(&filled("<APPLECODE>")), []);
}

#[test]
fn a_code_is_read_from_its_parts_in_each_language() {
    const WHOLE: &str = "LPA:1$smdp.example.com$04386-3F815";
    const CONFIRMED: &str = "LPA:1$smdp.example.com$04386-3F815$$1";
    for (typed, expected) in [
        ("SM-DP+ address: smdp.example.com\nMatching ID (Activation code): 04386-3F815", Ok(WHOLE)),
        ("SM-DP+ Address\nsmdp.example.com\n\nActivation Code\n04386-3F815\n\nConfirmation Code\n1234", Ok(CONFIRMED)),
        ("SM-DP+ address\tsmdp.example.com\nActivation code\t04386-3F815.", Ok(WHOLE)),
        ("* SM-DP+ address = `smdp.example.com`\n* Activation code = `04386-3F815`", Ok(WHOLE)),
        ("<td>SM-DP+ address</td><td>smdp.example.com</td><td>Matching ID</td><td>04386-3F815</td>", Ok(WHOLE)),
        ("Adresse SM-DP+ : smdp.example.com\nCode d’activation : 04386-3F815", Ok(WHOLE)),
        (
            "Adresse du serveur SM-DP+\u{a0}: smdp.example.com\nCode d'activation (Matching ID)\u{a0}: 04386-3F815",
            Ok(WHOLE),
        ),
        ("Code d’activation : 04386\u{2011}3F815\nAdresse SM-DP+ : smdp.example.com", Ok(WHOLE)),
        ("SM-DP+-adres: smdp.example.com\nActiveringscode: 04386-3F815", Ok(WHOLE)),
        (
            "SM-DP+-adres: smdp.example.com\nActivatiecode (matching ID): 04386-3F815\nBevestigingscode: 1234",
            Ok(CONFIRMED),
        ),
        ("SM-DP+-Adresse: smdp.example.com\nAktivierungscode: 04386-3F815\nBestätigungscode: 1234", Ok(CONFIRMED)),
        ("> SM-DP+ address: smdp.example.com\n> Matching ID: 04386-3F815\n> ICCID: 8932010000000000004", Ok(WHOLE)),
        ("SM-DP+ address: smdp.example.com\nMatching ID: 04386-3F815\nLPA:1$smdp.example.com$04386-3F815", Ok(WHOLE)),
        ("SM-DP+ address: smdp.example.com\nActivation code: LPA:1$smdp.example.com$04386-3F815", Ok(WHOLE)),
        ("SM-DP+ address: smdp.exam\nple.com\nActivation code: 04386-3F815", Err(Fault::Unclear)),
        ("SM-DP+ address: rsp.example\n.com\nActivation code: 04386-3F815", Err(Fault::Unclear)),
        ("SM-DP+ address: smdp.example.com\nActivation code: 04386-\nABC", Err(Fault::Unclear)),
        ("SM-DP+ address: smdp.example.com\nActivation code: 04386-=\nABC", Err(Fault::Unclear)),
        ("SM-DP+ address: smdp.example.com\nActivation code: 04386\n3F815", Err(Fault::Unclear)),
        ("SM-DP+ address: smdp.example.com\nActivation code: 04386-3F815\nRegards", Ok(WHOLE)),
        ("Regards\nSM-DP+ address:\nsmdp.example.com\nActivation code:\n04386-3F815\nPIN: 1234", Ok(WHOLE)),
        ("SM-DP+ address: smdp.other.com\nActivation code: LPA:1$smdp.example.com$04386-3F815", Err(Several)),
        ("Activation code of your account: 482193\nLPA:1$smdp.example.com$04386-3F815", Ok(WHOLE)),
        ("SM-DP+ address: smdp.example.com", Err(Fault::NotACode)),
        ("Activation code: 04386-3F815", Err(Fault::NotACode)),
        ("SM-DP+ address: smdp.example.com\nActivation code: see below", Err(Fault::NotACode)),
        ("SM-DP+ address: smdp.example.com\nActivation code: below", Err(Fault::NotACode)),
        ("SM-DP+ address: smdp.example.com\nConfirmation code: 1234", Err(Fault::NotACode)),
        ("SM-DP+ address: 192.0.2.1\nActivation code: 04386-3F815", Err(Fault::NotACode)),
        ("SM-DP+ address: a.example\nActivation code: A1\nActivation code: A2", Err(Several)),
    ] {
        assert_eq!(read(typed), expected.map(str::to_owned), "{typed:?}");
    }
}

#[test]
fn a_whole_mail_is_read_and_more_is_too_long() {
    let sentence = "Welcome to the network of your employer, dear colleague.\n";
    let mail = format!("https://operator.example/logo.png\n{}\n{CODE}\n\n{0}", sentence.repeat(500));
    assert_eq!(read(&mail).as_deref(), Ok(CODE));
    assert_eq!(read(&sentence.repeat(2000)), Err(Fault::TooLong));
}

/// A code as the standard has it.
fn of_the_standard() -> impl Strategy<Value = String> {
    let host = "[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,4})?\\.[a-z]{2,8}\\.[a-z]{2,3}";
    let end = prop_oneof![Just(""), Just("$1.3.6.1.4.1.31746"), Just("$$1"), Just("$1.3.6.1.4.1.31746$1")];
    (host, "[A-Z0-9]{1,6}(-[A-Z0-9]{1,6}){0,4}", end).prop_map(|(host, id, end)| format!("LPA:1${host}${id}{end}"))
}

/// Each wrapping with `{}` for the code; of those with `{%}` it is encoded as in a link, of those with `{%%}` twice.
const WRAPPINGS: [&str; 30] = [
    "{}",
    "  {}\r\n",
    "{}. Thanks",
    "{}!",
    "'{}'",
    "„{}“",
    "«\u{a0}{}\u{a0}»",
    "**{}**",
    "`{}`",
    "({})",
    "Your code: {}.\nRegards",
    "https://operator.example/logo.png\n{}\nOK",
    "> {}\n> Regards",
    "{}%20",
    "<a href=\"https://operator.example\">{}</a>",
    "<p>{}</p><p>OK</p>",
    "<https://esimsetup.apple.com/esim_qrcode_provisioning?carddata={}>",
    "[click](https://esimsetup.apple.com/esim_qrcode_provisioning?carddata={%})",
    "https://esimsetup.android.com/esim_qrcode_provisioning?carddata={}",
    "https://qr.example/?size=200x200&data={%}&margin=1",
    "https://click.example/?u={%%}&s=5",
    "https://click.example/?a=b&amp;u={%}&amp;s=5",
    "https://click.example/?u=https%3A%2F%2Fqr.example%2F%3Fdata%3D{%%}%26a%3Db&s=5",
    "<img src='https://qr.example/?data={%}'><br>{}",
    "{}\n{}",
    "{}{}",
    "{$}",
    "{=}",
    "{-}",
    "{w}",
];

fn wrapped(wrapping: &str, code: &str) -> String {
    let encoded = |sign: &str| code.replace(':', &format!("{sign}3A")).replace('$', &format!("{sign}24"));
    let wide = code.replace('$', "＄").replace(':', "：");
    [
        ("{%%}", encoded("%25")),
        ("{%}", encoded("%")),
        ("{$}", code.replace('$', "&#36;")),
        ("{=}", code.replace('-', "-=\n")),
        ("{-}", code.replace('-', "\u{2011}")),
        ("{w}", wide),
        ("{}", code.to_owned()),
    ]
    .into_iter()
    .fold(wrapping.to_owned(), |text, (place, said)| text.replace(place, &said))
}

proptest! {
    #[test]
    fn a_code_is_the_same_in_every_wrapping(code in of_the_standard(), outer in 0..WRAPPINGS.len()) {
        let typed = wrapped(WRAPPINGS[outer], &code);
        prop_assert_eq!(read(&typed), Ok(code), "{}", typed);
    }

    #[test]
    fn two_codes_are_refused_in_any_two_wrappings(
        one in of_the_standard(), two in of_the_standard(), first in 0..WRAPPINGS.len(), second in 0..WRAPPINGS.len(),
    ) {
        prop_assume!(one != two);
        let typed = format!("{}\n\n{}", wrapped(WRAPPINGS[first], &one), wrapped(WRAPPINGS[second], &two));
        prop_assert_eq!(read(&typed), Err(Several), "{}", typed);
    }

    #[test]
    fn no_piece_of_mails_and_codes_panics_and_what_is_read_reads_back(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..12),
    ) {
        if let Ok(code) = read(&pieces.concat()) {
            prop_assert_eq!(read(&code), Ok(code));
        }
    }
}

const PIECES: &[&str] = &[
    "LPA:1$",
    "lpa%3A1%24",
    "1$",
    "smdp.example.com",
    "a.example",
    "$",
    "%24",
    "%2524",
    "%",
    "AB",
    "12-",
    "-",
    "–",
    ".",
    "=",
    "=\n",
    "=3D",
    "=24",
    "\n",
    "\n\n",
    "\r\n> ",
    " ",
    "\u{200b}",
    "&amp;",
    "&#36;",
    "&",
    "<br>",
    "<a href=\"",
    "\">",
    "</a>",
    "<",
    ">",
    "[x](",
    ")",
    "]",
    "https://esimsetup.apple.com/esim_qrcode_provisioning?carddata=",
    "https://x.example/?a=",
    "&b=",
    "SM-DP+ address: ",
    "Activation code: ",
    "OK",
    "é",
    "＄",
    "\0",
    "'",
    "…",
    "1",
    "_",
    "@",
];
