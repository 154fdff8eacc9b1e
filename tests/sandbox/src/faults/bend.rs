//! Answers of the operator's own with something in them changed: one member missing or another, one header left out.

use axum::body::Body;
use axum::http::{HeaderMap, StatusCode};
use http_body_util::BodyExt;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// What is changed in an answer. Answers that are no success stay as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Bend {
    /// Members of the body, by JSON pointer (RFC 6901), `*` for each element of a list. Null removes a member; what is not
    /// there is made where its holder is.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub members: BTreeMap<String, Value>,
    /// Headers that are left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub without_headers: Vec<String>,
}

impl Bend {
    /// Bends one answer.
    pub(super) async fn apply(&self, status: StatusCode, headers: &mut HeaderMap, body: Body) -> Body {
        if !status.is_success() {
            return body;
        }
        for name in &self.without_headers {
            headers.remove(name.as_str());
        }
        if self.members.is_empty() {
            return body;
        }
        let bytes = body.collect().await.map(|all| all.to_bytes()).unwrap_or_default();
        let Ok(mut document) = serde_json::from_slice::<Value>(&bytes) else { return Body::from(bytes) };
        for (pointer, value) in &self.members {
            let steps: Vec<&str> = pointer.split('/').skip(1).collect();
            set(&mut document, &steps, value);
        }
        headers.remove(axum::http::header::CONTENT_LENGTH);
        Body::from(document.to_string())
    }
}

fn set(at: &mut Value, steps: &[&str], to: &Value) {
    let Some((step, rest)) = steps.split_first() else {
        *at = to.clone();
        return;
    };
    let name = step.replace("~1", "/").replace("~0", "~");
    match at {
        Value::Array(elements) if name == "*" => elements.iter_mut().for_each(|element| set(element, rest, to)),
        Value::Array(elements) => {
            if let Some(element) = name.parse().ok().and_then(|at: usize| elements.get_mut(at)) {
                set(element, rest, to);
            }
        }
        Value::Object(members) if rest.is_empty() && to.is_null() => drop(members.remove(&name)),
        Value::Object(members) if rest.is_empty() => drop(members.insert(name, to.clone())),
        Value::Object(members) => {
            if let Some(member) = members.get_mut(&name) {
                set(member, rest, to);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn members_are_removed_replaced_and_made_where_their_holder_is() {
        let mut document = json!([{"a": {"b": 1, "c": 2}}, {"a": {"b": 3}}]);
        for (pointer, value) in
            [("/*/a/b", json!(null)), ("/0/a/c", json!("x")), ("/1/a/d", json!([])), ("/1/z/y", json!(1))]
        {
            set(&mut document, &pointer.split('/').skip(1).collect::<Vec<_>>(), &value);
        }
        assert_eq!(document, json!([{"a": {"c": "x"}}, {"a": {"d": []}}]));
    }
}
