//! Parts of a refresh that have nothing to do with each other, on the model phone.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::FutureExt;
use serde_json::{Value, json};

use crate::cancel::CancelToken;
use crate::session::SignInWish;
use crate::session::trials::device::{Device, Process};
use crate::session::trials::operator::{Asked, Operator, Policy};

#[tokio::test]
async fn services_that_are_never_answered_keep_nobody_from_newer_guides() {
    let device = Device::new(Operator::new(Policy::Strict));
    let mut profile: Value = serde_json::from_str(&device.profile.lock().unwrap()).unwrap();
    profile["apis"]["wifiCalling"] = json!({
        "networks": ["00101"], "serviceBaseUrl": "https://api.example/services",
        "guideUrl": "https://api.example/guides.json",
        "guideKeys": [{ "id": "2026", "ed25519": "A".repeat(43) + "=" }],
    });
    profile["capabilities"] = json!(["usage", "wifiCalling"]);
    *device.profile.lock().unwrap() = profile.to_string();
    let core = device.open(None).unwrap();
    let page = core.session().start(SignInWish::default(), None).await.unwrap();
    let callback = device.operator().sign_in(&page.url, "emma");
    core.session().finish(callback).await.unwrap();
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let seen = asked.clone();
    let way = move |request: Asked, process: Arc<Process>| {
        let path = request.path().to_owned();
        seen.lock().unwrap().push(path.clone());
        match path.as_str() {
            "/guides.json" => Process::to_operator(process, request).boxed(),
            // Who asks for services asks for the lines first.
            _ => futures_util::future::pending().boxed(),
        }
    };
    *device.way.lock().unwrap() = Some(Arc::new(way));
    let cancel = CancelToken::new();
    let asking = tokio::spawn(core.wifi_calling().refresh(Some(cancel.clone())));
    let is_asked = |wanted: &str| asked.lock().unwrap().iter().any(|path| path == wanted);
    let guides_are_asked_for = async {
        while !is_asked("/guides.json") {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), guides_are_asked_for).await.unwrap();
    cancel.cancel();
    assert!(asking.await.unwrap().is_err());
}
