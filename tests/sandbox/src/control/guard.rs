//! Who may use the control side. It moves clocks and breaks answers, so no web page of somebody else may reach it through the
//! browser of whoever runs it, and nobody on the network without the key.
//!
//! | rule | against |
//! |---|---|
//! | `Host` is an address, `localhost`, or a name the sandbox was given | DNS rebinding |
//! | whatever a browser asks of `/control` comes from this very page: `Origin`, `Sec-Fetch-Site` | forged requests of other sites |
//! | from another machine, all but the certificate and the profile needs the key | neighbours on the network |
//!
//! A program sends neither `Origin` nor `Sec-Fetch-Site`, and on this machine it needs no key.

use std::net::IpAddr;
use std::sync::Arc;

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Refusal;
use crate::http::{pairs, single};
use crate::ids::sha256;
use crate::place::host_name;
use crate::server::Connection;
use crate::state::Shared;

/// Carries the key; the page, whose address holds it as `key`, sends it along.
pub(super) const KEY: HeaderName = HeaderName::from_static("sandbox-key");
const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// What an app needs before anything works, without a secret in it.
const OPEN: [&str; 4] = ["/ca.pem", "/profile.json", "/page.css", "/page.js"];

/// Who asks for what, as far as it matters here.
#[derive(Debug, Clone, Copy)]
struct Caller<'a> {
    peer: Option<IpAddr>,
    path: &'a str,
    reads: bool,
    host: Option<&'a str>,
    origin: Option<&'a str>,
    site: Option<&'a str>,
    key: Option<&'a str>,
}

/// Lets through what is allowed.
pub(super) async fn admit(
    State(shared): State<Arc<Shared>>,
    Extension(connection): Extension<Connection>,
    request: Request,
    next: Next,
) -> Response {
    let query = pairs(request.uri().query().unwrap_or_default().as_bytes());
    let headers = request.headers();
    let caller = Caller {
        peer: connection.peer,
        path: request.uri().path(),
        reads: matches!(*request.method(), Method::GET | Method::HEAD),
        host: text(headers, header::HOST),
        origin: text(headers, header::ORIGIN),
        site: text(headers, SITE),
        key: text(headers, KEY).or(single(&query, "key")),
    };
    match caller.refused(&shared.place.names, &shared.place.key) {
        Some(why) => Refusal(StatusCode::FORBIDDEN, why).into_response(),
        None => next.run(request).await,
    }
}

/// A header that is not text counts as one that is there and is wrong.
fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).map(|value| value.to_str().unwrap_or_default())
}

impl Caller<'_> {
    /// Why this is not done; none: it may be.
    fn refused(&self, names: &[String], key: &str) -> Option<String> {
        if let Some(host) = self.host.filter(|host| !is_ours(host, names)) {
            return Some(format!("{host} is no name of this sandbox; --name gives it one"));
        }
        if !self.reads || self.path.starts_with("/control") {
            let own = self.host.map(|host| format!("http://{host}"));
            let foreign = self.origin.is_some_and(|origin| own.as_deref() != Some(origin))
                || self.site.is_some_and(|site| !["same-origin", "none"].contains(&site));
            if foreign {
                return Some("another site’s page does not control this sandbox".to_owned());
            }
        }
        let is_here = self.peer.is_none_or(|peer| peer.to_canonical().is_loopback());
        let has_key = self.key.is_some_and(|given| sha256(given.as_bytes()) == sha256(key.as_bytes()));
        if !is_here && !has_key && !OPEN.contains(&self.path) {
            let told = "from another machine this needs the key: open the address that the sandbox printed";
            return Some(told.to_owned());
        }
        None
    }
}

