//! A server of documents over real TLS that answers exactly as it is told, and remembers who asked for what.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::trials::identity;

/// A request as it arrived.
#[derive(Debug, Clone)]
pub struct Asked {
    pub port: u16,
    pub target: String,
    pub headers: Vec<(String, String)>,
    /// Which one it is on its connection, from 1.
    pub nth: u32,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| &**value)
    }

    /// Where the rest begins that was asked for.
    pub fn from(&self) -> Option<u64> {
        self.header("range")?.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok()
    }
}

/// How a connection goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Keep,
    Close,
    Reset,
    Stall,
}

/// What is sent.
#[derive(Debug, Clone)]
pub struct Reply {
    pub head: String,
    pub pieces: Vec<Vec<u8>>,
    pub pause: Duration,
    pub end: End,
}

impl Reply {
    pub fn new(status: u16, headers: &[(&str, String)], body: Vec<u8>, end: End) -> Reply {
        let mut head = format!("HTTP/1.1 {status} Told\r\n");
        headers.iter().for_each(|(name, value)| head.push_str(&format!("{name}: {value}\r\n")));
        Reply { head: head + "\r\n", pieces: vec![body], pause: Duration::ZERO, end }
    }
}

type Answers = Arc<dyn Fn(&Asked) -> Reply + Send + Sync>;

pub struct Server {
    pub ca_pem: String,
    pub ports: Vec<u16>,
    /// Speaks no TLS.
    pub plain: u16,
    /// Connections without TLS.
    pub plain_connections: Arc<Mutex<u32>>,
    _runtime: tokio::runtime::Runtime,
}

impl Server {
    /// Listens on so many ports.
    pub fn start(ports: usize, answers: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Server {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (ca_pem, tls) = identity();
        let answers: Answers = Arc::new(answers);
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let mut taken = Vec::new();
        for _ in 0..ports {
            let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
            let port = listener.local_addr().unwrap().port();
            taken.push(port);
            let (answers, tls) = (answers.clone(), TlsAcceptor::from(tls.clone()));
            runtime.spawn(async move {
                while let Ok((socket, _)) = listener.accept().await {
                    let (answers, tls) = (answers.clone(), tls.clone());
                    tokio::spawn(async move {
                        let _ = socket.set_nodelay(true);
                        if let Ok(mut stream) = tls.accept(socket).await {
                            let end = serve(&mut stream, port, &answers).await;
                            if end == End::Reset {
                                #[allow(deprecated)]
                                let _ = stream.get_ref().0.set_linger(Some(Duration::ZERO));
                            } else if end == End::Close {
                                let _ = stream.shutdown().await;
                            }
                        }
                    });
                }
            });
        }
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let plain = listener.local_addr().unwrap().port();
        let plain_connections = Arc::new(Mutex::new(0));
        let count = plain_connections.clone();
        runtime.spawn(async move {
            while listener.accept().await.is_ok() {
                *count.lock().unwrap() += 1;
            }
        });
        Server { ca_pem, ports: taken, plain, plain_connections, _runtime: runtime }
    }

    pub fn origin(&self, nth: usize) -> String {
        format!("https://localhost:{}", self.ports[nth])
    }
}

async fn serve(stream: &mut (impl AsyncRead + AsyncWrite + Unpin), port: u16, answers: &Answers) -> End {
    let mut read = Vec::new();
    for nth in 1.. {
        let head = loop {
            if let Some(end) = read.windows(4).position(|window| window == b"\r\n\r\n") {
                break read.drain(..end + 4).collect::<Vec<u8>>();
            }
            let mut some = [0; 2048];
            match stream.read(&mut some).await {
                Ok(0) | Err(_) => return End::Close,
                Ok(count) => read.extend_from_slice(&some[..count]),
            }
        };
        let text = String::from_utf8_lossy(&head).into_owned();
        let mut lines = text.split("\r\n");
        let target = lines.next().unwrap().split(' ').nth(1).unwrap_or_default().to_owned();
        let headers = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        let reply = answers(&Asked { port, target, headers, nth });
        let mut sent = stream.write_all(reply.head.as_bytes()).await;
        for piece in &reply.pieces {
            if sent.is_err() {
                return End::Close;
            }
            if reply.pause > Duration::ZERO {
                let _ = stream.flush().await;
                tokio::time::sleep(reply.pause).await;
            }
            sent = stream.write_all(piece).await;
        }
        if sent.is_err() || stream.flush().await.is_err() {
            return End::Close;
        }
        match reply.end {
            End::Keep => {}
            End::Stall => {
                // Until the other side gives up.
                let mut some = [0; 16];
                let _ = stream.read(&mut some).await;
                return End::Reset;
            }
            end => return end,
        }
    }
    End::Close
}
