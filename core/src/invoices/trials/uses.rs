//! What people and phones do with documents, one thing at a time.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::BoxFuture;
use futures_util::{FutureExt, StreamExt};

use super::super::download::answer::Refusal;
use super::super::download::verify::{Flaw, Instead};
use super::super::download::{DownloadError, Standing, Surroundings, Ticket, Tickets};
use super::server::{Asked, End, Reply, Server};
use super::{Drawn, Link, Phone, Setup, digest, document_id, folder, naming, pdf, runtime, sealed_files};
use crate::host::{Clock, ClockReading, HostError};
use crate::operator::failure::Failure;
use crate::problem::{Problem, StorageFailure};
use crate::store::DataKey;

/// Answers each request by the next reply, and the last one for ever.
pub(super) fn scripted(replies: Vec<Reply>) -> (Server, Arc<Mutex<Vec<Asked>>>) {
    let log: Arc<Mutex<Vec<Asked>>> = Arc::default();
    let seen = log.clone();
    let server = Server::start(1, move |asked| {
        let mut log = seen.lock().unwrap();
        log.push(asked.clone());
        replies[(log.len() - 1).min(replies.len() - 1)].clone()
    });
    (server, log)
}

/// A server that has a document of that length for whoever asks, with ranges.
pub(super) fn honest(bytes: Vec<u8>) -> (Server, Arc<Mutex<Vec<Asked>>>) {
    let log: Arc<Mutex<Vec<Asked>>> = Arc::default();
    let seen = log.clone();
    let server = Server::start(1, move |asked| {
        seen.lock().unwrap().push(asked.clone());
        let total = bytes.len();
        let from = asked.from().map_or(0, |from| usize::try_from(from).unwrap());
        let mut headers = vec![("ETag", "\"v\"".to_owned()), ("Content-Length", (total - from).to_string())];
        if from > 0 {
            headers.push(("Content-Range", format!("bytes {from}-{}/{total}", total - 1)));
        }
        let mut reply = Reply::new(if from > 0 { 206 } else { 200 }, &headers, Vec::new(), End::Keep);
        reply.pieces = bytes[from..].chunks(1000).map(<[u8]>::to_vec).collect();
        reply.pause = Duration::from_micros(200);
        reply
    });
    (server, log)
}

pub(super) fn setup<'a>(folder: &'a Path, server: &'a Server) -> Setup<'a> {
    Setup::new(folder, &server.ca_pem, vec!["https://api.example".to_owned(), server.origin(0)])
}

pub(super) fn some_pdf(length: usize) -> Vec<u8> {
    pdf(&mut Drawn(9), length)
}

pub(super) fn link(server: &Server) -> Arc<Link> {
    Link::new(format!("{}/document?sig=canary", server.origin(0)))
}

pub(super) fn standing(phone: &Phone, document: usize) -> Standing {
    phone.downloads.standing(&phone.owner, &document_id(document))
}

pub(super) async fn get(phone: &Phone, document: usize, tickets: Arc<dyn Tickets>) -> Result<[u8; 32], DownloadError> {
    Ok(phone.downloads.download(phone.wish(document, tickets), None, None).await?.sha256)
}

/// A document that comes along as text.
struct Along {
    text: Vec<u8>,
    digest: Option<[u8; 32]>,
    fails: bool,
}

impl Tickets for Along {
    fn ticket(&self) -> BoxFuture<'_, Result<Ticket, Problem>> {
        let mut pieces: Vec<Result<Vec<u8>, Problem>> = self.text.chunks(777).map(|piece| Ok(piece.to_vec())).collect();
        if self.fails {
            pieces.truncate(2);
            pieces.push(Err(Problem::Offline));
        }
        let ticket = Ticket::Content { text: futures_util::stream::iter(pieces).boxed(), digest: self.digest };
        async { Ok(ticket) }.boxed()
    }
}

