//! The canaries of a story: everything secret in it, looked for in every spelling wherever it must not be. Tokens, codes,
//! verifiers and nonces belong into the secure store and to the endpoint of their issuer, and nowhere else.

use std::fmt::{Debug, Write};
use std::panic;
use std::sync::{Mutex, Once};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use companion::Problem;
use companion_journeys::{Change, Phone};
use companion_sandbox::{LoggedRequest, PersonCard};
use serde_json::Value;

use crate::story::parameter;

/// What a secret is, which decides who may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Code,
    State,
    Verifier,
    Nonce,
    Access,
    Refresh,
    IdToken,
    Number,
    Password,
    Sub,
    Invitation,
    Key,
    Other,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Secret {
    kind: Kind,
    bytes: Vec<u8>,
}

/// The secrets of a story, and what was said aloud in it.
#[derive(Debug, Default)]
pub struct Canaries {
    secrets: Vec<Secret>,
    said: Vec<(String, Vec<u8>)>,
    /// What a screen shows of a person's own: there the number and the identifiers of lines are no secrets.
    shown: Vec<Vec<u8>>,
}

/// Shorter than this it would be found by chance.
const SHORTEST: usize = 6;

impl Canaries {
    pub fn new() -> Canaries {
        record_panics();
        Canaries::default()
    }

    pub fn add(&mut self, kind: Kind, bytes: impl AsRef<[u8]>) {
        let secret = Secret { kind, bytes: bytes.as_ref().to_vec() };
        if secret.bytes.len() >= SHORTEST && !self.secrets.contains(&secret) {
            self.secrets.push(secret);
        }
    }

    /// How many secrets of a kind there are.
    pub fn count(&self, kind: Kind) -> usize {
        self.secrets.iter().filter(|secret| secret.kind == kind).count()
    }

    /// Every secret in hex, for a search in another process.
    pub fn in_hex(&self) -> Vec<String> {
        self.secrets.iter().map(|secret| hex(&secret.bytes)).collect()
    }

    /// A person: the number in each of the ways it is written.
    pub fn person(&mut self, person: &PersonCard) {
        let digits = person.number.trim_start_matches('+');
        let national = digits.strip_prefix("32").unwrap_or(digits);
        for number in [person.number.clone(), digits.to_owned(), format!("0{national}"), national.to_owned()] {
            self.add(Kind::Number, number);
        }
        self.add(Kind::Password, &person.password);
        self.add(Kind::Sub, &person.sub);
    }

    /// What an address of the sign-in holds: the page's, or the one the browser comes back with.
    pub fn address(&mut self, url: &str) {
        for (name, kind) in [("code", Kind::Code), ("state", Kind::State), ("nonce", Kind::Nonce)] {
            if let Some(value) = parameter(url, name) {
                self.add(kind, value);
            }
        }
    }

    /// Everything that was ever a secret in a keychain.
    pub fn keychain(&mut self, history: &[Change]) {
        for (name, value) in history {
            let Some(bytes) = value else { continue };
            if name.starts_with("data-key/") {
                self.add(Kind::Key, bytes);
            }
            if let Ok(item) = serde_json::from_slice::<Value>(bytes) {
                self.leaves(name, &item);
            }
        }
    }

    /// Whatever looks like a secret within an item: long text that is no address and no name of rows.
    fn leaves(&mut self, name: &str, value: &Value) {
        match value {
            Value::Object(members) => members.iter().for_each(|(name, member)| self.leaves(name, member)),
            Value::Array(items) => items.iter().for_each(|item| self.leaves(name, item)),
            Value::String(text) if text.len() >= 16 && !text.contains(":/") => {
                let kind = match name {
                    // Names of rows and of the installation, which say nothing to whoever finds them.
                    "subject" | "install" => return,
                    "access" => Kind::Access,
                    "refresh" | "token" => Kind::Refresh,
                    "id_token" => Kind::IdToken,
                    "nonce" => Kind::Nonce,
                    "verifier" => Kind::Verifier,
                    "sub" => Kind::Sub,
                    _ => Kind::Other,
                };
                self.add(kind, text);
            }
            _ => {}
        }
    }

