//! The transfer itself: a ticket, an answer, what it means, the bytes, the verdict on them, and the last name of the file as
//! the very last thing. Whatever goes wrong on the way, what is here and good stays for the next time. What lies on the disk
//! meanwhile is [`disk`]'s.

mod disk;

use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::mpsc;

use super::answer::{Held, Verdict, decide};
use super::base64::Decoder;
use super::drain::drain;
use super::facts::Facts;
use super::flights::{Signal, Stop};
use super::inside::Finder;
use super::origin::{Astray, Step};
use super::part::Part;
use super::source::{Body, Form, Source};
use super::verify::{Checker, Digest, Flaw, Instead, instead, sha256_of_field};
use super::{DownloadError, Downloads, Ready, Ticket, Wish, progress};
use crate::changes::Topic;
use crate::host::pause;
use crate::operator::documents::{Arrival, Fetch};
use crate::operator::failure::Failure;
use crate::operator::retry::{TRIES, after_flip, jittered};
use crate::problem::StorageFailure;
use crate::store::DocumentRow;

/// Links that are tried for one document.
const TICKETS: u32 = 3;
/// Requests of one transfer, whatever progress a server pretends to make.
const REQUESTS: u32 = 64;
/// How much is read of a page in a document's place, in bytes.
const PAGE: u64 = 16 * 1024;
/// Pieces on their way to the disk, and bytes in each at most: a fast network hands over hundreds of KiB at once.
const QUEUE: usize = 8;
const PIECE: usize = 64 * 1024;

/// Fetches a document, unless it is here.
pub(super) async fn run(
    downloads: Arc<Downloads>,
    wish: Wish,
    key: (String, String),
    signal: Signal,
) -> Result<Ready, DownloadError> {
    downloads.tidy_up().await?;
    let mut transfer = Transfer::new(&downloads, &wish, key, &signal);
    if let Some(ready) = transfer.already_here().await? {
        return Ok(ready);
    }
    let _turn = transfer.unless_stopped(downloads.turns.acquire()).await?.map_err(|_| DownloadError::Cancelled)?;
    let outcome = transfer.fetch().await;
    transfer.settle().await;
    outcome
}

struct Transfer<'a> {
    downloads: &'a Arc<Downloads>,
    wish: &'a Wish,
    key: (String, String),
    signal: &'a Signal,
    row: Option<DocumentRow>,
    facts: Facts,
    part: Option<Part>,
    /// The digest of the ticket, which the operator's API tells: it counts more than any header.
    api_digest: Option<Digest>,
    /// Failures since something new came.
    failures: u32,
    /// Changes of the path since then.
    flips: u32,
    /// The most that was ever here.
    furthest: u64,
    requests: u32,
    /// A body of unknown length came to an end, and whether the protocol itself says that it was the end.
    over: Option<bool>,
    /// When the surroundings were asked last, by the boot clock.
    looked_ms: Option<i64>,
    /// When the screens were told last, by the boot clock, and of which whole.
    told: Option<(i64, Option<u64>)>,
}

/// How a link came out.
enum Came {
    Whole(Ready),
    /// The link is used up.
    UsedUp,
}

impl<'a> Transfer<'a> {
    fn new(downloads: &'a Arc<Downloads>, wish: &'a Wish, key: (String, String), signal: &'a Signal) -> Self {
        let row = downloads.rows().get(&key).cloned();
        let facts = row.as_ref().and_then(|row| downloads.facts(&wish.owner.key, row));
        Transfer {
            downloads,
            wish,
            key,
            signal,
            row,
            facts: facts.unwrap_or_default(),
            part: None,
            api_digest: None,
            failures: 0,
            flips: 0,
            furthest: 0,
            requests: 0,
            over: None,
            looked_ms: None,
            told: None,
        }
    }

    async fn unless_stopped<T>(&self, work: impl Future<Output = T>) -> Result<T, DownloadError> {
        tokio::select! {
            biased;
            why = self.signal.stopped() => Err(why.into()),
            done = work => Ok(done),
        }
    }

    fn still(&self) -> Result<(), DownloadError> {
        let gone = || (!(self.wish.owner.still)()).then_some(Stop::Left);
        self.signal.stop().or_else(gone).map_or(Ok(()), |why| Err(why.into()))
    }

