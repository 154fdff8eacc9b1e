//! What is printed of a document, as data: the shape of `--json`, and what the text is laid out from.
//! Amounts are in the smallest unit (bytes, seconds, messages, cents) and say where they came from.

use std::io;

use companion::activation::iccid::Iccid;
use companion::activation::model::{LineOrder, SimCard};
use companion::activation::tmf::{Told, Unread};
use companion::operator::tolerant::{Warning, Weight};
use companion::preferences;
use companion::usage::model::{self, Allowance, Origin};
use companion::usage::tmf::{Decoded, Refusal, TaskState};
use companion::vowifi;
use companion::vowifi::line::{FeaturePlace, LineService};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::{Value, json};

/// How well a document was understood; the number is the exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Everything it says is shown.
    Understood = 0,
    /// Something it says is not shown.
    InPart = 1,
    /// Nothing is shown.
    Refused = 2,
}

/// Whether a line's number is printed as it stands. A report is pasted into tickets and chats.
#[derive(Debug, Clone, Copy)]
pub enum Numbers {
    /// Enough to tell lines apart: `+32•••••0117`.
    Masked,
    /// Whoever named the lines knows them.
    InFull,
}

/// Version of the shape of `--json`.
pub const SCHEMA: u32 = 1;

/// What is printed of one document.
#[derive(Debug, Serialize)]
pub struct Report {
    pub schema: u32,
    pub file: String,
    pub outcome: Outcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refused>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dialect: Option<Dialect>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task: Option<Task>,
    pub lines: Vec<Line>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preferences: Option<Vec<Preference>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub services: Option<Vec<Service>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orders: Option<Vec<Order>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sims: Option<Vec<Sim>>,
    /// What is in a document of which only the oddities are told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<Vec<Found>>,
    pub warnings: Vec<Oddity>,
}

/// So many of a kind.
#[derive(Debug, Serialize)]
pub struct Found {
    /// One of them: `bill`, `bill line` and such.
    pub what: &'static str,
    pub count: usize,
}

#[derive(Debug, Serialize)]
pub struct Preference {
    pub id: String,
    pub topic: String,
    pub channel: String,
    pub on: bool,
    pub threshold_percent: Option<u8>,
    pub mandatory: bool,
    pub decided_by: String,
}

#[derive(Debug, Serialize)]
pub struct Service {
    pub line: String,
    pub id: Option<String>,
    pub wifi_calling: String,
    /// Where it says so: an order to switch it on is written there.
    pub place: Option<String>,
}

/// An order of a line. Its number is printed masked.
#[derive(Debug, Serialize)]
pub struct Order {
    pub id: String,
    pub line: Option<String>,
    pub sim: String,
    /// The number is one the person has already.
    pub keeps_number: bool,
    pub stage: String,
    pub reason: Option<String>,
    pub ordered: Option<String>,
    pub starts: Option<String>,
    pub launched: Option<String>,
    pub done: Option<String>,
}

