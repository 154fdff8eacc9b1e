//! Why a call brought no answer, told apart by status, content and transport before anything is parsed.

use std::error::Error as _;

use crate::problem::Problem;

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
    /// The operator asked to wait and the wait is not over: nothing was sent.
    #[error("waiting {seconds} s as asked")]
    Waiting {
        /// Seconds left.
        seconds: u32,
    },
    /// The address is not one of the operator's: nothing was sent.
    #[error("foreign origin")]
    ForeignOrigin,
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
            Failure::Dns | Failure::Connect | Failure::Timeout | Failure::Truncated => true,
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
            Failure::Timeout | Failure::Truncated | Failure::TooLarge | Failure::Portal | Failure::Status { .. } => {
                true
            }
        }
    }

    /// Whether the server may have done what was asked although its answer never came. A gateway that heard nothing
    /// usable from the server behind it cannot tell either (RFC 9110 §15.6.3, §15.6.5).
    pub fn is_ambiguous(&self) -> bool {
        matches!(self, Failure::Timeout | Failure::Truncated | Failure::Status { status: 502 | 504, .. })
    }

    /// Sorts a transport error.
    pub(crate) fn from_transport(error: &reqwest::Error) -> Failure {
        if error.is_timeout() {
            return Failure::Timeout;
        }
        let mut source = error.source();
        while let Some(cause) = source {
            if is_tls(cause) {
                return Failure::Tls;
            }
            if cause.to_string().starts_with("dns error") {
                return Failure::Dns;
            }
            source = cause.source();
        }
        if error.is_body() || error.is_decode() {
            Failure::Truncated
        } else if error.is_builder() {
            Failure::Setup
        } else {
            Failure::Connect
        }
    }
}

/// TLS errors travel inside I/O errors, sometimes one within another, where `source` does not look.
fn is_tls(error: &(dyn std::error::Error + 'static)) -> bool {
    let inner = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    error.is::<rustls::Error>() || inner.is_some_and(|inner| is_tls(inner))
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Dns | Failure::Connect | Failure::Timeout | Failure::Truncated => Problem::Offline,
            Failure::Tls | Failure::Portal => Problem::BlockedNetwork,
            Failure::TooLarge => Problem::NotUnderstood { code: "too_large".to_owned() },
            Failure::Waiting { seconds } => Problem::ServiceUnavailable { retry_after_seconds: Some(seconds) },
            Failure::Status { status: 429 | 500..=599 | 408, retry_after_seconds } => {
                Problem::ServiceUnavailable { retry_after_seconds }
            }
            Failure::Status { status: 401 | 403, .. } => Problem::NotPermitted,
            Failure::Status { status, .. } => Problem::Unexpected { code: format!("http_{status}") },
            Failure::ForeignOrigin => Problem::unexpected("foreign_origin"),
            Failure::Setup => {
                Problem::Configuration { field: "trust.anchorsPem".to_owned(), reason: "cannot be used".to_owned() }
            }
            Failure::Host(error) => error.into(),
        }
    }
}
