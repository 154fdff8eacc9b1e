//! The name that somebody who wrote another one perhaps meant.

use std::collections::BTreeSet;

/// The name that a wrong one was perhaps meant to be: the same letters or words, else a slip of the hand away (one, or two in a
/// longer word; letters that changed places are one), else abbreviated word by word, else the only one that shares its words.
pub fn nearest<'n>(wrong: &str, names: &[&'n str]) -> Option<&'n str> {
    let wrong = words(wrong);
    let letters = wrong.concat();
    let most = 2.min(letters.chars().count() / 3);
    let known = || names.iter().map(|name| (*name, words(name)));
    let slipped = || {
        let far = known().map(|(name, words)| (strsim::osa_distance(&letters, &words.concat()), name));
        far.filter(|(far, _)| *far <= most).min_by_key(|(far, _)| *far).map(|(_, name)| name)
    };
    let found = |meant: &dyn Fn(&[String]) -> bool| known().find(|(_, words)| meant(words)).map(|(name, _)| name);
    found(&|words| !letters.is_empty() && words.concat() == letters)
        .or_else(|| found(&|words| is_same(&wrong, words)))
        .or_else(slipped)
        .or_else(|| found(&|words| is_abbreviated(&wrong, words)))
        .or_else(|| only(known().filter(|(_, words)| shares(&wrong, words)).map(|(name, _)| name)))
}

/// The words of a name such as `lineFilter`, `line_filter` or `line-filter`, in lower case.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut begins = true;
    let mut was_capital = false;
    for letter in name.chars() {
        if !letter.is_alphanumeric() {
            begins = true;
            continue;
        }
        // In `baseURL` one word begins, not three.
        begins |= letter.is_uppercase() && !was_capital;
        was_capital = letter.is_uppercase();
        if std::mem::take(&mut begins) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(letter.to_lowercase());
        }
    }
    words
}

/// In whatever order.
fn is_same(one: &[String], other: &[String]) -> bool {
    let sorted = |words: &[String]| {
        let mut words = words.to_vec();
        words.sort_unstable();
        words
    };
    !one.is_empty() && sorted(one) == sorted(other)
}

/// `idTokenAlgs` is `idTokenAlgorithms`: each word begins alike, and its letters are some of the other's in their order.
fn is_abbreviated(wrong: &[String], name: &[String]) -> bool {
    let is_short_for = |short: &String, long: &String| {
        let mut letters = long.chars();
        short.chars().count() >= 2 && long.starts_with(|first| short.starts_with(first)) && {
            short.chars().all(|wanted| letters.any(|letter| letter == wanted))
        }
    };
    let pairs = || wrong.iter().zip(name);
    !wrong.is_empty() && wrong.len() == name.len() && pairs().all(|(short, long)| is_short_for(short, long))
}

/// `thresholds` is `thresholdsPercent`, and `usageBaseUrl` is `baseUrl`: all words of the one are the other's.
fn shares(wrong: &[String], name: &[String]) -> bool {
    let (wrong, name): (BTreeSet<_>, BTreeSet<_>) = (wrong.iter().collect(), name.iter().collect());
    !wrong.is_empty() && !name.is_empty() && (wrong.is_subset(&name) || name.is_subset(&wrong))
}

fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    all.next().filter(|_| all.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_that_was_meant_is_near() {
        let names =
            ["baseUrl", "query", "lineFilter", "daysFilter", "id", "name", "thresholdsPercent", "idTokenAlgorithms"];
        for (wrong, meant) in [
            ("baseurl", Some("baseUrl")),
            ("baseURL", Some("baseUrl")),
            ("base_url", Some("baseUrl")),
            ("bassUrl", Some("baseUrl")),
            ("urlBase", Some("baseUrl")),
            ("usageBaseUrl", Some("baseUrl")),
            ("lineFiltr", Some("lineFilter")),
            ("dayFilter", Some("daysFilter")),
            ("querry", Some("query")),
            ("qurey", Some("query")),
            ("nmae", Some("name")),
            ("idTokenAlgs", Some("idTokenAlgorithms")),
            ("idTokenAlg", Some("idTokenAlgorithms")),
            ("thresholds", Some("thresholdsPercent")),
            // Of two filters neither.
            ("filter", None),
            ("x", None),
            ("ix", None),
            ("n", None),
            ("timeZone", None),
            ("", None),
            ("-", None),
        ] {
            assert_eq!(nearest(wrong, &names), meant, "{wrong}");
        }
        let modes = ["report-get", "query-get", "query-post"];
        for (wrong, meant) in [
            ("get-report", Some("report-get")),
            ("reportGet", Some("report-get")),
            ("queryPost", Some("query-post")),
            ("report", Some("report-get")),
            ("get", None),
            ("poll", None),
        ] {
            assert_eq!(nearest(wrong, &modes), meant, "{wrong}");
        }
    }
}
