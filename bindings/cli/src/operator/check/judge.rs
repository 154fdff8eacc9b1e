//! An exchange held against its line of the contract: did an answer come, with which status, of which type, with the tags
//! that spare the next one. What the body says is for the core's readers (`bodies`).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use companion::operator::contract::Request;
use companion::operator::watch::Exchange;
use jiff::fmt::rfc2822;
use serde_json::Value;

use super::book::{Book, Clause};
use super::report::{Finding, Level, SIGN_IN};

const NONCE_WISH: &str = "use_dpop_nonce";

/// Findings, each told once.
#[derive(Debug, Default)]
pub struct Findings(Vec<Finding>);

/// What is said of one place in an exchange.
#[derive(Debug, Clone)]
pub struct Said<'a> {
    /// Which line of the contract.
    pub clause: Clause<'a>,
    /// Where in the exchange.
    pub at: &'a str,
    /// What was expected.
    pub expected: &'a str,
    /// What came.
    pub came: &'a str,
    /// What the app makes of it.
    pub consequence: &'a str,
}

impl Findings {
    /// Notes something of a request; the same in the same place only once.
    pub fn note(&mut self, book: &Book, request: &Request, level: Level, said: &Said<'_>) {
        let finding = Finding {
            capability: capability_of(request).to_owned(),
            level,
            request: request.id.clone(),
            asked: book.asked(request),
            at: in_general(said.at),
            expected: said.expected.to_owned(),
            came: said.came.to_owned(),
            consequence: said.consequence.to_owned(),
            contract_line: book.line(request, said.clause),
        };
        if !self.0.contains(&finding) {
            self.0.push(finding);
        }
    }

    /// So far.
    pub fn all(&self) -> &[Finding] {
        &self.0
    }

    /// Whether a fault of this request is known.
    pub fn has_fault_of(&self, request: &str) -> bool {
        self.0.iter().any(|it| it.level == Level::Fault && it.request == request)
    }

    /// Makes a fault of a remark: it turned out to cost something. Whether there is such a remark.
    pub fn raise(&mut self, request: &str, at: &str) -> bool {
        let found = self.0.iter_mut().find(|it| it.request == request && it.at == at);
        found.map(|finding| finding.level = Level::Fault).is_some()
    }

    /// Whether a fault of this capability is known.
    pub fn has_fault(&self, capability: &str) -> bool {
        self.0.iter().any(|it| it.level == Level::Fault && it.capability == capability)
    }
}

/// The capability a request belongs to.
pub fn capability_of(request: &Request) -> &str {
    if request.feature == "identity" { SIGN_IN } else { &request.feature }
}

/// A way without indices: the second bucket has what the first has, and is not told apart from it.
fn in_general(way: &str) -> String {
    let mut inside = false;
    let kept = way.chars().filter(|c| {
        let was_inside = inside && *c != ']';
        inside = *c == '[' || (inside && *c != ']');
        !was_inside
    });
    kept.collect()
}

