//! Captures: what an operator answered, as files that hold nothing of anybody. They are made by `companion operator check
//! --save`, read by people, kept under version control, and replayed through the whole core by `companion inspect --replay`.
//!
//! A folder has `profile.json` (the addresses and habits of the operator, without certificates, contacts and comments) and one file for each
//! exchange, `NNN-NAME.json`, NAME being the request's in the contract.
//!
//! | room | what it does |
//! |---|---|
//! | `line` | tells which request of the contract an exchange is |
//! | `members`, `kinds` | what the contract says each member of an answer is |
//! | `words` | the closed list of words that say what something is, never whose |
//! | `dates` | days and moments, which are nobody's |
//! | `guides` | those that the operator signed for everybody, which stay |
//! | `shape`, `stand_ins` | what identifies by its form, and what stands in its place |
//! | `redact`, `head` | the first pass: an allow-list over bodies, addresses, headers |
//! | `proof` | the second pass: everything that came is searched for in everything that is written |
//! | `file`, `stage` | how a capture is written and read, and made ready to be played |

mod dates;
pub mod file;
pub mod guides;
mod head;
mod kinds;
mod line;
mod members;
mod proof;
mod redact;
mod shape;
pub mod stage;
mod stand_ins;
#[cfg(test)]
mod trials;
mod words;

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

use companion::operator::contract::{Contract, Request};
use companion::operator::watch::Exchange;
use serde_json::{Map, Value, json};

use self::file::{Answer, Asked, Capture, Instead};
use self::members::Members;
use self::proof::{Proof, texts};
use self::redact::{DROPPED, Redaction};
use self::words::split;

/// Why nothing was saved.
#[derive(Debug)]
pub enum NotSaved {
    /// The profile is no JSON.
    Profile,
    /// The contract of this version cannot be read.
    Contract,
    /// Something that came would still stand there. Names the file and the place, never the value.
    Found {
        /// The file.
        file: String,
        /// The way to the place in it.
        place: String,
    },
    /// The folder has something in it.
    NotEmpty,
    /// The folder cannot be written.
    Folder(io::Error),
}

impl std::fmt::Display for NotSaved {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            NotSaved::Profile => write!(f, "nothing was saved: the profile is no JSON"),
            NotSaved::Contract => write!(f, "nothing was saved: the contract of this version cannot be read"),
            NotSaved::Found { file, place } => write!(
                f,
                "nothing was saved: {file} could not be made safe, for at {place} would still stand something that the operator \
                 sent. Nothing is wrong with the operator; please tell us the file and the place"
            ),
            NotSaved::NotEmpty => write!(f, "nothing was saved: the folder is not empty"),
            NotSaved::Folder(error) => write!(f, "nothing was saved: the folder cannot be written: {error}"),
        }
    }
}

impl std::error::Error for NotSaved {}

/// Writes exchanges into a folder, which is made or empty. Nothing is written unless all of it holds nothing of anybody.
pub fn save(folder: &Path, profile_json: &str, exchanges: &[Exchange]) -> Result<usize, NotSaved> {
    let files = redacted(profile_json, exchanges)?;
    is_free(folder)?;
    fs::create_dir_all(folder).map_err(NotSaved::Folder)?;
    for (name, text) in &files {
        fs::write(folder.join(name), text).map_err(NotSaved::Folder)?;
    }
    Ok(files.len().saturating_sub(1))
}

/// Whether a folder is not there yet or empty.
pub fn is_free(folder: &Path) -> Result<(), NotSaved> {
    match fs::read_dir(folder).map(|mut entries| entries.next().is_none()) {
        Ok(true) => Ok(()),
        Ok(false) => Err(NotSaved::NotEmpty),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(NotSaved::Folder(error)),
    }
}

/// Takes what people wrote for each other out of a profile.
fn forget_comments(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, _| !name.starts_with("//"));
            members.values_mut().for_each(forget_comments);
        }
        Value::Array(values) => values.iter_mut().for_each(forget_comments),
        _ => {}
    }
}

