//! Controls as forms. What a field takes decides how it is asked for; the script sends what was filled in as JSON.

use serde_json::Value;

use crate::control::{Door, Field, Kind, Part, Usual};
use crate::faults::Faults;
use crate::pages::escape;
use crate::state::World;

/// A control with all its fields.
pub(super) fn door(door: &Door, world: &World) -> String {
    let Door { name, title, says, .. } = door;
    let parts: String = door.parts.iter().map(|part| self::part(name, part, world)).collect();
    let folded = door.fields().count() > 8;
    let fields = match folded {
        true => format!("<details><summary>What may be chosen</summary>\n{parts}</details>\n"),
        false => parts,
    };
    format!(
        "<form data-door=\"{name}\" novalidate>\n<p>{says}</p>\n{fields}<p><button>{title}</button></p>\n\
         <output role=\"status\"></output>\n</form>\n"
    )
}

/// A control behind its name.
pub(super) fn folded(door: &Door, world: &World) -> String {
    let title = door.title;
    let open = if door.name == "use" { " open" } else { "" };
    format!("<details class=\"act\"{open}><summary>{title}</summary>\n{}</details>\n", self::door(door, world))
}

/// A control whose fields are each on or off, and stay so.
pub(super) fn switches(door: &Door, world: &World) -> String {
    let Door { name, says, .. } = door;
    let in_force = serde_json::to_value(world.faults.in_force()).unwrap_or_default();
    let healthy = serde_json::to_value(Faults::default()).unwrap_or_default();
    let on = |field: &Field| in_force.get(field.name) != healthy.get(field.name);
    let names: Vec<&str> = door.fields().filter(|field| on(field)).map(|field| field.name).collect();
    let told = match names.is_empty() {
        true => "<p class=\"well\">All is well.</p>".to_owned(),
        false => format!("<p class=\"bad\">In force: <code>{}</code></p>", escape(&as_written(&in_force, &healthy))),
    };
    let parts = door.parts.iter().map(|part| {
        let rows: String = part.fields.iter().map(|field| switch(field, on(field), in_force.get(field.name))).collect();
        let open = if part.fields.iter().any(&on) { " open" } else { "" };
        format!("<details{open}><summary>{}</summary>\n{rows}</details>\n", part.heading)
    });
    let parts: String = parts.collect();
    format!(
        "<div data-door=\"{name}\">\n<p>{says} A switch here leaves the others as they are.</p>\n{}\
         <form data-heal novalidate><p><button>Heal everything</button></p>\n<output role=\"status\"></output></form>\n{parts}</div>\n",
        super::live("in-force", &told)
    )
}

/// Only what is not healthy.
fn as_written(in_force: &Value, healthy: &Value) -> String {
    let members = in_force.as_object().into_iter().flatten().filter(|(name, value)| healthy.get(name) != Some(value));
    Value::Object(members.map(|(name, value)| (name.clone(), value.clone())).collect()).to_string()
}

fn switch(field: &Field, on: bool, value: Option<&Value>) -> String {
    let Field { name, says, kind, .. } = field;
    let id = format!("faults-{name}");
    let value = match kind {
        Kind::Flag => "<input type=\"hidden\" name=\"value\" data-kind=\"flag\" value=\"true\">".to_owned(),
        _ => {
            let example = example(kind);
            let text =
                value.filter(|_| on).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
            entry(kind, &format!("name=\"value\" aria-label=\"{name}, value\""), &text.unwrap_or(example), "")
        }
    };
    format!(
        "<form class=\"fault\" data-fault=\"{name}\" novalidate>\n<button type=\"button\" role=\"switch\" id=\"{id}\" aria-checked=\"{on}\" \
         aria-describedby=\"{id}-says\" data-mirror>{name}</button>\n<p id=\"{id}-says\">{}</p>\n{value}\n\
         <output role=\"status\"></output>\n</form>\n",
        escape(says)
    )
}

fn part(door: &str, part: &Part, world: &World) -> String {
    let fields: String = part.fields.iter().map(|field| self::field(door, field, world)).collect();
    match part.heading {
        "" => fields,
        heading => format!("<fieldset><legend>{heading}</legend>\n{fields}</fieldset>\n"),
    }
}

fn field(door: &str, field: &Field, world: &World) -> String {
    let Field { name, optional, says, kind } = field;
    let id = format!("{door}-{name}");
    let people: Vec<&str> = world.people.iter().map(|person| person.key).collect();
    let entry = match kind {
        Kind::Person => choice(&id, name, &people, *optional, "text"),
        Kind::Choice { of } => choice(&id, name, of, *optional, "text"),
        Kind::Flag => choice(&id, name, &["true", "false"], *optional, "flag"),
        _ => {
            // What may be left out is not filled in before somebody wants it.
            let value = if *optional || matches!(kind, Kind::Text { .. }) { String::new() } else { example(kind) };
            entry(kind, &format!("id=\"{id}\" name=\"{name}\""), &value, &example(kind)) + &usual(field)
        }
    };
    format!("<p class=\"field\"><label for=\"{id}\"><code>{name}</code> {}</label>\n{entry}</p>\n", escape(says))
}

fn choice(id: &str, name: &str, of: &[&str], optional: bool, kind: &str) -> String {
    let none = if optional { "<option value=\"\">left out</option>" } else { "" };
    let options: String = of.iter().map(|one| format!("<option>{one}</option>")).collect();
    format!("<select id=\"{id}\" name=\"{name}\" data-kind=\"{kind}\">{none}{options}</select>")
}

fn entry(kind: &Kind, attributes: &str, value: &str, example: &str) -> String {
    let (value, example) = (escape(value), escape(example));
    let example = if example.is_empty() { example } else { format!(" placeholder=\"{example}\"") };
    match kind {
        Kind::Whole { .. } => {
            format!(
                "<input {attributes} data-kind=\"whole\" inputmode=\"numeric\" autocomplete=\"off\" value=\"{value}\"{example}>"
            )
        }
        Kind::Day { .. } => format!("<input {attributes} type=\"date\" data-kind=\"text\" value=\"{value}\">"),
        Kind::Json { .. } => {
            format!(
                "<textarea {attributes} data-kind=\"json\" rows=\"2\" spellcheck=\"false\"{example}>{value}</textarea>"
            )
        }
        _ => format!(
            "<input {attributes} data-kind=\"text\" autocomplete=\"off\" spellcheck=\"false\" value=\"{value}\"{example}>"
        ),
    }
}

fn example(kind: &Kind) -> String {
    match kind {
        Kind::Text { example } | Kind::Day { example } | Kind::Json { example } => (*example).to_owned(),
        Kind::Whole { example, .. } => example.to_string(),
        Kind::Person | Kind::Flag | Kind::Choice { .. } => String::new(),
    }
}

/// A button for each usual number, which fills it in: what moves or sends something is one button alone.
fn usual(field: &Field) -> String {
    let Kind::Whole { usual, .. } = field.kind else { return String::new() };
    let button = |one: &Usual| {
        let Usual { name, value } = one;
        format!("<button type=\"button\" data-fills=\"{}\" value=\"{value}\">{name}</button>", field.name)
    };
    let buttons: String = usual.iter().map(button).collect();
    if buttons.is_empty() { buttons } else { format!("<span class=\"usual\">{buttons}</span>") }
}
