//! The e-mail invitation of an employee whose bill is split. Its link or code is only read here: opening it asks, and
//! redeems nothing, for mail scanners open links too. What it redeems happens at the operator's page.

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::operator::profile::Invitation;
use crate::problem::{Problem, SignInFailure};
use crate::text::{Language, Text, messages};

/// Of a link or a code as it was opened, pasted or typed.
const LONGEST: usize = 2048;
const TOKEN_LENGTH: std::ops::RangeInclusive<usize> = 4..=512;

/// What stands in an invitation's link: opaque, and as good as the account that is made with it.
#[derive(Clone)]
pub struct InvitationToken(SecretString);

impl InvitationToken {
    /// The token itself, for the operator alone.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl std::fmt::Debug for InvitationToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InvitationToken(…)")
    }
}

/// The question an opened invitation asks, before anything is done with it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct InvitationView {
    /// A few words.
    pub title: Text,
    /// What going on does.
    pub sentence: Text,
    /// Goes on.
    pub action: Text,
    /// Leaves it.
    pub dismiss: Text,
    /// Somebody is signed in already, and the invitation may be another's.
    pub notice: Option<Text>,
}

/// Reads an invitation: the operator's own link with one token, or the code typed from the e-mail. Whatever is not
/// exactly that is `InvitationUnknown`.
pub fn parse(text: &str, profile: &Invitation) -> Result<InvitationToken, Problem> {
    let text = text.trim();
    let token = match text {
        _ if text.len() > LONGEST => None,
        _ if text.contains([':', '/', '?', '#', '@']) => of_link(text, profile),
        _ => Some(of_code(text)),
    };
    let token = token.filter(|token| TOKEN_LENGTH.contains(&token.len()) && token.bytes().all(is_unreserved));
    token
        .map(|token| InvitationToken(SecretString::from(token)))
        .ok_or_else(|| Problem::sign_in(SignInFailure::InvitationUnknown))
}

/// The operator's own link of an invitation, for the browser; made anew, so that nothing else of an opened link survives.
pub fn link_for(token: &InvitationToken, profile: &Invitation) -> Result<SecretString, Problem> {
    let at_fault = |error: url::ParseError| Problem::Configuration {
        field: "identity.invitation.link".to_owned(),
        reason: error.to_string(),
    };
    let mut link = Url::parse(&profile.link).map_err(at_fault)?;
    link.query_pairs_mut().append_pair(&profile.token_parameter, token.expose());
    Ok(SecretString::from(String::from(link)))
}

/// What an opened invitation asks. The same however often it is opened: it takes only one that was read, and shows
/// nothing of it.
pub fn view(_read: &InvitationToken, signed_in: bool, operator_name: &str, language: Language) -> InvitationView {
    let operator = &Text::foreign(operator_name);
    InvitationView {
        title: messages::invitation_title(language, operator),
        sentence: messages::invitation_sentence(language, operator),
        action: messages::invitation_go_on(language, operator),
        dismiss: messages::invitation_not_now(language),
        notice: signed_in.then(|| messages::invitation_signed_in(language)),
    }
}

/// The one token of a link at exactly the operator's address. Addresses are compared as they are written, not as a URL
/// parser mends them.
fn of_link(text: &str, profile: &Invitation) -> Option<String> {
    let (address, rest) = text.split_at_checked(profile.link.len())?;
    let query = rest.strip_prefix('?').filter(|_| is_address(address, profile))?;
    if query.contains('#') || !query.bytes().all(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    let mut values = url::form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| *name == profile.token_parameter);
    let (_, token) = values.next()?;
    values.next().is_none().then(|| token.into_owned())
}

/// Whether it begins with the operator's own link, whatever comes behind its path.
pub fn is_link(text: &str, profile: &Invitation) -> bool {
    let Some((address, rest)) = text.trim().split_at_checked(profile.link.len()) else { return false };
    is_address(address, profile) && (rest.is_empty() || rest.starts_with(['?', '#', '/']))
}

/// Only scheme and host may differ in case (RFC 3986 §6.2.2.1).
fn is_address(text: &str, profile: &Invitation) -> bool {
    text.eq_ignore_ascii_case(&profile.link) && path_of(text) == path_of(&profile.link)
}

/// Everything after the host.
fn path_of(link: &str) -> Option<&str> {
    let (_, path) = link.split_once("://")?.1.split_once('/')?;
    Some(path)
}

/// A code as it was typed. White space belongs to none; hyphens are dropped where they part groups of one length, since
/// a token may hold hyphens of its own.
fn of_code(text: &str) -> String {
    const GROUP: std::ops::RangeInclusive<usize> = 3..=6;
    let is_gap = |c: char| c.is_whitespace() || c == '-' || ('\u{2010}'..='\u{2015}').contains(&c);
    let groups: Vec<&str> = text.split(is_gap).filter(|group| !group.is_empty()).collect();
    let is_grouped = match groups.as_slice() {
        [first, middle @ .., last] => {
            GROUP.contains(&first.len())
                && last.len() <= first.len()
                && middle.iter().all(|group| group.len() == first.len())
                && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        }
        _ => false,
    };
    if is_grouped { groups.concat() } else { text.split_whitespace().collect() }
}

