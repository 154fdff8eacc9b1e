//! Which lines a request is about, and whether they are the person's to read.

use serde_json::Value;

use crate::http::Refusal;
use crate::people::{Line, Person};

/// Names under which operators of one generation or another take the line.
const LINE_FILTERS: [&str; 6] = [
    "logicalResource.value",
    "logicalResource.id",
    "product.publicIdentifier",
    "publicIdentifier",
    "product.logicalResource.value",
    "service",
];

/// `searchCriteria` as the filters it stands for.
pub(super) fn search_criteria(request: &Value) -> Vec<(String, String)> {
    let criteria = request.get("searchCriteria").unwrap_or(request);
    let mut filters = Vec::new();
    for (place, members) in [
        ("logicalResource", &["value", "id"][..]),
        ("product", &["publicIdentifier"]),
        ("service", &["id"]),
        ("relatedParty", &["id"]),
    ] {
        let items = criteria.get(place).and_then(Value::as_array);
        for item in items.into_iter().flatten() {
            let text = members.iter().find_map(|member| item.get(*member)?.as_str());
            let name = match place {
                "service" => place.to_owned(),
                _ => format!("{place}.{}", members.first().unwrap_or(&"id")),
            };
            filters.extend(text.map(|text| (name, text.to_owned())));
        }
    }
    filters
}

/// The person's lines the filters name; all they may read without a filter. A line of somebody else, a line
/// without the right to its usage, or another person is refused.
pub(super) fn lines_asked_for<'a>(person: &'a Person, filters: &[(String, String)]) -> Result<Vec<&'a Line>, Refusal> {
    if filters.iter().any(|(name, value)| name == "relatedParty.id" && *value != person.sub) {
        return Err(Refusal::forbidden("This is another person's usage."));
    }
    let named: Vec<&str> = filters
        .iter()
        .filter(|(name, _)| LINE_FILTERS.contains(&name.as_str()))
        .map(|(_, value)| value.as_str())
        .collect();
    if named.is_empty() {
        return Ok(person.lines.iter().filter(|line| line.entitled).collect());
    }
    named
        .into_iter()
        .map(|name| {
            let line = person.lines.iter().find(|line| line.number == name || line.id == name);
            match line {
                Some(line) if line.entitled => Ok(line),
                Some(_) => Err(Refusal::forbidden("The usage of this line is not open to its user.")),
                None => Err(Refusal::forbidden("This line does not belong to the person signed in.")),
            }
        })
        .collect()
}
