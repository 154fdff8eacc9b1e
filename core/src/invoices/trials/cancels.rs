//! I11: one transfer for each document, however many want it, come late, cancel or just go away.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use futures_util::future::join_all;

use super::super::download::{DownloadError, Downloads, Progress, Ready, Standing, Wish};
use super::server::{Asked, End, Reply, Server};
use super::{Drawn, Link, Phone, Setup, counted, digest, document_id, folder, pdf, runtime, sealed_files};
use crate::cancel::CancelToken;

const CALLERS: usize = 32;

/// What a caller does.
#[derive(Debug, Clone, Copy)]
enum Caller {
    Stays,
    Cancels { after: Duration },
    GoesAway { after: Duration },
}

/// How far it was told to be.
type Told = Vec<(u64, Option<u64>)>;
/// Documents by address, and from where each was asked for.
type Docs = Arc<Mutex<HashMap<String, (Vec<u8>, Vec<Option<u64>>)>>>;

/// Hears how far it is, and that nothing is told once its caller has returned.
#[derive(Default)]
struct Heard(Mutex<(Told, bool)>);

impl Progress for Heard {
    fn moved(&self, bytes: u64, total: Option<u64>) {
        let mut heard = self.0.lock().unwrap();
        assert!(!heard.1, "told after the end");
        heard.0.push((bytes, total));
    }
}

async fn call(
    downloads: &Arc<Downloads>,
    wish: Wish,
    caller: Caller,
    delay: Duration,
    heard: Option<Arc<Heard>>,
) -> Option<Ready> {
    if delay > Duration::ZERO {
        tokio::time::sleep(delay).await;
    }
    let cancel = CancelToken::new();
    let progress = heard.clone().map(|heard| heard as Arc<dyn Progress>);
    let work = downloads.download(wish, progress, Some(cancel.clone()));
    let outcome = match caller {
        Caller::Stays => Some(work.await),
        Caller::GoesAway { after } => tokio::time::timeout(after, work).await.ok(),
        Caller::Cancels { after } => {
            let (outcome, since) = tokio::join!(work, async {
                tokio::time::sleep(after).await;
                cancel.cancel();
                Instant::now()
            });
            assert!(since.elapsed() < Duration::from_secs(2), "a cancel is obeyed at once");
            Some(outcome)
        }
    };
    if let (Some(heard), false) = (&heard, matches!(caller, Caller::GoesAway { .. })) {
        let mut heard = heard.0.lock().unwrap();
        heard.1 = true;
        assert!(heard.0.windows(2).all(|pair| pair[0].0 < pair[1].0), "it only grows: {:?}", heard.0);
        if let Some(Ok(ready)) = &outcome {
            assert_eq!(heard.0.last(), Some(&(ready.bytes, Some(ready.bytes))), "the end is told");
        }
    }
    match outcome {
        Some(Err(error)) => {
            assert_eq!(error, DownloadError::Cancelled);
            assert!(matches!(caller, Caller::Cancels { .. }), "who stays is served");
            None
        }
        Some(Ok(ready)) => Some(ready),
        None => None,
    }
}

