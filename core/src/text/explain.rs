//! Problems in a person's words: what is the matter, what you can do, nothing lost. Never the operator's own text.

use super::number::Number;
use super::{Language, Text, messages};
use crate::problem::{Explanation, Problem, SessionEnd, SignInFailure, StorageFailure};

/// The problem in a language. `operator_name` is the name in the profile, as the person knows it.
pub fn explain(problem: &Problem, language: Language, operator_name: &str) -> Explanation {
    let operator = &Text::foreign(operator_name);
    let (title, sentence) = title_and_sentence(problem, language, operator);
    let code = support_code(problem, language);
    let sentence = match &code {
        Some(code) => Text::sentences(&[sentence, code.clone()]),
        None => sentence,
    };
    Explanation {
        spoken: format!("{}. {}", title.spoken, sentence.spoken),
        title: title.text,
        sentence: sentence.text,
        action: action(problem, language),
        code: String::new(),
    }
}

/// A few words, and one plain sentence without the support code.
pub(crate) fn title_and_sentence(problem: &Problem, language: Language, operator: &Text) -> (Text, Text) {
    use messages as m;
    match problem {
        Problem::Offline => (m::offline_title(language), m::offline_sentence(language)),
        Problem::ServiceUnavailable { retry_after_seconds: None } => {
            (m::unavailable_title(language, operator), m::unavailable_sentence(language))
        }
        Problem::ServiceUnavailable { retry_after_seconds: Some(seconds) } => {
            let wait = duration(language, u64::from(*seconds));
            (m::unavailable_title(language, operator), m::unavailable_wait_sentence(language, &wait))
        }
        Problem::BlockedNetwork => (m::blocked_title(language), m::blocked_sentence(language, operator)),
        Problem::SessionEnded { reason: SessionEnd::SignedOut } => {
            (m::ended_signed_out_title(language), m::ended_signed_out_sentence(language))
        }
        Problem::SessionEnded { reason: SessionEnd::Revoked } => {
            (m::ended_title(language), m::ended_revoked_sentence(language, operator))
        }
        Problem::SessionEnded { reason: SessionEnd::Expired } => {
            (m::ended_title(language), m::ended_expired_sentence(language))
        }
        Problem::SessionEnded { reason: _ } => (m::ended_title(language), m::ended_key_lost_sentence(language)),
        Problem::SignIn { reason: SignInFailure::Declined } => {
            (m::sign_in_declined_title(language), m::sign_in_declined_sentence(language))
        }
        Problem::SignIn { reason: SignInFailure::OperatorError } => {
            (m::sign_in_operator_title(language, operator), m::sign_in_operator_sentence(language))
        }
        Problem::SignIn { reason: SignInFailure::AttemptUnknown } => {
            (m::sign_in_attempt_title(language), m::sign_in_attempt_sentence(language))
        }
        Problem::SignIn { reason: _ } => {
            (m::sign_in_rejected_title(language), m::sign_in_rejected_sentence(language, operator))
        }
        Problem::NotPermitted => (m::not_permitted_title(language), m::not_permitted_sentence(language, operator)),
        Problem::NotUnderstood { .. } => {
            (m::not_understood_title(language), m::not_understood_sentence(language, operator))
        }
        Problem::StorageUnavailable { reason: StorageFailure::Locked } => {
            (m::storage_locked_title(language), m::storage_locked_sentence(language))
        }
        Problem::StorageUnavailable { reason: StorageFailure::Full } => {
            (m::storage_full_title(language), m::storage_full_sentence(language))
        }
        Problem::StorageUnavailable { reason: StorageFailure::Suspended } => {
            (m::storage_suspended_title(language), m::storage_suspended_sentence(language))
        }
        Problem::StorageUnavailable { reason: _ } => {
            (m::storage_failing_title(language), m::storage_failing_sentence(language))
        }
        Problem::Configuration { .. } => {
            (m::configuration_title(language), m::configuration_sentence(language, operator))
        }
        Problem::Unexpected { .. } if problem.is_cancelled() => {
            (m::cancelled_title(language), m::cancelled_sentence(language))
        }
        Problem::Unexpected { .. } => (m::unexpected_title(language), m::unexpected_sentence(language)),
    }
}

/// What the person can do, as the label of a button.
pub(crate) fn action(problem: &Problem, language: Language) -> Option<String> {
    let label = match problem {
        Problem::BlockedNetwork => messages::action_open_browser(language),
        Problem::SessionEnded { .. } => messages::action_sign_in(language),
        Problem::Configuration { .. } => messages::action_update(language),
        Problem::Unexpected { .. } if problem.is_cancelled() => return None,
        Problem::Offline
        | Problem::ServiceUnavailable { retry_after_seconds: None }
        | Problem::SignIn { .. }
        | Problem::NotUnderstood { .. }
        | Problem::StorageUnavailable { reason: StorageFailure::Suspended | StorageFailure::Failing }
        | Problem::Unexpected { .. } => messages::action_try_again(language),
        // Waiting, unlocking, freeing space or asking the employer: the sentence says it.
        Problem::ServiceUnavailable { retry_after_seconds: Some(_) }
        | Problem::NotPermitted
        | Problem::StorageUnavailable { .. } => return None,
    };
    Some(label.text)
}

