//! How the person of a check signs in: in this computer's browser, or at the plain form of a test system, which is filled in.

use std::time::Duration;

use companion::CompanionCore;
use companion::operator::profile::Profile;
use companion::problem::SignInFailure;
use companion::{Problem, text::Language};
use companion_sandbox::agent::{AgentError, Browser};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{mpsc, oneshot};

use crate::sign_in::browser;
use crate::sign_in::landing::Landing;
use crate::terminal;

/// How long the browser may stay away.
const PATIENCE: Duration = Duration::from_secs(15 * 60);

/// How the person signs in.
#[derive(Debug, Clone)]
pub enum WayIn {
    /// In this computer's browser.
    Browser,
    /// At a form that asks for a name and a password.
    Form {
        /// What is typed as name.
        name: String,
        /// And as password.
        password: SecretString,
    },
    /// Somebody else walks through the page, as for one that is a program of its own.
    Walker(mpsc::Sender<Page>),
}

/// A page that somebody else walks through.
#[derive(Debug)]
pub struct Page {
    /// Its address.
    pub url: String,
    /// Takes the address that it leads back to.
    pub back: oneshot::Sender<String>,
}

/// Where the browser comes back to.
#[derive(Debug)]
pub enum Door {
    /// A port of this machine, for a browser.
    Port(Landing),
    /// The profile's own address, which a form leads to.
    Profiles,
}

/// What came of the page.
#[derive(Debug)]
pub struct CameBack {
    /// The address it came back with, where that is known.
    pub callback: Option<String>,
    /// Whether somebody is signed in.
    pub outcome: Result<(), Problem>,
    /// Why the page led nowhere, where it did.
    pub stuck: Option<String>,
}

impl WayIn {
    /// Opens what the browser comes back to.
    pub async fn door(&self) -> std::io::Result<Door> {
        Ok(match self {
            WayIn::Browser => Door::Port(Landing::open(Language::English).await?),
            WayIn::Form { .. } | WayIn::Walker(_) => Door::Profiles,
        })
    }

    /// Goes through the page and finishes the sign-in with what it comes back with.
    pub async fn walk(&self, door: &Door, core: &CompanionCore, profile: &Profile, page: &str) -> CameBack {
        match (self, door) {
            (WayIn::Form { name, password }, _) => {
                let anchors = profile.trust.as_ref().map(|trust| trust.anchors_pem.as_str());
                let filled = async {
                    let callback = Some(profile.identity.redirect_uri.as_str());
                    Browser::trusting(anchors)?.open(page, callback, name, password.expose_secret()).await
                };
                match filled.await {
                    Ok(callback) => {
                        let outcome = core.session().finish(callback.clone()).await;
                        CameBack { callback: Some(callback), outcome, stuck: None }
                    }
                    Err(error) => {
                        let outcome = Err(Problem::SignIn { reason: SignInFailure::OperatorError });
                        CameBack { callback: None, outcome, stuck: Some(stuck(&error)) }
                    }
                }
            }
            (WayIn::Walker(walker), _) => {
                let (back, callback) = oneshot::channel();
                let _ = walker.send(Page { url: page.to_owned(), back }).await;
                match callback.await {
                    Ok(callback) => {
                        let outcome = core.session().finish(callback.clone()).await;
                        CameBack { callback: Some(callback), outcome, stuck: None }
                    }
                    Err(_) => CameBack { callback: None, outcome: Err(nobody_came_back()), stuck: None },
                }
            }
            (WayIn::Browser, Door::Port(landing)) => {
                terminal::say(format_args!(
                    "Sign in at the operator's page in your browser. If it does not open, open it yourself:\n\n  {page}\n"
                ));
                let _browser = browser::open(page);
                let outcome = match tokio::time::timeout(PATIENCE, landing.come_back(core)).await {
                    Ok(Ok(outcome)) => outcome,
                    Ok(Err(_)) => Err(Problem::SignIn { reason: SignInFailure::BrowserUnavailable }),
                    Err(_) => Err(Problem::SignIn { reason: SignInFailure::AttemptExpired }),
                };
                CameBack { callback: None, outcome, stuck: None }
            }
            (WayIn::Browser, Door::Profiles) => {
                CameBack { callback: None, outcome: Err(nobody_came_back()), stuck: None }
            }
        }
    }
}

fn nobody_came_back() -> Problem {
    Problem::SignIn { reason: SignInFailure::BrowserUnavailable }
}

/// Why a form led nowhere, without a word of the page's own.
fn stuck(error: &AgentError) -> String {
    match error {
        AgentError::Url(_) => "an address that leads nowhere".to_owned(),
        AgentError::Network(_) => "no answer, or a certificate that is not believed".to_owned(),
        AgentError::Refused { status, .. } => {
            format!("a page that does not lead back (status {status}): a wrong name or password, or no plain form")
        }
        AgentError::Loop => "pages without an end".to_owned(),
    }
}
