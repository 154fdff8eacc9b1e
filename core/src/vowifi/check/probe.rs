//! Knocking: the same datagram up to three times at a door, both doors at once, one family of addresses before the other.
//! What an ePDG answers ends it; what others answer and what goes wrong on the way is remembered and waited out.

use std::io;
use std::net::{IpAddr, SocketAddr};

use futures_util::future::{BoxFuture, Either, Shared, join, select};

use super::answer::{Answer, NatHashes, read};
use super::findings::{DoorFinding, NameFinding, PathFindings, Proof};
use super::packet::{self, Door, Request, address_hash};
use super::tuning::Tuning;
use super::way::{Datagrams, NoWay, Way, door_of};
use crate::host::{BindFailure, Entropy, within};

/// Longer than any answer.
const LONGEST_ANSWER: usize = 4096;
/// As long as the first message of a phone that does not fit into few bytes: its certificates do not.
const LONG_DATAGRAM: usize = 1400;
/// So many strange datagrams or errors are listened to at one door.
const MOST_EVENTS: usize = 32;
/// "Refused" said so often is believed.
const REFUSALS: usize = 2;

/// Ends everything when it is done.
pub(super) type End = Shared<BoxFuture<'static, ()>>;

/// What a check needs to knock.
pub(super) struct Knocker<'a> {
    pub way: &'a Way,
    pub entropy: &'a dyn Entropy,
    pub tuning: &'a Tuning,
    pub end: End,
    pub sends_long_datagram: bool,
}

/// What one door said.
#[derive(Debug, Clone, Copy)]
struct Knocked {
    finding: DoorFinding,
    nat: Option<bool>,
}

impl Knocker<'_> {
    /// Knocks at one address of each family that there is; the better one counts.
    pub(super) async fn knock_at(&self, addresses: &[IpAddr]) -> Result<PathFindings, BindFailure> {
        let first_of = |v4: bool| addresses.iter().copied().find(|ip| ip.is_ipv4() == v4);
        let families: Vec<IpAddr> = [first_of(true), first_of(false)].into_iter().flatten().collect();
        let findings = match families[..] {
            [] => return Ok(PathFindings::name_only(NameFinding::NotFound)),
            [only] => self.knock_at_both_doors(only).await?,
            [first, second, ..] => {
                let (one, other) =
                    after_head_start(self.knock_at_both_doors(first), self.knock_at_both_doors(second), self.tuning)
                        .await;
                let one = one?;
                match other.transpose()? {
                    Some(other) if worth(&other) > worth(&one) => other,
                    _ => one,
                }
            }
        };
        let has_no_route = [findings.door_500, findings.door_4500] == [DoorFinding::NoRoute; 2];
        let name = if has_no_route { NameFinding::FamilyMismatch } else { NameFinding::Found };
        Ok(PathFindings { name, ..findings })
    }

    async fn knock_at_both_doors(&self, address: IpAddr) -> Result<PathFindings, BindFailure> {
        let (ike, nat_traversal) = join(self.knock(address, Door::Ike), self.knock(address, Door::NatTraversal)).await;
        let (ike, nat_traversal) = (ike?, nat_traversal?);
        let mut findings = PathFindings {
            door_500: ike.finding,
            door_4500: nat_traversal.finding,
            nat: ike.nat.or(nat_traversal.nat),
            ..PathFindings::name_only(NameFinding::Found)
        };
        if findings.is_open() && self.sends_long_datagram {
            let sending = Box::pin(self.sends_long(address));
            findings.long_datagram = match select(sending, self.end.clone()).await {
                Either::Left((came_through, _)) => Some(came_through),
                Either::Right(_) => None,
            };
        }
        Ok(findings)
    }

    async fn knock(&self, address: IpAddr, door: Door) -> Result<Knocked, BindFailure> {
        let mut so_far = Knocked { finding: DoorFinding::Silent, nat: None };
        let knocking = Box::pin(self.knock_for_long(address, door, &mut so_far));
        let outcome = match select(knocking, self.end.clone()).await {
            Either::Left((outcome, _)) => outcome,
            Either::Right(((), _)) => Ok(()),
        };
        match outcome {
            Ok(()) => Ok(so_far),
            Err(NoWay::Shut(finding)) => Ok(Knocked { finding, nat: None }),
            Err(NoWay::Bind(failure)) => Err(failure),
        }
    }

    async fn knock_for_long(&self, address: IpAddr, door: Door, so_far: &mut Knocked) -> Result<(), NoWay> {
        let socket = self.way.udp(SocketAddr::new(address, self.tuning.port(door))).await?;
        let request = self.request(&socket, door)?;
        let datagram = request.datagram();
        let mut events = Events { refusals: 0, left: MOST_EVENTS };
        for wait in self.tuning.waits {
            if let Err(error) = socket.send(&datagram).await {
                events.note(&error, so_far);
            }
            let answer = within(wait, events.proof(&socket, &request, door, so_far)).await.flatten();
            match answer {
                Some(Answer::Cookie(cookie)) => {
                    self.follow_up(&socket, &request.with_cookie(&cookie), &request, door, so_far).await;
                    return Ok(());
                }
                Some(answer) => {
                    *so_far = proven(&answer, &socket, &request).unwrap_or(*so_far);
                    return Ok(());
                }
                None if events.refusals >= REFUSALS || events.left == 0 => return Ok(()),
                None => {}
            }
        }
        Ok(())
    }

    /// The cookie proved the door open; once, the request is sent with it, to see what it opens to.
    async fn follow_up(
        &self,
        socket: &Datagrams,
        datagram: &[u8],
        request: &Request,
        door: Door,
        so_far: &mut Knocked,
    ) {
        *so_far = Knocked { finding: DoorFinding::Open(Proof::Cookie), nat: None };
        if socket.send(datagram).await.is_err() {
            return;
        }
        let mut events = Events { refusals: 0, left: MOST_EVENTS };
        let mut ignored = *so_far;
        let answer = within(self.tuning.once_more, events.proof(socket, request, door, &mut ignored)).await.flatten();
        if let Some(better) = answer.and_then(|answer| proven(&answer, socket, request)) {
            *so_far = better;
        }
    }

    /// Whether a long datagram comes through to the door where long ones will be sent.
    async fn sends_long(&self, address: IpAddr) -> bool {
        let door = Door::NatTraversal;
        let Ok(socket) = self.way.udp(SocketAddr::new(address, self.tuning.port(door))).await else { return false };
        let Ok(request) = self.request(&socket, door) else { return false };
        if socket.send(&request.padded(LONG_DATAGRAM)).await.is_err() {
            return false;
        }
        let mut events = Events { refusals: 0, left: MOST_EVENTS };
        let mut ignored = Knocked { finding: DoorFinding::Silent, nat: None };
        within(self.tuning.once_more, events.proof(&socket, &request, door, &mut ignored)).await.flatten().is_some()
    }

    fn request(&self, socket: &Datagrams, door: Door) -> Result<Request, NoWay> {
        let (from, to) = socket.ends()?;
        Request::draw(self.entropy, door, Some(packet::Way { from, to })).map_err(|_| NoWay::Bind(BindFailure::Failed))
    }
}

