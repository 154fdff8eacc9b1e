//! I09: a process that is killed while it fetches leaves what the next one goes on with or starts anew from, and nothing
//! else: no file without a row, no row without its file, nothing that calls itself ready and is not.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use super::super::download::Standing;
use super::server::{Asked, End, Reply, Server};
use super::{Drawn, Link, Setup, counted, digest, document_id, folder, naming, pdf, runtime, sealed_files};
use crate::store::DocumentState;

/// Where the process that is killed finds its folder, what it fetches, and where it waits for its end.
const FOLDER: &str = "COMPANION_DOWNLOAD_FOLDER";
const LINK: &str = "COMPANION_DOWNLOAD_LINK";
const STOPS_AT: &str = "COMPANION_DOWNLOAD_STOPS_AT";
/// Every instant that the product names.
const INSTANTS: [&str; 8] = ["row", "created", "synced", "judged", "finished", "named", "kept", "copied"];

static STOP: OnceLock<(String, usize)> = OnceLock::new();
static TIMES: AtomicUsize = AtomicUsize::new(0);

/// Called by the product at each of these: the process that is to be killed here says so, and waits for it.
pub fn reached(name: &'static str) {
    let Some((stop, nth)) = STOP.get() else { return };
    if stop == name && TIMES.fetch_add(1, Ordering::SeqCst) + 1 == *nth {
        say("here");
        loop {
            std::thread::park();
        }
    }
}

fn say(word: &str) {
    let mut told = std::io::stdout();
    writeln!(told, "\n{word}").unwrap();
    told.flush().unwrap();
}

/// The process that is killed. No test of its own.
#[test]
fn child_that_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let folder = Path::new(&folder);
    if let Ok(stop) = std::env::var(STOPS_AT) {
        let (name, nth) = stop.split_once(' ').unwrap();
        STOP.set((name.to_owned(), nth.parse().unwrap())).unwrap();
    }
    let link = std::env::var(LINK).unwrap();
    let ca_pem = std::fs::read_to_string(folder.join("ca.pem")).unwrap();
    let origin = link.rsplit_once('/').unwrap().0.to_owned();
    let phone = Setup::new(folder, &ca_pem, vec!["https://api.example".to_owned(), origin]).open();
    say("begins");
    let runtime = runtime();
    runtime.block_on(phone.downloads.download(phone.wish(0, Link::new(link)), None, None)).unwrap();
    let _copy = runtime.block_on(phone.downloads.share(&phone.owner, &document_id(0), &naming(0))).unwrap();
    say("done");
}

struct Killed<'a> {
    server: &'a Server,
    log: &'a Mutex<HashMap<String, Vec<Option<u64>>>>,
    gone_on: AtomicUsize,
    ready_before: AtomicUsize,
    kills: AtomicUsize,
}

