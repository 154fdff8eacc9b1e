//! `companion operator new`: a profile to go on from, with what the provider says of itself filled in and every field explained.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{ErrorKind, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use companion::operator::profile::{JSON_SCHEMA, SCHEMA};
use companion::session::discovery::{Caution, Provider, describe};
use serde_json::{Value, json};

use super::schema::Schema;
use crate::host::ComputerClock;
use crate::terminal;

/// The name of the schema beside a profile.
const SCHEMA_FILE: &str = "profile.schema.json";
/// A file of certificates is smaller.
const LONGEST_ANCHORS: u64 = 256 * 1024;

/// Begin a profile from what your OpenID provider says of itself
///
/// Every field is there and explained; what you must fill in is "", and a field that you may use stands behind // in its name.
/// Nothing is sent but the question for the provider's metadata.
///
/// Exit status: 0 written; 2 the provider cannot be used or reached, or the file is there already.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Your issuer, or the address of its metadata
    #[arg(value_name = "ISSUER")]
    address: String,
    /// Write it here, and the schema for your editor beside it [default: print it]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Believe only these authorities: certificates in PEM, for a test system
    #[arg(long, value_name = "FILE")]
    anchors: Option<PathBuf>,
}

/// Runs the command.
pub async fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let anchors = arguments.anchors.as_deref().map(read_anchors).transpose()?;
    if let Some(out) = arguments.out.as_deref().filter(|out| out.exists()) {
        return Err(format!("{} is there already; nothing is written over", out.display()).into());
    }
    let provider = describe(&arguments.address, anchors.clone(), Arc::new(ComputerClock)).await?;
    let text = profile(&provider, anchors);
    for caution in &provider.cautions {
        terminal::say(format_args!("companion: {}", told(*caution)));
    }
    let Some(out) = &arguments.out else {
        terminal::print(&text)?;
        return Ok(ExitCode::SUCCESS);
    };
    write_new(out, &text).map_err(|error| format!("cannot write {}: {error}", out.display()))?;
    let beside = out.with_file_name(SCHEMA_FILE);
    match write_new(&beside, JSON_SCHEMA) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            return Err(format!("cannot write {}: {error}", beside.display()).into());
        }
        _ => {}
    }
    terminal::print(&format!(
        "{} is begun. Fill in what is \"\"; an editor that knows JSON Schema explains and checks each field ({}).\n\
         To see what is missing: companion session --profile {0}\n",
        out.display(),
        beside.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn read_anchors(file: &Path) -> Result<String, String> {
    let mut text = String::new();
    let read = File::open(file).and_then(|file| file.take(LONGEST_ANCHORS).read_to_string(&mut text));
    read.map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    Ok(text)
}

/// A file that was not there.
fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    File::options().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}

/// The text of a profile that goes on from here.
fn profile(provider: &Provider, anchors: Option<String>) -> String {
    let mut known = known(provider);
    if let Some(anchors) = anchors {
        known.insert("trust.anchorsPem", json!(anchors));
    }
    let mut text = String::from("{\n");
    let introduction = "A start. Fill in what is empty: a companion that opens this file, and an editor that knows its schema, \
                        say what is missing and where. A member whose name begins with // is a comment: behind \"// \" stands \
                        what a field means, behind \"//\" a field that you may use; take the // away then. Delete what you do not need.";
    let _ = writeln!(text, "  \"//\": {},", json!(introduction));
    let _ = writeln!(text, "  \"// provider\": {},", json!(facts(provider)));
    let _ = write!(text, "  \"$schema\": {},\n  \"schema\": {SCHEMA}", json!(format!("./{SCHEMA_FILE}")));
    for (name, field) in Schema::whole().fields() {
        if !matches!(name.as_str(), "$schema" | "schema") {
            text.push_str(",\n\n");
            let needed = Schema::whole().needs(&name);
            member(&mut text, &name, field, &name, needed, &known, 1);
        }
    }
    text.push_str("\n}\n");
    text
}

/// What the provider's metadata decide, by field.
fn known(provider: &Provider) -> BTreeMap<&'static str, Value> {
    let offers = |scope: &str| provider.scopes.iter().any(|offered| offered == scope);
    let mut scopes = vec!["openid"];
    scopes.extend(["offline_access", "profile"].into_iter().filter(|scope| offers(scope)));
    let mut known = BTreeMap::from([
        ("timeZone", json!("Europe/Brussels")),
        ("identity.issuer", json!(provider.issuer)),
        ("identity.scopes", json!(scopes)),
        ("capabilities", json!(["usage"])),
    ]);
    if !provider.origins.is_empty() {
        known.insert("identity.origins", json!(provider.origins));
    }
    if provider.binds_tokens {
        known.insert("identity.dpop", json!(true));
    }
    if provider.creates_accounts {
        known.insert("identity.createsAccounts", json!(true));
    }
    if let Some(more) = left_out(provider) {
        known.insert("// identity.scopes", json!(more));
    }
    if !provider.id_token_algorithms.is_empty() {
        known.insert("identity.idTokenAlgorithms", json!(provider.id_token_algorithms));
    }
    known
}

