//! Identity servers that know nothing of this project, each a program of its own behind TLS of a private authority:
//! what the core makes of them is what it will make of an operator's. `tests/servers` says how each is set up.

mod authority;
mod browser;
mod glewlwyd;
mod keycloak;
mod nanoidp;
mod oidc_provider;
mod process;

use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};

use browser::Arrived;
pub use browser::Browser;
use process::Process;

/// Where the browser returns to, as registered at every server.
pub const REDIRECT_URI: &str = "be.companion.test:/signed-in";
/// Where it returns to after signing out at the server.
pub const SIGNED_OUT_URI: &str = "be.companion.test:/signed-out";
/// The app's usual client id at every server.
pub const APP: &str = "app";
/// The person known to every server.
pub const PERSON: &str = "emma";
const PASSWORD: &str = "correct-horse";

/// Which server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// npm's oidc-provider.
    OidcProvider,
    /// PyPI's nanoidp.
    Nanoidp,
    /// Debian's Glewlwyd.
    Glewlwyd,
    /// Keycloak, of Maven Central.
    Keycloak,
}

/// A running server.
#[derive(Debug)]
pub struct IdentityServer {
    kind: Kind,
    origin: String,
    /// Its issuer.
    pub issuer: String,
    ca_pem: String,
    _process: Process,
}

impl Kind {
    /// The server's folder in `tests/servers`.
    fn name(self) -> &'static str {
        match self {
            Kind::OidcProvider => "oidc-provider",
            Kind::Nanoidp => "nanoidp",
            Kind::Glewlwyd => "glewlwyd",
            Kind::Keycloak => "keycloak",
        }
    }

    /// The issuer's path.
    fn issuer_path(self) -> &'static str {
        match self {
            Kind::OidcProvider | Kind::Nanoidp => "",
            Kind::Glewlwyd => "/api/oidc",
            Kind::Keycloak => "/realms/companion",
        }
    }

    /// What the operator's profile says of the server, beside where it is.
    fn identity(self) -> Value {
        match self {
            // Grants offline_access only to whoever consents anew.
            Kind::OidcProvider => json!({ "scopes": ["openid", "phone", "offline_access"], "askConsent": true }),
            Kind::Nanoidp => json!({ "scopes": ["openid", "offline_access"] }),
            // Knows no offline_access, and gives everybody a refresh token.
            Kind::Glewlwyd => json!({ "scopes": ["openid"] }),
            // Its offline tokens are another thing: they outlive every session.
            Kind::Keycloak => json!({ "scopes": ["openid"], "askConsent": true }),
        }
    }

    /// The environment variable that says where `tests/run` fetched it to.
    fn variable(self) -> String {
        format!("COMPANION_{}", self.name().to_uppercase().replace('-', "_"))
    }
}

impl IdentityServer {
    /// Starts the server, in `work`.
    pub async fn start(kind: Kind, work: &str) -> IdentityServer {
        let variable = kind.variable();
        assert!(
            std::env::var_os(&variable).is_some(),
            "{variable} does not say where the server is: use tests/run servers"
        );
        let work = PathBuf::from(work).join("identity-servers").join(kind.name());
        let _ = std::fs::remove_dir_all(&work);
        std::fs::create_dir_all(&work).expect("a folder");
        let ca_pem = authority::write(&work);
        let port = process::free_port();
        let origin = format!("https://localhost:{port}");
        let mut process = Process::start(kind.name(), &work, port);
        let issuer = format!("{origin}{}", kind.issuer_path());
        if kind == Kind::Glewlwyd {
            process.ready(&ca_pem, &format!("{origin}/config/")).await;
            glewlwyd::set_up(Browser::new(&ca_pem), &origin).await;
        }
        process.ready(&ca_pem, &format!("{issuer}/.well-known/openid-configuration")).await;
        IdentityServer { kind, origin, issuer, ca_pem, _process: process }
    }

