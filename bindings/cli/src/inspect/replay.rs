//! `companion inspect --replay`: a folder of captures through the whole core. People sign in at the sandbox's own provider, over
//! TLS; what the APIs answered is played to the core; its screens and its warnings are what comes of it.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use companion::CompanionCore;
use companion::activation::tmf as activation;
use companion::invoices::model::Bill;
use companion::invoices::tmf as invoices;
use companion::operator::contract::{Contract, Request};
use companion::operator::profile::{Capability, Profile};
use companion::preferences::tmf::{self as preferences, communication, named};
use companion::session::{Lines, lines};
use companion::usage::tmf::{self as usage, product};
use companion::vowifi::guide::file;
use companion::vowifi::guide::signature::{GuideKey, Notice, verified};
use companion::vowifi::tmf as services;
use companion::{CoreConfig, Host, Problem};
use companion_sandbox::{Faults, Instead, Sandbox, SandboxOptions, agent};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::layout;
use super::report::{Found, Numbers, Outcome, Report, SCHEMA};
use crate::captures::file::{Capture, Folder, PRINTED};
use crate::captures::guides::{self, GUIDES};
use crate::captures::stage::{IDENTITY, Stage, began};
use crate::host::{FileStore, HandClock};
use crate::phone::explained;
use crate::{alerts, draw, notifications, session, terminal};

/// Whose place the person of the captures takes.
const PERSON: &str = "emma";