/// What else the metadata say, in words.
fn facts(provider: &Provider) -> String {
    let offered = |is: bool, what: &str, not: &str| if is { what.to_owned() } else { not.to_owned() };
    let scopes = match provider.scopes.as_slice() {
        [] => "Which scopes it offers, it does not say.".to_owned(),
        scopes => format!("It offers the scopes {}.", scopes.join(", ")),
    };
    [
        format!("From the metadata of {}.", provider.issuer),
        scopes,
        offered(
            provider.binds_tokens,
            "It binds tokens to a key of the app (RFC 9449).",
            "It does not bind tokens to a key of the app (RFC 9449).",
        ),
        offered(
            provider.takes_pushed_requests,
            "It takes pushed requests (RFC 9126), and the app then pushes them.",
            "It takes no pushed requests (RFC 9126).",
        ),
        offered(
            provider.promises_iss,
            "It promises iss in callbacks (RFC 9207).",
            "It does not promise iss in callbacks (RFC 9207).",
        ),
        offered(
            provider.ends_sessions,
            "It ends the browser's session at sign-out.",
            "It does not end the browser's session at sign-out.",
        ),
    ]
    .into_iter()
    .chain(provider.cautions.iter().map(|caution| told(*caution).to_owned()))
    .collect::<Vec<_>>()
    .join(" ")
}

/// What would come of it, for whoever can change the provider.
fn told(caution: Caution) -> &'static str {
    match caution {
        Caution::SignsUntold => {
            "The provider does not say how it signs id tokens (id_token_signing_alg_values_supported). The app takes ES256, \
             RS256 and PS256, and refuses every sign-in by another."
        }
        Caution::SignsOtherwise => {
            "The provider signs id tokens by none of ES256, RS256 and PS256: the app will refuse every sign-in until it signs \
             them by one of these (HS256 needs a secret, which an app cannot keep)."
        }
        Caution::NoOpenid => "The provider does not offer the scope openid, which every sign-in asks for.",
        Caution::NoCode => "The provider does not offer the response type code, which every sign-in asks for.",
        Caution::WantsSecret => {
            "The provider does not say that it takes clients without a secret (token_endpoint_auth_methods_supported: none), \
             as an app is: register it as a public client (RFC 8252)."
        }
    }
}

/// Scopes that are offered and that a start does not ask for.
fn left_out(provider: &Provider) -> Option<String> {
    // Of the person the app wants no more than the lines.
    let known = ["openid", "offline_access", "profile", "email", "address", "phone"];
    let others: Vec<&str> = provider.scopes.iter().map(String::as_str).filter(|scope| !known.contains(scope)).collect();
    (!others.is_empty()).then(|| {
        format!(
            "Your provider also offers these, and only you know which of them your APIs want of an access token (without one they \
             answer 403): add those of the capabilities that you list to scopes. {}",
            others.join(", ")
        )
    })
}

