//! Which guide a phone gets. The same phone and file always give the same guide, in the words of the phone's own language, with
//! how sure each of them is and why this guide was taken.

mod fit;
mod route;

use std::cmp::Reverse;

use super::model::{Confidence, Emergency, EmergencyAnswer, Expected, Guide, GuideFile, Id, InEach, Menus, Operator};
use super::model::{RouteKind, Skin, Together, Verify, Way};
use super::phone::{Phone, Seen};
use crate::text::Language;
use fit::Fit;

pub use route::{ChosenRoute, ChosenStep, ShownLabel, StepLabel};

/// The guide of a phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its name.
    pub guide: Id,
    /// The guide whose menus the phone has, where that is another.
    pub menus_of: Option<Id>,
    /// Its language: that of the phone, where the file has it.
    pub language: Language,
    /// The ways to the switch, the one to begin with first.
    pub routes: Vec<ChosenRoute>,
    /// What airplane mode is called. None: not known.
    pub airplane: Option<ShownLabel>,
    /// What else is to be said, as keys of texts.
    pub notes: Vec<String>,
    /// What is known of the operator of each SIM that the phone names, in the phone's order.
    pub sims: Vec<SimOperator>,
    /// Why this guide, and what was not known.
    pub reasons: Vec<Reason>,
}

/// A SIM and its operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimOperator {
    /// Country and network code. None: the phone's was none.
    pub plmn: Option<String>,
    /// The operator's name in the file. None: the file does not know it.
    pub operator: Option<Id>,
}

/// Why a choice is as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The guide is for this very model.
    Model,
    /// The guide is for the skin.
    Skin(Skin),
    /// The guide is for the maker.
    Maker,
    /// The guide is for the version of the system, by its main number.
    Os(u16),
    /// Nothing is known of such phones: the guide is the one for all of the platform.
    AnyPhone,
    /// The maker leaves the menus as Android has them.
    MenusOfAndroid,
    /// Nothing is known of the menus of this version.
    NoMenusOfVersion,
    /// The version of the system was not said, or not understood.
    OsUnknown,
    /// The system is newer than anything known: it is taken for the last one known.
    OsNewer,
    /// The skin is newer than anything known.
    SkinNewer,
    /// Labels are not known in the phone's language: it is told none, and begins with the search.
    LabelUnknown,
    /// Something may be called otherwise on this phone.
    LowConfidence,
    /// The phone's language is none of the product's: labels are English.
    LanguageUnknown,
    /// How many SIMs there are is not known.
    SimsUnknown,
    /// One SIM: nothing is to be chosen between.
    OneSim,
    /// Each SIM has a switch of its own.
    SeveralSims,
    /// An administrator manages the phone, and may have locked the switch.
    Managed,
}

/// Chooses a guide. None: the file has none for every phone of the platform, which a checked file has.
pub fn choose(file: &GuideFile, phone: &Phone) -> Option<Choice> {
    let seen = Seen::of(phone);
    let of_platform = file.guides.iter().filter(|guide| guide.platform == seen.platform);
    let (guide, fit) = of_platform
        .filter_map(|guide| Some((guide, Fit::best(guide.matches.iter().filter_map(|one| Fit::of(one, &seen)))?)))
        .max_by_key(|(guide, fit)| (fit.score(), rank(guide)))?;
    let menus = Menu::of(file, guide, fit, &seen);
    let language = seen.language.unwrap_or(Language::English);

    let mut routes = Vec::new();
    for way in &menus.ways {
        let sure =
            way.confidence.as_ref().map_or(menus.cap(language), |own| (*own.of(language)).min(menus.limit(language)));
        routes.extend(
            file.route(&way.route)
                .map(|route| ChosenRoute::of(file, route, language, seen.sims, sure, menus.cap(language))),
        );
    }
    let search = file.search_route(seen.platform);
    let search =
        search.map(|route| ChosenRoute::of(file, route, language, seen.sims, Confidence::High, Confidence::High));
    // The search comes before whatever cannot be named, and before all when the best way cannot.
    let begins_with_search = routes.first().is_some_and(|route| !route.is_complete());
    routes.extend(search);
    routes.sort_by_key(|route| match route.kind {
        RouteKind::OtherDevices => 3,
        RouteKind::Search => 1,
        RouteKind::Settings | RouteKind::PhoneApp | RouteKind::Tile if begins_with_search || !route.is_complete() => 2,
        RouteKind::Settings | RouteKind::PhoneApp | RouteKind::Tile => 0,
    });

    let cap = menus.cap(language);
    let airplane = file.label(&guide.airplane).and_then(|set| ShownLabel::of(set, language, cap));
    let reasons = reasons(phone, &seen, fit, &menus, &routes, airplane.as_ref());
    Some(Choice {
        guide: guide.id.clone(),
        menus_of: menus.of.map(|other| other.id.clone()),
        language,
        routes,
        airplane,
        notes: guide.notes.iter().map(|note| note.as_str().to_owned()).collect(),
        sims: seen.plmns.iter().map(|plmn| sim(file, plmn.as_deref())).collect(),
        reasons,
    })
}

/// Of guides that fit alike: the higher priority, the newer check, and the name, so that the order of the file says nothing.
fn rank(guide: &Guide) -> (u8, jiff::civil::Date, Reverse<&Id>) {
    (guide.priority, guide.checked_on, Reverse(&guide.id))
}

