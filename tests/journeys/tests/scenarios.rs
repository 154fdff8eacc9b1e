//! Every scenario file, played by Rust.

use companion_journeys::scenario;
use companion_sandbox::{Sandbox, SandboxOptions};

#[tokio::test]
async fn every_scenario_plays_as_written() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let files = scenario::files();
    assert!(!files.is_empty());
    for file in files {
        scenario::play(&file, &sandbox).await;
    }
}
