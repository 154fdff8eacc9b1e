//! What the help screen draws.

use serde::{Deserialize, Serialize};

use crate::operator::profile::ContactWay;
use crate::text::Text;
use crate::text::request::RequestKind;

/// A screen that has help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize, uniffi::Enum)]
#[serde(rename_all = "camelCase")]
pub enum HelpTopic {
    /// This cycle's usage.
    Usage,
    /// Usage alerts.
    Alerts,
    /// The list of invoices, and one invoice.
    Invoices,
    /// Paying an invoice.
    Pay,
    /// Calls over Wi-Fi.
    WifiCalling,
    /// The first days, until the line works.
    GettingStarted,
    /// SIM card, eSIM, PIN and PUK.
    Sim,
    /// Signing in, and making an account.
    SignIn,
    /// What the plan holds.
    Plan,
}

impl HelpTopic {
    /// Every topic.
    pub const ALL: [HelpTopic; 9] = [
        HelpTopic::Usage,
        HelpTopic::Alerts,
        HelpTopic::Invoices,
        HelpTopic::Pay,
        HelpTopic::WifiCalling,
        HelpTopic::GettingStarted,
        HelpTopic::Sim,
        HelpTopic::SignIn,
        HelpTopic::Plan,
    ];
}

/// An article as a row of a list.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct HelpArticleSummary {
    /// What [`crate::help::Help::article`] takes. The same in every language and every version of the app.
    pub id: String,
    /// A few words, without a full stop.
    pub title: Text,
    /// The screens it belongs to, the closest first.
    pub topics: Vec<HelpTopic>,
}

/// An article, to be drawn top to bottom.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct HelpArticle {
    /// Its name: the same in every language and every version of the app.
    pub id: String,
    /// A few words, without a full stop.
    pub title: Text,
    /// The screens it belongs to, the closest first.
    pub topics: Vec<HelpTopic>,
    /// What it says.
    pub blocks: Vec<HelpBlock>,
    /// Articles to read next, best first. Each is there.
    pub related: Vec<HelpArticleSummary>,
    /// Pages of the operator's own about the same, in its order; opened in the browser.
    pub pages: Vec<HelpPage>,
    /// The request to the fleet manager that the article is about: a button that calls
    /// [`crate::CompanionCore::prepare_request`]. Nothing where the article needs none.
    pub request: Option<RequestKind>,
}

/// A page of the operator's own.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct HelpPage {
    /// A few words, without a full stop.
    pub title: Text,
    /// Where it is: https.
    pub url: String,
}

/// A way to turn to the operator.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ContactView {
    /// How they are reached: for the icon.
    pub by: ContactWay,
    /// Who answers.
    pub name: Text,
    /// The number or the address, as it is shown; of a page nothing.
    pub shown: Option<Text>,
    /// When they answer, where the operator says so.
    pub hours: Option<Text>,
    /// What a tap opens: `tel:` (RFC 3966), `mailto:` (RFC 6068) or https.
    pub link: String,
}

/// A part of an article.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum HelpBlock {
    /// One or a few sentences.
    Paragraph {
        /// What it says.
        text: Text,
    },
    /// One thing to do.
    Step {
        /// Its place among the article's steps, from 1.
        number: u32,
        /// What to do.
        text: Text,
    },
    /// What would be hard to undo: drawn so that nobody overlooks it.
    Warning {
        /// What it says.
        text: Text,
    },
}

impl HelpBlock {
    /// What it says, whatever it is.
    pub fn text(&self) -> &Text {
        match self {
            HelpBlock::Paragraph { text } | HelpBlock::Step { text, .. } | HelpBlock::Warning { text } => text,
        }
    }
}
