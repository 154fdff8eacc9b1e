//! Handing an eSIM's code to the phone. What works is told by platform and version; typing it by hand always does, so a link
//! is never the only way. That a link was opened says nothing: only the line, once it is seen, is installed.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret, SecretString};

use super::lpa::{ActivationCode, ConfirmationCode};

/// The phone that takes the code, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phone {
    /// An iPhone.
    Ios {
        /// Main and minor number of its system; none: not known.
        version: Option<(u16, u16)>,
    },
    /// A phone with Android.
    Android {
        /// The API level of its system; none: not known.
        api_level: Option<u16>,
        /// Whether something on it opens the link; none: not asked.
        link_opens: Option<bool>,
    },
}

/// A way to hand the code over.
#[derive(Debug, Clone)]
pub enum Route {
    /// A link that opens the phone's own installer. It holds the code, and is for the system alone.
    SetupLink {
        /// The link.
        link: SecretString,
        /// Whether it is documented to work there; without, it is an attempt.
        is_documented: bool,
    },
    /// By hand, in the phone's settings: what to copy, in the order in which it is asked for.
    Settings {
        /// What to copy.
        fields: Vec<CopyField>,
    },
}

/// What is asked for in the settings.
#[derive(Debug, Clone)]
pub enum CopyField {
    /// The whole code, as a QR picture holds it: `LPA:1$…`, which is what a field for the whole code takes.
    WholeCode(SecretString),
    /// The SM-DP+ address.
    Address(String),
    /// The matching id, which some settings call the activation code.
    MatchingId(SecretString),
    /// The confirmation code.
    ConfirmationCode(SecretString),
}

/// From this version on an iPhone opens the link.
const FIRST_IOS: (u16, u16) = (17, 4);
/// From Android 10 on some phones open theirs.
const FIRST_API_LEVEL: u16 = 29;

const IOS_LINK: &str = "https://esimsetup.apple.com/esim_qrcode_provisioning?carddata=";
const ANDROID_LINK: &str = "https://esimsetup.android.com/esim_qrcode_provisioning?carddata=";

/// What a query needs encoded. The code's own delimiters stay, as those who read such links expect.
const CARD_DATA: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b':').remove(b'$');

/// The ways, best first; the settings are always among them.
pub fn routes(phone: Phone, code: &ActivationCode, confirmation: Option<&ConfirmationCode>) -> Vec<Route> {
    let link = |start: &str, is_documented| {
        let link = format!("{start}{}", utf8_percent_encode(code.in_qr().expose_secret(), CARD_DATA)).into();
        Route::SetupLink { link, is_documented }
    };
    let linked = match phone {
        Phone::Ios { version } => version.is_some_and(|version| version >= FIRST_IOS).then(|| link(IOS_LINK, true)),
        // A link that nothing opens leads to a page of the web, with the code.
        Phone::Android { api_level, link_opens } => {
            let may = link_opens == Some(true) && api_level.is_some_and(|level| level >= FIRST_API_LEVEL);
            may.then(|| link(ANDROID_LINK, false))
        }
    };
    let settings = Route::Settings { fields: fields(phone, code, confirmation) };
    linked.into_iter().chain([settings]).collect()
}

fn fields(phone: Phone, code: &ActivationCode, confirmation: Option<&ConfirmationCode>) -> Vec<CopyField> {
    let whole = matches!(phone, Phone::Android { .. }).then(|| CopyField::WholeCode(code.in_qr()));
    let id = Some(code.matching_id()).filter(|id| !id.expose_secret().is_empty());
    let parts = [
        whole,
        Some(CopyField::Address(code.address().as_str().to_owned())),
        id.map(|id| CopyField::MatchingId(id.clone())),
        confirmation.map(|code| CopyField::ConfirmationCode(code.expose().clone())),
    ];
    parts.into_iter().flatten().collect()
}

