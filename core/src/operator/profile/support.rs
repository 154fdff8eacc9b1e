//! Where people get help beside the app: the operator's own pages, and whom they can turn to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fault::Faults;
use crate::help::HelpTopic;
use crate::text::Language;

/// The longest text, in characters: a row of a phone's screen holds no more.
const LONGEST: usize = 120;

/// Help beside the app.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Support {
    /// Whom people can turn to, the best way first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Contact>,
    /// Pages of the operator's own, in the order in which they are shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<SupportPage>,
}

/// A way to turn to somebody.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Contact {
    /// How they are reached.
    pub by: ContactWay,
    /// The number, address or page.
    pub to: String,
    /// Who answers: "Customer care for companies".
    pub name: Localised,
    /// When: "Mon–Fri 8:00–18:00".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Localised>,
}

/// How somebody is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, uniffi::Enum)]
#[serde(rename_all = "camelCase")]
pub enum ContactWay {
    /// By telephone: digits, with a plus where the number is international (E.164), without one where it is short.
    Phone,
    /// By e-mail.
    Email,
    /// On a page, such as a chat.
    Page,
}

/// A page of the operator's own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SupportPage {
    /// The screen it belongs to. Absent: all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<HelpTopic>,
    /// A few words, without a full stop.
    pub title: Localised,
    /// Where it is, in each language that it is in.
    pub url: Localised,
}

/// A text of the operator's own, by language: `nl`, `fr`, `en`, `de`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Localised(BTreeMap<Tag, String>);

/// A language of the core's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum Tag {
    Nl,
    Fr,
    En,
    De,
}

impl Localised {
    /// In a language; where it is not there, in the first of the others that is.
    pub fn in_language(&self, language: Language, others: &[String]) -> &str {
        let others = others.iter().filter_map(|tag| Language::of_tag(tag));
        let wanted = std::iter::once(language).chain(others).find_map(|language| self.0.get(&Tag::of(language)));
        wanted.or_else(|| self.0.values().next()).map_or("", String::as_str)
    }

    fn check(&self, field: &str, faults: &mut Faults) {
        let is_sound = |text: &String| !text.trim().is_empty() && text.chars().count() <= LONGEST;
        if self.0.is_empty() || !self.0.values().all(is_sound) {
            faults.add(field, format!("is not a text of at most {LONGEST} characters in at least one language"));
        }
    }
}

impl Tag {
    fn name(self) -> &'static str {
        match self {
            Tag::Nl => "nl",
            Tag::Fr => "fr",
            Tag::En => "en",
            Tag::De => "de",
        }
    }

    fn of(language: Language) -> Tag {
        match language {
            Language::Dutch => Tag::Nl,
            Language::French => Tag::Fr,
            Language::English => Tag::En,
            Language::German => Tag::De,
        }
    }
}

impl Support {
    /// Checks what types cannot say.
    pub(super) fn check(&self, faults: &mut Faults) {
        for (at, contact) in self.contacts.iter().enumerate() {
            let field = |name: &str| format!("support.contacts[{at}].{name}");
            contact.name.check(&field("name"), faults);
            if let Some(hours) = &contact.hours {
                hours.check(&field("hours"), faults);
            }
            match contact.by {
                ContactWay::Phone if !is_number(&contact.to) => {
                    faults.add(field("to"), "is no number of digits alone, with or without a plus");
                }
                ContactWay::Email if !is_mailbox(&contact.to) => {
                    faults.add(field("to"), "is no e-mail address");
                }
                ContactWay::Page => drop(faults.https_page(&field("to"), &contact.to)),
                ContactWay::Phone | ContactWay::Email => {}
            }
        }
        for (at, page) in self.pages.iter().enumerate() {
            page.title.check(&format!("support.pages[{at}].title"), faults);
            if page.url.0.is_empty() {
                faults.add(format!("support.pages[{at}].url"), "is in no language");
            }
            for (tag, url) in &page.url.0 {
                faults.https_page(&format!("support.pages[{at}].url.{}", tag.name()), url);
            }
        }
    }
}

/// E.164, or a short number of the operator's network.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    (3..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// As much of RFC 5321 as anybody's address for customers needs: it goes into a `mailto:` link as it is.
fn is_mailbox(text: &str) -> bool {
    let is_plain =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_+".contains(&b));
    text.split_once('@').is_some_and(|(name, domain)| is_plain(name) && is_plain(domain))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn a_text_is_in_the_persons_language_or_else_in_one_of_the_operators() {
        let text: Localised = serde_json::from_value(json!({ "nl": "Hulp", "de": "Hilfe" })).unwrap();
        let operators = |tags: &[&str]| tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>();
        for (language, others, expected) in [
            (Language::German, &["nl"][..], "Hilfe"),
            (Language::French, &["fr", "de", "nl"], "Hilfe"),
            (Language::French, &["nl-BE", "de"], "Hulp"),
            (Language::English, &[], "Hulp"),
        ] {
            assert_eq!(text.in_language(language, &operators(others)), expected, "{language:?} {others:?}");
        }
    }

    #[test]
    fn what_is_wrong_of_the_support_is_named() {
        let contact = |by: &str, to: &str| json!({ "contacts": [{ "by": by, "to": to, "name": { "nl": "Hulp" } }] });
        let page = |title: &str, url: &str| json!({ "pages": [{ "title": { "nl": title }, "url": { "nl": url } }] });
        let at_fault = |support: &Value| {
            let support: Support = serde_json::from_value(support.clone()).unwrap();
            let mut faults = Faults::default();
            support.check(&mut faults);
            faults.first().map(str::to_owned)
        };
        for good in [
            json!({}),
            contact("phone", "+3215000000"),
            contact("phone", "1900"),
            contact("email", "help.mobile@operator.example"),
            contact("page", "https://operator.example/chat?from=app"),
            page("Tarieven", "https://operator.example/nl/tarieven"),
        ] {
            assert_eq!(at_fault(&good), None, "{good}");
        }
        for (wrong, field) in [
            (contact("phone", "+32 15 00 00 00"), "support.contacts[0].to"),
            (contact("phone", "12"), "support.contacts[0].to"),
            (contact("phone", "tel:1900"), "support.contacts[0].to"),
            (contact("email", "help@"), "support.contacts[0].to"),
            (contact("email", "a@b.example?subject=x"), "support.contacts[0].to"),
            (contact("page", "javascript:alert(1)"), "support.contacts[0].to"),
            (page("Tarieven", "http://operator.example"), "support.pages[0].url.nl"),
            (page(" ", "https://operator.example"), "support.pages[0].title"),
            (page(&"x".repeat(121), "https://operator.example"), "support.pages[0].title"),
            (json!({ "pages": [{ "title": { "nl": "x" }, "url": {} }] }), "support.pages[0].url"),
            (json!({ "pages": [{ "title": {}, "url": {} }] }), "support.pages[0].title"),
        ] {
            assert_eq!(at_fault(&wrong).as_deref(), Some(field), "{wrong}");
        }
    }
}