    async fn fetch(&mut self) -> Result<Ready, DownloadError> {
        self.look_around().await?;
        self.take_up().await?;
        self.tell(self.length(), self.facts.total);
        for _ in 0..TICKETS {
            let ticket = self.unless_stopped(self.wish.tickets.ticket()).await?.map_err(DownloadError::Ticket)?;
            let came = match ticket {
                Ticket::Content { text, digest } => {
                    self.api_digest = digest;
                    let form = Form::Base64(Decoder::default());
                    Came::Whole(self.take_whole(Source::new(Body::Text(text), form)).await?)
                }
                Ticket::Inside { url, id, digest } => {
                    self.api_digest = digest;
                    self.look_inside(&url, id).await?
                }
                Ticket::Url { url, digest, size_hint } => {
                    self.api_digest = digest;
                    self.make_room(size_hint.filter(|size| *size <= self.downloads.limits.largest)).await?;
                    self.follow(&url).await?
                }
            };
            if let Came::Whole(ready) = came {
                return Ok(ready);
            }
        }
        Err(DownloadError::LinkExpired)
    }

    /// Whether bytes may be spent, and whether anybody still wants them. The phone is asked at the start and then not more
    /// often than every few seconds, on a thread that it may keep waiting.
    async fn look_around(&mut self) -> Result<(), DownloadError> {
        let now_ms = self.downloads.engine.host.clock.now().ok().map(|reading| reading.elapsed_ms);
        // A clock that does not answer, or went back, saves no question.
        let since_ms = self.looked_ms.zip(now_ms).map(|(then, now)| now.saturating_sub(then));
        let asked_just_now = since_ms.is_some_and(|since| (0..self.downloads.limits.look_ms).contains(&since));
        if !self.wish.on_metered && !asked_just_now {
            self.looked_ms = now_ms;
            let surroundings = self.downloads.surroundings.clone();
            let asked = crate::workers::blocking(move || surroundings.is_metered());
            // Whoever cannot tell has to be taken for one where bytes cost.
            if self.unless_stopped(asked).await?.unwrap_or(true) {
                return Err(DownloadError::Metered);
            }
        }
        self.still()
    }

    /// How far it is. The screens hear of it at once when the length of the whole becomes known, else not more often than
    /// every quarter of a second.
    fn tell(&mut self, bytes: u64, total: Option<u64>) {
        self.signal.tell(bytes, total);
        let now_ms = self.downloads.engine.host.clock.now().map_or(0, |reading| reading.elapsed_ms);
        let just_told = |(then_ms, of): (i64, Option<u64>)| {
            of == total && (0..progress::PACE_MS).contains(&now_ms.saturating_sub(then_ms))
        };
        if !self.told.is_some_and(just_told) {
            self.told = Some((now_ms, total));
            self.downloads.engine.mark(Topic::Invoices);
        }
    }

    fn length(&self) -> u64 {
        self.part.as_ref().map_or(0, Part::length)
    }

