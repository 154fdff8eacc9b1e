//! Why a call brought no answer, told apart by status, content and transport before anything is parsed.

use std::error::Error as _;

use super::challenge::StepUp;
use crate::problem::{Problem, SignInFailure};

/// Why a call brought no usable answer. Holds no address, no body and no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The name could not be resolved.
    #[error("name not resolved")]
    Dns,
    /// No connection.
    #[error("no connection")]
    Connect,
    /// The server's certificate is not believed, or TLS failed.
    #[error("TLS failed")]
    Tls,
    /// No answer in time.
    #[error("timed out")]
    Timeout,
    /// The connection ended before the answer did.
    #[error("answer cut short")]
    Truncated,
    /// The phone's path to the network changed before the answer was here.
    #[error("path to the network changed")]
    PathChanged,
    /// The answer is larger than anything we ask for.
    #[error("answer too large")]
    TooLarge,
    /// Something in between answers in the operator's place: HTML where JSON belongs, or a redirect.
    #[error("answered by something in between")]
    Portal,
    /// A status that is no success.
    #[error("status {status}")]
    Status {
        /// The status.
        status: u16,
        /// Seconds to wait before asking again, where the operator said so.
        retry_after_seconds: Option<u32>,
    },
    /// The API wants a newer or a stronger sign-in for this one thing (RFC 9470 §3). The token is as good as it was.
    #[error("wants a newer sign-in")]
    StepUp(StepUp),
    /// The operator asked to wait and the wait is not over: nothing was sent.
    #[error("waiting {seconds} s as asked")]
    Waiting {
        /// Seconds left.
        seconds: u32,
    },
    /// The address is not one of the operator's: nothing was sent.
    #[error("foreign origin")]
    ForeignOrigin,
    /// The server asks for another proof of possession each time, and nothing comes of it (RFC 9449 §8).
    #[error("no proof of possession is good enough")]
    ProofRefused,
    /// The HTTP client could not be built from the profile's trust anchors.
    #[error("trust anchors unusable")]
    Setup,
    /// The phone's clock or secure store failed.
    #[error("host: {0}")]
    Host(#[from] crate::host::HostError),
}

impl Failure {
    /// Whether another try may help: the same request, a moment later.
    pub fn is_transient(&self) -> bool {
        match self {
            Failure::Dns | Failure::Connect | Failure::Timeout | Failure::Truncated | Failure::PathChanged => true,
            Failure::Status { status, .. } => *status >= 500 || *status == 408,
            _ => false,
        }
    }

    /// Whether the request may have reached the server.
    pub fn was_sent(&self) -> bool {
        match self {
            Failure::Dns
            | Failure::Connect
            | Failure::Tls
            | Failure::Waiting { .. }
            | Failure::ForeignOrigin
            | Failure::Setup
            | Failure::Host(_) => false,
            Failure::Timeout
            | Failure::Truncated
            | Failure::PathChanged
            | Failure::TooLarge
            | Failure::Portal
            | Failure::ProofRefused
            | Failure::StepUp(_)
            | Failure::Status { .. } => true,
        }
    }

    /// Whether the server may have done what was asked although its answer never came. A gateway that heard nothing
    /// usable from the server behind it cannot tell either (RFC 9110 §15.6.3, §15.6.5).
    pub fn is_ambiguous(&self) -> bool {
        matches!(
            self,
            Failure::Timeout | Failure::Truncated | Failure::PathChanged | Failure::Status { status: 502 | 504, .. }
        )
    }

    /// Sorts a transport error: first of all whether there was a connection to send anything on.
    pub(crate) fn from_transport(error: &reqwest::Error) -> Failure {
        if error.is_builder() {
            Failure::Setup
        } else if !error.is_connect() {
            if error.is_timeout() { Failure::Timeout } else { Failure::Truncated }
        } else if error.is_dns() {
            Failure::Dns
        } else if error.source().is_some_and(has_tls) {
            Failure::Tls
        } else {
            Failure::Connect
        }
    }
}

fn has_tls(error: &(dyn std::error::Error + 'static)) -> bool {
    is_tls(error) || error.source().is_some_and(has_tls)
}

/// TLS errors travel inside I/O errors, sometimes one within another, where `source` does not look.
fn is_tls(error: &(dyn std::error::Error + 'static)) -> bool {
    let inner = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    error.is::<rustls::Error>() || inner.is_some_and(|inner| is_tls(inner))
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Dns | Failure::Connect | Failure::Timeout | Failure::Truncated | Failure::PathChanged => {
                Problem::Offline
            }
            Failure::Tls | Failure::Portal => Problem::BlockedNetwork,
            Failure::TooLarge => Problem::NotUnderstood { code: "too_large".to_owned() },
            Failure::Waiting { seconds } => Problem::ServiceUnavailable { retry_after_seconds: Some(seconds) },
            Failure::Status { status: 429 | 500..=599 | 408, retry_after_seconds } => {
                Problem::ServiceUnavailable { retry_after_seconds }
            }
            Failure::StepUp(_) => Problem::sign_in(SignInFailure::StepUpRequired),
            Failure::Status { status: 401 | 403, .. } => Problem::NotPermitted,
            Failure::Status { status, .. } => Problem::Unexpected { code: format!("http_{status}") },
            Failure::ForeignOrigin => Problem::unexpected("foreign_origin"),
            Failure::ProofRefused => Problem::ServiceUnavailable { retry_after_seconds: None },
            Failure::Setup => {
                Problem::Configuration { field: "trust.anchorsPem".to_owned(), reason: "cannot be used".to_owned() }
            }
            Failure::Host(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_sent_is_never_ambiguous() {
        let status = |status| Failure::Status { status, retry_after_seconds: None };
        let vectors = [
            (Failure::Dns, false, false),
            (Failure::Connect, false, false),
            (Failure::Tls, false, false),
            (Failure::Waiting { seconds: 1 }, false, false),
            (Failure::ForeignOrigin, false, false),
            (Failure::Setup, false, false),
            (Failure::Host(crate::host::HostError::Failed), false, false),
            (Failure::Timeout, true, true),
            (Failure::Truncated, true, true),
            (Failure::PathChanged, true, true),
            (status(502), true, true),
            (status(504), true, true),
            (status(503), true, false),
            (status(400), true, false),
            (Failure::TooLarge, true, false),
            (Failure::Portal, true, false),
            (Failure::ProofRefused, true, false),
            (Failure::StepUp(StepUp::default()), true, false),
        ];
        for (failure, sent, ambiguous) in vectors {
            assert_eq!((failure.was_sent(), failure.is_ambiguous()), (sent, ambiguous), "{failure}");
        }
    }
}
