//! Problems in a person's words: what is the matter, what you can do, nothing lost. Never the operator's own text.

mod code;

use super::number::Number;
use super::request::RequestKind;
use super::{Language, Text, messages};
use crate::alerts::{MOST_OWN, OWN_CENTS, OWN_PERCENT};
use crate::problem::{Explanation, Problem, Remedy, SecurityCheck, SessionEnd, SignInFailure, StorageFailure};

/// The problem in a language. `operator_name` is the name in the profile, as the person knows it.
pub fn explain(problem: &Problem, language: Language, operator_name: &str) -> Explanation {
    let (title, sentence) = title_and_sentence(problem, language, &Text::foreign(operator_name));
    let remedy = Remedy::of(problem);
    let must_choose = remedy == Some(Remedy::ReplaceAccount);
    Explanation {
        spoken: format!("{}. {}", title.spoken, sentence.spoken),
        title: title.text,
        sentence: sentence.text,
        is_silent: problem.is_silent(),
        action: remedy.map(|remedy| label(remedy, language)),
        remedy,
        alternative: must_choose.then(|| messages::action_keep(language).text),
        code: code::of(problem),
    }
}

/// A few words, and one plain sentence.
pub(crate) fn title_and_sentence(problem: &Problem, language: Language, operator: &Text) -> (Text, Text) {
    use messages as m;
    let whole = |number: u64| Number::whole(language, number).text;
    match problem {
        Problem::Offline => (m::offline_title(language), m::offline_sentence(language)),
        Problem::ServiceUnavailable { retry_after_seconds: None } => {
            (m::unavailable_title(language, operator), m::unavailable_sentence(language))
        }
        Problem::ServiceUnavailable { retry_after_seconds: Some(seconds) } => {
            let wait = duration(language, u64::from(*seconds));
            (m::unavailable_title(language, operator), m::unavailable_wait_sentence(language, &wait))
        }
        Problem::TooOften { retry_after_seconds } => {
            let wait = retry_after_seconds.map(|seconds| duration(language, u64::from(seconds)));
            let sentence = match wait {
                Some(wait) => m::too_often_wait_sentence(language, operator, &wait),
                None => m::too_often_sentence(language, operator),
            };
            (m::too_often_title(language), sentence)
        }
        Problem::BlockedNetwork => (m::blocked_title(language), m::blocked_sentence(language, operator)),
        Problem::SessionEnded { reason } => session_ended(*reason, language, operator),
        Problem::SignIn { reason } => sign_in(*reason, language, operator),
        Problem::NotPermitted => (m::not_permitted_title(language), m::not_permitted_sentence(language, operator)),
        Problem::NotUnderstood { code } if code.starts_with("document_") => document(code, language, operator),
        Problem::NotUnderstood { code } if code == "too_large" => {
            (m::too_large_title(language), m::too_large_sentence(language, operator))
        }
        Problem::NotUnderstood { .. } => {
            (m::not_understood_title(language), m::not_understood_sentence(language, operator))
        }
        Problem::StorageUnavailable { reason } => storage(*reason, language),
        Problem::Configuration { .. } => {
            (m::configuration_title(language), m::configuration_sentence(language, operator))
        }
        Problem::Unexpected { .. } if problem.is_cancelled() => {
            (m::cancelled_title(language), m::cancelled_sentence(language))
        }
        Problem::Unexpected { code } => match code.as_str() {
            "document_evicted" => (m::document_failed_title(language), m::document_evicted_sentence(language)),
            "no_document" => (m::document_absent_title(language), m::document_absent_sentence(language, operator)),
            "metered" => (m::metered_title(language), m::metered_sentence(language)),
            "another_account" => (m::another_account_title(language), m::another_account_sentence(language)),
            "nothing_to_note" => (m::nothing_to_note_title(language), m::nothing_to_note_sentence(language)),
            "lines_not_here" => (m::lines_missing_title(language), m::lines_missing_sentence(language)),
            "no_such_line" => (m::no_such_line_title(language), m::no_such_line_sentence(language)),
            "employer_line" => (m::employer_line_title(language), m::employer_line_sentence(language)),
            "http_404" | "http_410" => (m::not_found_title(language), m::not_found_sentence(language, operator)),
            "esim_code" => (m::esim_code_title(language), m::esim_code_sentence(language)),
            "esim_code_version" => (m::esim_code_title(language), m::esim_code_version_sentence(language)),
            "esim_code_address" => (m::esim_code_title(language), m::esim_code_address_sentence(language)),
            "esim_code_number" => (m::esim_code_title(language), m::esim_code_number_sentence(language)),
            "esim_code_several" => (m::esim_code_several_title(language), m::esim_code_several_sentence(language)),
            "esim_code_unclear" => (m::esim_code_unclear_title(language), m::esim_code_unclear_sentence(language)),
            "no_such_answer" => (m::no_such_answer_title(language), m::no_such_answer_sentence(language)),
            "confirmation_code" => (m::confirmation_code_title(language), m::confirmation_code_sentence(language)),
            "no_esim_code" => (m::no_esim_code_title(language), m::no_esim_code_sentence(language)),
            "no_secrets" => (m::no_sim_secrets_title(language), m::no_sim_secrets_sentence(language, operator)),
            "puk_not_shown" => (m::puk_not_shown_title(language), m::puk_not_shown_sentence(language)),
            "not_a_percentage" => (m::not_a_percentage_title(language), m::not_a_percentage_sentence(language)),
            "percentage_out_of_range" => (m::threshold_title(language), m::percentage_range_sentence(language)),
            "not_an_amount" => (m::not_an_amount_title(language), m::not_an_amount_sentence(language)),
            "threshold_out_of_range" => {
                let percent = whole(u64::from(*OWN_PERCENT.end()));
                let euros = whole(u64::from(*OWN_CENTS.end() / 100));
                (m::threshold_title(language), m::threshold_range_sentence(language, &percent, &euros))
            }
            "too_many_thresholds" => {
                let most = whole(u64::try_from(MOST_OWN).unwrap_or(u64::MAX));
                (m::many_thresholds_title(language, &most), m::many_thresholds_sentence(language))
            }
            "not_offered" => (m::not_offered_title(language), m::not_offered_sentence(language, operator)),
            // The app's own: what it handed to the phone was taken by nobody, or the phone keeps something from it.
            "nothing_opened" => (m::nothing_opened_title(language), m::nothing_opened_sentence(language)),
            "camera_off" => (m::camera_off_title(language), m::camera_off_sentence(language)),
            "notifications_off" => (m::notifications_off_title(language), m::notifications_off_sentence(language)),
            "own_line" => (m::own_line_title(language), m::own_line_sentence(language, operator)),
            _ => (m::unexpected_title(language), m::unexpected_sentence(language)),
        },
    }
}