/// A field with what it means: as it is known, to be filled in where it must be there, else behind `//` for whoever wants it.
fn member(
    text: &mut String,
    name: &str,
    field: Schema,
    place: &str,
    needed: bool,
    known: &BTreeMap<&'static str, Value>,
    depth: usize,
) {
    let indent = "  ".repeat(depth);
    let _ = writeln!(text, "{indent}{}: {},", json!(format!("// {name}")), json!(field.description()));
    if let Some(more) = known.get(&*format!("// {place}")) {
        let _ = writeln!(text, "{indent}{}: {more},", json!(format!("// more {name}")));
    }
    let has_known = known.keys().any(|known| *known == place || known.starts_with(&format!("{place}.")));
    let name = if needed || has_known { name.to_owned() } else { format!("//{name}") };
    let _ = write!(text, "{indent}{}: ", json!(name));
    let fields = field.fields();
    // An own name's field says all of it in one example.
    if let Some(value) = known.get(place) {
        let _ = write!(text, "{value}");
    } else if fields.is_empty() || (field.example().is_some() && (!needed || place.contains("[]"))) {
        let needed = needed && !place.contains("[]");
        let listed = || field.items().filter(|items| !items.fields().is_empty());
        match (needed, field.example(), listed()) {
            (true, ..) => drop(write!(text, "{}", field.blank())),
            (false, Some(example), _) => drop(write!(text, "{example}")),
            (false, None, Some(items)) => {
                let _ = writeln!(text, "[\n{indent}  {{");
                object(text, items, &format!("{place}[]"), known, depth.saturating_add(2));
                let _ = write!(text, "\n{indent}  }}\n{indent}]");
            }
            (false, None, None) => drop(write!(text, "{}", field.blank())),
        }
    } else {
        text.push_str("{\n");
        object(text, field, place, known, depth.saturating_add(1));
        let _ = write!(text, "\n{indent}}}");
    }
}

/// The fields of an object, one after the other.
fn object(text: &mut String, schema: Schema, place: &str, known: &BTreeMap<&'static str, Value>, depth: usize) {
    for (at, (name, field)) in schema.fields().into_iter().enumerate() {
        if at > 0 {
            text.push_str(",\n");
        }
        member(text, &name, field, &format!("{place}.{name}"), schema.needs(&name), known, depth);
    }
}

#[cfg(test)]
mod tests {
    use boon::{Compiler, Schemas};
    use companion::Problem;
    use companion::operator::profile::{Profile, SigningAlgorithm};

    use super::*;

    fn provider() -> Provider {
        Provider {
            issuer: "https://id.operator.example/realm".to_owned(),
            origins: vec!["https://login.operator.example".to_owned()],
            scopes: vec!["openid".to_owned(), "offline_access".to_owned(), "line.read".to_owned()],
            id_token_algorithms: vec![SigningAlgorithm::PS256],
            binds_tokens: true,
            takes_pushed_requests: true,
            promises_iss: false,
            creates_accounts: true,
            ends_sessions: true,
            cautions: Vec::new(),
        }
    }

    /// Fills in what is empty, as a person would.
    fn filled(text: &str) -> String {
        [
            ("\"id\": \"\"", "\"id\": \"example\""),
            ("\"name\": \"\"", "\"name\": \"Example\""),
            ("\"languages\": []", "\"languages\": [\"nl\"]"),
            ("\"clientId\": \"\"", "\"clientId\": \"app\""),
            ("\"redirectUri\": \"\"", "\"redirectUri\": \"a.b:/c\""),
            ("\"baseUrl\": \"\"", "\"baseUrl\": \"https://api.example\""),
            ("\"query\": \"\"", "\"query\": \"report-get\""),
            ("\"lineFilter\": \"\"", "\"lineFilter\": \"logicalResource.value\""),
        ]
        .into_iter()
        .fold(text.to_owned(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        })
    }

