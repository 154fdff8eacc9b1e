//! What both ways to an operator share: a client that is set up at the first call, made anew when the phone's path to the
//! network changes, and notices by itself when that path is dead.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::{Client, ClientBuilder, redirect};
use rustls::ClientConfig;
use tokio::sync::watch;

use super::failure::Failure;
use super::trust;

const CONNECT: Duration = Duration::from_secs(8);
/// Shorter than the life of a connection behind a mobile network's address translation.
const IDLE: Duration = Duration::from_secs(25);
/// With HTTP/2, so long after the last word a ping asks whether anybody is there: only while an answer is expected anyway.
const PING_AFTER: Duration = Duration::from_secs(3);
/// And so long its answer is waited for. A path that went silent is noticed after both, so that there is time to connect over
/// another within ten seconds.
const PING_WAIT: Duration = Duration::from_secs(4);
/// Without HTTP/2 the system notices that nothing it sent has arrived.
#[cfg(any(target_os = "android", target_os = "linux"))]
const UNHEARD: Duration = Duration::from_secs(9);

/// What one way has of its own.
type Settings = Box<dyn Fn(ClientBuilder) -> ClientBuilder + Send + Sync>;

/// The connections of one way to the operator.
pub struct Connections {
    client: Mutex<Option<Result<Client, Failure>>>,
    anchors_pem: Option<String>,
    settings: Settings,
    path: watch::Sender<()>,
}

impl std::fmt::Debug for Connections {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Connections")
    }
}

/// The phone's path to the network, as it was when this was taken.
#[derive(Debug, Clone)]
pub struct Path(watch::Receiver<()>);

impl Path {
    /// What `work` comes to, unless the path changes before it does.
    pub async fn while_it_lasts<T>(&mut self, work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
        let changed = async {
            if self.0.changed().await.is_err() {
                // Nobody is left who could say so.
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            biased;
            done = work => done,
            () = changed => Err(Failure::PathChanged),
        }
    }
}

impl Connections {
    /// Connections that believe only `anchors_pem`, or what the platform trusts. Cheap: set up at the first call.
    pub fn new(
        anchors_pem: Option<String>,
        settings: impl Fn(ClientBuilder) -> ClientBuilder + Send + Sync + 'static,
    ) -> Connections {
        Connections {
            client: Mutex::default(),
            anchors_pem,
            settings: Box::new(settings),
            path: watch::Sender::new(()),
        }
    }

    /// The client of the path that the phone has now.
    pub fn client(&self) -> Result<Client, Failure> {
        let mut client = self.client.lock().unwrap_or_else(PoisonError::into_inner);
        client.get_or_insert_with(|| self.build()).clone()
    }

    /// The path that the phone has now.
    pub fn path(&self) -> Path {
        Path(self.path.subscribe())
    }

    /// The phone has another path: idle connections are closed, new calls take new ones, and whoever waits on [`Path`] hears
    /// of it. What cannot be repeated goes on where it is, for it may be answered there.
    pub fn network_changed(&self) {
        let old = self.client.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(old);
        self.path.send_replace(());
    }

    /// A call broke off, or nothing came of it: the next one opens a connection of its own. Others that wait here took the same
    /// path, and one that is as dead would cost another wait. What is under way goes on where it is.
    pub fn mistrust(&self, failure: &Failure) {
        if matches!(failure, Failure::Timeout | Failure::Truncated) {
            let old = self.client.lock().unwrap_or_else(PoisonError::into_inner).take();
            drop(old);
        }
    }

    /// TLS as these connections speak it, for one over a network that is not the phone's default.
    pub fn tls(&self) -> Result<Arc<ClientConfig>, Failure> {
        Ok(Arc::new(trust::tls(self.anchors_pem.as_deref())?))
    }

    fn build(&self) -> Result<Client, Failure> {
        let mut tls = trust::tls(self.anchors_pem.as_deref())?;
        tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let builder = Client::builder()
            .tls_backend_preconfigured(tls)
            .https_only(true)
            .redirect(redirect::Policy::none())
            .referer(false)
            .no_proxy()
            .connect_timeout(CONNECT)
            .pool_idle_timeout(IDLE)
            .http2_keep_alive_interval(PING_AFTER)
            .http2_keep_alive_timeout(PING_WAIT)
            .http2_keep_alive_while_idle(false)
            .user_agent(concat!("companion/", env!("CARGO_PKG_VERSION")));
        #[cfg(any(target_os = "android", target_os = "linux"))]
        let builder = builder.tcp_user_timeout(UNHEARD);
        (self.settings)(builder).build().map_err(|_| Failure::Setup)
    }
}
