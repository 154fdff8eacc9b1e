//! The positive control against servers of this machine with real TLS.

use simple_dns::RCODE;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::super::dns::tests::{Lent, lent, resolver_of};
use super::super::scripted::{Peer, tuning};
use super::*;
use crate::host::{NetworkPath, SystemEntropy};
use crate::operator::connections::Connections;
use crate::trials::identity;

/// A server that proves to be `127.0.0.1` and `localhost`: its port, and who vouches for it.
async fn server() -> (u16, Arc<ClientConfig>) {
    let (ca_pem, tls) = identity();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let _ = TlsAcceptor::from(tls.clone()).accept(stream).await;
        }
    });
    (port, Connections::new(Some(ca_pem), |builder| builder).tls().unwrap())
}

async fn over(phone: Lent, resolver_port: u16, address: &str, tls: Arc<ClientConfig>) -> Internet {
    let way = Way::new(Some(Arc::new(phone)), NetworkPath::Wifi);
    let control = Control::Over(Neighbour::of(address, tls).unwrap());
    control.internet(&way, &SystemEntropy, &tuning(resolver_port, [0, 0])).await
}

#[tokio::test]
async fn only_a_server_that_proves_to_be_the_operators_shows_that_a_network_leads_out() {
    let (port, tls) = server().await;
    let (_, of_somebody_else) = server().await;
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let cases = [
        ("the operator's", port, &tls, Internet::Works),
        ("a page in its place", port, &of_somebody_else, Internet::Fails),
        ("nobody", closed, &tls, Internet::Fails),
    ];
    for (what, port, tls, expected) in cases {
        let address = format!("https://127.0.0.1:{port}/");
        assert_eq!(over(lent(&[], &[]), 0, &address, tls.clone()).await, expected, "{what}");
    }
}

#[tokio::test]
async fn its_name_is_asked_of_the_very_network_and_its_socket_is_tied_to_it() {
    let (port, tls) = server().await;
    let address = format!("https://localhost:{port}/");
    let resolver = Peer::at("127.0.0.1:0", resolver_of(&["127.0.0.1"], RCODE::NoError)).await;
    let asked = over(lent(&["127.0.0.1"], &[]), resolver.address.port(), &address, tls.clone()).await;
    assert_eq!((asked, resolver.heard().is_empty()), (Internet::Works, false));
    let gone = Peer::at("127.0.0.1:0", resolver_of(&[], RCODE::NameError)).await;
    assert_eq!(over(lent(&["127.0.0.1"], &[]), gone.address.port(), &address, tls.clone()).await, Internet::Fails);
    // A phone that ties nothing says nothing of the network.
    let shut = Lent { bind: |_| Err(BindFailure::Failed), ..lent(&[], &[]) };
    let address = format!("https://127.0.0.1:{port}/");
    assert_eq!(over(shut, 0, &address, tls).await, Internet::NotTried);
}

#[tokio::test]
async fn a_sign_in_page_that_the_phone_knows_of_is_believed() {
    let way = Way::new(None, NetworkPath::Wifi);
    let asked = |control: Control| {
        let way = way.clone();
        async move { control.internet(&way, &SystemEntropy, &tuning(0, [0, 0])).await }
    };
    assert_eq!(asked(Control::Portal).await, Internet::Fails);
    assert_eq!(asked(Control::None).await, Internet::NotTried);
}

#[test]
fn a_neighbour_has_an_https_address() {
    let tls = Connections::new(None, |builder| builder).tls().unwrap();
    let cases = [("https://api.example", true), ("https://[2001:db8::1]:8443/a", true), ("http://api.example", false)];
    for (address, expected) in cases {
        assert_eq!(Neighbour::of(address, tls.clone()).is_some(), expected, "{address}");
    }
    assert!(Neighbour::of("", tls).is_none());
}
