//! An entitlement answer (GSMA TS.43) in words, for operators that have such a server. Asking needs the SIM: an app with carrier
//! privileges, or the operator's own, hands the answer in.

use std::fmt;

use crate::text::{Language, Text, messages as m};
use crate::vowifi::entitlement::{ASK_AGAIN_EVERY_S, ASK_AGAIN_TIMES, Entitlement, EntitlementMessage};

/// What an entitlement server says of the line.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct EntitlementView {
    /// For the icon.
    pub state: EntitlementState,
    /// One sentence.
    pub sentence: Text,
    /// The operator's form, to open in the system browser. Its address may name the subscriber: for nobody else's eyes.
    pub form_url: Option<String>,
    /// What to post there; absent where the form is only to be opened.
    pub form_data: Option<String>,
    /// After the form: ask again after so many seconds. 0 where there is no form.
    pub ask_again_seconds: u32,
    /// So many times at most.
    pub ask_again_times: u32,
    /// EntitlementStatus, ProvStatus, TC_Status, AddrStatus, for support: a digit each, `-` for not said, `?` for not known.
    pub codes: String,
}

/// What it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum EntitlementState {
    /// The line may use it.
    Entitled,
    /// Not on this phone, or not with this subscription.
    Incompatible,
    /// A form is missing.
    FormMissing,
    /// It is being activated.
    InProgress,
    /// The answer makes no sense.
    Unclear,
}

impl fmt::Debug for EntitlementView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EntitlementView")
            .field("state", &self.state)
            .field("codes", &self.codes)
            .finish_non_exhaustive()
    }
}

/// The answer in words.
pub(in crate::vowifi) fn view(entitlement: &Entitlement, language: Language) -> EntitlementView {
    let codes = entitlement.codes();
    let form = entitlement.service_flow.as_ref();
    let (state, sentence) = match (entitlement.message(), form) {
        (EntitlementMessage::Entitled, _) => (EntitlementState::Entitled, m::wifi_entitled(language)),
        (EntitlementMessage::Incompatible, _) => {
            (EntitlementState::Incompatible, m::wifi_entitlement_incompatible(language))
        }
        (EntitlementMessage::DataMissing, Some(_)) => {
            (EntitlementState::FormMissing, m::wifi_entitlement_form(language))
        }
        (EntitlementMessage::DataMissing, None) => {
            (EntitlementState::FormMissing, m::wifi_entitlement_form_nowhere(language))
        }
        (EntitlementMessage::InProgress, _) => {
            (EntitlementState::InProgress, m::wifi_entitlement_in_progress(language))
        }
        (EntitlementMessage::Unclear, _) => {
            let spoken = codes.chars().map(String::from).collect::<Vec<_>>().join(" ");
            let shown = Text { text: codes.clone(), spoken };
            (EntitlementState::Unclear, m::wifi_entitlement_unclear(language, &shown))
        }
    };
    let form = form.filter(|_| state == EntitlementState::FormMissing);
    let again = |value: u32| if form.is_some() { value } else { 0 };
    EntitlementView {
        state,
        sentence,
        form_url: form.map(|form| form.url.clone()),
        form_data: form.and_then(|form| form.user_data.clone()),
        ask_again_seconds: again(ASK_AGAIN_EVERY_S),
        ask_again_times: again(ASK_AGAIN_TIMES),
        codes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vowifi::entitlement::{Code, ServiceFlow};

    fn of(codes: [Code; 4], url: Option<&str>) -> EntitlementView {
        let [entitlement, provisioning, terms, address] = codes;
        let flow = |url: &str| ServiceFlow { url: url.to_owned(), user_data: Some("token=secret".to_owned()) };
        let answer = Entitlement { entitlement, provisioning, terms, address, service_flow: url.map(flow) };
        view(&answer, Language::English)
    }

    #[test]
    fn each_answer_says_what_to_do_and_a_form_is_for_nobody_elses_eyes() {
        use Code::{One, Three, Two, Unknown, Zero};
        let form = Some("https://form.example/?imsi=206050000000001");
        let cases = [
            ([One, One, One, One], None, EntitlementState::Entitled, "Go on"),
            ([Two, One, One, One], form, EntitlementState::Incompatible, "fleet manager"),
            ([Zero, One, Zero, One], form, EntitlementState::FormMissing, "Open it"),
            ([Zero, One, Zero, One], None, EntitlementState::FormMissing, "does not say where"),
            ([Three, Three, One, One], None, EntitlementState::InProgress, "24 hours"),
            ([One, One, Zero, Unknown], form, EntitlementState::Unclear, "110?"),
        ];
        for (codes, url, state, words) in cases {
            let view = of(codes, url);
            assert_eq!(view.state, state, "{codes:?}");
            assert!(view.sentence.text.contains(words), "{:?}", view.sentence);
            let has_form = state == EntitlementState::FormMissing && url.is_some();
            assert_eq!((view.form_url.is_some(), view.ask_again_seconds > 0), (has_form, has_form), "{codes:?}");
            let debug = format!("{view:?}");
            assert!(!debug.contains("imsi") && !debug.contains("secret"), "{debug}");
        }
    }
}
