//! `companion session`: who stands where, from what is kept here; the operator is not asked.

use std::process::ExitCode;

use companion::session::{SessionPhase, SessionView};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::phone::PhoneArguments;
use crate::terminal;

/// Show whether you are signed in, and since when
///
/// Exit status: 0 signed in; 1 you must sign in again, or a sign-in waits for the browser; 2 nobody is signed in.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    phone: PhoneArguments,
    /// Print it as JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub async fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let core = arguments.phone.open(None)?;
    let view = core.session().state();
    terminal::print(&if arguments.json { format!("{:#}\n", to_json(&view)) } else { in_words(&view) })?;
    core.suspend(5000)?;
    Ok(ExitCode::from(match view.phase {
        SessionPhase::SignedIn => 0,
        SessionPhase::SigningIn | SessionPhase::SignInAgain => 1,
        SessionPhase::SignedOut => 2,
    }))
}

pub(crate) fn in_words(view: &SessionView) -> String {
    let operator = &view.operator_name;
    let since = since(view)
        .map(|at| {
            format!(" since {}", at.to_zoned_datetime(jiff::tz::get!("Europe/Brussels")).strftime("%-d %B %Y, %H:%M"))
        })
        .unwrap_or_default();
    let phase = match view.phase {
        SessionPhase::SignedIn => format!("Signed in at {operator}{since}."),
        SessionPhase::SigningIn => format!("A sign-in at {operator} waits for the browser."),
        SessionPhase::SignInAgain => {
            format!("Signed in at {operator}{since}, but no longer. Sign in with: companion sign-in")
        }
        SessionPhase::SignedOut => format!("Nobody is signed in at {operator}. Sign in with: companion sign-in"),
    };
    let notice = view.notice.as_ref().map(|notice| format!("{}\n", notice.text)).unwrap_or_default();
    format!("{phase}\n{notice}")
}

/// The view for machines; what is absent is `null`.
pub(crate) fn to_json(view: &SessionView) -> Value {
    let phase = match view.phase {
        SessionPhase::SignedOut => "signed_out",
        SessionPhase::SigningIn => "signing_in",
        SessionPhase::SignedIn => "signed_in",
        SessionPhase::SignInAgain => "sign_in_again",
    };
    json!({
        "phase": phase,
        "operator": view.operator_name,
        "since": since(view).map(|at| at.to_string()),
        "notice": view.notice.as_ref().map(|notice| json!({ "text": notice.text, "spoken": notice.spoken })),
        "other_account_waits": view.other_account.is_some(),
    })
}

fn since(view: &SessionView) -> Option<Timestamp> {
    Timestamp::from_millisecond(view.since_ms?).ok()
}

#[cfg(test)]
mod tests {
    use companion::session::view::SignInScreen;
    use companion::text::Text;

    use super::*;

    fn view(phase: SessionPhase) -> SessionView {
        let text = Text::plain("");
        SessionView {
            revision: 1,
            phase,
            operator_name: "Example Mobile".to_owned(),
            since_ms: Some(1_764_075_900_000),
            notice: Some(Text::plain("It has run out.")),
            other_account: None,
            unsent: None,
            asks_to_sign_in: false,
            sign_in_on_return: false,
            screen: SignInScreen {
                title: text.clone(),
                sign_in_label: text,
                first_time_label: None,
                create_account: None,
                split_bill: None,
            },
        }
    }

    #[test]
    fn every_phase_is_told_in_words_and_to_machines() {
        for (phase, words, code) in [
            (SessionPhase::SignedIn, "Signed in at Example Mobile since 25 November 2025, 14:05.\n", "signed_in"),
            (SessionPhase::SigningIn, "A sign-in at Example Mobile waits", "signing_in"),
            (SessionPhase::SignInAgain, "since 25 November 2025, 14:05, but no longer.", "sign_in_again"),
            (SessionPhase::SignedOut, "Nobody is signed in at Example Mobile.", "signed_out"),
        ] {
            let view = view(phase);
            assert!(in_words(&view).contains(words) && in_words(&view).ends_with("\nIt has run out.\n"), "{phase:?}");
            let json = to_json(&view);
            assert_eq!((json["phase"].as_str(), json["since"].as_str()), (Some(code), Some("2025-11-25T13:05:00Z")));
        }
    }
}