/// Holds one exchange of a step against the contract. Whether its body is worth reading.
pub fn judge(
    book: &Book,
    (request, exchange): (&Request, &Exchange),
    step: &[Exchange],
    findings: &mut Findings,
) -> bool {
    if request.bare {
        digest(book, request, exchange, findings);
    }
    let level = level(book, request, exchange, step);
    let mut fault = |clause, at: &str, expected: &str, came: &str, consequence: &str| {
        findings.note(book, request, level, &Said { clause, at, expected, came, consequence });
    };
    let Some(status) = exchange.status else {
        let came = exchange.failure.as_deref().unwrap_or("nothing");
        fault(Clause::Request, "connection", "an answer", came, "The app says that there is no connection.");
        return false;
    };
    let is_document = request.bare;
    if !is_good(request, exchange, status) && !is_asked_otherwise(book, request, exchange, step) {
        let told = error_of(exchange);
        let came = told.as_deref().map_or(status.to_string(), |code| format!("{status} {code}"));
        fault(Clause::Status(status), "status", expected(told.as_deref()), &came, &book.then(request, status));
        return false;
    }
    let starts_with = exchange.response_body.iter().find(|byte| !byte.is_ascii_whitespace());
    if !(200..300).contains(&status) || is_document {
        return false;
    }
    if starts_with.is_none() && exchange.failure.is_none() {
        if exchange.method == "GET" {
            let consequence = "Not understood: what is kept stays, with its age.";
            fault(Clause::Request, "body", "JSON", "nothing", consequence);
        }
        return false;
    }
    if starts_with != Some(&b'<')
        && let Some(failure) = &exchange.failure
    {
        let consequence = "Nothing of it is read: what is kept stays, with its age.";
        fault(Clause::Request, "body", "a whole answer of at most 2 MiB", failure, consequence);
        return false;
    }
    let kind = exchange.response_header("content-type").map(media_type);
    if starts_with == Some(&b'<') {
        let consequence = "Taken for a network that answers in your place, such as one that wants a sign-in.";
        fault(Clause::Status(status), "body", "JSON", "a page of HTML", consequence);
        return false;
    }
    if serde_json::from_slice::<serde::de::IgnoredAny>(&exchange.response_body).is_err() {
        let consequence = "Not understood: what is kept stays, with its age.";
        fault(Clause::Request, "body", "JSON", "what is no JSON", consequence);
        return false;
    }
    if !kind.as_deref().is_some_and(is_json) {
        let came = kind.as_deref().unwrap_or("none");
        let consequence = "Read all the same, but for the token endpoint's errors, which count only as JSON.";
        let said = Said {
            clause: Clause::Header("Content-Type"),
            at: "header Content-Type",
            expected: "application/json",
            came,
            consequence,
        };
        findings.note(book, request, Level::Remark, &said);
    }
    true
}

/// The tags of an answer that was read: without one nothing can be asked for on condition.
pub fn tags(book: &Book, request: &Request, exchange: &Exchange, findings: &mut Findings) {
    let asks_on_condition = request.headers.iter().any(|header| header.name == "If-None-Match");
    let is_changed_by_tag = book.request(&format!("{}-change", request.id)).is_some();
    let has_version = || {
        let body: Value = serde_json::from_slice(&exchange.response_body).unwrap_or_default();
        ["version", "lastUpdate"].iter().any(|name| body.get(name).is_some())
    };
    let tag = exchange.response_header("etag");
    let clause = if asks_on_condition { Clause::Sent("If-None-Match") } else { Clause::Header("ETag") };
    let mut remark = |expected: &str, came: &str, consequence: &str| {
        let said = Said { clause, at: "header ETag", expected, came, consequence };
        findings.note(book, request, Level::Remark, &said);
    };
    if asks_on_condition && tag.is_none() {
        remark("an entity tag", "none", "Every refresh brings the whole answer again, also where nothing changed.");
    }
    if is_changed_by_tag && !has_version() && !tag.is_some_and(|tag| tag.starts_with('"')) {
        let came = if tag.is_some() { "a weak one" } else { "none" };
        remark("a strong entity tag", came, "Of two devices that change it at once, whoever writes last has it.");
    }
    let is_same = exchange.request_header("if-none-match").is_some_and(|sent| Some(sent) == tag);
    if is_same && exchange.status == Some(200) {
        remark(
            "304 to the tag it has itself",
            "200 with that very tag",
            "The whole answer travels although nothing changed.",
        );
    }
}