#[test]
fn a_document_that_comes_along_as_text_is_whole_or_not_there() {
    let (server, _) = honest(Vec::new());
    let folder = folder();
    let phone = setup(folder.path(), &server).open();
    let bytes = some_pdf(5_000);
    let text = STANDARD.encode(&bytes).into_bytes();
    let encoded = |bytes: &[u8]| STANDARD.encode(bytes).into_bytes();
    let vectors = [
        (text.clone(), None, false, Ok(digest(&bytes))),
        (text.clone(), Some(digest(&bytes)), false, Ok(digest(&bytes))),
        (text.clone(), Some([0; 32]), false, Err(DownloadError::Damaged(Flaw::Digest))),
        (text[..text.len() - 3].to_vec(), None, false, Err(DownloadError::Damaged(Flaw::NotBase64))),
        (text[..4_000].to_vec(), None, false, Err(DownloadError::Damaged(Flaw::NoEnd))),
        (text.clone(), None, true, Err(DownloadError::Ticket(Problem::Offline))),
        (encoded(b"<html>please log in"), None, false, Err(DownloadError::Damaged(Flaw::NotAPdf(Instead::Page)))),
        (encoded(b"bill not ready"), None, false, Err(DownloadError::NotReadyYet { after_seconds: None })),
        (encoded(&some_pdf(70_000)), None, false, Err(DownloadError::Refused(Refusal::TooLarge))),
    ];
    let runtime = runtime();
    for (nth, (text, digest, fails, expected)) in vectors.into_iter().enumerate() {
        let outcome = runtime.block_on(get(&phone, nth, Arc::new(Along { text, digest, fails })));
        assert_eq!(outcome, expected, "{nth}");
        let ready = standing(&phone, nth) == Standing::Ready;
        assert_eq!(ready, expected.is_ok(), "{nth}");
        if ready {
            assert_eq!(runtime.block_on(phone.shared(nth)), bytes);
        }
    }
    assert_eq!(sealed_files(folder.path()).len(), 2, "what is of no use is gone");
    // As it stands in an answer that was read as a whole.
    for length in [32 * 1024 / 4 * 3, 40_000] {
        let bytes = some_pdf(length);
        let outcome = runtime.block_on(get(&phone, length, Arc::new(Read(STANDARD.encode(&bytes)))));
        assert_eq!(outcome, Ok(digest(&bytes)));
    }
}

/// A document that was read along.
struct Read(String);

impl Tickets for Read {
    fn ticket(&self) -> BoxFuture<'_, Result<Ticket, Problem>> {
        async { Ok(Ticket::along(self.0.clone(), None)) }.boxed()
    }
}

#[test]
fn a_page_from_the_operators_own_address_is_no_word_of_the_network() {
    let page = "<html><title>Customer portal</title>Please log in, password:".repeat(20).into_bytes();
    let (server, _) = scripted(vec![Reply::new(200, &[("Content-Length", page.len().to_string())], page, End::Keep)]);
    let folder = folder();
    let phone = setup(folder.path(), &server).open();
    let error = runtime().block_on(get(&phone, 0, link(&server))).unwrap_err();
    assert_eq!(Problem::from(error), Problem::NotUnderstood { code: "document_page".to_owned() });
}

#[test]
fn a_document_that_is_copied_many_times_at_once_is_open_until_the_last_copy_goes() {
    let (server, _) = honest(some_pdf(2_000));
    let (folder, runtime) = (folder(), runtime());
    let mut setup = setup(folder.path(), &server);
    setup.limits.kept_documents = 1;
    let phone = setup.open();
    let phone = &phone;
    runtime.block_on(get(phone, 0, link(&server))).unwrap();
    for round in 0..200 {
        let (document, name) = (document_id(0), naming(0));
        let barrier = std::sync::Barrier::new(2);
        let share = || {
            barrier.wait();
            runtime.block_on(phone.downloads.share(&phone.owner, &document, &name)).unwrap()
        };
        let (one, other) = std::thread::scope(|scope| {
            let one = scope.spawn(share);
            let other = share();
            (one.join().unwrap(), other)
        });
        let paths = [one.path().to_owned(), other.path().to_owned()];
        assert_eq!(phone.downloads.copies_of(&phone.owner, &document), 2, "round {round}");
        drop(one);
        assert_eq!(phone.downloads.copies_of(&phone.owner, &document), 1, "round {round}");
        drop(other);
        assert_eq!(phone.downloads.copies_of(&phone.owner, &document), 0, "round {round}");
        paths.iter().for_each(|path| std::fs::remove_file(path).unwrap());
    }
}

