//! What the sign-in screen, the app lock and the session's own line draw.

use crate::operator::profile::Profile;
use crate::problem::Explanation;
use crate::text::number::Number;
use crate::text::{Language, Text, explain, messages};

/// Where the person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum SessionPhase {
    /// Nobody is signed in.
    SignedOut,
    /// The operator's page was opened and has not come back yet. What was there before is still there.
    SigningIn,
    /// Signed in, as far as we know.
    SignedIn,
    /// The operator ended the session: sign in again. The last figures are still readable.
    SignInAgain,
}

/// The session, for the sign-in screen and for whoever wants to know whether to show it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SessionView {
    /// Grows with every change.
    pub revision: u64,
    /// Where the person stands.
    pub phase: SessionPhase,
    /// The operator's name.
    pub operator_name: String,
    /// When the person signed in whose session or figures are here, in milliseconds since 1970 UTC.
    pub since_ms: Option<i64>,
    /// Why the person must sign in again, or what is the matter with a session that goes on all the same.
    pub notice: Option<Text>,
    /// Somebody else has signed in, and waits for the person's decision: replace or keep the account. It stays on the screen
    /// until the person has decided.
    pub other_account: Option<Explanation>,
    /// What signing out now would lose, for beneath its question: changes that were not sent yet. It is as of the moment this was
    /// pulled; pull it when the question is asked.
    pub unsent: Option<Text>,
    /// The sign-in screen takes the place of everything else, as nobody's figures are here. While the browser is open, what
    /// was there before still is.
    pub asks_to_sign_in: bool,
    /// The page that was opened, where accounts are made, leads nowhere: once the app is on the screen again, `start` with
    /// `SignIn`.
    pub sign_in_on_return: bool,
    /// What the sign-in screen draws.
    pub screen: SignInScreen,
}

/// The sign-in screen, top to bottom.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SignInScreen {
    /// The operator's name.
    pub title: Text,
    /// The main button: opens the operator's page.
    pub sign_in_label: Text,
    /// Above the ways of somebody without an account, where there is one.
    pub first_time_label: Option<Text>,
    /// Button: makes an account with the mobile number; absent where the operator offers none.
    pub create_account: Option<Text>,
    /// For somebody whose employer splits the bill; absent where the operator invites nobody.
    pub split_bill: Option<SplitBillChoice>,
}

/// The way in with an invitation.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SplitBillChoice {
    /// Opens what follows.
    pub label: Text,
    /// What the invitation is.
    pub sentence: Text,
    /// Button: takes the link or the code.
    pub enter_label: Text,
    /// Button: leads to a prepared request to the fleet manager.
    pub lost_label: Text,
}

/// What covers the screens while the app is locked.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct LockScreen {
    /// A few words.
    pub title: Text,
    /// What to do.
    pub sentence: Text,
    /// Button: asks the phone who is there.
    pub action: Text,
}

/// What is the matter with a session that goes on all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionHealth {
    /// Tokens could not be saved: they are in memory only.
    Unsaved,
    /// Renewing has failed for more than a day.
    RenewalFailing,
    /// The phone's clock is off by so many minutes, ahead or behind.
    ClockOff {
        /// Ahead of the operator's when positive.
        minutes: i64,
    },
}

/// The sign-in screen of an operator.
pub fn sign_in_screen(profile: &Profile, language: Language) -> SignInScreen {
    let registers = profile.identity.creates_accounts;
    let invites = profile.identity.invitation.is_some();
    SignInScreen {
        title: Text::foreign(&profile.name),
        sign_in_label: messages::sign_in_with_number(language),
        first_time_label: (registers || invites).then(|| messages::first_time_here(language)),
        create_account: registers.then(|| messages::create_account(language)),
        split_bill: invites.then(|| SplitBillChoice {
            label: messages::split_bill(language),
            sentence: messages::split_bill_sentence(language),
            enter_label: messages::split_bill_enter(language),
            lost_label: messages::split_bill_lost(language),
        }),
    }
}