/// Why a printed document is not here.
fn document(code: &str, language: Language, operator: &Text) -> (Text, Text) {
    use messages as m;
    match code {
        "document_not_ready" => (m::document_waits_title(language), m::document_waits_sentence(language, operator)),
        "document_not_found" => (m::document_absent_title(language), m::document_absent_sentence(language, operator)),
        "document_damaged" => (m::document_damaged_title(language), m::document_damaged_sentence(language)),
        "document_cut" => (m::document_cut_title(language), m::document_cut_sentence(language)),
        "document_link" => (m::document_link_title(language), m::document_link_sentence(language, operator)),
        "document_redirects" => {
            (m::document_redirects_title(language), m::document_redirects_sentence(language, operator))
        }
        "document_address" => (m::document_address_title(language), m::document_address_sentence(language, operator)),
        "document_too_large" => (m::document_large_title(language), m::document_large_sentence(language, operator)),
        "document_page" => (m::document_page_title(language), m::document_page_sentence(language)),
        _ => (m::document_failed_title(language), m::document_failed_sentence(language, operator)),
    }
}

fn session_ended(reason: SessionEnd, language: Language, operator: &Text) -> (Text, Text) {
    use messages as m;
    let title = match reason {
        SessionEnd::SignedOut => m::ended_signed_out_title(language),
        SessionEnd::Revoked
        | SessionEnd::Expired
        | SessionEnd::Unknown
        | SessionEnd::KeyLost
        | SessionEnd::BiometryChanged
        | SessionEnd::LockRemoved => m::ended_title(language),
    };
    let sentence = match reason {
        SessionEnd::SignedOut => m::ended_signed_out_sentence(language),
        SessionEnd::Revoked => m::ended_revoked_sentence(language, operator),
        SessionEnd::Expired => m::ended_expired_sentence(language),
        SessionEnd::Unknown => m::ended_unknown_sentence(language, operator),
        SessionEnd::KeyLost => m::ended_key_lost_sentence(language),
        SessionEnd::BiometryChanged => m::ended_biometry_sentence(language),
        SessionEnd::LockRemoved => m::ended_lock_removed_sentence(language),
    };
    (title, sentence)
}

