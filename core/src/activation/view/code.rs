//! The code of an eSIM as a screen shows it: what is odd, what is missing, and the ways to hand it to the phone.

use std::fmt;

use secrecy::ExposeSecret;

use crate::activation::code::AtHand;
use crate::activation::handover::{CopyField, Known, Met, Phone, Precondition, Route};
use crate::activation::lpa::ActivationCodeWarning;
use crate::text::{Language, Text, messages};

/// The phone that takes the code, as far as the app knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum EsimPhone {
    /// An iPhone.
    Ios {
        /// Main number of its system; none: not known.
        major: Option<u16>,
        /// Minor number of its system; none: 0.
        minor: Option<u16>,
    },
    /// A phone with Android.
    Android {
        /// The API level of its system; none: not known.
        api_level: Option<u16>,
        /// Whether something on it opens `https://esimsetup.android.com/…`; none: not asked.
        link_opens: Option<bool>,
    },
}

impl From<EsimPhone> for Phone {
    fn from(phone: EsimPhone) -> Phone {
        match phone {
            EsimPhone::Ios { major, minor } => {
                Phone::Ios { version: major.map(|major| (major, minor.unwrap_or_default())) }
            }
            EsimPhone::Android { api_level, link_opens } => Phone::Android { api_level, link_opens },
        }
    }
}

/// What the app knows before the code is handed over. None: not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, uniffi::Record)]
pub struct EsimReadiness {
    /// The phone takes eSIMs.
    #[uniffi(default = None)]
    pub takes_esim: Option<bool>,
    /// The phone is on Wi-Fi.
    #[uniffi(default = None)]
    pub on_wifi: Option<bool>,
    /// The e-mail with the code can be read without this phone's mobile network.
    #[uniffi(default = None)]
    pub mail_reachable: Option<bool>,
}

impl From<&EsimReadiness> for Known {
    fn from(readiness: &EsimReadiness) -> Known {
        let EsimReadiness { takes_esim, on_wifi, mail_reachable } = *readiness;
        // That it was handed over says nothing of whether it was used up.
        Known { takes_esim, code_used: None, on_wifi, mail_reachable }
    }
}

/// The code at hand: nothing of it but the server's name.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct EsimCodeView {
    /// The server that keeps the profile (SM-DP+).
    pub server: String,
    /// What became of it.
    pub state: Text,
    /// When a phone got it, in milliseconds since 1970 UTC; none: not yet.
    pub handed_over_ms: Option<i64>,
    /// Whether the code says that a confirmation code is asked for. Some operators ask for one all the same: until it is at hand
    /// there is a field for it.
    pub asks_confirmation: bool,
    /// Whether a confirmation code is at hand.
    pub has_confirmation: bool,
    /// What to say beside the field of the confirmation code.
    pub confirmation: Text,
    /// What is odd in it. It can be used all the same.
    pub warnings: Vec<Text>,
}

/// A way to hand the code over.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct EsimRouteView {
    /// The label of the button, or the heading over the fields.
    pub title: Text,
    /// A link for the system alone, never for a web view or a log; none: by hand.
    pub link: Option<String>,
    /// What to copy, in the order in which it is asked for.
    pub fields: Vec<EsimFieldView>,
}

/// What is asked for in the phone's settings.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct EsimFieldView {
    /// What the phone calls it.
    pub label: Text,
    /// What to copy.
    pub value: String,
    /// Whether it is a secret: then it goes to a clipboard only as sensitive.
    pub is_secret: bool,
}

/// What has to be so before.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct EsimPreconditionView {
    /// What.
    pub text: Text,
    /// Whether it is; none: nobody said.
    pub is_met: Option<bool>,
}

/// Handing the code to a phone.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct EsimHandoverView {
    /// What to see to first.
    pub before: Vec<EsimPreconditionView>,
    /// The ways, best first; the settings are the last.
    pub routes: Vec<EsimRouteView>,
    /// How the person knows that it is installed: by the line alone.
    pub afterwards: Text,
}

impl fmt::Debug for EsimRouteView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EsimRouteView(…)")
    }
}

impl fmt::Debug for EsimFieldView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EsimFieldView(…)")
    }
}

impl fmt::Debug for EsimHandoverView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EsimHandoverView").field("before", &self.before).finish_non_exhaustive()
    }
}

