//! People sign out in the middle of everything: nothing of theirs is left in any file, and nothing is sent for them any
//! more; nor is there once another person has signed in.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::FutureExt;

use super::server::{Asked, Server};
use super::{Phone, SWITCHES, config, open_with, profile, runtime, signed_in};
use crate::companion::CompanionCore;
use crate::host::{Host, SystemEntropy};
use crate::preferences::machine::Event;
use crate::preferences::push::PushPlatform;
use crate::preferences::view::PreferencesPhase;
use crate::session::trials::operator::{self, Operator, Policy};
use crate::session::{SignInWish, Subject};
use crate::store::{AlertOrders, AlertRow, AlertState, Teller};

const TRIALS: u64 = 500;
/// Signing in takes longer than all the rest of a trial.
const NEXT_PERSON_EVERY: u64 = 10;

fn taking_addresses() -> String {
    profile("communicationPreference", true)
        .replace("\"lineFilter\": \"x\", \"idem", "\"pushRegistration\": true, \"lineFilter\": \"x\", \"idem")
}

/// The app with an operator at whose page others may sign in too.
fn open(
    folder: &Path,
    phone: &Arc<Phone>,
    server: &Arc<Mutex<Server>>,
    people: &Arc<Mutex<Operator>>,
) -> Arc<CompanionCore> {
    let (server, people) = (server.clone(), people.clone());
    let host = Host::new(phone.clone(), phone.clone());
    let core = CompanionCore::assemble(config(folder, taking_addresses()), host, Arc::new(SystemEntropy), |http| {
        http.stand_in = Some(Arc::new(move |request| {
            let identity = operator::Asked::new(request);
            let of_a_sign_in = identity.path() != "/token" || identity.field("grant_type") == "authorization_code";
            let elsewhere = identity.path() == "/userinfo" || identity.path().starts_with("/p");
            let answered = if of_a_sign_in && !elsewhere {
                let mut people = people.lock().unwrap();
                people.arrives(&identity, 0).and_then(|reply| people.answered(reply, true, 0))
            } else {
                server.lock().unwrap().arrives(&Asked::new(request))
            };
            futures_util::future::ready(answered).boxed()
        }));
    });
    let core = core.unwrap();
    core.preferences().rest();
    core
}

#[test]
fn i20_a_sign_out_under_load_leaves_no_byte_of_anybody_and_sends_nothing_for_them() {
    let times = if std::env::var_os("COMPANION_LONG_TRIALS").is_some() { TRIALS * 10 } else { TRIALS };
    for trial in 0..times {
        let (folder, phone) = signed_in();
        let server = Arc::new(Mutex::new(Server::new(trial % 2 == 0, SWITCHES)));
        let people = Arc::new(Mutex::new(Operator::new(Policy::Grace)));
        let core = open(folder.path(), &phone, &server, &people);
        let (runtime, room) = (runtime(), core.preferences());
        runtime.block_on(room.clone().refresh(None)).unwrap();
        let subject = room.present().unwrap();
        let keys: Vec<String> = room.memory().toggles.keys().cloned().collect();
        runtime.block_on(leave_traces(&core, &subject));
        let canaries = Canaries::of(&subject, &keys, sealed_rows(folder.path()));
        let before = canaries.found_in(folder.path());
        for what in ["widget-canary in widget.json", &subject.id, &keys[0], "sealed row 0"] {
            assert!(before.iter().any(|found| found.contains(what)), "{what} is nothing to look for: {before:?}");
        }
        let load = keys.iter().enumerate().map(|(at, key)| {
            let (room, key, subject, core) = (room.clone(), key.clone(), subject.clone(), core.clone());
            async move {
                for round in 0..4 {
                    let _ = room.clone().set_threshold(key.clone(), (10 + round).to_string()).await;
                    if at == 0 {
                        let _ = room.step(&subject, &key, true).await;
                    }
                }
                leave_traces(&core, &subject).await;
                let _ = room.clone().refresh(None).await;
            }
        });
        let load = futures_util::future::join_all(load);
        let leaves = async {
            // At another moment each time.
            tokio::time::sleep(Duration::from_micros(trial * 37 % 4000)).await;
            core.session().sign_out().await.unwrap();
            writes(&server)
        };
        let (_, at_leaving) = runtime.block_on(async { tokio::join!(load, leaves) });
        assert_eq!(room.state().phase, PreferencesPhase::SignedOut, "trial {trial}");
        for key in &keys {
            let _ = runtime.block_on(room.step(&subject, key, true));
        }
        // One that was on its way when she left may arrive; nothing is begun after it.
        assert!(writes(&server) <= at_leaving + 1, "trial {trial}: sent for somebody who left");
        core.suspend(5000).unwrap();
        nothing_is_left(&folder, &phone, trial);
        assert_eq!(canaries.found_in(folder.path()), [""; 0], "trial {trial}");
        let reopened = open_with(&folder, taking_addresses(), &phone, |_| panic!("somebody who left is still known"));
        assert!(reopened.preferences().memory().toggles.is_empty(), "trial {trial}");
        reopened.suspend(5000).unwrap();
        if trial % NEXT_PERSON_EVERY == 0 {
            let core = open(folder.path(), &phone, &server, &people);
            let sign_in = async {
                let page = core.session().start(SignInWish::default(), None).await.unwrap();
                let callback = people.lock().unwrap().sign_in(&page.url, "luc");
                core.session().finish(callback).await.unwrap();
                let token = "of luc".to_owned();
                core.preferences().register_push(token, PushPlatform::Fcm, "1".to_owned()).await.unwrap();
            };
            runtime.block_on(sign_in);
            core.suspend(5000).unwrap();
            assert_eq!(canaries.found_in(folder.path()), [""; 0], "trial {trial}, with luc");
        }
    }
}

