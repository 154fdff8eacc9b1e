//! Where the ePDG is, asked of the network's own resolvers: a phone asks them for its calls, whatever private DNS apps use.
//! The phone's own resolver stands in where the phone does not say which those are, and tells less.

use std::net::{IpAddr, SocketAddr};

use futures_util::future::{Either, select};
use futures_util::stream::{FuturesUnordered, StreamExt};

use super::dns_message::{Family, Reply, is_sinkhole, question, read};
use super::findings::NameFinding;
use super::tuning::Tuning;
use super::way::{NoWay, Way};
use crate::host::{BindFailure, Entropy, pause, within};

/// A resolver's answer is not longer without EDNS; some send more all the same.
const LONGEST_ANSWER: usize = 4096;
/// What came of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub finding: NameFinding,
    /// Public addresses; none unless it was found.
    pub addresses: Vec<IpAddr>,
    /// The phone does not let the question out on this network.
    pub refused: Option<BindFailure>,
}

impl Named {
    fn nothing(finding: NameFinding) -> Named {
        Named { finding, addresses: Vec::new(), refused: None }
    }
}

/// Looks a name up, for as long as a phone would.
pub(super) async fn look_up(host: &str, way: &Way, entropy: &dyn Entropy, tuning: &Tuning) -> Named {
    let resolvers: Vec<SocketAddr> =
        way.resolvers().await.iter().filter_map(|lent| resolver(lent, tuning.resolver_port)).take(3).collect();
    if resolvers.is_empty() {
        return if way.has_system_resolver() {
            ask_system(host, way, tuning).await
        } else {
            Named::nothing(NameFinding::NotAsked)
        };
    }
    let ask = |family| ask_all(host, family, &resolvers, way, entropy, tuning);
    let (first, other) = match select(Box::pin(ask(Family::V4)), Box::pin(ask(Family::V6))).await {
        Either::Left((reply, other)) | Either::Right((reply, other)) => (reply, other),
    };
    let other = if matches!(first, Ok(Some(Reply::Addresses(_)))) {
        within(tuning.grace, other).await.unwrap_or(Ok(None))
    } else {
        other.await
    };
    conclude([first, other], tuning)
}

async fn ask_system(host: &str, way: &Way, tuning: &Tuning) -> Named {
    match within(tuning.name, way.ask_system(host)).await {
        Some(Ok(addresses)) => conclude([Ok(Some(Reply::Addresses(addresses))), Ok(None)], tuning),
        Some(Err(_)) => Named::nothing(NameFinding::Unresolved),
        None => Named::nothing(NameFinding::Timeout),
    }
}

/// The reply of whoever answers first; nothing when nobody did in time.
type Said = Result<Option<Reply>, BindFailure>;

async fn ask_all(
    name: &str,
    family: Family,
    resolvers: &[SocketAddr],
    way: &Way,
    entropy: &dyn Entropy,
    tuning: &Tuning,
) -> Said {
    let mut asked: FuturesUnordered<_> = tuning
        .asked_at
        .into_iter()
        .zip(resolvers.iter().cycle())
        .map(|(at, resolver)| async move {
            pause(at).await;
            ask(name, family, *resolver, way, entropy).await
        })
        .collect();
    let mut worst: Said = Ok(None);
    let replies = async {
        while let Some(reply) = asked.next().await {
            match reply {
                Ok(Reply::Failed | Reply::Truncated) => worst = Ok(Some(Reply::Failed)),
                Ok(reply) => return Some(reply),
                // The next one would not get out either.
                Err(failure) => {
                    worst = Err(failure);
                    return None;
                }
            }
        }
        None
    };
    match within(tuning.name, replies).await.flatten() {
        Some(reply) => Ok(Some(reply)),
        None => worst,
    }
}

async fn ask(
    name: &str,
    family: Family,
    resolver: SocketAddr,
    way: &Way,
    entropy: &dyn Entropy,
) -> Result<Reply, BindFailure> {
    match exchange(name, family, resolver, way, entropy).await {
        Ok(reply) => Ok(reply),
        Err(NoWay::Bind(failure)) => Err(failure),
        Err(NoWay::Shut(_)) => Ok(Reply::Failed),
    }
}

async fn exchange(
    name: &str,
    family: Family,
    resolver: SocketAddr,
    way: &Way,
    entropy: &dyn Entropy,
) -> Result<Reply, NoWay> {
    let mut id = [0; 2];
    entropy.fill(&mut id).map_err(|_| NoWay::Bind(BindFailure::Failed))?;
    let id = u16::from_be_bytes(id);
    let Some(question) = question(id, name, family) else { return Ok(Reply::Failed) };
    let socket = way.udp(resolver).await?;
    socket.send(&question).await?;
    let mut buffer = vec![0; LONGEST_ANSWER];
    loop {
        let length = socket.receive(&mut buffer).await?;
        match buffer.get(..length).and_then(|answer| read(answer, id, name, family)) {
            Some(Reply::Truncated) => break,
            Some(reply) => return Ok(reply),
            // Somebody guesses, or an answer is late.
            None => {}
        }
    }
    let answer = way.tcp(resolver, &question).await?;
    Ok(read(&answer, id, name, family).unwrap_or(Reply::Failed))
}

fn conclude(said: [Said; 2], tuning: &Tuning) -> Named {
    let mut addresses = Vec::new();
    let (mut has_sinkhole, mut is_named, mut is_failed, mut is_late) = (false, true, false, false);
    for reply in said {
        match reply {
            Ok(Some(Reply::Addresses(found))) => {
                let (bad, good): (Vec<_>, Vec<_>) =
                    found.into_iter().partition(|ip| tuning.is_sinkhole(*ip, is_sinkhole));
                has_sinkhole |= !bad.is_empty();
                addresses.extend(good);
            }
            Ok(Some(Reply::NoName)) => is_named = false,
            Ok(Some(Reply::NoAddress)) => {}
            Ok(Some(Reply::Failed | Reply::Truncated)) => is_failed = true,
            Ok(None) => is_late = true,
            Err(failure) => return Named { refused: Some(failure), ..Named::nothing(NameFinding::NotAsked) },
        }
    }
    let finding = if !addresses.is_empty() {
        NameFinding::Found
    } else if has_sinkhole {
        NameFinding::Sinkhole
    } else if !is_named {
        NameFinding::NotFound
    } else if is_failed {
        NameFinding::ServerFailure
    } else if is_late {
        NameFinding::Timeout
    } else {
        NameFinding::NotFound
    };
    Named { finding, addresses, refused: None }
}

/// A resolver's address as the phone lends it.
fn resolver(lent: &str, port: u16) -> Option<SocketAddr> {
    let (address, scope) = lent.split_once('%').unwrap_or((lent, "0"));
    Some(match address.parse().ok()? {
        IpAddr::V4(ip) => SocketAddr::from((ip, port)),
        IpAddr::V6(ip) => std::net::SocketAddrV6::new(ip, port, 0, scope.parse().ok()?).into(),
    })
}

#[cfg(test)]
#[path = "dns_tests.rs"]
pub(super) mod tests;
