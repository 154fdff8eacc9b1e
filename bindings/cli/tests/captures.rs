//! Captures of the sandbox in its dialects: what is saved holds nothing of anybody, is the same each time, and shows the same
//! screens when it is played again. `tests/captures` holds them; `COMPANION_UPDATE_CAPTURES=1` writes them anew, which is looked at
//! before it is committed.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use companion::operator::watch::{Exchange, Watcher};
use companion::{CompanionCore, CoreConfig, Host};
use companion_cli::captures::file::Folder;
use companion_cli::captures::{redacted, save};
use companion_cli::host::{FileStore, HandClock};
use companion_cli::inspect::replay;
use companion_sandbox::{
    ActivationDialect, BillDelivery, BillDialect, CycleEnd, Dialect, Faults, PreferenceHome, QueryMode, Sandbox,
    SandboxOptions, agent,
};
use serde_json::Value;
use url::Url;

/// Where the sandbox says it is, in captures that are kept.
const OPERATOR: &str = "https://api.operator.example";
const DOCUMENTS: &str = "https://documents.operator.example";

/// The committed captures: a name, who signs in, and how the operator writes.
fn scenes() -> Vec<(&'static str, &'static str, SandboxOptions)> {
    let options = SandboxOptions::default;
    vec![
        ("dpop", "luc", SandboxOptions { dpop: true, ..options() }),
        ("g1-bills-v4", "luc", SandboxOptions { dialect: Dialect::G1, bill_dialect: BillDialect::V4, ..options() }),
        (
            "g2-named-preferences",
            "tom",
            SandboxOptions { dialect: Dialect::G2, preferences: PreferenceHome::PartyCharacteristic, ..options() },
        ),
        (
            "g3-activation-v5",
            "ines",
            SandboxOptions {
                dialect: Dialect::G3,
                query: QueryMode::QueryGet,
                activation: ActivationDialect::V5,
                ..options()
            },
        ),
        (
            "g4-tasks-bills-v5",
            "nadia",
            SandboxOptions {
                dialect: Dialect::G4,
                query: QueryMode::QueryPost,
                bill_dialect: BillDialect::V5,
                cycle_end: CycleEnd::Inclusive,
                ..options()
            },
        ),
    ]
}

#[derive(Default)]
struct Notes(Mutex<Vec<Exchange>>);

impl Watcher for Notes {
    fn told(&self, exchange: Exchange) {
        self.0.lock().unwrap().push(exchange);
    }
}

/// What went over the wire while a person saw everything once, and what of it is theirs.
struct Traffic {
    profile: String,
    exchanges: Vec<Exchange>,
    theirs: Vec<String>,
}

async fn traffic(person: &str, options: SandboxOptions) -> Traffic {
    let sandbox = Sandbox::start(options).await.unwrap();
    let mut profile: Value = serde_json::from_str(&sandbox.profile_json()).unwrap();
    // Three months of days, bucket by bucket, are a lot to keep: only of a line that is new.
    if person != "ines" {
        profile["apis"]["usage"].as_object_mut().unwrap().remove("daysFilter");
    }
    // Guides are long, and the same everywhere.
    if person != "ines" {
        let wifi_calling = profile["apis"]["wifiCalling"].as_object_mut().unwrap();
        ["guideUrl", "guideKeys"].iter().for_each(|name| drop(wifi_calling.remove(*name)));
    }
    let profile = profile.to_string();
    let data = tempfile::tempdir().unwrap();
    let config = CoreConfig {
        data_dir: data.path().join("data").to_string_lossy().into_owned(),
        profile_json: profile.clone(),
        languages: vec!["en".to_owned()],
        redirect_uri: None,
        process: None,
    };
    let secure_store = Arc::new(FileStore::open(&data.path().join("secure")).unwrap());
    let clock = Arc::new(HandClock::at(sandbox.now().as_millisecond()));
    let notes = Arc::new(Notes::default());
    let core = CompanionCore::open_watched(config, Host::new(secure_store, clock), notes.clone()).unwrap();
    let card = sandbox.person(person).unwrap();
    let page = core.session().start(Default::default(), None).await.unwrap();
    let callback = agent::sign_in(&sandbox.ca_pem(), &page.url, &card.number, &card.password).await.unwrap();
    core.session().finish(callback).await.unwrap();
    core.usage().refresh(None).await.unwrap();
    core.preferences().refresh(None).await.unwrap();
    core.invoices().refresh(None).await.unwrap();
    let bills: Vec<String> = core.invoices().state().rows.into_iter().filter_map(|row| row.invoice_id).collect();
    for id in &bills {
        core.invoices().refresh_invoice(id.clone(), None).await.unwrap();
    }
    if let Some(newest) = bills.into_iter().next() {
        core.invoices().download(newest, true, None, None).await.unwrap();
    }
    core.wifi_calling().refresh(None).await.unwrap();
    core.activation().refresh(None).await.unwrap();
    core.suspend(5000).unwrap();

    let mut theirs = Vec::new();
    for other in ["emma", "luc", "nadia", "tom", "ines", "sara", "pieter"] {
        let card = sandbox.person(other).unwrap();
        theirs.extend(card.name.split(' ').map(str::to_owned));
        theirs.extend([card.number.trim_start_matches("+32").to_owned(), card.sub, card.line_id]);
        if let Some(sim) = sandbox.sim_card(other) {
            theirs.push(sim.iccid);
        }
    }
    let at = |text: &str| text.replace(&sandbox.origin(), OPERATOR).replace(&sandbox.document_origin(), DOCUMENTS);
    let noted = notes.0.lock().unwrap().clone();
    let exchanges = noted.into_iter().map(|mut exchange| {
        exchange.url = Url::parse(&at(exchange.url.as_str())).unwrap();
        if let Ok(text) = std::str::from_utf8(&exchange.response_body) {
            exchange.response_body = at(text).into_bytes();
        }
        exchange
    });
    let exchanges: Vec<Exchange> = exchanges.collect();
    // Tokens, wherever they came.
    for exchange in &exchanges {
        theirs.extend(exchange.request_header("authorization").and_then(|it| it.split(' ').nth(1)).map(str::to_owned));
        theirs.extend(exchange.request_header("dpop").map(str::to_owned));
        let body: Value = serde_json::from_slice(&exchange.response_body).unwrap_or_default();
        let tokens = ["access_token", "refresh_token", "id_token"].map(|name| body.get(name)?.as_str());
        theirs.extend(tokens.into_iter().flatten().map(str::to_owned));
    }
    let profile = at(&profile);
    sandbox.stop().await;
    Traffic { profile, exchanges, theirs }
}

fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/captures").join(name)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_saved_of_the_sandbox_is_what_is_kept_and_holds_nothing_of_anybody() {
    for (name, person, options) in scenes() {
        let Traffic { profile, exchanges, theirs } = traffic(person, options).await;
        let files = redacted(&profile, &exchanges).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(theirs.len() > 20);
        for (file, text) in &files {
            let (lower, tight) = (text.to_lowercase(), text.replace([' ', '-', '.', '/'], "").to_lowercase());
            for value in &theirs {
                let value = value.to_lowercase();
                // A word that is a part of a longer one of the format is nobody's name.
                let is_name = value.chars().all(char::is_alphabetic);
                let found = match is_name {
                    true => lower.split(|c: char| !c.is_alphanumeric()).any(|word| word == value),
                    false => lower.contains(&value) || tight.contains(&value.replace('-', "")),
                };
                assert!(!found, "{name}/{file} holds {value}");
            }
            assert!(!text.contains("BEGIN CERTIFICATE"), "{name}/{file}");
        }
        let folder = kept(name);
        if std::env::var_os("COMPANION_UPDATE_CAPTURES").is_some() {
            let _ = std::fs::remove_dir_all(&folder);
            save(&folder, &profile, &exchanges).unwrap();
        }
        for (file, text) in &files {
            let known = std::fs::read_to_string(folder.join(file)).unwrap_or_default();
            let differs = known.lines().zip(text.lines()).find(|(known, now)| known != now);
            assert!(known == *text, "{name}/{file}: {differs:?}");
        }
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), files.len(), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn captures_show_the_same_screens_when_they_are_played() {
    for (name, ..) in scenes() {
        let folder = Folder::read(&kept(name)).unwrap();
        let replayed = replay(&folder, &["en".to_owned()]).await.unwrap();
        let mut told = replayed.to_json();
        // One after the other they say the same of another month.
        told["screens"].get_mut("each invoice").and_then(Value::as_array_mut).unwrap().truncate(2);
        leave_out_keys(&mut told);
        insta::assert_json_snapshot!(name, told);
    }
}

/// Names that an installation makes up for itself are others each time.
fn leave_out_keys(value: &mut Value) {
    match value {
        Value::Array(elements) => elements.iter_mut().for_each(leave_out_keys),
        Value::Object(members) => {
            for (name, member) in members {
                let is_key = name == "id" && member.as_str().is_some_and(|id| id.len() == 22 && !id.contains(' '));
                if is_key {
                    *member = Value::String("of the installation".to_owned());
                }
                leave_out_keys(member);
            }
        }
        _ => {}
    }
}

