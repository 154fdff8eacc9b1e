//! A JSON document whose end did not come: what of it is whole, so that each value is still held for what it is.

use std::str::CharIndices;

use serde_json::Value;

/// A list or an object that is not closed yet.
struct Open {
    closes: char,
    /// What comes is the name of a member.
    is_name: bool,
}

/// The document that a text begins, closed behind its last whole value, and what follows that value in the text. Nothing where no
/// value of it is whole.
pub fn beginning(text: &str) -> Option<(Value, &str)> {
    let mut open: Vec<Open> = Vec::new();
    // Where the last whole value ends, and what is to be closed behind it.
    let mut whole = None;
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        let behind = at.saturating_add(c.len_utf8());
        match c {
            '{' => open.push(Open { closes: '}', is_name: true }),
            '[' => open.push(Open { closes: ']', is_name: false }),
            '}' | ']' => {
                open.pop().filter(|it| it.closes == c)?;
                whole = Some((behind, closing(&open)));
            }
            ':' => open.last_mut()?.is_name = false,
            ',' => {
                // Numbers end here too.
                whole = Some((at, closing(&open)));
                let within = open.last_mut()?;
                within.is_name = within.closes == '}';
            }
            '"' => {
                let Some(behind) = behind_text(&mut chars) else { break };
                if !open.last()?.is_name {
                    whole = Some((behind, closing(&open)));
                }
            }
            _ => {}
        }
    }
    let (behind, closing) = whole?;
    let (beginning, rest) = text.split_at_checked(behind)?;
    Some((serde_json::from_str(&format!("{beginning}{closing}")).ok()?, rest))
}

fn closing(open: &[Open]) -> String {
    open.iter().rev().map(|it| it.closes).collect()
}

/// Where a text ends of which the first quotation mark was read.
fn behind_text(chars: &mut CharIndices<'_>) -> Option<usize> {
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => drop(chars.next()?),
            '"' => return Some(at.saturating_add(1)),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_whole_of_a_document_that_was_cut_is_read() {
        for (text, expected) in [
            (r#"{"a":1,"b":22"#, Some((json!({ "a": 1 }), r#","b":22"#))),
            (r#"{"a":"x","b"#, Some((json!({ "a": "x" }), r#","b"#))),
            (r#"{"a":"x\"}","b":"y"#, Some((json!({ "a": "x\"}" }), r#","b":"y"#))),
            (r#"[{"a":[1,2],"#, Some((json!([{ "a": [1, 2] }]), ","))),
            (r#"[{"a":[true,fal"#, Some((json!([{ "a": [true] }]), ",fal"))),
            (
                r#"{"data":[{"id":"x","at":{"d":"2026-11-2"#,
                Some((json!({ "data": [{ "id": "x" }] }), r#","at":{"d":"2026-11-2"#)),
            ),
            (r#"{"a":"é", "#, Some((json!({ "a": "é" }), ", "))),
            (r#"{"a":12"#, None),
            (r#"{"a"#, None),
            ("<html>", None),
            ("[1}", None),
            ("a,b", None),
            ("", None),
        ] {
            assert_eq!(beginning(text), expected, "{text}");
        }
    }

    #[test]
    fn wherever_a_document_is_cut_nothing_but_its_own_is_read() {
        let text =
            json!([{ "id": "c0ffee", "amount": 12345678, "list": [1, "two", { "a": null }] }, { "id": "\\\"é" }])
                .to_string();
        for cut in (0..text.len()).filter(|cut| text.is_char_boundary(*cut)) {
            let part = text.split_at(cut).0;
            if let Some((value, rest)) = beginning(part) {
                assert!(part.ends_with(rest), "{part}");
                let said = value.to_string();
                assert!(text.starts_with(said.trim_end_matches(['}', ']'])), "{part}: {said}");
            }
        }
    }
}
