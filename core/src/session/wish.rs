//! What a person wants when they go to the operator's page, and what the app then opens. Addresses of the operator's
//! pages hold `state`, nonce or an id token, so none of them is written by `Debug`, which ends in logs.

use std::fmt;

/// Why the operator's page is opened.
#[derive(Clone, PartialEq, Eq, Default, uniffi::Enum)]
pub enum SignInPurpose {
    /// Sign in with an account that exists.
    #[default]
    SignIn,
    /// Make an account by mobile number (OpenID Connect Prompt Create 1.0); then sign in with it.
    CreateAccount,
    /// Make an account with the employer's e-mail invitation.
    Invitation {
        /// The invitation's link, or the code in the e-mail. Nothing is redeemed before the person does so on the page.
        invitation: String,
    },
    /// Show once more who is there, after `SignIn { StepUpRequired }` (RFC 9470): on the page of the person who is signed in,
    /// who stays signed in whatever becomes of it.
    StepUp,
}

/// What a person wants when they go to the operator's page.
#[derive(Clone, PartialEq, Eq, Default, uniffi::Record)]
pub struct SignInWish {
    /// Why.
    pub purpose: SignInPurpose,
    /// A mobile number in E.164 to fill in on the page. Only sent where it stays out of the browser's history (RFC 9126).
    #[uniffi(default = None)]
    pub number: Option<String>,
}

/// The operator's page, to be opened in the system browser (RFC 8252); never in a web view.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct SignInPage {
    /// What the browser opens.
    pub url: String,
    /// Where it comes back to; the whole address it comes back with goes to `finish`.
    pub redirect_uri: String,
    /// Whether it comes back by itself. A page for making an account may not: once the person is back, start again to
    /// sign in, in the same browser session.
    pub comes_back: bool,
}

/// After signing out on this phone.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct SignedOut {
    /// The operator's page that also ends the session in the browser, for those who want that (OpenID Connect RP-Initiated
    /// Logout 1.0). Opening it is optional: the next sign-in asks who is there in any case.
    pub end_session_url: Option<String>,
    /// How many notification switches were changed and not sent yet: these changes are dropped. `PreferencesView::waiting`
    /// says it before. 0 where the app lock kept them from being counted.
    pub unsent_changes: u32,
}

impl fmt::Debug for SignInPurpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SignInPurpose::SignIn => "SignIn",
            SignInPurpose::CreateAccount => "CreateAccount",
            SignInPurpose::Invitation { .. } => "Invitation(…)",
            SignInPurpose::StepUp => "StepUp",
        })
    }
}

impl fmt::Debug for SignInWish {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignInWish").field("purpose", &self.purpose).finish_non_exhaustive()
    }
}

impl fmt::Debug for SignInPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignInPage").field("comes_back", &self.comes_back).finish_non_exhaustive()
    }
}

impl fmt::Debug for SignedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignedOut(…)")
    }
}
