//! Peers of these tests: made-up answers, and sockets of this machine that give them.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::net::UdpSocket;
use tokio::task::JoinHandle;

use super::packet::{
    EXCHANGE, HEADER, KEY_EXCHANGE, NAT_DETECTION_DESTINATION_IP, NAT_DETECTION_SOURCE_IP, NONCE, NOTIFY,
    SECURITY_ASSOCIATION, VERSION,
};
use super::tuning::Tuning;

pub const RESPONDER: [u8; 8] = [9; 8];

/// An IKE_SA_INIT answer with these payloads, whose lengths are right.
pub fn message(spi: &[u8], responder: [u8; 8], payloads: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let total = payloads.iter().fold(HEADER, |sum, (_, body)| sum + body.len() + 4);
    let mut out = [spi, &responder].concat();
    out.extend([payloads.first().map_or(0, |payload| payload.0), VERSION, EXCHANGE, 0x20, 0, 0, 0, 0]);
    out.extend((total as u32).to_be_bytes());
    for (at, (_, body)) in payloads.iter().enumerate() {
        out.extend([payloads.get(at + 1).map_or(0, |payload| payload.0), 0]);
        out.extend((body.len() as u16 + 4).to_be_bytes());
        out.extend(body);
    }
    out
}

pub fn notify(kind: u16, data: &[u8]) -> (u8, Vec<u8>) {
    (NOTIFY, [&[0, 0][..], &kind.to_be_bytes(), data].concat())
}

pub fn sa_init() -> Vec<(u8, Vec<u8>)> {
    vec![
        (SECURITY_ASSOCIATION, vec![0; 44]),
        (KEY_EXCHANGE, vec![0; 260]),
        (NONCE, vec![0; 32]),
        notify(NAT_DETECTION_SOURCE_IP, &[1; 20]),
        notify(NAT_DETECTION_DESTINATION_IP, &[2; 20]),
    ]
}

/// The answers to the n-th datagram (from 0) that came from there.
pub type Script = Box<dyn Fn(&[u8], usize, SocketAddr) -> Vec<Vec<u8>> + Send>;

/// A socket that follows a script and remembers what came.
pub struct Peer {
    pub address: SocketAddr,
    heard: Arc<Mutex<Vec<Vec<u8>>>>,
    task: JoinHandle<()>,
}

impl Peer {
    pub async fn at(address: &str, script: Script) -> Peer {
        let socket = UdpSocket::bind(address).await.unwrap();
        let address = socket.local_addr().unwrap();
        let heard: Arc<Mutex<Vec<Vec<u8>>>> = Arc::default();
        let remembered = heard.clone();
        let task = tokio::spawn(async move {
            let mut buffer = vec![0; 4096];
            while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
                let datagram = buffer[..length].to_vec();
                let count = {
                    let mut remembered = remembered.lock().unwrap();
                    remembered.push(datagram.clone());
                    remembered.len() - 1
                };
                for answer in script(&datagram, count, from) {
                    let _ = socket.send_to(&answer, from).await;
                }
            }
        });
        Peer { address, heard, task }
    }

    pub async fn silent() -> Peer {
        Peer::at("127.0.0.1:0", Box::new(|_, _, _| Vec::new())).await
    }

    pub fn heard(&self) -> Vec<Vec<u8>> {
        self.heard.lock().unwrap().clone()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A quarter of the product's times, and the ports of these peers.
pub fn tuning(resolver_port: u16, ports: [u16; 2]) -> Tuning {
    let product = Tuning::default();
    let quarter = |time: Duration| time / 4;
    Tuning {
        resolver_port,
        ports,
        is_local: true,
        name: quarter(product.name),
        asked_at: product.asked_at.map(quarter),
        grace: quarter(product.grace),
        waits: product.waits.map(quarter),
        once_more: quarter(product.once_more),
        head_start: quarter(product.head_start),
        whole: quarter(product.whole),
    }
}

/// A port nobody listens on now.
pub fn free_port() -> u16 {
    std::net::UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
