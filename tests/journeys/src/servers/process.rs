//! A server as a child process that cannot outlive this one: it lasts as long as its standard input is held open, which
//! ends however we end.

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::browser::Browser;

/// The longest any server takes to its first answer, on a slow machine.
const PATIENCE_S: u64 = 240;

/// A running server program.
#[derive(Debug)]
pub struct Process {
    child: Child,
    log: PathBuf,
}

impl Process {
    /// Runs `tests/servers/NAME/start PORT` in the folder `work`, where its log is kept too.
    pub fn start(name: &str, work: &Path, port: u16) -> Process {
        let servers = Path::new(env!("CARGO_MANIFEST_DIR")).join("../servers");
        let log = work.join("server.log");
        let out = File::create(&log).expect("a log");
        let child = Command::new(servers.join("for-as-long-as-asked"))
            .arg(servers.join(name).join("start"))
            .arg(port.to_string())
            .current_dir(work)
            .stdin(Stdio::piped())
            .stderr(out.try_clone().expect("the same log"))
            .stdout(out)
            .spawn()
            .expect("the server's start program runs");
        Process { child, log }
    }

    /// Waits for the server's first good answer.
    pub async fn ready(&mut self, ca_pem: &str, url: &str) {
        for _ in 0..PATIENCE_S * 10 {
            if Browser::new(ca_pem).answers(url).await {
                return;
            }
            let ended = self.child.try_wait().expect("a status");
            assert!(ended.is_none(), "the server ended:\n{}", self.said());
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the server does not answer:\n{}", self.said());
    }

    fn said(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// A port nobody listens on now.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port()
}
