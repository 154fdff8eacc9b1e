//! What the person can do about a problem, as something an app does: both phones have the same buttons lead to the same.

use super::{Problem, SecurityCheck, SignInFailure, StorageFailure};
use crate::text::request::RequestKind;

/// What the button under a problem does. Its label is [`crate::Explanation::action`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Remedy {
    /// Does the same once more.
    TryAgain,
    /// Opens the system browser on any page without TLS, so that the network in between shows its own.
    OpenBrowser,
    /// Begins a sign-in.
    SignIn,
    /// Begins a sign-in with `StepUp`, then does the same once more.
    ShowWho,
    /// Begins the sign-in anew, with the same purpose.
    StartAgain,
    /// Calls `replace_account`; the other button calls `keep_account`.
    ReplaceAccount,
    /// Begins a sign-in; the operator's page asks for what is missing.
    CompleteAccount,
    /// Opens this request to the fleet manager.
    AskEmployer {
        /// Which one.
        request: RequestKind,
    },
    /// Unlocks the app.
    Unlock,
    /// Opens the phone's settings.
    OpenSettings,
    /// Does the same once more with `on_metered`.
    UseMobileData,
    /// Opens the app's page in the store.
    Update,
}

/// What would end the same way when tried again: the sentence says all there is to do.
pub(crate) const FINAL: [&str; 26] = [
    "not_offered",
    "document_address",
    "document_too_large",
    "too_large",
    "another_account",
    "nothing_to_note",
    "no_document",
    "no_such_line",
    "employer_line",
    "own_line",
    "nothing_opened",
    "esim_code",
    "esim_code_version",
    "esim_code_address",
    "esim_code_number",
    "esim_code_several",
    "esim_code_unclear",
    "confirmation_code",
    "no_esim_code",
    "no_secrets",
    "no_such_answer",
    "not_a_percentage",
    "percentage_out_of_range",
    "not_an_amount",
    "threshold_out_of_range",
    "too_many_thresholds",
];

impl Remedy {
    /// What helps; nothing where there is nothing to do but to wait.
    pub fn of(problem: &Problem) -> Option<Remedy> {
        match problem {
            Problem::NotUnderstood { code } | Problem::Unexpected { code } if FINAL.contains(&code.as_str()) => None,
            Problem::Unexpected { code } if code == "puk_not_shown" || problem.is_cancelled() => None,
            Problem::Unexpected { code } if code == "metered" => Some(Remedy::UseMobileData),
            Problem::Unexpected { code } if matches!(code.as_str(), "camera_off" | "notifications_off") => {
                Some(Remedy::OpenSettings)
            }
            Problem::Offline
            | Problem::ServiceUnavailable { retry_after_seconds: None }
            | Problem::NotUnderstood { .. }
            | Problem::Unexpected { .. } => Some(Remedy::TryAgain),
            Problem::BlockedNetwork => Some(Remedy::OpenBrowser),
            Problem::SessionEnded { .. } => Some(Remedy::SignIn),
            Problem::Configuration { .. } => Some(Remedy::Update),
            // Waiting or asking the employer: the sentence says it.
            Problem::ServiceUnavailable { retry_after_seconds: Some(_) }
            | Problem::TooOften { .. }
            | Problem::NotPermitted => None,
            Problem::StorageUnavailable { reason } => match reason {
                StorageFailure::AppLocked => Some(Remedy::Unlock),
                StorageFailure::NotPresent | StorageFailure::Suspended | StorageFailure::Failing => {
                    Some(Remedy::TryAgain)
                }
                // No button of an app unlocks a phone or frees its space.
                StorageFailure::Locked | StorageFailure::Full => None,
            },
            Problem::SignIn { reason } => of_sign_in(*reason),
        }
    }
}

fn of_sign_in(reason: SignInFailure) -> Option<Remedy> {
    match reason {
        SignInFailure::Declined
        | SignInFailure::OperatorError
        | SignInFailure::Rejected {
            check:
                SecurityCheck::Provider
                | SecurityCheck::Issuer
                | SecurityCheck::TokenType
                | SecurityCheck::IdToken
                | SecurityCheck::Signature,
        } => Some(Remedy::TryAgain),
        SignInFailure::StepUpRequired => Some(Remedy::ShowWho),
        SignInFailure::AttemptUnknown
        | SignInFailure::StepUpOtherPerson
        | SignInFailure::StepUpTooOld
        | SignInFailure::StepUpTooWeak
        | SignInFailure::AttemptExpired
        | SignInFailure::Rejected { check: SecurityCheck::Code } => Some(Remedy::StartAgain),
        SignInFailure::BrowserUnavailable => Some(Remedy::OpenSettings),
        SignInFailure::OtherAccount => Some(Remedy::ReplaceAccount),
        SignInFailure::ProfileIncomplete => Some(Remedy::CompleteAccount),
        SignInFailure::InvitationRequired => asking(RequestKind::InvitationNeverCame),
        SignInFailure::InvitationUsed => asking(RequestKind::InvitationUsed),
        SignInFailure::InvitationExpired => asking(RequestKind::InvitationExpired),
        SignInFailure::InvitationUnknown => asking(RequestKind::InvitationUnknown),
        SignInFailure::InvitationOtherAccount => asking(RequestKind::InvitationOtherNumber),
        SignInFailure::AlreadyHandled | SignInFailure::NotEligible => None,
    }
}

fn asking(request: RequestKind) -> Option<Remedy> {
    Some(Remedy::AskEmployer { request })
}