/// How much it matters that a request brings nothing.
fn level(book: &Book, request: &Request, exchange: &Exchange, step: &[Exchange]) -> Level {
    match request.id.as_str() {
        // Signing out is done by then, whatever the provider says to it; in place of newer guides there are the app's own.
        "token-revocation" | "guides" => Level::Remark,
        // A person may have a line whose usage is not shown to them; the others are asked for all the same.
        "usage-report" | "usage-query" | "usage-task"
            if matches!(exchange.status, Some(403 | 404)) && step.iter().any(|it| is_answer_to(book, it, request)) =>
        {
            Level::Remark
        }
        // What passes is asked for once more, and was answered.
        _ if exchange.status.is_none_or(|status| status == 408 || status >= 500)
            && exchange.method == "GET"
            && since(step, exchange).any(|it| it.url == exchange.url && is_answer_to(book, it, request)) =>
        {
            Level::Remark
        }
        _ => Level::Fault,
    }
}

/// What came after an exchange of a step.
fn since<'s>(step: &'s [Exchange], exchange: &Exchange) -> impl Iterator<Item = &'s Exchange> {
    step.iter().skip_while(move |it| !std::ptr::eq(*it, exchange)).skip(1)
}

fn is_answer_to(book: &Book, exchange: &Exchange, request: &Request) -> bool {
    let is_answered = exchange.status.is_some_and(|status| matches!(status, 200..=299 | 304));
    is_answered && book.request_of(exchange).is_some_and(|it| it.id == request.id)
}

/// Whether a status is one of those by which something works.
fn is_good(request: &Request, exchange: &Exchange, status: u16) -> bool {
    let is_followed = request.bare && (300..400).contains(&status);
    // Where a resource is in two lists, one of them may not be there.
    let is_none_of =
        status == 404 && request.statuses.iter().any(|it| it.status == "404" && it.then.starts_with("There are none"));
    let is_empty = status == 204 && exchange.method == "GET" && !request.bare;
    (matches!(status, 200..=299 | 304) && !is_empty) || was_asked_for_nonce(exchange) || is_followed || is_none_of
}

/// Whether this was a JSON Patch (RFC 6902) to an operator that takes a merge patch (RFC 7396), and took it.
fn is_asked_otherwise(book: &Book, request: &Request, exchange: &Exchange, step: &[Exchange]) -> bool {
    let kind = |it: &Exchange| it.request_header("content-type").map(media_type);
    let is_merge = |it: &Exchange| kind(it).as_deref() == Some("application/merge-patch+json");
    matches!(exchange.status, Some(400 | 405 | 415 | 501))
        && kind(exchange).as_deref() == Some("application/json-patch+json")
        && step.iter().any(|it| it.url == exchange.url && is_merge(it) && is_answer_to(book, it, request))
}

/// Whether the answer asks for another proof of possession, with a nonce (RFC 9449 §8).
pub fn was_asked_for_nonce(exchange: &Exchange) -> bool {
    let challenge = exchange.response_header("www-authenticate").unwrap_or_default();
    let is_wish = error_of(exchange).as_deref() == Some(NONCE_WISH) || challenge.contains(NONCE_WISH);
    matches!(exchange.status, Some(400 | 401)) && is_wish && exchange.response_header("dpop-nonce").is_some()
}

/// The provider's error code (RFC 6749 §5.2), where the answer has one.
fn error_of(exchange: &Exchange) -> Option<String> {
    let body: Value = serde_json::from_slice(&exchange.response_body).ok()?;
    oauth_code(body.get("error")?.as_str()?).map(str::to_owned)
}

/// An error code as OAuth writes them; one of other signs is not repeated.
pub fn oauth_code(told: &str) -> Option<&str> {
    let is_sound = (1..=60).contains(&told.len()) && told.bytes().all(|it| it.is_ascii_lowercase() || it == b'_');
    is_sound.then_some(told)
}

/// What would have to be so for this error not to come.
fn expected(error: Option<&str>) -> &'static str {
    match error {
        Some("invalid_scope") => "200: every scope of identity.scopes is one that this client may ask for",
        Some("invalid_client" | "unauthorized_client") => {
            "200: identity.clientId is a public client with the code flow, PKCE and refresh tokens"
        }
        Some("invalid_request") => "200: the redirect address is registered for identity.clientId, PKCE is S256",
        _ => "200",
    }
}