/// A document inside an answer.
pub(super) struct Inside(pub String);

impl Tickets for Inside {
    fn ticket(&self) -> BoxFuture<'_, Result<Ticket, Problem>> {
        async { Ok(Ticket::Inside { url: self.0.clone(), id: None, digest: None }) }.boxed()
    }
}

#[test]
fn a_document_inside_an_answer_is_found_there_and_asked_for_again_where_the_answer_was_cut() {
    let bytes = some_pdf(9_000);
    let json =
        format!(r#"[{{"id":"1","content":"{}","mimeType":"application/pdf"}}]"#, STANDARD.encode(&bytes)).into_bytes();
    let answer = |body: &[u8], length: usize, end| {
        Reply::new(200, &[("Content-Length", length.to_string())], body.to_vec(), end)
    };
    let whole = answer(&json, json.len(), End::Keep);
    let cut = answer(&json[..6_000], json.len(), End::Close);
    let without = answer(b"{}", 2, End::Keep);
    let huge = vec![b'A'; 200_000];
    let huge = answer(&huge, huge.len(), End::Close);
    let not_base64 = Err(DownloadError::Damaged(Flaw::NotBase64));
    let vectors = [
        (vec![whole.clone()], Ok(digest(&bytes)), 1),
        (vec![cut.clone(), cut.clone(), whole], Ok(digest(&bytes)), 3),
        (vec![cut], Err(DownloadError::Network(Failure::Truncated)), 3),
        (vec![without], not_base64, 1),
        (vec![huge], Err(DownloadError::Refused(Refusal::TooLarge)), 1),
        (
            vec![Reply::new(202, &[], Vec::new(), End::Close)],
            Err(DownloadError::NotReadyYet { after_seconds: None }),
            1,
        ),
    ];
    let runtime = runtime();
    for (nth, (replies, expected, requests)) in vectors.into_iter().enumerate() {
        let (server, log) = scripted(replies);
        let folder = folder();
        let phone = setup(folder.path(), &server).open();
        let tickets = Arc::new(Inside(format!("{}/document", server.origin(0))));
        assert_eq!(runtime.block_on(get(&phone, 0, tickets)), expected, "{nth}");
        assert_eq!(log.lock().unwrap().len(), requests, "{nth}");
        assert_eq!(sealed_files(folder.path()).len(), usize::from(expected.is_ok()), "{nth}");
    }
}

#[test]
fn nothing_of_a_document_its_link_or_its_name_lies_on_the_disk_in_the_clear() {
    let bytes = [b"%PDF-1.7 CANARY-CONTENT ".repeat(100), b"%%EOF".to_vec()].concat();
    let (server, _) = honest(bytes.clone());
    let folder = folder();
    let phone = setup(folder.path(), &server).open();
    runtime().block_on(get(&phone, 77, link(&server))).unwrap();
    phone.engine.store.suspend(Duration::from_secs(5)).unwrap();
    let mut searched = 0;
    let mut folders = vec![folder.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let raw = [path.to_str().unwrap().as_bytes(), &std::fs::read(&path).unwrap()].concat();
            for secret in [b"CANARY".as_slice(), b"canary", b"bill77", b"%PDF", &digest(&bytes)] {
                assert!(!raw.windows(secret.len()).any(|window| window == secret), "{path:?}");
            }
            searched += 1;
        }
    }
    assert!(searched >= 2);
}

/// Counts how often it is asked, and costs money from then on.
pub(super) struct Meter(pub AtomicUsize, pub usize);

impl Surroundings for Meter {
    fn is_metered(&self) -> bool {
        self.0.fetch_add(1, Ordering::SeqCst) >= self.1
    }
    fn free_bytes(&self, _: &Path) -> Option<u64> {
        None
    }
}

