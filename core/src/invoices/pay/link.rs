//! Which payment links are opened: those an invoice brings, on hosts known to take payments, over HTTPS. None is ever built
//! here.

use url::{Host, Url};

/// Bancontact's hosts, the old and the new. Links of the old one are still on invoices.
const HOSTS: &[&str] = &["payconiq.com", "pay.bancontact.net"];
const MAX_BYTES: usize = 2_048;

/// A link that may be opened in the person's browser or the payment app it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentLink {
    url: Url,
}

/// Why a link is not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// It is no address, or holds blanks, backslashes or control characters.
    #[error("it is no address")]
    Malformed,
    /// It is not `https`.
    #[error("it is not https")]
    NotHttps,
    /// It names a user, a password or a port.
    #[error("it names a user or a port")]
    UserOrPort,
    /// Its host is none that takes payments.
    #[error("its host takes no payments")]
    Host,
}

impl PaymentLink {
    /// Judges a link of an invoice. `operators_own`: further hosts, from the operator's profile; each is compared whole.
    pub fn parse(text: &str, operators_own: &[String]) -> Result<PaymentLink, LinkError> {
        let odd = |c: char| c.is_whitespace() || c.is_control() || c == '\\';
        if text.len() > MAX_BYTES || text.chars().any(odd) {
            return Err(LinkError::Malformed);
        }
        let url = Url::parse(text).map_err(|_| LinkError::Malformed)?;
        if url.scheme() != "https" {
            return Err(LinkError::NotHttps);
        }
        if !url.username().is_empty() || url.password().is_some() || url.port().is_some() {
            return Err(LinkError::UserOrPort);
        }
        let Some(Host::Domain(host)) = url.host() else { return Err(LinkError::Host) };
        if HOSTS.contains(&host) || operators_own.iter().any(|own| own == host) {
            Ok(PaymentLink { url })
        } else {
            Err(LinkError::Host)
        }
    }

    /// The link to open.
    pub fn as_str(&self) -> &str {
        self.url.as_str()
    }
}
