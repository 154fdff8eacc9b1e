//! A request to the fleet manager, ready to send: some things only the employer can do, such as sending an invitation
//! again. The person reads it, picks the recipient and sends it from their own mail or messenger.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Language, Text, messages};

/// What is asked of the fleet manager.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum RequestKind {
    /// The e-mail with the invitation cannot be found any more.
    InvitationLost,
    /// It has not arrived.
    InvitationNeverCame,
    /// It was used before.
    InvitationUsed,
    /// It is too old.
    InvitationExpired,
    /// The operator does not know it.
    InvitationUnknown,
    /// It is for another number.
    InvitationOtherNumber,
    /// The plan does not fit what the person needs; only the employer can change it.
    PlanDoesNotFit,
    /// The operator does not allow Wi-Fi calling for the line.
    WifiCalling,
    /// The person's own number waits for something before it moves.
    NumberWaits,
    /// The person's own number was not allowed to move.
    NumberRefused,
    /// The SIM card has not arrived.
    SimCardMissing,
    /// The e-mail with the code of the eSIM has not arrived.
    EsimMailMissing,
    /// The line that was ordered is held up or refused.
    LineHeldUp,
}

/// A request as text. Never holds the invitation itself.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct PreparedRequest {
    /// A line.
    pub subject: String,
    /// The letter; its lines end with `\n`.
    pub body: String,
    /// The same as a link that opens a mail program, without a recipient (RFC 6068).
    pub mailto: String,
    /// The same for a messenger or the share sheet.
    pub share_text: String,
}

/// The letter names the person's number.
impl std::fmt::Debug for PreparedRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PreparedRequest").field("subject", &self.subject).finish_non_exhaustive()
    }
}

/// Writes a request. `number` is the person's mobile number where they gave it; what is no number is left out.
pub fn prepare(kind: RequestKind, operator_name: &str, number: Option<&str>, language: Language) -> PreparedRequest {
    let operator = &Text::foreign(operator_name);
    let who = match number.and_then(grouped) {
        Some(number) => messages::request_who_number(language, operator, &Text::plain(number)),
        None => messages::request_who(language, operator),
    };
    let what = match kind {
        RequestKind::InvitationLost => messages::request_invitation_lost(language),
        RequestKind::InvitationNeverCame => messages::request_invitation_never_came(language),
        RequestKind::InvitationUsed => messages::request_invitation_used(language),
        RequestKind::InvitationExpired => messages::request_invitation_expired(language),
        RequestKind::InvitationUnknown => messages::request_invitation_unknown(language),
        RequestKind::InvitationOtherNumber => messages::request_invitation_other(language),
        RequestKind::PlanDoesNotFit => messages::request_plan(language),
        RequestKind::WifiCalling => messages::request_wifi(language),
        RequestKind::NumberWaits => messages::request_number_waits(language),
        RequestKind::NumberRefused => messages::request_number_refused(language),
        RequestKind::SimCardMissing => messages::request_card(language),
        RequestKind::EsimMailMissing => messages::request_mail(language),
        RequestKind::LineHeldUp => messages::request_line(language),
    };
    let (subject, ask) = match kind {
        RequestKind::PlanDoesNotFit => {
            (messages::request_plan_subject(language, operator), messages::request_plan_ask(language, operator))
        }
        RequestKind::WifiCalling => {
            (messages::request_wifi_subject(language, operator), messages::request_wifi_ask(language, operator))
        }
        RequestKind::NumberWaits => (
            messages::request_number_subject(language, operator),
            messages::request_number_waits_ask(language, operator),
        ),
        RequestKind::NumberRefused => (
            messages::request_number_subject(language, operator),
            messages::request_number_refused_ask(language, operator),
        ),
        RequestKind::SimCardMissing => {
            (messages::request_line_subject(language, operator), messages::request_card_ask(language, operator))
        }
        RequestKind::EsimMailMissing => {
            (messages::request_line_subject(language, operator), messages::request_mail_ask(language, operator))
        }
        RequestKind::LineHeldUp => {
            (messages::request_line_subject(language, operator), messages::request_line_ask(language, operator))
        }
        RequestKind::InvitationLost
        | RequestKind::InvitationNeverCame
        | RequestKind::InvitationUsed
        | RequestKind::InvitationExpired
        | RequestKind::InvitationUnknown
        | RequestKind::InvitationOtherNumber => (
            messages::request_invitation_subject(language, operator),
            messages::request_invitation_ask(language, operator),
        ),
    };
    let subject = subject.text;
    let body = format!(
        "{}\n\n{} {}\n\n{}\n\n{}\n",
        messages::request_hello(language).text,
        who.text,
        what.text,
        ask.text,
        messages::request_thanks(language).text,
    );
    letter(subject, body)
}