/// RFC 3986 §2.3.
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn profile() -> Invitation {
        Invitation {
            link: "https://id.example/invitation".to_owned(),
            token_parameter: "token".to_owned(),
            request_parameter: "invitation".to_owned(),
        }
    }

    fn token(text: &str) -> Option<String> {
        match parse(text, &profile()) {
            Ok(token) => Some(token.expose().to_owned()),
            Err(problem) => {
                assert_eq!(problem, Problem::sign_in(SignInFailure::InvitationUnknown), "{text:?}");
                None
            }
        }
    }

    #[test]
    fn the_operators_own_link_holds_a_token() {
        for (link, expected) in [
            ("https://id.example/invitation?token=abcd-1234", "abcd-1234"),
            ("  https://id.example/invitation?token=abcd\n", "abcd"),
            ("HTTPS://ID.Example/invitation?token=abcd", "abcd"),
            ("Https://id.example/invitation?token=aBcD", "aBcD"),
            ("https://id.example/invitation?lang=fr&token=abcd&utm_source=mail", "abcd"),
            ("https://id.example/invitation?token=ab%63d", "abcd"),
            ("https://id.example/invitation?Token=other&token=a._~", "a._~"),
        ] {
            assert_eq!(token(link).as_deref(), Some(expected), "{link:?}");
        }
    }

    #[test]
    fn a_link_that_only_looks_like_it_is_unknown() {
        for link in [
            // Another scheme.
            "http://id.example/invitation?token=abcd",
            "javascript:alert(1)//id.example/invitation?token=abcd",
            "javascript:https://id.example/invitation?token=abcd",
            "intent://id.example/invitation?token=abcd#Intent;scheme=https;end",
            "be.example.app:/invitation?token=abcd",
            "data:text/html,https://id.example/invitation?token=abcd",
            "view-source:https://id.example/invitation?token=abcd",
            "//id.example/invitation?token=abcd",
            "id.example/invitation?token=abcd",
            "https:id.example/invitation?token=abcd",
            "https:///id.example/invitation?token=abcd",
            "https:\\\\id.example\\invitation?token=abcd",
            // Another host.
            "https://id.example./invitation?token=abcd",
            "https://evil.example/invitation?token=abcd",
            "https://id.example.evil.example/invitation?token=abcd",
            "https://idxexample/invitation?token=abcd",
            "https://іd.example/invitation?token=abcd",
            "https://id.examplе/invitation?token=abcd",
            "https://xn--d-7ia.example/invitation?token=abcd",
            "https://ｉd.example/invitation?token=abcd",
            "https://id\u{200b}.example/invitation?token=abcd",
            "https://id.example@evil.example/invitation?token=abcd",
            "https://evil@id.example/invitation?token=abcd",
            "https://evil:pw@id.example/invitation?token=abcd",
            "https://@id.example/invitation?token=abcd",
            "https://id.example:443/invitation?token=abcd",
            "https://id.example:8443/invitation?token=abcd",
            "https://id.example:/invitation?token=abcd",
            // Another path.
            "https://id.example/Invitation?token=abcd",
            "https://id.example/invitation/?token=abcd",
            "https://id.example/invitation/x?token=abcd",
            "https://id.example/invitations?token=abcd",
            "https://id.example//invitation?token=abcd",
            "https://id.example/x/../invitation?token=abcd",
            "https://id.example/./invitation?token=abcd",
            "https://id.example/%69nvitation?token=abcd",
            "https://id.example%2Finvitation?token=abcd",
            "https://id.example/invitation%3Ftoken=abcd",
            "https://id.example/invitation;x?token=abcd",
            "https://id.example/invi\ttation?token=abcd",
            // Another query.
            "https://id.example/invitation",
            "https://id.example/invitation?",
            "https://id.example/invitation?token",
            "https://id.example/invitation?token=",
            "https://id.example/invitation?token=abc",
            "https://id.example/invitation?Token=abcd",
            "https://id.example/invitation?code=abcd",
            "https://id.example/invitation?token=abcd&token=abcd",
            "https://id.example/invitation?token=abcd&token=",
            "https://id.example/invitation?token=abcd&tok%65n=efgh",
            "https://id.example/invitation?token=abcd#",
            "https://id.example/invitation?token=abcd#token=efgh",
            "https://id.example/invitation#token=abcd",
            "https://id.example/invitation?token=ab%2Fcd",
            "https://id.example/invitation?token=ab/cd",
            "https://id.example/invitation?token=ab%00cd",
            "https://id.example/invitation?token=ab%0D%0Acd",
            "https://id.example/invitation?token=ab+cd",
            "https://id.example/invitation?token=ab cd",
            "https://id.example/invitation?token=abcd;token=efgh",
            "https://id.example/invitation?token=%ff%fe%fd%fc",
            "https://id.example/invitation?token=ábcd",
            "https://id.example/invitation?token[]=abcd",
            // Two links in one.
            "https://id.example/invitation?token=abcd https://id.example/invitation?token=efgh",
        ] {
            assert_eq!(token(link), None, "{link:?}");
        }
    }

    #[test]
    fn an_address_is_an_invitations_by_how_it_begins_and_sound_only_by_the_rest() {
        for (address, expected) in [
            ("https://id.example/invitation?token=abcd-1234", true),
            (" HTTPS://ID.example/invitation?token=abcd", true),
            ("https://id.example/invitation", true),
            ("https://id.example/invitation/?token=abcd", true),
            ("https://id.example/invitation#token=abcd", true),
            ("https://id.example/invitations?token=abcd", false),
            ("https://id.example/Invitation?token=abcd", false),
            ("https://evil.example/invitation?token=abcd", false),
            ("be.example.app:/signed-in?code=abcd&state=efgh", false),
            ("https://id.example/signed-in?code=abcd&state=efgh", false),
            ("", false),
        ] {
            assert_eq!(is_link(address, &profile()), expected, "{address:?}");
        }
    }

    #[test]
    fn a_typed_code_may_be_in_groups() {
        for (typed, expected) in [
            ("ABCD-EFGH", Some("ABCDEFGH")),
            (" abcd efgh ijkl ", Some("abcdefghijkl")),
            ("abc – def - gh", Some("abcdefgh")),
            ("ABCD\u{a0}EFGH", Some("ABCDEFGH")),
            ("ABCDEFGH", Some("ABCDEFGH")),
            // Hyphens of its own.
            ("3f2a9c1e-77d0-4b1c-9a55-0e8f1c2d3b4a", Some("3f2a9c1e-77d0-4b1c-9a55-0e8f1c2d3b4a")),
            ("Zk-3_vQ9x~LmPq8-Rt", Some("Zk-3_vQ9x~LmPq8-Rt")),
            ("Zk3vQ9xLmPq8Rt\nY0aa", Some("Zk3vQ9xLmPq8RtY0aa")),
            ("abc", None),
            ("", None),
            (" - ", None),
            ("ab!d", None),
            ("ab%63d", None),
            ("àbcd", None),
            ("abcd\u{0}", None),
            ("token=abcd", None),
        ] {
            assert_eq!(token(typed).as_deref(), expected, "{typed:?}");
        }
    }

    #[test]
    fn a_token_has_four_to_512_characters_and_a_link_two_kilobytes() {
        for (length, is_known) in [(3, false), (4, true), (512, true), (513, false), (1 << 20, false)] {
            let code = "a".repeat(length);
            assert_eq!(token(&code).is_some(), is_known, "{length}");
            assert_eq!(token(&format!("https://id.example/invitation?token={code}")).is_some(), is_known, "{length}");
        }
        let link = "https://id.example/invitation?token=abcd&x=";
        let filled = |length: usize| format!("{link}{}", "x".repeat(length - link.len()));
        assert!(token(&filled(2048)).is_some());
        assert!(token(&filled(2049)).is_none());
    }

    #[test]
    fn opening_an_invitation_a_hundred_times_asks_the_same_question_a_hundred_times() {
        let link = "https://id.example/invitation?token=canary-token";
        for language in Language::ALL {
            for signed_in in [false, true] {
                let ask = || view(&parse(link, &profile()).unwrap(), signed_in, "Example Mobile", language);
                let first = ask();
                assert!((1..100).all(|_| ask() == first));
                assert_eq!(first.notice.is_some(), signed_in);
                assert!(first.title.text.contains("Example Mobile") && first.action.text.contains("Example Mobile"));
                assert!(!format!("{first:?}").contains("canary"), "the question shows the token");
            }
        }
    }

    #[test]
    fn a_token_is_never_printed() {
        let token = parse("canary_token", &profile()).unwrap();
        let link = link_for(&token, &profile()).unwrap();
        assert_eq!(link.expose_secret(), "https://id.example/invitation?token=canary_token");
        assert!(!format!("{token:?} {link:?}").contains("canary"));
    }

    proptest! {
        #[test]
        fn no_text_panics_and_what_is_read_is_a_token(text in prop_oneof![
            any::<String>(),
            "https://id\\.example/invitation[?&=#%a-z0-9 -]{0,40}",
        ]) {
            if let Some(token) = token(&text) {
                prop_assert!(TOKEN_LENGTH.contains(&token.len()) && token.bytes().all(is_unreserved));
            }
        }

        #[test]
        fn the_link_made_for_a_token_reads_back(code in "[A-Za-z0-9._~-]{4,512}") {
            let made = InvitationToken(SecretString::from(code.clone()));
            let link = link_for(&made, &profile()).unwrap();
            prop_assert_eq!(token(link.expose_secret()), Some(code));
        }
    }
}
