//! `companion sign-in`: the operator's page in this computer's browser, which comes back to a port on this machine.

pub mod browser;
pub(crate) mod landing;

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use companion::problem::{Remedy, SignInFailure};
use companion::session::{SignInPage, SignInPurpose, SignInWish};
use companion::text::{Text, messages};
use companion::{CompanionCore, Problem};
use companion_sandbox::agent;

use crate::draw::canvas::{Canvas, Style};
use crate::interrupt::Stops;
use crate::phone::{PhoneArguments, explained};
use crate::terminal;
use landing::Landing;

/// How long the browser may stay away; with an invitation the person makes an account first.
const PATIENCE: Duration = Duration::from_secs(15 * 60);
const PATIENCE_INVITED: Duration = Duration::from_secs(24 * 60 * 60);

/// Sign in at the operator's page
///
/// Opens it in your browser: the one `BROWSER` names, else the system's. The password is typed there and never here.
/// Exit status: 0 signed in; 1 not signed in, by choice or because nobody came back, and nothing has changed; 2 it did not
/// work.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    phone: PhoneArguments,
    /// Print the page's address and open nothing
    #[arg(long)]
    no_browser: bool,
    /// Make an account with your mobile number
    #[arg(long)]
    create_account: bool,
    /// Make an account with the invitation that your employer sent: its link, or the code in the e-mail
    #[arg(long, value_name = "LINK", conflicts_with = "create_account")]
    invitation: Option<String>,
    /// Show once more that it is you, where the operator asks for that: you stay signed in whatever becomes of it
    #[arg(long, conflicts_with_all = ["create_account", "invitation"])]
    step_up: bool,
    /// Let a headless browser fill in the sandbox's page with this mobile number. The password is the first line of the standard
    /// input; the next ones answer what is asked, and without one --invitation is accepted
    #[arg(long, value_name = "NUMBER")]
    sandbox_number: Option<String>,
}

/// How it ended, short of an error.
enum Ending {
    SignedIn,
    NotSignedIn,
}

/// Runs the command.
pub async fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn Error>> {
    let landing = Landing::open(arguments.phone.language()).await?;
    let core = arguments.phone.open(Some(landing.redirect_uri()))?;
    let mut stops = Stops::listen()?;
    let ending = tokio::select! {
        ending = sign_in(&arguments, &core, &landing) => ending,
        _ = stops.status() => {
            explained(&core, core.session().cancel_sign_in().await)?;
            terminal::print("\nStopped. Nothing has changed.\n")?;
            Ok(Ending::NotSignedIn)
        }
    };
    let status = match ending? {
        Ending::SignedIn => {
            let operator = Text::foreign(&core.session().state().operator_name);
            let language = arguments.phone.language();
            let (sentence, next) = if arguments.step_up {
                (messages::terminal_stepped_up(language, &operator), "companion sim")
            } else {
                (messages::terminal_signed_in(language, &operator), "companion usage")
            };
            let mut canvas = Canvas::for_reading(terminal::width(), terminal::colour());
            canvas.text(Style::Plain, &sentence.text);
            canvas.hanging(Style::Quiet, "→ ", next);
            terminal::print(&canvas.finish())?;
            ExitCode::SUCCESS
        }
        Ending::NotSignedIn => ExitCode::from(1),
    };
    core.suspend(5000)?;
    Ok(status)
}

async fn sign_in(arguments: &Arguments, core: &CompanionCore, landing: &Landing) -> Result<Ending, Box<dyn Error>> {
    // Before anything is asked: an answer is read from there too.
    let password = match &arguments.sandbox_number {
        Some(_) => terminal::line_typed().await?.unwrap_or_default(),
        None => String::new(),
    };
    let purpose = match &arguments.invitation {
        Some(invitation) => {
            if !may_go_on(core, invitation, arguments.sandbox_number.is_some()).await? {
                return Ok(Ending::NotSignedIn);
            }
            SignInPurpose::Invitation { invitation: invitation.clone() }
        }
        None if arguments.create_account => SignInPurpose::CreateAccount,
        None if arguments.step_up => SignInPurpose::StepUp,
        None => SignInPurpose::SignIn,
    };
    let mut page = start(core, purpose).await?;
    if !page.comes_back {
        show(&page, arguments.no_browser)?;
        terminal::print("Make your account there. Then press Enter here to sign in with it.\n")?;
        if terminal::line_typed().await?.is_none() {
            terminal::print("Sign in with: companion sign-in\n")?;
            return Ok(Ending::NotSignedIn);
        }
        page = start(core, SignInPurpose::SignIn).await?;
    }
    let outcome = match &arguments.sandbox_number {
        Some(number) => {
            let anchors = arguments.phone.anchors_pem()?;
            let callback = agent::sign_in(&anchors, &page.url, number, password.trim()).await?;
            core.session().finish(callback).await
        }
        None => {
            show(&page, arguments.no_browser)?;
            terminal::print("Waiting for the browser to come back. Ctrl-C stops.\n")?;
            let patience = if arguments.invitation.is_some() { PATIENCE_INVITED } else { PATIENCE };
            match tokio::time::timeout(patience, landing.come_back(core)).await {
                Ok(outcome) => outcome?,
                Err(_) => Err(Problem::SignIn { reason: SignInFailure::AttemptExpired }),
            }
        }
    };
    settle(core, outcome).await
}