fn sign_in(reason: SignInFailure, language: Language, operator: &Text) -> (Text, Text) {
    use messages as m;
    match reason {
        SignInFailure::Declined => (m::sign_in_declined_title(language), m::sign_in_declined_sentence(language)),
        SignInFailure::OperatorError => {
            (m::sign_in_operator_title(language, operator), m::sign_in_operator_sentence(language))
        }
        SignInFailure::AttemptUnknown => (m::sign_in_unknown_title(language), m::sign_in_unknown_sentence(language)),
        SignInFailure::AttemptExpired => (m::sign_in_expired_title(language), m::sign_in_expired_sentence(language)),
        SignInFailure::AlreadyHandled => (m::sign_in_handled_title(language), m::sign_in_handled_sentence(language)),
        SignInFailure::BrowserUnavailable => {
            (m::sign_in_browser_title(language), m::sign_in_browser_sentence(language))
        }
        SignInFailure::OtherAccount => (m::other_account_title(language), m::other_account_sentence(language)),
        SignInFailure::StepUpRequired => (m::step_up_title(language), m::step_up_sentence(language, operator)),
        SignInFailure::StepUpOtherPerson => (m::step_up_other_title(language), m::step_up_other_sentence(language)),
        SignInFailure::StepUpTooOld => (m::step_up_old_title(language), m::step_up_old_sentence(language, operator)),
        SignInFailure::StepUpTooWeak => (m::step_up_weak_title(language), m::step_up_weak_sentence(language, operator)),
        SignInFailure::ProfileIncomplete => {
            (m::profile_incomplete_title(language), m::profile_incomplete_sentence(language, operator))
        }
        SignInFailure::InvitationRequired => {
            (m::invitation_required_title(language), m::invitation_required_sentence(language))
        }
        SignInFailure::NotEligible => (m::not_eligible_title(language), m::not_eligible_sentence(language, operator)),
        SignInFailure::InvitationUsed => (m::invitation_used_title(language), m::invitation_used_sentence(language)),
        SignInFailure::InvitationExpired => {
            (m::invitation_expired_title(language), m::invitation_expired_sentence(language))
        }
        SignInFailure::InvitationUnknown => {
            (m::invitation_unknown_title(language), m::invitation_unknown_sentence(language))
        }
        SignInFailure::InvitationOtherAccount => {
            (m::invitation_other_title(language), m::invitation_other_sentence(language))
        }
        SignInFailure::Rejected { check } => {
            let sentence = match check {
                SecurityCheck::Provider => m::sign_in_provider_sentence(language, operator),
                SecurityCheck::Code => m::sign_in_code_sentence(language, operator),
                SecurityCheck::Issuer
                | SecurityCheck::TokenType
                | SecurityCheck::IdToken
                | SecurityCheck::Signature => m::sign_in_rejected_sentence(language, operator),
            };
            (m::sign_in_rejected_title(language), sentence)
        }
    }
}

fn storage(reason: StorageFailure, language: Language) -> (Text, Text) {
    use messages as m;
    match reason {
        StorageFailure::Locked => (m::storage_locked_title(language), m::storage_locked_sentence(language)),
        StorageFailure::AppLocked => (m::app_locked_title(language), m::app_locked_sentence(language)),
        StorageFailure::NotPresent => (m::not_present_title(language), m::not_present_sentence(language)),
        StorageFailure::Full => (m::storage_full_title(language), m::storage_full_sentence(language)),
        StorageFailure::Suspended => (m::storage_suspended_title(language), m::storage_suspended_sentence(language)),
        StorageFailure::Failing => (m::storage_failing_title(language), m::storage_failing_sentence(language)),
    }
}

/// The label of the button that does it.
pub(crate) fn label(remedy: Remedy, language: Language) -> String {
    use messages as m;
    let label = match remedy {
        Remedy::TryAgain => m::action_try_again(language),
        Remedy::OpenBrowser => m::action_open_browser(language),
        Remedy::SignIn => m::action_sign_in(language),
        Remedy::ShowWho => m::action_show_who(language),
        Remedy::StartAgain => m::action_start_again(language),
        Remedy::ReplaceAccount => m::action_replace(language),
        Remedy::CompleteAccount => m::action_complete_account(language),
        Remedy::AskEmployer { request: RequestKind::InvitationNeverCame } => m::action_ask_invitation(language),
        Remedy::AskEmployer { .. } => m::action_ask_new_invitation(language),
        Remedy::Unlock => m::action_unlock(language),
        Remedy::OpenSettings => m::action_settings(language),
        Remedy::UseMobileData => m::action_use_mobile_data(language),
        Remedy::Update => m::action_update(language),
    };
    label.text
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
mod tests;
