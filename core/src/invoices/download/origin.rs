//! Where a document may come from: https, and an origin that the profile names, at every step of a redirect. The access
//! token goes to the operator's own API alone, and never again once the way has led elsewhere.

use url::{Host, Origin, Url};

use crate::operator::profile::InvoicesApi;

/// Further redirects are not followed.
pub const REDIRECTS: u32 = 3;
/// A longer address is nobody's.
const LONGEST: usize = 8192;

/// Which origins are asked for documents.
#[derive(Debug, Clone)]
pub struct Rules {
    /// The API's own: these see the access token.
    api: Vec<Origin>,
    /// Where links lead to: these see nothing but the link.
    documents: Vec<Origin>,
}

/// Why an address is not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Astray {
    /// It is no address, or far too long.
    #[error("no address")]
    NoAddress,
    /// Not https.
    #[error("not https")]
    NotSecure,
    /// A user name or a password stands in it, as in those that look like another host's.
    #[error("user name in the address")]
    UserInfo,
    /// An origin that the profile does not name.
    #[error("origin not named by the profile")]
    ForeignOrigin,
    /// One redirect too many.
    #[error("too many redirects")]
    TooFar,
}

/// An address that may be asked, after so many redirects.
#[derive(Clone)]
pub struct Step {
    url: Url,
    followed: u32,
    own: bool,
}

/// The address may be a signed link, which is as good as the document.
impl std::fmt::Debug for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Step").field("followed", &self.followed).field("own", &self.own).finish_non_exhaustive()
    }
}

impl Rules {
    /// The API's own origins, and those that links lead to.
    pub fn new(api: Vec<Origin>, documents: Vec<Origin>) -> Rules {
        Rules { api, documents }
    }

    /// As the profile has it.
    pub fn of(api: &InvoicesApi) -> Rules {
        Rules::new(api.api_origins(), api.document_origins())
    }

    /// The first step, from what the API said.
    pub fn first(&self, address: &str) -> Result<Step, Astray> {
        let url = short(address).and_then(|address| Url::parse(address).ok()).ok_or(Astray::NoAddress)?;
        self.checked(url, 0, true)
    }

    /// The next step, from the `Location` of an answer (RFC 9110 §10.2.2).
    pub fn next(&self, from: &Step, location: &str) -> Result<Step, Astray> {
        let url = short(location).and_then(|location| from.url.join(location).ok()).ok_or(Astray::NoAddress)?;
        let followed = from.followed.saturating_add(1);
        if followed > REDIRECTS {
            return Err(Astray::TooFar);
        }
        // Where the token was once withheld it is not brought back.
        let same = from.own && url.origin() == from.url.origin();
        self.checked(url, followed, same)
    }

    fn checked(&self, mut url: Url, followed: u32, may_be_own: bool) -> Result<Step, Astray> {
        if url.scheme() != "https" {
            return Err(Astray::NotSecure);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Astray::UserInfo);
        }
        if let Some(Host::Domain(name)) = url.host()
            && name.ends_with('.')
        {
            return Err(Astray::ForeignOrigin);
        }
        // Scheme, host in its ASCII form and port, each as the profile has it.
        let origin = url.origin();
        let own = self.api.contains(&origin);
        if !own && !self.documents.contains(&origin) {
            return Err(Astray::ForeignOrigin);
        }
        url.set_fragment(None);
        Ok(Step { url, followed, own: own && may_be_own })
    }
}

fn short(address: &str) -> Option<&str> {
    // The URL standard drops tabs and line ends, behind which another address can hide.
    (address.len() <= LONGEST && !address.bytes().any(|byte| byte.is_ascii_control())).then_some(address)
}