    /// Text that anybody may read: a log, an error, a crash report.
    pub fn said(&mut self, place: &str, text: impl AsRef<[u8]>) {
        self.said.push((place.to_owned(), text.as_ref().to_vec()));
    }

    /// The debug text of anything.
    pub fn debug(&mut self, place: &str, thing: &impl Debug) {
        self.said(place, format!("{thing:?}"));
    }

    /// A problem: its debug text, its message, and what a person reads of it.
    pub fn problem(&mut self, phone: &Phone, problem: &Problem) {
        self.said("a problem", format!("{problem:?} {problem} {:?}", phone.core.explain(problem.clone())));
    }

    /// The files and the objects of a phone.
    pub fn phone(&mut self, phone: &Phone) {
        self.keychain(&phone.secure_store.history());
        for entry in std::fs::read_dir(phone.data.path()).unwrap() {
            let path = entry.unwrap().path();
            self.said(&format!("{}", path.display()), std::fs::read(&path).unwrap());
        }
        let core = &phone.core;
        let objects = (core, core.session(), core.usage(), core.app_lock(), core.session().state());
        self.debug("an object", &objects);
        self.debug("the lock", &core.app_lock().state());
        self.shown.push(format!("{:?}", core.usage().state()).into_bytes());
    }

    /// Where secrets are that must not be there, in words.
    pub fn leaks(&self, requests: &[LoggedRequest]) -> Vec<String> {
        let mut leaks = Vec::new();
        // Most secrets are in no request at all, which one look tells.
        let asked = format!("{requests:?}").into_bytes();
        let panics = PANICS.lock().unwrap().clone();
        // The core itself never falls, whatever it is fed.
        leaks.extend(panics.iter().filter(|text| text.contains("core/src/")).cloned());
        let panics = panics.join("\n").into_bytes();
        for Secret { kind, bytes } in &self.secrets {
            let spellings = spellings(bytes);
            let mut look = |place: &str, haystack: &[u8], allowed: bool| {
                if allowed {
                    return;
                }
                for (spelling, needle) in &spellings {
                    if memchr::memmem::find(haystack, needle).is_some() {
                        leaks.push(format!("{kind:?} {:?} as {spelling} in {place}", String::from_utf8_lossy(bytes)));
                    }
                }
            };
            for (place, text) in &self.said {
                look(place, text, false);
            }
            for text in &self.shown {
                look("a screen", text, matches!(kind, Kind::Number | Kind::Sub));
            }
            look("a panic", &panics, false);
            let anywhere = spellings.iter().any(|(_, needle)| memchr::memmem::find(&asked, needle).is_some());
            for LoggedRequest { method, path, query, carried, .. } in requests.iter().filter(|_| anywhere) {
                let place = |part: &str| format!("{part} of {method} {path}");
                look(&place("the path"), path.as_bytes(), false);
                look(&place("the query"), query.as_bytes(), may_ask(path, *kind));
                look(&place("the body"), carried.body.as_bytes(), may_post(path, *kind));
                for (name, value) in &carried.headers {
                    let allowed = name == "authorization" && *kind == Kind::Access && is_api(path);
                    look(&place(name), value.as_bytes(), allowed);
                }
            }
        }
        leaks
    }
}

fn is_api(path: &str) -> bool {
    path == "/userinfo" || path.starts_with("/tmf-api/")
}

/// What may stand in the address of a request to the issuer.
fn may_ask(path: &str, kind: Kind) -> bool {
    match kind {
        // The page's address, which the browser opens.
        Kind::State | Kind::Nonce => path == "/authorize",
        Kind::Invitation => path == "/invitation",
        // The line that is asked about.
        Kind::Number | Kind::Sub => is_api(path),
        _ => false,
    }
}