/// What the core makes of a folder.
#[derive(Debug)]
pub struct Replayed {
    /// Each screen's view record, by its name.
    pub screens: BTreeMap<&'static str, Value>,
    /// The same, as a terminal draws them.
    drawn: Vec<(&'static str, String)>,
    /// What the readers say of each document.
    documents: Vec<Report>,
    /// Requests that nothing was captured for.
    pub not_captured: Vec<String>,
    /// What a person would be told went wrong.
    pub told: Vec<String>,
    /// What of the captures is not played, and why.
    pub left_out: Vec<String>,
}

type Failed = Box<dyn std::error::Error>;

/// Runs the command.
pub(super) async fn run(folder: &Path, json: bool, language: Option<&str>) -> Result<ExitCode, Failed> {
    let folder = Folder::read(folder)?;
    let replayed = replay(&folder, &terminal::languages(language)).await?;
    terminal::print(&if json { format!("{:#}\n", replayed.to_json()) } else { replayed.in_words() })?;
    Ok(ExitCode::from(replayed.outcome() as u8))
}

/// Plays a folder through a core of its own, at the time at which it was captured.
pub async fn replay(folder: &Folder, languages: &[String]) -> Result<Replayed, Failed> {
    let dpop = folder.profile.pointer("/identity/dpop") == Some(&json!(true));
    let now = began(folder).unwrap_or_else(Timestamp::now);
    let sandbox = Sandbox::start(SandboxOptions { dpop, now, ..SandboxOptions::default() }).await?;
    let own: Value = serde_json::from_str(&sandbox.profile_json())?;
    let stage = Stage::at(folder, &sandbox.origin(), &own)?;
    sandbox.play(PERSON, &stage.sub, stage.recordings.clone());
    let userinfo = ("/userinfo".to_owned(), Instead::json(&stage.userinfo));
    let only = Some(vec!["/userinfo".to_owned()]);
    sandbox.set_faults(Faults { only, instead: [userinfo].into(), ..Faults::default() });

    let data = tempfile::tempdir()?;
    let config = CoreConfig {
        data_dir: data.path().join("data").to_string_lossy().into_owned(),
        profile_json: stage.profile.clone(),
        languages: languages.to_vec(),
        redirect_uri: None,
        process: None,
    };
    let secure_store = Arc::new(FileStore::open(&data.path().join("secure"))?);
    let clock = Arc::new(HandClock::at(now.as_millisecond()));
    let core = CompanionCore::open(config, Host::new(secure_store, clock)).map_err(|problem| match problem {
        Problem::Configuration { field, reason } => format!("profile.json is not usable: {field} {reason}"),
        other => format!("the core does not open: {other}"),
    })?;
    let replayed = played(&core, folder, &stage, &sandbox).await;
    let _ = core.suspend(5000);
    sandbox.stop().await;
    replayed
}

async fn played(core: &CompanionCore, folder: &Folder, stage: &Stage, sandbox: &Sandbox) -> Result<Replayed, Failed> {
    let person = sandbox.person(PERSON).ok_or("the sandbox is without people")?;
    let page = explained(core, core.session().start(Default::default(), None).await)?;
    let callback = agent::sign_in(&sandbox.ca_pem(), &page.url, &person.number, &person.password).await?;
    explained(core, core.session().finish(callback).await)?;

    let profile = Profile::parse(&stage.profile).map_err(|problem| format!("profile.json is not usable: {problem}"))?;
    let mut replayed = Replayed {
        screens: BTreeMap::new(),
        drawn: Vec::new(),
        documents: Vec::new(),
        not_captured: Vec::new(),
        told: Vec::new(),
        left_out: left_out(folder),
    };
    refresh(core, &profile, stage, &mut replayed).await;
    show(core, &profile, &mut replayed).await;
    let person = lines::read(stage.userinfo.as_bytes(), &stage.sub).map_or(Lines(Vec::new()), |told| told.lines);
    let guide_keys = guides::keys(&serde_json::from_str(&stage.profile)?);
    let reader = Reader { profile: &profile, lines: &person, sub: &stage.sub, guide_keys: &guide_keys };
    replayed.documents = folder.captures.iter().filter_map(|(name, capture)| reader.report(name, capture)).collect();
    let played = |method: &str, path: &str| {
        stage.recordings.iter().any(|one| one.method == method && one.path == path && one.status == Some(404))
    };
    let missing = sandbox.requests().into_iter().filter(|it| it.status == 404 && it.path.starts_with("/replay/"));
    let missing = missing.filter(|it| !played(&it.method, &it.path)).map(|it| {
        let query = if it.query.is_empty() { String::new() } else { format!("?{}", it.query) };
        format!("{} {}{query}", it.method, stage.theirs(&it.path))
    });
    replayed.not_captured = missing.collect();
    replayed.not_captured.sort();
    replayed.not_captured.dedup();
    Ok(replayed)
}

/// Asks for everything that the operator offers.
async fn refresh(core: &CompanionCore, profile: &Profile, stage: &Stage, replayed: &mut Replayed) {
    let mut note = |of: &str, outcome: Result<(), Problem>| {
        if let Err(why) = explained(core, outcome) {
            replayed.told.push(format!("{of}: {why}"));
        }
    };
    if profile.offers(Capability::Usage) {
        note("usage", core.usage().refresh(None).await);
    }
    if profile.offers(Capability::Notifications) {
        note("notifications", core.preferences().refresh(None).await);
    }
    if profile.offers(Capability::Invoices) {
        note("invoices", core.invoices().refresh(None).await);
        // Whoever captured may have looked at some invoices only.
        let is_captured = |id: &String| {
            let mut lines = stage.recordings.iter().filter(|one| one.path.ends_with("/appliedCustomerBillingRate"));
            lines.any(|one| one.query.iter().any(|(_, value)| value == id))
        };
        for row in core.invoices().state().rows {
            if let Some(id) = row.invoice_id.filter(is_captured) {
                note("invoice", core.invoices().refresh_invoice(id, None).await);
            }
        }
    }
    if profile.offers(Capability::WifiCalling) {
        note("Wi-Fi calling", core.wifi_calling().refresh(None).await);
    }
    if profile.offers(Capability::Activation) {
        note("getting started", core.activation().refresh(None).await);
    }
}

/// Every screen that the operator's profile has.
async fn show(core: &CompanionCore, profile: &Profile, replayed: &mut Replayed) {
    let (width, colour) = (terminal::width(), terminal::colour());
    let mut screen = |name: &'static str, view: Value, drawn: String| {
        replayed.screens.insert(name, view);
        replayed.drawn.push((name, drawn));
    };
    let places: Vec<String> =
        core.frame().bar.iter().chain(&core.frame().more).map(|it| it.label.text.clone()).collect();
    screen("places", json!(places), format!("{}\n", places.join(" · ")));
    let view = core.session().state();
    screen("session", session::to_json(&view), session::in_words(&view));
    if profile.offers(Capability::Usage) {
        let view = core.usage().state();
        screen("usage", draw::usage_json(&view), draw::usage(&view, width, colour));
        let history = |id: &String| core.usage().history(id.clone());
        let histories: Vec<_> = view.lines.iter().filter_map(|line| history(&line.line_id)).collect();
        let told = histories.iter().map(draw::history_json).collect();
        screen("history", told, draw::histories(&histories, width, colour));
        let due = core.alerts().due_alerts().await.unwrap_or_default();
        let view = core.alerts().state();
        screen("alerts", alerts::to_json(&due, &view), alerts::in_words(&due, &view));
    }
    if profile.offers(Capability::Notifications) {
        let view = core.preferences().state();
        screen("notifications", notifications::to_json(&view), notifications::in_words(&view));
    }
    if profile.offers(Capability::Invoices) {
        use crate::invoices::{draw, show::lines};
        use companion::invoices::view::InvoiceSection::{Detail, OutOfBundle};
        let room = core.invoices();
        let view = room.state();
        screen("invoices", draw::json(&view), draw::list(&view, width, colour));
        let mut each = Vec::new();
        let mut drawn = String::new();
        for id in view.rows.iter().filter_map(|row| row.invoice_id.clone()) {
            let Some(view) = room.invoice(id.clone()) else { continue };
            let (detail, beside) = (lines(&room, &id, Detail), lines(&room, &id, OutOfBundle));
            each.push(draw::invoice_json(&view, &detail, &beside));
            drawn.push_str(&format!("{}\n", draw::invoice(&view, &detail, &beside, width, colour)));
        }
        screen("each invoice", json!(each), drawn);
    }
    if profile.offers(Capability::WifiCalling) {
        use crate::wifi_calling::draw;
        let view = core.wifi_calling().state();
        screen("Wi-Fi calling", draw::json(&view), draw::screen(&view, width, colour));
    }
    if profile.offers(Capability::Activation) {
        use crate::activation;
        let view = core.activation().state();
        screen("getting started", activation::json(&view), activation::screen(&view, width, colour));
    }
}

