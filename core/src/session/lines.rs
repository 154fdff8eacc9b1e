//! Which lines the person may see (OpenID Connect userinfo with TMF691 `userAssets`).

use serde::{Deserialize, Serialize};

use crate::operator::tolerant::{self, Findings, Node, Warning, WarningKind, Words, is_users_role};
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

/// What a userinfo answer says of the person's lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The lines.
    pub lines: Lines,
    /// What was odd.
    pub warnings: Vec<Warning>,
}

/// A person has a handful of lines; what a fleet has belongs to its people.
const MAX_LINES: usize = 50;
/// Opaque, but no operator's id is longer.
const MAX_ID: usize = 256;

/// Reads the lines out of a userinfo answer that must be about `sub` (OpenID Connect Core §5.3.2).
/// None when it is about somebody else or is no such document. Without assets the person's own number is the line.
pub fn read(body: &[u8], sub: &str) -> Option<Told> {
    let root = tolerant::parse(body).ok()?;
    let mut findings = Findings::default();
    let document = Node::root(&root).sole();
    if document.get(&["sub"])?.value().as_str()? != sub {
        return None;
    }
    let own = document.text(&["phone_number", "phoneNumber"]).and_then(e164);
    let mut lines: Vec<Line> = Vec::new();
    let mut any = false;
    for asset in document.list(&["userAssets", "userAsset", "assets"]) {
        any = true;
        let Some(id) = asset.text(&["id"]).filter(|id| id.len() <= MAX_ID) else { continue };
        let names = [&["msisdn"], &["publicIdentifier"], &["value"], &["name"], &["id"]];
        let msisdn = names.into_iter().find_map(|name| e164(asset.text(name)?));
        let is_own = msisdn.is_some() && msisdn == own;
        if is_mobile(asset)
            && (is_own || is_of_its_user(asset))
            && lines.len() < MAX_LINES
            && !lines.iter().any(|line| line.id == id)
        {
            if msisdn.is_none() && names.into_iter().filter_map(|name| asset.text(name)).any(is_dialled) {
                findings.note(asset.place(), WarningKind::NotInternational);
            }
            lines.push(Line { id: id.to_owned(), msisdn });
        }
    }
    if let (false, Some(msisdn)) = (any, own) {
        lines.push(Line { id: msisdn.clone(), msisdn: Some(msisdn) });
    }
    Some(Told { lines: Lines(lines), warnings: findings.into_warnings(&root) })
}

/// A landline or a television set is no mobile line; what says not what it is may be one.
fn is_mobile(asset: Node<'_>) -> bool {
    const MOBILE: &[&str] =
        &["mobile", "mobile line", "mobile number", "mobile service", "mobile subscription", "msisdn"];
    asset.text(&["assetType", "type"]).is_none_or(|kind| Words::of(kind).is_any(MOBILE))
}

/// Whether the person uses the line, by their role on it, or by no role at all. Whoever manages a fleet has all its lines
/// among their assets, and their colleagues' consumption is none of their business; a role in other words may be such a
/// one, and a line left out can be asked for, while one shown cannot be taken back.
fn is_of_its_user(asset: Node<'_>) -> bool {
    let is_users = |role: Node<'_>| role.as_text().or_else(|| role.text(&["name", "id"])).is_some_and(is_users_role);
    asset.get(&["role", "roles"]).is_none() || asset.list(&["role", "roles"]).any(is_users)
}

/// A number with its country code, spaces and punctuation dropped (ITU-T E.164: at most 15 digits).
fn e164(written: &str) -> Option<String> {
    let digits: String = written.trim().strip_prefix('+')?.chars().filter(|c| !" ()-./\u{a0}".contains(*c)).collect();
    let is_number = (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| format!("+{digits}"))
}