#[test]
fn where_bytes_cost_a_download_waits_for_the_persons_word_and_goes_on_from_where_it_was() {
    let bytes = some_pdf(30_000);
    let (server, log) = honest(bytes.clone());
    let (folder, runtime) = (folder(), runtime());
    let mut setup = setup(folder.path(), &server);
    setup.surroundings = Arc::new(Meter(AtomicUsize::new(0), 3));
    let phone = setup.open();
    assert_eq!(runtime.block_on(get(&phone, 0, link(&server))), Err(DownloadError::Metered));
    assert_eq!(standing(&phone, 0), Standing::Partial);
    assert_eq!(runtime.block_on(get(&phone, 0, link(&server))), Err(DownloadError::Metered));
    assert_eq!(log.lock().unwrap().len(), 1, "not even asked");
    let mut wish = phone.wish(0, link(&server));
    wish.on_metered = true;
    let (who_agrees, who_does_not) = runtime.block_on(async {
        let joined = phone.downloads.download(wish, None, None);
        tokio::join!(joined, get(&phone, 0, link(&server)))
    });
    who_agrees.unwrap();
    assert_eq!(who_does_not.unwrap(), digest(&bytes), "nothing more is paid for it");
    assert!(log.lock().unwrap()[1].from().unwrap() >= 4096, "it went on");
    assert_eq!(runtime.block_on(phone.shared(0)), bytes);
}

#[test]
fn what_is_kept_is_bounded_and_the_longest_unopened_goes_first() {
    let bytes = some_pdf(3_000);
    let (server, _) = honest(bytes);
    let (folder, runtime, clock) = (folder(), runtime(), Arc::new(SetClock::default()));
    let mut setup = setup(folder.path(), &server);
    setup.clock = clock.clone();
    setup.limits.kept_documents = 3;
    let phone = setup.open();
    let fetch = |document| {
        clock.pass_ms(1_000);
        runtime.block_on(get(&phone, document, link(&server))).unwrap();
    };
    (0..3).for_each(fetch);
    clock.pass_ms(1_000);
    runtime.block_on(phone.shared(0));
    fetch(3);
    let all = |phone: &Phone| (0..6).map(|document| standing(phone, document)).collect::<Vec<_>>();
    use Standing::{Evicted, Nothing, Ready};
    assert_eq!(all(&phone), [Ready, Evicted, Ready, Ready, Nothing, Nothing], "the second was opened longest ago");
    runtime.block_on(phone.downloads.pin(&phone.owner, &document_id(2), true)).unwrap();
    let nothing = runtime.block_on(phone.downloads.pin(&phone.owner, &document_id(4), true));
    assert_eq!(nothing, Err(DownloadError::Evicted), "nothing is pinned that is not known");
    let open = runtime.block_on(phone.downloads.share(&phone.owner, &document_id(0), &naming(0))).unwrap();
    fetch(4);
    assert_eq!(all(&phone), [Ready, Evicted, Ready, Evicted, Ready, Nothing], "pinned and open ones stay");
    drop(open);
    clock.pass_ms(60_000);
    runtime.block_on(phone.shared(4));
    fetch(5);
    assert_eq!(all(&phone), [Evicted, Evicted, Ready, Evicted, Ready, Ready]);
    assert_eq!(sealed_files(folder.path()).len(), 3);
    fetch(1);
    assert_eq!(standing(&phone, 1), Ready, "what went can come back");
}

/// A disk on which so much is free beside the documents.
struct Disk(AtomicU64);

impl Surroundings for Disk {
    fn is_metered(&self) -> bool {
        false
    }
    fn free_bytes(&self, folder: &Path) -> Option<u64> {
        let used: u64 = crate::store::documents::files(folder).iter().map(|path| path.metadata().unwrap().len()).sum();
        Some(self.0.load(Ordering::SeqCst).saturating_sub(used))
    }
}

