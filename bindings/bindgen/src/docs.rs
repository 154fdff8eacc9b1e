//! The core's docs are Rust's: each language reads names as it writes them, and links as its tools follow them.

use std::collections::BTreeSet;

/// Whose docs they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    Kotlin,
    Swift,
}

/// The names that generated Kotlin declares: functions, parameters, members, as both languages write them.
pub fn names_in(kotlin: &str) -> BTreeSet<String> {
    let code = kotlin.lines().filter(|line| !is_doc(line));
    code.flat_map(|line| line.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

/// The source with its docs in the words of its language.
pub fn in_words_of(language: Language, source: &str, names: &BTreeSet<String>) -> String {
    let line = |line| if is_doc(line) { doc(language, line, names, source) } else { String::from(line) };
    source.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

fn is_doc(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("///") || line.starts_with("* ") || line.starts_with("/** ")
}

/// A line of docs: what stands between its backticks is code.
fn doc(language: Language, line: &str, names: &BTreeSet<String>, source: &str) -> String {
    let parts: Vec<&str> = line.split('`').collect();
    if parts.len().is_multiple_of(2) || line.contains("``") {
        return line.to_owned();
    }
    let mut told = String::new();
    // The brackets of a link are written with what is linked.
    let mut is_linked = false;
    for (at, part) in parts.iter().enumerate() {
        let after = parts.get(at.saturating_add(1)).copied().unwrap_or_default();
        if at.is_multiple_of(2) {
            told.push_str(if is_linked { part.strip_prefix(']').unwrap_or(part) } else { part });
            continue;
        }
        is_linked = told.ends_with('[') && after.starts_with(']');
        if is_linked {
            told.pop();
        }
        let code = code(language, part, names, source);
        told.push_str(&match language {
            Language::Kotlin if is_linked => format!("[{code}]"),
            _ => format!("`{code}`"),
        });
    }
    told
}

fn code(language: Language, rust: &str, names: &BTreeSet<String>, source: &str) -> String {
    if rust == "None" {
        return if language == Language::Kotlin { "null" } else { "nil" }.to_owned();
    }
    if let Some((variant, detail)) = rust.strip_suffix(" }").and_then(|rust| rust.split_once(" { ")) {
        let detail = match (detail.split_once(": "), language) {
            (Some((_, value)), Language::Kotlin) => value.to_owned(),
            (Some(_), Language::Swift) => detail.to_owned(),
            (None, Language::Kotlin) => detail.to_owned(),
            (None, Language::Swift) => format!(".{}", small(detail)),
        };
        return format!("Problem.{variant}({detail})");
    }
    if !rust.contains("::") {
        return camel(rust, names);
    }
    let path = rust.split("::").skip_while(|part| part.starts_with(|first: char| first.is_ascii_lowercase()));
    let mut written: Vec<String> = Vec::new();
    for part in path {
        written.push(match written.is_empty() || part.starts_with(|first: char| first.is_ascii_lowercase()) {
            true => camel(part, names),
            false => choice(language, part, source),
        });
    }
    written.join(".")
}

/// One choice of several, as the language writes it.
fn choice(language: Language, name: &str, source: &str) -> String {
    let (shouted, small) = (shouted(name), small(name));
    match language {
        Language::Kotlin if [',', ';'].iter().any(|end| source.contains(&format!("    {shouted}{end}\n"))) => shouted,
        Language::Swift if source.contains(&format!("    case {small}\n")) => small,
        _ => name.to_owned(),
    }
}

fn shouted(name: &str) -> String {
    let is_next = |at: usize, sign: char| at > 0 && sign.is_ascii_uppercase();
    name.char_indices()
        .flat_map(|(at, sign)| is_next(at, sign).then_some('_').into_iter().chain([sign.to_ascii_uppercase()]))
        .collect()
}

fn small(name: &str) -> String {
    name.char_indices().map(|(at, sign)| if at == 0 { sign.to_ascii_lowercase() } else { sign }).collect()
}

/// Names of Rust that both languages have, as they write them. A word that is none stays, and what is
/// quoted: a code for support.
fn camel(rust: &str, names: &BTreeSet<String>) -> String {
    let is_of_name = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
    let mut written = String::new();
    let mut rest = rust;
    while let Some(start) = rest.find(is_of_name) {
        let (before, from) = rest.split_at(start);
        let (word, after) = from.split_at(from.find(|sign| !is_of_name(sign)).unwrap_or(from.len()));
        let parts = word.split('_').enumerate();
        let joined: String = parts.map(|(at, part)| if at == 0 { part.to_owned() } else { large(part) }).collect();
        written.push_str(before);
        let is_quoted = written.ends_with('"');
        written.push_str(if !is_quoted && word.contains('_') && names.contains(&joined) { &joined } else { word });
        rest = after;
    }
    written + rest
}

fn large(word: &str) -> String {
    word.char_indices().map(|(at, sign)| if at == 0 { sign.to_ascii_uppercase() } else { sign }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KOTLIN: &str =
        "    /** As `not_declared` */\n    fun `refreshInvoice`(`onMetered`: Boolean)\n    MORE,\n    OTHER_WAY;\n";
    const SWIFT: &str = "    case more\n";

    #[test]
    fn docs_are_told_in_the_words_of_their_language() {
        let names = names_in(KOTLIN);
        assert_eq!(names, ["onMetered", "refreshInvoice"].map(str::to_owned).into());
        for (rust, kotlin, swift) in [
            (
                " * As [`Invoices::refresh_invoice`].",
                " * As [Invoices.refreshInvoice].",
                " * As `Invoices.refreshInvoice`.",
            ),
            (" * [`crate::a::View::id`] is one", " * [View.id] is one", " * `View.id` is one"),
            (
                " * [`Place::More`], `Place::OtherWay`",
                " * [Place.MORE], `Place.OTHER_WAY`",
                " * `Place.more`, `Place.OtherWay`",
            ),
            (" * `on_metered`, `too_large`", " * `onMetered`, `too_large`", " * `onMetered`, `too_large`"),
            (" * `\"on_metered\"`, a code", " * `\"on_metered\"`, a code", " * `\"on_metered\"`, a code"),
            (" * `list().refresh_invoice()`", " * `list().refreshInvoice()`", " * `list().refreshInvoice()`"),
            (" * `None` forgets it", " * `null` forgets it", " * `nil` forgets it"),
            (
                " * `SignIn { StepUpRequired }`, `Unexpected { code: \"cancelled\" }`",
                " * `Problem.SignIn(StepUpRequired)`, `Problem.Unexpected(\"cancelled\")`",
                " * `Problem.SignIn(.stepUpRequired)`, `Problem.Unexpected(code: \"cancelled\")`",
            ),
            (" * a [list] of `it]`", " * a [list] of `it]`", " * a [list] of `it]`"),
            ("    let on_metered = `None`", "    let on_metered = `None`", "    let on_metered = `None`"),
        ] {
            assert_eq!(
                in_words_of(Language::Kotlin, &format!("{rust}\n{KOTLIN}"), &names),
                format!("{kotlin}\n{KOTLIN}")
            );
            assert_eq!(in_words_of(Language::Swift, &format!("{rust}\n{SWIFT}"), &names), format!("{swift}\n{SWIFT}"));
        }
    }
}
