//! The phone's address for notifications at the operator. It is registered under a name that only this installation and
//! the operator know, so that it can be taken back without anybody being signed in: signing out leaves a tombstone,
//! which is told to the operator as soon as it can be reached.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use url::Url;

use super::Preferences;
use crate::engine::Engine;
use crate::operator::address::address;
use crate::operator::failure::Failure;
use crate::operator::http::{Change, Request, Verb};
use crate::operator::profile::PreferencesApi;
use crate::problem::Problem;
use crate::session::Subject;
use crate::store::{Snapshot, Tombstone};

/// A registration older than this is renewed: services behind it forget an address that is not heard of.
const RENEW_AFTER_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// Longer than a call can be on its way.
const LONGEST_CALL_MS: i64 = 2 * 60 * 1000;

/// Whose notifications the address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, uniffi::Enum)]
pub enum PushPlatform {
    /// Apple Push Notification service.
    Apns,
    /// Firebase Cloud Messaging.
    Fcm,
}

/// The address, as it is kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Address {
    token: String,
    platform: PushPlatform,
    app_version: String,
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Address(…)")
    }
}

impl Snapshot for Address {
    const KIND: &'static str = "push";
    const REVISION: u8 = 1;
}

#[uniffi::export]
impl Preferences {
    /// The phone's address for notifications, whenever the platform gives one: at every start and on rotation. It is on
    /// the disk when this returns, and is told to the operator when there is a network, again every seven days.
    ///
    /// Fails with `StorageUnavailable`, and `SessionEnded` when nobody is signed in.
    pub async fn register_push(
        self: Arc<Self>,
        token: String,
        platform: PushPlatform,
        app_version: String,
    ) -> Result<(), Problem> {
        let this = self.clone();
        let work = async move {
            let subject = this.present()?;
            let address = Address { token, platform, app_version };
            let proposed = this.operation()?;
            let (owner, wanted) = (this.session.owner(&subject), this.session.while_signed_in(&subject));
            if this.engine.store.keep_push(owner, proposed, address, wanted).await? {
                this.keep_device(Some(false)).await;
            }
            if let Ok(workers) = this.engine.workers.handle() {
                crate::workers::spawn(&workers, async move { this.tell_push(&subject).await });
            }
            Ok(())
        };
        self.engine.workers.run_to_end(work).await
    }
}

impl Preferences {
    /// Tells the operator the address, where it does not know it or has not heard of it for long.
    pub(super) async fn tell_push(self: &Arc<Self>, subject: &Subject) {
        let Some(api) = self.engine.profile.apis.preferences.as_ref().filter(|api| api.push_registration) else {
            return;
        };
        let _one_at_a_time = self.turn_of("push").lock_owned().await;
        let store = &self.engine.store;
        let Ok(kept) = store.push::<Address>(self.session.owner(subject)).await else { return };
        let mut registered = kept.as_ref().is_some_and(|push| push.told_ms.is_some());
        let now_ms = self.engine.now_ms();
        let fresh = |told_ms: i64| (0..RENEW_AFTER_MS).contains(&now_ms.saturating_sub(told_ms));
        if let Some(push) = kept.filter(|push| !push.told_ms.is_some_and(fresh)) {
            // Before it leaves: a tombstone knows by this that it may still be on its way.
            if store.push_sent(&push, now_ms).await != Ok(true) {
                return;
            }
            let taken = self.put(api, &push.registration, &push.address).await;
            if !self.session.is_still(subject) {
                // Whose it was has left, and what was taken back before this arrived may be there again.
                return Tombstones::flush(&self.engine);
            }
            if taken {
                match store.push_told(&push, self.engine.now_ms()).await {
                    Ok(true) => registered = true,
                    // Another address has come meanwhile, and whoever brought it waits for this turn.
                    Ok(false) | Err(_) => return,
                }
            }
        }
        if self.session.is_still(subject) {
            self.keep_device(Some(registered)).await;
        }
    }

    async fn put(&self, api: &PreferencesApi, registration: &str, address: &Address) -> bool {
        let Some(url) = at(api, registration) else { return false };
        let platform = match address.platform {
            PushPlatform::Apns => "apns",
            PushPlatform::Fcm => "fcm",
        };
        let body = serde_json::json!({
            "@type": "PushRegistration", "token": address.token, "platform": platform, "appVersion": address.app_version,
        });
        let change = Change { verb: Verb::Put, ..Change::default() };
        let body = Some(("application/json", body.to_string().into_bytes()));
        let answered = self.session.change(&url, change, body).await;
        answered.is_ok_and(|answer| (200..300).contains(&answer.status))
    }
}

/// Addresses of people who are gone from this phone.
#[derive(Debug)]
pub(crate) struct Tombstones;

impl Tombstones {
    /// Tells the operator of them, in the background; those it cannot be told of wait for the next time.
    pub fn flush(engine: &Arc<Engine>) {
        let Ok(workers) = engine.workers.handle() else { return };
        let engine = engine.clone();
        crate::workers::spawn(&workers, async move {
            let Some(api) = engine.profile.apis.preferences.as_ref() else { return };
            let Ok(tombstones) = engine.store.push_tombstones().await else { return };
            for Tombstone { registration, sent_ms } in tombstones {
                let Some(url) = at(api, &registration) else { continue };
                let change = Some(Change { verb: Verb::Delete, ..Change::default() });
                // One of them that is in a bad way holds up no other.
                match engine.http.send_once(&Request { change, ..Request::get(&url) }).await {
                    // One that is not known is gone as well, unless it has yet to arrive.
                    Ok(answer) if matches!(answer.status, 200..=299 | 404 | 410) => {
                        let now_ms = engine.now_ms();
                        let on_its_way = |sent_ms: i64| {
                            (-LONGEST_CALL_MS..LONGEST_CALL_MS).contains(&now_ms.saturating_sub(sent_ms))
                        };
                        if !sent_ms.is_some_and(on_its_way) {
                            let _ = engine.store.push_gone(registration).await;
                        }
                    }
                    Ok(_) | Err(Failure::Status { retry_after_seconds: None, .. } | Failure::Portal) => {}
                    Err(_) => return,
                }
            }
        });
    }
}

fn at(api: &PreferencesApi, registration: &str) -> Option<Url> {
    address(&api.base_url, &["pushRegistration", registration]).ok()
}