/// A letter as every way to send it takes it.
pub fn letter(subject: String, body: String) -> PreparedRequest {
    let (subject_field, body_field) = (mail_field(&subject), mail_field(&body));
    PreparedRequest {
        mailto: format!("mailto:?subject={subject_field}&body={body_field}"),
        share_text: format!("{subject}\n\n{body}"),
        subject,
        body,
    }
}

/// A header field's value in a `mailto` link (RFC 6068 §2): UTF-8, line breaks as CRLF, everything but RFC 3986's
/// unreserved characters encoded.
fn mail_field(text: &str) -> String {
    const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    utf8_percent_encode(&text.replace('\n', "\r\n"), ENCODED).to_string()
}

/// A number as people read it: Belgian mobile numbers in their usual groups, others as they are. None when it is none.
fn grouped(written: &str) -> Option<String> {
    const MOBILE: [usize; 4] = [3, 2, 2, 2];
    let compact: String = written.chars().filter(|c| !" ()-./\u{a0}".contains(*c)).collect();
    let digits = compact.strip_prefix('+').unwrap_or(&compact);
    if !(7..=15).contains(&digits.len()) || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let national = compact.strip_prefix("+32").or_else(|| compact.strip_prefix("0032"));
    let (country, mut rest) = match (national, compact.strip_prefix('0')) {
        (Some(national), _) if is_mobile(national) => ("+32 ", national),
        (None, Some(national)) if is_mobile(national) => ("0", national),
        _ => return Some(compact),
    };
    let mut groups = Vec::new();
    for length in MOBILE {
        let (group, after) = rest.split_at_checked(length)?;
        groups.push(group);
        rest = after;
    }
    Some(format!("{country}{}", groups.join(" ")))
}

