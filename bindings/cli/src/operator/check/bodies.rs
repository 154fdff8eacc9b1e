//! The body of an answer, read by the core's own readers: what they refuse is a fault, what they warn of is a fault or a
//! remark by what it costs. These are the warnings that `companion inspect` prints.

use companion::activation::tmf as activation;
use companion::invoices::model::BillAmounts;
use companion::invoices::tmf::{self as invoices, LinesOf};
use companion::operator::contract::Request;
use companion::operator::profile::{PreferenceResource, Profile};
use companion::operator::tolerant::{self, Warning, WarningKind, Weight};
use companion::operator::watch::Exchange;
use companion::preferences::tmf::{self as preferences, communication, named};
use companion::session::{Line, Lines, lines};
use companion::usage::model::LineUsage;
use companion::usage::tmf as usage;
use companion::vowifi::line::Provisioned;
use companion::vowifi::tmf as services;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::book::{Book, Clause};
use super::judge::{Findings, Said, kind};
use super::report::Level;

/// What came where an answer holds nothing of the person's to show.
pub const NOTHING: &str = "nothing of that";

/// Who asked, and of which lines: what the readers must know.
#[derive(Debug, Default)]
pub struct Asker {
    /// The token's `sub`.
    pub sub: String,
    /// The person's lines, as userinfo told them.
    pub lines: Option<Lines>,
    /// The line that was last asked for in a body.
    posted_line: Option<String>,
}

/// What a reader made of a body.
enum Made {
    /// Read, with what was odd.
    Read(Vec<Warning>),
    /// Refused, in the reader's words.
    Refused(String),
}

/// What is to be said beside the reader's own warnings: where, what was expected, what came, and what the app makes of it.
#[derive(Default)]
struct Extra(Vec<(Level, [String; 4])>);

impl Extra {
    fn fault(&mut self, said: [&str; 4]) {
        self.0.push((Level::Fault, said.map(str::to_owned)));
    }

    fn remark(&mut self, said: [&str; 4]) {
        self.0.push((Level::Remark, said.map(str::to_owned)));
    }
}

/// Reads the body of a good answer. Whether it was read at all.
pub fn read(
    book: &Book,
    profile: &Profile,
    asker: &mut Asker,
    (request, exchange): (&Request, &Exchange),
    findings: &mut Findings,
) -> bool {
    let zone = profile.zone();
    let document: Value = serde_json::from_slice(&exchange.response_body).unwrap_or_default();
    let today = today(exchange, &zone);
    let mut extra = Extra::default();
    let made = made(profile, asker, (request, exchange), &zone, today, &mut extra);
    let is_read = !matches!(made, Some(Made::Refused(_)));
    match made {
        None => {}
        Some(Made::Refused(sentence)) => {
            let said = Said {
                clause: Clause::Request,
                at: "body",
                expected: &request.title,
                came: &kind(Some(&document)),
                consequence: &sentence,
            };
            findings.note(book, request, Level::Fault, &said);
        }
        Some(Made::Read(warnings)) => {
            for warning in &warnings {
                warned(book, request, &document, warning, findings);
            }
        }
    }
    for (level, [at, expected, came, consequence]) in &extra.0 {
        let clause = book.read(request, at).map_or(Clause::Request, |(_, clause)| clause);
        findings.note(book, request, *level, &Said { clause, at, expected, came, consequence });
    }
    is_read
}