/// Every text of a document in which the operator could write something of a person's, and members that nobody knows.
fn planted(value: &Value, canary: &str) -> Value {
    match value {
        Value::String(_) => Value::String(canary.to_owned()),
        Value::Array(elements) => elements.iter().map(|element| planted(element, canary)).collect(),
        Value::Object(members) => {
            let planted = members.iter().map(|(name, member)| (name.clone(), planted(member, canary)));
            let unknown = ["note", "customer"].map(|name| (name.to_owned(), Value::String(canary.to_owned())));
            planted.chain(unknown).collect()
        }
        other => other.clone(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn canaries_in_every_text_that_the_sandbox_sends_are_in_no_byte_that_is_saved() {
    let canaries = [
        ("Zyxwena Quorvikson", "quorvikson"),
        ("+32470654321", "470654321"),
        ("8932050000000098765", "8932050000000098765"),
        ("zyxwena@quorvikson.example", "quorvikson"),
        ("Zyxstraat 217, 9821 Quorvikson", "quorvikson"),
        ("https://api.operator.example/line/quorvikson?code=quorvikson#quorvikson", "quorvikson"),
    ];
    for (name, person, options) in scenes() {
        let Traffic { profile, exchanges, .. } = traffic(person, options).await;
        // All in one dialect, in the others those of the two forms that there are: words and numbers.
        let some = if name == "g1-bills-v4" { canaries.len() } else { 2 };
        for (canary, part) in canaries.into_iter().take(some) {
            let mut all = Vec::new();
            for exchange in &exchanges {
                let body: Value = serde_json::from_slice(&exchange.response_body).unwrap_or_default();
                let is_discovery = exchange.url.path().contains("well-known");
                let mut exchange = exchange.clone();
                if !is_discovery {
                    exchange.response_body = planted(&body, canary).to_string().into_bytes();
                    exchange.url.query_pairs_mut().append_pair("note", canary);
                }
                for header in &mut exchange.response_headers {
                    header.1 = canary.to_owned();
                }
                exchange.response_headers.push(("x-customer".to_owned(), canary.to_owned()));
                all.push(Exchange { status: Some(500), ..exchange.clone() });
                all.push(exchange);
            }
            let files = redacted(&profile, &all).unwrap_or_else(|error| panic!("{name}, {canary}: {error}"));
            for (file, text) in &files {
                let tight: String = text.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
                assert!(!tight.contains(part), "{name}/{file} holds {canary}");
            }
        }
    }
}

fn companion(arguments: &[&str]) -> std::process::Output {
    std::process::Command::new(env!("CARGO_BIN_EXE_companion")).args(arguments).output().unwrap()
}

/// A sandbox of today, and a person's check in a folder: what `check` says, and where it saved.
struct Checked {
    folder: tempfile::TempDir,
    status: Option<i32>,
    said: String,
}

impl Checked {
    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_string_lossy().into_owned()
    }
}

fn checked(sandbox: &Sandbox, person: &str) -> Checked {
    let (folder, card) = (tempfile::tempdir().unwrap(), sandbox.person(person).unwrap());
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (profile, password, saved) = (path("profile.json"), path("password"), path("saved"));
    std::fs::write(&profile, sandbox.profile_json()).unwrap();
    std::fs::write(&password, &card.password).unwrap();
    let check = ["operator", "check", &profile, "--user", &card.number, "--password-file", &password, "--save", &saved];
    let output = companion(&check);
    Checked { folder, status: output.status.code(), said: String::from_utf8_lossy(&output.stderr).into_owned() }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_green_check_saw_is_saved_and_its_replay_is_green() {
    let now = jiff::Timestamp::now();
    let options = || SandboxOptions { now, running_clock: true, ..SandboxOptions::default() };
    let within = BillDelivery::Content;
    for (options, people) in [
        (options(), &["luc", "nadia"][..]),
        (SandboxOptions { bill_delivery: within, bill_dialect: BillDialect::V4, ..options() }, &["emma"]),
        (SandboxOptions { dpop: true, bill_delivery: BillDelivery::Store, ..options() }, &["emma"]),
        (SandboxOptions { dialect: Dialect::G2, query: QueryMode::QueryPost, ..options() }, &["luc"]),
    ] {
        let sandbox = Sandbox::start(options).await.unwrap();
        for person in people {
            let checked = checked(&sandbox, person);
            assert_eq!(checked.status, Some(0), "{person}: {}", checked.said);
            let replayed = companion(&["inspect", "--replay", &checked.path("saved")]);
            let said = String::from_utf8_lossy(&replayed.stdout).into_owned();
            assert_eq!(replayed.status.code(), Some(0), "{person}: {said}");
            assert!(!said.contains("No usage") && said.contains("guides\n"), "{person}: {said}");
            let has_bills = *person != "luc";
            assert_eq!(said.contains("Not played: the printed document"), has_bills, "{person}: {said}");
            assert_eq!(said.contains(" bill lines\n"), has_bills, "{person}: {said}");
        }
        sandbox.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_were_cut_are_saved_and_cut_again_when_they_are_played() {
    let now = jiff::Timestamp::now();
    let options = SandboxOptions { now, running_clock: true, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let only = Some(vec!["/tmf-api/customerBillManagement".to_owned(), "/tmf-api/usageConsumption".to_owned()]);
    sandbox.set_faults(Faults { only, cut_after_bytes: Some(700), ..Faults::default() });
    let checked = checked(&sandbox, "emma");
    assert_eq!(checked.status, Some(1), "{}", checked.said);
    assert!(checked.said.contains("saved in"), "{}", checked.said);
    sandbox.stop().await;
    let replayed = companion(&["inspect", "--replay", &checked.path("saved")]);
    let said = String::from_utf8_lossy(&replayed.stdout).into_owned();
    assert_eq!(replayed.status.code(), Some(1), "{said}");
    let usage = said.lines().find(|line| line.starts_with("! usage: "));
    assert!(usage.is_some_and(|line| line.ends_with("[offline]")), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_that_cannot_save_says_so_by_a_status_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    std::fs::write(path("profile.json"), include_str!("../../../core/profiles/sandbox.json")).unwrap();
    std::fs::write(path("refused.json"), "{}").unwrap();
    let cases = [("profile.json", "", 3), ("profile.json", "profile.json", 3), ("refused.json", "new", 2)];
    for (profile, saved, expected) in cases {
        let output = companion(&["operator", "check", &path(profile), "--save", &path(saved)]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(expected), "{saved}: {said}");
        assert_eq!(said.contains("nothing was saved"), expected == 3, "{saved}: {said}");
    }
}

#[test]
fn what_is_no_regular_file_is_no_capture() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["profile.json", "001-usage-report.json"] {
        let pipe = folder.path().join(name);
        rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU, 0).unwrap();
        let replayed = companion(&["inspect", "--replay", &folder.path().to_string_lossy()]);
        let said = String::from_utf8_lossy(&replayed.stderr).into_owned();
        assert_eq!(replayed.status.code(), Some(2), "{said}");
        assert!(said.contains(&format!("{name}: not a regular file")), "{said}");
        std::fs::remove_file(&pipe).unwrap();
        std::fs::write(&pipe, "{}").unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_check_saves_is_replayed_and_what_became_odd_is_named() {
    let now = jiff::Timestamp::now();
    let options = SandboxOptions { now, running_clock: true, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let emma = sandbox.person("emma").unwrap();
    let checked = checked(&sandbox, "emma");
    let saved = checked.path("saved");
    assert!(checked.said.contains("saved in"), "{}", checked.said);
    for entry in std::fs::read_dir(&saved).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap().to_lowercase();
        for theirs in [&emma.number[3..], &emma.sub, "claes", &emma.line_id, &emma.password] {
            assert!(!text.contains(&theirs.to_lowercase()), "{theirs}");
        }
    }
    sandbox.stop().await;

    let replayed = companion(&["inspect", "--replay", &saved, "--json", "--language", "fr"]);
    let told: Value = serde_json::from_slice(&replayed.stdout).unwrap();
    assert_eq!((replayed.status.code(), told["outcome"].as_str()), (Some(0), Some("understood")), "{told:#}");
    assert_eq!(told["screens"]["usage"]["phase"], "loaded");
    assert!(told["screens"]["usage"]["lines"][0]["hero"]["title"]["text"].as_str().unwrap().starts_with("Données"));

    // A regression test of tomorrow: the operator writes another unit, and another time nothing was captured.
    let files = std::fs::read_dir(&saved).unwrap().map(|entry| entry.unwrap().path());
    for file in files.filter(|file| file.to_string_lossy().contains("usage-report")) {
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, text.replace("\"GB\"", "\"furlong\"")).unwrap();
    }
    for file in std::fs::read_dir(&saved).unwrap().map(|entry| entry.unwrap().path()) {
        if file.to_string_lossy().contains("products") {
            std::fs::remove_file(file).unwrap();
        }
    }
    let replayed = companion(&["inspect", "--replay", &saved]);
    let said = String::from_utf8_lossy(&replayed.stdout).into_owned();
    assert_eq!(replayed.status.code(), Some(1), "{said}");
    assert!(said.contains("furlong"), "{said}");
    assert!(
        said.contains("not captured: GET https://localhost:") && said.contains("/product?relatedParty.id=party-1"),
        "{said}"
    );

    let replayed = companion(&["inspect", "--replay", &checked.path("nothing")]);
    assert_eq!(replayed.status.code(), Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_is_not_empty_is_not_written_to() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("mine"), "").unwrap();
    let refused = save(folder.path(), "{}", &[]).unwrap_err().to_string();
    assert!(refused.contains("not empty"), "{refused}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}