#[test]
fn room_is_made_before_a_download_begins_and_where_there_is_none_it_does_not() {
    let (server, _) = honest(some_pdf(10_000));
    let (folder, runtime) = (folder(), runtime());
    let disk = Arc::new(Disk(AtomicU64::new(33_000)));
    let mut setup = setup(folder.path(), &server);
    setup.surroundings = disk.clone();
    let phone = setup.open();
    runtime.block_on(get(&phone, 0, link(&server))).unwrap();
    runtime.block_on(get(&phone, 1, link(&server))).unwrap();
    runtime.block_on(get(&phone, 2, link(&server))).unwrap();
    assert_eq!(standing(&phone, 0), Standing::Evicted, "made room");
    disk.0.store(15_000, Ordering::SeqCst);
    let outcome = runtime.block_on(get(&phone, 3, link(&server)));
    assert_eq!(outcome, Err(DownloadError::Storage(StorageFailure::Full)));
    assert!(sealed_files(folder.path()).iter().all(|file| file.extension().unwrap() != "part"));
}

#[test]
fn what_the_phone_took_or_a_bit_spoiled_is_evicted_and_fetched_again() {
    let bytes = some_pdf(5_000);
    let (server, log) = honest(bytes.clone());
    let (folder, runtime) = (folder(), runtime());
    let phone = setup(folder.path(), &server).open();
    let share = |phone: &Phone| {
        let copy = runtime.block_on(phone.downloads.share(&phone.owner, &document_id(0), &naming(0)));
        copy.map(|copy| std::fs::read(copy.path()).unwrap())
    };
    let spoil = |path: &Path| {
        let mut raw = std::fs::read(path).unwrap();
        let last = raw.len() - 1;
        raw[last] ^= 1;
        std::fs::write(path, raw).unwrap();
    };
    for (nth, take) in
        [&(|path: &Path| std::fs::remove_file(path).unwrap()) as &dyn Fn(&Path), &spoil].iter().enumerate()
    {
        runtime.block_on(get(&phone, 0, link(&server))).unwrap();
        assert_eq!(log.lock().unwrap().len(), nth + 1);
        take(&sealed_files(folder.path())[0]);
        assert_eq!(share(&phone), Err(DownloadError::Evicted));
        assert_eq!(standing(&phone, 0), Standing::Evicted);
        assert!(crate::store::documents::files(&folder.path().join("shared")).is_empty(), "half a copy is none");
    }
    runtime.block_on(get(&phone, 0, link(&server))).unwrap();
    drop(phone);
    // Taken while the app was not there.
    std::fs::remove_file(&sealed_files(folder.path())[0]).unwrap();
    let phone = setup(folder.path(), &server).open();
    runtime.block_on(phone.downloads.tidy_up()).unwrap();
    assert_eq!(standing(&phone, 0), Standing::Evicted);
    runtime.block_on(get(&phone, 0, link(&server))).unwrap();
    assert_eq!(share(&phone), Ok(bytes));
}

/// A clock that stands where it is put.
#[derive(Default)]
pub(super) struct SetClock(AtomicI64);

