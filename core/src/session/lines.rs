//! Which lines the person may see (OpenID Connect userinfo with TMF691 `userAssets`).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::store::Snapshot;

/// A line the person may see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The operator's stable id.
    pub id: String,
    /// Its number in E.164, where known.
    pub msisdn: Option<String>,
}

/// All lines of the person, in the operator's order, as they are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lines(pub Vec<Line>);

impl Snapshot for Lines {
    const KIND: &'static str = "lines";
    const REVISION: u8 = 1;
}

/// Reads the lines out of a userinfo answer that must be about `sub` (OpenID Connect Core §5.3.2).
/// None when it is about somebody else or is no such document. Without assets the person's own number is the line.
pub fn read(body: &[u8], sub: &str) -> Option<Lines> {
    let document: Value = serde_json::from_slice(body).ok()?;
    if document.get("sub")?.as_str()? != sub {
        return None;
    }
    let assets = match document.get("userAssets") {
        Some(Value::Array(assets)) => assets.as_slice(),
        Some(single @ Value::Object(_)) => std::slice::from_ref(single),
        _ => &[],
    };
    let mut lines: Vec<Line> = Vec::new();
    for asset in assets {
        let text = |key: &str| asset.get(key).and_then(Value::as_str);
        let Some(id) = text("id").filter(|id| !id.is_empty()) else { continue };
        // A landline or a television set is no mobile line.
        let is_mobile = text("assetType").is_none_or(|kind| kind.trim().eq_ignore_ascii_case("mobile"));
        if is_mobile && !lines.iter().any(|line| line.id == id) {
            lines.push(Line { id: id.to_owned(), msisdn: text("name").and_then(e164) });
        }
    }
    if assets.is_empty()
        && let Some(msisdn) = document.get("phone_number").and_then(Value::as_str).and_then(e164)
    {
        lines.push(Line { id: msisdn.clone(), msisdn: Some(msisdn) });
    }
    Some(Lines(lines))
}

/// A number with its country code, spaces and punctuation dropped (ITU-T E.164: at most 15 digits).
fn e164(written: &str) -> Option<String> {
    let digits: String = written.trim().strip_prefix('+')?.chars().filter(|c| !" ()-./\u{a0}".contains(*c)).collect();
    let is_number = (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| format!("+{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn lines(document: Value) -> Option<Vec<(String, Option<String>)>> {
        let lines = read(document.to_string().as_bytes(), "anna")?;
        Some(lines.0.into_iter().map(|line| (line.id, line.msisdn)).collect())
    }

    #[test]
    fn every_mobile_asset_is_a_line_once_in_the_operators_order() {
        let found = lines(json!({"sub": "anna", "phone_number": "+32470000000", "userAssets": [
            {"id": "b", "assetType": "mobile", "name": "+32 470 12 34 56"},
            {"id": "tv", "assetType": "television"},
            {"id": "a", "assetType": " Mobile ", "name": "my phone"},
            {"id": "b", "assetType": "mobile", "name": "+32499999999"},
            {"id": "", "assetType": "mobile"}, {"assetType": "mobile"}, 7, null
        ]}));
        let expected = [("b", Some("+32470123456")), ("a", None)];
        assert_eq!(found.unwrap(), expected.map(|(id, n)| (id.to_owned(), n.map(str::to_owned))));
    }

    #[test]
    fn without_assets_the_persons_own_number_is_the_line() {
        let own = lines(json!({"sub": "anna", "phone_number": "+32 (470) 12-34.56"})).unwrap();
        assert_eq!(own, [("+32470123456".to_owned(), Some("+32470123456".to_owned()))]);
        assert_eq!(lines(json!({"sub": "anna", "phone_number": "0470"})).unwrap(), []);
    }

    #[test]
    fn somebody_elses_userinfo_is_refused() {
        assert_eq!(lines(json!({"sub": "bert", "userAssets": []})), None);
        assert_eq!(lines(json!({"userAssets": []})), None);
        assert_eq!(read(b"<html>", "anna"), None);
    }
}
