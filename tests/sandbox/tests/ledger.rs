//! What a test may count at the token and revocation endpoints.

mod support;

use companion_sandbox::{Sandbox, SandboxOptions, TokenRequest, token_mark};
use serde_json::{Value, json};
use support::App;

fn outline(requests: &[TokenRequest]) -> Vec<(&str, Option<u32>, u16, Option<&str>)> {
    requests.iter().map(|one| (one.grant.as_str(), one.generation, one.status, one.error.as_deref())).collect()
}

#[tokio::test]
async fn token_requests_are_counted_by_grant_and_generation_with_what_became_of_them() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let app = App::of(&sandbox);
    let first = app.signed_in(&sandbox, "emma").await;
    let second = app.refresh(&first.refresh).await.unwrap();
    sandbox.set_faults(serde_json::from_value(json!({ "only": ["/token"], "status": 503 })).unwrap());
    let form = [("grant_type", "refresh_token"), ("client_id", "companion-app"), ("refresh_token", &second.refresh)];
    assert_eq!(app.post_form("/token", &form).await.unwrap().status(), 503);
    sandbox.set_faults(serde_json::from_value(json!({ "refreshLost": true })).unwrap());
    app.post_form("/token", &form).await.unwrap_err();
    sandbox.set_faults(Default::default());
    app.refresh(&second.refresh).await.unwrap_err();
    app.refresh("invented").await.unwrap_err();

    let requests = sandbox.token_requests();
    assert_eq!(
        outline(&requests),
        [
            ("authorization_code", None, 200, None),
            ("refresh_token", Some(1), 200, None),
            ("refresh_token", Some(2), 503, None),
            ("refresh_token", Some(2), 0, None),
            ("refresh_token", Some(2), 400, Some("invalid_grant")),
            ("refresh_token", None, 400, Some("invalid_grant")),
        ]
    );
    assert_eq!(requests[1].token, token_mark(&first.refresh));
    assert_eq!(requests[4].person.as_deref(), Some("emma"));
    assert!(!format!("{requests:?}").contains(&second.refresh));
    sandbox.stop().await;
}

#[tokio::test]
async fn revocations_and_living_sessions_are_counted_by_person() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let app = App::of(&sandbox);
    let tokens = app.signed_in(&sandbox, "emma").await;
    app.signed_in(&sandbox, "emma").await;
    app.signed_in(&sandbox, "luc").await;
    assert_eq!((sandbox.open_sessions("emma"), sandbox.open_sessions("luc")), (2, 1));
    for token in [tokens.access.as_str(), tokens.refresh.as_str(), "invented"] {
        app.post_form("/revoke", &[("client_id", "companion-app"), ("token", token)]).await.unwrap();
    }
    assert_eq!((sandbox.open_sessions("emma"), sandbox.open_sessions("luc")), (1, 1));
    let revocations = sandbox.revocations();
    let kinds: Vec<_> = revocations.iter().map(|one| (one.kind.as_str(), one.person.as_deref(), one.status)).collect();
    assert_eq!(kinds, [("access", Some("emma"), 200), ("refresh", Some("emma"), 200), ("unknown", None, 200)]);

    let control = |path: &str| reqwest::get(format!("{}/control/{path}", sandbox.control_url()));
    let text = control("open-sessions").await.unwrap().text().await.unwrap();
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["emma"], 1);
    let text = control("revocations").await.unwrap().text().await.unwrap();
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap()[1]["kind"], "refresh");
    let text = control("token-requests").await.unwrap().text().await.unwrap();
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap()[0]["grant"], "authorization_code");
    sandbox.stop().await;
}