/// What has to be so before the code is handed over, since an attempt may use it up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precondition {
    /// The phone takes eSIMs.
    TakesEsim,
    /// The code was not used up on this phone.
    CodeUnused,
    /// The confirmation code that the code asks for is at hand.
    ConfirmationAtHand,
    /// The phone is on Wi-Fi, as it may have no other network until it is done.
    OnWifi,
    /// The e-mail with the code can be read when this phone has no network of its own.
    MailReachable,
}

/// Whether something is so; what nobody said is not known, and not in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Met {
    /// It is so.
    Yes,
    /// It is not so.
    No,
    /// Nobody said.
    Unknown,
}

/// What is known before the code is handed over. None: not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Known {
    /// The phone takes eSIMs.
    pub takes_esim: Option<bool>,
    /// The code was used up on this phone.
    pub code_used: Option<bool>,
    /// The phone is on Wi-Fi.
    pub on_wifi: Option<bool>,
    /// The e-mail with the code can be read without this phone's mobile network.
    pub mail_reachable: Option<bool>,
}

/// Each precondition, the one that is hardest to mend first.
pub fn preconditions(
    known: Known,
    code: &ActivationCode,
    confirmation: Option<&ConfirmationCode>,
) -> [(Precondition, Met); 5] {
    let met = |so: Option<bool>| so.map_or(Met::Unknown, |so| if so { Met::Yes } else { Met::No });
    // Servers ask for one also where the code does not say so.
    let at_hand = confirmation.is_some().then_some(true).or(code.needs_confirmation().then_some(false));
    [
        (Precondition::TakesEsim, met(known.takes_esim)),
        (Precondition::CodeUnused, met(known.code_used.map(|used| !used))),
        (Precondition::ConfirmationAtHand, met(at_hand)),
        (Precondition::OnWifi, met(known.on_wifi)),
        (Precondition::MailReachable, met(known.mail_reachable)),
    ]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use url::Url;

    use super::*;

    const CODE: &str = "LPA:1$smdp.example.com$04386-AGYFT$$1";

    fn code(text: &str) -> ActivationCode {
        ActivationCode::read(text).unwrap().code
    }

    fn told(routes: &[Route]) -> Vec<String> {
        let field = |field: &CopyField| match field {
            CopyField::WholeCode(code) => format!("whole {}", code.expose_secret()),
            CopyField::Address(address) => format!("address {address}"),
            CopyField::MatchingId(id) => format!("id {}", id.expose_secret()),
            CopyField::ConfirmationCode(code) => format!("confirmation {}", code.expose_secret()),
        };
        let route = |route: &Route| match route {
            Route::SetupLink { link, is_documented } => format!("{} {is_documented}", link.expose_secret()),
            Route::Settings { fields } => fields.iter().map(field).collect::<Vec<_>>().join(", "),
        };
        routes.iter().map(route).collect()
    }

    #[test]
    fn each_phone_gets_the_link_it_opens_and_always_the_settings() {
        let ios_link =
            "https://esimsetup.apple.com/esim_qrcode_provisioning?carddata=LPA:1$smdp.example.com$04386-AGYFT$$1 true";
        let android_link = "https://esimsetup.android.com/esim_qrcode_provisioning?carddata=LPA:1$smdp.example.com$04386-AGYFT$$1 false";
        let ios_fields = "address smdp.example.com, id 04386-AGYFT, confirmation 1234";
        let android_fields =
            "whole LPA:1$smdp.example.com$04386-AGYFT$$1, address smdp.example.com, id 04386-AGYFT, confirmation 1234";
        let ios = |version| Phone::Ios { version };
        let android = |api_level, link_opens| Phone::Android { api_level, link_opens };
        let vectors: [(Phone, &[&str]); 12] = [
            (ios(Some((17, 3))), &[ios_fields]),
            (ios(Some((17, 4))), &[ios_link, ios_fields]),
            (ios(Some((17, 10))), &[ios_link, ios_fields]),
            (ios(Some((18, 0))), &[ios_link, ios_fields]),
            (ios(Some((9, 9))), &[ios_fields]),
            (ios(None), &[ios_fields]),
            (android(Some(29), Some(true)), &[android_link, android_fields]),
            (android(Some(28), Some(true)), &[android_fields]),
            (android(Some(35), Some(false)), &[android_fields]),
            (android(Some(35), None), &[android_fields]),
            (android(None, Some(true)), &[android_fields]),
            (android(None, None), &[android_fields]),
        ];
        let confirmation = ConfirmationCode::read("1234").unwrap();
        for (phone, expected) in vectors {
            assert_eq!(told(&routes(phone, &code(CODE), Some(&confirmation))), expected, "{phone:?}");
        }
        // What there is not, is not asked to be copied.
        let bare = code("1$smdp.example.com$");
        assert_eq!(told(&routes(ios(None), &bare, None)), ["address smdp.example.com"]);
    }

    #[test]
    fn what_nobody_said_is_not_known() {
        use Met::{No, Unknown, Yes};
        let asks = "1$smdp.example.com$ID$$1";
        let asks_not = "1$smdp.example.com$ID";
        let all = |so| Known { takes_esim: so, code_used: so, on_wifi: so, mail_reachable: so };
        for (known, text, confirmation, expected) in [
            (all(None), asks_not, None, [Unknown, Unknown, Unknown, Unknown, Unknown]),
            (all(Some(true)), asks_not, Some("1234"), [Yes, No, Yes, Yes, Yes]),
            (all(Some(false)), asks, None, [No, Yes, No, No, No]),
            (all(None), asks, Some("1234"), [Unknown, Unknown, Yes, Unknown, Unknown]),
        ] {
            let confirmation = confirmation.and_then(ConfirmationCode::read);
            let met = preconditions(known, &code(text), confirmation.as_ref()).map(|(_, met)| met);
            assert_eq!(met, expected, "{known:?} {text}");
        }
    }

    #[test]
    fn a_route_is_never_printed_with_its_code() {
        let confirmation = ConfirmationCode::read("canary").unwrap();
        let phone = Phone::Android { api_level: Some(35), link_opens: Some(true) };
        let routes = routes(phone, &code("1$smdp.example.com$CANARY"), Some(&confirmation));
        assert!(!format!("{routes:?}").to_lowercase().contains("canary"));
    }

    proptest! {
        #[test]
        fn a_link_gives_the_code_back_whatever_stands_in_it(id in "[!#%-~]{0,40}", version in (17u16..30, 4u16..20)) {
            let code = code(&format!("LPA:1$smdp.example.com${id}"));
            let routes = routes(Phone::Ios { version: Some(version) }, &code, None);
            let Some(Route::SetupLink { link, .. }) = routes.first() else { panic!("no link") };
            let link = Url::parse(link.expose_secret()).unwrap();
            let pairs: Vec<_> = link.query_pairs().into_owned().collect();
            let carried = code.in_qr().expose_secret().to_owned();
            prop_assert_eq!(pairs, vec![("carddata".to_owned(), carried)]);
            prop_assert!(link.fragment().is_none() && link.host_str() == Some("esimsetup.apple.com"));
        }

        #[test]
        fn no_phone_is_left_without_the_settings(
            is_ios in any::<bool>(), version in any::<Option<(u16, u16)>>(), level in any::<Option<u16>>(),
            link_opens in any::<Option<bool>>(),
        ) {
            let android = Phone::Android { api_level: level, link_opens };
            let routes = routes(if is_ios { Phone::Ios { version } } else { android }, &code(CODE), None);
            let is_settings = |route: &Route| matches!(route, Route::Settings { fields } if !fields.is_empty());
            prop_assert!(routes.last().is_some_and(is_settings) && routes.len() <= 2);
        }
    }
}
