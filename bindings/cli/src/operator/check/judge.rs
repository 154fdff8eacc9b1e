//! An exchange held against its line of the contract: did an answer come, with which status, of which type, with the tags
//! that spare the next one. What the body says is for the core's readers (`bodies`).

use companion::operator::contract::Request;
use companion::operator::watch::Exchange;
use serde_json::Value;

use super::book::{Book, Clause};
use super::report::{Finding, Level, SIGN_IN};

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

/// Holds one exchange against the contract. Whether its body is worth reading.
pub fn judge(book: &Book, request: &Request, exchange: &Exchange, findings: &mut Findings) -> bool {
    let mut fault = |clause, at: &str, expected: &str, came: &str, consequence: &str| {
        findings.note(book, request, Level::Fault, &Said { clause, at, expected, came, consequence });
    };
    let Some(status) = exchange.status else {
        let came = exchange.failure.as_deref().unwrap_or("nothing");
        fault(Clause::Request, "connection", "an answer", came, "The app says that there is no connection.");
        return false;
    };
    let is_document = request.bare;
    if !is_good(request, exchange, status) {
        let then = book.status(request, status).map(|line| line.then.clone()).unwrap_or_default();
        // Signing out is done by then, whatever the provider says to it.
        let level = if request.id == "token-revocation" { Level::Remark } else { Level::Fault };
        let (clause, came) = (Clause::Status(status), status.to_string());
        let said = Said { clause, at: "status", expected: "200", came: &came, consequence: &then };
        findings.note(book, request, level, &said);
        return false;
    }
    let starts_with = exchange.response_body.iter().find(|byte| !byte.is_ascii_whitespace());
    if !(200..300).contains(&status) || is_document || (starts_with.is_none() && exchange.failure.is_none()) {
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

/// Whether a status is one of those by which something works.
fn is_good(request: &Request, exchange: &Exchange, status: u16) -> bool {
    let asks_for_nonce = matches!(status, 400 | 401) && exchange.response_header("dpop-nonce").is_some();
    let is_followed = request.bare && (300..400).contains(&status);
    // Where a resource is in two lists, one of them may not be there.
    let is_none_of =
        status == 404 && request.statuses.iter().any(|it| it.status == "404" && it.then.starts_with("There are none"));
    matches!(status, 200..=299 | 304) || asks_for_nonce || is_followed || is_none_of
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
