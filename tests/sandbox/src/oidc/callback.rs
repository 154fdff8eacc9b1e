//! The way back to the app: one redirect with a code or an error, state and iss (RFC 9207), bent where a fault says so.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::request::Wrong;
use crate::faults::IdentityFaults;

/// Who is told, and what every answer to them carries.
#[derive(Debug)]
pub(super) struct Callback<'a> {
    pub(super) redirect_uri: &'a str,
    pub(super) state: Option<&'a str>,
    pub(super) issuer: &'a str,
    pub(super) faults: &'a IdentityFaults,
}

impl Callback<'_> {
    pub(super) fn code(&self, code: &str) -> Response {
        self.send(&[("code", code)])
    }

    pub(super) fn error(&self, (error, why): Wrong) -> Response {
        self.send(&[("error", error), ("error_description", why)])
    }

    /// An error whose code a fault names.
    pub(super) fn told(&self, error: &str) -> Response {
        self.send(&[("error", error), ("error_description", "the sandbox was told to answer so")])
    }

    fn send(&self, parameters: &[(&str, &str)]) -> Response {
        let state = self.faults.callback_state.as_deref().or(self.state).unwrap_or_default();
        let issuer = self.faults.callback_iss.as_deref().unwrap_or(self.issuer);
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(parameters);
        query.extend_pairs([("state", state), ("iss", issuer)].iter().filter(|(_, value)| !value.is_empty()));
        redirect(self.redirect_uri, &query.finish())
    }
}

/// 303 to an address of the app, with these parameters added.
pub(super) fn redirect(to: &str, query: &str) -> Response {
    let joint = match (query.is_empty(), to.contains('?')) {
        (true, _) => "",
        (false, true) => "&",
        (false, false) => "?",
    };
    let headers = [(header::LOCATION, format!("{to}{joint}{query}")), (header::CACHE_CONTROL, "no-store".to_owned())];
    (StatusCode::SEE_OTHER, headers).into_response()
}