#[test]
fn i11_one_transfer_serves_all_who_stay_whoever_comes_and_goes() {
    let (times, seed) = counted(2_000);
    let mut drawn = Drawn(seed);
    let docs: Docs = Arc::default();
    let told = docs.clone();
    let server = Server::start(1, move |asked: &Asked| {
        let mut docs = told.lock().unwrap();
        let Some((bytes, log)) = docs.get_mut(&asked.target) else {
            // A request that was given up may be read when its story is over.
            return Reply::new(404, &[("Content-Length", "0".to_owned())], Vec::new(), End::Close);
        };
        log.push(asked.from());
        let (total, tag) = (bytes.len(), ("ETag", "\"v\"".to_owned()));
        let from = asked.from().map_or(0, |from| usize::try_from(from).unwrap());
        let length = ("Content-Length", (total - from).to_string());
        let mut reply = match from {
            0 => Reply::new(200, &[tag, length], Vec::new(), End::Keep),
            from => {
                let range = ("Content-Range", format!("bytes {from}-{}/{total}", total - 1));
                Reply::new(206, &[tag, length, range], Vec::new(), End::Keep)
            }
        };
        reply.pieces = bytes[from..].chunks(500).map(<[u8]>::to_vec).collect();
        reply.pause = Duration::from_micros(500);
        reply
    });
    let folders: Vec<_> = (0..8).map(|_| folder()).collect();
    let phones: Vec<_> = folders
        .iter()
        .map(|folder| {
            Setup::new(folder.path(), &server.ca_pem, vec!["https://api.example".to_owned(), server.origin(0)]).open()
        })
        .collect();
    let mut stories = Vec::new();
    for trial in 0..times {
        let target = format!("/e{trial}");
        let bytes = pdf(&mut drawn, 2_000 + trial % 3_000);
        docs.lock().unwrap().insert(target.clone(), (bytes.clone(), Vec::new()));
        let someone_stays = drawn.below(2) == 0;
        // In some all leave early, in others late.
        let within = 1_000 + drawn.next() % 12_000;
        let callers: Vec<_> = (0..CALLERS)
            .map(|nth| {
                let after = Duration::from_micros(drawn.next() % within);
                let caller = match drawn.below(8) {
                    _ if nth == 0 && someone_stays => Caller::Stays,
                    0 if someone_stays => Caller::Stays,
                    1..=3 => Caller::GoesAway { after },
                    _ => Caller::Cancels { after },
                };
                let delay = if nth > 0 && drawn.below(3) == 0 { drawn.next() % within } else { 0 };
                (caller, Duration::from_micros(delay), drawn.below(8) == 0)
            })
            .collect();
        stories.push(story(&phones[trial % phones.len()], trial, &server, target, bytes, callers, docs.clone()));
    }
    let whole: Vec<bool> = runtime().block_on(futures_util::stream::iter(stories).buffer_unordered(16).collect());
    let left_half = whole.iter().filter(|whole| !**whole).count();
    eprintln!("{left_half} of {times} went on behind a stop");
    assert!(left_half > times / 20, "stops were met in the middle: {left_half}");
    for (nth, folder) in folders.iter().enumerate() {
        let files = sealed_files(folder.path());
        assert_eq!(files.len(), times / folders.len(), "one file for each document and no other in folder {nth}");
        assert!(files.iter().all(|file| file.extension().is_some_and(|ending| ending == "sealed")));
    }
}

/// Whether it came in one go.
async fn story(
    phone: &Phone,
    trial: usize,
    server: &Server,
    target: String,
    bytes: Vec<u8>,
    callers: Vec<(Caller, Duration, bool)>,
    docs: Docs,
) -> bool {
    let link = Link::new(format!("{}{target}", server.origin(0)));
    let someone_stays = matches!(callers[0].0, Caller::Stays);
    let calls = callers.iter().map(|(caller, delay, hears)| {
        let heard = hears.then(|| Arc::new(Heard::default()));
        call(&phone.downloads, phone.wish(trial, link.clone()), *caller, *delay, heard)
    });
    let served = join_all(calls).await;
    let expected = digest(&bytes);
    assert!(served.iter().flatten().all(|ready| ready.sha256 == expected));
    if someone_stays {
        assert!(served[0].is_some());
        assert_eq!(*link.told.lock().unwrap(), 1, "trial {trial}: one transfer for all: {callers:?}");
    }
    // Nobody waits: it ends by itself, soon.
    let since = Instant::now();
    while let Standing::Running { .. } = phone.downloads.standing(&phone.owner, &document_id(trial)) {
        assert!(since.elapsed() < Duration::from_secs(2), "trial {trial}: it does not stop");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let asked = docs.lock().unwrap()[&target].1.len();
    phone.downloads.download(phone.wish(trial, link), None, None).await.unwrap();
    assert_eq!(phone.shared(trial).await, bytes, "trial {trial}");
    let log = docs.lock().unwrap().remove(&target).unwrap().1;
    if someone_stays {
        assert_eq!(log, [None], "trial {trial}: one request for all");
    }
    log.len() == asked
}
