//! What types cannot say of a guide file: that nothing is claimed without a source, that whatever is referred to is there, and
//! that the network is asked within bounds, whatever a file says. A file with a fault is not used.

mod network;
mod references;

use std::collections::BTreeSet;
use std::fmt;

use super::file::Place;
use super::model::{Confidence, GuideFile, Id, Match, Menus, Platform, RouteKind, StepKind};

/// A fault and its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {rule}")]
pub struct Fault {
    /// Where.
    pub place: Place,
    /// What rule is broken there.
    pub rule: Rule,
}

/// What a file must keep to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum Rule {
    /// Guides, labels, operators and gateways say where they are from.
    #[error("it has no source")]
    NoSource,
    /// What is sure was read in strings or on pages of the vendor.
    #[error("its sources are not worth that confidence")]
    NotWorthIt,
    /// A label that is not known is `"unknown"`, never an empty list.
    #[error("it has no variant, and does not say unknown")]
    NoVariant,
    /// Variants differ.
    #[error("a variant comes twice")]
    SameVariant,
    /// French and Dutch that are alike, and unlike the English, were copied by mistake.
    #[error("the French is the Dutch")]
    FrenchIsDutch,
    /// An id or a code stands for one thing.
    #[error("it comes twice")]
    Twice,
    /// What is referred to is there.
    #[error("it refers to something that is not there")]
    Dangling,
    /// This core has the text.
    #[error("its text is not known")]
    UnknownText,
    /// A range begins before it ends.
    #[error("its range is empty")]
    EmptyRange,
    /// A guide fits some phones.
    #[error("it fits no phone")]
    FitsNothing,
    /// Each platform has one guide for every phone.
    #[error("a platform has not one guide for every phone")]
    NoGeneric,
    /// A route has steps and ends at its switch, a search with the words.
    #[error("it does not lead there")]
    LeadsNowhere,
    /// A guide was not checked after the file was issued, and a file does not expire before it is issued.
    #[error("its dates contradict one another")]
    Dates,
    /// A gateway is named by a lower-case name in the DNS with a point, never by an address, never the emergency one.
    #[error("it is no host that may be asked")]
    Host,
    /// The bounds within which the network may be asked.
    #[error("it is out of bounds")]
    OutOfBounds,
    /// A code of country and network is five or six digits.
    #[error("it is no code of country and network")]
    Plmn,
}

/// Every fault of a file, in its order.
pub fn faults(file: &GuideFile) -> Vec<Fault> {
    let mut faults = Faults { file, found: Vec::new() };
    if file.expires <= file.issued {
        faults.add("expires", Rule::Dates);
    }
    faults.sources();
    faults.labels();
    faults.routes();
    faults.guides();
    faults.generic();
    references::check(&mut faults);
    network::check(&mut faults);
    faults.found
}

struct Faults<'f> {
    file: &'f GuideFile,
    found: Vec<Fault>,
}