/// Only where neither the person nor the words can tell the helpdesk what happened.
fn support_code(problem: &Problem, language: Language) -> Option<Text> {
    let code = match problem {
        Problem::NotUnderstood { code } => code,
        Problem::Configuration { field, .. } => field,
        Problem::Unexpected { code } if !problem.is_cancelled() => code,
        _ => return None,
    };
    let text = Text::foreign(code);
    let spoken = text.spoken.replace(['_', '.', '-'], " ");
    Some(messages::support_code(language, &Text { text: text.text, spoken }))
}

/// A waiting time in words, rounded up: nobody is told to come back too early.
pub(crate) fn duration(language: Language, seconds: u64) -> Text {
    const MINUTE: u64 = 60;
    const HOUR: u64 = 60 * MINUTE;
    const DAY: u64 = 24 * HOUR;
    let (unit, in_words): (u64, fn(Language, &Number) -> Text) = match seconds {
        0..=90 => (1, messages::seconds_long),
        91..=5_400 => (MINUTE, messages::minutes_long),
        5_401..=259_200 => (HOUR, messages::hours_long),
        _ => (DAY, messages::days_long),
    };
    in_words(language, &Number::whole(language, seconds.div_ceil(unit)))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    fn problems() -> Vec<Problem> {
        let mut problems = vec![
            Problem::Offline,
            Problem::ServiceUnavailable { retry_after_seconds: None },
            Problem::ServiceUnavailable { retry_after_seconds: Some(1) },
            Problem::ServiceUnavailable { retry_after_seconds: Some(90) },
            Problem::ServiceUnavailable { retry_after_seconds: Some(1_500) },
            Problem::ServiceUnavailable { retry_after_seconds: Some(7_201) },
            Problem::ServiceUnavailable { retry_after_seconds: Some(u32::MAX) },
            Problem::BlockedNetwork,
            Problem::NotPermitted,
            Problem::NotUnderstood { code: "not_json".to_owned() },
            Problem::Configuration { field: "identity.issuer".to_owned(), reason: "for the log only".to_owned() },
            Problem::unexpected("http_418"),
            Problem::cancelled(),
        ];
        use SessionEnd::{Expired, KeyLost, Revoked, SignedOut};
        use SignInFailure::{AttemptUnknown, Declined, OperatorError};
        use StorageFailure::{Failing, Full, Locked, Suspended};
        problems.extend([SignedOut, Revoked, Expired, KeyLost].map(|reason| Problem::SessionEnded { reason }));
        problems.extend([Declined, OperatorError, AttemptUnknown].map(|reason| Problem::SignIn { reason }));
        problems.extend([Locked, Full, Suspended, Failing].map(|reason| Problem::StorageUnavailable { reason }));
        problems
    }

    #[test]
    fn every_problem_is_explained_in_four_languages() {
        for language in Language::ALL {
            let mut all = String::new();
            for problem in problems() {
                let explained = explain(&problem, language, "Example Mobile");
                let action = explained.action.as_deref().unwrap_or("-");
                writeln!(all, "{problem:?}\n  {}\n  {}\n  [{action}]", explained.title, explained.sentence).unwrap();
            }
            insta::with_settings!({ snapshot_suffix => language.locale() }, { insta::assert_snapshot!("problems", all) });
        }
    }

    #[test]
    fn an_explanation_is_a_sentence_without_the_words_of_the_log() {
        for language in Language::ALL {
            for problem in problems() {
                let Explanation { title, sentence, spoken, .. } = explain(&problem, language, "Example Mobile");
                assert!(sentence.ends_with('.') && !title.ends_with('.'), "{sentence}");
                assert!(title.chars().count() <= 45, "a title is a few words: {title}");
                assert!(!sentence.contains("for the log only") && !spoken.contains('_'), "{spoken}");
                assert!(spoken.starts_with(&title), "{spoken}");
            }
        }
    }

    #[test]
    fn waiting_times_are_rounded_up() {
        let cases = [
            (0, "0 seconds"),
            (1, "1 second"),
            (90, "90 seconds"),
            (91, "2 minutes"),
            (1_500, "25 minutes"),
            (1_501, "26 minutes"),
            (5_401, "2 hours"),
            (259_200, "72 hours"),
            (259_201, "4 days"),
        ];
        for (seconds, expected) in cases {
            assert_eq!(duration(Language::English, seconds).text, expected);
        }
    }
}
