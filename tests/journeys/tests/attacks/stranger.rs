//! Somebody else's server: whoever so much as connects to it is noticed.

use std::io::Read;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What was heard, one entry a connection.
type Heard = Arc<Mutex<Vec<Vec<u8>>>>;

/// A port that only listens. It answers nothing, so that a caller of any kind would wait for it.
#[derive(Debug)]
pub struct Stranger {
    port: u16,
    heard: Heard,
}

impl Stranger {
    pub fn listen() -> Stranger {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Heard::default();
        let ears = heard.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let place = {
                    let mut heard = ears.lock().unwrap();
                    heard.push(Vec::new());
                    heard.len() - 1
                };
                let ears = ears.clone();
                std::thread::spawn(move || hear(stream, place, &ears));
            }
        });
        Stranger { port, heard }
    }

    /// "https://localhost:PORT"
    pub fn origin(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    /// "http://localhost:PORT"
    pub fn plain_origin(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// Panics when anybody came.
    pub fn heard_nothing(&self) {
        let heard = self.heard.lock().unwrap();
        assert!(heard.is_empty(), "{} connections: {:?}", heard.len(), String::from_utf8_lossy(&heard.concat()));
    }
}

fn hear(mut stream: TcpStream, place: usize, ears: &Heard) {
    let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
    let mut buffer = [0; 4096];
    while let Ok(read) = stream.read(&mut buffer) {
        if read == 0 {
            return;
        }
        ears.lock().unwrap()[place].extend_from_slice(&buffer[..read]);
    }
}

mod the_stranger_itself {
    use super::*;
    use std::io::Write;

    #[test]
    fn notices_whoever_connects_and_what_they_say() {
        let stranger = Stranger::listen();
        stranger.heard_nothing();
        let mut visitor = TcpStream::connect((Ipv4Addr::LOCALHOST, stranger.port)).unwrap();
        visitor.write_all(b"hello").unwrap();
        for _ in 0..200 {
            if stranger.heard.lock().unwrap().concat() == b"hello" {
                break;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        assert_eq!(*stranger.heard.lock().unwrap(), [b"hello"]);
        assert!(std::panic::catch_unwind(|| stranger.heard_nothing()).is_err());
    }
}
