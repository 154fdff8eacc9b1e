//! I19: a phone that changes from one network to another goes on within ten seconds. The path that it leaves says nothing of
//! it: what was sent is not heard and no connection is reset. Networks without IPv4 and names that do not resolve are beyond
//! a trial in one process.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use url::Url;

use super::server::{Asked, End, Reply, Server};
use super::{Drawn, Limits, Link, Setup, counted, digest, folder, pdf, runtime, small};
use crate::operator::http::Request;
use crate::trials::identity;

const FLIPS: usize = 200;
const RECOVERED: Duration = Duration::from_secs(10);
/// Far beyond what a flip may take: nothing but the product ends the wait.
const SILENCE: Duration = Duration::from_secs(30);
const JSON: &[u8] = br#"{"answered": true}"#;

/// Lies between a phone and a server as a network does. After a flip nothing comes through on any older connection.
struct Network {
    port: u16,
    flips: watch::Sender<u32>,
}

impl Network {
    async fn before(server: u16) -> Network {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let flips = watch::Sender::new(0);
        let seen = flips.clone();
        tokio::spawn(async move {
            while let Ok((phone, _)) = listener.accept().await {
                let path = seen.subscribe();
                tokio::spawn(async move {
                    let server = TcpStream::connect(("127.0.0.1", server)).await.unwrap();
                    let (phone, server) = (phone.into_split(), server.into_split());
                    // Both ends stay open once it is silent.
                    tokio::join!(carry(phone.0, server.1, path.clone()), carry(server.0, phone.1, path));
                });
            }
        });
        Network { port, flips }
    }

    fn flip(&self) {
        self.flips.send_modify(|flips| *flips += 1);
    }

    fn origin(&self) -> String {
        format!("https://localhost:{}", self.port)
    }
}

async fn carry(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, mut path: watch::Receiver<u32>) {
    let mut some = [0; 4096];
    loop {
        tokio::select! {
            biased;
            Ok(()) = path.changed() => std::future::pending().await,
            read = from.read(&mut some) => match read {
                Ok(count @ 1..) if to.write_all(&some[..count]).await.is_ok() => {}
                _ => break,
            },
        }
    }
    let _ = to.shutdown().await;
}

/// A document that takes a while, and an answer that does so too.
fn slow(bytes: Vec<u8>) -> Server {
    Server::start(1, move |asked: &Asked| {
        let (status, body, mut headers) = match asked.target.as_str() {
            "/usage" => (200, JSON, vec![("Content-Type", "application/json".to_owned())]),
            _ => match asked.from().map(|from| usize::try_from(from).unwrap()) {
                None => (200, &bytes[..], vec![("ETag", "\"v\"".to_owned())]),
                Some(from) => {
                    let range = format!("bytes {from}-{}/{}", bytes.len() - 1, bytes.len());
                    (206, &bytes[from..], vec![("ETag", "\"v\"".to_owned()), ("Content-Range", range)])
                }
            },
        };
        headers.push(("Content-Length", body.len().to_string()));
        let mut reply = Reply::new(status, &headers, Vec::new(), End::Keep);
        reply.pieces = body.chunks((body.len() / 10).max(1)).map(<[u8]>::to_vec).collect();
        reply.pause = Duration::from_millis(1);
        reply
    })
}

#[test]
fn i19_a_phone_that_is_told_of_another_network_goes_on_over_it_at_once() {
    let (flips, seed) = counted(FLIPS);
    let mut drawn = Drawn(seed);
    let bytes = pdf(&mut drawn, 20_000);
    let (folder, runtime, server) = (folder(), runtime(), slow(bytes.clone()));
    let network = runtime.block_on(Network::before(server.ports[0]));
    let origins = vec!["https://api.example".to_owned(), network.origin()];
    let setup = Setup::new(folder.path(), &server.ca_pem, origins);
    let phone = Setup { limits: Limits { silence: SILENCE, ..small() }, ..setup }.open();
    let link = Link::new(format!("{}/document", network.origin()));
    let usage = Url::parse(&format!("{}/usage", network.origin())).unwrap();
    let (mut slowest, mut in_the_middle) = (Duration::ZERO, [0, 0]);
    for flip in 0..flips {
        let (downloads, wish) = (phone.downloads.clone(), phone.wish(flip, link.clone()));
        let document = runtime.spawn(async move { downloads.download(wish, None, None).await });
        let (engine, usage) = (phone.engine.clone(), usage.clone());
        let answer = runtime.spawn(async move { engine.http.send_repeatable(&Request::get(&usage)).await });
        std::thread::sleep(Duration::from_micros(drawn.next() % 25_000));
        in_the_middle[0] += usize::from(!document.is_finished());
        in_the_middle[1] += usize::from(!answer.is_finished());
        let since = Instant::now();
        network.flip();
        // The phone hears of it a moment later, or hears it twice.
        std::thread::sleep(Duration::from_micros(drawn.next() % 2_000));
        for _ in 0..=drawn.below(2) {
            phone.engine.http.network_changed();
            phone.downloads.network_changed();
        }
        let both = async { (document.await.unwrap(), answer.await.unwrap()) };
        let (document, answer) = runtime.block_on(both);
        slowest = slowest.max(since.elapsed());
        assert!(since.elapsed() <= RECOVERED, "flip {flip}: {:?}", since.elapsed());
        assert_eq!(document.unwrap().sha256, digest(&bytes), "flip {flip}");
        assert_eq!(answer.unwrap().body, JSON, "flip {flip}");
    }
    assert!(in_the_middle.iter().all(|middle| *middle > flips / 4), "under way: {in_the_middle:?}");
    eprintln!("{flips} flips, under way {in_the_middle:?}, slowest {slowest:?}");
}