fn made(
    profile: &Profile,
    asker: &mut Asker,
    (request, exchange): (&Request, &Exchange),
    zone: &TimeZone,
    today: Date,
    extra: &mut Extra,
) -> Option<Made> {
    let body = exchange.response_body.as_slice();
    let parameter =
        |wanted: &str| exchange.url.query_pairs().find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned());
    let me = Some(asker.sub.as_str()).filter(|sub| !sub.is_empty());
    let account = profile.apis.invoices.as_ref().and_then(|api| parameter(&api.account_filter));
    let accounts = account.as_ref().map(std::slice::from_ref);
    let how_bills = invoices::HowToRead { accounts, me, time_zone: zone, cycle_end: profile.cycle_end };
    let refused = |refusal: &dyn std::fmt::Display| Some(Made::Refused(refusal.to_string()));
    match request.id.as_str() {
        "userinfo" => match lines::read(body, &asker.sub) {
            Some(told) => {
                if told.lines.0.is_empty() {
                    let consequence = "The person has no line to show: neither a number nor an asset that they use.";
                    extra.fault(["userAssets", "at least one line", "none", consequence]);
                }
                asker.lines = Some(told.lines);
                Some(Made::Read(told.warnings))
            }
            None => {
                let consequence = "It is not about the person of the id token: nothing is shown.";
                extra.fault(["sub", "the id token's sub", "another, or none", consequence]);
                None
            }
        },
        "usage-report" | "usage-query" | "usage-task" | "usage-task-result" => {
            let asked = parameter(&profile.apis.usage.line_filter).or_else(|| posted_line(asker, exchange));
            let line = asker
                .lines
                .iter()
                .flat_map(|lines| &lines.0)
                .find(|it| it.msisdn == asked || Some(&it.id) == asked.as_ref());
            let how = usage::HowToRead {
                lines: asked.as_ref().map(std::slice::from_ref),
                line_id: line.map(|line| line.id.as_str()),
                me,
                time_zone: zone,
                data_base: profile.units.data_base,
                cycle_end: profile.cycle_end,
            };
            match usage::decode(body, &how) {
                Err(refusal) => refused(&refusal),
                Ok(decoded) => {
                    let ended = |cycle: companion::usage::model::Cycle| cycle.ended_by(today);
                    let cycles = decoded.lines.iter().filter_map(LineUsage::cycle);
                    if let Some(cycle) = cycles.into_iter().find(|cycle| ended(*cycle)) {
                        let came =
                            cycle.last_day().map_or("one that is over".to_owned(), |day| format!("one until {day}"));
                        let expected = format!("a cycle that {today} is in");
                        let consequence =
                            "Shown under its own dates, never as now: no alert and no forecast comes of it.";
                        extra.fault(["bucket[].validFor", &expected, &came, consequence]);
                    }
                    let has_end = |line: &LineUsage| line.cycle().is_some_and(|cycle| cycle.last_day().is_some());
                    let is_dated = |line: &LineUsage| line.buckets.is_empty() || has_end(line);
                    if !decoded.lines.iter().all(is_dated) {
                        let consequence =
                            "Nothing says when it begins anew: no days left, no pace, no alert, no forecast.";
                        let (at, expected) = ("bucket[].validFor", "the cycle, with its start and its end");
                        extra.remark([at, expected, "nothing", consequence]);
                    }
                    asker.posted_line = asked.or(asker.posted_line.take());
                    // What is under way is asked after, and read once it is done.
                    let is_done = decoded.task.as_ref().is_none_or(|task| {
                        !matches!(task.state, usage::TaskState::Accepted | usage::TaskState::InProgress)
                    });
                    Some(Made::Read(if is_done { decoded.warnings } else { Vec::new() }))
                }
            }
        }
        "products" => {
            let lines: &[Line] = asker.lines.as_ref().map(|lines| lines.0.as_slice()).unwrap_or_default();
            let mut warnings = Vec::new();
            for line in lines {
                let others: Vec<Line> = lines.iter().filter(|other| *other != line).cloned().collect();
                let asked = usage::product::Asked { line, others: &others, zone, data_base: profile.units.data_base };
                match usage::product::read(body, &asked) {
                    Err(refusal) => return refused(&refusal),
                    Ok(told) => warnings.extend(told.warnings),
                }
            }
            Some(Made::Read(warnings))
        }
        "preferences" | "preference" => {
            let asked = profile.apis.preferences.as_ref().and_then(|api| parameter(&api.line_filter));
            let line = asker
                .lines
                .iter()
                .flat_map(|lines| &lines.0)
                .find(|it| it.msisdn == asked || Some(&it.id) == asked.as_ref());
            let how = line.map(|line| preferences::HowToRead { line_id: &line.id, msisdn: line.msisdn.as_deref() });
            match communication::read(body, how.as_ref(), preferences::OwnNames::in_profile(profile)) {
                Err(unreadable) => refused(&unreadable),
                Ok(decoded) => Some(Made::Read(decoded.warnings)),
            }
        }
        "person" => of_named(body, PreferenceResource::PartyCharacteristic, profile),
        "line-service" => of_named(body, PreferenceResource::ServiceFeature, profile),
        "billing-accounts" => match invoices::read_accounts(body, &how_bills) {
            Err(refusal) => refused(&refusal),
            Ok(accounts) => Some(Made::Read(accounts.warnings)),
        },
        "bills" => match invoices::read_bills(body, &how_bills) {
            Err(refusal) => refused(&refusal),
            Ok(read) => {
                if read.warnings.is_empty() && read.bills.iter().any(|bill| bill.issued.is_none()) {
                    let consequence = "The bill is shown without a day of issue, in the month of its period.";
                    extra.remark(["[].billDate", "the day of issue", "nothing", consequence]);
                }
                let has_amount = |amounts: &BillAmounts| {
                    amounts.due.is_some() || amounts.remaining.is_some() || amounts.tax_included.is_some()
                };
                if read.warnings.is_empty() && read.bills.iter().any(|bill| !has_amount(&bill.amounts)) {
                    let consequence = "The bill is shown without an amount, and paying is not offered.";
                    extra.fault(["[].amountDue", "what is to be paid", "nothing", consequence]);
                }
                if read.warnings.is_empty() && read.bills.is_empty() {
                    let consequence =
                        "The screen says that there are no invoices yet. Sign in as somebody who has some.";
                    extra.remark(["body", "at least one bill of this person's", NOTHING, consequence]);
                }
                Some(Made::Read(read.warnings))
            }
        },
        "bill-lines" | "running-costs" => {
            let bill = profile.apis.invoices.as_ref().and_then(|api| parameter(&api.bill_filter));
            let of = match &bill {
                _ if request.id == "running-costs" => LinesOf::Running,
                Some(bill) => LinesOf::Bill(bill),
                None => LinesOf::Any,
            };
            match invoices::read_lines(body, of, &how_bills) {
                Err(refusal) => refused(&refusal),
                Ok(lines) => Some(Made::Read(lines.warnings)),
            }
        }
        "bill-document" => {
            let id = exchange.url.path_segments().and_then(|mut parts| parts.next_back()).unwrap_or_default();
            match invoices::read_bill(body, id, &invoices::HowToRead { accounts: None, me: None, ..how_bills }) {
                Err(refusal) => refused(&refusal),
                Ok((_, warnings)) => Some(Made::Read(warnings)),
            }
        }
        "stored-document" => match invoices::read_document(body, &how_bills) {
            Err(refusal) => refused(&refusal),
            Ok(documents) => Some(Made::Read(documents.warnings)),
        },
        "wifi-services" => {
            let lines = asker.lines.clone().unwrap_or(Lines(Vec::new()));
            match services::read_services(body, &lines) {
                Err(unreadable) => refused(&unreadable),
                Ok(told) => {
                    if asker.lines.is_some()
                        && told.services.iter().any(|service| service.provisioned == Provisioned::Unknown)
                    {
                        let consequence =
                            "Nobody says whether Wi-Fi calling is on for the line: nothing can be ordered.";
                        let expected = "a feature voWifi that is on or off";
                        extra.fault(["feature", expected, "none that says so", consequence]);
                    }
                    Some(Made::Read(told.warnings))
                }
            }
        }
        "line-orders" => match activation::read_orders(body, &asker.sub, zone) {
            Err(unread) => Some(Made::Refused(unread_sentence(unread))),
            Ok(told) => Some(Made::Read(told.warnings)),
        },
        "sim-cards" | "esims" | "sims" => match activation::read_sims(body, &asker.sub) {
            Err(unread) => Some(Made::Refused(unread_sentence(unread))),
            Ok(told) => Some(Made::Read(told.warnings)),
        },
        _ => None,
    }
}