/// The menus of the phone: the guide's own, or those of a family.
struct Menu<'f> {
    ways: Vec<&'f Way>,
    /// The guide of the family, where it is another.
    of: Option<&'f Guide>,
    /// The most that is claimed.
    caps: Vec<&'f InEach<Confidence>>,
    is_os_newer: bool,
    is_skin_newer: bool,
    is_missing: bool,
}

impl<'f> Menu<'f> {
    fn of(file: &'f GuideFile, guide: &'f Guide, fit: Fit, seen: &Seen) -> Self {
        let mut menu = Menu {
            ways: Vec::new(),
            of: None,
            caps: vec![&guide.confidence],
            is_os_newer: fit.is_os_newer,
            is_skin_newer: fit.is_skin_newer,
            is_missing: false,
        };
        match &guide.menus {
            Menus::Own(own) => menu.ways.extend(&own.ways),
            Menus::As(family) => {
                let of_version = file
                    .family(guide.platform, family)
                    .filter_map(|guide| {
                        Some((guide, Fit::best(guide.matches.iter().filter_map(|one| Fit::of_os(one, seen)))?))
                    })
                    .max_by_key(|(guide, _)| rank(guide));
                match of_version {
                    None => menu.is_missing = true,
                    Some((other, fit)) => {
                        menu.of = Some(other);
                        menu.caps.push(&other.confidence);
                        menu.is_os_newer |= fit.is_os_newer;
                        if let Menus::Own(own) = &other.menus {
                            menu.ways.extend(&own.ways);
                        }
                    }
                }
            }
        }
        menu
    }

    /// The most that is claimed in a language.
    fn cap(&self, language: Language) -> Confidence {
        let least = self.caps.iter().map(|cap| *cap.of(language)).min().unwrap_or(Confidence::Low);
        least.min(self.newer())
    }

    /// The most that is claimed where a way speaks for itself within its own guide.
    fn limit(&self, language: Language) -> Confidence {
        let of_delegating = self.of.and(self.caps.first()).map_or(Confidence::High, |cap| *cap.of(language));
        of_delegating.min(self.newer())
    }

    fn newer(&self) -> Confidence {
        if self.is_os_newer || self.is_skin_newer { Confidence::Low } else { Confidence::High }
    }
}

fn sim(file: &GuideFile, plmn: Option<&str>) -> SimOperator {
    let operator = plmn.and_then(|plmn| file.operator(plmn)).map(|operator| operator.id.clone());
    SimOperator { plmn: plmn.map(str::to_owned), operator }
}

fn reasons(
    phone: &Phone,
    seen: &Seen,
    fit: Fit,
    menus: &Menu<'_>,
    routes: &[ChosenRoute],
    airplane: Option<&ShownLabel>,
) -> Vec<Reason> {
    let is_low = |confidence: Confidence| confidence == Confidence::Low;
    let labels = || routes.iter().flat_map(|route| &route.steps).filter_map(ChosenStep::shown).chain(airplane);
    let searches_first = routes.first().is_some_and(|route| route.kind == RouteKind::Search);
    let said = [
        (fit.model, Reason::Model),
        (fit.maker, Reason::Maker),
        (fit.score() == 0, Reason::AnyPhone),
        (menus.of.is_some(), Reason::MenusOfAndroid),
        (menus.is_missing, Reason::NoMenusOfVersion),
        (seen.os.is_none(), Reason::OsUnknown),
        (menus.is_os_newer, Reason::OsNewer),
        (menus.is_skin_newer, Reason::SkinNewer),
        (searches_first && !menus.ways.is_empty(), Reason::LabelUnknown),
        (
            labels().any(|label| is_low(label.confidence)) || routes.iter().any(|route| is_low(route.confidence)),
            Reason::LowConfidence,
        ),
        (seen.language.is_none(), Reason::LanguageUnknown),
        (seen.sims.is_none(), Reason::SimsUnknown),
        (seen.sims == Some(Together::One), Reason::OneSim),
        (seen.sims == Some(Together::Two), Reason::SeveralSims),
        (phone.is_managed, Reason::Managed),
    ];
    let mut reasons: Vec<_> = said.into_iter().filter_map(|(holds, reason)| holds.then_some(reason)).collect();
    reasons.extend(seen.skin.filter(|_| fit.skin).map(Reason::Skin));
    let by_os = fit.os || menus.of.is_some();
    reasons.extend(seen.os.filter(|_| by_os).map(Reason::Os));
    reasons.sort_unstable();
    reasons
}

/// Whether emergency calls of this operator go over Wi-Fi on this phone.
pub fn emergency_over_wifi(operator: &Operator, phone: &Phone) -> EmergencyAnswer {
    let seen = Seen::of(phone);
    let mut answers = operator.emergency_over_wifi.iter();
    let of_phone = |one: &&Emergency| one.maker.is_empty() || seen.is_made_by(&one.maker);
    answers.find(of_phone).map_or(EmergencyAnswer::Unknown, |one| one.answer)
}

/// What is seen on this phone when a step of the proof works.
pub fn expected<'f>(step: &'f Verify, phone: &Phone) -> Option<&'f Expected> {
    let seen = Seen::of(phone);
    let is_of =
        |one: &&Expected| one.platform == phone.platform && (one.maker.is_empty() || seen.is_made_by(&one.maker));
    step.expected.iter().find(is_of)
}

#[cfg(test)]
mod tests;
