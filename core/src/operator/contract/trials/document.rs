//! The tables of `core/profiles/README.md`, written from the contract. The words around them are a person's; between two
//! markers stands what is written here: `INSTA_UPDATE=always cargo test -p companion --lib contract` writes it anew.

use std::fmt::Write;
use std::path::PathBuf;

use serde_json::Value;

use super::super::{Body, By, Characteristic, Contract, Part, Read, Request, Status};

const END: &str = "<!-- end -->";

fn begin(id: &str) -> String {
    format!("<!-- contract: {id} -->")
}

/// A cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn code(name: &str) -> String {
    format!("`{name}`")
}

fn table(out: &mut String, heads: &[&str], rows: impl IntoIterator<Item = Vec<String>>) {
    let rows: Vec<Vec<String>> = rows.into_iter().collect();
    if rows.is_empty() {
        return;
    }
    // A column that is empty in every row says nothing.
    let kept: Vec<usize> = (0..heads.len()).filter(|at| rows.iter().any(|row| !row[*at].is_empty())).collect();
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    out.push_str(&line(kept.iter().map(|at| heads[*at].to_owned()).collect()));
    out.push_str(&format!("|{}\n", "---|".repeat(kept.len())));
    for row in &rows {
        out.push_str(&line(kept.iter().map(|at| cell(&row[*at])).collect()));
    }
    out.push('\n');
}

fn parts(out: &mut String, head: &str, parts: &[Part]) {
    let row = |part: &Part| vec![code(&part.name), part.value.clone(), part.when.clone().unwrap_or_default()];
    table(out, &[head, "holds", "only when"], parts.iter().map(row));
}

fn statuses(out: &mut String, statuses: &[Status]) {
    table(out, &["status", "the app"], statuses.iter().map(|it| vec![code(&it.status), it.then.clone()]));
}

fn named(first: &str, also: &[String]) -> String {
    match also.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ") {
        others if others.is_empty() => code(first),
        others => format!("{}, or {others}", code(first)),
    }
}

fn reads(out: &mut String, head: &str, reads: &[Read]) {
    let row = |read: &Read| {
        let mut meaning = read.meaning.clone();
        if let Some(other) = &read.read_as {
            let other = match other.strip_prefix('#') {
                Some(name) => format!("[{name}](#{})", anchor(name)),
                None if other == "." => "this document".to_owned(),
                None => code(other),
            };
            // Writing to a string does not fail.
            let _ = write!(meaning, " (read as {other})");
        }
        vec![
            named(&read.path, &read.also),
            read.kind.clone(),
            meaning,
            read.if_missing.clone(),
            read.version.clone().unwrap_or_default(),
        ]
    };
    table(out, &[head, "kind", "means", "without it", "in"], reads.iter().map(row));
}

fn anchor(name: &str) -> String {
    format!("type-{}", name.to_ascii_lowercase())
}

fn characteristics(out: &mut String, all: &[Characteristic]) {
    let row = |it: &Characteristic| {
        let of = if it.of.is_empty() { String::new() } else { code(&it.of) };
        vec![named(&it.name, &it.also), of, it.kind.clone(), it.meaning.clone(), it.if_missing.clone()]
    };
    table(out, &["characteristic", "of", "kind", "means", "without it"], all.iter().map(row));
}

fn dialect(request: &Request) -> String {
    let condition = |(field, value): (&String, &Value)| match value {
        Value::String(any) if any == "*" => format!("the profile has `{field}`"),
        Value::String(text) => format!("`{field}` is `{text}`"),
        other => format!("`{field}` is `{other}`"),
    };
    request.dialect.iter().map(condition).collect::<Vec<_>>().join(", ")
}

