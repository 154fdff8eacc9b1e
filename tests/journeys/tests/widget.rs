//! The widget's snapshot, as the app leaves it in the folder.

use companion::usage::widget::{WidgetView, widget_view};
use companion_journeys::Phone;
use companion_sandbox::{Sandbox, SandboxOptions};

async fn sandbox() -> Sandbox {
    Sandbox::start(SandboxOptions::default()).await.unwrap()
}

fn shown(phone: &Phone) -> WidgetView {
    widget_view(phone.data.path().to_string_lossy().into_owned(), phone.clock.wall_ms())
}

fn headline(phone: &Phone) -> Option<String> {
    shown(phone).figures.map(|figures| figures.headline)
}

#[tokio::test]
async fn after_a_refresh_the_widget_shows_what_the_screen_shows() {
    let sandbox = sandbox().await;
    let phone = Phone::loaded(&sandbox, "emma").await;
    let hero = phone.core.usage().state().lines.remove(0).hero.unwrap();
    assert_eq!(headline(&phone), Some(hero.headline.text));
    sandbox.advance(7 * 24 * 3600);
    phone.clock.advance(7 * 24 * 3600);
    let alone = shown(&phone).figures.unwrap();
    assert_eq!(alone.headline, "No data for this period yet", "it is December by now");
    phone.refresh().await.unwrap();
    assert!(headline(&phone).unwrap().contains("left"));
}

#[tokio::test]
async fn who_signs_out_leaves_nothing_on_the_home_screen() {
    let sandbox = sandbox().await;
    let phone = Phone::loaded(&sandbox, "emma").await;
    assert!(headline(&phone).is_some());
    phone.core.session().sign_out().await.unwrap();
    assert_eq!(shown(&phone), WidgetView { figures: None, next_ms: None });
}

#[tokio::test]
async fn with_the_app_lock_on_the_home_screen_tells_nothing() {
    let sandbox = sandbox().await;
    let phone = Phone::loaded(&sandbox, "emma").await;
    phone.core.app_lock().turn_on(Some(300)).await.unwrap();
    assert_eq!(headline(&phone), None);
    phone.refresh().await.unwrap();
    assert_eq!(headline(&phone), None, "also after a refresh, while the app itself is open");
    phone.core.app_lock().turn_off().await.unwrap();
    phone.refresh().await.unwrap();
    assert!(headline(&phone).is_some());
}
