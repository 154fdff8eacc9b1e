//! What can go wrong, told by what the app does differently. Variants carry machine data only: no server text, no
//! secrets, no sentences. [`crate::CompanionCore::explain`] turns one into a person's language.

mod remedy;

#[cfg(test)]
pub(crate) use remedy::FINAL;
pub use remedy::Remedy;

/// Why an action did not succeed. Whatever the variant, values already on the screen stay.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
#[uniffi::export(Display)]
pub enum Problem {
    /// No way to the operator: no network, no name resolution, no connection, or no answer in time.
    #[error("offline")]
    Offline,
    /// The operator answered that it cannot serve now (5xx, 429, maintenance), or answered nothing usable.
    #[error("service unavailable")]
    ServiceUnavailable {
        /// Seconds the operator asks to wait (RFC 9110 §10.2.3), when it said so.
        retry_after_seconds: Option<u32>,
    },
    /// The operator shows this only so often within a while (429): it alone has to wait, everything else goes on.
    #[error("too often")]
    TooOften {
        /// Seconds the operator asks to wait, at most a day, when it said so.
        retry_after_seconds: Option<u32>,
    },
    /// The network in between answers instead of the operator: a Wi-Fi sign-in page or an inspecting proxy.
    #[error("blocked network")]
    BlockedNetwork,
    /// The session is over; the person must sign in again. The only problem that leads to the sign-in screen.
    #[error("session ended")]
    SessionEnded {
        /// What ended it.
        reason: SessionEnd,
    },
    /// A sign-in did not complete. Nothing is lost; the session is what it was before.
    #[error("sign-in failed: {reason:?}")]
    SignIn {
        /// What stopped it.
        reason: SignInFailure,
    },
    /// The operator refuses this for this person's number (403, or a second 401).
    #[error("not permitted")]
    NotPermitted,
    /// The operator's answer could not be understood; the last good value is kept.
    #[error("not understood: {code}")]
    NotUnderstood {
        /// A short stable code for support, such as `not_json` or `too_large`.
        code: String,
    },
    /// The phone's storage does not answer: locked since start, full, or failing.
    #[error("storage unavailable: {reason:?}")]
    StorageUnavailable {
        /// What is the matter with it.
        reason: StorageFailure,
    },
    /// The operator profile is incomplete or wrong; only a new app version can mend it.
    #[error("configuration: {field}: {reason}")]
    Configuration {
        /// The field at fault, as a path such as `identity.issuer`.
        field: String,
        /// What is wrong with it, in English, for the developer who reads the log.
        reason: String,
    },
    /// Anything else.
    #[error("unexpected: {code}")]
    Unexpected {
        /// A short stable code for support. `cancelled` when the caller's own cancel token ended the work.
        code: String,
    },
}

/// What ended a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, uniffi::Enum)]
pub enum SessionEnd {
    /// Nobody is signed in.
    SignedOut,
    /// The operator refused the refresh token (RFC 6749 §5.2 `invalid_grant`).
    Revoked,
    /// The access token ran out and the operator had granted no refresh token.
    Expired,
    /// The operator refused the refresh token after an answer of its got lost on the way: nobody can tell whether the
    /// session was ended or only its last token never arrived.
    Unknown,
    /// The phone lost the key or the tokens, as after a restore from another phone.
    KeyLost,
    /// The fingerprints or the face known to the phone changed, which destroys the key under the app lock.
    BiometryChanged,
    /// The phone's own lock was removed, which destroys the key under the app lock.
    LockRemoved,
}

/// What stopped a sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum SignInFailure {
    /// The person declined at the operator's page (`access_denied`).
    Declined,
    /// The operator's page reported an error of its own.
    OperatorError,
    /// The callback belongs to no sign-in of this app: nothing happened, and one that is waiting goes on.
    AttemptUnknown,
    /// The browser stayed away too long. Start again.
    AttemptExpired,
    /// The callback came a second time: the first one counted. Nothing to do.
    AlreadyHandled,
    /// The phone has no browser that could show the operator's page; told by the app.
    BrowserUnavailable,
    /// Somebody else signed in than whose data is on this phone. Nothing of theirs is kept yet:
    /// `replace_account` removes the other person's data first, `keep_account` leaves everything as it is.
    OtherAccount,
    /// The operator shows this only to somebody who signed in just now: `start` with `StepUp`, then ask again. The session
    /// goes on as it is.
    StepUpRequired,
    /// Somebody else signed in on the page than the person whose session it is: nobody is signed in or out by that.
    StepUpOtherPerson,
    /// The operator's page let the person through without asking who is there: the sign-in is as old as before.
    StepUpTooOld,
    /// The way in which the person showed on the page who they are is not one that the operator wants here, or the page does
    /// not say which it was. To start again helps where the page offers another way, which the
    /// person then chooses; else only the operator can help.
    StepUpTooWeak,
    /// The account is not complete yet: the person finishes it at the operator's page.
    ProfileIncomplete,
    /// An account for this number is made with the invitation that the employer has sent.
    InvitationRequired,
    /// The operator does not offer the app for this number.
    NotEligible,
    /// The invitation was used before.
    InvitationUsed,
    /// The invitation is too old.
    InvitationExpired,
    /// The operator does not know the invitation.
    InvitationUnknown,
    /// The invitation is for another number than the one signed in.
    InvitationOtherAccount,
    /// The answer did not pass a security check; stopped for safety.
    Rejected {
        /// Which check, for support.
        check: SecurityCheck,
    },
}

