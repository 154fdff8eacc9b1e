//! Captures made ready to be played: the addresses of the operator that was captured become those of the one that plays it.

use companion_sandbox::Recording;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use serde_json::{Value, json};
use url::Url;

use super::file::{Capture, Folder};
use super::guides::GUIDES;

/// Lines of the contract that the one who plays answers by itself.
pub const IDENTITY: [&str; 8] = [
    "provider-metadata",
    "pushed-request",
    "token-exchange",
    "token-renewal",
    "token-revocation",
    "signing-keys",
    "userinfo",
    "other",
];

/// What a printed document is played as.
const PDF: &str = "%PDF-1.7\n%%EOF\n";

/// Captures at the addresses at which they are played.
#[derive(Debug, Clone)]
pub struct Stage {
    /// The profile the core opens.
    pub profile: String,
    /// The answers.
    pub recordings: Vec<Recording>,
    /// The answer that says which lines the person has.
    pub userinfo: String,
    /// Who the captures speak of.
    pub sub: String,
    origins: Vec<(String, String)>,
}

/// Until when the captures reach back: the first time an answer tells.
pub fn began(folder: &Folder) -> Option<Timestamp> {
    let answers = folder.captures.iter().filter_map(|(_, capture)| capture.answer.as_ref());
    let dates = answers.flat_map(|answer| &answer.headers).filter(|(name, _)| *name == "date");
    dates.filter_map(|(_, date)| DateTimeParser::new().parse_timestamp(date).ok()).min()
}

impl Stage {
    /// At `origin`, where `own` is the profile of who plays there.
    pub fn at(folder: &Folder, origin: &str, own: &Value) -> Result<Stage, String> {
        let origins = origins(folder);
        let places = (0..).zip(origins).map(|(place, theirs): (usize, _)| (theirs, format!("{origin}/replay/{place}")));
        let mut stage = Stage {
            profile: String::new(),
            recordings: Vec::new(),
            userinfo: String::new(),
            sub: String::new(),
            origins: places.collect(),
        };
        stage.profile = stage.profile_of(folder, origin, own).to_string();
        let (_, userinfo) = (folder.captures.iter().rev())
            .find(|(_, capture)| {
                capture.line == "userinfo" && capture.answer.as_ref().is_some_and(|it| it.status == 200)
            })
            .ok_or("no capture says who the person is and which lines they have (userinfo)")?;
        let body = userinfo.answer.as_ref().and_then(|answer| answer.body.as_ref());
        let body = body.ok_or("the capture of userinfo has no document")?;
        stage.sub = body.get("sub").and_then(Value::as_str).ok_or("the capture of userinfo names no sub")?.to_owned();
        stage.userinfo = body.to_string();
        let played = folder.captures.iter().map(|(_, capture)| capture);
        let played = played.filter(|capture| !IDENTITY.contains(&capture.line.as_str()));
        stage.recordings = played.map(|capture| stage.recording(capture)).collect();
        Ok(stage)
    }

    /// An address as the operator that was captured has it.
    pub fn theirs(&self, path: &str) -> String {
        let at = |mine: &str| Url::parse(mine).map(|url| url.path().to_owned()).unwrap_or_default();
        let found = self.origins.iter().find_map(|(theirs, mine)| {
            let rest = path.strip_prefix(&at(mine))?;
            rest.starts_with('/').then(|| format!("{theirs}{rest}"))
        });
        found.unwrap_or_else(|| path.to_owned())
    }

    /// A text of theirs with the addresses at which it is played.
    fn mine(&self, text: &str) -> String {
        self.origins.iter().fold(text.to_owned(), |text, (theirs, mine)| text.replace(theirs, mine))
    }

    fn profile_of(&self, folder: &Folder, origin: &str, own: &Value) -> Value {
        let mut profile = folder.profile.clone();
        if let Some(apis) = profile.get_mut("apis") {
            self.move_addresses(apis);
            if let Some(documents) = apis.pointer_mut("/invoices/documentOrigins").and_then(Value::as_array_mut) {
                documents.iter_mut().for_each(|address| *address = json!(origin));
                documents.dedup();
            }
            // Guides that nobody signed are not kept.
            let wifi_calling = apis.get_mut("wifiCalling").and_then(Value::as_object_mut);
            if let Some(wifi_calling) = wifi_calling.filter(|_| !folder.has_guides()) {
                wifi_calling.remove("guideUrl");
                wifi_calling.remove("guideKeys");
            }
        }
        if let Some(profile) = profile.as_object_mut() {
            for name in ["identity", "trust"] {
                profile.insert(name.to_owned(), own.get(name).cloned().unwrap_or_default());
            }
        }
        profile
    }

    fn move_addresses(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.mine(text),
            Value::Array(elements) => elements.iter_mut().for_each(|element| self.move_addresses(element)),
            Value::Object(members) => members.values_mut().for_each(|member| self.move_addresses(member)),
            _ => {}
        }
    }

    fn recording(&self, capture: &Capture) -> Recording {
        let asked = &capture.asked;
        let place = self.origins.iter().find(|(theirs, _)| *theirs == asked.origin).map(|(_, mine)| mine.as_str());
        let path = place.and_then(|mine| Url::parse(mine).ok()).map(|url| url.path().to_owned()).unwrap_or_default();
        let answer = capture.answer.as_ref();
        let body = answer.and_then(|answer| answer.body.as_ref()).map(|body| match capture.line == GUIDES {
            // Signed as they are.
            true => body.to_string(),
            false => self.mine(&body.to_string()),
        });
        let instead = answer.and_then(|answer| answer.instead.as_ref()).map(|instead| match instead.kind.as_str() {
            "html" => "<!doctype html><title>captured</title>".to_owned(),
            "pdf" => PDF.to_owned(),
            "nothing" => String::new(),
            _ => "captured".to_owned(),
        });
        Recording {
            method: asked.method.clone(),
            path: format!("{path}{}", asked.path),
            query: asked.query.clone(),
            sent: asked.body.clone(),
            status: answer.filter(|_| !capture.was_cut()).map(|answer| answer.status),
            headers: answer.map(|answer| answer.headers.clone().into_iter().collect()).unwrap_or_default(),
            body: body.or(instead).unwrap_or_default(),
        }
    }
}

/// The operator's origins, the longest first, so that none is taken for the beginning of another.
fn origins(folder: &Folder) -> Vec<String> {
    let mut found = Vec::new();
    collect(folder.profile.get("apis").unwrap_or(&Value::Null), &mut found);
    found.extend(folder.captures.iter().map(|(_, capture)| capture.asked.origin.clone()));
    found.sort_by_key(|origin| (std::cmp::Reverse(origin.len()), origin.clone()));
    found.dedup();
    found
}

fn collect(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => {
            let url = Url::parse(text).ok().filter(|url| url.scheme() == "https");
            found.extend(url.map(|url| url.origin().ascii_serialization()));
        }
        Value::Array(elements) => elements.iter().for_each(|element| collect(element, found)),
        Value::Object(members) => members.values().for_each(|member| collect(member, found)),
        _ => {}
    }
}
