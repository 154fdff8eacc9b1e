//! Why a phone got the guide it got, in sentences, for who looks after the guides.

use companion::vowifi::guide::choose::Reason;
use companion::vowifi::guide::model::Skin;

/// One sentence for each reason.
pub(super) fn sentence(reason: &Reason) -> String {
    match reason {
        Reason::Model => "It is for this very model.",
        Reason::Skin(skin) => return format!("It is for {}.", name(*skin)),
        Reason::Maker => "It is for this maker.",
        Reason::Os(version) => return format!("It is for version {version} of the system."),
        Reason::AnyPhone => "Nothing is known of such phones: it is the one for all of the platform.",
        Reason::MenusOfAndroid => "This maker leaves the menus as Android has them.",
        Reason::NoMenusOfVersion => "Nothing is known of the menus of this version.",
        Reason::OsUnknown => "The version of the system was not said, or not understood.",
        Reason::OsNewer => "The system is newer than any known one: it is taken for the last known.",
        Reason::SkinNewer => "What the maker put over Android is newer than any known version of it.",
        Reason::LabelUnknown => "Labels are not known in the language of the menus: the search comes first.",
        Reason::LowConfidence => "Something may be called otherwise on this phone.",
        Reason::LanguageUnknown => "Menus in this language are not known: labels are English.",
        Reason::SimsUnknown => "How many SIMs there are is not known.",
        Reason::OneSim => "There is one SIM: nothing is to be chosen between.",
        Reason::SeveralSims => "There are several SIMs, each with a switch of its own.",
        Reason::Managed => "An administrator manages the phone, and may have locked the switch.",
    }
    .to_owned()
}

fn name(skin: Skin) -> &'static str {
    match skin {
        Skin::OneUi => "One UI",
        Skin::Miui => "MIUI",
        Skin::HyperOs => "HyperOS",
        Skin::ColorOs => "ColorOS",
        Skin::RealmeUi => "realme UI",
        Skin::OxygenOs => "OxygenOS",
        Skin::Emui => "EMUI",
        Skin::MagicOs => "MagicOS",
    }
}
