//! Just enough HTML to read one form: its action, its hidden fields, and which fields want the number and the
//! password, by their type rather than by their name.

/// The first form of a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) action: Option<String>,
    fields: Vec<Field>,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Field {
    name: String,
    kind: String,
    value: String,
}

impl Form {
    pub(super) fn first(html: &str) -> Option<Self> {
        let start = html.find("<form")?;
        let rest = html.get(start..)?;
        let end = rest.find("</form").unwrap_or(rest.len());
        let mut tags = tags(rest.get(..end)?);
        let form = tags.next()?;
        let mut fields = Vec::new();
        let mut button_taken = false;
        for tag in tags {
            let is_button = tag.name == "button" || matches!(tag.get("type"), Some("submit"));
            // Pressing the first button is what a person does who wants to go on.
            let wanted = match tag.name {
                "input" | "button" if is_button => !std::mem::replace(&mut button_taken, true),
                "input" => true,
                _ => false,
            };
            if let (true, Some(name)) = (wanted, tag.get("name")) {
                fields.push(Field {
                    name: unescape(name),
                    kind: if is_button { "submit" } else { tag.get("type").unwrap_or("text") }.to_owned(),
                    value: unescape(tag.get("value").unwrap_or_default()),
                });
            }
        }
        Some(Self { action: form.get("action").map(unescape), fields })
    }

    pub(super) fn asks_for_password(&self) -> bool {
        self.fields.iter().any(|field| field.kind == "password")
    }

    /// Every field with its value, the person's number and password where they belong.
    pub(super) fn fill(&self, number: &str, password: &str) -> Vec<(String, String)> {
        let typed = |field: &Field| match field.kind.as_str() {
            "tel" | "text" | "email" => number.to_owned(),
            "password" => password.to_owned(),
            _ => field.value.clone(),
        };
        self.fields.iter().map(|field| (field.name.clone(), typed(field))).collect()
    }
}

struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
}

impl Tag<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| *key == name).map(|(_, value)| *value)
    }
}

fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    html.split('<').filter_map(|piece| {
        let inner = piece.get(..piece.find('>')?)?;
        let name_end = inner.find(|letter: char| letter.is_whitespace()).unwrap_or(inner.len());
        let (name, attributes) = inner.split_at(name_end);
        Some(Tag { name, attributes: self::attributes(attributes) })
    })
}

fn attributes(mut text: &str) -> Vec<(&str, &str)> {
    let mut all = Vec::new();
    loop {
        text = text.trim_start();
        let end = text.find(|letter: char| letter.is_whitespace() || letter == '=').unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        if name.is_empty() {
            return all;
        }
        let Some(rest) = rest.strip_prefix('=') else {
            all.push((name, ""));
            text = rest;
            continue;
        };
        let quote = rest.chars().next().filter(|letter| matches!(letter, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => rest.get(1..).and_then(|rest| rest.split_once(quote)).unwrap_or((rest, "")),
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        all.push((name, value));
        text = after;
    }
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

/// What the page says: its alert, else its paragraphs.
pub(super) fn sentence(html: &str) -> String {
    let from = html.find("role=\"alert\"").or_else(|| html.find("<h1")).unwrap_or_default();
    let rest = html.get(from..).unwrap_or_default();
    let rest = rest.split_once('>').map(|(_, rest)| rest).unwrap_or(rest);
    let end = rest.find("</p").or_else(|| rest.find("</h1")).unwrap_or(rest.len());
    let mut inside = false;
    let text: String = rest
        .get(..end)
        .unwrap_or_default()
        .chars()
        .filter(|letter| match letter {
            '<' => {
                inside = true;
                false
            }
            '>' => {
                inside = false;
                false
            }
            _ => !inside,
        })
        .collect();
    unescape(text.split_whitespace().collect::<Vec<_>>().join(" ").as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_filled_by_the_type_of_its_fields() {
        let html = r#"<h1>Hi</h1><form action="/next?a=1&amp;b=2" method=post>
            <input type="hidden" name="request" value="a&quot;b">
            <input name=user type=tel required value=""><input type='password' name='secret'>
            <button name="go" value="yes">Go</button><button name="go" value="no">No</button></form>"#;
        let form = Form::first(html).unwrap();
        assert_eq!(form.action.as_deref(), Some("/next?a=1&b=2"));
        assert!(form.asks_for_password());
        let filled = form.fill("0470", "pw");
        let expected = [("request", "a\"b"), ("user", "0470"), ("secret", "pw"), ("go", "yes")];
        assert_eq!(filled, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
}
