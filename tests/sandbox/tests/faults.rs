//! Every fault does what its name says, and no more.

mod support;

use std::time::Duration;

use companion_sandbox::{Faults, Sandbox, SandboxOptions};
use support::App;

#[tokio::test]
async fn a_cut_off_operator_closes_open_and_new_connections_and_comes_back() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let app = App::of(&sandbox);
    let emma = sandbox.person("emma").unwrap();
    let tokens = app.signed_in(&sandbox, "emma").await;
    assert_eq!(app.usage(&emma.number, &tokens).send().await.unwrap().status(), 200);
    let before = sandbox.requests().len();

    sandbox.set_faults(Faults { cut_off: true, ..Faults::default() });
    for _ in 0..3 {
        let request = app.usage(&emma.number, &tokens).timeout(Duration::from_secs(5));
        let error = request.send().await.unwrap_err();
        assert!(!error.is_timeout(), "{error:?}");
    }
    assert_eq!(sandbox.requests().len(), before);

    sandbox.set_faults(Faults::default());
    assert_eq!(app.usage(&emma.number, &tokens).send().await.unwrap().status(), 200);
    sandbox.stop().await;
}