    /// Follows a link to the end of its document.
    async fn follow(&mut self, address: &str) -> Result<Came, DownloadError> {
        let first = self.downloads.rules.first(address)?;
        loop {
            // Also what a kill cut between the last byte and the last name.
            if self.part.is_some() && (self.over.is_some() || self.facts.total == Some(self.length())) {
                match self.conclude().await {
                    Ok(ready) => return Ok(Came::Whole(ready)),
                    Err(DownloadError::Damaged(flaw)) => {
                        self.discard().await?;
                        self.again(DownloadError::Damaged(flaw)).await?;
                    }
                    Err(error) => return Err(error),
                }
            }
            self.look_around().await?;
            self.requests = self.requests.saturating_add(1);
            if self.requests > REQUESTS {
                return Err(DownloadError::Damaged(Flaw::Endless));
            }
            let mut held = Held {
                length: self.length(),
                total: self.facts.total,
                has_digest: self.api_digest.or(self.facts.told).is_some(),
                told: self.facts.told,
                ..Held::default()
            };
            let etag = self.facts.etag.clone();
            held.etag = etag.as_deref();
            held.asked_for_rest = held.can_go_on();
            let arrival = match self.unless_stopped(self.ask(&first, &held)).await? {
                Ok(arrival) => arrival,
                Err(DownloadError::Network(failure)) if failure.is_transient() => {
                    self.again(DownloadError::Network(failure)).await?;
                    continue;
                }
                Err(error) => return Err(error),
            };
            match decide(&held, &arrival.head, self.downloads.limits.largest) {
                Verdict::Append { total } => {
                    self.facts.total = Some(total);
                    let repr = arrival.head.repr_digest.as_deref().and_then(sha256_of_field);
                    self.facts.told = self.facts.told.or(repr);
                    self.pour_and_judge(Source::new(Body::Answer(Box::new(arrival)), Form::Plain)).await?;
                }
                Verdict::StartOver { total, etag } => {
                    let facts = Facts::of(&arrival.head, total, etag);
                    let mut source = Source::new(Body::Answer(Box::new(arrival)), Form::Plain);
                    match self.read_beginning(&mut source).await {
                        Ok(()) => {
                            self.start_over(facts).await?;
                            self.pour_and_judge(source).await?;
                        }
                        Err(error) => self.pass_over(error).await?,
                    }
                }
                Verdict::AlreadyWhole => self.facts.total = Some(held.length),
                Verdict::AskAgain => {
                    self.discard().await?;
                    self.again(DownloadError::Network(Failure::Truncated)).await?;
                }
                Verdict::NewTicket => return Ok(Came::UsedUp),
                Verdict::Retry { after_seconds } => {
                    let failure = Failure::Status { status: arrival.head.status, retry_after_seconds: after_seconds };
                    self.again(DownloadError::Network(failure)).await?;
                }
                Verdict::NotReady { after_seconds } => return Err(DownloadError::NotReadyYet { after_seconds }),
                Verdict::Refuse(refusal) => return Err(DownloadError::Refused(refusal)),
                // Followed already, as far as may be.
                Verdict::Redirect(_) => return Err(DownloadError::Astray(Astray::TooFar)),
            }
        }
    }

    /// Asks, and follows redirects where they may lead.
    async fn ask(&self, first: &Step, held: &Held<'_>) -> Result<Arrival, DownloadError> {
        let engine = &self.downloads.engine;
        let mut step = first.clone();
        loop {
            let url = step.url();
            let reading = engine.host.clock.now().map_err(|error| DownloadError::Network(error.into()))?;
            if let Some(seconds) = engine.http.gate.left(&url.origin(), reading.elapsed_ms) {
                return Err(DownloadError::Network(Failure::Waiting { seconds }));
            }
            let authorization = if step.takes_token() {
                self.wish.tickets.authorization(url).await.map_err(DownloadError::Ticket)?
            } else {
                None
            };
            let fetch = Fetch {
                url,
                authorization: authorization.as_ref(),
                from: held.asked_for_rest.then_some(held.length),
                if_range: held.etag,
                now: engine.now().at,
            };
            let client = super::locked(&self.downloads.client).clone();
            let arrival = client.fetch(&fetch).await.map_err(DownloadError::Network)?;
            if let (429 | 500..=599, Some(seconds)) = (arrival.head.status, arrival.head.retry_after_seconds) {
                engine.http.gate.close(url.origin(), seconds, reading.elapsed_ms, &*engine.entropy);
                engine.keep_waits().await;
            }
            match decide(held, &arrival.head, self.downloads.limits.largest) {
                Verdict::Redirect(location) => step = self.downloads.rules.next(&step, &location)?,
                _ => return Ok(arrival),
            }
        }
    }

    /// A pause, unless it has failed too often or the server named a time of its own.
    async fn again(&mut self, why: DownloadError) -> Result<(), DownloadError> {
        if self.length() > self.furthest {
            self.furthest = self.length();
            (self.failures, self.flips) = (0, 0);
        }
        if why == DownloadError::Network(Failure::PathChanged) {
            let wait = after_flip(self.flips, &*self.downloads.engine.entropy);
            let wait = wait.map_err(|error| DownloadError::Network(error.into()))?.ok_or(why)?;
            self.flips = self.flips.saturating_add(1);
            return self.unless_stopped(pause(wait)).await;
        }
        self.failures = self.failures.saturating_add(1);
        let asked = matches!(&why, DownloadError::Network(Failure::Status { retry_after_seconds: Some(_), .. }));
        if self.failures >= TRIES || asked {
            return Err(why);
        }
        if let DownloadError::Network(failure) = &why {
            super::locked(&self.downloads.client).mistrust(failure);
        }
        let wait = jittered(self.failures, &*self.downloads.engine.entropy);
        let wait = wait.map_err(|error| DownloadError::Network(error.into()))?;
        self.unless_stopped(pause(wait)).await
    }