/// The digest that came with a whole document (RFC 9530). Where the bill tells one too, the core goes by that.
fn digest(book: &Book, request: &Request, exchange: &Exchange, findings: &mut Findings) {
    let told = exchange.response_header("repr-digest").and_then(sha256_of);
    let (Some(200), Some(told), Some(came)) = (exchange.status, told, exchange.response_sha256) else { return };
    if told == came || exchange.failure.is_some() {
        return;
    }
    let said = Said {
        clause: Clause::Request,
        at: "header Repr-Digest",
        expected: "the SHA-256 of the document (RFC 9530)",
        came: "another",
        consequence: "Refused, unless the bill itself tells a digest that fits.",
    };
    findings.note(book, request, Level::Remark, &said);
}

/// The SHA-256 in a `Repr-Digest`: `sha-256=:…:`, perhaps among others.
fn sha256_of(header: &str) -> Option<[u8; 32]> {
    let encoded = header.split(',').find_map(|one| one.trim().strip_prefix("sha-256=:")?.strip_suffix(':'))?;
    STANDARD.decode(encoded).ok()?.try_into().ok()
}

/// Whether answers are dated: one that nothing is dated of is named once, at its first.
pub fn dates(book: &Book, exchanges: &[Exchange], findings: &mut Findings) {
    let is_dated = |it: &Exchange| it.response_header("date").is_some_and(|date| rfc2822::parse(date).is_ok());
    let mut seen = Vec::new();
    for exchange in exchanges.iter().filter(|it| it.status.is_some()) {
        let origin = exchange.url.origin();
        let Some(request) = book.request_of(exchange).filter(|it| !it.bare && !seen.contains(&origin)) else {
            continue;
        };
        if !exchanges.iter().any(|it| it.url.origin() == origin && is_dated(it)) {
            let said = Said {
                clause: Clause::Header("Date"),
                at: "header Date",
                expected: "the time of the answer (RFC 9110)",
                came: "nothing that is one, in no answer of this origin",
                consequence: "The phone's own clock is believed: where it is wrong, ages and days are too.",
            };
            findings.note(book, request, Level::Remark, &said);
        }
        seen.push(origin);
    }
}

fn is_json(essence: &str) -> bool {
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// A media type without its parameters; one of strange signs is not repeated.
fn media_type(value: &str) -> String {
    let essence = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_sound = |c: char| c.is_ascii_alphanumeric() || "/+.-_".contains(c);
    if (1..=80).contains(&essence.len()) && essence.chars().all(is_sound) {
        essence
    } else {
        "what is no media type".to_owned()
    }
}

/// What kind a value is, and never what it says.
pub fn kind(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => "nothing".to_owned(),
        Some(Value::Bool(_)) => "true or false".to_owned(),
        Some(Value::Number(_)) => "a number".to_owned(),
        Some(Value::String(text)) => match text.chars().count() {
            0 => "an empty text".to_owned(),
            1 => "a text of one sign".to_owned(),
            many => format!("a text of {many} signs"),
        },
        Some(Value::Array(elements)) => format!("a list of {}", elements.len()),
        Some(Value::Object(_)) => "an object".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_is_told_by_its_kind_and_foreign_signs_are_not_repeated() {
        for (value, told) in [
            (serde_json::json!("+32470123456"), "a text of 12 signs"),
            (serde_json::json!(12), "a number"),
            (serde_json::json!([1, 2]), "a list of 2"),
            (serde_json::json!({ "a": 1 }), "an object"),
        ] {
            assert_eq!(kind(Some(&value)), told);
        }
        assert_eq!(kind(None), "nothing");
        assert_eq!(media_type("Application/JSON; charset=utf-8"), "application/json");
        assert_eq!(media_type("text/\u{1b}[31mhtml"), "what is no media type");
        assert_eq!(in_general("[0].bucket[12].validFor"), "[].bucket[].validFor");
    }
}