/// What stands between the markers of a request.
fn request(contract: &Contract, request: &Request) -> String {
    let mut out = format!("### {}\n\n", request.title);
    match request.by {
        By::Within => out.push_str("A document within an answer.\n\n"),
        _ => out.push_str(&format!("```http\n{} {{{}}}{}\n```\n\n", request.method, request.base, request.path)),
    }
    let mut facts = vec![format!("`{}`", request.id)];
    if request.by == By::Browser {
        facts.push("opened in the browser".to_owned());
    }
    if !request.dialect.is_empty() {
        facts.push(format!("only where {}", dialect(request)));
    }
    if request.as_person {
        facts.push("as [the person](#headers)".to_owned());
    }
    out.push_str(&format!(
        "{}  \n**When**: {}  \n**After**: {}\n\n",
        facts.join(" · "),
        request.when,
        request.source.join("; ")
    ));
    parts(&mut out, "query", &request.query);
    parts(&mut out, "header", &request.headers);
    if let Some(Body { media_types, fields }) = &request.body {
        parts(&mut out, &format!("body, {}", media_types.join(" or ")), fields);
    }
    statuses(&mut out, &request.statuses);
    if let Some(other) = request.reads_as.as_ref().and_then(|other| contract.request(other)) {
        out.push_str(&format!("The answer is read as that of [{}](#{}).\n\n", other.title, heading(&other.title)));
    }
    reads(&mut out, "member of the answer", &request.reads);
    if !request.envelopes.is_empty() {
        let names = request.envelopes.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ");
        out.push_str(&format!("The answer may also stand in a member {names}.\n\n"));
    }
    characteristics(&mut out, &request.characteristics);
    if let Some(example) = &request.example {
        let text = serde_json::to_string_pretty(example).unwrap();
        out.push_str(&format!(
            "<details><summary>An answer that is good</summary>\n\n```json\n{text}\n```\n\n</details>\n\n"
        ));
    }
    out
}

/// The address of a heading, as Git hosts make it.
fn heading(title: &str) -> String {
    let kept =
        title.to_lowercase().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-')).collect::<String>();
    kept.replace(' ', "-")
}

/// What stands between the markers for what all requests have in common.
fn common(contract: &Contract, name: &str) -> Option<String> {
    let mut out = String::new();
    let common = &contract.common;
    match name {
        "common-headers" => {
            parts(&mut out, "header of every request", &common.headers);
            parts(&mut out, "header of a request as the person", &common.person_headers);
            parts(&mut out, "header of an answer", &common.answer_headers);
        }
        "common-statuses" => statuses(&mut out, &common.statuses),
        "common-errors" => reads(&mut out, "member of an error", &common.error_reads),
        "common-types" => {
            for (name, all) in &common.types {
                out.push_str(&format!("<a id=\"{}\"></a>\n\n", anchor(name)));
                reads(&mut out, name, all);
            }
        }
        _ => return None,
    }
    Some(out)
}

/// The document with every block written anew.
fn written(contract: &Contract, document: &str) -> String {
    let names = ["common-headers", "common-statuses", "common-errors", "common-types"].map(str::to_owned);
    let names: Vec<String> = names.into_iter().chain(contract.requests.iter().map(|it| it.id.clone())).collect();
    let mut document = document.to_owned();
    for name in &names {
        let block = common(contract, name).unwrap_or_else(|| request(contract, contract.request(name).unwrap()));
        assert_eq!(document.matches(&begin(name)).count(), 1, "{name} has one place in the document");
        let start = document.find(&begin(name)).unwrap() + begin(name).len();
        let end = start + document[start..].find(END).expect("each block ends");
        document.replace_range(start..end, &format!("\n\n{}\n\n", block.trim_end()));
    }
    let places = document.matches("<!-- contract: ").count();
    assert_eq!(places, names.len(), "no place is of a request that is gone");
    document
}

#[test]
fn the_document_says_what_the_contract_says() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("profiles/README.md");
    let document = std::fs::read_to_string(&path).unwrap();
    let anew = written(&Contract::shipped().unwrap(), &document);
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        std::fs::write(&path, &anew).unwrap();
    } else {
        let differs = anew.lines().zip(document.lines()).find(|(new, old)| new != old);
        assert!(anew == document, "differs from the contract; INSTA_UPDATE=always writes it anew: {differs:?}");
    }
}