/// A number as people dial it within their country: `0470 12 34 56`.
fn is_dialled(written: &str) -> bool {
    let digits = written.chars().filter(char::is_ascii_digit).count();
    (7..=15).contains(&digits) && written.chars().all(|c| c.is_ascii_digit() || " ()-./\u{a0}".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn lines(document: Value) -> Option<Vec<(String, Option<String>)>> {
        let told = read(document.to_string().as_bytes(), "anna")?;
        Some(told.lines.0.into_iter().map(|line| (line.id, line.msisdn)).collect())
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
    fn a_number_without_its_country_is_told_to_whoever_wrote_it() {
        for (name, is_told) in [("0470 12 34 56", true), ("32470123456", true), ("my phone", false), ("12", false)] {
            let body = json!({"sub": "anna", "userAssets": [{"id": "a", "assetType": "mobile", "name": name}]});
            let told = read(body.to_string().as_bytes(), "anna").unwrap();
            let places: Vec<_> = told.warnings.iter().map(|warning| (warning.path.as_str(), warning.kind)).collect();
            let expected = [("userAssets[0]", WarningKind::NotInternational)];
            assert_eq!(places, if is_told { &expected[..] } else { &[] }, "{name}");
        }
    }

    #[test]
    fn somebody_elses_userinfo_is_refused() {
        assert_eq!(lines(json!({"sub": "bert", "userAssets": []})), None);
        assert_eq!(lines(json!({"userAssets": []})), None);
        assert_eq!(read(b"<html>", "anna"), None);
    }

    #[test]
    fn only_lines_the_person_uses_are_theirs_whoever_manages_them() {
        let vectors = [
            (json!(null), true),
            (json!("user"), true),
            (json!("authorizedUser"), true),
            (json!("AUTHORIZED_USER"), true),
            (json!("Owner"), true),
            (json!(" customer "), true),
            (json!({"name": "user"}), true),
            (json!(["fleetManager", "user"]), true),
            (json!("administrator"), false),
            (json!("fleetManager"), false),
            (json!("fleet user manager"), false),
            (json!("accountOwner"), false),
            (json!("payer"), false),
            (json!("contract holder"), false),
            (json!("something new"), false),
            (json!(7), false),
        ];
        for (role, is_theirs) in vectors {
            let found = lines(json!({"sub": "anna", "phone_number": "+32470000000", "userAssets": [
                {"id": "a", "assetType": "mobile", "name": "+32470123456", "role": role}
            ]}));
            assert_eq!(found.unwrap().len(), usize::from(is_theirs), "{role}");
        }
        // A manager has a telephone too: the line with their own number.
        let own = lines(json!({"sub": "anna", "phone_number": "+32470123456", "userAssets": [
            {"id": "a", "role": "fleetManager", "name": "+32 470 12 34 56"},
            {"id": "b", "role": "fleetManager", "name": "+32 470 12 34 57"}
        ]}));
        assert_eq!(own.unwrap(), [("a".to_owned(), Some("+32470123456".to_owned()))]);
    }

    #[test]
    fn lines_stand_under_other_names_and_in_other_shapes() {
        let expected = [("7".to_owned(), Some("+32470123456".to_owned()))];
        for document in [
            json!({"sub": "anna", "userAssets": {"id": 7, "type": "mobile", "msisdn": "+32470123456"}}),
            json!([{"sub": "anna", "userAsset": [{"id": "7", "assetType": "MSISDN", "value": "+32470123456"}]}]),
            json!({"sub": "anna", "assets": [{}, {"id": " 7 ", "type": "mobileLine", "name": "my phone", "publicIdentifier": "+32470123456"}]}),
        ] {
            assert_eq!(lines(document.clone()).unwrap(), expected, "{document}");
        }
        assert_eq!(lines(json!({"sub": "anna", "userAssets": [{"id": "7", "type": "television"}]})).unwrap(), []);
    }

    #[test]
    fn no_answer_is_too_long_or_too_deep() {
        let many: Vec<Value> = (0..500).map(|id| json!({"id": id})).collect();
        assert_eq!(lines(json!({"sub": "anna", "userAssets": many})).unwrap().len(), MAX_LINES);
        let long = "a".repeat(MAX_ID + 1);
        assert_eq!(lines(json!({"sub": "anna", "userAssets": [{"id": long}]})).unwrap(), []);
        let deep = format!(r#"{{"sub": "anna", "userAssets": {}{}}}"#, "[".repeat(200), "]".repeat(200));
        assert_eq!(read(deep.as_bytes(), "anna"), None);
        let large = format!(r#"{{"sub": "anna", "x": "{}"}}"#, "a".repeat(tolerant::MAX_JSON_BYTES));
        assert_eq!(read(large.as_bytes(), "anna"), None);
    }
}