/// The cover of a locked app.
pub fn lock_screen(language: Language) -> LockScreen {
    LockScreen {
        title: messages::app_locked_title(language),
        sentence: messages::app_locked_sentence(language),
        action: messages::action_unlock(language),
    }
}

/// So many changes that were not sent yet.
pub fn unsent(count: u32, language: Language) -> Option<Text> {
    (count > 0).then(|| messages::sign_out_unsent(language, &Number::whole(language, count.into())))
}

/// The session's health, in one line.
pub fn health_notice(health: SessionHealth, language: Language) -> Text {
    match health {
        SessionHealth::Unsaved => messages::health_unsaved(language),
        SessionHealth::RenewalFailing => messages::health_renewal_failing(language),
        SessionHealth::ClockOff { minutes } => {
            let off = explain::duration(language, minutes.unsigned_abs().saturating_mul(60));
            messages::notice_clock(language, &off)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use serde_json::json;

    use super::*;

    fn profile(registers: bool, invites: bool) -> Profile {
        let mut profile = json!({
            "schema": 1, "id": "example", "name": "Example Mobile", "languages": ["nl"], "timeZone": "Europe/Brussels",
            "identity": { "issuer": "https://id.example", "clientId": "app", "redirectUri": "be.example.app:/signed-in", "scopes": ["openid"] },
            "apis": { "usage": { "baseUrl": "https://api.example/usage", "query": "report-get", "lineFilter": "logicalResource.value" } },
            "capabilities": ["usage"]
        });
        if registers {
            profile["identity"]["createsAccounts"] = json!(true);
        }
        if invites {
            profile["identity"]["invitation"] = json!({
                "link": "https://id.example/invitation", "tokenParameter": "token", "requestParameter": "invitation"
            });
        }
        Profile::parse(&profile.to_string()).unwrap()
    }

    #[test]
    fn the_screens_of_signing_in_speak_four_languages() {
        for language in Language::ALL {
            let mut all = String::new();
            let SignInScreen { title, sign_in_label, first_time_label, create_account, split_bill } =
                sign_in_screen(&profile(true, true), language);
            let SplitBillChoice { label, sentence, enter_label, lost_label } = split_bill.unwrap();
            for text in [title, sign_in_label, first_time_label.unwrap(), create_account.unwrap()] {
                writeln!(all, "{}", text.text).unwrap();
            }
            writeln!(all, "{}\n  {}\n  [{}] [{}]", label.text, sentence.text, enter_label.text, lost_label.text)
                .unwrap();
            let LockScreen { title, sentence, action } = lock_screen(language);
            writeln!(all, "\n{}\n  {}\n  [{}]", title.text, sentence.text, action.text).unwrap();
            for prompt in [messages::unlock_prompt(language), messages::secrets_prompt(language)] {
                writeln!(all, "  ({})", prompt.text).unwrap();
            }
            writeln!(all).unwrap();
            for health in
                [SessionHealth::Unsaved, SessionHealth::RenewalFailing, SessionHealth::ClockOff { minutes: -12 }]
            {
                writeln!(all, "{}", health_notice(health, language).text).unwrap();
            }
            insta::with_settings!({ snapshot_suffix => language.locale() }, { insta::assert_snapshot!("screens", all) });
        }
    }

    /// A way in that the operator does not offer is absent, not greyed.
    #[test]
    fn only_the_ways_in_that_there_are_are_shown() {
        for (registers, invites) in [(false, false), (false, true), (true, false), (true, true)] {
            let screen = sign_in_screen(&profile(registers, invites), Language::English);
            let case = format!("{registers} {invites}");
            assert_eq!(screen.create_account.is_some(), registers, "{case}");
            assert_eq!(screen.split_bill.is_some(), invites, "{case}");
            assert_eq!(screen.first_time_label.is_some(), registers || invites, "{case}");
            assert_eq!(screen.title.text, "Example Mobile");
        }
    }

    #[test]
    fn a_clock_is_as_wrong_ahead_as_behind() {
        for minutes in [7, -7] {
            let notice = health_notice(SessionHealth::ClockOff { minutes }, Language::English);
            assert!(notice.text.contains("7 minutes") && !notice.text.contains('-'), "{}", notice.text);
        }
    }
}