fn of_named(body: &[u8], resource: PreferenceResource, profile: &Profile) -> Option<Made> {
    Some(match named::read(body, named::Array::of(resource)?, preferences::OwnNames::in_profile(profile)) {
        Err(unreadable) => Made::Refused(unreadable.to_string()),
        Ok(decoded) => Made::Read(decoded.warnings),
    })
}

fn unread_sentence(unread: activation::Unread) -> String {
    match unread {
        activation::Unread::Document(unreadable) => unreadable.to_string(),
        activation::Unread::NoList => "It is no list of what was asked for.".to_owned(),
    }
}

/// The line that a body asks for; of a task that is asked after, that of its beginning.
fn posted_line(asker: &Asker, exchange: &Exchange) -> Option<String> {
    let Some(body) = &exchange.request_body else { return asker.posted_line.clone() };
    let body = String::from_utf8_lossy(body);
    let numbers = asker.lines.iter().flat_map(|lines| &lines.0).map(|line| line.msisdn.as_ref().unwrap_or(&line.id));
    numbers.into_iter().find(|number| body.contains(number.as_str())).cloned()
}

/// The operator's day, by the answer's own clock.
fn today(exchange: &Exchange, zone: &TimeZone) -> Date {
    let told = exchange.response_header("date").and_then(|date| rfc2822::parse(date).ok());
    told.map_or_else(Timestamp::now, |at| at.timestamp()).to_zoned_datetime(zone.clone()).date()
}

