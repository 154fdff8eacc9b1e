//! I08: a document is ready only if its bytes are the server's, whatever a server, a proxy or a bad network does in between;
//! and what failed becomes ready as soon as nobody is in the way.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use futures_util::StreamExt;

use super::super::download::answer::Refusal;
use super::super::download::verify::Flaw;
use super::super::download::{DownloadError, Standing};
use super::server::{Asked, End, Reply, Server};
use super::{Drawn, Link, Phone, Setup, counted, digest, document_id, folder, pdf, runtime};

/// What happens to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    /// As the protocol wants it.
    Good,
    /// In chunks, without a length.
    Chunked,
    /// The connection ends so far into the body.
    Cut(usize, End),
    /// Chunks without an end.
    ChunksCut(usize),
    /// Without length or chunks, to the end of the connection; cut or not.
    CloseDelimited(Option<usize>),
    /// 200 with everything, whatever was asked.
    Whole,
    /// 206 with everything, honestly from the first byte.
    WholeAsPart,
    /// 206 from an earlier byte than asked.
    Early(usize),
    /// 206 from an earlier byte than it says.
    EarlyUntold(usize),
    /// 206 with fewer bytes than asked.
    Short(usize),
    /// 200 with a slice and its Content-Range.
    Slice,
    /// 206 of a document of another length.
    WrongTotal,
    /// 206 without saying of what.
    NoRange,
    /// 206 of a newer document, as if nothing were.
    MixedVersions,
    /// The document is another one from now on.
    NewVersion,
    /// 206 with a weak tag.
    WeakPart,
    /// 206 without a tag, of a newer document.
    UntaggedPart,
    /// Compressed.
    Gzip,
    /// A page.
    Html,
    /// A page that says "not yet".
    NotReadyPage,
    /// A bit is another one; only where a digest tells.
    Flipped,
    /// A digest of something else.
    WrongDigest,
    /// It ends early, and the length with it.
    Abridged(usize),
    /// It says it is huge.
    Huge,
    /// It never ends.
    Endless,
    /// Nothing more comes.
    Stall(usize),
    /// A status, without a body of use.
    Status(u16),
    /// 416, telling that length.
    Unsatisfiable(Option<usize>),
}

const ACTS: usize = 28;
/// Downloads at a time.
const AT_ONCE: usize = 16;

fn act(drawn: &mut Drawn, length: usize) -> Act {
    let at = drawn.below(length + 1);
    match drawn.below(ACTS + 22) {
        0 => Act::Chunked,
        1 => Act::ChunksCut(at),
        2 => Act::CloseDelimited(None),
        3 => Act::CloseDelimited(Some(at)),
        4 => Act::Whole,
        5 => Act::WholeAsPart,
        6 => Act::Early(1 + drawn.below(1500)),
        7 => Act::EarlyUntold(1 + drawn.below(1500)),
        8 => Act::Short(1 + drawn.below(3000)),
        9 => Act::Slice,
        10 => Act::WrongTotal,
        11 => Act::NoRange,
        12 => Act::MixedVersions,
        13 => Act::NewVersion,
        14 => Act::WeakPart,
        15 => Act::UntaggedPart,
        16 => Act::Gzip,
        17 => Act::Html,
        18 => Act::NotReadyPage,
        19 => Act::Flipped,
        20 => Act::WrongDigest,
        21 => Act::Abridged(at),
        22 => Act::Huge,
        23 => Act::Endless,
        24 if drawn.below(4) == 0 => Act::Stall(at),
        25 => Act::Status(drawn.one_of(&[401, 403, 410])),
        26 => Act::Status(drawn.one_of(&[202, 204, 304, 400, 404, 408, 412, 429, 500, 502, 503])),
        27 => Act::Unsatisfiable(drawn.one_of(&[None, Some(length), Some(at)])),
        28..=31 => Act::Cut(at, End::Reset),
        // Cuts bring the rest into play.
        32..=44 => Act::Cut(at, End::Close),
        _ => Act::Good,
    }
}

/// A document at the server.
struct Doc {
    versions: Vec<Vec<u8>>,
    script: VecDeque<Act>,
    strong: bool,
    /// Tells `Repr-Digest`.
    told_digest: bool,
    drawn: Drawn,
}

