//! The contract, as far as one operator's profile goes: which of its requests an exchange is, and on which line of the file
//! something stands.

use companion::operator::contract::{self, Asked, By, Contract, Place, Read, Request, Status};
use companion::operator::watch::Exchange;
use serde_json::Value;
use url::form_urlencoded;

/// The contract beside a profile and what its provider says of itself.
#[derive(Debug)]
pub struct Book {
    contract: Contract,
    place: Place,
}

/// What of a request a finding is about.
#[derive(Debug, Clone, Copy)]
pub enum Clause<'a> {
    /// The request itself.
    Request,
    /// A member that is read, by its way in the contract.
    Read(&'a str),
    /// A status.
    Status(u16),
    /// A member of what stands in many answers, by the name of that.
    Typed(&'a str, &'a str),
    /// A header of the answer.
    Header(&'a str),
    /// A header of the request.
    Sent(&'a str),
}

impl Book {
    /// Beside a profile, before its provider was asked.
    pub fn beside(profile_json: &str) -> serde_json::Result<Book> {
        let place = Place { profile: serde_json::from_str(profile_json)?, metadata: Value::Null };
        Ok(Book { contract: Contract::shipped()?, place })
    }

    /// The provider told where its endpoints are.
    pub fn provider_says(&mut self, metadata: Value) {
        self.place.metadata = metadata;
    }

    /// What the provider says.
    pub fn metadata(&self) -> &Value {
        &self.place.metadata
    }

    /// A request by its id.
    pub fn request(&self, id: &str) -> Option<&Request> {
        self.contract.request(id)
    }

    /// The request whose answers are read in the same way.
    pub fn reader<'b>(&'b self, request: &'b Request) -> &'b Request {
        request.reads_as.as_deref().and_then(|other| self.contract.request(other)).unwrap_or(request)
    }

    /// The first request of a capability that the core makes.
    pub fn first_of(&self, feature: &str) -> Option<&Request> {
        self.contract.requests.iter().find(|it| it.feature == feature && it.by == By::Core && self.place.offers(it))
    }

    /// Which request an exchange is.
    pub fn request_of(&self, exchange: &Exchange) -> Option<&Request> {
        let origin = exchange.url.origin();
        let asked = Asked {
            method: &exchange.method,
            origin: Some(&origin),
            path: exchange.url.path(),
            bare: exchange.request_header("accept-encoding") == Some("identity"),
        };
        let candidates = self.place.candidates(&self.contract, &asked).into_iter().filter(|it| it.by == By::Core);
        candidates.min_by_key(|request| self.differences(request, exchange))
    }

    /// How many parameters a request has that its lines do not list, or lacks that they do.
    fn differences(&self, request: &Request, exchange: &Exchange) -> usize {
        let query: Vec<String> = exchange.url.query_pairs().map(|(name, _)| name.into_owned()).collect();
        let form = exchange.request_body.as_deref().unwrap_or_default();
        let form: Vec<String> = form_urlencoded::parse(form).map(|(name, _)| name.into_owned()).collect();
        let fields = request.body.as_ref().map(|body| body.fields.as_slice()).unwrap_or_default();
        let count = |listed: &[contract::Part], came: &[String]| {
            let listed: Vec<(String, bool)> =
                listed.iter().map(|part| (self.place.name(&part.name), part.when.is_none())).collect();
            let unlisted = came.iter().filter(|name| !listed.iter().any(|(known, _)| known == *name)).count();
            let missing = listed.iter().filter(|(name, always)| *always && !came.contains(name)).count();
            unlisted.saturating_add(missing)
        };
        count(&request.query, &query).saturating_add(count(fields, &form))
    }

    /// What is done on a status of a request: by its own line, else by the common one, a line that points at another followed.
    pub fn then(&self, request: &Request, status: u16) -> String {
        // What is common to reads of 5xx does not hold of what is sent: there the request's own word on failures does.
        let of_sent = || {
            let is_of_sent = request.method == "POST" && status >= 500;
            request.statuses.iter().find(|line| is_of_sent && line.status == "4xx")
        };
        let Some(line) = of_status(&request.statuses, status).or_else(of_sent) else { return self.commonly(status) };
        match line.then.strip_prefix("As ").map(|pointed| (pointed, pointed.parse())) {
            Some((_, Ok(other))) if other != status => self.then(request, other),
            Some(("for the report", _)) => {
                self.request("usage-report").map(|it| self.then(it, status)).unwrap_or_default()
            }
            _ => line.then.clone(),
        }
    }

    /// What is done on a status of any request.
    fn commonly(&self, status: u16) -> String {
        let Some(line) = of_status(&self.contract.common.statuses, status) else { return String::new() };
        match line.then.strip_prefix("As ").and_then(|other| other.parse().ok()) {
            Some(other) if other != status => self.commonly(other),
            _ => line.then.clone(),
        }
    }

    /// Where a request stands among all of the contract.
    pub fn place_of(&self, request: &Request) -> usize {
        self.contract.requests.iter().position(|it| it.id == request.id).unwrap_or(usize::MAX)
    }

    /// What was asked, in the words of the profile and of the contract: `GET apis.usage.baseUrl/usageConsumptionReport`.
    pub fn asked(&self, request: &Request) -> String {
        match request.by {
            By::Within => String::new(),
            By::Core | By::Browser => format!("{} {}{}", request.method, request.base, request.path),
        }
    }

    /// The line of reading that a way in a document falls under, with where that is: itself, or the nearest member around it.
    pub fn read<'b>(&'b self, request: &'b Request, way: &str) -> Option<(&'b Read, Clause<'b>)> {
        let reader = self.reader(request);
        let mut way = by_first_names(reader, &plain(way));
        let mut below = None;
        loop {
            let outer = way.split_once('.').filter(|(first, _)| is_envelope(reader, first));
            let tried = [Some(way.as_str()), outer.map(|(_, rest)| rest)];
            let found = tried.into_iter().flatten().find_map(|way| reader.reads.iter().find(|read| names(read, way)));
            if let Some(read) = found {
                return Some(self.typed(read, below.as_deref()).unwrap_or((read, Clause::Read(&read.path))));
            }
            let end = way.rfind('.')?;
            below = way.get(end.saturating_add(1)..).map(str::to_owned);
            way.truncate(end);
        }
    }

    /// What stands in many answers is written once.
    fn typed(&self, read: &Read, below: Option<&str>) -> Option<(&Read, Clause<'_>)> {
        let wanted = read.read_as.as_deref()?.strip_prefix('#')?;
        let (name, reads) = self.contract.common.types.get_key_value(wanted)?;
        let read = reads.iter().find(|read| below.is_some_and(|below| names(read, below)))?;
        Some((read, Clause::Typed(name, &read.path)))
    }

    /// On which line of the file something stands, from 1.
    pub fn line(&self, request: &Request, clause: Clause<'_>) -> Option<usize> {
        let reader = self.reader(request);
        let (from, wanted) = match clause {
            Clause::Request => (line_of(request), None),
            Clause::Read(path) => (line_of(reader), Some(format!("\"path\": \"{path}\""))),
            Clause::Typed(of, path) => {
                let begin = format!("\"{of}\": [");
                let from = contract::JSON.lines().position(|line| line.trim_start().starts_with(&begin));
                (from, Some(format!("\"path\": \"{path}\"")))
            }
            Clause::Sent(name) => (line_of(request), Some(format!("\"name\": \"{name}\""))),
            Clause::Header(name) => (Some(0), Some(format!("\"name\": \"{name}\""))),
            Clause::Status(status) => {
                let own = of_status(&request.statuses, status);
                let known = own.or_else(|| of_status(&self.contract.common.statuses, status));
                let from = if own.is_some() { line_of(request) } else { Some(0) };
                match known {
                    Some(known) => (from, Some(format!("\"status\": \"{}\"", known.status))),
                    None => (line_of(request), None),
                }
            }
        };
        let from = from?;
        let Some(wanted) = wanted else { return Some(from) };
        let found = contract::JSON.lines().enumerate().skip(from).find(|(_, line)| line.contains(&wanted));
        found.map(|(at, _)| at.saturating_add(1))
    }
}

/// On which line a request begins, from 1.
fn line_of(request: &Request) -> Option<usize> {
    let wanted = format!("\"id\": \"{}\",", request.id);
    let at = contract::JSON.lines().position(|line| line.trim_start().starts_with(&wanted));
    at.map(|at| at.saturating_add(1))
}

/// The line that speaks of a status: of itself, else of its class.
fn of_status(lines: &[Status], status: u16) -> Option<&Status> {
    let (exact, class) = (status.to_string(), format!("{}xx", status.checked_div(100).unwrap_or_default()));
    lines.iter().find(|line| line.status == exact).or_else(|| lines.iter().find(|line| line.status == class))
}

/// A way without indices: a list of one and one thing alone are read alike.
fn plain(way: &str) -> String {
    let mut inside = false;
    let kept = way.chars().filter(|c| {
        let was_inside = inside || *c == '[';
        inside = was_inside && *c != ']';
        !was_inside
    });
    kept.collect::<String>().trim_start_matches('.').to_owned()
}

/// A way with the first name of each holder in it, where it is known by several: `bucketRefOrValue` is `bucket`.
fn by_first_names(request: &Request, way: &str) -> String {
    let mut known = String::new();
    for step in way.split('.') {
        // What is around the document has no line.
        if known.is_empty() && is_envelope(request, step) {
            continue;
        }
        let own = if known.is_empty() { step.to_owned() } else { format!("{known}.{step}") };
        let read = request.reads.iter().find(|read| names(read, &own)).map(|read| plain(&read.path));
        known = read.unwrap_or(own);
    }
    known
}

fn is_envelope(request: &Request, name: &str) -> bool {
    name == "usageConsumption" || request.envelopes.iter().any(|envelope| envelope == name)
}

/// Whether a line is about this way; of its last member any of its names will do, of those around it the first.
fn names(read: &Read, way: &str) -> bool {
    let known = plain(&read.path);
    let (holder, name) = known.rsplit_once('.').map_or(("", known.as_str()), |(holder, name)| (holder, name));
    let (of, last) = way.rsplit_once('.').map_or(("", way), |(of, last)| (of, last));
    holder == of && (name == last || read.also.iter().any(|other| other == last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book() -> Book {
        Book::beside(include_str!("../../../../../core/profiles/sandbox.json")).unwrap()
    }

    #[test]
    fn a_way_in_a_document_falls_under_its_line_or_the_nearest_around_it() {
        let book = book();
        let usage = book.request("usage-query").unwrap();
        for (way, line) in [
            ("lastUpdate", "lastUpdate"),
            ("[0].bucket[2].validFor", "bucket[].validFor"),
            ("usageConsumption[0].bucket[2].usedValue.unit", "units"),
            ("usageConsumption[0].bucket[2].usedValue.other", "bucket[].usedValue"),
            ("data.bucket[1].bucketCounter[0].value", "bucket[].bucketCounter[].value"),
            ("effectiveDate", "lastUpdate"),
            ("usageConsumption[0].bucketRefOrValue[1].remainingValue.units", "units"),
        ] {
            assert_eq!(book.read(usage, way).map(|(read, _)| read.path.as_str()), Some(line), "{way}");
        }
        assert!(book.read(usage, "nothing").is_none());
    }

    #[test]
    fn what_is_done_on_a_status_is_told_in_full() {
        let book = book();
        let then = |id: &str, status| book.then(book.request(id).unwrap(), status);
        assert!(then("person-change", 415).contains("merge patch"), "{}", then("person-change", 415));
        assert!(then("usage-query", 403).starts_with("The line says"), "{}", then("usage-query", 403));
        assert!(then("token-exchange", 500).starts_with("The person is told"), "{}", then("token-exchange", 500));
        assert!(then("usage-query", 418).starts_with("Something is wrong"), "{}", then("usage-query", 418));
        for request in ["usage-query", "usage-task", "person-change", "pushed-request", "document-bytes"] {
            for status in 200..600 {
                let told = then(request, status);
                let is_left = told.strip_prefix("As ").is_some_and(|rest| rest.parse::<u16>().is_ok());
                assert!(!is_left, "{request} {status}: {told}");
            }
        }
    }

    #[test]
    fn a_line_of_the_file_says_what_is_told_of_it() {
        let book = book();
        let line = |id: &str, clause| {
            let line = book.line(book.request(id).unwrap(), clause).unwrap();
            contract::JSON.lines().nth(line - 1).unwrap().trim().to_owned()
        };
        assert!(line("usage-query", Clause::Request).starts_with("\"id\": \"usage-query\""));
        assert!(
            line("usage-query", Clause::Read("bucket[].validFor")).starts_with("{ \"path\": \"bucket[].validFor\"")
        );
        assert!(line("usage-report", Clause::Status(403)).contains("The line says"));
        assert!(line("products", Clause::Status(503)).starts_with("{ \"status\": \"5xx\""));
        assert!(line("usage-query", Clause::Typed("quantity", "units")).contains("GiB"));
        assert!(line("usage-query", Clause::Sent("If-None-Match")).contains("Something with a tag"));
        assert!(line("products", Clause::Header("ETag")).contains("If-None-Match"));
    }
}
