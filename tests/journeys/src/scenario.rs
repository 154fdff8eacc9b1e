//! Plays the scenes of `tests/scenarios`, the same files that Swift and Kotlin play: told once, true in all languages.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use companion_sandbox::{Faults, Sandbox, Scene};
use serde::Deserialize;

use crate::{Phone, facts, name_of};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    title: String,
    language: String,
    scene: Scene,
    person: String,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    SignIn(bool),
    Refresh(String),
    Expect(BTreeMap<String, String>),
    Faults(Box<Faults>),
    AdvanceSeconds(i64),
    Reopen(bool),
}

/// All scenario files.
pub fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios");
    let entries = std::fs::read_dir(folder).expect("tests/scenarios");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    files
}

/// Plays one file; panics at the first step that differs.
pub async fn play(file: &Path, sandbox: &Sandbox) {
    let text = std::fs::read_to_string(file).expect("a file");
    let scenario: Scenario = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    sandbox.scene(&scenario.scene);
    let now = scenario.scene.now.unwrap_or_else(|| sandbox.now()).to_string();
    let mut phone = Phone::with(&sandbox.profile_json(), &scenario.language, &now).at(sandbox);
    for (index, step) in scenario.steps.into_iter().enumerate() {
        let place = format!("{}, step {}", scenario.title, index + 1);
        match step {
            Step::SignIn(true) => phone.sign_in(sandbox, &scenario.person).await.expect("signed in"),
            Step::Refresh(expected) => {
                let outcome = phone.refresh().await;
                assert_eq!(outcome.as_ref().map_or_else(name_of, |()| "ok"), expected, "{place}");
            }
            Step::Expect(expected) => {
                let facts = facts(&phone.core.usage().state());
                for (name, text) in expected {
                    assert_eq!(facts.get(&name), Some(&text), "{place}: {name} of {facts:#?}");
                }
            }
            Step::Faults(faults) => sandbox.set_faults(*faults),
            Step::AdvanceSeconds(seconds) => {
                phone.clock.advance(seconds);
                sandbox.advance(seconds);
            }
            Step::Reopen(true) => phone.reopen(),
            Step::SignIn(false) | Step::Reopen(false) => panic!("{place} does nothing"),
        }
    }
}
