//! What arrived at the operator, held against the contract: nothing that it does not list, and in the end each of its lines.

use std::collections::BTreeSet;

pub use companion::operator::contract::Place;
use companion::operator::contract::{Asked, By, Contract, Part, Request, Status};
use companion_sandbox::LoggedRequest;
use serde_json::{Value, json};

/// Headers of HTTP itself.
const TRANSPORT: [&str; 3] = ["host", "content-length", "connection"];

/// The contract with what of it was met.
pub struct Meeting {
    contract: Contract,
    met: BTreeSet<String>,
    strange: BTreeSet<String>,
}

/// A request as it arrived, in names.
struct Arrived<'l> {
    logged: &'l LoggedRequest,
    query: BTreeSet<String>,
    headers: BTreeSet<String>,
    body: BTreeSet<String>,
}

impl Default for Meeting {
    fn default() -> Self {
        let contract = Contract::shipped().expect("the contract is of its own format");
        Meeting { contract, met: BTreeSet::new(), strange: BTreeSet::new() }
    }
}

impl Meeting {
    /// The contract itself.
    pub fn contract(&self) -> &Contract {
        &self.contract
    }

    /// Takes in what arrived. Pages that people see belong to the operator alone.
    pub fn take(&mut self, place: &Place, log: &[LoggedRequest]) {
        for logged in log {
            let arrived = Arrived::of(logged);
            let candidates: Vec<Request> =
                place.candidates(&self.contract, &arrived.asked()).into_iter().cloned().collect();
            let best = candidates.iter().min_by_key(|request| faults(place, &self.contract, request, &arrived).len());
            match best {
                Some(request) => self.met_by(place, request, &arrived),
                None if is_page(&logged.path) => {}
                None => drop(self.strange.insert(format!("{} {} is in no line", logged.method, logged.path))),
            }
        }
    }

    /// Takes in what the core asked, whatever became of it: an operator may misbehave in ways that no contract lists.
    pub fn take_asked(&mut self, place: &Place, log: Vec<LoggedRequest>) {
        // 0: without an answer.
        let asked = log.into_iter().filter(is_of_core).map(|logged| LoggedRequest { status: 0, ..logged });
        self.take(place, &asked.collect::<Vec<_>>());
    }

    fn met_by(&mut self, place: &Place, request: &Request, arrived: &Arrived<'_>) {
        let faults = faults(place, &self.contract, request, arrived);
        self.strange.extend(faults.into_iter().map(|fault| format!("{}: {fault}", request.id)));
        let mut met = |kind: &str, name: &str| self.met.insert(format!("{} {kind} {name}", request.id));
        met("request", "");
        for (kind, parts, came) in
            [("query", &request.query, &arrived.query), ("header", &request.headers, &arrived.headers)]
        {
            for part in parts.iter().filter(|part| {
                came.contains(&place.name(&part.name).to_ascii_lowercase()) || came.contains(&place.name(&part.name))
            }) {
                met(kind, &part.name);
            }
        }
        for part in request.body.iter().flat_map(|body| &body.fields) {
            if arrived.body.iter().any(|came| is_field(&place.name(&part.name), came)) {
                met("body", &part.name);
            }
        }
        let status = arrived.logged.status;
        if let Some(known) = of_status(&request.statuses, status) {
            met("status", &known.status);
        } else if let Some(known) = of_status(&self.contract.common.statuses, status) {
            self.met.insert(format!("common status {}", known.status));
        }
    }

    /// What arrived and is in no line.
    pub fn strange(&self) -> Vec<&str> {
        self.strange.iter().map(String::as_str).collect()
    }

    /// Statuses of a request that were not met yet.
    pub fn statuses_to_meet(&self, request: &Request) -> Vec<u16> {
        let unmet = |it: &&Status| !self.met.contains(&format!("{} status {}", request.id, it.status));
        request.statuses.iter().filter(unmet).map(|it| one_of(&it.status, &request.statuses)).collect()
    }

    /// Lines that nothing arrived for.
    pub fn unmet(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for request in self.contract.requests.iter().filter(|request| request.by != By::Within) {
            lines.push(format!("{} request ", request.id));
            let named = |kind: &'static str| move |part: &Part| format!("{} {kind} {}", request.id, part.name);
            lines.extend(request.query.iter().map(named("query")));
            lines.extend(request.headers.iter().map(named("header")));
            lines.extend(request.body.iter().flat_map(|body| &body.fields).map(named("body")));
            lines.extend(request.statuses.iter().map(|it| format!("{} status {}", request.id, it.status)));
        }
        lines.extend(self.contract.common.statuses.iter().map(|it| format!("common status {}", it.status)));
        lines.retain(|line| !self.met.contains(line));
        lines
    }
}

/// A sandbox, as a phone with this profile has it.
pub fn place_of_sandbox(profile: Value) -> Place {
    let issuer = profile["identity"]["issuer"].as_str().unwrap_or_default();
    let at = |path: &str| json!(format!("{issuer}{path}"));
    let metadata = json!({
        "authorization_endpoint": at("/authorize"), "token_endpoint": at("/token"), "jwks_uri": at("/jwks"),
        "userinfo_endpoint": at("/userinfo"), "revocation_endpoint": at("/revoke"), "end_session_endpoint": at("/end-session"),
        "pushed_authorization_request_endpoint": at("/par"),
    });
    Place { profile, metadata }
}