impl Killed<'_> {
    /// Starts the process and kills it, at a named instant or at any.
    fn kill(&self, drawn: &mut Drawn, folder: &Path, link: &str) {
        let stop = (drawn.below(3) > 0).then(|| {
            let name = drawn.one_of(&INSTANTS);
            format!("{name} {}", if name == "synced" { 1 + drawn.below(4) } else { 1 })
        });
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["--exact", "invoices::trials::kills::child_that_is_killed", "--nocapture", "--test-threads=1"])
            .env(FOLDER, folder)
            .env(LINK, link)
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        if let Some(stop) = &stop {
            command.env(STOPS_AT, stop);
        }
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        // An instant that has no turn, as of a document that is here, comes to the end.
        let word = if stop.is_some() { ["here", "done"] } else { ["begins", "done"] };
        let found = lines.any(|line| word.contains(&&*line));
        assert!(found, "the process ended by itself at {stop:?}");
        if stop.is_none() {
            std::thread::sleep(Duration::from_micros(drawn.next() % 20_000));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        self.kills.fetch_add(1, Ordering::SeqCst);
    }

    fn trial(&self, drawn: &mut Drawn, trial: usize, bytes: &[u8]) {
        let folder = folder();
        std::fs::write(folder.path().join("ca.pem"), &self.server.ca_pem).unwrap();
        let target = format!("/k{trial}");
        let link = format!("{}{target}", self.server.origin(0));
        for _ in 0..1 + drawn.below(3) {
            self.kill(drawn, folder.path(), &link);
        }
        // What the killed ones asked for may still be on its way: this one is told apart.
        let (target, link) = (format!("{target}?after"), format!("{link}?after"));

        let origins = vec!["https://api.example".to_owned(), self.server.origin(0)];
        let phone = Setup::new(folder.path(), &self.server.ca_pem, origins).open();
        let runtime = runtime();
        runtime.block_on(phone.downloads.tidy_up()).unwrap();
        let rows = runtime.block_on(phone.engine.store.documents()).unwrap();
        let documents = phone.engine.store.documents_folder();
        let mut named: Vec<_> = rows
            .iter()
            .map(|row| if row.state == DocumentState::Ready { row.whole(&documents) } else { row.part(&documents) })
            .collect();
        let mut files = sealed_files(folder.path());
        files.sort();
        named.sort();
        assert_eq!(files, named, "trial {trial}: rows and files go together");
        assert!(rows.len() <= 1, "trial {trial}");
        assert!(
            crate::store::documents::files(&folder.path().join("shared")).is_empty(),
            "trial {trial}: no copy is left"
        );
        let standing = phone.downloads.standing(&phone.owner, &document_id(0));
        if standing == Standing::Ready {
            self.ready_before.fetch_add(1, Ordering::SeqCst);
            assert_eq!(runtime.block_on(phone.shared(0)), bytes, "trial {trial}: ready and not whole");
        }
        let ready = runtime.block_on(phone.downloads.download(phone.wish(0, Link::new(link)), None, None)).unwrap();
        assert_eq!(ready.sha256, digest(bytes), "trial {trial}");
        assert_eq!(runtime.block_on(phone.shared(0)), bytes, "trial {trial}");
        assert_eq!(sealed_files(folder.path()).len(), 1, "trial {trial}: one file");
        let asked = self.log.lock().unwrap().remove(&target).unwrap_or_default();
        match standing {
            Standing::Ready => assert!(asked.is_empty(), "trial {trial}: it was here"),
            _ => assert!(asked.len() <= 1, "trial {trial}: once"),
        }
        if asked.iter().any(Option::is_some) || (asked.is_empty() && standing == Standing::Partial) {
            self.gone_on.fetch_add(1, Ordering::SeqCst);
        }
    }
}

#[test]
fn i09_a_kill_at_any_instant_leaves_a_document_to_go_on_with_or_none() {
    let (times, seed) = counted(1_000);
    let mut drawn = Drawn(seed);
    let bytes = pdf(&mut drawn, 20_000);
    let log: Arc<Mutex<HashMap<String, Vec<Option<u64>>>>> = Arc::default();
    let (served, told) = (bytes.clone(), log.clone());
    let server = Server::start(1, move |asked: &Asked| {
        told.lock().unwrap().entry(asked.target.clone()).or_default().push(asked.from());
        let (total, tag) = (served.len(), ("ETag", "\"v\"".to_owned()));
        let from = asked.from().map_or(0, |from| usize::try_from(from).unwrap());
        let length = ("Content-Length", (total - from).to_string());
        let range = ("Content-Range", format!("bytes {from}-{}/{total}", total - 1));
        let mut reply = match asked.from() {
            None => Reply::new(200, &[tag, length], Vec::new(), End::Keep),
            Some(_) => Reply::new(206, &[tag, length, range], Vec::new(), End::Keep),
        };
        reply.pieces = served[from..].chunks(3_000).map(<[u8]>::to_vec).collect();
        reply.pause = Duration::from_millis(1);
        reply
    });
    let killed = Killed {
        server: &server,
        log: &log,
        gone_on: AtomicUsize::new(0),
        ready_before: AtomicUsize::new(0),
        kills: AtomicUsize::new(0),
    };
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let (killed, bytes, mut drawn) = (&killed, &bytes, Drawn(drawn.next()));
            scope.spawn(move || {
                let mut trial = thread;
                while killed.kills.load(Ordering::SeqCst) < times {
                    killed.trial(&mut drawn, trial, bytes);
                    trial += 4;
                }
            });
        }
    });
    let [kills, gone_on, ready] =
        [&killed.kills, &killed.gone_on, &killed.ready_before].map(|c| c.load(Ordering::SeqCst));
    eprintln!("{kills} kills; {gone_on} went on, {ready} were whole");
    assert!(gone_on > times / 20 && ready > times / 20, "both were met");
}