/// A Belgian mobile number without country code and leading zero.
fn is_mobile(national: &str) -> bool {
    national.len() == 9 && national.starts_with('4')
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use percent_encoding::percent_decode_str;
    use proptest::prelude::*;

    use super::*;
    use crate::problem::{Problem, Remedy, SignInFailure};

    const KINDS: [RequestKind; 13] = [
        RequestKind::InvitationLost,
        RequestKind::InvitationNeverCame,
        RequestKind::InvitationUsed,
        RequestKind::InvitationExpired,
        RequestKind::InvitationUnknown,
        RequestKind::InvitationOtherNumber,
        RequestKind::PlanDoesNotFit,
        RequestKind::WifiCalling,
        RequestKind::NumberWaits,
        RequestKind::NumberRefused,
        RequestKind::SimCardMissing,
        RequestKind::EsimMailMissing,
        RequestKind::LineHeldUp,
    ];

    #[test]
    fn debug_text_of_a_request_tells_no_number() {
        for (kind, language) in KINDS.into_iter().flat_map(|kind| Language::ALL.map(|language| (kind, language))) {
            let request = prepare(kind, "Example Mobile", Some("+32470550123"), language);
            assert!(request.body.contains("470 55 01 23"), "it is in the letter");
            let text = format!("{request:?}");
            assert!(!text.contains("470") && !text.contains("0123") && !text.contains("01 23"), "{text}");
        }
    }

    #[test]
    fn requests_are_letters_in_four_languages() {
        for language in Language::ALL {
            let mut all = String::new();
            for kind in KINDS {
                let request = prepare(kind, "Example Mobile", Some("+32470550123"), language);
                writeln!(all, "{kind:?}: {}\n{}", request.subject, request.body).unwrap();
            }
            let unnumbered = prepare(RequestKind::InvitationLost, "Example Mobile", None, language);
            writeln!(all, "Without a number: {}\n{}", unnumbered.share_text, unnumbered.mailto).unwrap();
            insta::with_settings!({ snapshot_suffix => language.locale() }, { insta::assert_snapshot!("requests", all) });
        }
    }

    #[test]
    fn each_kind_says_something_of_its_own() {
        for language in Language::ALL {
            let mut bodies: Vec<String> =
                KINDS.iter().map(|kind| prepare(*kind, "Example Mobile", None, language).body).collect();
            bodies.sort();
            bodies.dedup();
            assert_eq!(bodies.len(), KINDS.len(), "{language:?}");
        }
    }

    #[test]
    fn numbers_are_grouped_and_what_is_none_is_left_out() {
        for (written, shown) in [
            ("+32470550123", Some("+32 470 55 01 23")),
            ("+32 (470) 55.01-23", Some("+32 470 55 01 23")),
            ("0032470550123", Some("+32 470 55 01 23")),
            ("0470/55 01 23", Some("0470 55 01 23")),
            ("+31612345678", Some("+31612345678")),
            ("02 555 01 23", Some("025550123")),
            ("+32", None),
            ("number", None),
            ("0470550123; please pay", None),
            ("+3247055012３", None),
            ("", None),
        ] {
            assert_eq!(grouped(written).as_deref(), shown, "{written:?}");
        }
    }

    #[test]
    fn a_problem_calls_for_a_request_where_its_action_is_to_ask() {
        use crate::text::explain::explain;
        use SignInFailure::*;
        for reason in [
            InvitationRequired,
            InvitationUsed,
            InvitationExpired,
            InvitationUnknown,
            InvitationOtherAccount,
            OtherAccount,
            NotEligible,
            ProfileIncomplete,
            AttemptExpired,
        ] {
            let problem = Problem::sign_in(reason);
            let explained = explain(&problem, Language::English, "Example Mobile");
            let asks = matches!(explained.remedy, Some(Remedy::AskEmployer { .. }));
            assert_eq!(asks, explained.action.unwrap_or_default().starts_with("Ask for "), "{reason:?}");
        }
    }

    proptest! {
        /// Whatever an operator or a person is called, a mail program reads what was written.
        #[test]
        fn the_mail_link_reads_back_as_the_same_letter(
            operator in any::<String>(),
            number in proptest::option::of(prop_oneof![any::<String>(), "[+0-9 ()&=?%#-]{0,20}"]),
            kind in 0..KINDS.len(),
            language in 0..Language::ALL.len(),
        ) {
            let request = prepare(KINDS[kind], &operator, number.as_deref(), Language::ALL[language]);
            let fields = request.mailto.strip_prefix("mailto:?").expect("no recipient");
            prop_assert!(fields.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%&=".contains(&byte)));
            let fields: Vec<(&str, String)> = fields
                .split('&')
                .map(|field| field.split_once('=').expect("a name and a value"))
                .map(|(name, value)| (name, percent_decode_str(value).decode_utf8().expect("UTF-8").into_owned()))
                .collect();
            prop_assert_eq!(fields.len(), 2);
            prop_assert_eq!(&fields[0], &("subject", request.subject.clone()));
            prop_assert_eq!(&fields[1], &("body", request.body.replace('\n', "\r\n")));
            prop_assert!(!request.subject.contains(['\r', '\n']) && !request.body.contains('\r'));
        }
    }
}