/// No name but ours: a name of somebody else may lead here too. An address leads nowhere else.
fn is_ours(host: &str, names: &[String]) -> bool {
    let name = host_name(host);
    name == "localhost" || name.parse::<IpAddr>().is_ok() || names.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: &str = "127.0.0.1";
    const NEAR: &str = "192.168.1.7";

    fn caller(peer: &str) -> Caller<'static> {
        let (host, path) = (Some("127.0.0.1:8445"), "/control/advance");
        let peer = peer.parse().ok();
        Caller { peer, path, reads: false, host, origin: None, site: None, key: None }
    }

    fn may(caller: Caller) -> bool {
        caller.refused(&["laptop.test".to_owned()], "the-key").is_none()
    }

    #[test]
    fn only_a_name_of_ours_leads_here() {
        for (host, allowed) in [
            ("127.0.0.1:8445", true),
            ("localhost:8445", true),
            ("LOCALHOST", true),
            ("[::1]:8445", true),
            ("::1", true),
            ("192.168.1.5:8445", true),
            ("10.0.2.2:8445", true),
            ("laptop.test:8445", true),
            ("Laptop.Test", true),
            ("evil.example:8445", false),
            ("localhost.evil.example", false),
            ("127.0.0.1.evil.example:8445", false),
            ("laptop.test.evil.example", false),
            ("127.0.0.1:8445.evil.example", false),
            ("", false),
        ] {
            for (path, reads) in [("/", true), ("/control/requests", true), ("/control/advance", false)] {
                let caller = Caller { host: Some(host), path, reads, ..caller(HERE) };
                assert_eq!(may(caller), allowed, "{host} {path}");
            }
        }
    }

    #[test]
    fn what_a_browser_asks_comes_from_our_own_page() {
        let own = Some("http://127.0.0.1:8445");
        for (origin, site, allowed) in [
            (None, None, true),
            (own, Some("same-origin"), true),
            (own, None, true),
            (None, Some("none"), true),
            (None, Some("same-origin"), true),
            (None, Some("cross-site"), false),
            (None, Some("same-site"), false),
            (None, Some(""), false),
            (own, Some("same-site"), false),
            (Some("null"), None, false),
            (Some(""), None, false),
            (Some("https://127.0.0.1:8445"), None, false),
            (Some("http://127.0.0.1:8446"), None, false),
            (Some("http://127.0.0.1"), None, false),
            (Some("http://localhost:8445"), None, false),
            (Some("https://evil.example"), Some("same-origin"), false),
        ] {
            for (path, reads) in [("/control/advance", false), ("/control/requests", true), ("/", false)] {
                let caller = Caller { origin, site, path, reads, ..caller(HERE) };
                assert_eq!(may(caller), allowed, "{origin:?} {site:?} {path}");
            }
        }
    }

    #[test]
    fn a_link_on_another_site_may_open_the_page() {
        let clicked = Caller { path: "/", reads: true, site: Some("cross-site"), ..caller(HERE) };
        assert!(may(clicked));
    }

    #[test]
    fn from_another_machine_it_takes_the_key() {
        for (peer, path, key, allowed) in [
            (HERE, "/control/advance", None, true),
            ("127.0.0.2", "/control/advance", None, true),
            ("::1", "/control/advance", None, true),
            ("::ffff:127.0.0.1", "/control/advance", None, true),
            (NEAR, "/control/advance", None, false),
            ("::ffff:192.168.1.7", "/control/advance", None, false),
            (NEAR, "/control/advance", Some("the-key"), true),
            (NEAR, "/control/advance", Some("the-kez"), false),
            (NEAR, "/control/advance", Some(""), false),
            (NEAR, "/", None, false),
            (NEAR, "/", Some("the-key"), true),
            (NEAR, "/control/requests", None, false),
            (NEAR, "/control", None, false),
            (NEAR, "/ca.pem", None, true),
            (NEAR, "/profile.json", None, true),
            (NEAR, "/page.js", None, true),
        ] {
            let caller = Caller { path, key, reads: path != "/control/advance", ..caller(peer) };
            assert_eq!(may(caller), allowed, "{peer} {path} {key:?}");
        }
    }

    #[test]
    fn the_key_does_not_excuse_another_site() {
        let forged = Caller { key: Some("the-key"), origin: Some("https://evil.example"), ..caller(NEAR) };
        assert!(!may(forged));
    }
}