/// What may be posted to the issuer.
fn may_post(path: &str, kind: Kind) -> bool {
    match path {
        "/token" => matches!(kind, Kind::Code | Kind::Verifier | Kind::Refresh),
        "/revoke" => matches!(kind, Kind::Refresh | Kind::Access),
        "/par" => matches!(kind, Kind::State | Kind::Nonce | Kind::Number | Kind::Invitation),
        // The person in the browser.
        "/sign-in" | "/register" => matches!(kind, Kind::Number | Kind::Password),
        "/invitation" => matches!(kind, Kind::Invitation | Kind::Password),
        _ => false,
    }
}

/// A secret as it could have been written.
fn spellings(secret: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let mut all = vec![("itself", secret.to_vec())];
    let encoded: String = url::form_urlencoded::byte_serialize(secret).collect();
    if encoded.as_bytes() != secret {
        all.push(("percent-encoded text", encoded.into_bytes()));
    }
    let hex = hex(secret);
    all.push(("HEX", hex.to_uppercase().into_bytes()));
    all.push(("hex", hex.into_bytes()));
    // As derived `Debug` writes bytes, and with it some errors of parsers.
    let numbers: Vec<String> = secret.iter().map(u8::to_string).collect();
    all.push(("a list of bytes", numbers.join(", ").into_bytes()));
    all.push(("a JSON list of bytes", numbers.join(",").into_bytes()));
    // Within something longer that was encoded: it may begin at any of three places.
    for skipped in 0..3 {
        let text = [&vec![0; skipped], secret].concat();
        for (name, engine) in [("base64", &STANDARD_NO_PAD), ("base64url", &URL_SAFE_NO_PAD)] {
            let encoded = engine.encode(&text).into_bytes();
            let end = text.len() / 3 * 4;
            let start = [0, 2, 3][skipped];
            all.push((name, encoded[start..end.max(start)].to_vec()));
        }
    }
    all.retain(|(_, needle)| needle.len() >= SHORTEST);
    all
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Keeps the text of every panic from now on, as a crash reporter would.
fn record_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let earlier = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            // What fails in a story speaks of its secrets, and is no other story's leak.
            let file = info.location().map_or("", |location| location.file());
            if !file.contains("tests/attacks/") || file.ends_with("canaries.rs") {
                PANICS.lock().unwrap().push(info.to_string());
            }
            earlier(info);
        }));
    });
}

mod the_search_itself {
    use super::*;

    const SECRET: &str = "rt-canary/of+Zürich_7Qm9";

    fn of_one_secret(kind: Kind) -> Canaries {
        let mut canaries = Canaries::new();
        canaries.add(kind, SECRET);
        canaries
    }

    fn request(path: &str) -> LoggedRequest {
        let (method, path) = ("POST".to_owned(), path.to_owned());
        LoggedRequest {
            method,
            path,
            query: String::new(),
            status: 200,
            if_none_match: None,
            carried: Default::default(),
        }
    }

    #[test]
    fn finds_a_planted_secret_in_every_spelling_and_at_every_place_of_a_longer_text() {
        for (spelling, _) in spellings(SECRET.as_bytes()) {
            for length in 0..4 {
                let whole = [b"{\"a\":\"", &b"xyz"[..length.min(3)], SECRET.as_bytes(), b"\"}"].concat();
                let numbers = |joint| whole.iter().map(u8::to_string).collect::<Vec<_>>().join(joint);
                let hex = whole.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
                let written = match spelling {
                    "itself" => String::from_utf8(whole.clone()).unwrap(),
                    "percent-encoded text" => url::form_urlencoded::byte_serialize(&whole).collect(),
                    "hex" => hex,
                    "HEX" => hex.to_uppercase(),
                    "a list of bytes" => numbers(", "),
                    "a JSON list of bytes" => numbers(","),
                    "base64" => STANDARD_NO_PAD.encode(&whole),
                    _ => URL_SAFE_NO_PAD.encode(&whole),
                };
                let mut canaries = of_one_secret(Kind::Refresh);
                assert_eq!(canaries.leaks(&[]), [""; 0]);
                canaries.said("a log", format!("Parse error: {written} at line 1"));
                let leaks = canaries.leaks(&[]);
                assert!(leaks.iter().any(|leak| leak.contains(spelling)), "{spelling} {length}: {leaks:?}");
            }
        }
    }

