//! An eSIM's activation code of any text: nothing panics, what is read is printed so that it reads back as the same, also encoded
//! once or twice, broken before its delimiters, repeated or in a sentence, its server is a plain name, a link carries it whole, beside another code
//! it is not taken, and neither a fault nor `Debug` repeats it.
#![no_main]

use companion::activation::handover::{Phone, Route, preconditions, routes};
use companion::activation::lpa::{ActivationCode, ActivationCodeFault, ConfirmationCode, LONGEST};
use libfuzzer_sys::fuzz_target;
use secrecy::ExposeSecret;

fuzz_target!(|text: &str| {
    let (typed, confirmation) = text.split_once('\u{1e}').unwrap_or((text, ""));
    let confirmation = ConfirmationCode::read(confirmation);
    let Ok(read) = ActivationCode::read(typed) else { return };
    let (code, printed) = (&read.code, read.code.in_qr());
    let printed = printed.expose_secret();
    assert!(printed.len() <= LONGEST && printed.bytes().all(|byte| byte.is_ascii_graphic()));

    let again = ActivationCode::read(printed).expect("what is printed reads back").code;
    assert_eq!(again.in_qr().expose_secret(), printed);
    assert_eq!(again.needs_confirmation(), code.needs_confirmation());
    assert_eq!(again.oid(), code.oid());
    let by_hand = ActivationCode::read(code.by_hand().expose_secret()).expect("what is typed reads back").code;
    assert_eq!(by_hand.in_qr().expose_secret(), printed);

    let told = |text: &str| ActivationCode::read(text).map(|read| read.code.in_qr().expose_secret().to_owned());
    for text in [
        encoded(printed, "%"),
        encoded(printed, "%25"),
        printed.replace('$', "\n$"),
        format!("{printed}\n{printed}"),
        format!("> Your code:\r\n> „{printed}“."),
    ] {
        assert_eq!(told(&text).as_deref(), Ok(printed), "{text}");
    }
    let beside_another = format!("{printed}\nLPA:1$another.example$X");
    assert!(host(code) == "another.example" || told(&beside_another) == Err(ActivationCodeFault::Several));

    let host = host(code);
    assert!(
        host.contains('.') && host.parse::<std::net::IpAddr>().is_err() && !host.contains(['/', ':', '@']),
        "{host}"
    );
    assert_eq!(format!("{code:?}"), format!("ActivationCode {{ address: SmDpAddress({host:?}), .. }}"));

    let phones =
        [Phone::Ios { version: Some((18, 0)) }, Phone::Android { api_level: Some(35), link_opens: Some(true) }];
    for phone in phones {
        let routes = routes(phone, code, confirmation.as_ref());
        assert!(matches!(routes.last(), Some(Route::Settings { .. })), "no settings");
        let Some(Route::SetupLink { link, .. }) = routes.first() else { panic!("no link") };
        let link = url::Url::parse(link.expose_secret()).expect("a link is an address");
        let carried: Vec<_> = link.query_pairs().into_owned().collect();
        assert_eq!(carried, [("carddata".to_owned(), printed.to_owned())]);
    }
    assert_eq!(preconditions(Default::default(), code, confirmation.as_ref()).len(), 5);
});

/// A link whose code has each sign encoded.
fn encoded(code: &str, sign: &str) -> String {
    let code: String = code.bytes().map(|byte| format!("{sign}{byte:02X}")).collect();
    format!("https://esimsetup.apple.com/esim_qrcode_provisioning?carddata={code}")
}

fn host(code: &ActivationCode) -> &str {
    code.address().as_str()
}
