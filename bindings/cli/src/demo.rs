//! `companion demo`: the whole line on one machine. Signs in, shows usage, loses the network, still shows it.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use companion::{CompanionCore, CoreConfig, Host};
use companion_sandbox::{Faults, OperatorName, Sandbox, SandboxOptions, agent};

use crate::draw;
use crate::host::{FileStore, HandClock};
use crate::terminal;

/// How long the operator stays away in the demo.
const AWAY_S: i64 = 90 * 60;

/// What `companion demo` takes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// fr, nl, en or de
    #[arg(long, value_name = "LANG", default_value = "en")]
    language: String,
    /// Which operator it is at: one of the profiles in core/profiles
    #[arg(long, value_enum, value_name = "NAME", default_value_t = OperatorName::Sandbox)]
    operator: OperatorName,
    /// Who signs in: emma, luc, nadia, tom or ines
    #[arg(long, value_name = "NAME", default_value = "emma")]
    person: String,
}

/// Runs the command.
pub async fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let began = Instant::now();
    let step = |text: &str| terminal::print(&format!("[{:>4} ms] {text}\n", began.elapsed().as_millis()));

    step("Starting the sandbox operator")?;
    let sandbox = Sandbox::start(SandboxOptions::of(arguments.operator)).await?;
    let person = sandbox.person(&arguments.person).ok_or("the sandbox knows emma, luc, nadia, tom and ines")?;
    step(&format!("The operator is at {} (OpenID Connect, TMF677, TMF637, over TLS)", sandbox.origin()))?;

    let folder = tempfile::tempdir()?;
    let clock = Arc::new(HandClock::at(sandbox.now().as_millisecond()));
    let open = || {
        let secure_store = Arc::new(FileStore::open(&folder.path().join("secure")).map_err(|error| error.to_string())?);
        let config = CoreConfig {
            data_dir: folder.path().join("data").to_string_lossy().into_owned(),
            profile_json: sandbox.profile_json(),
            languages: vec![arguments.language.clone()],
            redirect_uri: None,
            process: None,
        };
        CompanionCore::open(config, Host::new(secure_store, clock.clone())).map_err(|problem| problem.to_string())
    };
    let core = open()?;
    step("Opened the core: nobody is signed in")?;

    let page = core.session().start(Default::default(), None).await?;
    step(&format!("The core asks for the operator's page: code flow with PKCE S256, back to {}", page.redirect_uri))?;
    let callback = agent::sign_in(&sandbox.ca_pem(), &page.url, &person.number, &person.password).await?;
    step(&format!("{} signed in there with {} and a password the core never sees", person.name, person.number))?;
    core.session().finish(callback).await?;
    step("The core exchanged the code: signed in")?;

    core.usage().refresh(None).await?;
    step("The core asked for usage:")?;
    show(&core)?;

    sandbox.set_faults(Faults { cut_off: true, ..Faults::default() });
    clock.advance(AWAY_S);
    sandbox.advance(AWAY_S);
    step("Cut the operator off, and let an hour and a half pass. Refreshing:")?;
    let Err(problem) = core.usage().refresh(None).await else {
        return Err("the operator still answers, although it is cut off".into());
    };
    let problem_name = format!("{problem:?}");
    step(&format!("The refresh failed ({problem_name}); the same figures, marked with age and reason:"))?;
    show(&core)?;

    core.suspend(5000)?;
    drop(core);
    let core = open()?;
    step("Closed the core and opened it again, still without a network. It reads from the sealed store:")?;
    show(&core)?;

    let requests = sandbox.requests();
    step("What happened, as the operator saw it:")?;
    for request in &requests {
        terminal::print(&format!("            {} {:<6} {}\n", request.status, request.method, request.path))?;
    }
    let took = began.elapsed().as_millis();
    terminal::print(&format!(
        "\nSigned in, saw the figures, lost the network, still saw them, honestly dated. All in {took} ms.\n\
         Next: `companion sandbox` keeps such an operator running; `companion usage` shows it; `companion --help`.\n"
    ))?;
    sandbox.stop().await;
    Ok(ExitCode::SUCCESS)
}

fn show(core: &CompanionCore) -> std::io::Result<()> {
    let drawn = draw::usage(&core.usage().state(), terminal::width().min(100), terminal::colour());
    terminal::print(&format!("\n{drawn}\n"))
}
