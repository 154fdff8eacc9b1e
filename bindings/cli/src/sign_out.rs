//! `companion sign-out`: deletes the person's data, keys and tokens here, and tells the operator.

use std::process::ExitCode;
use std::time::Duration;

use companion::SecureStore;

use crate::phone::{PhoneArguments, explained};
use crate::sign_in::browser;
use crate::terminal;

/// How long telling the operator may take; signing out itself waits for no network.
const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(50);

/// Sign out: delete what is kept of you here, and tell the operator
///
/// Works without a network. Exit status: 0 signed out, also when nobody was signed in; 2 something could not be deleted.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    phone: PhoneArguments,
    /// Open the operator's page that signs out of the browser too
    #[arg(long)]
    browser: bool,
}

/// Runs the command.
pub async fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let core = arguments.phone.open(None)?;
    let was_known = core.session().state().since_ms.is_some();
    let signed_out = explained(&core, core.session().sign_out().await)?;
    terminal::print(match was_known {
        true => "Signed out. What was kept of you here is deleted.\n",
        false => "Nobody was signed in.\n",
    })?;
    match signed_out.unsent_changes {
        0 => {}
        1 => terminal::print("One change of your notifications had not been sent yet, and is dropped.\n")?,
        many => {
            terminal::print(&format!("{many} changes of your notifications had not been sent yet, and are dropped.\n"))?
        }
    }
    // A phone's app lives on and tells the operator in the background; this program would end first.
    let store = arguments.phone.secure_store()?;
    let told = async {
        while store.list(String::new()).is_ok_and(|left| !left.is_empty()) {
            tokio::time::sleep(PAUSE).await;
        }
    };
    if tokio::time::timeout(PATIENCE, told).await.is_err() {
        terminal::print("The operator could not be told yet; it will be when you sign in again.\n")?;
    }
    if let (true, Some(url)) = (arguments.browser, signed_out.end_session_url) {
        match browser::open(&url) {
            Some(_) => terminal::print("Your browser opens the operator's page to sign out there too.\n")?,
            None => terminal::print("No browser could be started, so you may still be signed in there.\n")?,
        }
    }
    core.suspend(5000)?;
    Ok(ExitCode::SUCCESS)
}