/// A SIM. Of its own number (ICCID), which is a secret, nothing is printed.
#[derive(Debug, Serialize)]
pub struct Sim {
    pub id: String,
    pub kind: String,
    pub line: Option<String>,
    /// Where the profile of an eSIM is.
    pub profile: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct Refused {
    pub code: String,
    pub sentence: String,
}

#[derive(Debug, Serialize)]
pub struct Dialect {
    pub code: String,
    pub sentence: String,
}

#[derive(Debug, Serialize)]
pub struct Task {
    pub id: Option<String>,
    pub state: TaskState,
}

#[derive(Debug, Serialize)]
pub struct Line {
    pub line: Option<String>,
    pub counted_at: Option<CountedAt>,
    pub buckets: Vec<Bucket>,
    pub out_of_bundle: Vec<Cost>,
}

#[derive(Debug, Serialize)]
pub struct CountedAt {
    pub at: String,
    pub local: String,
    pub zone_assumed: bool,
}

#[derive(Debug, Serialize)]
pub struct Bucket {
    pub id: String,
    pub name: Option<String>,
    pub service: String,
    pub zone: String,
    pub kind: String,
    pub scope: String,
    pub status: String,
    pub used: Option<Reading>,
    pub remaining: Option<Reading>,
    pub over: Option<Reading>,
    pub allowance: AllowanceReport,
    pub used_permille: Option<u64>,
    pub cycle: Option<Cycle>,
}

#[derive(Debug, Serialize)]
pub struct AllowanceReport {
    pub kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<Reading>,
}

#[derive(Debug, Serialize)]
pub struct Reading {
    pub amount: Value,
    pub unit: String,
    pub origin: &'static str,
}

#[derive(Debug, Serialize)]
pub struct Cycle {
    pub first_day: Option<String>,
    pub last_day: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct Cost {
    pub kind: String,
    pub name: Option<String>,
    pub amount: Value,
    pub unit: String,
    pub cycle: Option<Cycle>,
}

#[derive(Debug, Serialize)]
pub struct Oddity {
    pub weight: Weight,
    #[serde(flatten)]
    pub warning: Warning,
    pub sentence: String,
}

impl Report {
    /// Of a document that was read; `numbers` says whether lines are named in full.
    pub fn understood(file: String, decoded: &Decoded, zone: &TimeZone, numbers: Numbers) -> Self {
        let lost = decoded.warnings.iter().any(|warning| warning.weight() == Weight::Lost);
        Report {
            schema: SCHEMA,
            outcome: if lost { Outcome::InPart } else { Outcome::Understood },
            refusal: None,
            dialect: Some(Dialect {
                code: snake_case(&format!("{:?}", decoded.dialect)),
                sentence: decoded.dialect.to_string(),
            }),
            task: decoded.task.as_ref().map(|task| Task { id: task.id.clone(), state: task.state }),
            lines: decoded.lines.iter().map(|line| Line::of(line, zone, numbers)).collect(),
            preferences: None,
            services: None,
            orders: None,
            sims: None,
            found: None,
            warnings: decoded.warnings.iter().map(Oddity::of).collect(),
            file,
        }
    }

    /// Of a document the core refuses.
    pub fn refused(file: String, refusal: &Refusal) -> Self {
        Self::nothing(file, refusal.code().to_owned(), refusal.to_string())
    }

    /// Of a file that cannot be read.
    pub fn unreadable(file: String, error: &io::Error) -> Self {
        Self::nothing(file, "unreadable_file".to_owned(), format!("The file cannot be read: {error}."))
    }

    pub fn nothing(file: String, code: String, sentence: String) -> Self {
        Report {
            schema: SCHEMA,
            file,
            outcome: Outcome::Refused,
            refusal: Some(Refused { code, sentence }),
            dialect: None,
            task: None,
            lines: Vec::new(),
            preferences: None,
            services: None,
            orders: None,
            sims: None,
            found: None,
            warnings: Vec::new(),
        }
    }

    /// Of a document of which only the oddities are told, where some oddities lose something.
    pub fn read(file: String, warnings: &[Warning]) -> Self {
        let lost = warnings.iter().any(|warning| warning.weight() == Weight::Lost);
        Report {
            schema: SCHEMA,
            outcome: if lost { Outcome::InPart } else { Outcome::Understood },
            refusal: None,
            dialect: None,
            task: None,
            lines: Vec::new(),
            preferences: None,
            services: None,
            orders: None,
            sims: None,
            found: None,
            warnings: warnings.iter().map(Oddity::of).collect(),
            file,
        }
    }

    /// Of a document that holds no orders or SIMs.
    pub fn unread(file: String, unread: Unread) -> Self {
        match unread {
            Unread::Document(unreadable) => Self::refused(file, &unreadable.into()),
            Unread::NoList => {
                Self::nothing(file, unread.code().to_owned(), "It is no list of what was asked for.".to_owned())
            }
        }
    }

    /// Of a document of which only the oddities are told, and how much is in it.
    pub fn found(file: String, found: Vec<Found>, warnings: &[Warning]) -> Self {
        Report { found: Some(found), ..Self::read(file, warnings) }
    }

    /// Of orders that were read.
    pub fn of_orders(file: String, told: &Told<LineOrder>, zone: &TimeZone) -> Self {
        let orders = told.found.iter().map(|order| Order::of(order, zone)).collect();
        Report { orders: Some(orders), ..Self::read(file, &told.warnings) }
    }

    /// Of SIMs that were read.
    pub fn of_sims(file: String, told: &Told<SimCard>) -> Self {
        Report { sims: Some(told.found.iter().map(Sim::of).collect()), ..Self::read(file, &told.warnings) }
    }

    /// Of notification preferences that were read.
    pub fn of_preferences(file: String, decoded: &preferences::tmf::Decoded) -> Self {
        let preferences = decoded.preferences.iter().map(Preference::of).collect();
        Report { preferences: Some(preferences), ..Self::read(file, &decoded.warnings) }
    }