pub(crate) fn code_view(at_hand: &AtHand, language: Language) -> EsimCodeView {
    use messages as m;
    let (asks, has) = (at_hand.code.needs_confirmation(), at_hand.confirmation.is_some());
    EsimCodeView {
        server: at_hand.code.address().as_str().to_owned(),
        state: match at_hand.handed_over_ms {
            Some(_) => m::esim_handed_over(language),
            None => m::esim_at_hand(language),
        },
        handed_over_ms: at_hand.handed_over_ms,
        asks_confirmation: asks,
        has_confirmation: has,
        confirmation: match (has, asks) {
            (true, _) => m::esim_confirmation_here(language),
            (false, true) => m::esim_confirmation_asked(language),
            (false, false) => m::esim_confirmation_maybe(language),
        },
        warnings: warnings(&at_hand.warnings, language),
    }
}

/// Each sentence once: several oddities have the same.
fn warnings(odd: &[ActivationCodeWarning], language: Language) -> Vec<Text> {
    let mut told: Vec<Text> = Vec::new();
    for warning in odd {
        let text = warned(*warning, language);
        if !told.contains(&text) {
            told.push(text);
        }
    }
    told
}

fn warned(warning: ActivationCodeWarning, language: Language) -> Text {
    match warning {
        ActivationCodeWarning::Invisible => messages::esim_odd_invisible(language),
        ActivationCodeWarning::Joined => messages::esim_odd_joined(language),
        ActivationCodeWarning::LeftOut => messages::esim_odd_left_out(language),
        ActivationCodeWarning::Unfinished => messages::esim_odd_unfinished(language),
        ActivationCodeWarning::Dash
        | ActivationCodeWarning::MatchingIdCharacters
        | ActivationCodeWarning::OidMalformed => messages::esim_odd_characters(language),
        ActivationCodeWarning::UnknownFlag | ActivationCodeWarning::LaterFields => messages::esim_odd_later(language),
    }
}

pub(crate) fn handover_view(
    routes: &[Route],
    before: &[(Precondition, Met)],
    phone: EsimPhone,
    language: Language,
) -> EsimHandoverView {
    EsimHandoverView {
        before: before.iter().filter_map(|(what, met)| precondition(*what, *met, language)).collect(),
        routes: routes.iter().map(|one| route(one, phone, language)).collect(),
        afterwards: messages::esim_afterwards(language),
    }
}

/// Whether a code was used up nobody here can tell, so nobody is asked.
fn precondition(what: Precondition, met: Met, language: Language) -> Option<EsimPreconditionView> {
    let text = match what {
        Precondition::TakesEsim => messages::esim_before_takes(language),
        Precondition::CodeUnused => return None,
        Precondition::ConfirmationAtHand => messages::esim_before_confirmation(language),
        Precondition::OnWifi => messages::esim_before_wifi(language),
        Precondition::MailReachable => messages::esim_before_mail(language),
    };
    let is_met = match met {
        Met::Yes => Some(true),
        Met::No => Some(false),
        Met::Unknown => None,
    };
    Some(EsimPreconditionView { text, is_met })
}

fn route(route: &Route, phone: EsimPhone, language: Language) -> EsimRouteView {
    use messages as m;
    match route {
        Route::SetupLink { link, is_documented } => EsimRouteView {
            title: if *is_documented { m::esim_route_link(language) } else { m::esim_route_try(language) },
            link: Some(link.expose_secret().to_owned()),
            fields: Vec::new(),
        },
        Route::Settings { fields } => EsimRouteView {
            title: match phone {
                EsimPhone::Ios { .. } => m::esim_route_ios(language),
                EsimPhone::Android { .. } => m::esim_route_android(language),
            },
            link: None,
            fields: fields.iter().map(|one| field(one, language)).collect(),
        },
    }
}

fn field(field: &CopyField, language: Language) -> EsimFieldView {
    use messages as m;
    let (label, value, is_secret) = match field {
        CopyField::WholeCode(code) => (m::esim_field_code(language), code.expose_secret(), true),
        CopyField::Address(address) => (m::esim_field_address(language), address.as_str(), false),
        CopyField::MatchingId(id) => (m::esim_field_matching_id(language), id.expose_secret(), true),
        CopyField::ConfirmationCode(code) => (m::esim_field_confirmation(language), code.expose_secret(), true),
    };
    EsimFieldView { label, value: value.to_owned(), is_secret }
}