    /// The operator profile of the server, with `identity` over what is usual.
    pub fn profile(&self, identity: Value) -> String {
        let mut profile = json!({
            "schema": 1, "id": self.kind.name(), "name": self.kind.name(), "languages": ["en"], "timeZone": "UTC",
            "identity": {
                "issuer": self.issuer, "clientId": APP, "redirectUri": REDIRECT_URI,
                "postLogoutRedirectUri": SIGNED_OUT_URI
            },
            // No server has one: what matters here ends before usage is asked for.
            "apis": { "usage": { "baseUrl": format!("{}/usage", self.issuer), "query": "report-get", "lineFilter": "line" } },
            "capabilities": ["usage"],
            "trust": { "anchorsPem": self.ca_pem }
        });
        let usual = self.kind.identity();
        for (name, value) in [&usual, &identity].into_iter().flat_map(|members| members.as_object()).flatten() {
            profile["identity"][name] = value.clone();
        }
        profile.to_string()
    }

    /// A client id whose tokens can be bound to a key, where the server does that.
    pub fn client_with_key(&self) -> &'static str {
        // Glewlwyd binds whatever comes with a proof.
        if self.kind == Kind::Glewlwyd { APP } else { "app-dpop" }
    }

    /// Signs the person in at the server's page, and returns the address the browser comes back with.
    pub async fn walk(&self, authorize_url: &str) -> String {
        match self.kind {
            Kind::OidcProvider => oidc_provider::sign_in(&mut self.browser(), authorize_url).await,
            Kind::Nanoidp => nanoidp::sign_in(self.browser(), authorize_url).await,
            Kind::Glewlwyd => glewlwyd::sign_in(self.browser(), &self.origin, authorize_url).await,
            Kind::Keycloak => keycloak::sign_in(self.browser(), authorize_url).await,
        }
    }

    /// What is typed at the server's page, where that is a plain form.
    pub fn form(&self) -> Option<(&'static str, &'static str)> {
        // Glewlwyd's is a program that talks to its API.
        (self.kind != Kind::Glewlwyd).then_some((PERSON, PASSWORD))
    }

    /// The same in a browser that may know the person from before, so that what it brings may be of the same session there.
    pub async fn walk_in(&self, browser: &mut Browser, authorize_url: &str) -> String {
        match self.kind {
            Kind::OidcProvider => oidc_provider::sign_in(browser, authorize_url).await,
            Kind::Nanoidp | Kind::Glewlwyd | Kind::Keycloak => panic!("its page is walked in a new browser"),
        }
    }

    /// The person declines at the page.
    pub async fn decline(&self, authorize_url: &str) -> String {
        match self.kind {
            Kind::OidcProvider => oidc_provider::decline(self.browser(), authorize_url).await,
            Kind::Keycloak => keycloak::decline(self.browser(), authorize_url).await,
            Kind::Nanoidp | Kind::Glewlwyd => panic!("its page has no way to decline"),
        }
    }

    /// Whether its answers have a `Date`, by which the core knows the time whatever the phone's clock says.
    pub fn tells_the_time(&self) -> bool {
        self.kind != Kind::Keycloak
    }

    /// Waits as long as the server needs between two uses of refresh tokens to tell which came first.
    pub async fn rest(&self) {
        if self.kind == Kind::Keycloak {
            // Counts in whole seconds: of two uses within one, both are the first.
            tokio::time::sleep(Duration::from_millis(1100)).await;
        }
    }

    /// Opens the page that ends the session in the browser too, and confirms it where it asks.
    pub async fn end_session(&self, url: &str) -> String {
        let mut browser = self.browser();
        match browser.get(url).await {
            Arrived::Home(callback) => callback,
            Arrived::At(page) => {
                let token = page.hidden("xsrf");
                browser.post(&page.action(), &[("xsrf", &token), ("logout", "yes")]).await.callback()
            }
        }
    }

    /// Opens a page that leads back to the app at once.
    pub async fn bounce(&self, authorize_url: &str) -> String {
        self.browser().get(authorize_url).await.callback()
    }

    /// Posts a form to an endpoint that discovery names; status and body of the answer.
    pub async fn post(&self, endpoint: &str, form: &[(&str, &str)]) -> (u16, String) {
        let mut browser = self.browser();
        let discovery = browser.get(&format!("{}/.well-known/openid-configuration", self.issuer)).await.page();
        let discovery: Value = serde_json::from_str(&discovery.body).expect("JSON");
        let page = browser.post(discovery[endpoint].as_str().expect("an endpoint"), form).await.page();
        (page.status, page.body)
    }

    /// A new browser.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.ca_pem)
    }
}
