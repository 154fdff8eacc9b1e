//! The ways out: sockets over the Wi-Fi or over mobile data. The core makes each socket and the phone ties it to the network
//! before anything is sent; without a phone that does, everything goes where the phone's traffic goes anyway.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream, UdpSocket, lookup_host};

use super::findings::DoorFinding;
use crate::host::{BindFailure, NetworkPath, ProbeNetwork};

/// One of the ways out.
#[derive(Clone)]
pub(super) struct Way {
    network: Option<Arc<dyn ProbeNetwork>>,
    path: NetworkPath,
}

/// Why there is no socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoWay {
    /// The phone did not tie it to the network.
    Bind(BindFailure),
    /// The system says no, in terms of a door.
    Shut(DoorFinding),
}

impl From<io::Error> for NoWay {
    fn from(error: io::Error) -> Self {
        NoWay::Shut(door_of(&error))
    }
}

impl Way {
    pub(super) fn new(network: Option<Arc<dyn ProbeNetwork>>, path: NetworkPath) -> Way {
        Way { network, path }
    }

    /// The network's own resolvers; none where the phone lends none.
    pub(super) async fn resolvers(&self) -> Vec<String> {
        let Some(network) = self.network.clone() else { return Vec::new() };
        let path = self.path;
        let asked = crate::workers::blocking(move || network.resolvers(path)).await;
        asked.ok().and_then(Result::ok).unwrap_or_default()
    }

    /// Whether the phone's own resolver asks on this way.
    pub(super) fn has_system_resolver(&self) -> bool {
        self.path == NetworkPath::Wifi
    }

    /// What the phone's own resolver says.
    pub(super) async fn ask_system(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        Ok(lookup_host((name, 0)).await?.map(|address| address.ip()).collect())
    }

    /// A connected UDP socket: it hears that one address, and the errors on the way there.
    pub(super) async fn udp(&self, to: SocketAddr) -> Result<Datagrams, NoWay> {
        let socket = std::net::UdpSocket::bind((any_address(to), 0))?;
        socket.set_nonblocking(true)?;
        let socket = self.tie(socket).await?;
        let socket = UdpSocket::from_std(socket)?;
        socket.connect(to).await?;
        Ok(Datagrams { socket })
    }

    /// Sends one message over TCP, led by its length, and reads one that is (RFC 1035 §4.2.2).
    pub(super) async fn tcp(&self, to: SocketAddr, message: &[u8]) -> Result<Vec<u8>, NoWay> {
        let mut stream = self.connect(to).await?;
        let length = u16::try_from(message.len()).map_err(|_| NoWay::Shut(DoorFinding::TooLarge))?;
        stream.write_all(&[&length.to_be_bytes(), message].concat()).await?;
        let length = stream.read_u16().await?;
        let mut answer = vec![0; usize::from(length)];
        stream.read_exact(&mut answer).await?;
        Ok(answer)
    }

    /// A TCP connection.
    pub(super) async fn connect(&self, to: SocketAddr) -> Result<TcpStream, NoWay> {
        let socket = if to.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
        Ok(self.tie(socket).await?.connect(to).await?)
    }

    async fn tie<S: Descriptor>(&self, socket: S) -> Result<S, NoWay> {
        let Some(network) = self.network.clone() else { return Ok(socket) };
        let path = self.path;
        let tied = crate::workers::blocking(move || {
            network.bind(path, socket.descriptor()).map(|()| socket).map_err(NoWay::Bind)
        });
        tied.await.unwrap_or(Err(NoWay::Bind(BindFailure::Failed)))
    }
}

/// A connected UDP socket.
pub(super) struct Datagrams {
    socket: UdpSocket,
}

impl Datagrams {
    /// Both ends.
    pub(super) fn ends(&self) -> io::Result<(SocketAddr, SocketAddr)> {
        Ok((self.socket.local_addr()?, self.socket.peer_addr()?))
    }

    pub(super) async fn send(&self, datagram: &[u8]) -> io::Result<()> {
        self.socket.send(datagram).await.map(|_| ())
    }

    pub(super) async fn receive(&self, into: &mut [u8]) -> io::Result<usize> {
        self.socket.recv(into).await
    }
}

/// What an error on the way means of a door. Where the system tells one kind of ICMP from another, so does this.
pub(super) fn door_of(error: &io::Error) -> DoorFinding {
    match error.kind() {
        ErrorKind::ConnectionRefused => DoorFinding::Refused,
        ErrorKind::NetworkUnreachable | ErrorKind::AddrNotAvailable | ErrorKind::Unsupported => DoorFinding::NoRoute,
        ErrorKind::HostUnreachable | ErrorKind::PermissionDenied => DoorFinding::Prohibited,
        _ if is_too_large(error) => DoorFinding::TooLarge,
        _ if is_other_family(error) => DoorFinding::NoRoute,
        _ => DoorFinding::Silent,
    }
}

#[cfg(unix)]
fn is_too_large(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::MSGSIZE.raw_os_error())
}

#[cfg(unix)]
fn is_other_family(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::AFNOSUPPORT.raw_os_error())
}

#[cfg(not(unix))]
fn is_too_large(_: &io::Error) -> bool {
    false
}

#[cfg(not(unix))]
fn is_other_family(_: &io::Error) -> bool {
    false
}

fn any_address(to: SocketAddr) -> IpAddr {
    if to.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() }
}

/// A socket as the phone knows it.
trait Descriptor: Send + 'static {
    fn descriptor(&self) -> i32;
}

#[cfg(unix)]
impl<S: std::os::fd::AsRawFd + Send + 'static> Descriptor for S {
    fn descriptor(&self) -> i32 {
        self.as_raw_fd()
    }
}

#[cfg(not(unix))]
impl<S: Send + 'static> Descriptor for S {
    fn descriptor(&self) -> i32 {
        -1
    }
}