/// What of a folder is not played, and why. The words are for people; nothing of what was captured stands in them but names of files.
fn left_out(folder: &Folder) -> Vec<String> {
    let files = |fits: &dyn Fn(&Capture) -> bool| -> String {
        let names = folder.captures.iter().filter(|(_, capture)| fits(capture)).map(|(name, _)| name.as_str());
        names.collect::<Vec<_>>().join(", ")
    };
    let is_printed = |capture: &Capture| {
        let body = capture.answer.as_ref().and_then(|answer| answer.body.as_ref());
        capture.line == "document-bytes" || body.is_some_and(|body| body.to_string().contains(PRINTED))
    };
    [
        (
            files(&is_printed),
            "the printed document, whose bytes are never saved: it is not fetched, and no digest is compared",
        ),
        (
            files(&|capture| capture.line == GUIDES && !folder.has_guides()),
            "the guides, which are saved only where a key of the profile signed them: the app's own are used",
        ),
        (
            files(&|capture| IDENTITY.contains(&capture.line.as_str()) && capture.line != "userinfo"),
            "signing in: a provider of this machine takes the operator's place",
        ),
    ]
    .into_iter()
    .filter(|(files, _)| !files.is_empty())
    .map(|(files, why)| format!("{why} ({files})"))
    .collect()
}

/// What is known of whoever the documents are read for.
struct Reader<'a> {
    profile: &'a Profile,
    lines: &'a Lines,
    sub: &'a str,
    guide_keys: &'a [GuideKey],
}

