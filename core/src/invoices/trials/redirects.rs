//! I10: no token, key, referer, cookie or any other word reaches an origin it is not meant for, however an address is bent.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use futures_util::StreamExt;

use super::super::download::DownloadError;
use super::super::download::answer::Refusal;
use super::super::download::origin::Astray;
use super::server::{Asked, End, Reply, Server};
use super::{Drawn, Link, Phone, Setup, counted, digest, folder, pdf, runtime};

const TOKEN: &str = "Bearer canary-token";
/// All that a server of links may be told.
const TOLD: &[&str] = &["host", "accept", "accept-encoding", "user-agent", "range", "if-range"];
/// The API, two places for links, and one that the profile does not name.
const API: usize = 0;
const FOREIGN: usize = 3;

/// What a server answers on the way.
#[derive(Debug, Clone)]
enum Hop {
    To(u16, Option<String>),
    /// The document; the first time only half of it.
    Document {
        bytes: Vec<u8>,
        cut: bool,
    },
}

/// What should come of it, told by who wrote the way.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    Ready,
    Fails(DownloadError),
}

struct Way {
    first: String,
    hops: HashMap<String, Hop>,
    /// Who is asked for what, and whether with the token.
    asked: Vec<(u16, String, bool)>,
    end: Outcome,
    sha256: [u8; 32],
}

fn way(drawn: &mut Drawn, server: &Server, trial: usize) -> Way {
    let target = |hop: usize| format!("/c{trial}/{hop}?sig=canary-{trial}-{hop}");
    let mut at = drawn.below(3);
    let mut own = at == API;
    let first = format!("{}{}", server.origin(at), target(0));
    let bytes = pdf(drawn, 300);
    let sha256 = digest(&bytes);
    let (mut hops, mut asked) = (HashMap::new(), Vec::new());
    let length = drawn.below(6);
    let mut end = None;
    for hop in 0..=length {
        asked.push((server.ports[at], target(hop), own));
        if hop == length {
            hops.insert(target(hop), Hop::Document { bytes: bytes.clone(), cut: drawn.below(3) == 0 });
            break;
        }
        let next = target(hop + 1);
        let there = drawn.below(3);
        let (host, port) = ("localhost", server.ports[there]);
        let astray = |astray| Some(DownloadError::Astray(astray));
        let (location, came_to, fails) = match drawn.below(26) {
            0 => (format!("https://{host}:{}{next}", server.ports[FOREIGN]), at, astray(Astray::ForeignOrigin)),
            1 => (format!("http://{host}:{}{next}", server.plain), at, astray(Astray::NotSecure)),
            2 => (format!("http://{host}:{port}{next}"), at, astray(Astray::NotSecure)),
            3 => (format!("https://user:canary@{host}:{port}{next}"), at, astray(Astray::UserInfo)),
            4 => {
                (format!("https://{host}:{port}@{host}:{}{next}", server.ports[FOREIGN]), at, astray(Astray::UserInfo))
            }
            5 => (format!("https://127.0.0.1:{port}{next}"), at, astray(Astray::ForeignOrigin)),
            6 => (format!("https://{host}.:{port}{next}"), at, astray(Astray::ForeignOrigin)),
            7 => (format!("https://%6cocalhost.evil.example:{port}{next}"), at, astray(Astray::ForeignOrigin)),
            8 => (format!("https://xn--bcher-kva:{port}{next}"), at, astray(Astray::ForeignOrigin)),
            9 => ("https://".to_owned(), at, astray(Astray::NoAddress)),
            10 => ("javascript:alert(1)".to_owned(), at, astray(Astray::NotSecure)),
            11 => (format!("//{host}:{}{next}", server.plain), at, astray(Astray::ForeignOrigin)),
            12 => (String::new(), at, Some(DownloadError::Refused(Refusal::NoLocation))),
            13..=16 => (next, at, None),
            17..=18 => (format!("//{host}:{port}{next}"), there, None),
            19 => (format!("https:\\\\LOCALHOST:{port}{next}#canary"), there, None),
            _ => (format!("https://{host}:{port}{next}"), there, None),
        };
        let location = (!location.is_empty()).then_some(location);
        hops.insert(target(hop), Hop::To(drawn.one_of(&[301, 302, 303, 307, 308]), location));
        if fails.is_some() || hop == 3 {
            // Too far is told before anything else is looked at, except that it is an address at all.
            let too_far = hop == 3
                && !matches!(fails, Some(DownloadError::Astray(Astray::NoAddress) | DownloadError::Refused(_)));
            end = if too_far { Some(DownloadError::Astray(Astray::TooFar)) } else { fails };
            break;
        }
        own &= came_to == at;
        at = came_to;
    }
    if let Some(Hop::Document { cut: true, .. }) = hops.get(&target(length)) {
        // The rest is asked for on the same way.
        asked.extend(asked.clone());
    }
    Way { first, hops, asked, end: end.map_or(Outcome::Ready, Outcome::Fails), sha256 }
}

