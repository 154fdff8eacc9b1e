//! The page as a screen reader gets it: Chromium's accessibility tree, one line for everything it would say.

use serde_json::{Value, json};

use crate::chromium::Chromium;

/// What has a meaning of its own; the rest is text within these or there for the layout.
const ROLES: [&str; 8] = ["heading", "alert", "textbox", "button", "link", "checkbox", "combobox", "image"];
const STATES: [&str; 3] = ["required", "invalid", "focused"];

/// For each control, heading and message, in reading order: "role: name | description | states".
pub async fn lines(browser: &Chromium) -> Vec<String> {
    let tree = browser.devtools("Accessibility.getFullAXTree", json!({})).await;
    let nodes = tree["nodes"].as_array().unwrap();
    let mut lines = Vec::new();
    walk(nodes, &nodes[0], &mut lines);
    lines
}

fn walk(nodes: &[Value], node: &Value, lines: &mut Vec<String>) {
    let role = node["role"]["value"].as_str().unwrap_or_default();
    if node["ignored"] != true && ROLES.contains(&role) {
        lines.push(line(nodes, node, role));
    }
    for child in children(nodes, node) {
        walk(nodes, child, lines);
    }
}

fn children<'a>(nodes: &'a [Value], node: &Value) -> Vec<&'a Value> {
    let ids = node["childIds"].as_array().map(Vec::as_slice).unwrap_or_default();
    ids.iter().filter_map(|id| nodes.iter().find(|node| node["nodeId"] == *id)).collect()
}

fn line(nodes: &[Value], node: &Value, role: &str) -> String {
    let name = match node["name"]["value"].as_str() {
        Some(name) if !name.is_empty() => name.to_owned(),
        // A message has no name; what it says is its text.
        _ => children(nodes, node).iter().filter_map(|child| child["name"]["value"].as_str()).collect(),
    };
    let description = node["description"]["value"].as_str().unwrap_or_default();
    let holds = |state: &&&str| {
        let properties = node["properties"].as_array().map(Vec::as_slice).unwrap_or_default();
        let value = &properties.iter().find(|property| property["name"] == ***state)?["value"]["value"];
        (*value == json!(true) || *value == json!("true")).then_some(())
    };
    let states: Vec<&str> = STATES.iter().filter(|state| holds(state).is_some()).copied().collect();
    let parts = [name, description.to_owned(), states.join(" ")];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{role}: {}", parts.join(" | "))
}
