//! The sign-in of Keycloak: a form for name and password, and one for consent.

use super::browser::{Browser, Page};
use super::{PASSWORD, PERSON};

pub async fn sign_in(mut browser: Browser, url: &str) -> String {
    let consent = log_in(&mut browser, url).await;
    answer(&mut browser, &consent, "accept").await
}

pub async fn decline(mut browser: Browser, url: &str) -> String {
    let consent = log_in(&mut browser, url).await;
    answer(&mut browser, &consent, "cancel").await
}

async fn log_in(browser: &mut Browser, url: &str) -> Page {
    let login = browser.get(url).await.page();
    browser.post(&login.action(), &[("username", PERSON), ("password", PASSWORD)]).await.page()
}

async fn answer(browser: &mut Browser, consent: &Page, button: &str) -> String {
    let code = consent.hidden("code");
    browser.post(&consent.action(), &[("code", &code), (button, "Yes")]).await.callback()
}