#[test]
fn what_cannot_be_repeated_goes_on_where_it_is_and_what_can_is_asked_again() {
    let (asked, runtime, folder) = (Arc::new(AtomicUsize::new(0)), runtime(), folder());
    let count = asked.clone();
    let server = Server::start(1, move |_: &Asked| {
        count.fetch_add(1, Ordering::SeqCst);
        let headers = [("Content-Type", "application/json".to_owned()), ("Content-Length", JSON.len().to_string())];
        let mut reply = Reply::new(200, &headers, Vec::new(), End::Keep);
        reply.pieces = JSON.chunks(2).map(<[u8]>::to_vec).collect();
        reply.pause = Duration::from_millis(50);
        reply
    });
    let phone = Setup::new(folder.path(), &server.ca_pem, vec![server.origin(0)]).open();
    let url = Url::parse(&format!("{}/order", server.origin(0))).unwrap();
    for (is_once, requests) in [(true, 1), (false, 2)] {
        asked.store(0, Ordering::SeqCst);
        let (engine, url) = (phone.engine.clone(), url.clone());
        let answer = runtime.spawn(async move {
            let request = Request::get(&url);
            if is_once { engine.http.send_once(&request).await } else { engine.http.send_repeatable(&request).await }
        });
        while asked.load(Ordering::SeqCst) == 0 {
            std::thread::sleep(Duration::from_millis(1));
        }
        // It is there, and its answer is on the way.
        std::thread::sleep(Duration::from_millis(100));
        assert!(!answer.is_finished());
        phone.engine.http.network_changed();
        assert_eq!(runtime.block_on(answer).unwrap().unwrap().body, JSON, "once: {is_once}");
        assert_eq!(asked.load(Ordering::SeqCst), requests, "once: {is_once}");
    }
}

/// Answers over HTTP/2; before the flip not at all, documents with a head and not a word more. Counts who waits.
async fn serve_over_h2(
    listener: TcpListener,
    tls: TlsAcceptor,
    body: Vec<u8>,
    flips: watch::Receiver<u32>,
    waiting: watch::Sender<usize>,
) {
    while let Ok((socket, _)) = listener.accept().await {
        let (tls, body, flips, waiting) = (tls.clone(), body.clone(), flips.clone(), waiting.clone());
        tokio::spawn(async move {
            let Ok(stream) = tls.accept(socket).await else { return };
            let Ok(mut connection) = h2::server::handshake(stream).await else { return };
            let (mut unanswered, mut begun) = (Vec::new(), Vec::new());
            while let Some(Ok((request, mut respond))) = connection.accept().await {
                let is_document = request.uri().path() == "/document";
                let is_silent = *flips.borrow() == 0;
                if is_silent {
                    waiting.send_modify(|waiting| *waiting += 1);
                }
                if is_silent && !is_document {
                    unanswered.push(respond);
                    continue;
                }
                let body = if is_document { body.clone() } else { JSON.to_vec() };
                let head = http::Response::builder()
                    .header("content-type", "application/json")
                    .header("content-length", body.len())
                    .header("etag", "\"v\"");
                let mut sending = respond.send_response(head.body(()).unwrap(), false).unwrap();
                if is_silent {
                    begun.push(sending);
                } else {
                    let _ = sending.send_data(body.into(), true);
                }
            }
        });
    }
}

