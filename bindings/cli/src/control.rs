//! `companion control`: what can be asked of a running sandbox, by the same list as its page.

use std::process::ExitCode;

use companion_sandbox::control::{self, DOORS, Door, Kind};
use serde_json::{Map, Value};

use crate::sandbox::USUAL_CONTROL_PORT;

/// Move time, use data, send an invoice or break things at a running sandbox; alone it lists what there is
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  companion control advance seconds=3600\n  companion control use person=emma what=data amount=500\n  \
                        companion control faults status=503 'only=[\"/tmf-api/usageConsumption\"]'\n  companion control faults\n\n\
                        Exit status: 0 done, 1 refused with a sentence, 2 there is no sandbox there."
)]
pub struct Arguments {
    /// What to do; without it everything is listed
    name: Option<String>,
    /// Fields, the value as JSON or as text
    #[arg(value_name = "FIELD=VALUE", value_parser = field)]
    fields: Vec<(String, Value)>,
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
        DOORS.iter().for_each(|door| print!("{}", told(door)));
        return Ok(ExitCode::SUCCESS);
    };
    let Some(door) = DOORS.iter().find(|door| door.name == name) else {
        return Err(format!("there is no control {name}; `companion control` lists those that there are").into());
    };
    let at = arguments.at.unwrap_or_else(|| format!("http://127.0.0.1:{USUAL_CONTROL_PORT}"));
    let body = Value::Object(arguments.fields.into_iter().collect::<Map<_, _>>());
    let (status, answer) = control::call(&at, door, &body, arguments.key.as_deref())
        .await
        .map_err(|error| format!("no sandbox answers at {at}: {error}"))?;
    if status != 200 {
        let why = answer.get("error").and_then(Value::as_str).unwrap_or("it refused without a word");
        eprintln!("companion: {}", crate::terminal::plain(why));
        return Ok(ExitCode::FAILURE);
    }
    println!("{}", crate::terminal::plain(&serde_json::to_string_pretty(&answer)?));
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

/// `seconds=3600`, `person=emma`, `only=["/token"]`.
fn field(typed: &str) -> Result<(String, Value), String> {
    let (name, value) = typed.split_once('=').ok_or("a field is written NAME=VALUE")?;
    let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value));
    Ok((name.to_owned(), value))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_value_is_json_or_text() {
        for (typed, name, value) in [
            ("seconds=-60", "seconds", json!(-60)),
            ("person=emma", "person", json!("emma")),
            ("enabled=true", "enabled", json!(true)),
            ("only=[\"/token\"]", "only", json!(["/token"])),
            ("body=a=b", "body", json!("a=b")),
            ("name=", "name", json!("")),
        ] {
            assert_eq!(field(typed), Ok((name.to_owned(), value)), "{typed}");
        }
        assert!(field("seconds").is_err());
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