impl Doc {
    fn new(mut drawn: Drawn) -> Doc {
        let length = 20 + drawn.below(6_000);
        let count = drawn.below(6);
        // Some end just where a block does.
        let length = if drawn.below(8) == 0 { length.next_multiple_of(1024) } else { length };
        let script = (0..count).map(|_| act(&mut drawn, length)).collect();
        let (strong, told_digest) = (drawn.below(5) > 0, drawn.below(2) == 0);
        Doc { versions: vec![pdf(&mut drawn, length)], script, strong, told_digest, drawn }
    }

    fn current(&self) -> &[u8] {
        self.versions.last().unwrap()
    }

    fn tag(&self) -> String {
        let version = self.versions.len();
        if self.strong { format!("\"v{version}\"") } else { format!("W/\"v{version}\"") }
    }

    fn newer(&mut self) {
        let length = self.current().len();
        // Of the same length, so that only the tag tells, or of another.
        let length = if self.drawn.below(2) == 0 { length } else { 20 + self.drawn.below(6_000) };
        let next = pdf(&mut self.drawn, length);
        self.versions.push(next);
    }

    fn answer(&mut self, asked: &Asked) -> Reply {
        let act = self.script.pop_front().unwrap_or(Act::Good);
        if act == Act::NewVersion {
            self.newer();
        }
        let rest = asked.from().map(|from| usize::try_from(from).unwrap());
        let same = asked.header("if-range").is_none_or(|tag| tag == self.tag());
        let from = rest.filter(|_| same);
        self.reply(act, from, rest)
    }

    /// Says 206 of bytes from `from` to the end.
    fn part(&self, body: &[u8], from: usize, total: usize, tag: &str) -> Vec<(&'static str, String)> {
        let last = (from + body.len()).saturating_sub(1);
        vec![("Content-Range", format!("bytes {from}-{last}/{total}")), ("ETag", tag.to_owned())]
    }