impl Reader<'_> {
    /// What the reader of its request says of a document, where one reads it.
    fn report(&self, name: &str, capture: &Capture) -> Option<Report> {
        let answer = capture.answer.as_ref().filter(|answer| (200..300).contains(&answer.status))?;
        let body = answer.body.as_ref()?.to_string().into_bytes();
        let contract = Contract::shipped().ok()?;
        let line = contract.request(&capture.line)?;
        let name = name.to_owned();
        let zone = self.profile.zone();
        Some(match line.reads_as.as_deref().unwrap_or(&line.id) {
            "usage-report" => {
                let numbers: Vec<String> = self.lines.0.iter().filter_map(|line| line.msisdn.clone()).collect();
                let how = usage::HowToRead {
                    lines: Some(&numbers),
                    line_id: None,
                    me: Some(self.sub),
                    time_zone: &zone,
                    data_base: self.profile.units.data_base,
                    cycle_end: self.profile.cycle_end,
                };
                match usage::decode(&body, &how) {
                    Ok(decoded) => Report::understood(name, &decoded, &zone, Numbers::InFull),
                    Err(refusal) => Report::refused(name, &refusal),
                }
            }
            "preferences" => {
                let line = self.lines.0.first()?;
                let how = preferences::HowToRead { line_id: &line.id, msisdn: line.msisdn.as_deref() };
                Self::preferences(
                    name,
                    communication::read(&body, Some(&how), preferences::OwnNames::in_profile(self.profile)),
                )
            }
            "person" => Self::preferences(
                name,
                named::read(&body, named::Array::PartyCharacteristic, preferences::OwnNames::in_profile(self.profile)),
            ),
            "line-service" => Self::preferences(
                name,
                named::read(&body, named::Array::Feature, preferences::OwnNames::in_profile(self.profile)),
            ),
            "wifi-services" => match services::read_services(&body, self.lines) {
                Ok(told) => Report::of_services(name, &told),
                Err(unreadable) => Report::refused(name, &unreadable.into()),
            },
            "line-orders" => match activation::read_orders(&body, self.sub, &zone) {
                Ok(told) => Report::of_orders(name, &told, &zone),
                Err(unread) => Report::unread(name, unread),
            },
            "sims" => match activation::read_sims(&body, self.sub) {
                Ok(told) => Report::of_sims(name, &told),
                Err(unread) => Report::unread(name, unread),
            },
            "bills" | "bill-lines" | "stored-document" => self.of_bills(name, line, capture, &body),
            "products" => self.of_products(name, &body),
            // Without keys nothing signed was kept.
            GUIDES if self.guide_keys.is_empty() => return None,
            GUIDES => self.of_guides(name, &body),
            _ => return None,
        })
    }

    /// Bills, lines of them, and where their printed documents are.
    fn of_bills(&self, name: String, line: &Request, capture: &Capture, body: &[u8]) -> Report {
        let zone = self.profile.zone();
        let how = invoices::HowToRead { accounts: None, me: None, time_zone: &zone, cycle_end: self.profile.cycle_end };
        let found = |what, count| Found { what, count };
        let read = match line.id.as_str() {
            "bills" => invoices::read_bills(body, &how).map(|read| {
                let not_issued = found("unissued bill", read.not_issued.len());
                let all = [found("bill", read.bills.len())].into_iter();
                (all.chain((not_issued.count > 0).then_some(not_issued)).collect(), read.warnings)
            }),
            "bill-document" => {
                let id = capture.asked.path.rsplit('/').next().unwrap_or_default();
                let documents = |bill: Option<Bill>| bill.map_or(0, |bill| bill.documents.len());
                let read = invoices::read_bill(body, id, &how);
                read.map(|(bill, warnings)| (vec![found("printed document", documents(bill))], warnings))
            }
            "stored-document" => invoices::read_document(body, &how)
                .map(|read| (vec![found("printed document", read.documents.len())], read.warnings)),
            _ => invoices::read_lines(body, invoices::LinesOf::Any, &how)
                .map(|read| (vec![found("bill line", read.lines.len())], read.warnings)),
        };
        match read {
            Ok((found, warnings)) => Report::found(name, found, &warnings),
            Err(refusal) => Report::nothing(name, "not_bills".to_owned(), format!("{refusal}.")),
        }
    }

    fn of_products(&self, name: String, body: &[u8]) -> Report {
        let zone = self.profile.zone();
        let (mut plans, mut warnings) = (0_usize, Vec::new());
        for line in &self.lines.0 {
            let others: Vec<_> = self.lines.0.iter().filter(|other| *other != line).cloned().collect();
            let asked = product::Asked { line, others: &others, zone: &zone, data_base: self.profile.units.data_base };
            match product::read(body, &asked) {
                Ok(told) => {
                    plans = plans.saturating_add(usize::from(told.plan.is_some()));
                    warnings.extend(told.warnings);
                }
                Err(refusal) => return Report::refused(name, &refusal),
            }
        }
        Report::found(name, vec![Found { what: "plan", count: plans }], &warnings)
    }

    fn of_guides(&self, name: String, body: &[u8]) -> Report {
        let read = file::bundled().map_err(Notice::from);
        match read.and_then(|bundled| verified(&bundled, body, self.guide_keys)) {
            Ok(guides) => Report::found(name, vec![Found { what: "guide", count: guides.guides.len() }], &[]),
            Err(notice) => Report::nothing(name, "not_guides".to_owned(), format!("They are not used: {notice}.")),
        }
    }

    fn preferences(
        name: String,
        read: Result<preferences::Decoded, companion::operator::tolerant::Unreadable>,
    ) -> Report {
        match read {
            Ok(decoded) => Report::of_preferences(name, &decoded),
            Err(unreadable) => Report::refused(name, &unreadable.into()),
        }
    }
}

impl Replayed {
    /// The worst of all documents, and of what came of them.
    fn outcome(&self) -> Outcome {
        let documents = self.documents.iter().map(|report| report.outcome).max().unwrap_or(Outcome::Understood);
        let whole = self.told.is_empty() && self.not_captured.is_empty();
        documents.max(if whole { Outcome::Understood } else { Outcome::InPart })
    }

    /// All of it, for machines.
    pub fn to_json(&self) -> Value {
        json!({
            "schema": SCHEMA,
            "outcome": self.outcome(),
            "screens": self.screens,
            "documents": self.documents,
            "told": self.told,
            "not_captured": self.not_captured,
            "left_out": self.left_out,
        })
    }

    fn in_words(&self) -> String {
        let mut text = String::new();
        for (name, drawn) in &self.drawn {
            text.push_str(&format!("── {name} ──\n\n{}\n\n", drawn.trim_end()));
        }
        text.push_str("── documents ──\n\n");
        for report in &self.documents {
            text.push_str(&format!("{}\n", layout::lay_out(report)));
        }
        for what in &self.left_out {
            text.push_str(&format!("Not played: {what}\n"));
        }
        for why in &self.told {
            text.push_str(&format!("! {why}\n"));
        }
        for request in &self.not_captured {
            text.push_str(&format!("! not captured: {request}\n"));
        }
        terminal::plain(&text)
    }
}
