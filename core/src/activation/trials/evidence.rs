//! A search for secrets in everything that is written or said, in every form in which bytes come out of careless code: as they
//! are, in groups, as base64, as hexadecimal, as the decimal numbers of a list, and as a card stores its number.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// What was written or said, and where.
#[derive(Default)]
pub struct Evidence(Vec<(String, Vec<u8>)>);

impl Evidence {
    /// Texts.
    pub fn says(&mut self, place: &str, text: impl Into<String>) {
        let text = text.into();
        // Digits in groups are digits all the same.
        let ungrouped = text.replace([' ', '\u{a0}', '\u{202f}', '-', '.'], "");
        self.0.push((place.to_owned(), text.into_bytes()));
        self.0.push((format!("{place}, ungrouped"), ungrouped.into_bytes()));
    }

    /// Bytes.
    pub fn holds(&mut self, place: &str, bytes: Vec<u8>) {
        self.0.push((place.to_owned(), bytes));
    }

    /// Every file below a folder, with its name.
    pub fn lies_in(&mut self, folder: &Path) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                self.lies_in(&path);
            } else {
                self.holds(&format!("file {name}"), std::fs::read(&path).unwrap());
            }
            self.says("file name", name);
        }
    }

    /// Where something was found, under which name and in which form.
    pub fn leaks(&self, search: &Search) -> Vec<String> {
        let found =
            |(place, bytes): &(String, Vec<u8>)| search.in_bytes(bytes).map(|what| format!("{what} in {place}"));
        self.0.iter().filter_map(found).collect()
    }

    /// How many bytes were searched in such places.
    pub fn size_of(&self, place: &str) -> usize {
        self.0.iter().filter(|(name, _)| name.starts_with(place)).map(|(_, bytes)| bytes.len()).sum()
    }
}

/// What is searched for.
pub struct Search {
    /// Each form of each secret in lower case, with what it is.
    needles: Vec<(Vec<u8>, String)>,
    /// The two bytes that any of them begins with: most places are passed by a look at these.
    begins: Vec<bool>,
}

impl Search {
    /// For secrets by name.
    pub fn of(secrets: &[(&str, &str)]) -> Search {
        let mut needles = Vec::new();
        for (name, secret) in secrets {
            for (form, text) in forms(secret) {
                needles.push((text.to_ascii_lowercase().into_bytes(), format!("{name} as {form}")));
            }
        }
        let mut begins = vec![false; 1 << 16];
        needles.iter().for_each(|(needle, _)| begins[first_two(needle)] = true);
        Search { needles, begins }
    }

    fn in_bytes(&self, bytes: &[u8]) -> Option<&str> {
        let bytes = bytes.to_ascii_lowercase();
        let here = |rest: &[u8]| self.needles.iter().find(|(needle, _)| rest.starts_with(needle));
        (1..bytes.len())
            .map(|at| &bytes[at - 1..])
            .filter(|rest| self.begins[first_two(rest)])
            .find_map(here)
            .map(|(_, what)| what.as_str())
    }
}

fn first_two(bytes: &[u8]) -> usize {
    (usize::from(bytes[0]) << 8) | usize::from(bytes[1])
}

/// The forms of a secret.
pub fn forms(secret: &str) -> Vec<(&'static str, String)> {
    let bytes = secret.as_bytes();
    let decimal = |between| bytes.iter().map(u8::to_string).collect::<Vec<_>>().join(between);
    let mut forms = vec![
        ("it is", secret.to_owned()),
        ("hexadecimal", bytes.iter().map(|byte| format!("{byte:02x}")).collect()),
        ("a list of bytes", decimal(", ")),
        ("a JSON list of bytes", decimal(",")),
    ];
    for offset in 0..3 {
        // The same bytes read otherwise by where they stand; what depends on their neighbours is left out.
        let shifted = [&vec![0; offset], bytes].concat();
        let (from, to) = ((offset * 8).div_ceil(6), shifted.len() * 8 / 6);
        forms.push(("base64", STANDARD_NO_PAD.encode(&shifted)[from..to].to_owned()));
        forms.push(("base64url", URL_SAFE_NO_PAD.encode(&shifted)[from..to].to_owned()));
    }
    if secret.len() > 8 && secret.bytes().all(|byte| byte.is_ascii_digit()) {
        let swapped = bytes.chunks(2).flat_map(|pair| [*pair.get(1).unwrap_or(&b'F'), pair[0]]).map(char::from);
        forms.push(("a card stores it", swapped.collect()));
    }
    forms
}

#[test]
fn the_search_finds_each_secret_in_each_form_in_each_place_and_nothing_where_there_is_nothing() {
    let secrets = [("PIN", "71935"), ("ICCID", "8932050000000000013"), ("code", "LPA:1$smdp.example.com$KANARIE$$1")];
    let search = Search::of(&secrets);
    let noise = |inside: &[u8]| [b"before \x00\xff", inside, b"\xfe after"].concat();
    let mut tried = 0;
    for (name, secret) in secrets {
        for (form, written) in forms(secret) {
            for written in [written.clone(), written.to_uppercase()] {
                let mut evidence = Evidence::default();
                evidence.holds("somewhere", noise(written.as_bytes()));
                let leaks = evidence.leaks(&search);
                assert_eq!(leaks.len(), 1, "{name} as {form}: {written}");
                assert!(leaks[0].starts_with(name), "{leaks:?}");
                tried += 1;
            }
        }
        // Base64 and lists as libraries write them, with anything before it.
        for before in ["", "x", "xy", "xyz"] {
            let whole = format!("{before}{secret}...");
            for written in
                [STANDARD_NO_PAD.encode(&whole), URL_SAFE_NO_PAD.encode(&whole), format!("{:?}", whole.as_bytes())]
            {
                let mut evidence = Evidence::default();
                evidence.says("somewhere", written.clone());
                assert!(!evidence.leaks(&search).is_empty(), "{name}: {written}");
            }
        }
    }
    assert!(tried > 60);
    for grouped in ["7 19 35", "8932 0500 0000 0000 013", "89\u{a0}32-0500.0000\u{202f}0000013"] {
        let mut evidence = Evidence::default();
        evidence.says("somewhere", grouped);
        assert_eq!(evidence.leaks(&search).len(), 1, "{grouped}");
    }
    let mut evidence = Evidence::default();
    for innocent in ["", "7", "7193", "ending in 0013", "smdp.example.com", "89320500000000000"] {
        evidence.says("somewhere", innocent);
    }
    assert_eq!(evidence.leaks(&search), [""; 0]);
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("deep")).unwrap();
    std::fs::write(folder.path().join("deep/a"), noise(b"71935")).unwrap();
    std::fs::write(folder.path().join("8932050000000000013"), "").unwrap();
    let mut evidence = Evidence::default();
    evidence.lies_in(folder.path());
    let leaks = evidence.leaks(&search);
    assert!(leaks.contains(&"PIN as it is in file a".to_owned()), "{leaks:?}");
    assert!(leaks.contains(&"ICCID as it is in file name".to_owned()), "{leaks:?}");
}