    #[test]
    fn a_start_becomes_a_profile_by_filling_in_what_is_empty() {
        let text = profile(&provider(), None);
        let Err(Problem::Configuration { field, reason }) = Profile::parse(&text) else { panic!("{text}") };
        assert_eq!(field, "id", "the first that is to be filled in: {reason}");
        assert_eq!(Profile::faults(&text).len(), 8, "{:#?}", Profile::faults(&text));
        let parsed = Profile::parse(&filled(&text)).unwrap_or_else(|problem| panic!("{problem}\n{text}"));
        assert_eq!(parsed.identity.issuer, "https://id.operator.example/realm");
        assert_eq!(parsed.identity.origins, ["https://login.operator.example"]);
        assert_eq!(parsed.identity.scopes, ["openid", "offline_access"]);
        assert_eq!(parsed.identity.id_token_algorithms, [SigningAlgorithm::PS256]);
        assert!(parsed.identity.dpop && parsed.identity.creates_accounts && parsed.apis.invoices.is_none());
        assert!(text.contains("It offers the scopes openid, offline_access, line.read. It binds tokens"));
    }

    #[test]
    fn scopes_that_only_the_operator_can_choose_from_are_listed_beside_those_that_are_asked_for() {
        let text = profile(&provider(), None);
        let value: Value = serde_json::from_str(&text).unwrap();
        let more = value["identity"]["// more scopes"].as_str().unwrap();
        assert!(more.ends_with("to scopes. line.read"), "{more}");
        let plain = Provider { scopes: vec!["openid".to_owned(), "email".to_owned()], ..provider() };
        assert!(!profile(&plain, None).contains("// more scopes"));
    }

    #[test]
    fn what_a_sign_in_would_fail_by_stands_in_the_start() {
        let cautions =
            [Caution::SignsUntold, Caution::SignsOtherwise, Caution::NoOpenid, Caution::NoCode, Caution::WantsSecret];
        for caution in cautions {
            let text = profile(&Provider { cautions: vec![caution], ..provider() }, None);
            let value: Value = serde_json::from_str(&text).unwrap();
            assert!(value["// provider"].as_str().unwrap().ends_with(told(caution)), "{caution:?}");
        }
    }

    #[test]
    fn an_editor_marks_only_what_is_to_be_filled_in() {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource("profile.schema.json", serde_json::from_str(JSON_SCHEMA).unwrap()).unwrap();
        let index = compiler.compile("profile.schema.json", &mut schemas).unwrap();
        let text = profile(&provider(), Some("-----BEGIN CERTIFICATE-----\nAA==\n".to_owned()));
        let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        assert!(schemas.validate(&read(&text), index).is_err());
        if let Err(marked) = schemas.validate(&read(&filled(&text)), index) {
            panic!("{marked:#}");
        }
    }

    #[test]
    fn every_field_of_the_schema_is_explained() {
        fn names(schema: &Value, found: &mut Vec<String>) {
            for (keyword, value) in schema.as_object().into_iter().flatten() {
                match value {
                    Value::Object(fields) if keyword == "properties" => found.extend(fields.keys().cloned()),
                    _ => {}
                }
                if value.is_object() && keyword != "then" && keyword != "if" {
                    names(value, found);
                }
            }
        }
        let text = profile(&provider(), None);
        let mut all = Vec::new();
        names(&serde_json::from_str(JSON_SCHEMA).unwrap(), &mut all);
        // What stands within an example is explained by its holder.
        let by_example = [
            "nl",
            "fr",
            "en",
            "de",
            "allowancePercent",
            "outOfBundleCents",
            "roamingLimitPercent",
            "schema",
            "$schema",
        ];
        let missing: Vec<_> = all
            .iter()
            .filter(|name| !by_example.contains(&name.as_str()) && !text.contains(&format!("\"// {name}\": \"")))
            .collect();
        assert!(missing.is_empty() && all.len() > 80, "{missing:?}");
    }
}
