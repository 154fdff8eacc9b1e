//! All that is wrong with a profile, for whoever writes it.

use std::path::Path;

use companion::operator::profile::Profile;

use super::schema::Schema;
use crate::terminal::{counted, plain};

/// Everything that is wrong with a profile: where, which field, what, and what the field means. None: it is taken.
pub fn told(file: &Path, profile_json: &str) -> Option<String> {
    let faults = Profile::faults(profile_json);
    let count = u64::try_from(faults.len()).ok().filter(|count| *count > 0)?;
    let mut text = format!("the profile {} is refused, {}:", file.display(), counted(count, "fault"));
    for fault in faults {
        text.push_str(&format!("\n  {}:{}: {} {}", fault.line, fault.column, fault.field, fault.reason));
        let meaning = Schema::whole().at(&fault.field).map(Schema::description).filter(|meaning| !meaning.is_empty());
        // What a field means helps who does not know what to write; whoever wrote something knows.
        if let Some(meaning) =
            meaning.filter(|_| fault.reason.starts_with("is missing") || fault.reason.starts_with("is empty"))
        {
            text.push_str(&format!("\n      {meaning}"));
        }
    }
    Some(plain(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_has_a_line_of_its_own_and_what_is_to_be_filled_in_is_explained() {
        let text = include_str!("../../../../core/profiles/telenet-business.json");
        let told = told(Path::new("mine.json"), text).unwrap();
        let lines: Vec<&str> = told.lines().collect();
        assert!(lines[0].starts_with("the profile mine.json is refused, ") && lines[0].ends_with(" faults:"), "{told}");
        let at = lines.iter().position(|line| line.contains("identity.clientId is empty")).unwrap();
        assert!(lines[at].starts_with("  9:"), "{told}");
        assert!(lines[at + 1].starts_with("      ") && lines[at + 1].contains("client"), "{told}");
        assert_eq!(super::told(Path::new("x"), include_str!("../../../../core/profiles/sandbox.json")), None);
        let foreign = super::told(Path::new("x"), "{ \"\u{1b}[2J\": 1 }").unwrap();
        assert!(!foreign.contains('\u{1b}'), "{foreign}");
    }
}