fn warned(book: &Book, request: &Request, document: &Value, warning: &Warning, findings: &mut Findings) {
    let Some(level) = level(&warning.kind) else { return };
    let at = match member(&warning.kind) {
        Some(member) if warning.path.is_empty() => member.to_owned(),
        Some(member) if warning.path.rsplit('.').next() == Some(member) => warning.path.clone(),
        Some(member) => format!("{}.{member}", warning.path),
        None => warning.path.clone(),
    };
    let at = of_unit(&warning.kind, at);
    let read = book.read(request, &at);
    let clause = read.map_or(Clause::Request, |(_, clause)| clause);
    let came = kind(value_at(document, &at));
    let expected = read.map_or(request.title.clone(), |(read, _)| format!("{}: {}", read.kind, read.meaning));
    let said = Said {
        clause,
        at: if at.is_empty() { "body" } else { &at },
        expected: &expected,
        came: &came,
        consequence: &warning.kind.to_string(),
    };
    findings.note(book, request, level, &said);
}

/// What a warning is to an operator. None: an ordinary thing that the app handles by rule.
fn level(kind: &WarningKind) -> Option<Level> {
    Some(match kind {
        // Without it nothing has an age.
        WarningKind::NoCountedTime => Level::Fault,
        // What is another person's must not leave the operator at all.
        WarningKind::LineNotAskedFor | WarningKind::NotOwnAccount | WarningKind::NotOfThisBill => Level::Fault,
        WarningKind::EmptyAnswer
        | WarningKind::OthersDropped { .. }
        | WarningKind::AccountTotal
        | WarningKind::CreditNoteUnsigned
        | WarningKind::UnlimitedByAmount
        | WarningKind::UnlimitedWithAmount
        | WarningKind::NoLineNamed
        | WarningKind::MixedUnits
        | WarningKind::SeveralLines
        | WarningKind::OpenEnded
        | WarningKind::SharedTotalLeftOut
        | WarningKind::More { .. }
        | WarningKind::ContentNotPdf => return None,
        other => match other.weight() {
            Weight::Lost => Level::Fault,
            Weight::Note => Level::Remark,
        },
    })
}

/// The member that a warning misses, where it is noted on whoever should have it.
fn member(kind: &WarningKind) -> Option<&'static str> {
    Some(match kind {
        WarningKind::NoCountedTime => "lastUpdate",
        WarningKind::NoId | WarningKind::MissingId | WarningKind::NotAddressable => "id",
        WarningKind::NeitherOnNorOff => "isEnabled",
        WarningKind::UnknownService => "usageType",
        WarningKind::PlanUnnamed => "name",
        WarningKind::UnknownOrderState | WarningKind::NoOrderState => "state",
        WarningKind::NotEuros | WarningKind::CurrencyAssumed => "unit",
        WarningKind::NotInternational => "msisdn",
        _ => return None,
    })
}

/// The unit beside an amount, where that is what is wrong.
fn of_unit(kind: &WarningKind, at: String) -> String {
    match (kind, at.rsplit_once('.')) {
        (WarningKind::UnknownUnit | WarningKind::MissingUnit, Some((holder, "amount" | "value" | "number"))) => {
            format!("{holder}.units")
        }
        _ => at,
    }
}

/// The value at a way of a warning, `bucket[2].validFor`.
fn value_at<'v>(document: &'v Value, way: &str) -> Option<&'v Value> {
    way.split(['.', '[', ']']).filter(|step| !step.is_empty()).try_fold(document, |value, step| match value {
        Value::Array(elements) => elements.get(step.parse::<usize>().ok()?),
        other => other.get(step),
    })
}

/// A JSON document of the provider; nothing where it is none.
pub fn parsed(body: &[u8]) -> Value {
    tolerant::parse(body).unwrap_or_default()
}
