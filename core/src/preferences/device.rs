//! What stands between a notification and the person on this phone: the phone's own settings, and whether the operator
//! knows the phone's address. Kept with the person's data, so that the first frame of the next run is right.

use std::sync::{Arc, PoisonError};

use serde::{Deserialize, Serialize};

use super::Preferences;
use super::view::NotificationSettings;
use crate::store::Snapshot;

/// What is known of the phone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Device {
    /// What the phone's settings say, where they were ever told.
    pub settings: Option<NotificationSettings>,
    /// The operator knows the phone's address as this person's.
    pub registered: bool,
}

impl Snapshot for Device {
    const KIND: &'static str = "device";
    const REVISION: u8 = 1;
}

#[uniffi::export]
impl Preferences {
    /// What the phone's own settings say of this app's notifications: at every start, and whenever the app comes to the front.
    ///
    /// Until it is told after a start, what was told last holds: it is kept with the data of the person signed in, and
    /// goes with it. Where it was never told, switches for this phone show what the operator has, and none says
    /// whether a notification would reach the person. Never fails; what could not be kept is told again at the next start.
    pub fn set_notification_settings(self: Arc<Self>, settings: NotificationSettings) {
        *self.told.lock().unwrap_or_else(PoisonError::into_inner) = Some(settings);
        self.redraw();
        if let Ok(workers) = self.engine.workers.handle() {
            crate::workers::spawn(&workers, async move { self.keep_device(None).await });
        }
    }
}

impl Preferences {
    /// What the phone said in this run.
    pub(super) fn told(&self) -> Option<NotificationSettings> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Keeps what is known of the phone, where it is news; `registered` where it has just been seen whether the operator
    /// knows the address.
    pub(super) async fn keep_device(&self, registered: Option<bool>) {
        let Ok(subject) = self.present() else { return };
        let _turn = self.writing.lock().await;
        let known = self.memory().device.clone();
        let device = Device {
            settings: self.told().or(known.settings.clone()),
            registered: registered.unwrap_or(known.registered),
        };
        if device == known || !self.session.is_still(&subject) {
            return;
        }
        self.memory().device = device.clone();
        self.redraw();
        let kept = self.engine.received(device, None, None);
        // A full disk is no reason to say less now.
        let _ = self.session.keep_row(&subject, &subject.key.name(Device::KIND.as_bytes()), &kept).await;
    }
}
