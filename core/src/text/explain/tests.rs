//! Every problem and every reason, in every language.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::*;
use crate::problem::{FINAL, Remedy};

const SESSION_ENDS: [SessionEnd; 7] = [
    SessionEnd::SignedOut,
    SessionEnd::Revoked,
    SessionEnd::Expired,
    SessionEnd::Unknown,
    SessionEnd::KeyLost,
    SessionEnd::BiometryChanged,
    SessionEnd::LockRemoved,
];
const FAILURES: [SignInFailure; 18] = [
    SignInFailure::Declined,
    SignInFailure::OperatorError,
    SignInFailure::AttemptUnknown,
    SignInFailure::AttemptExpired,
    SignInFailure::AlreadyHandled,
    SignInFailure::BrowserUnavailable,
    SignInFailure::OtherAccount,
    SignInFailure::StepUpRequired,
    SignInFailure::StepUpOtherPerson,
    SignInFailure::StepUpTooOld,
    SignInFailure::StepUpTooWeak,
    SignInFailure::ProfileIncomplete,
    SignInFailure::InvitationRequired,
    SignInFailure::NotEligible,
    SignInFailure::InvitationUsed,
    SignInFailure::InvitationExpired,
    SignInFailure::InvitationUnknown,
    SignInFailure::InvitationOtherAccount,
];
const CHECKS: [SecurityCheck; 6] = [
    SecurityCheck::Provider,
    SecurityCheck::Issuer,
    SecurityCheck::Code,
    SecurityCheck::TokenType,
    SecurityCheck::IdToken,
    SecurityCheck::Signature,
];
const STORAGE_FAILURES: [StorageFailure; 6] = [
    StorageFailure::Locked,
    StorageFailure::AppLocked,
    StorageFailure::NotPresent,
    StorageFailure::Full,
    StorageFailure::Suspended,
    StorageFailure::Failing,
];

/// What is not understood of a document; the last stands for those without words of their own.
const DOCUMENT_CODES: [&str; 10] = [
    "document_not_ready",
    "document_not_found",
    "document_damaged",
    "document_cut",
    "document_link",
    "document_redirects",
    "document_address",
    "document_too_large",
    "document_page",
    "document_answer",
];
/// The unexpected that a person can do something about.
const CODES_WITH_WORDS: [&str; 30] = [
    "document_evicted",
    "no_document",
    "metered",
    "another_account",
    "nothing_to_note",
    "lines_not_here",
    "no_such_line",
    "employer_line",
    "own_line",
    "nothing_opened",
    "camera_off",
    "notifications_off",
    "esim_code",
    "esim_code_version",
    "esim_code_address",
    "esim_code_number",
    "esim_code_several",
    "esim_code_unclear",
    "no_such_answer",
    "confirmation_code",
    "no_esim_code",
    "no_secrets",
    "puk_not_shown",
    "not_a_percentage",
    "percentage_out_of_range",
    "not_an_amount",
    "threshold_out_of_range",
    "too_many_thresholds",
    "http_404",
    "not_offered",
];

/// Every problem, with every reason.
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
        Problem::NotUnderstood { code: "too_large".to_owned() },
        Problem::Configuration { field: "identity.issuer".to_owned(), reason: "for the log only".to_owned() },
        Problem::unexpected("http_418"),
        Problem::cancelled(),
    ];
    problems.extend(DOCUMENT_CODES.map(|code| Problem::NotUnderstood { code: code.to_owned() }));
    problems.extend(CODES_WITH_WORDS.map(Problem::unexpected));
    problems.extend(SESSION_ENDS.map(|reason| Problem::SessionEnded { reason }));
    problems.extend(FAILURES.map(Problem::sign_in));
    problems.extend(CHECKS.map(Problem::rejected));
    problems.extend(STORAGE_FAILURES.map(|reason| Problem::StorageUnavailable { reason }));
    problems
}

#[test]
fn every_problem_is_explained_in_four_languages() {
    for language in Language::ALL {
        let mut all = String::new();
        for problem in problems() {
            let explained = explain(&problem, language, "Example Mobile");
            let Explanation { title, sentence, action, alternative, code, .. } = explained;
            let buttons: Vec<String> =
                action.into_iter().chain(alternative).map(|label| format!("[{label}]")).collect();
            writeln!(all, "{problem:?}\n  {title}\n  {sentence}\n  {} {code}", buttons.join(" ")).unwrap();
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
fn every_meaning_has_its_own_code_in_every_language() {
    let mut meanings: BTreeMap<String, Problem> = BTreeMap::new();
    for problem in problems() {
        let codes = Language::ALL.map(|language| explain(&problem, language, "Example Mobile").code);
        let code = codes[0].clone();
        assert!(codes.iter().all(|other| *other == code), "{codes:?}");
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        assert!(!code.is_empty() && code.chars().all(is_plain), "{code}");
        // How long to wait is no other meaning.
        let meaning = match problem {
            Problem::ServiceUnavailable { .. } => Problem::ServiceUnavailable { retry_after_seconds: None },
            other => other,
        };
        if let Some(known) = meanings.insert(code.clone(), meaning.clone()) {
            assert_eq!(known, meaning, "two meanings have the code {code}");
        }
    }
}

#[test]
fn what_ends_the_same_when_tried_again_is_a_code_that_there_is_and_has_no_button_for_it() {
    // Of an answer it has words; of what an app keeps it is the app's own doing, and has those of all that is unexpected.
    const WITHOUT_WORDS: [&str; 1] = ["too_large"];
    for code in FINAL {
        let has_words = CODES_WITH_WORDS.contains(&code) || DOCUMENT_CODES.contains(&code);
        assert!(has_words != WITHOUT_WORDS.contains(&code), "{code}");
        for problem in [Problem::unexpected(code), Problem::NotUnderstood { code: code.to_owned() }] {
            assert_eq!(Remedy::of(&problem), None, "{problem:?}");
        }
    }
    assert!(WITHOUT_WORDS.iter().all(|code| FINAL.contains(code)));
}

#[test]
fn nothing_is_drawn_of_what_the_person_ended() {
    for problem in problems() {
        let ended = problem.is_cancelled() || problem == Problem::sign_in(SignInFailure::Declined);
        assert_eq!(explain(&problem, Language::English, "Example Mobile").is_silent, ended, "{problem:?}");
    }
}

#[test]
fn only_a_choice_has_two_buttons() {
    for problem in problems() {
        let Explanation { action, alternative, .. } = explain(&problem, Language::English, "Example Mobile");
        let must_choose = problem == Problem::sign_in(SignInFailure::OtherAccount);
        assert_eq!(alternative.is_some(), must_choose, "{problem:?}");
        assert!(!must_choose || action.is_some());
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