/// The files of a folder: their names, and what stands in them.
pub fn redacted(profile_json: &str, exchanges: &[Exchange]) -> Result<Vec<(String, String)>, NotSaved> {
    let mut profile: Value = serde_json::from_str(profile_json).map_err(|_| NotSaved::Profile)?;
    if let Some(profile) = profile.as_object_mut() {
        // Contacts may be people.
        ["trust", "support"].iter().for_each(|member| drop(profile.remove(*member)));
    }
    forget_comments(&mut profile);
    let contract = Contract::shipped().map_err(|_| NotSaved::Contract)?;
    let lined = line::in_order(&contract, &profile, exchanges).into_iter().map(|(request, exchange)| Lined {
        request,
        exchange,
        members: request.map(|request| Members::of(&contract, request)),
        is_public: request.is_some_and(|request| request.id == guides::GUIDES)
            && guides::are_signed(&profile, &exchange.response_body),
    });
    let lined: Vec<Lined<'_>> = lined.collect();
    let came: String = lined.iter().map(|lined| all_that_came(lined.exchange)).collect();
    let mut redaction = Redaction::new(&contract, &profile, &came);
    let own = own_words(&contract, &redaction, &profile);
    let mut proof = Proof::beside(own.clone());
    lined.iter().for_each(|lined| note(&mut proof, lined, &|word: &str| own.contains(word)));
    redaction.numbers = proof.numbers().clone();
    let mut files = Vec::new();
    for (place, lined) in (1..).zip(&lined) {
        let capture = capture(&mut redaction, lined);
        let file = format!("{place:03}-{}.json", capture.line);
        if let Some(place) = proof.found_in(&searched(&capture, lined.is_public), lined.members.as_ref()) {
            return Err(NotSaved::Found { file, place });
        }
        files.push((file, capture.to_json()));
    }
    if let Some(place) = proof.found_in(&profile, None) {
        return Err(NotSaved::Found { file: file::PROFILE.to_owned(), place });
    }
    files.insert(0, (file::PROFILE.to_owned(), profile));
    Ok(files.into_iter().map(|(name, document)| (name, format!("{document:#}\n"))).collect())
}

/// An exchange, and what the contract says of it.
struct Lined<'a> {
    request: Option<&'a Request>,
    exchange: &'a Exchange,
    members: Option<Members>,
    /// The answer is the same for everybody.
    is_public: bool,
}

/// What of a capture is searched.
fn searched(capture: &Capture, is_public: bool) -> Value {
    let mut searched = capture.to_json();
    if let Some(answer) = searched.get_mut("response").and_then(Value::as_object_mut).filter(|_| is_public) {
        answer.remove("body");
    }
    searched
}

fn capture(redaction: &mut Redaction, lined: &Lined<'_>) -> Capture {
    let Lined { request, exchange, .. } = *lined;
    let nothing = BTreeSet::new();
    let names = request.map_or(nothing, |request| names(request, redaction));
    let origin = redaction.origin(&exchange.url);
    let asked = Asked {
        method: exchange.method.clone(),
        path: redaction.path(exchange.url.path()),
        query: redaction.query(&exchange.url, &names),
        headers: head::asked(redaction, &exchange.request_headers),
        body: exchange.request_body.as_deref().map(|body| sent(redaction, exchange, body, &names)),
        origin,
    };
    let mut left_out = 0;
    let answer = exchange.status.map(|status| {
        let headers = head::answered(redaction, &exchange.response_headers);
        let kind = kind_of_body(exchange);
        let body = match (&kind, &lined.members) {
            (None, Some(members)) => serde_json::from_slice(&exchange.response_body).ok().map(|body: Value| {
                if lined.is_public {
                    return body;
                }
                let (body, left) = redaction.document(&body, members);
                left_out = left;
                body
            }),
            _ => None,
        };
        // Of an answer that nobody knows nothing stays but its length.
        let kind = kind.or_else(|| body.is_none().then_some("json"));
        let instead = kind.map(|kind| Instead { kind: kind.to_owned(), length: exchange.response_length });
        Answer { status, headers, body, instead }
    });
    Capture {
        line: request.map_or("other", |request| request.id.as_str()).to_owned(),
        asked,
        answer,
        failure: exchange.failure.clone(),
        left_out,
    }
}

/// What a body is that is no JSON; none where it is.
fn kind_of_body(exchange: &Exchange) -> Option<&'static str> {
    let body = exchange.response_body.trim_ascii_start();
    match body {
        [] => Some("nothing"),
        _ if body.starts_with(b"%PDF-") => Some("pdf"),
        _ if serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok() => None,
        _ if body.starts_with(b"<") => Some("html"),
        _ => Some("bytes"),
    }
}