    fn reply(&mut self, act: Act, from: Option<usize>, rest: Option<usize>) -> Reply {
        let bytes = self.current().to_vec();
        let total = bytes.len();
        let digest_field = |bytes: &[u8]| ("Repr-Digest", format!("sha-256=:{}:", STANDARD.encode(digest(bytes))));
        let mut common = vec![("ETag", self.tag())];
        if self.told_digest {
            common.push(digest_field(&bytes));
        }
        let length = |body: &[u8]| ("Content-Length", body.len().to_string());
        // As the protocol wants it.
        let (status, mut headers, body) = match from {
            Some(from) if from < total => {
                let body = bytes[from..].to_vec();
                let mut headers = self.part(&body, from, total, &self.tag());
                headers.extend(common.iter().skip(1).cloned());
                (206, headers, body)
            }
            Some(_) => (416, vec![("Content-Range", format!("bytes */{total}"))], Vec::new()),
            None => (200, common.clone(), bytes.clone()),
        };
        let plain = |status, headers: &[(&str, String)], body: Vec<u8>| {
            let headers = [headers, &[("Content-Length", body.len().to_string())]].concat();
            Reply::new(status, &headers, body, End::Keep)
        };
        let chunked = |body: &[u8]| {
            body.chunks(700)
                .flat_map(|chunk| [format!("{:x}\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat())
                .collect::<Vec<u8>>()
        };
        let is_part = status == 206;
        match act {
            Act::Chunked => {
                headers.push(("Transfer-Encoding", "chunked".to_owned()));
                Reply::new(status, &headers, [chunked(&body).as_slice(), b"0\r\n\r\n"].concat(), End::Keep)
            }
            Act::Cut(at, end) => {
                headers.push(length(&body));
                Reply::new(status, &headers, body[..at.min(body.len().saturating_sub(1))].to_vec(), end)
            }
            Act::ChunksCut(at) => {
                headers.push(("Transfer-Encoding", "chunked".to_owned()));
                Reply::new(status, &headers, chunked(&body[..at.min(body.len())]), End::Close)
            }
            Act::CloseDelimited(cut) => {
                headers.push(("Connection", "close".to_owned()));
                let cut = cut.unwrap_or(body.len()).min(body.len());
                Reply::new(status, &headers, body[..cut].to_vec(), End::Close)
            }
            Act::Stall(at) => {
                headers.push(length(&body));
                Reply::new(status, &headers, body[..at.min(body.len().saturating_sub(1))].to_vec(), End::Stall)
            }
            Act::Whole => plain(200, &common, bytes),
            Act::WholeAsPart => plain(206, &self.part(&bytes, 0, total, &self.tag()), bytes.clone()),
            Act::Early(by) if is_part => {
                let first = from.unwrap().saturating_sub(by);
                let body = bytes[first..].to_vec();
                plain(206, &self.part(&body, first, total, &self.tag()), body)
            }
            Act::EarlyUntold(by) if is_part && self.told_digest => {
                let body = bytes[from.unwrap().saturating_sub(by)..][..body.len()].to_vec();
                plain(206, &headers, body)
            }
            Act::Short(by) if is_part => {
                let body = body[..by.min(body.len())].to_vec();
                plain(206, &self.part(&body, from.unwrap(), total, &self.tag()), body)
            }
            Act::Slice => {
                let first = from.unwrap_or(0).min(total - 1);
                let body = bytes[first..].to_vec();
                plain(200, &self.part(&body, first, total, &self.tag()), body)
            }
            Act::WrongTotal if is_part => {
                plain(206, &self.part(&body, from.unwrap(), total + 7, &self.tag()), body.clone())
            }
            Act::NoRange if is_part => plain(206, &common, body),
            Act::MixedVersions if rest.is_some_and(|rest| rest < total) => {
                self.newer();
                let next = self.current().to_vec();
                let first = rest.unwrap().min(next.len() - 1);
                let body = next[first..].to_vec();
                plain(206, &self.part(&body, first, next.len(), &self.tag()), body)
            }
            Act::WeakPart if is_part => {
                plain(206, &self.part(&body, from.unwrap(), total, &format!("W/{}", self.tag())), body.clone())
            }
            Act::UntaggedPart if rest.is_some_and(|rest| rest < total) => {
                self.newer();
                let next = self.current().to_vec();
                let first = rest.unwrap().min(next.len() - 1);
                let body = next[first..].to_vec();
                plain(206, &self.part(&body, first, next.len(), "x")[..1], body)
            }
            Act::Gzip => {
                headers.push(("Content-Encoding", "gzip".to_owned()));
                plain(status, &headers, body)
            }
            Act::Html => plain(200, &[], format!("<html><body>{}", "Please log in ".repeat(200)).into_bytes()),
            Act::NotReadyPage => plain(200, &[], b"<html>Uw factuur is nog niet beschikbaar</html>".to_vec()),
            Act::Flipped if self.told_digest && !body.is_empty() => {
                let mut body = body;
                let at = self.drawn.below(body.len());
                body[at] ^= 1;
                plain(status, &headers, body)
            }
            Act::WrongDigest if status == 200 => plain(200, &[common[0].clone(), digest_field(b"other")], body),
            Act::Abridged(at) => plain(200, &[], bytes[..at.min(total - 3)].to_vec()),
            Act::Huge => {
                let headers = [common[0].clone(), ("Content-Length", "70000".to_owned())];
                Reply::new(200, &headers, vec![b' '; 70_000], End::Close)
            }
            Act::Endless => {
                let body = [b"%PDF-1.7\n".to_vec(), vec![b' '; 90_000]].concat();
                Reply::new(200, &[("Transfer-Encoding", "chunked".to_owned())], chunked(&body), End::Close)
            }
            Act::Status(status) => plain(status, &[], Vec::new()),
            Act::Unsatisfiable(length) => {
                let headers: Vec<_> =
                    length.map(|length| ("Content-Range", format!("bytes */{length}"))).into_iter().collect();
                plain(416, &headers, Vec::new())
            }
            // Where it makes no sense it is not done.
            _ => {
                if status == 204 {
                    return Reply::new(status, &headers, body, End::Keep);
                }
                plain(status, &headers, body)
            }
        }
    }
}

#[test]
fn i08_what_is_ready_is_the_servers_to_the_last_bit_and_what_is_not_becomes_so() {
    let (times, seed) = counted(5_000);
    let mut drawn = Drawn(seed);
    let docs: Arc<Mutex<HashMap<String, Doc>>> = Arc::default();
    let seen = docs.clone();
    let server = Server::start(1, move |asked: &Asked| {
        let mut docs = seen.lock().unwrap();
        // A request that was given up may be read when its story is over.
        let gone = || Reply::new(404, &[("Content-Length", "0".to_owned())], Vec::new(), End::Close);
        docs.get_mut(&asked.target).map_or_else(gone, |doc| doc.answer(asked))
    });
    let folders: Vec<_> = (0..4).map(|_| folder()).collect();
    let phones: Vec<_> = folders
        .iter()
        .map(|folder| {
            let origins = vec!["https://api.example".to_owned(), server.origin(0)];
            let mut setup = Setup::new(folder.path(), &server.ca_pem, origins);
            setup.limits.silence = Duration::from_millis(300);
            setup.open()
        })
        .collect();
    let runtime = runtime();
    let mut first_time = 0;
    let mut ends: HashMap<String, u32> = HashMap::new();
    let trials = (0..times).map(|trial| {
        let doc = Doc::new(Drawn(drawn.next()));
        let target = format!("/d{trial}");
        // Now and then the API itself tells the digest.
        let changes = |act: &Act| matches!(act, Act::NewVersion | Act::MixedVersions | Act::UntaggedPart);
        let api_digest = drawn.below(4) == 0 && !doc.script.iter().any(changes);
        let digest = api_digest.then(|| digest(doc.current()));
        docs.lock().unwrap().insert(target.clone(), doc);
        let url = format!("{}{target}", server.origin(0));
        let link = Arc::new(Link { url, digest, token: None, told: Mutex::default() });
        story(&phones[trial % phones.len()], trial, target, link, docs.clone())
    });
    let outcomes: Vec<_> = runtime.block_on(futures_util::stream::iter(trials).buffer_unordered(AT_ONCE).collect());
    for errors in outcomes {
        first_time += usize::from(errors.is_empty());
        for error in errors {
            *ends.entry(error.to_string()).or_default() += 1;
        }
    }
    eprintln!("{first_time} of {times} at once; otherwise {ends:#?}");
    let met = |error: DownloadError| ends.contains_key(&error.to_string());
    assert!(met(DownloadError::NotReadyYet { after_seconds: None }) && met(DownloadError::Damaged(Flaw::Digest)));
    assert!(met(DownloadError::Refused(Refusal::TooLarge)) && met(DownloadError::Refused(Refusal::Encoded)));
    assert!(first_time > times / 4, "most stories end well by themselves: {first_time}");
}

/// A download is asked for until it is there.
async fn story(
    phone: &Phone,
    trial: usize,
    target: String,
    link: Arc<Link>,
    docs: Arc<Mutex<HashMap<String, Doc>>>,
) -> Vec<DownloadError> {
    let script = format!("trial {trial}: {:?}", docs.lock().unwrap()[&target].script);
    let mut errors = Vec::new();
    // Each try meets at least one answer; behind the last act all is well.
    let ready = loop {
        match phone.downloads.download(phone.wish(trial, link.clone()), None, None).await {
            Ok(ready) => break ready,
            Err(error) => errors.push(error),
        }
        let standing = phone.downloads.standing(&phone.owner, &document_id(trial));
        assert!(!matches!(standing, Standing::Ready | Standing::Running { .. }), "{standing:?}, {script}");
        assert!(errors.len() <= 7, "{errors:?}, {script}");
    };
    assert_eq!(phone.downloads.standing(&phone.owner, &document_id(trial)), Standing::Ready);
    let bytes = phone.shared(trial).await;
    let doc = docs.lock().unwrap().remove(&target).unwrap();
    assert!(doc.versions.contains(&bytes), "other bytes than any of the server's; {errors:?}, {script}");
    assert_eq!(ready.sha256, digest(&bytes), "{script}");
    assert_eq!(ready.bytes, bytes.len() as u64, "{script}");
    errors
}
