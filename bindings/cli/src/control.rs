//! `companion control`: what can be asked of a running sandbox, by the same list as its page.

use std::process::ExitCode;

use companion::operator::nearest::nearest;
use companion::text::Text;
use companion_sandbox::control::{self, DOORS, Door, Kind};
use serde_json::{Map, Value};

use crate::sandbox::USUAL_CONTROL_PORT;
use crate::terminal;

/// Move time, use data, send an invoice or break things at a running sandbox; alone it lists what there is
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  companion control advance seconds=3600\n  companion control use person=emma what=data amount=500\n  \
                        companion control faults status=503 'only=[\"/tmf-api/usageConsumption\"]'\n  companion control faults\n\n\
                        Exit status: 0 done; 1 the sandbox refused, with a sentence; 2 a name or a field that there is not or that is missing, or no \
                        sandbox there."
)]
pub struct Arguments {
    /// What to do; without it everything is listed
    name: Option<String>,
    /// Fields, the value as it is, or as JSON
    #[arg(value_name = "FIELD=VALUE", value_parser = field)]
    fields: Vec<(String, String)>,
    /// Where its control side is [default: http://127.0.0.1:8445]
    #[arg(long, value_name = "URL")]
    at: Option<String>,
    /// The key, for a sandbox on another machine
    #[arg(long)]
    key: Option<String>,
}

/// Runs the command.
pub async fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let Some(name) = arguments.name else {
        terminal::print(&DOORS.iter().map(told).collect::<String>())?;
        return Ok(ExitCode::SUCCESS);
    };
    let Some(door) = DOORS.iter().find(|door| door.name == name) else {
        let names: Vec<&str> = DOORS.iter().map(|door| door.name).collect();
        let (name, meant) = (Text::foreign(&name).text, meant(&name, &names));
        return Err(format!("there is no control {name}{meant}; `companion control` lists those that there are").into());
    };
    let body = body(door, &arguments.fields)?;
    let at = arguments.at.unwrap_or_else(|| format!("http://127.0.0.1:{USUAL_CONTROL_PORT}"));
    let (status, answer) = control::call(&at, door, &Value::Object(body), arguments.key.as_deref())
        .await
        .map_err(|error| format!("no sandbox answers at {at}: {error}"))?;
    if status != 200 {
        let why = answer.get("error").and_then(Value::as_str).unwrap_or("it refused without a word");
        terminal::say(format_args!("companion: {}", terminal::plain(why)));
        return Ok(ExitCode::FAILURE);
    }
    terminal::print_if_read(&format!("{}\n", terminal::plain(&serde_json::to_string_pretty(&answer)?)))?;
    Ok(ExitCode::SUCCESS)
}

/// A control with its fields, as it is typed.
fn told(door: &Door) -> String {
    let mut text = format!("{}\n    {}\n", door.name, door.says);
    for field in door.fields() {
        let takes = match field.kind {
            Kind::Choice { of } => format!(" ({})", of.join(", ")),
            Kind::Flag => " (true, false)".to_owned(),
            _ => String::new(),
        };
        let name = if field.optional { format!("[{}]", field.name) } else { field.name.to_owned() };
        text.push_str(&format!("      {name:<18} {}{takes}\n", field.says));
    }
    text
}

/// What is sent. Nothing that was typed is left out of it, and nothing that must be there is left to be found out.
fn body(door: &Door, typed: &[(String, String)]) -> Result<Map<String, Value>, String> {
    let mut body = Map::new();
    for (name, value) in typed {
        let Some(field) = door.fields().find(|field| field.name == name) else {
            let names: Vec<&str> = door.fields().map(|field| field.name).collect();
            let takes =
                if names.is_empty() { "it takes none".to_owned() } else { format!("it takes {}", names.join(", ")) };
            let (name, meant) = (Text::foreign(name).text, meant(name, &names));
            return Err(format!("{} has no field {name}{meant}; {takes}", door.name));
        };
        if body.insert(name.clone(), as_json(field.kind, value)).is_some() {
            return Err(format!("the field {name} is there twice"));
        }
    }
    match door.fields().find(|field| !field.optional && !body.contains_key(field.name)) {
        Some(field) => Err(format!("{} needs {}=…: {}", door.name, field.name, field.says)),
        None => Ok(body),
    }
}

fn meant(wrong: &str, names: &[&str]) -> String {
    nearest(wrong, names).map(|name| format!(", perhaps {name} is meant")).unwrap_or_default()
}

/// A text is one as it was typed, also where it looks like a number.
fn as_json(kind: Kind, typed: &str) -> Value {
    let value = serde_json::from_str(typed).ok();
    let is_text = matches!(kind, Kind::Person | Kind::Text { .. } | Kind::Choice { .. } | Kind::Day { .. });
    value.filter(|value: &Value| !is_text || value.is_string()).unwrap_or_else(|| Value::from(typed))
}

/// `seconds=3600`, `person=emma`, `only=["/token"]`.
fn field(typed: &str) -> Result<(String, String), String> {
    let (name, value) = typed.split_once('=').ok_or("a field is written NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn sent(name: &str, typed: &[&str]) -> Result<Value, String> {
        let door = DOORS.iter().find(|door| door.name == name).unwrap();
        let typed = typed.iter().map(|typed| field(typed)).collect::<Result<Vec<_>, _>>()?;
        body(door, &typed).map(Value::Object)
    }

    #[test]
    fn a_value_is_what_its_field_takes() {
        for (name, typed, expected) in [
            ("advance", &["seconds=-60"][..], json!({ "seconds": -60 })),
            ("advance", &["seconds=soon"], json!({ "seconds": "soon" })),
            ("invite", &["person=emma"], json!({ "person": "emma" })),
            ("invite", &["person=\"emma\""], json!({ "person": "emma" })),
            ("invite", &["person="], json!({ "person": "" })),
            (
                "sign-in",
                &["url=https://a.example/?b=c", "number=32470123456", "password=true"],
                json!({ "url": "https://a.example/?b=c", "number": "32470123456", "password": "true" }),
            ),
            ("second-device", &["enabled=true", "threshold=80"], json!({ "enabled": true, "threshold": 80 })),
            ("faults", &["only=[\"/token\"]", "status=503"], json!({ "only": ["/token"], "status": 503 })),
            ("requests", &[], json!({})),
        ] {
            assert_eq!(sent(name, typed), Ok(expected), "{name} {typed:?}");
        }
    }

    #[test]
    fn what_no_field_takes_is_said_before_anything_is_asked() {
        for (name, typed, why) in [
            ("advance", &["seconds"][..], "a field is written NAME=VALUE"),
            ("advance", &["secnods=1"], "advance has no field secnods, perhaps seconds is meant; it takes seconds"),
            ("advance", &["seconds=1", "seconds=2"], "the field seconds is there twice"),
            ("advance", &[], "advance needs seconds=…: So many seconds"),
            ("requests", &["person=emma"], "requests has no field person; it takes none"),
            ("rotate-key", &["now=true"], "rotate-key has no field now; it takes none"),
        ] {
            assert_eq!(sent(name, typed), Err(why.to_owned()), "{name} {typed:?}");
        }
    }

    #[test]
    fn every_control_is_listed_with_its_fields() {
        let all: String = DOORS.iter().map(told).collect();
        for door in DOORS {
            assert!(all.contains(door.says), "{}", door.name);
            door.fields().for_each(|field| assert!(all.contains(field.name), "{}", field.name));
        }
    }
}
