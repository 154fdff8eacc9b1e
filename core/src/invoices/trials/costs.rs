//! What a document may cost: bytes on a plan that the person pays, bytes of an answer without end, and what is already here.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::super::documents::PhoneSurroundings;
use super::super::download::answer::Refusal;
use super::super::download::verify::{Flaw, Instead};
use super::super::download::{DownloadError, Standing, Surroundings};
use super::server::{End, Reply, Server};
use super::uses::{Inside, Meter, SetClock, get, honest, link, scripted, setup, some_pdf, standing};
use super::{Link, digest, folder, runtime, sealed_files};
use crate::host::{HostError, NetworkFacts};

/// Pieces of a body without a length.
fn chunked(pieces: impl IntoIterator<Item = Vec<u8>>) -> Reply {
    let mut reply = Reply::new(200, &[("Transfer-Encoding", "chunked".to_owned())], Vec::new(), End::Close);
    let chunk = |piece: Vec<u8>| [format!("{:x}\r\n", piece.len()).as_bytes(), &piece, b"\r\n"].concat();
    reply.pieces = pieces.into_iter().map(chunk).chain([b"0\r\n\r\n".to_vec()]).collect();
    reply
}

#[test]
fn an_answer_that_talks_on_and_on_without_a_document_is_given_up() {
    let small_talk = || std::iter::repeat_n(vec![b'a'; 8 * 1024], 200);
    let vectors = [
        ("before it", chunked([br#"{"name":""#.to_vec()].into_iter().chain(small_talk()))),
        ("between its lines", {
            let blanks = small_talk().map(|piece| vec![b' '; piece.len()]);
            chunked([br#"{"content":"JVBERi0xLjQK"#.to_vec()].into_iter().chain(blanks))
        }),
    ];
    let runtime = runtime();
    for (name, reply) in vectors {
        let (server, _) = scripted(vec![reply]);
        let folder = folder();
        let phone = setup(folder.path(), &server).open();
        let tickets = Arc::new(Inside(format!("{}/document", server.origin(0))));
        assert_eq!(runtime.block_on(get(&phone, 0, tickets)), Err(DownloadError::Refused(Refusal::TooLarge)), "{name}");
        assert!(sealed_files(folder.path()).is_empty());
    }
}

#[test]
fn where_bytes_cost_those_around_a_document_count_as_well() {
    let around = std::iter::repeat_n(vec![b'a'; 1024], 60);
    let end = format!(r#"","content":"{}"}}"#, STANDARD.encode(some_pdf(2_000))).into_bytes();
    let (server, _) = scripted(vec![chunked([br#"{"name":""#.to_vec()].into_iter().chain(around).chain([end]))]);
    let (folder, runtime) = (folder(), runtime());
    let mut setup = setup(folder.path(), &server);
    // At the start, before the request, and once more.
    setup.surroundings = Arc::new(Meter(AtomicUsize::new(0), 3));
    let phone = setup.open();
    let tickets = Arc::new(Inside(format!("{}/document", server.origin(0))));
    assert_eq!(runtime.block_on(get(&phone, 0, tickets.clone())), Err(DownloadError::Metered));
    let mut wish = phone.wish(0, tickets);
    wish.on_metered = true;
    runtime.block_on(phone.downloads.download(wish, None, None)).unwrap();
}

/// What a phone says of its network.
struct Says(Result<bool, HostError>);

impl NetworkFacts for Says {
    fn is_metered(&self) -> Result<bool, HostError> {
        self.0
    }
}

#[test]
fn a_phone_that_cannot_tell_counts_as_one_where_bytes_cost() {
    for (says, metered) in
        [(Ok(false), false), (Ok(true), true), (Err(HostError::Failed), true), (Err(HostError::Locked), true)]
    {
        assert_eq!(PhoneSurroundings(Some(Arc::new(Says(says)))).is_metered(), metered, "{says:?}");
    }
    assert!(!PhoneSurroundings(None).is_metered(), "an app that tells nothing has chosen so");
}

#[test]
fn a_phone_is_asked_once_and_then_every_few_seconds() {
    let (server, _) = honest(some_pdf(60_000));
    for (pass_ms, most) in [(0, 1), (400, 20)] {
        let (folder, runtime, clock) = (folder(), runtime(), Arc::new(SetClock::default()));
        let mut setup = setup(folder.path(), &server);
        let meter = Arc::new(Meter(AtomicUsize::new(0), usize::MAX));
        (setup.surroundings, setup.clock, setup.limits.look_ms) = (meter.clone(), clock.clone(), 3_000);
        let phone = setup.open();
        let passes = runtime.spawn(async move {
            loop {
                tokio::time::sleep(Duration::from_millis(1)).await;
                clock.pass_ms(pass_ms);
            }
        });
        runtime.block_on(get(&phone, 0, link(&server))).unwrap();
        passes.abort();
        let asked = meter.0.load(Ordering::SeqCst);
        assert!((1..=most).contains(&asked), "{asked} times");
        assert!(pass_ms == 0 || asked > 1, "never again");
    }
}

/// A phone that lets whoever asks wait.
#[derive(Default)]
struct Slow {
    asked: AtomicUsize,
    answers: Mutex<bool>,
    told: Condvar,
}

impl Surroundings for Slow {
    fn is_metered(&self) -> bool {
        self.asked.fetch_add(1, Ordering::SeqCst);
        drop(self.told.wait_while(self.answers.lock().unwrap(), |answers| !*answers).unwrap());
        false
    }
    fn free_bytes(&self, _: &std::path::Path) -> Option<u64> {
        None
    }
}

#[test]
fn a_phone_that_is_slow_to_answer_keeps_no_other_work_waiting() {
    let bytes = some_pdf(3_000);
    let (server, _) = honest(bytes.clone());
    let (folder, runtime) = (folder(), runtime());
    let slow = Arc::new(Slow::default());
    let mut setup = setup(folder.path(), &server);
    setup.surroundings = slow.clone();
    let phone = setup.open();
    let fetched: Vec<_> = (0..2)
        .map(|document| {
            let (downloads, wish) = (phone.downloads.clone(), phone.wish(document, link(&server)));
            runtime.spawn(async move { downloads.download(wish, None, None).await })
        })
        .collect();
    while slow.asked.load(Ordering::SeqCst) < 2 {
        std::thread::sleep(Duration::from_millis(1));
    }
    let other = runtime.block_on(async {
        tokio::time::timeout(Duration::from_secs(2), phone.engine.workers.run(async { Ok(7) })).await
    });
    *slow.answers.lock().unwrap() = true;
    slow.told.notify_all();
    for fetched in fetched {
        assert_eq!(runtime.block_on(fetched).unwrap().unwrap().sha256, digest(&bytes));
    }
    assert_eq!(other, Ok(Ok(7)));
}

/// Brings half of a document, to the end of a sealed block, then the replies, the last for ever.
fn half_then(bytes: &[u8], replies: Vec<Reply>) -> (Server, Arc<Mutex<Vec<super::server::Asked>>>) {
    let headers = [("ETag", "\"v\"".to_owned()), ("Content-Length", bytes.len().to_string())];
    let half = Reply::new(200, &headers, bytes[..5_120].to_vec(), End::Close);
    scripted([vec![half], replies].concat())
}

#[test]
fn half_a_document_is_given_up_only_for_what_begins_as_one() {
    let bytes = some_pdf(9_000);
    let page = |text: &str| {
        let body = format!("<html><body>{}", text.repeat(100)).into_bytes();
        Reply::new(200, &[("Content-Length", body.len().to_string())], body, End::Close)
    };
    // An end that is announced: no request goes out on a connection that is just being closed, which would be one try more.
    let announced = [("Content-Length", "0".to_owned()), ("Connection", "close".to_owned())];
    let empty = Reply::new(200, &announced, Vec::new(), End::Close);
    let cut = Reply::new(200, &[("Content-Length", "9000".to_owned())], Vec::new(), End::Close);
    let range = ("Content-Range", "bytes 5120-8999/9000".to_owned());
    let rest = [("ETag", "\"v\"".to_owned()), range, ("Content-Length", "3880".to_owned())];
    let rest = Reply::new(206, &rest, bytes[5_120..].to_vec(), End::Keep);
    let vectors = [
        (page("Maintenance tonight. "), Some(DownloadError::Damaged(Flaw::NotAPdf(Instead::Page)))),
        (page("Not ready. "), Some(DownloadError::NotReadyYet { after_seconds: None })),
        (empty, None),
        (cut, None),
    ];
    let runtime = runtime();
    for (nth, (instead, error)) in vectors.into_iter().enumerate() {
        let (server, log) = half_then(&bytes, vec![instead, rest.clone()]);
        let folder = folder();
        let phone = setup(folder.path(), &server).open();
        if let Some(error) = error {
            assert_eq!(runtime.block_on(get(&phone, 0, link(&server))), Err(error), "{nth}");
            assert_eq!(standing(&phone, 0), Standing::Partial, "{nth}");
        }
        assert_eq!(runtime.block_on(get(&phone, 0, link(&server))), Ok(digest(&bytes)), "{nth}");
        let asked: Vec<_> = log.lock().unwrap().iter().map(super::server::Asked::from).collect();
        assert_eq!(asked, [None, Some(5_120), Some(5_120)], "{nth}: nothing is fetched twice");
        assert_eq!(sealed_files(folder.path()).len(), 1, "{nth}");
    }
}

#[test]
fn half_a_document_stays_where_the_api_hands_out_something_else_in_its_place() {
    let bytes = some_pdf(9_000);
    let json = format!(r#"{{"content":"{}"}}"#, STANDARD.encode("<html>".repeat(300))).into_bytes();
    let other = Reply::new(200, &[("Content-Length", json.len().to_string())], json, End::Close);
    let gone = Reply::new(404, &[("Content-Length", "0".to_owned())], Vec::new(), End::Close);
    let (server, _) = half_then(&bytes, vec![gone, other]);
    let (folder, runtime) = (folder(), runtime());
    let phone = setup(folder.path(), &server).open();
    let link = Link::new(format!("{}/document", server.origin(0)));
    assert_eq!(runtime.block_on(get(&phone, 0, link)), Err(DownloadError::Refused(Refusal::Status(404))));
    assert_eq!(standing(&phone, 0), Standing::Partial);
    let inside = Arc::new(Inside(format!("{}/document", server.origin(0))));
    let not_a_pdf = Err(DownloadError::Damaged(Flaw::NotAPdf(Instead::Page)));
    assert_eq!(runtime.block_on(get(&phone, 0, inside)), not_a_pdf);
    assert_eq!(standing(&phone, 0), Standing::Partial);
    assert_eq!(sealed_files(folder.path()).len(), 1);
}
