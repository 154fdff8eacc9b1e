//! The sign-in of oidc-provider's own pages: a form for the name, one for consent, and a way out of both.

use super::browser::{Browser, Page};
use super::{PASSWORD, PERSON};

pub async fn sign_in(browser: &mut Browser, url: &str) -> String {
    let page = browser.get(url).await.page();
    // Whom the browser still knows is asked for consent alone.
    let consent = if page.body.contains("name=\"login\"") {
        let form = [("prompt", "login"), ("login", PERSON), ("password", PASSWORD)];
        browser.post(&page.action(), &form).await.page()
    } else {
        page
    };
    browser.post(&consent.action(), &[("prompt", "consent")]).await.callback()
}

pub async fn decline(mut browser: Browser, url: &str) -> String {
    let login = browser.get(url).await.page();
    browser.get(&abort(&login)).await.callback()
}

fn abort(page: &Page) -> String {
    page.url.as_str().to_owned() + "/abort"
}
