//! Whatever is being fetched when the phone goes to sleep, nothing of it is held afterwards: no file, no lock, no connection.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::super::download::{DownloadError, Standing};
use super::server::{Asked, End, Reply, Server};
use super::{Drawn, Link, Setup, digest, document_id, folder, naming, pdf, runtime};
use crate::problem::StorageFailure;

const ROUNDS: usize = 200;
const DEADLINE: Duration = Duration::from_secs(2);

/// Descriptors of this process on files below a folder; a lock goes with its descriptor.
fn open_files(folder: &Path) -> usize {
    let open = std::fs::read_dir("/proc/self/fd").unwrap();
    let open = open.filter_map(|entry| std::fs::read_link(entry.unwrap().path()).ok());
    open.filter(|file| file.starts_with(folder.join("documents")) || file.starts_with(folder.join("shared"))).count()
}

/// Connections that this process has made to a port and not closed.
fn connections(port: u16) -> usize {
    let remote = format!(":{port:04X}");
    let tables = ["/proc/self/net/tcp", "/proc/self/net/tcp6"].map(|path| std::fs::read_to_string(path).unwrap());
    let established = |line: &&str| {
        // "0: 0100007F:A2B4 0100007F:1F90 01 …": its own end, the other one, 01 for established.
        let mut words = line.split_whitespace().skip(2);
        words.next().is_some_and(|other| other.ends_with(&remote)) && words.next() == Some("01")
    };
    tables.iter().map(|table| table.lines().filter(established).count()).sum()
}

/// A server whose documents take a while, and how often it was asked.
fn slow(bytes: Vec<u8>) -> (Server, Arc<AtomicUsize>) {
    let requests = Arc::new(AtomicUsize::new(0));
    let seen = requests.clone();
    let server = Server::start(1, move |asked: &Asked| {
        seen.fetch_add(1, Ordering::SeqCst);
        let total = bytes.len();
        let from = asked.from().map_or(0, |from| usize::try_from(from).unwrap());
        let mut headers = vec![("ETag", "\"v\"".to_owned()), ("Content-Length", (total - from).to_string())];
        if from > 0 {
            headers.push(("Content-Range", format!("bytes {from}-{}/{total}", total - 1)));
        }
        let mut reply = Reply::new(if from > 0 { 206 } else { 200 }, &headers, Vec::new(), End::Keep);
        reply.pieces = bytes[from..].chunks(1000).map(<[u8]>::to_vec).collect();
        reply.pause = Duration::from_millis(1);
        reply
    });
    (server, requests)
}

#[test]
fn a_phone_that_sleeps_holds_no_file_and_no_connection_of_a_document_and_asks_for_none() {
    let bytes = pdf(&mut Drawn(9), 60_000);
    let (server, requests) = slow(bytes.clone());
    let (folder, runtime) = (folder(), runtime());
    let origins = vec!["https://api.example".to_owned(), server.origin(0)];
    let phone = Setup::new(folder.path(), &server.ca_pem, origins).open();
    let link = Link::new(format!("{}/document", server.origin(0)));
    let mut drawn = Drawn(20_261_126);
    let (mut in_the_middle, mut held) = (0, 0);
    for round in 0..ROUNDS {
        phone.downloads.wake_up();
        let (downloads, wish) = (phone.downloads.clone(), phone.wish(round, link.clone()));
        let fetched = runtime.spawn(async move { downloads.download(wish, None, None).await });
        std::thread::sleep(Duration::from_micros(drawn.next() % 30_000));
        in_the_middle += usize::from(open_files(folder.path()) > 0);
        phone.downloads.rest(DEADLINE).unwrap();
        held += open_files(folder.path());
        let outcome = runtime.block_on(fetched).unwrap();
        let asleep = DownloadError::Storage(StorageFailure::Suspended);
        assert_eq!(outcome, Err(asleep.clone()), "nobody cancelled, {round}");
        assert!(!matches!(phone.downloads.standing(&phone.owner, &document_id(round)), Standing::Running { .. }));
        let late = phone.downloads.download(phone.wish(round, link.clone()), None, None);
        assert_eq!(runtime.block_on(late), Err(asleep), "nothing takes off");
    }
    // What was sent before may be read a moment later.
    std::thread::sleep(Duration::from_millis(50));
    let asked = requests.load(Ordering::SeqCst);
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(requests.load(Ordering::SeqCst), asked, "nothing is asked for");
    assert_eq!(held, 0);
    assert!(in_the_middle > ROUNDS / 4, "files were open before: {in_the_middle}");
    let since = Instant::now();
    while connections(server.ports[0]) > 0 {
        assert!(since.elapsed() < Duration::from_secs(1), "connections are left");
        std::thread::sleep(Duration::from_millis(5));
    }
    phone.downloads.wake_up();
    let ready = runtime.block_on(phone.downloads.download(phone.wish(0, link), None, None)).unwrap();
    assert_eq!(ready.sha256, digest(&bytes), "it goes on");
    // A connection that is kept for the next document goes as well.
    assert!(connections(server.ports[0]) > 0);
    phone.downloads.rest(DEADLINE).unwrap();
    let since = Instant::now();
    while connections(server.ports[0]) > 0 {
        assert!(since.elapsed() < Duration::from_secs(1), "an idle connection is left");
        std::thread::sleep(Duration::from_millis(5));
    }
    let copy = runtime.block_on(phone.downloads.share(&phone.owner, &document_id(0), &naming(0)));
    assert_eq!(copy.unwrap_err(), DownloadError::Storage(StorageFailure::Suspended));
}

#[test]
fn a_sleep_that_a_transfer_does_not_let_begin_in_time_fails_and_may_be_tried_again() {
    let (server, _) = slow(pdf(&mut Drawn(9), 60_000));
    let (folder, runtime) = (folder(), runtime());
    let origins = vec!["https://api.example".to_owned(), server.origin(0)];
    let phone = Setup::new(folder.path(), &server.ca_pem, origins).open();
    let link = Link::new(format!("{}/document", server.origin(0)));
    let (downloads, wish) = (phone.downloads.clone(), phone.wish(0, link));
    let fetched = runtime.spawn(async move { downloads.download(wish, None, None).await });
    while open_files(folder.path()) == 0 {
        std::thread::sleep(Duration::from_millis(1));
    }
    let late = Err(DownloadError::Storage(StorageFailure::Failing));
    assert_eq!(phone.downloads.rest(Duration::ZERO), late);
    phone.downloads.rest(DEADLINE).unwrap();
    assert_eq!(open_files(folder.path()), 0);
    assert_eq!(runtime.block_on(fetched).unwrap(), Err(DownloadError::Storage(StorageFailure::Suspended)));
}
