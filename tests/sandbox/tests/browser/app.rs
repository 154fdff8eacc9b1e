//! The app's side of the browser: a loopback address the browser is sent back to (RFC 8252 §7.3).

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

const PAGE: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\nBack in the app.";

pub struct Loopback {
    pub redirect_uri: String,
    callbacks: mpsc::UnboundedReceiver<String>,
}

impl Loopback {
    pub async fn listen() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let redirect_uri = format!("{origin}/signed-in");
        let (sender, callbacks) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, origin.clone(), sender.clone()));
            }
        });
        Self { redirect_uri, callbacks }
    }

    /// The next callback the browser opens.
    pub async fn callback(&mut self) -> String {
        tokio::time::timeout(Duration::from_secs(20), self.callbacks.recv()).await.expect("no callback").unwrap()
    }

    /// Whether the browser is still where it was sent.
    pub fn is_silent(&mut self) -> bool {
        self.callbacks.try_recv().is_err()
    }
}

/// A browser opens connections for other things too, and without asking for anything.
async fn answer(mut stream: TcpStream, origin: String, callbacks: mpsc::UnboundedSender<String>) {
    let mut request = Vec::new();
    let mut piece = [0; 4096];
    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut piece).await {
            Ok(read @ 1..) => request.extend_from_slice(&piece[..read]),
            _ => return,
        }
    }
    let request = String::from_utf8_lossy(&request);
    let path = request.split(' ').nth(1).unwrap_or_default();
    if path.starts_with("/signed-in") {
        let _ = callbacks.send(format!("{origin}{path}"));
    }
    let _ = stream.write_all(PAGE.as_bytes()).await;
}
