//! The sign-in of nanoidp: one form, no consent, and no way to decline.

use super::browser::Browser;
use super::{PASSWORD, PERSON};

pub async fn sign_in(mut browser: Browser, url: &str) -> String {
    let login = browser.get(url).await.page();
    let transaction = login.hidden("transaction_id");
    let form = [("username", PERSON), ("password", PASSWORD), ("transaction_id", &transaction)];
    browser.post(login.url.as_str(), &form).await.callback()
}