/// What a sign-in is checked for. A check that fails stops it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum SecurityCheck {
    /// The provider's description differs from the profile, or offers less than PKCE with S256
    /// (OpenID Connect Discovery 1.0 §4.3, RFC 7636).
    Provider,
    /// `iss` of the callback is missing or another's (RFC 9207).
    Issuer,
    /// The provider refused the code: not ours, used, or for another verifier (RFC 6749 §5.2).
    Code,
    /// Tokens of another type than asked for, such as Bearer where they must be bound to a key (RFC 9449 §5).
    TokenType,
    /// The id token is missing, or its claims are not for this sign-in (OpenID Connect Core §3.1.3.7).
    IdToken,
    /// The id token's signature, algorithm or key is not the provider's.
    Signature,
}

/// What is the matter with the phone's storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum StorageFailure {
    /// Not unlocked since the device started.
    Locked,
    /// The app is locked: unlock it first.
    AppLocked,
    /// The person did not show that it is them, or the phone cannot tell (no screen lock is set).
    NotPresent,
    /// No space left.
    Full,
    /// The core is suspended; call `resume` first.
    Suspended,
    /// It fails.
    Failing,
}

/// A problem in a person's words.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Explanation {
    /// A few words.
    pub title: String,
    /// One plain sentence: what is the matter, and that nothing is lost.
    pub sentence: String,
    /// The person ended it themselves, or said no on the operator's page: nothing is drawn of it.
    pub is_silent: bool,
    /// What the person can do, as the label of a button; absent when there is nothing to do but wait.
    pub action: Option<String>,
    /// What that button does.
    pub remedy: Option<Remedy>,
    /// The other button, where the person has to choose: "Keep" beside "Replace". It calls `keep_account`.
    pub alternative: Option<String>,
    /// Title and sentence for a screen reader.
    pub spoken: String,
    /// A short stable code for support, such as `session_revoked`; shown small, never alone.
    pub code: String,
}

impl Explanation {
    /// The sentence alone, for a line on a screen.
    pub fn as_text(&self) -> crate::text::Text {
        crate::text::Text { text: self.sentence.clone(), spoken: self.spoken.clone() }
    }
}

impl Problem {
    /// A code for support, stable over releases.
    pub fn unexpected(code: &str) -> Self {
        Problem::Unexpected { code: code.to_owned() }
    }

    /// The caller's own cancel token ended the work.
    pub fn cancelled() -> Self {
        Self::unexpected("cancelled")
    }

    /// A sign-in did not complete.
    pub(crate) fn sign_in(reason: SignInFailure) -> Self {
        Problem::SignIn { reason }
    }

    /// A sign-in was stopped for safety.
    pub(crate) fn rejected(check: SecurityCheck) -> Self {
        Self::sign_in(SignInFailure::Rejected { check })
    }

    /// Whether the person knows already: they ended it.
    pub(crate) fn is_silent(&self) -> bool {
        self.is_cancelled() || matches!(self, Problem::SignIn { reason: SignInFailure::Declined })
    }

    /// Whether time or a network mends it. Where every line is asked for on its own, only what failed so is asked for again at the
    /// next occasion: what was an answer stays good as long as one does.
    pub(crate) fn may_pass(&self) -> bool {
        match self {
            Problem::Offline
            | Problem::BlockedNetwork
            | Problem::ServiceUnavailable { .. }
            | Problem::SessionEnded { .. }
            | Problem::StorageUnavailable { .. } => true,
            Problem::TooOften { .. }
            | Problem::SignIn { .. }
            | Problem::NotPermitted
            | Problem::NotUnderstood { .. }
            | Problem::Configuration { .. }
            | Problem::Unexpected { .. } => false,
        }
    }

    /// Whether the caller's own cancel token ended the work.
    pub fn is_cancelled(&self) -> bool {
        matches!(self, Problem::Unexpected { code } if code == "cancelled")
    }
}

impl From<crate::host::HostError> for Problem {
    fn from(error: crate::host::HostError) -> Self {
        use crate::host::HostError;
        match error {
            HostError::Locked => Problem::StorageUnavailable { reason: StorageFailure::Locked },
            HostError::PresenceDenied | HostError::PresenceUnavailable => {
                Problem::StorageUnavailable { reason: StorageFailure::NotPresent }
            }
            HostError::PresenceCancelled => Problem::cancelled(),
            // Whose item is lost decides what that means; by itself no error of the phone ends a session.
            HostError::Busy
            | HostError::Failed
            | HostError::KeyInvalidated
            | HostError::BiometryChanged
            | HostError::LockRemoved
            | HostError::Corrupt => Problem::StorageUnavailable { reason: StorageFailure::Failing },
        }
    }
}
