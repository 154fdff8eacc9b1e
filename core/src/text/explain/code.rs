//! The code of a problem for support: stable over releases and languages, one for each meaning, in lower case.

use crate::problem::{Problem, SecurityCheck, SessionEnd, SignInFailure, StorageFailure};

/// No code of the core is longer; a foreign one could be.
const LONGEST: usize = 64;

/// The code, made of `[a-z0-9_]`.
pub fn of(problem: &Problem) -> String {
    match problem {
        Problem::Offline => "offline",
        Problem::ServiceUnavailable { .. } => "service_unavailable",
        Problem::TooOften { .. } => "too_often",
        Problem::BlockedNetwork => "blocked_network",
        Problem::SessionEnded { reason } => session_end(*reason),
        Problem::SignIn { reason } => sign_in(*reason),
        Problem::NotPermitted => "not_permitted",
        Problem::StorageUnavailable { reason } => storage(*reason),
        Problem::NotUnderstood { code } => return snake_case("answer_", code),
        Problem::Configuration { field, .. } => return snake_case("configuration_", field),
        Problem::Unexpected { code } => return snake_case("", code),
    }
    .to_owned()
}

fn session_end(reason: SessionEnd) -> &'static str {
    match reason {
        SessionEnd::SignedOut => "session_signed_out",
        SessionEnd::Revoked => "session_revoked",
        SessionEnd::Expired => "session_expired",
        SessionEnd::Unknown => "session_unknown",
        SessionEnd::KeyLost => "session_key_lost",
        SessionEnd::BiometryChanged => "session_biometry_changed",
        SessionEnd::LockRemoved => "session_lock_removed",
    }
}

fn sign_in(reason: SignInFailure) -> &'static str {
    match reason {
        SignInFailure::Declined => "sign_in_declined",
        SignInFailure::OperatorError => "sign_in_operator_error",
        SignInFailure::AttemptUnknown => "sign_in_attempt_unknown",
        SignInFailure::AttemptExpired => "sign_in_attempt_expired",
        SignInFailure::AlreadyHandled => "sign_in_already_handled",
        SignInFailure::BrowserUnavailable => "sign_in_browser_unavailable",
        SignInFailure::OtherAccount => "sign_in_other_account",
        SignInFailure::StepUpRequired => "sign_in_step_up_required",
        SignInFailure::StepUpOtherPerson => "sign_in_step_up_other_person",
        SignInFailure::StepUpTooOld => "sign_in_step_up_too_old",
        SignInFailure::StepUpTooWeak => "sign_in_step_up_too_weak",
        SignInFailure::ProfileIncomplete => "sign_in_profile_incomplete",
        SignInFailure::InvitationRequired => "sign_in_invitation_required",
        SignInFailure::NotEligible => "sign_in_not_eligible",
        SignInFailure::InvitationUsed => "sign_in_invitation_used",
        SignInFailure::InvitationExpired => "sign_in_invitation_expired",
        SignInFailure::InvitationUnknown => "sign_in_invitation_unknown",
        SignInFailure::InvitationOtherAccount => "sign_in_invitation_other_account",
        SignInFailure::Rejected { check } => match check {
            SecurityCheck::Provider => "sign_in_rejected_provider",
            SecurityCheck::Issuer => "sign_in_rejected_issuer",
            SecurityCheck::Code => "sign_in_rejected_code",
            SecurityCheck::TokenType => "sign_in_rejected_token_type",
            SecurityCheck::IdToken => "sign_in_rejected_id_token",
            SecurityCheck::Signature => "sign_in_rejected_signature",
        },
    }
}

fn storage(reason: StorageFailure) -> &'static str {
    match reason {
        StorageFailure::Locked => "storage_locked",
        StorageFailure::AppLocked => "storage_app_locked",
        StorageFailure::NotPresent => "storage_not_present",
        StorageFailure::Full => "storage_full",
        StorageFailure::Suspended => "storage_suspended",
        StorageFailure::Failing => "storage_failing",
    }
}

/// `identity.clientId` as `configuration_identity_client_id`.
fn snake_case(prefix: &str, name: &str) -> String {
    let mut code = prefix.to_owned();
    for c in name.chars() {
        let is_break = c.is_ascii_uppercase() || !c.is_ascii_alphanumeric();
        if is_break && !code.is_empty() && !code.ends_with('_') {
            code.push('_');
        }
        if c.is_ascii_alphanumeric() {
            code.push(c.to_ascii_lowercase());
        }
    }
    code.truncate(LONGEST);
    let code = code.trim_end_matches('_');
    if code.is_empty() { "unexpected".to_owned() } else { code.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_name_becomes_a_code() {
        for (problem, code) in [
            (Problem::unexpected("http_418"), "http_418"),
            (Problem::unexpected(""), "unexpected"),
            (Problem::unexpected("__ÉÉ..\n"), "unexpected"),
            (Problem::unexpected("No Such-thing!"), "no_such_thing"),
            (Problem::NotUnderstood { code: "not_json".to_owned() }, "answer_not_json"),
            (Problem::NotUnderstood { code: String::new() }, "answer"),
            (
                Problem::Configuration { field: "capabilities[0]".to_owned(), reason: String::new() },
                "configuration_capabilities_0",
            ),
            (
                Problem::Configuration { field: "identity.clientId".to_owned(), reason: String::new() },
                "configuration_identity_client_id",
            ),
        ] {
            assert_eq!(of(&problem), code, "{problem:?}");
        }
        assert_eq!(of(&Problem::unexpected(&"x".repeat(500))).len(), LONGEST);
    }
}