/// What a request carried. Nothing stays of what is secret: codes, tokens, verifiers.
fn sent(redaction: &mut Redaction, exchange: &Exchange, body: &[u8], names: &BTreeSet<String>) -> Value {
    let is_form = exchange.request_header("content-type").is_some_and(|kind| kind.contains("urlencoded"));
    if !is_form {
        return serde_json::from_slice(body).map_or(json!(DROPPED), |body: Value| redaction.sent(&body, names));
    }
    let mut fields = Map::new();
    for (name, value) in url::form_urlencoded::parse(body).into_owned() {
        if names.contains(&name) {
            let stays = redaction.own.contains(&value) || redaction.words.knows(&value);
            fields.insert(name, Value::String(if stays { value } else { DROPPED.to_owned() }));
        }
    }
    Value::Object(fields)
}

/// Names of parameters and of members that a request is made with.
fn names(request: &Request, redaction: &Redaction) -> BTreeSet<String> {
    let body = request.body.iter().flat_map(|body| &body.fields);
    let named = request.query.iter().chain(body).map(|part| part.name.as_str());
    let mut names: BTreeSet<String> = named.flat_map(|name| name.split('.').chain([name])).map(plain).collect();
    // Filters are named by the profile, and their ways are members.
    names.extend(redaction.own.iter().flat_map(|text| text.split('.').chain([text.as_str()])).map(plain));
    names
}

fn plain(name: &str) -> String {
    name.replace("[]", "")
}

/// Everything of an exchange as one text, so that no stand-in is a part of it.
fn all_that_came(exchange: &Exchange) -> String {
    let headers = exchange.request_headers.iter().chain(&exchange.response_headers);
    let headers: String = headers.map(|(_, value)| format!("{value} ")).collect();
    let sent = String::from_utf8_lossy(exchange.request_body.as_deref().unwrap_or_default());
    let came = String::from_utf8_lossy(&exchange.response_body);
    format!("{} {headers} {sent} {came} ", exchange.url)
}

/// Notes everything of an exchange that must not be found again.
fn note(proof: &mut Proof, lined: &Lined<'_>, is_own: &dyn Fn(&str) -> bool) {
    let Lined { exchange, members, .. } = lined;
    let mut came = |text: &str| proof.came(text, is_own);
    exchange.url.path().split('/').for_each(&mut came);
    for (name, value) in exchange.url.query_pairs() {
        came(&name);
        came(&value);
    }
    for (name, value) in exchange.request_headers.iter().chain(&exchange.response_headers) {
        // Clocks are no secret.
        if !matches!(name.as_str(), "date" | "last-modified" | "expires" | "user-agent" | "accept-language") {
            came(value);
        }
    }
    if let Some(body) = &exchange.request_body {
        match serde_json::from_slice::<Value>(body) {
            Ok(body) => texts(&body, &mut came),
            Err(_) => url::form_urlencoded::parse(body).for_each(|(_, value)| came(&value)),
        }
    }
    if lined.is_public {
        return;
    }
    match (serde_json::from_slice::<Value>(&exchange.response_body), members) {
        (Ok(body), Some(members)) => proof.came_in(&body, members, is_own),
        (Ok(body), None) => texts(&body, &mut came),
        // A page, or a document that was cut: each text in it, and all of it.
        (Err(_), _) => {
            let text = String::from_utf8_lossy(&exchange.response_body);
            text.split(['"', '<', '>']).chain([text.as_ref()]).for_each(came);
        }
    }
}

/// Words that are nobody's: the format's, the contract's, the operator's own, and those of stand-ins.
fn own_words(contract: &Contract, redaction: &Redaction, profile: &Value) -> BTreeSet<String> {
    let mut own = BTreeSet::new();
    let mut add = |text: &str| own.extend(split(text));
    let types = contract.common.types.values().flatten().chain(&contract.common.error_reads);
    for read in types.chain(contract.requests.iter().flat_map(|request| &request.reads)) {
        add(&read.path);
        read.also.iter().for_each(|name| add(name));
    }
    for request in &contract.requests {
        add(&request.id);
        add(&request.path);
        request.known_by.iter().chain(&request.envelopes).for_each(|name| add(name));
        let fields = request.body.iter().flat_map(|body| &body.fields);
        for part in request.query.iter().chain(&request.headers).chain(fields) {
            add(&part.name);
            add(if part.name == "fields" { &part.value } else { "" });
        }
    }
    texts(profile, &mut add);
    redaction.origins.iter().chain(&redaction.parts).for_each(|text| add(text));
    file::WORDS.iter().for_each(|text| add(text));
    own.extend(redaction.words.all().map(str::to_owned));
    own
}
