//! Kotlin's data classes write every field in `toString()`, which ends in logs and crash reports. A type whose `Debug` the
//! core writes by hand keeps something private; in Kotlin it names itself, and no more.

/// Exported types whose `Debug` is not derived. A test compares them with the core's sources.
const REDACTED: [&str; 12] = [
    "EntitlementView",
    "EsimFieldView",
    "EsimHandoverView",
    "EsimRouteView",
    "Host",
    "PreparedRequest",
    "SignInPage",
    "SignInPurpose",
    "SignInWish",
    "SignedOut",
    "SimSecretView",
    "SimView",
];

/// The generated source with these types redacted.
pub fn redacted(mut source: String) -> Result<String, String> {
    for name in REDACTED {
        let at = body_of(&source, name).ok_or_else(|| format!("no class {name} where one was expected"))?;
        // A final one of a sealed class holds for all of its variants.
        source.insert_str(at, &format!("\n    final override fun toString() = \"{name}(redacted)\"\n"));
    }
    Ok(source)
}

/// Where the body of a data class or sealed class begins.
fn body_of(source: &str, name: &str) -> Option<usize> {
    let (from, end_of_head) = match source.find(&format!("\ndata class {name} (")) {
        Some(from) => (from, "\n)"),
        None => (source.find(&format!("\nsealed class {name}"))?, ""),
    };
    let rest = source.get(from..)?;
    let head = rest.find(end_of_head)?;
    let brace = rest.get(head..)?.find('{')?;
    from.checked_add(head)?.checked_add(brace)?.checked_add(1)
}

#[cfg(test)]
mod tests {
    use super::{REDACTED, redacted};
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn what_writes_its_own_debug_in_the_core_is_redacted_in_kotlin() {
        let mut private = BTreeSet::new();
        read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core/src"), &mut private);
        assert_eq!(private, REDACTED.map(str::to_owned).into());
    }

    /// What the phone lends is made of the app's own objects, of which Swift prints no field.
    #[test]
    fn what_is_redacted_in_kotlin_is_redacted_in_swift() {
        let swift = include_str!("../../swift/Sources/Companion/Redacted.swift");
        let open: Vec<_> =
            REDACTED.iter().filter(|name| !swift.contains(&format!("extension {name}: Redacted {{}}"))).collect();
        assert_eq!(open, [&"Host"]);
    }

    #[test]
    fn a_class_that_is_not_found_is_an_error() {
        assert_eq!(redacted(String::new()).unwrap_err(), "no class EntitlementView where one was expected");
    }

    /// Adds the names of exported types with a `Debug` of their own.
    fn read(path: &Path, private: &mut BTreeSet<String>) {
        if path.is_dir() {
            std::fs::read_dir(path).unwrap().for_each(|entry| read(&entry.unwrap().path(), private));
            return;
        }
        let source = std::fs::read_to_string(path).unwrap();
        let own = |name: &str| source.contains(&format!("fmt::Debug for {name} "));
        let mut exported = false;
        for line in source.lines() {
            if line.starts_with("#[derive(") {
                exported = line.contains("uniffi::Record") || line.contains("uniffi::Enum");
            }
            let named = ["pub struct ", "pub enum "].iter().find_map(|kind| line.strip_prefix(kind));
            if let Some(name) = named.and_then(|named| named.split([' ', '{', '<', '(', ';']).next()) {
                if exported && own(name) {
                    private.insert(name.to_owned());
                }
                exported = false;
            }
        }
    }
}
