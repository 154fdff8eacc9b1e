//! Reading an entitlement document, in either of its two forms. Oddities become unknown codes, never an error; no entity is
//! ever expanded, and nothing beyond the size limit is looked at.

use roxmltree::{Document, Node, ParsingOptions};
use serde_json::{Map, Value};
use url::Url;

use super::{Code, Entitlement, ServiceFlow};

/// The longest document, in bytes.
const LONGEST: usize = 64 * 1024;
const LONGEST_URL: usize = 2048;
const LONGEST_USER_DATA: usize = 8 * 1024;
/// Far more than a document has.
const MOST_NODES: u32 = 4096;
/// Voice over Wi-Fi.
const APP_ID: &str = "ap2004";

/// Why a document says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// More than 64 KiB.
    #[error("too long")]
    TooLong,
    /// Neither XML nor JSON.
    #[error("malformed")]
    Malformed,
    /// It says nothing of Wi-Fi calling.
    #[error("no Wi-Fi calling")]
    NoWifiCalling,
}

/// Reads a document.
pub fn read(document: &[u8]) -> Result<Entitlement, Unreadable> {
    if document.len() > LONGEST {
        return Err(Unreadable::TooLong);
    }
    let text = std::str::from_utf8(document).map_err(|_| Unreadable::Malformed)?;
    let text = text.trim_start_matches('\u{FEFF}').trim();
    if text.starts_with('<') { read_xml(text) } else { read_json(text) }
}

/// `parm` elements of the `characteristic` that holds the app's id.
fn read_xml(text: &str) -> Result<Entitlement, Unreadable> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|_| Unreadable::Malformed)?;
    let application = document
        .descendants()
        .filter(|node| node.tag_name().name() == "characteristic")
        .find(|node| parameter(*node, "AppID").is_some_and(is_ours))
        .ok_or(Unreadable::NoWifiCalling)?;
    Ok(entitlement(|name| parameter(application, name).map(str::to_owned)))
}

fn parameter<'a>(application: Node<'a, '_>, name: &str) -> Option<&'a str> {
    let mut parameters = application.children().filter(|node| node.tag_name().name() == "parm");
    parameters
        .find(|node| node.attribute("name").is_some_and(|said| said.eq_ignore_ascii_case(name)))?
        .attribute("value")
}

/// A member named by the app's id, or an application that holds it.
fn read_json(text: &str) -> Result<Entitlement, Unreadable> {
    let Ok(Value::Object(document)) = serde_json::from_str(text) else { return Err(Unreadable::Malformed) };
    let named = document.iter().find(|(name, _)| is_ours(name)).and_then(|(_, value)| value.as_object());
    let held = || {
        document
            .values()
            .flat_map(objects)
            .find(|application| member(application, "AppID").is_some_and(|id| is_ours(&id)))
    };
    let application = named.or_else(held).ok_or(Unreadable::NoWifiCalling)?;
    Ok(entitlement(|name| member(application, name)))
}

/// An object, or those of a list.
fn objects(value: &Value) -> Vec<&Map<String, Value>> {
    match value {
        Value::Object(object) => vec![object],
        Value::Array(values) => values.iter().filter_map(Value::as_object).collect(),
        _ => Vec::new(),
    }
}

/// A member as text, also where it is a number. Another kind of value is there, and unknown.
fn member(application: &Map<String, Value>, name: &str) -> Option<String> {
    let (_, value) = application.iter().find(|(said, _)| said.eq_ignore_ascii_case(name))?;
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

fn is_ours(id: &str) -> bool {
    id.trim().eq_ignore_ascii_case(APP_ID)
}

fn entitlement(value: impl Fn(&str) -> Option<String>) -> Entitlement {
    let code = |name| value(name).map_or(Code::Absent, |text| Code::of(&text));
    Entitlement {
        entitlement: code("EntitlementStatus"),
        provisioning: code("ProvStatus"),
        terms: code("TC_Status"),
        address: code("AddrStatus"),
        service_flow: value("ServiceFlow_URL").and_then(|url| service_flow(url.trim(), value("ServiceFlow_UserData"))),
    }
}

fn service_flow(url: &str, user_data: Option<String>) -> Option<ServiceFlow> {
    let parsed = Url::parse(url).ok().filter(|_| url.len() <= LONGEST_URL)?;
    let is_sound = parsed.scheme() == "https"
        && parsed.host_str().is_some()
        && parsed.username().is_empty()
        && parsed.password().is_none();
    let user_data = user_data.filter(|data| !data.is_empty());
    if !is_sound || user_data.as_ref().is_some_and(|data| data.len() > LONGEST_USER_DATA) {
        return None;
    }
    Some(ServiceFlow { url: parsed.into(), user_data })
}
