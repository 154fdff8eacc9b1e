//! Help beside the articles, from the profile: the operator's own pages, and whom a person can turn to.

use super::view::{ContactView, HelpPage, HelpTopic};
use crate::operator::profile::{Capability, Contact, ContactWay, Localised, Profile, SupportPage};
use crate::text::{Language, Text};

/// Whom a person can turn to, the best way first.
pub(crate) fn contacts(profile: &Profile, language: Language) -> Vec<ContactView> {
    profile.support.contacts.iter().map(|contact| contact_view(contact, profile, language)).collect()
}

/// The pages of these topics, or all of them, in the operator's order. One about what is not offered is absent.
pub(crate) fn pages(profile: &Profile, topics: Option<&[HelpTopic]>, language: Language) -> Vec<HelpPage> {
    let is_wanted = |page: &&SupportPage| match (page.topic, topics) {
        (Some(topic), _) if needs(topic).is_some_and(|capability| !profile.offers(capability)) => false,
        (Some(topic), Some(topics)) => topics.contains(&topic),
        (None, Some(_)) => false,
        (_, None) => true,
    };
    let said = |text: &Localised| text.in_language(language, &profile.languages).to_owned();
    let drawn = |page: &SupportPage| HelpPage { title: Text::foreign(&said(&page.title)), url: said(&page.url) };
    profile.support.pages.iter().filter(is_wanted).map(drawn).collect()
}

fn contact_view(contact: &Contact, profile: &Profile, language: Language) -> ContactView {
    let said = |text: &Localised| Text::foreign(text.in_language(language, &profile.languages));
    let to = &contact.to;
    ContactView {
        by: contact.by,
        name: said(&contact.name),
        shown: (contact.by != ContactWay::Page).then(|| Text::foreign(to)),
        hours: contact.hours.as_ref().map(said),
        link: match contact.by {
            ContactWay::Phone => format!("tel:{to}"),
            ContactWay::Email => format!("mailto:{to}"),
            ContactWay::Page => to.clone(),
        },
    }
}

/// What an operator must offer for a screen to be there.
fn needs(topic: HelpTopic) -> Option<Capability> {
    match topic {
        HelpTopic::Usage | HelpTopic::Alerts => Some(Capability::Usage),
        HelpTopic::Invoices | HelpTopic::Pay => Some(Capability::Invoices),
        HelpTopic::WifiCalling => Some(Capability::WifiCalling),
        HelpTopic::GettingStarted | HelpTopic::Sim => Some(Capability::Activation),
        HelpTopic::Plan => Some(Capability::Plan),
        HelpTopic::SignIn => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(text: &str) -> Profile {
        Profile::parse(text).unwrap()
    }

    #[test]
    fn contacts_are_drawn_with_what_a_tap_opens() {
        let meuse = profile(include_str!("../../profiles/v4-meuse.json"));
        let drawn: Vec<_> = contacts(&meuse, Language::German)
            .into_iter()
            .map(|contact| {
                (contact.name.text, contact.shown.unwrap().text, contact.hours.map(|it| it.text), contact.link)
            })
            .collect();
        let text = str::to_owned;
        assert_eq!(
            drawn,
            [
                (
                    text("Kundendienst für Unternehmen"),
                    text("+320000000"),
                    Some(text("Mo–Fr 8–18 Uhr")),
                    text("tel:+320000000")
                ),
                (text("Kundendienst"), text("aide@meuse.example"), None, text("mailto:aide@meuse.example")),
            ]
        );
        let polder = profile(include_str!("../../profiles/prepaid-polder.json"));
        let chat = contacts(&polder, Language::French).remove(0);
        // French is none of its languages.
        assert_eq!(
            (chat.name.text.as_str(), chat.shown, chat.link.as_str()),
            ("Chat met ons", None, "https://www.polder.example/chat")
        );
    }

    #[test]
    fn pages_are_those_of_what_is_offered_and_of_the_topics_asked_for() {
        let titles = |name: &str, topics: Option<&[HelpTopic]>| {
            let shipped = match name {
                "meuse" => include_str!("../../profiles/v4-meuse.json"),
                _ => include_str!("../../profiles/prepaid-polder.json"),
            };
            let drawn = pages(&profile(shipped), topics, Language::Dutch).into_iter();
            drawn.map(|page| page.title.text).collect::<Vec<_>>()
        };
        assert_eq!(titles("meuse", None), ["Tarieven in het buitenland", "Storingen"]);
        assert_eq!(titles("meuse", Some(&[HelpTopic::Pay, HelpTopic::Invoices])), ["Tarieven in het buitenland"]);
        assert!(titles("meuse", Some(&[HelpTopic::Usage])).is_empty());
        assert_eq!(titles("polder", None), ["Herladen"]);
        assert!(titles("polder", Some(&[HelpTopic::WifiCalling])).is_empty());
        let meuse = profile(include_str!("../../profiles/v4-meuse.json"));
        let network = pages(&meuse, None, Language::German).remove(1);
        assert_eq!(
            (network.title.text.as_str(), network.url.as_str()),
            ("Netzstörungen", "https://www.meuse.example/fr/reseau")
        );
    }
}
