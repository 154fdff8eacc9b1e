//! A phone on which one story happens.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde_json::Value;

use crate::companion::CompanionCore;
use crate::operator::failure::Failure;
use crate::operator::http::Answer;
use crate::problem::Problem;
use crate::session::trials::device::{Device, Process};
use crate::session::trials::operator::{Asked, Operator, Policy};
use crate::session::{Session, SessionPhase, SignInWish};

/// Longer than an access token lives.
pub const TOKEN_LIFE_S: i64 = 301;

pub struct Phone {
    pub device: Arc<Device>,
    pub core: Arc<CompanionCore>,
    /// The paths that were asked for, in order.
    asked: Arc<Mutex<Vec<String>>>,
}

impl Phone {
    pub fn new(policy: Policy) -> Phone {
        let device = Device::new(Operator::new(policy));
        let core = device.open(None).unwrap();
        let phone = Phone { device, core, asked: Arc::default() };
        phone.clear_way();
        phone
    }

    pub async fn of_emma(policy: Policy) -> Phone {
        let phone = Self::new(policy);
        phone.sign_in("emma").await.unwrap();
        phone
    }

    pub fn session(&self) -> Arc<Session> {
        self.core.session()
    }

    /// Opens the page and walks it, up to the address the browser comes back with.
    pub async fn walk(&self, who: &str) -> String {
        let page = self.session().start(SignInWish::default(), None).await.unwrap();
        self.device.operator().sign_in(&page.url, who)
    }

    pub async fn sign_in(&self, who: &str) -> Result<(), Problem> {
        let callback = self.walk(who).await;
        self.session().finish(callback).await
    }

    /// A call needs a token.
    pub async fn need(&self) -> Result<(), Problem> {
        need(&self.core).await
    }

    /// The API refused the token in use.
    pub async fn refused(&self) -> Result<(), Problem> {
        let session = self.session();
        let used = self.generation();
        let renew = async move { session.renew(used).await.map(|_| ()) };
        self.core.engine.workers.run(renew).await
    }

    pub fn generation(&self) -> u64 {
        self.session().standing().record().unwrap().generation
    }

    pub fn phase(&self) -> SessionPhase {
        self.session().state().phase
    }

    pub fn who(&self) -> Option<String> {
        self.session().standing().record().map(|record| record.sub.clone())
    }

    pub fn pass(&self, seconds: i64) {
        self.device.parts().passed_s += seconds;
    }

    /// The app dies and is opened again.
    pub fn reopen(&mut self) {
        self.device.die();
        self.core = self.device.open(None).unwrap();
    }

    /// Puts something on the way to the operator.
    pub fn set_way<F>(&self, way: F)
    where
        F: Fn(Asked, Arc<Process>) -> BoxFuture<'static, Result<Answer, Failure>> + Send + Sync + 'static,
    {
        let asked = self.asked.clone();
        *self.device.way.lock().unwrap() = Some(Arc::new(move |request, process| {
            asked.lock().unwrap().push(request.path().to_owned());
            way(request, process)
        }));
    }

    pub fn clear_way(&self) {
        self.set_way(|asked, process| process.to_operator(asked).boxed());
    }

    /// Answers of one path are altered on their way back.
    pub fn alter(&self, path: &'static str, change: impl Fn(&mut Value) + Send + Sync + 'static) {
        let change = Arc::new(change);
        self.set_way(move |asked, process| {
            let (is_it, change) = (asked.path() == path, change.clone());
            async move {
                let mut answer = process.to_operator(asked).await?;
                if is_it {
                    let mut document = serde_json::from_slice(&answer.body).unwrap();
                    change(&mut document);
                    answer.body = document.to_string().into_bytes();
                }
                Ok(answer)
            }
            .boxed()
        });
    }

    /// How often a path was asked for.
    pub fn asked(&self, path: &str) -> usize {
        self.asked.lock().unwrap().iter().filter(|asked| *asked == path).count()
    }

    /// Whether something is still to be told to the operator.
    pub fn has_to_revoke(&self) -> bool {
        self.device.parts().items.keys().any(|key| key.starts_with("revoke/"))
    }
}

/// A call that needs a token, on the core's own workers.
pub async fn need(core: &Arc<CompanionCore>) -> Result<(), Problem> {
    let session = core.session();
    core.engine.workers.run(async move { session.access().await.map(|_| ()) }).await
}

/// What the app does in the background when it starts or wakes up.
pub async fn tidy_up(core: &Arc<CompanionCore>) {
    let session = core.session();
    let work = async move {
        session.tidy_up().await;
        Ok(())
    };
    core.engine.workers.run(work).await.unwrap();
}

/// Waits for what happens in the background.
pub async fn until(done: impl Fn() -> bool) {
    for _ in 0..3000 {
        if done() {
            return;
        }
        crate::host::pause(Duration::from_millis(10)).await;
    }
    panic!("it never happened");
}

/// An answer without a body.
pub fn status(status: u16) -> Result<Answer, Failure> {
    Err(Failure::Status { status, retry_after_seconds: None })
}
