//! Captures of the sandbox in its dialects: what is saved holds nothing of anybody, is the same each time, and shows the same
//! screens when it is played again. `tests/captures` holds them; `COMPANION_UPDATE_CAPTURES=1` writes them anew, which is looked at
//! before it is committed.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use companion::operator::watch::{Exchange, Watcher};
use companion::{CompanionCore, CoreConfig, Host};
use companion_cli::captures::file::Folder;
use companion_cli::captures::{redacted, save};
use companion_cli::host::{FileStore, HandClock};
use companion_cli::inspect::replay;
use companion_sandbox::{
    ActivationDialect, BillDialect, CycleEnd, Dialect, PreferenceHome, QueryMode, Sandbox, SandboxOptions, agent,
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
        (
            "g1-bills-v4",
            "luc",
            SandboxOptions { dialect: Dialect::G1, bill_dialect: BillDialect::V4, ..options() },
        ),
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
    let data = tempfile::tempdir().unwrap();
    let config = CoreConfig {
        data_dir: data.path().join("data").to_string_lossy().into_owned(),
        profile_json: sandbox.profile_json(),
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
    for row in core.invoices().state().rows {
        if let Some(id) = row.invoice_id {
            core.invoices().refresh_invoice(id, None).await.unwrap();
        }
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
    let at = |text: &str| {
        text.replace(&sandbox.origin(), OPERATOR).replace(&sandbox.document_origin(), DOCUMENTS)
    };
    let exchanges = notes.0.lock().unwrap().iter().map(|exchange| {
        let mut exchange = exchange.clone();
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
        let body: Value = serde_json::from_slice(&exchange.response_body).unwrap_or_default();
        let tokens = ["access_token", "refresh_token", "id_token"].map(|name| body.get(name)?.as_str());
        theirs.extend(tokens.into_iter().flatten().map(str::to_owned));
    }
    let profile = at(&sandbox.profile_json());
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
            assert_eq!(known, *text, "{name}/{file}");
        }
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), files.len(), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn captures_show_the_same_screens_when_they_are_played() {
    for (name, ..) in scenes() {
        let folder = Folder::read(&kept(name)).unwrap();
        let replayed = replay(&folder, &["en".to_owned()]).await.unwrap();
        insta::assert_json_snapshot!(name, replayed.to_json());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_is_not_empty_is_not_written_to() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("mine"), "").unwrap();
    let refused = save(folder.path(), "{}", &[]).unwrap_err().to_string();
    assert!(refused.contains("not empty"), "{refused}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}