    /// Reads of a whole as much as tells whether it can be the document. What is here is given up only for one that can.
    async fn read_beginning(&mut self, source: &mut Source) -> Result<(), DownloadError> {
        let mut checker = Checker::default();
        loop {
            let piece = self.read(source).await?;
            let is_all = piece.is_none();
            if let Some(piece) = piece {
                checker.update(&piece);
                source.ahead.push_back(piece);
            }
            match checker.beginning(is_all) {
                Ok(true) => return Ok(()),
                Ok(false) => {}
                // A page says what it has to say behind its styles.
                Err(Flaw::NotAPdf(Instead::Page)) if !is_all && checker.length() < PAGE => {}
                Err(Flaw::NotAPdf(Instead::Page)) => {
                    let page: Vec<u8> = source.ahead.iter().flatten().copied().take(PAGE as usize).collect();
                    return Err(DownloadError::Damaged(Flaw::NotAPdf(instead(&page))));
                }
                Err(flaw) => return Err(DownloadError::Damaged(flaw)),
            }
        }
    }

    /// Goes by a body that is not the document's. What is here stays; a page stays a page, the rest may be better next time.
    async fn pass_over(&mut self, why: DownloadError) -> Result<(), DownloadError> {
        let may_pass = match &why {
            DownloadError::Network(failure) => failure.is_transient(),
            DownloadError::Damaged(Flaw::NotAPdf(instead)) => matches!(instead, Instead::Nothing | Instead::Other),
            _ => false,
        };
        if may_pass { self.again(why).await } else { Err(not_ready(why)) }
    }

    /// Reads the next bytes of the document, as long as somebody waits for them, there is an end to be expected and they may
    /// cost what they cost.
    async fn read(&mut self, source: &mut Source) -> Result<Option<Bytes>, DownloadError> {
        let piece = self.unless_stopped(source.next()).await??;
        // A text is longer than what it stands for, and may have a document around it.
        if source.raw > self.downloads.limits.largest.saturating_mul(2) {
            return Err(DownloadError::Refused(super::Refusal::TooLarge));
        }
        if source.raw.saturating_sub(source.looked) >= self.downloads.limits.sync_bytes {
            source.looked = source.raw;
            self.look_around().await?;
        }
        Ok(piece)
    }

    /// Pours a body behind what is here. A failure that may pass is one try; one that says that the bytes are of no use drops
    /// them.
    async fn pour_and_judge(&mut self, source: Source) -> Result<(), DownloadError> {
        let ends_by_itself = source.ends_by_itself;
        let poured = self.pour(source).await;
        match poured {
            Ok(()) => {
                if self.facts.total.is_none() {
                    // Whether that can be believed is judged.
                    self.over = Some(ends_by_itself);
                }
                if self.facts.total.is_some_and(|total| self.length() < total) && self.length() <= self.furthest {
                    return self.again(DownloadError::Network(Failure::Truncated)).await;
                }
                Ok(())
            }
            Err(DownloadError::Network(failure)) if failure.is_transient() => {
                self.again(DownloadError::Network(failure)).await
            }
            Err(DownloadError::Damaged(flaw)) => {
                self.discard().await?;
                match flaw {
                    Flaw::NotAPdf(Instead::NotReady) => Err(DownloadError::NotReadyYet { after_seconds: None }),
                    // A page stays a page.
                    Flaw::NotAPdf(_) => Err(DownloadError::Damaged(flaw)),
                    _ => self.again(DownloadError::Damaged(flaw)).await,
                }
            }
            Err(error) => {
                if matches!(error, DownloadError::Refused(_)) {
                    self.discard().await?;
                }
                Err(error)
            }
        }
    }

