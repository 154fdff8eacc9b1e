//! The map of the app: four places at the bottom, the rest behind the last one. Until a new line works, getting started
//! comes first.

use crate::operator::profile::{Capability, Profile};
use crate::text::messages as m;
use crate::text::{Language, Text};

/// A place of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Place {
    /// The way of a new line until it works.
    GettingStarted,
    /// What is left of the bundles.
    Usage,
    /// The person's own invoices.
    Invoices,
    /// Calls over Wi-Fi.
    WifiCalling,
    /// PIN and PUK.
    Sim,
    /// What the person is told of, and how.
    Notifications,
    /// The plan.
    Plan,
    /// The articles.
    Help,
    /// App lock, sign-out, version.
    Settings,
    /// Everything that has no place of its own at the bottom.
    More,
}

/// A place with its name.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PlaceView {
    /// Which place it is: for the icon, and for where it leads.
    pub place: Place,
    /// Its name, over its screen and in lists.
    pub label: Text,
    /// Its name in the bar, where five stand beside each other; spoken as the whole.
    pub short: Text,
}

/// The places of the bar, and those behind its last one.
pub(super) fn places(profile: &Profile, starting_first: bool, language: Language) -> (Vec<PlaceView>, Vec<PlaceView>) {
    let drawn = |places: &[Place]| {
        let offered = places.iter().filter(|place| is_offered(**place, profile));
        offered.map(|place| view(*place, language)).collect()
    };
    let bar = [Place::Usage, Place::Invoices, Place::WifiCalling, Place::More];
    let more = [Place::Sim, Place::Notifications, Place::Plan, Place::Help, Place::Settings];
    let starting = [Place::GettingStarted];
    let join = |first: &[Place], then: &[Place]| drawn(&[first, then].concat());
    if starting_first { (join(&starting, &bar), drawn(&more)) } else { (drawn(&bar), join(&starting, &more)) }
}

/// Whether an operator offers what a place is for.
fn is_offered(place: Place, profile: &Profile) -> bool {
    let activation = profile.apis.activation.as_ref();
    let has_part = match place {
        Place::GettingStarted => activation.is_some_and(|api| api.order_base_url.is_some()),
        Place::Sim => activation.is_some_and(|api| api.resource_base_url.is_some()),
        _ => true,
    };
    has_part && needs(place).is_none_or(|capability| profile.offers(capability))
}

/// What an operator must offer for a place to be there.
fn needs(place: Place) -> Option<Capability> {
    match place {
        Place::Usage => Some(Capability::Usage),
        Place::Invoices => Some(Capability::Invoices),
        Place::WifiCalling => Some(Capability::WifiCalling),
        Place::GettingStarted | Place::Sim => Some(Capability::Activation),
        Place::Notifications => Some(Capability::Notifications),
        Place::Plan => Some(Capability::Plan),
        Place::Help | Place::Settings | Place::More => None,
    }
}

fn view(place: Place, language: Language) -> PlaceView {
    let label = label(place, language);
    let short = match place {
        Place::Usage => m::place_usage_short(language).text,
        Place::GettingStarted => m::place_getting_started_short(language).text,
        _ => label.text.clone(),
    };
    PlaceView { place, short: Text { text: short, spoken: label.spoken.clone() }, label }
}

fn label(place: Place, language: Language) -> Text {
    match place {
        Place::GettingStarted => m::place_getting_started(language),
        Place::Usage => m::place_usage(language),
        Place::Invoices => m::place_invoices(language),
        Place::WifiCalling => m::place_wifi_calling(language),
        Place::Sim => m::place_sim(language),
        Place::Notifications => m::place_notifications(language),
        Place::Plan => m::place_plan(language),
        Place::Help => m::place_help(language),
        Place::Settings => m::place_settings(language),
        Place::More => m::place_more(language),
    }
}