fn is_of_core(logged: &LoggedRequest) -> bool {
    let is_ours = |(name, value): &(String, String)| name == "user-agent" && value.starts_with("companion/");
    logged.carried.headers.iter().any(is_ours)
}

/// The line that speaks of a status: of itself, else of its class.
fn of_status(lines: &[Status], status: u16) -> Option<&Status> {
    let (exact, class) = (status.to_string(), format!("{}xx", status / 100));
    lines.iter().find(|line| line.status == exact).or_else(|| lines.iter().find(|line| line.status == class))
}

/// A status that this line and no other speaks of.
fn one_of(line: &str, all: &[Status]) -> u16 {
    let of_class = |first: u16| {
        [first + 18, first + 7, first]
            .into_iter()
            .find(|it| of_status(all, *it).is_some_and(|known| known.status == line))
    };
    match line.strip_suffix("xx").and_then(|class| class.parse::<u16>().ok()) {
        Some(class) => of_class(class * 100).expect("a status of the class"),
        None => line.parse().expect("a status"),
    }
}

/// Pages of the sandbox that people see, and the addresses they send people to.
fn is_page(path: &str) -> bool {
    ["/sign-in", "/register", "/invitation", "/end-session"].contains(&path)
}

/// `value.*` is a member and everything below it.
fn is_field(listed: &str, came: &str) -> bool {
    let listed = listed.replace("[]", "");
    let listed = listed.strip_prefix('.').unwrap_or(&listed);
    match listed.strip_suffix(".*") {
        Some(above) => came == above || came.starts_with(&format!("{above}.")),
        None => came == listed,
    }
}

impl Arrived<'_> {
    fn asked(&self) -> Asked<'_> {
        let headers = &self.logged.carried.headers;
        let bare = headers.iter().any(|(name, value)| name == "accept-encoding" && value == "identity");
        Asked { method: &self.logged.method, origin: None, path: &self.logged.path, bare }
    }

    fn of(logged: &LoggedRequest) -> Arrived<'_> {
        let names = |encoded: &str| {
            url::form_urlencoded::parse(encoded.as_bytes()).map(|(name, _)| name.into_owned()).collect()
        };
        let headers: BTreeSet<String> = logged.carried.headers.iter().map(|(name, _)| name.clone()).collect();
        let is_form = logged.carried.headers.iter().any(|(_, value)| value == "application/x-www-form-urlencoded");
        let body = match serde_json::from_str::<Value>(&logged.carried.body) {
            Ok(body) if !is_form => {
                let mut members = BTreeSet::new();
                leaves(&body, "", &mut members);
                members
            }
            _ => names(&logged.carried.body),
        };
        Arrived { logged, query: names(&logged.query), headers, body }
    }
}

fn leaves(value: &Value, way: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, member) in members {
                leaves(member, &if way.is_empty() { name.clone() } else { format!("{way}.{name}") }, found);
            }
        }
        Value::Array(elements) if !elements.is_empty() => elements.iter().for_each(|it| leaves(it, way, found)),
        _ => drop(found.insert(way.to_owned())),
    }
}

/// What of a request is not as its lines say.
fn faults(place: &Place, contract: &Contract, request: &Request, arrived: &Arrived<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    if request.by == By::Core {
        let common = &contract.common;
        let all = [(&common.headers, !request.bare), (&common.person_headers, request.as_person)];
        let of_all = all.into_iter().filter(|(_, is_sent)| *is_sent).flat_map(|(parts, _)| parts);
        let listed: Vec<&Part> = of_all.chain(&request.headers).collect();
        let is_transport = |name: &&String| TRANSPORT.contains(&name.as_str());
        for came in arrived.headers.iter().filter(|name| !is_transport(name)) {
            if !listed.iter().any(|part| part.name.eq_ignore_ascii_case(came)) {
                faults.push(format!("the header {came} is in no line"));
            }
        }
        for part in listed.iter().filter(|part| part.when.is_none()) {
            if !arrived.headers.contains(&part.name.to_ascii_lowercase()) {
                faults.push(format!("comes without the header {}", part.name));
            }
        }
        let is_known = of_status(&request.statuses, arrived.logged.status).is_some()
            || of_status(&common.statuses, arrived.logged.status).is_some();
        // 0: the connection ended first.
        if arrived.logged.status != 0 && !is_known {
            faults.push(format!("the status {} is in no line", arrived.logged.status));
        }
    }
    let fields = request.body.as_ref().map(|body| body.fields.as_slice()).unwrap_or_default();
    for (kind, listed, came) in [("query", request.query.as_slice(), &arrived.query), ("body", fields, &arrived.body)] {
        // Signed addresses have a query of their own.
        for name in came.iter().filter(|_| !(request.bare && kind == "query")) {
            if !listed.iter().any(|part| is_field(&place.name(&part.name), name)) {
                faults.push(format!("{kind} {name} is in no line"));
            }
        }
        for part in listed.iter().filter(|part| part.when.is_none()) {
            if !came.iter().any(|name| is_field(&place.name(&part.name), name)) {
                faults.push(format!("comes without {kind} {}", part.name));
            }
        }
    }
    faults
}