    /// Brings bytes to the disk on a thread of their own, so that the network is not kept waiting for it.
    async fn pour(&mut self, mut source: Source) -> Result<(), DownloadError> {
        self.over = None;
        let Some(part) = self.part.take() else { return Err(DownloadError::Storage(StorageFailure::Failing)) };
        let (before, total) = (part.length(), self.facts.total);
        self.tell(before, total);
        let most = total.unwrap_or(self.downloads.limits.largest);
        let (pieces, inbox) = mpsc::channel(QUEUE);
        let (clock, limits) = (self.downloads.engine.host.clock.clone(), self.downloads.limits.clone());
        let writer = crate::workers::blocking(move || drain(part, inbox, &*clock, limits.sync_bytes, limits.sync_ms));
        let mut length = before;
        let outcome = 'body: loop {
            let mut piece = match source.ahead.pop_front() {
                Some(piece) => piece,
                None => match self.read(&mut source).await {
                    Ok(Some(piece)) => piece,
                    Ok(None) => break Ok(()),
                    Err(error) => break Err(error),
                },
            };
            length = length.saturating_add(piece.len() as u64);
            if length > most {
                break Err(match total {
                    Some(_) => DownloadError::Damaged(Flaw::Length),
                    None => DownloadError::Refused(super::Refusal::TooLarge),
                });
            }
            while !piece.is_empty() {
                let next = piece.split_to(PIECE.min(piece.len()));
                if pieces.send(next).await.is_err() {
                    // The writer says why.
                    break 'body Ok(());
                }
            }
            self.tell(length, total);
        };
        drop(pieces);
        let (part, written) = writer.await.map_err(|_| DownloadError::Storage(StorageFailure::Failing))?;
        self.part = Some(part);
        written.and(outcome)
    }

    /// What is inside an answer of the API's.
    async fn look_inside(&mut self, address: &str, id: Option<String>) -> Result<Came, DownloadError> {
        let first = self.downloads.rules.first(address)?;
        loop {
            self.look_around().await?;
            let held = Held::default();
            let came = match self.unless_stopped(self.ask(&first, &held)).await? {
                Err(error) => Err(error),
                // A text is longer than what it stands for, and may have a document around it.
                Ok(arrival) => match decide(&held, &arrival.head, self.downloads.limits.largest.saturating_mul(2)) {
                    Verdict::StartOver { .. } => {
                        let form = Form::Inside(Finder::of(id.clone()), Decoder::default());
                        self.take_whole(Source::new(Body::Answer(Box::new(arrival)), form)).await
                    }
                    Verdict::NewTicket => return Ok(Came::UsedUp),
                    Verdict::NotReady { after_seconds } => Err(DownloadError::NotReadyYet { after_seconds }),
                    Verdict::Refuse(refusal) => Err(DownloadError::Refused(refusal)),
                    _ => Err(DownloadError::Network(Failure::Status {
                        status: arrival.head.status,
                        retry_after_seconds: arrival.head.retry_after_seconds,
                    })),
                },
            };
            match came {
                Ok(ready) => return Ok(Came::Whole(ready)),
                Err(DownloadError::Network(failure)) if failure.is_transient() => {
                    self.again(DownloadError::Network(failure)).await?;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// What comes in one go or not at all.
    async fn take_whole(&mut self, mut source: Source) -> Result<Ready, DownloadError> {
        self.read_beginning(&mut source).await.map_err(not_ready)?;
        self.start_over(Facts::default()).await?;
        let outcome = match self.pour(source).await {
            Ok(()) => {
                // The text was whole, by the end of the JSON string that it stood in.
                self.over = Some(true);
                self.conclude().await
            }
            Err(error) => Err(error),
        };
        if outcome.is_err() {
            // It cannot go on where it stopped.
            self.discard().await?;
        }
        outcome.map_err(not_ready)
    }
}

/// A page that says so is no failure.
fn not_ready(error: DownloadError) -> DownloadError {
    match error {
        DownloadError::Damaged(Flaw::NotAPdf(Instead::NotReady)) => DownloadError::NotReadyYet { after_seconds: None },
        other => other,
    }
}
