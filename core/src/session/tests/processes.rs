//! Two processes of one app: the app itself and a widget.

use futures_util::FutureExt;

use super::phone::{Phone, TOKEN_LIFE_S, need, tidy_up, until};
use crate::operator::failure::Failure;
use crate::problem::{Problem, SessionEnd};
use crate::session::SessionPhase;
use crate::session::trials::operator::Policy;

#[tokio::test]
async fn a_revocation_is_told_by_a_process_that_slept_over_the_sign_out() {
    let phone = Phone::of_emma(Policy::Strict).await;
    let widget = phone.device.open(Some("widget")).unwrap();
    assert_eq!(need(&widget).await, Ok(()));
    // Out of reach, so that the revocation waits.
    phone.set_way(|_, _| async { Err(Failure::Connect) }.boxed());
    phone.session().sign_out().await.unwrap();
    until(|| phone.asked("/revoke") > 0).await;
    phone.clear_way();
    assert_eq!(widget.session().state().phase, SessionPhase::SignedIn, "as it believes");
    tidy_up(&widget).await;
    until(|| !phone.has_to_revoke()).await;
    assert_eq!(phone.device.operator().living(), [""; 0], "told, and not only forgotten");
}

#[tokio::test]
async fn a_process_that_slept_over_a_sign_out_sends_nothing_and_shows_nobody() {
    let phone = Phone::of_emma(Policy::Strict).await;
    let widget = phone.device.open(Some("widget")).unwrap();
    assert_eq!(need(&widget).await, Ok(()));
    phone.session().sign_out().await.unwrap();
    until(|| !phone.has_to_revoke()).await;
    phone.pass(TOKEN_LIFE_S);
    let asked = phone.asked("/token");
    assert_eq!(need(&widget).await, Err(Problem::SessionEnded { reason: SessionEnd::SignedOut }));
    assert_eq!((phone.asked("/token"), widget.session().state().phase), (asked, SessionPhase::SignedOut));
}
