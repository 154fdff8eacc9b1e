//! What an API wants of a sign-in before it answers: the step-up challenge (RFC 9470 §3), read out of `WWW-Authenticate`
//! (RFC 9110 §11.6.1). The header is foreign text: what cannot be read asks for nothing.

use serde::{Deserialize, Serialize};

/// A longer header is nobody's.
const LONGEST: usize = 4096;
const LONGEST_ACR_VALUES: usize = 512;

/// How recent and how strong a sign-in has to be for what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StepUp {
    /// Seconds since the person showed who they are, at most (OpenID Connect Core §3.1.2.1 `max_age`).
    pub max_age_s: Option<u32>,
    /// Ways to show it that will do, best first, with a blank between two (`acr_values`).
    pub acr_values: Option<String>,
}

impl StepUp {
    /// The first step-up challenge among the values of the header.
    pub fn read<'h>(headers: impl IntoIterator<Item = &'h str>) -> Option<StepUp> {
        headers.into_iter().filter(|header| header.len() <= LONGEST).find_map(|header| {
            challenges(header).into_iter().find(Challenge::asks_for_more).map(|challenge| StepUp {
                max_age_s: challenge.value("max_age").and_then(|seconds| seconds.parse().ok()),
                acr_values: challenge.value("acr_values").and_then(acr_values),
            })
        })
    }
}

/// One scheme with its parameters, names in lower case.
struct Challenge {
    scheme: String,
    parameters: Vec<(String, String)>,
}

impl Challenge {
    fn asks_for_more(&self) -> bool {
        matches!(self.scheme.as_str(), "bearer" | "dpop")
            && self.value("error") == Some("insufficient_user_authentication")
    }

    /// Of two of a name the first counts.
    fn value(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Goes into the address of a page: only what class references are made of, single blanks between them.
fn acr_values(value: &str) -> Option<String> {
    let is_sound = |word: &&str| word.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\'));
    let kept = value.split_ascii_whitespace().filter(is_sound).collect::<Vec<_>>().join(" ");
    (1..=LONGEST_ACR_VALUES).contains(&kept.len()).then_some(kept)
}

/// The challenges of one header. A word that `=` follows is a parameter, any other begins a challenge. The text after a
/// scheme that is no parameter (`token68`) becomes one of no known name.
fn challenges(header: &str) -> Vec<Challenge> {
    let mut found: Vec<Challenge> = Vec::new();
    let mut rest = header;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',', '=']);
        let Some(first) = rest.chars().next() else { return found };
        let end = rest.find(|c: char| !is_token(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if word.is_empty() {
            // Nothing that belongs here: what a quoted string holds is skipped as a whole.
            rest = if first == '"' { quoted(after).1 } else { after.get(first.len_utf8()..).unwrap_or_default() };
            continue;
        }
        let word = word.to_ascii_lowercase();
        match after.trim_start_matches([' ', '\t']).strip_prefix('=') {
            Some(value) => {
                let value = value.trim_start_matches([' ', '\t']);
                let (value, after) = if value.starts_with('"') { quoted(value) } else { bare(value) };
                if let Some(challenge) = found.last_mut() {
                    challenge.parameters.push((word, value));
                }
                rest = after;
            }
            None => {
                found.push(Challenge { scheme: word, parameters: Vec::new() });
                rest = after;
            }
        }
    }
}

fn bare(text: &str) -> (String, &str) {
    let end = text.find(|c: char| !is_token(c)).unwrap_or(text.len());
    let (value, rest) = text.split_at(end);
    (value.to_owned(), rest)
}

/// A quoted string and what follows it (RFC 9110 §5.6.4). One that does not end is the rest of the header.
fn quoted(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => {
                value.push(c);
                escaped = false;
            }
            '\\' => escaped = true,
            '"' => return (value, text.get(at.saturating_add(1)..).unwrap_or_default()),
            _ => value.push(c),
        }
    }
    (value, "")
}

