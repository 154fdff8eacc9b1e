//! A check of a sandbox, and what it sees.

use companion_cli::operator::check::report::{Finding, Report};
use companion_cli::operator::check::walk::{Ended, Wish, check};
use companion_cli::operator::check::way_in::WayIn;
use companion_sandbox::{Sandbox, SandboxOptions};
use serde_json::Value;

/// A sandbox and whoever signs in there.
pub struct Sight {
    pub sandbox: Sandbox,
    pub profile: Value,
    person: &'static str,
    pub write: bool,
}

impl Sight {
    pub async fn of(person: &'static str, options: SandboxOptions) -> Sight {
        let sandbox = Sandbox::start(options).await.unwrap();
        let profile = serde_json::from_str(&sandbox.profile_json()).unwrap();
        Sight { sandbox, profile, person, write: false }
    }

    pub fn wish(&self) -> Wish {
        let card = self.sandbox.person(self.person).unwrap();
        Wish { way_in: WayIn::Form { name: card.number, password: card.password.into() }, write: self.write }
    }

    pub async fn report(&self) -> Report {
        match check(&self.profile.to_string(), &self.wish(), |_| (), std::future::pending()).await.unwrap() {
            Ended::Done(report) => report,
            other => panic!("{other:?}"),
        }
    }
}

/// What a table says of a finding.
pub fn told(finding: &Finding) -> String {
    let level = serde_json::to_value(finding.level).unwrap();
    let Finding { capability, request, at, .. } = finding;
    format!("{} {capability} {request} {at}", level.as_str().unwrap())
}

/// The whole of it, for who reads a failed test.
pub fn in_full(report: &Report) -> String {
    companion_cli::operator::check::layout::lay_out(report, 80, false)
}