#[test]
fn i19_a_path_that_went_silent_is_noticed_in_ten_seconds_also_where_nobody_says_so() {
    const EACH: usize = 5;
    let bytes = pdf(&mut Drawn(19), 20_000);
    let (folder, runtime) = (folder(), runtime());
    let _ = rustls::crypto::ring::default_provider().install_default();
    let (ca_pem, tls) = identity();
    let mut tls = Arc::unwrap_or_clone(tls);
    tls.alpn_protocols = vec![b"h2".to_vec()];
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let network = runtime.block_on(Network::before(listener.local_addr().unwrap().port()));
    let (waiting, mut all_wait) = watch::channel(0);
    let (tls, path) = (TlsAcceptor::from(Arc::new(tls)), network.flips.subscribe());
    runtime.spawn(serve_over_h2(listener, tls, bytes.clone(), path, waiting));
    let setup = Setup::new(folder.path(), &ca_pem, vec!["https://api.example".to_owned(), network.origin()]);
    let phone = Setup { limits: Limits { silence: SILENCE, ..small() }, ..setup }.open();
    let link = Link::new(format!("{}/document", network.origin()));
    let usage = Url::parse(&format!("{}/usage", network.origin())).unwrap();
    let begun: Vec<_> = (0..EACH)
        .map(|number| {
            let (downloads, wish) = (phone.downloads.clone(), phone.wish(number, link.clone()));
            let document = runtime.spawn(async move { (downloads.download(wish, None, None).await, Instant::now()) });
            let (engine, usage) = (phone.engine.clone(), usage.clone());
            let answer = runtime
                .spawn(async move { (engine.http.send_repeatable(&Request::get(&usage)).await, Instant::now()) });
            (document, answer)
        })
        .collect();
    // Two documents at a time are fetched, the others wait for their turn.
    runtime.block_on(all_wait.wait_for(|waiting| *waiting == EACH + 2)).unwrap();
    let since = Instant::now();
    network.flip();
    let mut took = Vec::new();
    for (document, answer) in begun {
        let ((document, ended), (answer, answered)) =
            runtime.block_on(async { (document.await.unwrap(), answer.await.unwrap()) });
        took.extend([ended - since, answered - since]);
        assert_eq!(document.unwrap().sha256, digest(&bytes));
        assert_eq!(answer.unwrap().body, JSON);
    }
    eprintln!("noticed and gone on in {took:?}");
    assert!(took.iter().all(|took| *took > Duration::from_secs(1)), "it was silent");
    assert!(took.iter().all(|took| *took <= RECOVERED), "{took:?}");
}

#[test]
fn i19_after_a_call_that_broke_off_no_older_connection_is_tried() {
    // Two are idle, and each ends in the middle of whatever it is asked next.
    let (broken, runtime, folder) = (Arc::new(AtomicUsize::new(0)), runtime(), folder());
    let bytes = pdf(&mut Drawn(19), 20_000);
    let (count, body) = (broken.clone(), bytes.clone());
    let server = Server::start(1, move |asked: &Asked| {
        let body = if asked.target == "/document" { body.clone() } else { JSON.to_vec() };
        let headers = [("Content-Type", "application/json".to_owned()), ("Content-Length", body.len().to_string())];
        if asked.nth > 1 {
            count.fetch_add(1, Ordering::SeqCst);
            return Reply::new(200, &headers, body[..1].to_vec(), End::Reset);
        }
        // Long enough that the others are under way too, each on a connection of its own.
        let mut reply = Reply::new(200, &headers, body, End::Keep);
        reply.pause = Duration::from_millis(300);
        reply
    });
    let phone = Setup::new(folder.path(), &server.ca_pem, vec![server.origin(0)]).open();
    let (http, url) = (&phone.engine.http, Url::parse(&format!("{}/usage", server.origin(0))).unwrap());
    let ask = async || http.send_repeatable(&Request::get(&url)).await.unwrap().body;
    let fetch = async |number| {
        let wish = phone.wish(number, Link::new(format!("{}/document", server.origin(0))));
        phone.downloads.clone().download(wish, None, None).await.unwrap().sha256
    };
    runtime.block_on(async {
        let first = tokio::join!(ask(), ask());
        assert_eq!((first, broken.load(Ordering::SeqCst)), ((JSON.to_vec(), JSON.to_vec()), 0));
        assert_eq!((ask().await, broken.swap(0, Ordering::SeqCst)), (JSON.to_vec(), 1));
        let first = tokio::join!(fetch(0), fetch(1));
        assert_eq!((first, broken.load(Ordering::SeqCst)), ((digest(&bytes), digest(&bytes)), 0));
        assert_eq!((fetch(2).await, broken.swap(0, Ordering::SeqCst)), (digest(&bytes), 1));
    });
}