/// RFC 9110 §5.6.2.
fn is_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn step_up(max_age_s: Option<u32>, acr_values: Option<&str>) -> Option<StepUp> {
        Some(StepUp { max_age_s, acr_values: acr_values.map(str::to_owned) })
    }

    #[test]
    fn a_wish_for_a_newer_sign_in_is_told_from_other_refusals() {
        let vectors = [
            (r#"Bearer error="insufficient_user_authentication", max_age="300""#, step_up(Some(300), None)),
            (r#"DPoP error="insufficient_user_authentication",max_age=5"#, step_up(Some(5), None)),
            (
                r#"bearer realm="a, b", Error = "insufficient_user_authentication" , acr_values="urn:a  urn:b""#,
                step_up(None, Some("urn:a urn:b")),
            ),
            (
                r#"Basic realm="x", Bearer error="insufficient_user_authentication", max_age="0""#,
                step_up(Some(0), None),
            ),
            (r#"Negotiate YWJj==, DPoP algs="ES256", error="insufficient_user_authentication""#, step_up(None, None)),
            (r#"Bearer error="insufficient\_user_authentication", max_age="-1""#, step_up(None, None)),
            (
                r#"Bearer error="insufficient_user_authentication", max_age="99999999999", acr_values="""#,
                step_up(None, None),
            ),
            // Of another scheme, another error, or said within a text.
            (r#"Basic error="insufficient_user_authentication""#, None),
            (r#"Bearer error="invalid_token", max_age="300""#, None),
            (r#"Bearer error_description="error=insufficient_user_authentication""#, None),
            (r#"Bearer realm="x, DPoP error=insufficient_user_authentication"#, None),
            (r#"Bearer error="invalid_token", error="insufficient_user_authentication""#, None),
            (r#"error="insufficient_user_authentication""#, None),
            ("Bearer", None),
            ("", None),
        ];
        for (header, expected) in vectors {
            assert_eq!(StepUp::read([header]), expected, "{header}");
        }
        let two = [r#"Bearer error="invalid_token""#, r#"DPoP error="insufficient_user_authentication", max_age=9"#];
        assert_eq!(StepUp::read(two), step_up(Some(9), None));
        let long = format!(r#"Bearer error="insufficient_user_authentication", x="{}""#, "y".repeat(LONGEST));
        assert_eq!(StepUp::read([long.as_str()]), None);
    }

    #[test]
    fn what_would_not_stand_in_an_address_is_left_out() {
        for (written, expected) in [
            (r#""urn:a \"b\" urn:c""#, Some("urn:a urn:c")),
            ("\"é\"", None),
            ("\"a\tb\"", Some("a b")),
            ("phr", Some("phr")),
        ] {
            let header = format!("Bearer error=insufficient_user_authentication, acr_values={written}");
            assert_eq!(StepUp::read([header.as_str()]), step_up(None, expected), "{written}");
        }
    }

    proptest! {
        #[test]
        fn no_header_does_any_harm(
            noise in r#"([a-zA-Z="\\, \t]|bearer |error=|"insufficient_user_authentication"|max_age=|é){0,60}"#,
        ) {
            let read = StepUp::read([noise.as_str()]);
            prop_assert!(read.is_none() || noise.contains("insufficient_user_authentication"));
        }

        #[test]
        fn a_challenge_is_found_behind_any_other(
            realm in "[ -~]{0,30}", scheme in "(Basic|Negotiate|Digest)", max_age in any::<u32>(),
        ) {
            let realm = realm.replace('\\', "\\\\").replace('"', "\\\"");
            let header = format!(
                "{scheme} realm=\"{realm}\", DPoP error=\"insufficient_user_authentication\", max_age=\"{max_age}\""
            );
            prop_assert_eq!(StepUp::read([header.as_str()]), step_up(Some(max_age), None));
        }
    }
}
