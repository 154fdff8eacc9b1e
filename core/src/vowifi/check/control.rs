//! The positive control: whether anything else comes through on the network in question. Without it no network is said to
//! block something.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio_rustls::TlsConnector;
use url::{Host, Url};

use super::dns::look_up;
use super::findings::Internet;
use super::tuning::Tuning;
use super::way::{NoWay, Way};
use crate::host::{BindFailure, Entropy, within};

/// Asks over the phone's default network.
pub type Reachable = Arc<dyn Fn() -> BoxFuture<'static, Internet> + Send + Sync>;

/// How long one address of the operator's server may take.
const PATIENCE: Duration = Duration::from_secs(3);
/// So many addresses are tried.
const MOST_ADDRESSES: usize = 3;

/// What is tried beside the ePDG.
#[derive(Clone)]
pub enum Control {
    /// The operator's server, over the very network that is checked.
    Over(Neighbour),
    /// The phone's default network, where that is the one that is checked.
    Default(Reachable),
    /// Nothing: the phone says that the network waits for a sign-in page.
    Portal,
    /// Nothing: there is nothing to try.
    None,
}

impl std::fmt::Debug for Control {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Control::Over(_) => "Over",
            Control::Default(_) => "Default",
            Control::Portal => "Portal",
            Control::None => "None",
        })
    }
}

/// A server beside the ePDG that proves who it is: a network that answers in its place is told from one that leads there.
#[derive(Debug, Clone)]
pub struct Neighbour {
    host: Host,
    port: u16,
    tls: Arc<ClientConfig>,
}

impl Neighbour {
    /// The server of an https address. None where it is none.
    pub fn of(address: &str, tls: Arc<ClientConfig>) -> Option<Neighbour> {
        let address = Url::parse(address).ok().filter(|address| address.scheme() == "https")?;
        Some(Neighbour { host: address.host()?.to_owned(), port: address.port_or_known_default()?, tls })
    }

    async fn addresses(&self, way: &Way, entropy: &dyn Entropy, tuning: &Tuning) -> Result<Vec<IpAddr>, BindFailure> {
        let name = match &self.host {
            Host::Ipv4(ip) => return Ok(vec![(*ip).into()]),
            Host::Ipv6(ip) => return Ok(vec![(*ip).into()]),
            Host::Domain(name) => name,
        };
        let named = look_up(name, way, entropy, tuning).await;
        named.refused.map_or(Ok(named.addresses), Err)
    }

    /// Whether it proves who it is: a TLS handshake and nothing more.
    async fn is_there(&self, way: &Way, entropy: &dyn Entropy, tuning: &Tuning) -> Result<bool, BindFailure> {
        let Ok(name) = ServerName::try_from(self.host.to_string().trim_matches(['[', ']']).to_owned()) else {
            return Ok(false);
        };
        for ip in self.addresses(way, entropy, tuning).await?.into_iter().take(MOST_ADDRESSES) {
            let handshake = async {
                let stream = way.connect(SocketAddr::from((ip, self.port))).await?;
                TlsConnector::from(self.tls.clone()).connect(name.clone(), stream).await?;
                Ok(())
            };
            match within(PATIENCE, handshake).await {
                Some(Ok(())) => return Ok(true),
                Some(Err(NoWay::Bind(failure))) => return Err(failure),
                Some(Err(NoWay::Shut(_))) | None => {}
            }
        }
        Ok(false)
    }
}

impl Control {
    /// What came of it.
    pub(super) async fn internet(&self, way: &Way, entropy: &dyn Entropy, tuning: &Tuning) -> Internet {
        match self {
            Control::Over(neighbour) => match neighbour.is_there(way, entropy, tuning).await {
                Ok(true) => Internet::Works,
                Ok(false) => Internet::Fails,
                Err(_) => Internet::NotTried,
            },
            Control::Default(reachable) => reachable().await,
            Control::Portal => Internet::Fails,
            Control::None => Internet::NotTried,
        }
    }
}

#[cfg(test)]
#[path = "control_tests.rs"]
mod tests;
