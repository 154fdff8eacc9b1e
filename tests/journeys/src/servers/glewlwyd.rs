//! Glewlwyd, set up and signed in at through its JSON API: its pages are JavaScript that does the same.

use std::path::Path;

use rcgen::KeyPair;
use serde_json::{Value, json};

use super::browser::Browser;
use super::{PASSWORD, PERSON};

/// Fills a server that has only just begun to answer: the OpenID Connect plugin, its client and the person.
pub async fn set_up(mut admin: Browser, origin: &str) {
    // The account every new Glewlwyd has.
    admin.json("POST", &format!("{origin}/api/auth/"), &json!({"username": "admin", "password": "password"})).await;
    let signing = KeyPair::generate().expect("a key");
    let mut plugin = read("plugin.json");
    plugin["parameters"]["iss"] = json!(format!("{origin}/api/oidc"));
    plugin["parameters"]["key"] = json!(signing.serialize_pem());
    plugin["parameters"]["cert"] = json!(signing.public_key_pem());
    admin.json("POST", &format!("{origin}/api/mod/plugin/"), &plugin).await;
    admin.json("PUT", &format!("{origin}/api/scope/openid"), &read("scope.json")).await;
    admin.json("POST", &format!("{origin}/api/client/"), &read("client.json")).await;
    admin.json("POST", &format!("{origin}/api/user/"), &read("user.json")).await;
}

pub async fn sign_in(mut browser: Browser, origin: &str, url: &str) -> String {
    browser.get(url).await.page();
    browser.json("POST", &format!("{origin}/api/auth/"), &json!({"username": PERSON, "password": PASSWORD})).await;
    browser.json("PUT", &format!("{origin}/api/auth/grant/app"), &json!({"scope": "openid"})).await;
    browser.get(&format!("{url}&g_continue")).await.callback()
}

fn read(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../servers/glewlwyd").join(name);
    serde_json::from_slice(&std::fs::read(path).expect("a file")).expect("JSON")
}