    /// Of services that were read.
    pub fn of_services(file: String, told: &vowifi::tmf::Told) -> Self {
        let services = told.services.iter().map(Service::of).collect();
        Report { services: Some(services), ..Self::read(file, &told.warnings) }
    }

    /// One line of JSON.
    pub fn to_json(&self) -> String {
        match serde_json::to_string(self) {
            Ok(json) => format!("{json}\n"),
            Err(_) => format!("{}\n", json!({ "schema": SCHEMA, "file": self.file, "outcome": "refused" })),
        }
    }
}

impl Order {
    fn of(order: &LineOrder, zone: &TimeZone) -> Self {
        let moment = |ms: Option<i64>| {
            let at = Timestamp::from_millisecond(ms?).ok()?.to_zoned_datetime(zone.clone());
            Some(at.strftime("%Y-%m-%d %H:%M:%S %:z").to_string())
        };
        Order {
            id: order.id.clone(),
            line: order.number.as_deref().map(masked),
            sim: snake_case(&format!("{:?}", order.sim)),
            keeps_number: order.kept.is_some(),
            stage: snake_case(&format!("{:?}", order.stage)),
            reason: order.reason.map(|reason| snake_case(&format!("{reason:?}"))),
            ordered: moment(order.ordered_ms),
            starts: moment(order.starts_ms),
            launched: moment(order.launched_ms),
            done: moment(order.done_ms),
        }
    }
}

impl Sim {
    fn of(sim: &SimCard) -> Self {
        Sim {
            // Operators may choose the SIM's own number.
            id: if holds_iccid(&sim.id) { "•".repeat(sim.id.chars().count()) } else { sim.id.clone() },
            kind: snake_case(&format!("{:?}", sim.kind)),
            line: sim.number.as_deref().map(masked),
            profile: sim.profile.map(|profile| snake_case(&format!("{profile:?}"))),
        }
    }
}

/// Whether a SIM's own number stands in it, alone or behind a word, as in `urn:iccid:…`.
fn holds_iccid(id: &str) -> bool {
    let is_of_a_number = |c: char| c.is_ascii_digit() || c == '-' || c.is_whitespace();
    id.split(|c| !is_of_a_number(c)).any(|part| Iccid::read(part).is_ok())
}

impl Service {
    fn of(service: &LineService) -> Self {
        let place = service.place.as_ref().map(|place| match place {
            FeaturePlace::Feature { name } => format!("isEnabled of the feature {name}"),
            FeaturePlace::Characteristic { feature, name, .. } => format!("{name} of the feature {feature}"),
            FeaturePlace::Member { feature, characteristic, member, .. } => {
                format!("{member} in {characteristic} of the feature {feature}")
            }
        });
        Service {
            line: service.line.clone(),
            id: service.service.clone(),
            wifi_calling: snake_case(&format!("{:?}", service.provisioned)),
            place,
        }
    }
}

impl Preference {
    fn of(preference: &preferences::model::Preference) -> Self {
        use preferences::model::{About, Channel};
        Preference {
            id: preference.id.clone(),
            topic: match &preference.about {
                About::Other(name) => name.clone(),
                known => snake_case(&format!("{known:?}")),
            },
            channel: match &preference.channel {
                Channel::Other(name) => name.clone(),
                known => snake_case(&format!("{known:?}")),
            },
            on: preference.value.enabled,
            threshold_percent: preference.value.threshold_percent,
            mandatory: preference.mandatory,
            decided_by: snake_case(&format!("{:?}", preference.allowed_by)),
        }
    }
}

impl Line {
    fn of(line: &model::LineUsage, zone: &TimeZone, numbers: Numbers) -> Self {
        Line {
            line: line.line.as_deref().map(|number| match numbers {
                Numbers::Masked => masked(number),
                Numbers::InFull => number.to_owned(),
            }),
            counted_at: line.counted_at.map(|counted| CountedAt {
                at: counted.at.to_string(),
                local: counted.at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M:%S %:z").to_string(),
                zone_assumed: counted.zone_assumed,
            }),
            buckets: line.buckets.iter().map(Bucket::of).collect(),
            out_of_bundle: line.out_of_bundle.iter().map(Cost::of).collect(),
        }
    }
}

impl Bucket {
    fn of(bucket: &model::Bucket) -> Self {
        Bucket {
            id: bucket.id.clone(),
            name: bucket.name.clone(),
            service: match &bucket.service {
                model::Service::Other(name) => name.clone(),
                known => snake_case(&format!("{known:?}")),
            },
            zone: snake_case(&format!("{:?}", bucket.zone)),
            kind: snake_case(&format!("{:?}", bucket.kind)),
            scope: snake_case(&format!("{:?}", bucket.scope)),
            status: snake_case(&format!("{:?}", bucket.status)),
            used: bucket.used.as_ref().map(Reading::of),
            remaining: bucket.remaining.as_ref().map(Reading::of),
            over: bucket.over.as_ref().map(Reading::of),
            allowance: match &bucket.allowance {
                Allowance::Finite(total) => AllowanceReport { kind: "finite", total: Some(Reading::of(total)) },
                Allowance::FairUse(total) => AllowanceReport { kind: "fair_use", total: Some(Reading::of(total)) },
                Allowance::Unlimited => AllowanceReport { kind: "unlimited", total: None },
                Allowance::Unknown => AllowanceReport { kind: "unknown", total: None },
            },
            used_permille: bucket.used_permille(),
            cycle: bucket.cycle.map(Cycle::of),
        }
    }
}

impl Reading {
    fn of(reading: &model::Reading) -> Self {
        let (amount, unit) = amount_and_unit(&reading.amount);
        let origin = match reading.origin {
            Origin::Counter => "counter",
            Origin::Balance => "balance",
            Origin::Derived => "derived",
        };
        Reading { amount, unit, origin }
    }
}

impl Cost {
    fn of(cost: &model::OutOfBundle) -> Self {
        let (amount, unit) = amount_and_unit(&cost.amount);
        Cost {
            kind: snake_case(&format!("{:?}", cost.kind)),
            name: cost.name.clone(),
            amount,
            unit,
            cycle: cost.cycle.map(Cycle::of),
        }
    }
}

impl Cycle {
    fn of(cycle: model::Cycle) -> Self {
        Cycle {
            first_day: cycle.start.map(|day| day.to_string()),
            last_day: cycle.last_day().map(|day| day.to_string()),
        }
    }
}

impl Oddity {
    fn of(warning: &Warning) -> Self {
        Oddity { weight: warning.weight(), sentence: warning.kind.to_string(), warning: warning.clone() }
    }
}

fn amount_and_unit(amount: &model::Amount) -> (Value, String) {
    match amount {
        model::Amount::Bytes(n) => (json!(n), "bytes".to_owned()),
        model::Amount::Seconds(n) => (json!(n), "seconds".to_owned()),
        model::Amount::Count(n) => (json!(n), "count".to_owned()),
        model::Amount::Money(money) => (json!(money.cents), format!("cents {}", money.currency)),
        model::Amount::Raw { digits, unit } => (json!(digits), unit.clone()),
    }
}

/// A number with its country code and its last four digits, of a short one not even these.
fn masked(number: &str) -> String {
    let letters = number.chars().filter(|c| c.is_alphanumeric()).count();
    let country = if number.starts_with('+') { 2 } else { 0 };
    let mut place = 0_usize;
    let mask = |c: char| {
        if !c.is_alphanumeric() {
            return c;
        }
        place = place.saturating_add(1);
        let at_the_end = letters > 8 && place > letters.saturating_sub(4);
        if place <= country || at_the_end { c } else { '•' }
    };
    number.chars().map(mask).collect()
}

/// `SharedMyShare` as `shared_my_share`.
pub(crate) fn snake_case(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.push(c.to_ascii_lowercase());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{holds_iccid, masked};

    #[test]
    fn an_id_that_holds_a_sims_own_number_is_told_from_another() {
        for (id, expected) in [
            ("8932050000000000013", true),
            ("89 3205-0000 0000 0000 13", true),
            ("8932050000000000013F", true),
            ("urn:iccid:8932050000000000013", true),
            ("sim/893205000000000001", true),
            ("sim-7", false),
            ("89320500000000000", false),
            ("1132050000000000013", false),
            ("89320500-a000-4000-8000-000000000013", false),
            ("", false),
        ] {
            assert_eq!(holds_iccid(id), expected, "{id}");
        }
    }

    #[test]
    fn a_number_shows_where_it_is_from_and_how_it_ends() {
        for (number, shown) in [
            ("+32470550117", "+32•••••0117"),
            ("963161043", "•••••1043"),
            ("0470 55 01 17", "•••• •• 01 17"),
            ("12345678", "••••••••"),
            ("+32", "+32"),
            ("", ""),
        ] {
            assert_eq!(masked(number), shown);
        }
    }
}
