//! The sockets. One task per connection, so that a fault can close just that one, and one switch that closes
//! them all, as a phone without network would see it.

use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

use crate::state::Shared;
use crate::{
    activation, control, faults, http, oidc, operators, preferences, recordings, tmf637, tmf677, tmf678, wifi_calling,
};

/// The connection a request came in on.
#[derive(Debug, Clone, Default)]
pub(crate) struct Connection {
    cut: Arc<Notify>,
    /// Who is at the other end.
    pub(crate) peer: Option<IpAddr>,
}

impl Connection {
    /// Closes the connection without a word.
    pub(crate) fn close(&self) {
        self.cut.notify_one();
    }

    /// Closes the connection the caller is answering on; the caller ends with it, so this never returns.
    pub(crate) async fn close_under_me(&self) {
        self.close();
        std::future::pending::<()>().await;
    }
}

/// The operator's routes with everything that lies around them.
pub(crate) fn operator(shared: &Arc<Shared>) -> Router {
    Router::new()
        .merge(oidc::router(shared))
        .merge(oidc::guarded(
            shared,
            tmf677::router()
                .merge(tmf637::router())
                .merge(tmf678::router())
                .merge(preferences::router())
                .merge(wifi_calling::router())
                .merge(activation::router()),
        ))
        .merge(wifi_calling::open_router())
        .route("/", get(control::way_to_page))
        .fallback(recordings::play)
        .layer(from_fn_with_state(shared.clone(), operators::named))
        .layer(from_fn_with_state(shared.clone(), faults::apply))
        .layer(from_fn_with_state(shared.clone(), oidc::ledger::note))
        .layer(from_fn_with_state(shared.clone(), http::logged))
        .layer(from_fn_with_state(shared.clone(), http::dated))
        .with_state(shared.clone())
}

/// The document host's routes, with the same around them: faults strike there too, and what came in is noted.
pub(crate) fn document_host(shared: &Arc<Shared>) -> Router {
    tmf678::document_host()
        .layer(from_fn_with_state(shared.clone(), faults::apply))
        .layer(from_fn_with_state(shared.clone(), http::logged))
        .layer(from_fn_with_state(shared.clone(), http::dated))
        .with_state(shared.clone())
}

/// Serves an app over TLS, until the runtime goes away.
pub(crate) async fn serve_tls(listener: TcpListener, app: Router, tls: Arc<ServerConfig>, shared: &Arc<Shared>) {
    let acceptor = TlsAcceptor::from(tls);
    loop {
        let Some((stream, peer)) = accept(&listener).await else {
            continue;
        };
        let (acceptor, app) = (acceptor.clone(), app.clone());
        let mut cut_off = shared.cut_off.subscribe();
        tokio::spawn(async move {
            let connection = Connection { peer: Some(peer), ..Connection::default() };
            let cut = connection.cut.clone();
            let talk = async {
                if let Ok(stream) = acceptor.accept(stream).await {
                    converse(stream, app, connection).await;
                }
            };
            tokio::select! {
                biased;
                _ = cut_off.wait_for(|gone| *gone) => {}
                () = cut.notified() => {}
                () = talk => {}
            }
        });
    }
}

/// Serves the control API over plain HTTP; no fault reaches it.
pub(crate) async fn serve_control(listener: TcpListener, app: Router) {
    loop {
        let Some((stream, peer)) = accept(&listener).await else {
            continue;
        };
        let app = app.clone();
        tokio::spawn(converse(stream, app, Connection { peer: Some(peer), ..Connection::default() }));
    }
}

async fn accept(listener: &TcpListener) -> Option<(TcpStream, IpAddr)> {
    match listener.accept().await {
        Ok((stream, peer)) => Some((stream, peer.ip())),
        // Out of descriptors, or the peer is gone already: give others a moment.
        Err(_) => {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            None
        }
    }
}

async fn converse<S>(stream: S, app: Router, connection: Connection)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(connection.clone());
        app.clone().oneshot(request)
    });
    // A client that goes away mid-way is everyday business here.
    let _ = http1::Builder::new().auto_date_header(false).serve_connection(TokioIo::new(stream), service).await;
}
