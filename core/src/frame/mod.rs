//! The frame of an app around the screens: its places, its words, its colours, and the screen the person was on.
//!
//! | room | what it is for |
//! |---|---|
//! | [`places`] | which places the app has, and in which order |
//! | [`labels`] | what stands on buttons, fields and headings |
//! | [`colours`] | light and dark from the operator's two colours |
//! | `screen` | where the person was when the app was ended |

pub mod colours;
pub mod labels;
pub mod places;
mod screen;
#[cfg(test)]
mod tests;

use crate::companion::CompanionCore;
use crate::help::{ContactView, HelpPage, support};
use crate::problem::Problem;

pub use self::colours::Palette;
pub use self::labels::Labels;
pub use self::places::{Place, PlaceView};
pub(crate) use self::screen::{Memory, keeps};

/// What an app draws around its screens.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct FrameView {
    /// The operator's name.
    pub operator_name: String,
    /// The places at the bottom of a phone or at the side of a large window, in their order. The last one is
    /// [`Place::More`]. What the operator does not offer is absent, not greyed.
    pub bar: Vec<PlaceView>,
    /// What lies behind [`Place::More`], in its order.
    pub more: Vec<PlaceView>,
    /// Whom the person can turn to at the operator, the best way first; shown with the help articles.
    pub contacts: Vec<ContactView>,
    /// Pages of the operator's own, shown below the help articles; opened in the browser.
    pub pages: Vec<HelpPage>,
    /// The colours by day.
    pub light: Palette,
    /// The colours in the dark.
    pub dark: Palette,
    /// What [`CompanionCore::keep_screen`] kept for this person, for the first frame of an app that was ended.
    pub kept_screen: Option<String>,
    /// The version of the core, for the settings.
    pub version: String,
}

#[uniffi::export]
impl CompanionCore {
    /// What stands around the screens, from memory. It changes with the topics `Session` and `Activation`: getting started has
    /// the first place until the person's new line works.
    pub fn frame(&self) -> FrameView {
        let (bar, more) =
            places::places(&self.engine.profile, self.activation.state().is_first_place, self.engine.language);
        // Mixing them takes longer than all the rest, and the profile stays the same.
        let (light, dark) = self.colours.get_or_init(|| colours::palettes(&self.engine.profile.brand)).clone();
        FrameView {
            operator_name: self.engine.profile.name.clone(),
            bar,
            more,
            contacts: support::contacts(&self.engine.profile, self.engine.language),
            pages: support::pages(&self.engine.profile, None, self.engine.language),
            light,
            dark,
            kept_screen: self.screen.now().0.kept(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    /// The words of buttons, fields and headings, in the person's language. They do not change while the core is open.
    pub fn labels(&self) -> Labels {
        Labels::of(self.engine.language)
    }

    /// Keeps where the person is, sealed, until they sign out: a text of the app's own of at most 1 KiB, without secrets.
    /// [`FrameView::kept_screen`] gives it back to an app that was ended meanwhile. `None` forgets it. While
    /// nobody is signed in, or the app is locked, nothing is kept.
    ///
    /// Fails with `StorageUnavailable`, and with `Unexpected` (`too_large`).
    pub async fn keep_screen(&self, screen: Option<String>) -> Result<(), Problem> {
        screen::keep(self.engine.clone(), self.session.clone(), self.screen.clone(), screen).await
    }
}
