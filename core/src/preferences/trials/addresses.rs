//! The phone's address at the operator: what the screen says of it, and that it is taken back when its person leaves,
//! whatever overtakes what.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use serde_json::json;

use super::server::{Asked, Server, answer};
use super::{Phone, SWITCHES, open_with, profile, runtime, signed_in};
use crate::companion::CompanionCore;
use crate::operator::failure::Failure;
use crate::operator::http::Answer;
use crate::preferences::push::{PushPlatform, Tombstones};

/// What the operator knows and does about addresses.
#[derive(Default)]
struct Book {
    known: BTreeMap<String, String>,
    /// A PUT is answered so, and does nothing.
    put_fails: Option<u16>,
    /// A PUT arrives only behind the next DELETE.
    put_is_slow: bool,
    /// DELETEs of these are answered so.
    refuses: BTreeMap<String, u16>,
    puts: u32,
    deletes: Vec<String>,
}

type Shared = Arc<(Mutex<Book>, Condvar)>;

fn arrives(book: &Shared, asked: &Asked) -> Result<Answer, Failure> {
    let Some(name) = asked.path.strip_prefix("/p/pushRegistration/") else {
        return Server::new(true, SWITCHES).arrives(asked);
    };
    let mut open = book.0.lock().unwrap();
    if asked.method == "PUT" {
        open.puts += 1;
        book.1.notify_all();
        if let Some(status) = open.put_fails {
            return Err(Failure::Status { status, retry_after_seconds: None });
        }
        while open.put_is_slow && open.deletes.is_empty() {
            open = book.1.wait_timeout(open, Duration::from_secs(20)).unwrap().0;
        }
        let body: serde_json::Value = serde_json::from_slice(&asked.body).unwrap();
        open.known.insert(name.to_owned(), body["token"].as_str().unwrap().to_owned());
        return Ok(answer(204, &json!({}), None));
    }
    open.deletes.push(name.to_owned());
    book.1.notify_all();
    if let Some(status) = open.refuses.get(name) {
        return Ok(answer(*status, &json!({}), None));
    }
    Ok(answer(if open.known.remove(name).is_some() { 204 } else { 404 }, &json!({}), None))
}

fn phone(book: &Shared) -> (tempfile::TempDir, Arc<Phone>, Arc<CompanionCore>) {
    let (folder, phone) = signed_in();
    let core = open(&folder, &phone, book);
    (folder, phone, core)
}

fn open(folder: &tempfile::TempDir, phone: &Arc<Phone>, book: &Shared) -> Arc<CompanionCore> {
    let profile = profile("communicationPreference", true)
        .replace("\"lineFilter\": \"x\", \"idem", "\"pushRegistration\": true, \"lineFilter\": \"x\", \"idem");
    let book = book.clone();
    open_with(folder, profile, phone, move |asked| arrives(&book, asked))
}

fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..2000 {
        if holds() {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("never: {what}");
}

#[test]
fn a_new_address_that_the_operator_did_not_take_does_not_reach_until_it_has() {
    let book = Shared::default();
    let (_folder, phone, core) = phone(&book);
    let (runtime, room) = (runtime(), core.preferences());
    let register = |token: &str| {
        runtime.block_on(room.clone().register_push(token.to_owned(), PushPlatform::Fcm, "1".to_owned())).unwrap();
    };
    let registered = || room.memory().device.registered;
    register("first");
    until("the first is told", registered);
    book.0.lock().unwrap().put_fails = Some(503);
    register("second");
    assert!(!registered(), "the operator knows the old one only");
    let subject = room.present().unwrap();
    runtime.block_on(room.tell_push(&subject));
    assert!(!registered());
    book.0.lock().unwrap().put_fails = None;
    runtime.block_on(room.tell_push(&subject));
    assert!(registered());
    assert_eq!(book.0.lock().unwrap().known.values().collect::<Vec<_>>(), ["second"]);
    // The same one again is no news, and one that could not be renewed after a week is still known.
    book.0.lock().unwrap().put_fails = Some(503);
    register("second");
    phone.passed_s.fetch_add(8 * 24 * 3600, Ordering::SeqCst);
    runtime.block_on(room.tell_push(&subject));
    assert!(registered());
    core.suspend(5000).unwrap();
}

#[test]
fn an_address_that_comes_while_an_older_one_is_being_told_is_told_as_well() {
    let book = Shared::default();
    let (_folder, _phone, core) = phone(&book);
    let (runtime, room) = (runtime(), core.preferences());
    book.0.lock().unwrap().put_is_slow = true;
    for token in ["old", "new"] {
        runtime.block_on(room.clone().register_push(token.to_owned(), PushPlatform::Fcm, "1".to_owned())).unwrap();
        until("a PUT is under way", || book.0.lock().unwrap().puts >= 1);
    }
    book.0.lock().unwrap().put_is_slow = false;
    book.1.notify_all();
    until("the new one is known", || book.0.lock().unwrap().known.values().any(|token| token == "new"));
    until("and said to be", || room.memory().device.registered);
    core.suspend(5000).unwrap();
}

#[test]
fn an_address_that_arrives_behind_its_own_removal_is_removed_all_the_same() {
    let book = Shared::default();
    let (folder, phone, core) = phone(&book);
    let (runtime, room) = (runtime(), core.preferences());
    book.0.lock().unwrap().put_is_slow = true;
    runtime.block_on(room.clone().register_push("token".to_owned(), PushPlatform::Apns, "1".to_owned())).unwrap();
    until("the PUT is under way", || book.0.lock().unwrap().puts == 1);
    // The DELETE overtakes it, and is answered 404.
    runtime.block_on(core.session().sign_out()).unwrap();
    until("it is taken back", || {
        let book = book.0.lock().unwrap();
        book.deletes.len() >= 2 && book.known.is_empty()
    });
    // A process that died in between knows as much.
    core.suspend(5000).unwrap();
    let mut deletes = book.0.lock().unwrap().deletes.len();
    for (passed_s, told) in [(0, 1), (121, 1), (0, 0)] {
        phone.passed_s.fetch_add(passed_s, Ordering::SeqCst);
        let core = open(&folder, &phone, &book);
        Tombstones::flush(&core.engine);
        std::thread::sleep(Duration::from_millis(300));
        let now = book.0.lock().unwrap().deletes.len();
        assert_eq!(now - deletes, told, "after {passed_s} s");
        deletes = now;
        core.suspend(5000).unwrap();
    }
}

#[test]
fn one_address_that_the_operator_will_not_take_back_holds_up_no_other() {
    let book = Shared::default();
    let (folder, _phone, core) = phone(&book);
    let runtime = runtime();
    let database = rusqlite::Connection::open(folder.path().join("companion.db")).unwrap();
    let names = ["a-401", "b-403", "c-405", "d-free"];
    for name in names {
        database.execute("INSERT INTO push (registration) VALUES (?1)", [name]).unwrap();
        let status: Option<u16> = name.split_once('-').unwrap().1.parse().ok();
        book.0.lock().unwrap().refuses.extend(status.map(|status| (name.to_owned(), status)));
    }
    Tombstones::flush(&core.engine);
    until("all are asked", || book.0.lock().unwrap().deletes.len() == names.len());
    let left = || runtime.block_on(core.engine.store.push_tombstones()).unwrap().len();
    until("the one that could be taken back is", || left() == names.len() - 1);
    core.suspend(5000).unwrap();
}