/// What is heard at a door beside the answer.
struct Events {
    refusals: usize,
    left: usize,
}

impl Events {
    /// The next answer that proves an ePDG. What does not is kept as the finding so far, and listening goes on.
    async fn proof(
        &mut self,
        socket: &Datagrams,
        request: &Request,
        door: Door,
        so_far: &mut Knocked,
    ) -> Option<Answer> {
        let mut buffer = vec![0; LONGEST_ANSWER];
        while self.left > 0 && self.refusals < REFUSALS {
            match socket.receive(&mut buffer).await {
                Ok(length) => match read(buffer.get(..length).unwrap_or_default(), door, request.spi()) {
                    Answer::Unproven(why) => {
                        so_far.finding = DoorFinding::Unproven(why);
                        self.left = self.left.saturating_sub(1);
                    }
                    answer => return Some(answer),
                },
                Err(error) => self.note(&error, so_far),
            }
        }
        None
    }

    fn note(&mut self, error: &io::Error, so_far: &mut Knocked) {
        self.left = self.left.saturating_sub(1);
        let finding = door_of(error);
        if finding != DoorFinding::Silent {
            so_far.finding = finding;
            self.refusals = self.refusals.saturating_add(1);
        }
    }
}

/// What an answer proves.
fn proven(answer: &Answer, socket: &Datagrams, request: &Request) -> Option<Knocked> {
    let proof = match answer {
        Answer::SaInit(hashes) => {
            return Some(Knocked { finding: DoorFinding::Open(Proof::SaInit), nat: nat(hashes, socket, request) });
        }
        Answer::Cookie(_) => Proof::Cookie,
        Answer::NoProposal => Proof::NoProposal,
        Answer::InvalidKe(_) => Proof::InvalidKe,
        Answer::InvalidMajor => Proof::InvalidMajor,
        Answer::InvalidSyntax => Proof::InvalidSyntax,
        Answer::Redirect => Proof::Redirect,
        Answer::OtherError(code) => Proof::OtherError(*code),
        Answer::Unproven(_) => return None,
    };
    Some(Knocked { finding: DoorFinding::Open(proof), nat: None })
}

/// Whether the ePDG sees another address than the socket has.
fn nat(hashes: &NatHashes, socket: &Datagrams, request: &Request) -> Option<bool> {
    let (from, _) = socket.ends().ok()?;
    Some(address_hash(request.spi(), &hashes.responder, from) != hashes.destination?)
}

/// The first way alone for a while, and the second beside it unless the first
/// has led to two open doors, or cannot be taken.
pub(super) async fn after_head_start(
    first: impl Future<Output = Result<PathFindings, BindFailure>> + Send,
    second: impl Future<Output = Result<PathFindings, BindFailure>> + Send,
    tuning: &Tuning,
) -> (Result<PathFindings, BindFailure>, Option<Result<PathFindings, BindFailure>>) {
    let mut first = Box::pin(first);
    match within(tuning.head_start, &mut first).await {
        Some(Ok(findings)) if !findings.is_open() => (Ok(findings), Some(second.await)),
        Some(outcome) => (outcome, None),
        None => {
            let (first, second) = join(first, second).await;
            (first, Some(second))
        }
    }
}

/// Which of two findings says more.
fn worth(findings: &PathFindings) -> (usize, bool) {
    let doors = [findings.door_500, findings.door_4500];
    (doors.iter().filter(|door| door.is_open()).count(), doors.iter().all(|door| *door != DoorFinding::NoRoute))
}

#[cfg(test)]
#[path = "probe_tests.rs"]
mod tests;
