//! What the app lock does when the phone does not help.

use super::phone::Phone;
use crate::session::trials::operator::Policy;

#[tokio::test]
async fn an_app_whose_absence_no_clock_measures_is_locked_when_it_comes_back() {
    for clockless in [false, true] {
        let phone = Phone::of_emma(Policy::Strict).await;
        let lock = phone.core.app_lock();
        lock.clone().turn_on(Some(300)).await.unwrap();
        phone.device.parts().clockless = clockless;
        lock.left_screen();
        phone.device.parts().clockless = false;
        lock.came_back();
        assert_eq!(lock.state().locked, clockless, "away for no time at all, clockless: {clockless}");
        lock.clone().unlock().await.unwrap();
        assert!(!lock.state().locked);
    }
}

#[tokio::test]
async fn no_clock_locks_an_app_that_has_no_lock() {
    let phone = Phone::of_emma(Policy::Strict).await;
    let lock = phone.core.app_lock();
    phone.device.parts().clockless = true;
    lock.left_screen();
    phone.device.parts().clockless = false;
    lock.came_back();
    assert!(!lock.state().locked);
}
