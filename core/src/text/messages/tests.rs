//! The four files against the catalogue of the code: same keys, same arguments, no error in any plural form.

use std::collections::BTreeSet;

use fluent_syntax::ast::Entry;

use super::*;

/// Values that select each variant of every message.
const NUMBERS: [&str; 16] = ["0", "1", "1.5", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "100", "12345"];
const WORDS: [&str; 10] =
    ["today", "yesterday", "tomorrow", "date", "national", "international", "eu", "world", "am", "pm"];

type Declared = (&'static str, &'static [(&'static str, &'static str)]);

/// Every key of the code, whichever file declares it.
fn catalogue() -> Vec<Declared> {
    let all = [
        CATALOGUE,
        getting_started::CATALOGUE,
        invoices::CATALOGUE,
        labels::CATALOGUE,
        problems::CATALOGUE,
        terminal::CATALOGUE,
        wifi_calling::CATALOGUE,
    ];
    all.concat()
}

fn keys(language: Language, shelves: &[Shelf]) -> Vec<String> {
    shelves
        .iter()
        .map(|shelf| source(language, *shelf))
        .flat_map(|source| {
            let resource = fluent_syntax::parser::parse(source.as_str()).expect("a locale file parses without error");
            resource
                .body
                .into_iter()
                .filter_map(|entry| match entry {
                    Entry::Message(message) => Some(message.id.name.to_owned()),
                    Entry::Term(_) => panic!("terms are not used: a sentence stands on its own"),
                    _ => None,
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn the_four_languages_have_exactly_the_keys_of_the_code() {
    let expected: BTreeSet<String> = catalogue().iter().map(|(key, _)| (*key).to_owned()).collect();
    assert_eq!(expected.len(), catalogue().len(), "a key is declared twice");
    for language in Language::ALL {
        const DECLARED: [Shelf; 5] =
            [Shelf::Screens, Shelf::WifiCalling, Shelf::GettingStarted, Shelf::Labels, Shelf::Terminal];
        let found = keys(language, &DECLARED);
        let unique: BTreeSet<String> = found.iter().cloned().collect();
        assert_eq!(found.len(), unique.len(), "{language:?} has a key twice");
        let missing: Vec<_> = expected.difference(&unique).collect();
        let unknown: Vec<_> = unique.difference(&expected).collect();
        assert!(missing.is_empty() && unknown.is_empty(), "{language:?} lacks {missing:?}, has unknown {unknown:?}");
    }
}

/// The help is data: its articles name their texts.
#[test]
fn the_four_languages_have_exactly_the_texts_that_the_articles_of_the_help_name() {
    let named = crate::help::articles::ARTICLES.iter().flat_map(|article| {
        let blocks = article.blocks.iter().map(|block| block.key.to_owned());
        blocks.chain(["title", "words"].map(|of| format!("help-{}-{of}", article.id)))
    });
    let expected: BTreeSet<String> = named.filter(|key| shelf(key) == Shelf::Help).collect();
    assert!(expected.len() > 90, "{}", expected.len());
    for language in Language::ALL {
        let found = keys(language, &[Shelf::Help]);
        let unique: BTreeSet<String> = found.iter().cloned().collect();
        assert_eq!(found.len(), unique.len(), "{language:?} has a key twice");
        assert_eq!(unique, expected, "{language:?}");
    }
}

#[test]
fn a_text_stands_on_the_shelf_it_is_looked_for_on() {
    for language in Language::ALL {
        for (key, declared) in catalogue() {
            assert!(bundle(language, shelf(key)).has_message(key), "{language:?} {key}");
            if declared.is_empty() {
                assert_eq!(of_key(language, key), Some(say(language, key, &[])), "{key}");
            }
        }
        for nothing in ["nothing", "wifi-nothing", "help-nothing"] {
            assert_eq!(of_key(language, nothing), None);
        }
        assert_eq!(of_key(language, "wifi-your-phone"), None, "it needs an argument");
    }
}

#[test]
fn every_message_formats_in_every_plural_form_and_uses_every_text() {
    for language in Language::ALL {
        for (key, declared) in catalogue() {
            // Texts that must show up in the drawn or the spoken form, unless the message only chooses by them.
            let mut unseen: BTreeSet<&str> =
                declared.iter().filter(|(_, kind)| *kind == "&Text").map(|(name, _)| *name).collect();
            for number in NUMBERS {
                for word in WORDS {
                    let texts: Vec<Text> = declared.iter().map(|(name, _)| Text::plain(format!("<{name}>"))).collect();
                    let numbers: Vec<Number> = declared
                        .iter()
                        .map(|(name, _)| Number { text: Text::plain(format!("<{name}>")), plain: number.to_owned() })
                        .collect();
                    let args: Vec<NamedArg<'_>> = declared
                        .iter()
                        .enumerate()
                        .map(|(at, (name, kind))| {
                            let arg = match *kind {
                                "&Text" => Arg::Text(&texts[at]),
                                "&Number" => Arg::Number(&numbers[at]),
                                "&'static str" => Arg::Word(word),
                                other => panic!("{key} has an argument of unknown kind {other}"),
                            };
                            (*name, &*format!("{name}-n").leak(), arg)
                        })
                        .collect();
                    let mut errors = Vec::new();
                    let said = say_or_key(language, key, &args, &mut errors);
                    assert!(errors.is_empty(), "{language:?} {key}: {errors:?}");
                    for form in [&said.text, &said.spoken] {
                        assert!(!form.is_empty() && !form.contains(['{', '}']), "{language:?} {key}: {form}");
                        assert!(!form.contains(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}']), "{language:?} {key}");
                        assert!(!form.contains("  ") && form.trim() == form, "{language:?} {key}: {form:?}");
                        unseen.retain(|name| !form.contains(&format!("<{name}>")));
                    }
                    assert!(!said.spoken.contains(['•', '–', '…', '<', '>'].as_slice()) || said.spoken.contains('<'));
                }
            }
            // German says "14 Uhr 3" where English says "2:03": the two-digit minutes are English only.
            unseen.remove(if key == "time-spoken" { "minutes" } else { "" });
            assert!(unseen.is_empty(), "{language:?} {key} never shows {unseen:?}");
        }
    }
}

/// The texts of a language as they stand in its files, without what only searches read.
fn written(folder: &str) -> Vec<String> {
    let path = format!("{}/locales/{folder}", env!("CARGO_MANIFEST_DIR"));
    let files = std::fs::read_dir(path).unwrap().map(|file| file.unwrap().path());
    let texts = files.filter(|file| file.extension().is_some_and(|end| end == "ftl"));
    let lines =
        texts.flat_map(|file| std::fs::read_to_string(file).unwrap().lines().map(str::to_owned).collect::<Vec<_>>());
    lines.filter(|line| !line.starts_with('#') && !line.contains("-words =")).collect()
}

#[test]
fn french_signs_of_two_parts_have_a_blank_before_them_that_breaks_no_line() {
    let lines = written("fr");
    assert!(lines.len() > 400, "{}", lines.len());
    for line in lines {
        let text = line.replace("{ \"\\u00A0\" }", "\u{a0}").replace("{ \"\\u202F\" }", "\u{202f}");
        let signs: Vec<char> = text.chars().collect();
        for (at, sign) in signs.iter().enumerate() {
            let ends = signs.get(at + 1).is_none_or(|next| next.is_whitespace());
            if ends && ":;?!»".contains(*sign) {
                let before = at.checked_sub(1).map(|at| signs[at]);
                assert!(matches!(before, Some('\u{a0}' | '\u{202f}')), "{text}");
            }
            assert!(*sign != '«' || signs.get(at + 1) == Some(&'\u{a0}'), "{text}");
        }
        assert!(!text.contains('\''), "{text}");
    }
}

#[test]
fn a_thing_has_one_name_in_a_language() {
    for (folder, others) in [
        ("nl", &["e-sim", "E-sim", "e-SIM", "Esim", "ctiveringscode", "eSIMc"][..]),
        ("de", &["Leitung ", "Leitung."]),
        ("fr", &["e-SIM", "E-sim"]),
    ] {
        for line in written(folder) {
            let text = line.split_once(" = ").map_or(line.as_str(), |(_, text)| text);
            assert!(others.iter().all(|other| !text.contains(other)), "{folder}: {line}");
        }
    }
}

#[test]
fn no_two_values_of_an_esim_have_the_same_name() {
    for language in Language::ALL {
        let names = [
            crate::text::messages::esim_field_code(language),
            crate::text::messages::esim_field_address(language),
            crate::text::messages::esim_field_matching_id(language),
            crate::text::messages::esim_field_confirmation(language),
        ];
        for (at, one) in names.iter().enumerate() {
            let is_other = |other: &Text| !other.text.starts_with(&one.text) && !one.text.starts_with(&other.text);
            assert!(names.iter().skip(at + 1).all(is_other), "{language:?}: {one:?}");
        }
    }
}

#[test]
fn one_of_a_thing_is_said_as_one() {
    for (language, one, several, none) in [
        (Language::English, "1 of 1 day", "2 of 31 days", "0 of 2 days"),
        (Language::Dutch, "1 van 1 dag", "2 van 31 dagen", "0 van 2 dagen"),
        (Language::French, "1 jour sur 1", "2 jours sur 31", "0 jour sur 2"),
        (Language::German, "1 von 1 Tag", "2 von 31 Tagen", "0 von 2 Tagen"),
    ] {
        for (told, days, expected) in [(1, 1, one), (2, 31, several), (0, 2, none)] {
            let said = days_told(language, &Number::whole(language, told), &Number::whole(language, days));
            assert_eq!(said.text, expected);
        }
    }
}