impl Faults<'_> {
    fn add(&mut self, place: impl fmt::Display, rule: Rule) {
        self.found.push(Fault { place: Place::new(&place.to_string()), rule });
    }

    fn require(&mut self, holds: bool, place: impl fmt::Display, rule: Rule) {
        if !holds {
            self.add(place, rule);
        }
    }

    /// Ids of one kind are each there once.
    fn once<'i>(&mut self, kind: &str, ids: impl Iterator<Item = &'i str>) {
        let mut seen = BTreeSet::new();
        for (index, id) in ids.enumerate() {
            self.require(seen.insert(id), format_args!("{kind}[{index}]"), Rule::Twice);
        }
    }

    /// A claim has sources, and each is in the table.
    fn sourced(&mut self, sources: &[Id], place: &str) {
        self.require(!sources.is_empty(), place, Rule::NoSource);
        let known = |id: &Id| self.file.sources.iter().any(|source| source.id == *id);
        let all = sources.iter().all(known);
        self.require(all, place, Rule::Dangling);
    }

    fn text(&mut self, key: &str, place: &str) {
        self.require(super::keys::is_known(key), place, Rule::UnknownText);
    }

    fn sources(&mut self) {
        let file = self.file;
        self.once("sources", file.sources.iter().map(|source| source.id.as_str()));
    }

    fn labels(&mut self) {
        let file = self.file;
        self.once("labels", file.labels.iter().map(|set| set.id.as_str()));
        for set in &file.labels {
            let of = &set.labels;
            for (language, wording) in [("en", &of.en), ("fr", &of.fr), ("nl", &of.nl), ("de", &of.de)] {
                let Some(known) = wording.known() else { continue };
                let place = format!("labels.{}.{language}", set.id.as_str());
                self.require(!known.variants.is_empty(), &place, Rule::NoVariant);
                let different: BTreeSet<_> = known.variants.iter().collect();
                self.require(different.len() == known.variants.len(), &place, Rule::SameVariant);
                self.sourced(&known.sources, &place);
                let mut own = file.sources.iter().filter(|source| known.sources.contains(&source.id));
                let is_worth_it = known.confidence < Confidence::High || own.any(|source| source.kind.is_first_hand());
                self.require(is_worth_it, &place, Rule::NotWorthIt);
            }
            let variants = |wording: &super::model::Wording| wording.known().map(|known| known.variants.clone());
            let (en, fr, nl) = (variants(&of.en), variants(&of.fr), variants(&of.nl));
            let is_copied = fr.is_some() && fr == nl && fr != en;
            self.require(!is_copied, format_args!("labels.{}", set.id.as_str()), Rule::FrenchIsDutch);
        }
    }

    fn routes(&mut self) {
        let file = self.file;
        self.once("routes", file.routes.iter().map(|route| route.id.as_str()));
        for route in &file.routes {
            let place = format!("routes.{}", route.id.as_str());
            self.once(&format!("{place}.steps"), route.steps.iter().map(|step| step.id.as_str()));
            let last = route.steps.last().map(|step| step.kind);
            let leads = match route.kind {
                RouteKind::Search => last == Some(StepKind::Type),
                RouteKind::Settings | RouteKind::PhoneApp | RouteKind::Tile | RouteKind::OtherDevices => {
                    matches!(last, Some(StepKind::Switch | StepKind::Sim))
                }
            };
            self.require(leads, &place, Rule::LeadsNowhere);
        }
    }

    fn guides(&mut self) {
        let file = self.file;
        self.once("guides", file.guides.iter().map(|guide| guide.id.as_str()));
        for guide in &file.guides {
            let place = format!("guides.{}", guide.id.as_str());
            self.sourced(&guide.sources, &place);
            let issued_on = jiff::tz::TimeZone::UTC.to_datetime(file.issued).date();
            self.require(guide.checked_on <= issued_on, &place, Rule::Dates);
            self.require(!guide.matches.is_empty(), &place, Rule::FitsNothing);
            for (index, one) in guide.matches.iter().enumerate() {
                let place = format!("{place}.matches[{index}]");
                let is_ordered = |min: Option<u16>, max: Option<u16>| min.zip(max).is_none_or(|(min, max)| min <= max);
                let ranges = is_ordered(one.os_min, one.os_max)
                    && is_ordered(one.os_min, one.os_seen_to)
                    && is_ordered(one.os_seen_to, one.os_max)
                    && is_ordered(one.skin_min, one.skin_max)
                    && is_ordered(one.skin_min, one.skin_seen_to)
                    && is_ordered(one.skin_seen_to, one.skin_max);
                self.require(ranges, &place, Rule::EmptyRange);
                let has_skin_range = one.skin_min.or(one.skin_max).or(one.skin_seen_to).is_some();
                self.require(!has_skin_range || !one.skin.is_empty(), &place, Rule::EmptyRange);
                let is_folded =
                    one.maker.iter().chain(&one.brand).all(|name| name.as_str() == name.as_str().to_lowercase());
                self.require(is_folded, &place, Rule::FitsNothing);
                self.require(one.plmns.iter().all(|plmn| network::is_plmn(plmn.as_str())), &place, Rule::Plmn);
            }
        }
    }

    /// For every phone there is a guide, and the search, on each platform.
    fn generic(&mut self) {
        let file = self.file;
        for (platform, name) in [(Platform::Ios, "ios"), (Platform::Android, "android")] {
            let of_platform = file.guides.iter().filter(|guide| guide.platform == platform);
            let generic = of_platform.filter(|guide| guide.matches.iter().any(|one| *one == Match::default())).count();
            self.require(generic == 1, "guides", Rule::NoGeneric);
            let search = file.search_route(platform);
            let place = format!("search.{name}");
            self.require(search.is_some(), &place, Rule::Dangling);
            self.require(search.is_none_or(|route| route.kind == RouteKind::Search), &place, Rule::LeadsNowhere);
        }
        for guide in &file.guides {
            let place = format!("guides.{}", guide.id.as_str());
            let searches = |route: &Id| file.route(route).is_some_and(|route| route.kind == RouteKind::Search);
            if let Menus::Own(own) = &guide.menus {
                let twice = own.ways.iter().any(|way| searches(&way.route));
                self.require(!twice, &place, Rule::Twice);
            }
        }
    }
}

#[cfg(test)]
mod tests;