#[test]
fn i10_nothing_of_the_person_reaches_another_origin_on_any_way() {
    let (times, seed) = counted(500);
    let mut drawn = Drawn(seed);
    let hops: Arc<Mutex<HashMap<String, Hop>>> = Arc::default();
    let log: Arc<Mutex<HashMap<usize, Vec<Asked>>>> = Arc::default();
    let (told, seen) = (hops.clone(), log.clone());
    let server = Server::start(4, move |asked: &Asked| {
        let trial = asked.target[2..].split('/').next().unwrap().parse().unwrap();
        seen.lock().unwrap().entry(trial).or_default().push(asked.clone());
        let cookie = ("Set-Cookie", "session=canary; Path=/; Secure".to_owned());
        let tag = ("ETag", "\"v\"".to_owned());
        match told.lock().unwrap().get_mut(&asked.target) {
            Some(Hop::To(status, location)) => {
                let mut headers = vec![cookie, ("Content-Length", "0".to_owned()), ("ETag", "\"canary\"".to_owned())];
                headers.extend(location.clone().map(|location| ("Location", location)));
                Reply::new(*status, &headers, Vec::new(), End::Keep)
            }
            Some(Hop::Document { bytes, cut }) => {
                let total = bytes.len();
                match asked.from().map(|from| usize::try_from(from).unwrap()) {
                    Some(from) => {
                        let range = ("Content-Range", format!("bytes {from}-{}/{total}", total - 1));
                        let length = ("Content-Length", (total - from).to_string());
                        Reply::new(206, &[cookie, tag, range, length], bytes[from..].to_vec(), End::Keep)
                    }
                    None => {
                        let length = ("Content-Length", total.to_string());
                        let (body, end) =
                            if *cut { (&bytes[..total / 2], End::Close) } else { (&bytes[..], End::Keep) };
                        Reply::new(200, &[cookie, tag, length], body.to_vec(), end)
                    }
                }
            }
            None => Reply::new(500, &[("Content-Length", "0".to_owned())], Vec::new(), End::Keep),
        }
    });
    let folder = folder();
    // The first is the API's, the fourth is nobody's.
    let origins = vec![server.origin(0), server.origin(1), server.origin(2)];
    let phone = Setup::new(folder.path(), &server.ca_pem, origins).open();
    let ways: Vec<_> = (0..times).map(|trial| way(&mut drawn, &server, trial)).collect();
    ways.iter().for_each(|way| hops.lock().unwrap().extend(way.hops.clone()));
    let trials = ways.iter().enumerate().map(|(trial, way)| follow(&phone, trial, way));
    runtime().block_on(futures_util::stream::iter(trials).buffer_unordered(8).collect::<Vec<()>>());

    let log = log.lock().unwrap();
    let mut ends: HashMap<String, u32> = HashMap::new();
    for (trial, way) in ways.iter().enumerate() {
        *ends.entry(format!("{:?}", way.end)).or_default() += 1;
        let asked: Vec<_> = log.get(&trial).map_or(&[][..], |asked| asked).iter().collect();
        let who: Vec<_> = asked
            .iter()
            .map(|asked| (asked.port, asked.target.clone(), asked.header("authorization").is_some()))
            .collect();
        assert_eq!(who, way.asked, "trial {trial}: {:?}", way.hops);
        for asked in asked {
            for (name, value) in &asked.headers {
                let own = name == "authorization" && value == TOKEN && asked.port == server.ports[API];
                assert!(own || TOLD.contains(&&**name), "trial {trial}: {name} to {}", asked.port);
                assert!(own || !value.contains("canary"), "trial {trial}: {name}: {value} to {}", asked.port);
            }
        }
    }
    assert!(log.values().flatten().all(|asked| asked.port != server.ports[FOREIGN]));
    assert_eq!(*server.plain_connections.lock().unwrap(), 0, "nothing without TLS");
    assert!(ends.len() >= 6, "every way to go astray was met: {ends:?}");
    eprintln!("{ends:#?}");
}

async fn follow(phone: &Phone, trial: usize, way: &Way) {
    let link = Link { url: way.first.clone(), digest: None, token: Some(TOKEN), told: Mutex::default() };
    let outcome = phone.downloads.download(phone.wish(trial, Arc::new(link)), None, None).await;
    match &way.end {
        Outcome::Ready => assert_eq!(outcome.unwrap().sha256, way.sha256, "trial {trial}"),
        Outcome::Fails(error) => assert_eq!(outcome.as_ref(), Err(error), "trial {trial}: {:?}", way.hops),
    }
}