impl Step {
    /// The address.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Whether the access token may go along.
    pub fn takes_token(&self) -> bool {
        self.own
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(address: &str) -> Origin {
        Url::parse(address).unwrap().origin()
    }

    fn rules() -> Rules {
        Rules::new(
            vec![origin("https://api.example"), origin("https://bills.example")],
            vec![
                origin("https://cdn.example"),
                origin("https://store.example:8443"),
                origin("https://xn--bcher-kva.example"),
            ],
        )
    }

    #[test]
    fn a_link_is_asked_only_over_https_and_at_a_named_origin_and_told_the_token_only_at_the_apis() {
        let vectors = [
            ("https://api.example/bill/1.pdf", Ok(true)),
            ("https://cdn.example/1.pdf?signature=abc", Ok(false)),
            ("https://CDN.example:443/1.pdf", Ok(false)),
            ("https://store.example:8443/1.pdf", Ok(false)),
            ("https://bücher.example/1.pdf", Ok(false)),
            ("https://store.example/1.pdf", Err(Astray::ForeignOrigin)),
            ("https://cdn.example:8443/1.pdf", Err(Astray::ForeignOrigin)),
            ("http://cdn.example/1.pdf", Err(Astray::NotSecure)),
            ("file:///etc/passwd", Err(Astray::NotSecure)),
            ("data:application/pdf,x", Err(Astray::NotSecure)),
            ("https://api.example@evil.example/1.pdf", Err(Astray::UserInfo)),
            ("https://api.example:x@cdn.example/1.pdf", Err(Astray::UserInfo)),
            ("https://api.example.evil.example/1.pdf", Err(Astray::ForeignOrigin)),
            ("https://evil.example/api.example", Err(Astray::ForeignOrigin)),
            ("https://evil.example#@api.example", Err(Astray::ForeignOrigin)),
            ("https://evil.example\\@api.example/1.pdf", Err(Astray::ForeignOrigin)),
            ("https://аpi.example/1.pdf", Err(Astray::ForeignOrigin)),
            ("https://api.example./1.pdf", Err(Astray::ForeignOrigin)),
            ("https://api.exa\tmple/1.pdf", Err(Astray::NoAddress)),
            ("https://api.example\n.evil.example/1.pdf", Err(Astray::NoAddress)),
            ("1.pdf", Err(Astray::NoAddress)),
            ("https://", Err(Astray::NoAddress)),
            ("", Err(Astray::NoAddress)),
        ];
        for (address, expected) in vectors {
            assert_eq!(rules().first(address).map(|step| step.takes_token()), expected, "{address:?}");
        }
        let long = format!("https://cdn.example/{}", "a".repeat(LONGEST));
        assert_eq!(rules().first(&long).map(|_| ()), Err(Astray::NoAddress));
    }

    #[test]
    fn no_redirect_brings_the_token_to_another_origin_or_back() {
        let vectors: [(&[&str], Result<bool, Astray>); 10] = [
            (&["https://api.example/a", "/b"], Ok(true)),
            (&["https://api.example/a", "https://bills.example/b"], Ok(false)),
            (&["https://api.example/a", "https://cdn.example/b"], Ok(false)),
            (&["https://api.example/a", "https://cdn.example/b", "https://api.example/c"], Ok(false)),
            (&["https://cdn.example/a", "https://api.example/b"], Ok(false)),
            (&["https://api.example/a", "//cdn.example/b", "c", "../d"], Ok(false)),
            (&["https://api.example/a", "/b", "/c", "/d", "/e"], Err(Astray::TooFar)),
            (&["https://api.example/a", "http://api.example/a"], Err(Astray::NotSecure)),
            (&["https://api.example/a", "//evil.example/b"], Err(Astray::ForeignOrigin)),
            (&["https://api.example/a", "https://u:p@api.example/b"], Err(Astray::UserInfo)),
        ];
        for (way, expected) in vectors {
            let (first, rest) = way.split_first().unwrap();
            let step =
                rest.iter().try_fold(rules().first(first).unwrap(), |from, location| rules().next(&from, location));
            assert_eq!(step.map(|step| step.takes_token()), expected, "{way:?}");
        }
    }
}
