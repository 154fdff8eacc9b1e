//! The challenge as it comes over the wire, among the other refusals with a 401.

use std::sync::Arc;

use secrecy::SecretString;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use url::Url;

use super::challenge::StepUp;
use super::failure::Failure;
use super::http::{Http, Request};
use super::time::OperatorTime;
use crate::host::{Clock, ClockReading, HostError, SystemEntropy};
use crate::trials::identity;

struct Still;

impl Clock for Still {
    fn now(&self) -> Result<ClockReading, HostError> {
        Ok(ClockReading { wall_ms: 1_795_608_000_000, elapsed_ms: 1000, boot_id: "b".to_owned() })
    }
}

/// Answers every request with this status line and these headers; its address, and a client that believes it.
async fn operator(head: &'static str) -> (Url, Http) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let (ca_pem, tls) = identity();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("https://localhost:{}/", listener.local_addr().unwrap().port())).unwrap();
    let tls = TlsAcceptor::from(tls);
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let Ok(mut stream) = tls.accept(socket).await else { continue };
            let mut asked = [0; 4096];
            let _ = stream.read(&mut asked).await;
            let head = head.replace('\n', "\r\n");
            let answer = format!("HTTP/1.1 {head}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}");
            let _ = stream.write_all(answer.as_bytes()).await;
            let _ = stream.shutdown().await;
        }
    });
    let time = Arc::new(OperatorTime::new(None));
    (url.clone(), Http::new(Some(ca_pem), vec![url.origin()], Arc::new(Still), Arc::new(SystemEntropy), time))
}

#[tokio::test]
async fn a_challenge_is_handed_up_to_who_sent_an_access_token_and_to_nobody_else() {
    let wanted = StepUp { max_age_s: Some(300), acr_values: Some("urn:mfa".to_owned()) };
    let refused = |status| Err(Failure::Status { status, retry_after_seconds: None });
    let challenge = r#"401 No
WWW-Authenticate: Basic realm="x"
WWW-Authenticate: Bearer error="insufficient_user_authentication", max_age="300", acr_values="urn:mfa""#;
    let bad_token = r#"401 No
WWW-Authenticate: Bearer error="invalid_token", error_description="insufficient_user_authentication""#;
    let forbidden = r#"403 No
WWW-Authenticate: Bearer error="insufficient_user_authentication""#;
    let token = SecretString::from("token");
    for (head, bearer, expected) in [
        (challenge, Some(&token), Err(Failure::StepUp(wanted))),
        (challenge, None, refused(401)),
        (bad_token, Some(&token), refused(401)),
        (forbidden, Some(&token), refused(403)),
    ] {
        let (url, http) = operator(head).await;
        let answered = http.send_repeatable(&Request { bearer, ..Request::get(&url) }).await;
        assert_eq!(answered.map(|_| ()), expected, "{head}");
    }
}