    #[test]
    fn finds_a_secret_in_each_part_of_a_request_that_is_not_its_own() {
        let mut own = request("/token");
        own.carried.body = format!("refresh_token={SECRET}");
        assert_eq!(of_one_secret(Kind::Refresh).leaks(&[own.clone()]), [""; 0]);
        assert_eq!(of_one_secret(Kind::Access).leaks(&[own]).len(), 1, "of another kind it does not belong there");
        let mut body = request("/jwks");
        body.carried.body = SECRET.to_owned();
        let query = LoggedRequest { query: format!("t={SECRET}"), ..request("/token") };
        let path = request(&format!("/token/{SECRET}"));
        let mut header = request("/.well-known/openid-configuration");
        header.carried.headers.push(("authorization".to_owned(), format!("Bearer {SECRET}")));
        for misplaced in [body, query, path, header] {
            assert_eq!(of_one_secret(Kind::Access).leaks(std::slice::from_ref(&misplaced)).len(), 1, "{misplaced:?}");
        }
        let mut bearer = request("/userinfo");
        bearer.carried.headers.push(("authorization".to_owned(), format!("Bearer {SECRET}")));
        assert_eq!(of_one_secret(Kind::Access).leaks(&[bearer.clone()]), [""; 0]);
        assert_eq!(of_one_secret(Kind::Refresh).leaks(&[bearer]).len(), 1);
    }

    #[test]
    fn finds_a_secret_in_the_text_of_a_panic() {
        let canaries = of_one_secret(Kind::Code);
        // Another's alone: what is planted here must not be found in the stories beside it.
        let secret = "planted-in-a-panic-8813";
        let mut planted = Canaries::new();
        planted.add(Kind::Code, secret);
        let fallen = panic::catch_unwind(|| panic!("could not parse {:?}", secret.as_bytes()));
        assert!(fallen.is_err());
        assert_eq!(planted.leaks(&[]).len(), 1, "{:?}", planted.leaks(&[]));
        assert_eq!(canaries.leaks(&[]), [""; 0]);
    }

    #[test]
    fn knows_what_is_secret_in_a_keychain() {
        let session = r#"{"version":2,"install":"an-installation-of-the-app","subject":"a-pseudonym-of-somebody",
            "sub":"somebody-at-the-operator","endpoints":{"token":"https://id.example/token"},
            "access":"an-access-token-1","refresh":"a-refresh-token-1","id_token":"header.claims.signature","nonce":"a-nonce-of-43"}"#;
        let attempt =
            r#"{"Waiting":{"verifier":"a-verifier-of-43-letters","nonce":"a-nonce-of-43-letters","until_ms":1}}"#;
        let history =
            [("session", session), ("attempt/x", attempt), ("data-key/y", "0123456789abcdef0123456789abcdef")]
                .map(|(name, value)| (name.to_owned(), Some(value.as_bytes().to_vec())));
        let mut canaries = Canaries::new();
        canaries.keychain(&history);
        let kinds = [Kind::Access, Kind::Refresh, Kind::IdToken, Kind::Sub, Kind::Verifier, Kind::Nonce, Kind::Key];
        assert_eq!(kinds.map(|kind| canaries.count(kind)), [1; 7], "{canaries:?}");
        assert_eq!(canaries.secrets.len(), 7, "{canaries:?}");
    }
}
