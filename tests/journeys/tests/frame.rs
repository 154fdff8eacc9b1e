//! What stands around the screens: the places move with a line that starts, and an app that was ended comes back where it was.
#![allow(clippy::unwrap_used)]

use companion::Problem;
use companion::frame::Place;
use companion_journeys::Phone;
use companion_sandbox::{Sandbox, SandboxOptions};

async fn sandbox() -> Sandbox {
    Sandbox::start(SandboxOptions::default()).await.unwrap()
}

#[tokio::test]
async fn getting_started_has_the_first_place_until_the_line_works() {
    let sandbox = sandbox().await;
    let first = |phone: &Phone| phone.core.frame().bar.first().unwrap().place;

    let newcomer = Phone::new(&sandbox);
    newcomer.sign_in(&sandbox, "nadia").await.unwrap();
    newcomer.core.activation().refresh(None).await.unwrap();
    assert_eq!(first(&newcomer), Place::GettingStarted);

    let regular = Phone::new(&sandbox);
    regular.sign_in(&sandbox, "emma").await.unwrap();
    regular.core.activation().refresh(None).await.unwrap();
    assert_eq!(first(&regular), Place::Usage);
    assert!(regular.core.frame().more.iter().any(|view| view.place == Place::GettingStarted));
}

#[tokio::test]
async fn an_app_that_was_ended_comes_back_where_the_person_was_and_nobody_else_does() {
    let sandbox = sandbox().await;
    let mut phone = Phone::new(&sandbox);
    let kept = |phone: &Phone| phone.core.frame().kept_screen;
    phone.core.keep_screen(Some("usage".to_owned())).await.unwrap();
    assert_eq!(kept(&phone), None, "nobody is signed in");

    phone.sign_in(&sandbox, "emma").await.unwrap();
    let screen = r#"["invoices","invoice/2026-10"]"#;
    phone.core.keep_screen(Some(screen.to_owned())).await.unwrap();
    let too_large = phone.core.keep_screen(Some("x".repeat(1025))).await;
    assert_eq!(too_large, Err(Problem::Unexpected { code: "too_large".to_owned() }));

    phone.reopen();
    assert_eq!(kept(&phone).as_deref(), Some(screen));

    phone.core.session().sign_out().await.unwrap();
    assert_eq!(kept(&phone), None);
    phone.sign_in(&sandbox, "luc").await.unwrap();
    assert_eq!(kept(&phone), None);
    phone.core.keep_screen(Some("help".to_owned())).await.unwrap();
    phone.core.keep_screen(None).await.unwrap();
    phone.reopen();
    assert_eq!(kept(&phone), None);
}
