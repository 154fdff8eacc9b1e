//! What a sign-in screen draws.

use crate::text::Text;

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
    /// Why the person must sign in again.
    pub notice: Option<Text>,
}