async fn start(core: &CompanionCore, purpose: SignInPurpose) -> Result<SignInPage, String> {
    let page = core.session().start(SignInWish { purpose, number: None }, None).await;
    page.map_err(|problem| refused(core, problem))
}

/// What has become of it. Whoever changes their mind has done nothing wrong.
async fn settle(core: &CompanionCore, outcome: Result<(), Problem>) -> Result<Ending, Box<dyn Error>> {
    let Err(problem) = outcome else { return Ok(Ending::SignedIn) };
    match &problem {
        Problem::SignIn { reason: SignInFailure::OtherAccount } => {
            let question = core.explain(problem);
            let (replace, keep) = (question.action.unwrap_or_default(), question.alternative.unwrap_or_default());
            terminal::print(&format!("{}\n{replace} (y) / {keep} (n): ", question.sentence))?;
            if said_yes().await? {
                explained(core, core.session().replace_account().await)?;
                return Ok(Ending::SignedIn);
            }
            explained(core, core.session().keep_account().await)?;
            Ok(Ending::NotSignedIn)
        }
        Problem::SignIn { reason: SignInFailure::Declined | SignInFailure::AttemptExpired } => {
            explained(core, core.session().cancel_sign_in().await)?;
            terminal::print(&format!("{}\n", core.explain(problem).sentence))?;
            Ok(Ending::NotSignedIn)
        }
        _ => Err(refused(core, problem).into()),
    }
}

/// A problem in words, with a letter to the fleet manager where that is what helps.
fn refused(core: &CompanionCore, problem: Problem) -> String {
    let letter = match core.explain(problem.clone()).remedy {
        Some(Remedy::AskEmployer { request }) => Some(core.prepare_request(request, None).share_text),
        _ => None,
    };
    let sentence = explained::<()>(core, Err(problem)).err().unwrap_or_default();
    letter.map_or(sentence.clone(), |letter| format!("{sentence}\n\n{}", letter.trim_end()))
}

/// Asks before anything is done with an invitation. Where nobody is there to answer, `unattended` says what is meant.
async fn may_go_on(core: &CompanionCore, invitation: &str, unattended: bool) -> Result<bool, Box<dyn Error>> {
    let view = core.session().invitation(invitation.to_owned()).map_err(|problem| refused(core, problem))?;
    let notice = view.notice.map(|notice| format!("{}\n", notice.text)).unwrap_or_default();
    let (go_on, not_now) = (view.action.text, view.dismiss.text);
    terminal::print(&format!("{}\n{}\n{notice}{go_on} (y) / {not_now} (n): ", view.title.text, view.sentence.text))?;
    Ok(terminal::line_typed().await?.map_or(unattended, |answer| is_yes(&answer)))
}

/// Prints the page's address, and opens it unless told not to. Where no browser opens, the address is still there.
fn show(page: &SignInPage, only_print: bool) -> std::io::Result<()> {
    let opened = if only_print { None } else { browser::open(&page.url) };
    let intro = match (&opened, only_print) {
        (Some(_), _) => "Your browser opens the operator's page. If it does not, open it yourself:",
        (None, true) => "Open the operator's page in your browser:",
        (None, false) => "No browser could be started. Open the operator's page yourself:",
    };
    terminal::print(&format!("{intro}\n\n  {}\n\n", page.url))?;
    if let Some(mut child) = opened {
        tokio::spawn(async move {
            if browser::failed(&mut child).await {
                terminal::say("The browser could not open the page. Open the address above yourself.");
            }
        });
    }
    Ok(())
}

async fn said_yes() -> Result<bool, Box<dyn Error>> {
    Ok(terminal::line_typed().await?.is_some_and(|answer| is_yes(&answer)))
}

fn is_yes(answer: &str) -> bool {
    matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "j" | "ja" | "o" | "oui")
}
