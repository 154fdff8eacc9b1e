//! A server on loopback over TLS that answers what it is told to, one request a connection.

use std::sync::{Arc, Mutex};

use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use url::Url;

/// What came in: the head and the body, as text.
pub type Requests = Arc<Mutex<Vec<String>>>;

/// Where it listens, its certificate, and what came in.
pub struct Server {
    pub url: Url,
    pub anchor_pem: String,
    pub requests: Requests,
}

impl Server {
    /// Answers each request with what `answer` makes of it; nothing closes the connection.
    pub async fn start(answer: impl Fn(usize, &str) -> Option<String> + Send + Sync + 'static) -> Server {
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
        let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
        let config = ServerConfig::builder().with_no_client_auth().with_single_cert(vec![cert.der().clone()], key);
        let acceptor = TlsAcceptor::from(Arc::new(config.unwrap()));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = Url::parse(&format!("https://localhost:{}/", listener.local_addr().unwrap().port())).unwrap();
        let requests = Requests::default();
        let seen = requests.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let Ok(mut stream) = acceptor.accept(stream).await else { continue };
                let request = read(&mut stream).await;
                let index = seen.lock().unwrap().len();
                seen.lock().unwrap().push(request.clone());
                if let Some(answer) = answer(index, &request) {
                    let _ = stream.write_all(answer.as_bytes()).await;
                    let _ = stream.shutdown().await;
                }
            }
        });
        Server { url, anchor_pem: cert.pem(), requests }
    }
}

/// An answer in JSON with further header lines.
pub fn json(status: u16, headers: &str, body: &str) -> String {
    let length = body.len();
    let head = "content-type: application/json\r\nconnection: close\r\n";
    format!("HTTP/1.1 {status} x\r\n{head}content-length: {length}\r\n{headers}\r\n{body}")
}

async fn read(stream: &mut (impl AsyncReadExt + Unpin)) -> String {
    let (mut text, mut buffer) = (String::new(), [0; 4096]);
    loop {
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length =
                head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return text;
            }
        }
        match stream.read(&mut buffer).await {
            Ok(read) if read > 0 => text.push_str(&String::from_utf8_lossy(&buffer[..read])),
            _ => return text,
        }
    }
}

/// The value of a header of a request.
pub fn header<'r>(request: &'r str, name: &str) -> Option<&'r str> {
    let head = request.split("\r\n\r\n").next().unwrap();
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(": ")?;
        key.eq_ignore_ascii_case(name).then_some(value)
    })
}