#[test]
fn what_comes_in_for_an_earlier_sign_in_leaves_the_memory_of_the_present_one_alone() {
    let (folder, phone) = signed_in();
    let server = Arc::new(Mutex::new(Server::new(true, SWITCHES)));
    let people = Arc::new(Mutex::new(Operator::new(Policy::Grace)));
    let core = open(folder.path(), &phone, &server, &people);
    let (runtime, room) = (runtime(), core.preferences());
    runtime.block_on(room.clone().refresh(None)).unwrap();
    let earlier = room.present().unwrap();
    let key = room.memory().toggles.keys().next().unwrap().clone();
    runtime.block_on(core.session().sign_out()).unwrap();
    let page = runtime.block_on(core.session().start(SignInWish::default(), None)).unwrap();
    let callback = people.lock().unwrap().sign_in(&page.url, "emma");
    runtime.block_on(core.session().finish(callback)).unwrap();
    runtime.block_on(room.clone().refresh(None)).unwrap();
    let before = room.memory().toggles.clone();
    assert_eq!(before.len(), SWITCHES);
    let outcome = runtime.block_on(room.apply(&earlier, key, None, Event::Understood));
    assert!(outcome.is_err(), "{outcome:?}");
    assert_eq!(room.memory().toggles, before);
    core.suspend(5000).unwrap();
}

/// Whatever rooms keep of a person beside their switches, as far as they are still there.
async fn leave_traces(core: &CompanionCore, subject: &Subject) {
    let (store, session) = (&core.engine.store, &core.session);
    let room = core.preferences();
    let _ = room.register_push("push-token-canary".to_owned(), PushPlatform::Fcm, "1".to_owned()).await;
    let widget = Some(b"{\"text\": \"widget-canary\"}".to_vec());
    let _ = store.keep_widget(widget, session.while_signed_in(subject)).await;
    let sealed = subject.key.seal(b"alert", b"alert-canary, long enough to be searched for", &SystemEntropy).unwrap();
    let row =
        AlertRow { name: "alert-name-canary".to_owned(), state: AlertState::Posted, sealed: Some(sealed), at_ms: 1 };
    let teller = Teller {
        subject: subject.id.clone(),
        holder: session.holder(),
        reading: core.engine.host.clock.now().unwrap(),
        now_ms: 1,
    };
    let orders = AlertOrders { record: vec![row], ..AlertOrders::default() };
    let _ = store.decide_alerts(teller, session.while_signed_in(subject), move |_| Ok(orders)).await;
}

fn writes(server: &Mutex<Server>) -> usize {
    server.lock().unwrap().kept.iter().map(|kept| kept.writes.len()).sum()
}

/// What of a person a file could hold, as somebody who looks into it would search for it.
struct Canaries(Vec<(String, Vec<u8>)>);

impl Canaries {
    /// Everything that the operator tells of a person and their phone, and what names it here.
    fn of(subject: &Subject, keys: &[String], sealed: Vec<Vec<u8>>) -> Canaries {
        let plain = [
            "Emma Canary",
            "470123456",
            "push-token-canary",
            "alert-canary",
            "alert-name-canary",
            "widget-canary",
            "topic0",
            "topic1",
            "topic2",
        ];
        let names = plain.into_iter().map(str::to_owned).chain(keys.iter().cloned()).chain([subject.id.clone()]);
        let mut all: Vec<(String, Vec<u8>)> = names.map(|name| (name.clone(), name.into_bytes())).collect();
        // Not even what nobody can open.
        all.extend(
            sealed.into_iter().enumerate().map(|(at, bytes)| (format!("sealed row {at}"), bytes[..32].to_vec())),
        );
        Canaries(all)
    }

    /// Which are in a file of the folder.
    fn found_in(&self, folder: &Path) -> Vec<String> {
        let mut by_start: HashMap<&[u8], Vec<&(String, Vec<u8>)>> = HashMap::new();
        for canary in &self.0 {
            by_start.entry(&canary.1[..3]).or_default().push(canary);
        }
        let mut found = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let file = path.file_name().unwrap().to_string_lossy();
            let bytes = std::fs::read(&path).unwrap();
            for (at, start) in bytes.windows(3).enumerate() {
                let Some(canaries) = by_start.get(start) else { continue };
                let here = canaries.iter().filter(|(_, canary)| bytes[at..].starts_with(canary));
                found.extend(here.map(|(name, _)| format!("{name} in {file}")));
            }
        }
        found
    }
}

/// The sealed bytes of every row of everybody.
fn sealed_rows(folder: &Path) -> Vec<Vec<u8>> {
    let database = rusqlite::Connection::open(folder.join("companion.db")).unwrap();
    let rows = "SELECT sealed FROM outbox UNION ALL SELECT sealed FROM snapshot UNION ALL SELECT sealed FROM alert
        UNION ALL SELECT sealed FROM push WHERE sealed IS NOT NULL";
    let mut statement = database.prepare(rows).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn nothing_is_left(folder: &tempfile::TempDir, phone: &Phone, trial: u64) {
    let items: Vec<String> = phone.items.lock().unwrap().keys().cloned().collect();
    assert!(!items.iter().any(|item| item == "session" || item.starts_with("data-key/")), "trial {trial}: {items:?}");
    let database = rusqlite::Connection::open(folder.path().join("companion.db")).unwrap();
    let rows: i64 = database
        .query_row("SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM snapshot)", [], |row| row.get(0))
        .unwrap();
    assert_eq!(rows, 0, "trial {trial}: rows are left");
}