impl SetClock {
    pub(super) fn pass_ms(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Result<ClockReading, HostError> {
        let elapsed_ms = self.0.load(Ordering::SeqCst);
        Ok(ClockReading { wall_ms: 1_795_608_000_000 + elapsed_ms, elapsed_ms, boot_id: "boot".to_owned() })
    }
}

#[test]
fn a_half_that_nobody_came_back_for_goes_after_a_week_and_a_younger_one_stays() {
    let day_ms = 24 * 60 * 60 * 1000;
    for (days, kept) in [(6, true), (8, false)] {
        let bytes = some_pdf(9_000);
        let headers = [("ETag", "\"v\"".to_owned()), ("Content-Length", "9000".to_owned())];
        let half = Reply::new(200, &headers, bytes[..5_000].to_vec(), End::Close);
        let (server, _) =
            scripted(vec![half, Reply::new(500, &[("Content-Length", "0".to_owned())], Vec::new(), End::Keep)]);
        let (folder, runtime, clock) = (folder(), runtime(), Arc::new(SetClock::default()));
        let open = || {
            let mut setup = setup(folder.path(), &server);
            setup.clock = clock.clone();
            setup.open()
        };
        let failed = runtime.block_on(get(&open(), 0, link(&server)));
        assert_eq!(failed, Err(DownloadError::Network(Failure::Status { status: 500, retry_after_seconds: None })));
        clock.pass_ms(days * day_ms);
        let phone = open();
        runtime.block_on(phone.downloads.tidy_up()).unwrap();
        assert_eq!(standing(&phone, 0), if kept { Standing::Partial } else { Standing::Nothing });
        assert_eq!(sealed_files(folder.path()).len(), usize::from(kept));
    }
}

#[test]
fn signing_out_ends_a_transfer_and_leaves_no_file_of_anybody() {
    let (server, _) = honest(some_pdf(60_000));
    let (folder, runtime) = (folder(), runtime());
    let signed_in = Arc::new(AtomicBool::new(true));
    let mut phone = setup(folder.path(), &server).open();
    let asked = signed_in.clone();
    phone.owner.still = Arc::new(move || asked.load(Ordering::SeqCst));
    runtime.block_on(get(&phone, 0, link(&server))).unwrap();
    let copy = runtime.block_on(phone.downloads.share(&phone.owner, &document_id(0), &naming(0))).unwrap();
    let fetched = runtime.block_on(async {
        let leaves = async {
            tokio::time::sleep(Duration::from_millis(5)).await;
            signed_in.store(false, Ordering::SeqCst);
            phone.downloads.signed_out();
            phone.engine.store.wipe_all_but(None).await.unwrap();
        };
        tokio::join!(get(&phone, 1, link(&server)), leaves).0
    });
    assert_eq!(fetched, Err(DownloadError::Cancelled));
    assert!(!copy.path().exists(), "nor a copy");
    assert_eq!(sealed_files(folder.path()), Vec::<std::path::PathBuf>::new());
    assert_eq!(runtime.block_on(get(&phone, 1, link(&server))), Err(DownloadError::Cancelled));
    assert_eq!(sealed_files(folder.path()), Vec::<std::path::PathBuf>::new(), "nothing is kept for nobody");
    assert!(runtime.block_on(phone.engine.store.documents()).unwrap().is_empty());
}

#[test]
fn copies_have_names_of_their_own_and_go_after_ten_minutes_or_at_the_next_start() {
    let (server, _) = honest(some_pdf(2_000));
    let (folder, runtime, clock) = (folder(), runtime(), Arc::new(SetClock::default()));
    let open = || {
        let mut setup = setup(folder.path(), &server);
        setup.clock = clock.clone();
        setup.open()
    };
    let phone = open();
    runtime.block_on(get(&phone, 5, link(&server))).unwrap();
    let share = |phone: &Phone| {
        runtime.block_on(phone.downloads.share(&phone.owner, &document_id(5), &naming(5))).unwrap().path().to_owned()
    };
    let (one, other) = (share(&phone), share(&phone));
    assert_eq!(one.file_name().unwrap(), "Trial_5.pdf");
    assert_eq!(other.file_name().unwrap(), "Trial_5-2.pdf");
    assert_eq!(one.parent(), Some(&*folder.path().join("shared")));
    clock.pass_ms(9 * 60_000);
    let later = share(&phone);
    clock.pass_ms(60_000);
    runtime.block_on(phone.downloads.drop_old_copies());
    assert!(!one.exists() && !other.exists() && later.exists());
    drop(phone);
    runtime.block_on(open().downloads.tidy_up()).unwrap();
    assert!(!later.exists());
}

#[test]
fn a_link_that_ran_out_is_asked_for_anew_three_times_and_the_part_goes_on() {
    let bytes = some_pdf(9_000);
    let tag = ("ETag", "\"v\"".to_owned());
    let half =
        Reply::new(200, &[tag.clone(), ("Content-Length", "9000".to_owned())], bytes[..5_000].to_vec(), End::Close);
    let gone = Reply::new(403, &[("Content-Length", "0".to_owned())], Vec::new(), End::Keep);
    let (from, range) = (5_000, ("Content-Range", "bytes 5000-8999/9000".to_owned()));
    let rest = Reply::new(206, &[tag, range, ("Content-Length", "4000".to_owned())], bytes[from..].to_vec(), End::Keep);
    let (server, log) = scripted(vec![half.clone(), gone.clone(), rest]);
    let (place, runtime) = (folder(), runtime());
    let phone = setup(place.path(), &server).open();
    let tickets = link(&server);
    runtime.block_on(get(&phone, 0, tickets.clone())).unwrap();
    assert_eq!(*tickets.told.lock().unwrap(), 2);
    assert_eq!(log.lock().unwrap().iter().map(Asked::from).collect::<Vec<_>>(), [None, Some(5_000), Some(5_000)]);
    assert_eq!(runtime.block_on(phone.shared(0)), bytes);

    let (server, log) = scripted(vec![half, gone]);
    let place = folder();
    let phone = setup(place.path(), &server).open();
    let tickets = link(&server);
    assert_eq!(runtime.block_on(get(&phone, 0, tickets.clone())), Err(DownloadError::LinkExpired));
    assert_eq!((*tickets.told.lock().unwrap(), log.lock().unwrap().len()), (3, 4));
    assert_eq!(standing(&phone, 0), Standing::Partial, "what is here stays");
}

#[test]
fn a_server_that_asks_for_time_is_given_it() {
    let busy = [("Content-Length", "0".to_owned()), ("Retry-After", "120".to_owned())];
    let (server, log) = scripted(vec![Reply::new(503, &busy, Vec::new(), End::Keep)]);
    let (folder, runtime, clock) = (folder(), runtime(), Arc::new(SetClock::default()));
    let mut setup = setup(folder.path(), &server);
    setup.clock = clock.clone();
    let phone = setup.open();
    let busy = DownloadError::Network(Failure::Status { status: 503, retry_after_seconds: Some(120) });
    assert_eq!(runtime.block_on(get(&phone, 0, link(&server))), Err(busy));
    let waits = runtime.block_on(get(&phone, 1, link(&server)));
    assert!(matches!(waits, Err(DownloadError::Network(Failure::Waiting { .. }))), "{waits:?}");
    assert_eq!(log.lock().unwrap().len(), 1, "not asked meanwhile");
    clock.pass_ms(133_000);
    assert!(runtime.block_on(get(&phone, 1, link(&server))).is_err());
    assert_eq!(log.lock().unwrap().len(), 2);
}

#[test]
fn the_digest_of_the_api_counts_more_than_a_header() {
    let bytes = some_pdf(3_000);
    let wrong = ("Repr-Digest", format!("sha-256=:{}:", STANDARD.encode([0; 32])));
    let (server, _) =
        scripted(vec![Reply::new(200, &[wrong, ("Content-Length", "3000".to_owned())], bytes.clone(), End::Keep)]);
    let (folder, runtime) = (folder(), runtime());
    let phone = setup(folder.path(), &server).open();
    let with = |digest| {
        let url = format!("{}/d", server.origin(0));
        Arc::new(Link { url, digest, token: None, told: Mutex::default() })
    };
    let vectors = [(None, Err(DownloadError::Damaged(Flaw::Digest))), (Some(digest(&bytes)), Ok(digest(&bytes)))];
    for (nth, (told, expected)) in vectors.into_iter().enumerate() {
        assert_eq!(runtime.block_on(get(&phone, nth, with(told))), expected);
    }
    assert_eq!(runtime.block_on(get(&phone, 2, with(Some([1; 32])))), Err(DownloadError::Damaged(Flaw::Digest)));
}

#[test]
fn another_persons_key_opens_nothing_and_fetches_anew() {
    let bytes = some_pdf(3_000);
    let (server, log) = honest(bytes.clone());
    let (folder, runtime) = (folder(), runtime());
    let mut phone = setup(folder.path(), &server).open();
    runtime.block_on(get(&phone, 0, link(&server))).unwrap();
    phone.owner.key = DataKey::from_bytes(&[8; 32]).unwrap();
    assert_eq!(standing(&phone, 0), Standing::Nothing);
    runtime.block_on(get(&phone, 0, link(&server))).unwrap();
    assert_eq!(log.lock().unwrap().len(), 2);
    assert_eq!(runtime.block_on(phone.shared(0)), bytes);
}
