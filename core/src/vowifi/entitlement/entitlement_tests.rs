//! Every combination of codes has its message, and every form of the document the same codes.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::trials::config;

/// The table: codes accepted in each field, in the order entitlement, provisioning, terms, address; the first row that fits.
const TABLE: [([&str; 4], EntitlementMessage); 9] = [
    (["1", "12-", "12-", "12-"], EntitlementMessage::Entitled),
    (["2-", "0123-", "0123-", "0123-"], EntitlementMessage::Incompatible),
    (["0", "0123-", "0", "0123-"], EntitlementMessage::DataMissing),
    (["0", "0123-", "0123-", "0"], EntitlementMessage::DataMissing),
    (["3", "0123-", "0123-", "0123-"], EntitlementMessage::InProgress),
    (["0", "0123-", "3", "123-"], EntitlementMessage::InProgress),
    (["0", "0123-", "123-", "3"], EntitlementMessage::InProgress),
    (["0", "03", "12-", "12-"], EntitlementMessage::InProgress),
    (["0123-", "0123-", "0123-", "0123-"], EntitlementMessage::Unclear),
];

const VALUES: [Option<&str>; 5] = [Some("0"), Some("1"), Some("2"), Some("3"), None];
const FIELDS: [&str; 4] = ["EntitlementStatus", "ProvStatus", "TC_Status", "AddrStatus"];

fn xml(values: [Option<&str>; 4], more: &str) -> String {
    let parameters: String = FIELDS
        .iter()
        .zip(values)
        .filter_map(|(name, value)| Some(format!(r#"<parm name="{name}" value="{}"/>"#, value?)))
        .collect();
    format!(
        r#"<?xml version="1.0"?><wap-provisioningdoc version="1.1">
        <characteristic type="VERS"><parm name="version" value="1"/><parm name="validity" value="172800"/></characteristic>
        <characteristic type="APPLICATION"><parm name="AppID" value="ap2003"/><parm name="EntitlementStatus" value="9"/></characteristic>
        <characteristic type="APPLICATION"><parm name="AppID" value="ap2004"/>{parameters}{more}</characteristic>
        </wap-provisioningdoc>"#
    )
}

fn json_of(values: [Option<&str>; 4]) -> String {
    let members: serde_json::Map<_, _> =
        FIELDS.iter().zip(values).filter_map(|(name, value)| Some(((*name).to_owned(), json!(value?)))).collect();
    json!({ "Vers": { "version": "1" }, "ap2003": { "EntitlementStatus": "9" }, "ap2004": members }).to_string()
}

#[test]
fn every_combination_of_codes_has_its_message_in_both_forms() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for at in 0..VALUES.len().pow(4) {
        let values = [0, 1, 2, 3].map(|field: u32| VALUES[at / VALUES.len().pow(field) % VALUES.len()]);
        let fits = |row: &[&str; 4]| row.iter().zip(values).all(|(codes, value)| codes.contains(value.unwrap_or("-")));
        let expected = TABLE.iter().find(|(row, _)| fits(row)).unwrap().1;
        let of_xml = super::read(xml(values, "").as_bytes()).unwrap();
        assert_eq!(of_xml.message(), expected, "{values:?}");
        assert_eq!(super::read(json_of(values).as_bytes()).unwrap(), of_xml, "{values:?}");
        assert_eq!(of_xml.codes(), values.map(|value| value.unwrap_or("-")).concat());
        *counts.entry(format!("{expected:?}")).or_default() += 1;
    }
    // Counted by hand: 3³ of 5³ are in order, two of five entitlements are incompatible, and so on.
    let by_hand = [("DataMissing", 45), ("Entitled", 27), ("InProgress", 178), ("Incompatible", 250), ("Unclear", 125)];
    assert_eq!(counts, by_hand.map(|(message, count)| (message.to_owned(), count)).into());
}

#[test]
fn a_code_that_nobody_knows_is_unclear_and_never_an_error() {
    for junk in ["4", "-1", "true", "one", "1.0", "0x1", "99999999999999999999"] {
        let read = super::read(xml([Some("1"), Some(junk), None, None], "").as_bytes()).unwrap();
        assert_eq!((read.message(), read.codes()), (EntitlementMessage::Unclear, "1?--".to_owned()), "{junk}");
    }
    for junk in [json!(true), json!([1]), json!({}), json!(1.5)] {
        let document = json!({ "ap2004": { "EntitlementStatus": junk } }).to_string();
        assert_eq!(super::read(document.as_bytes()).unwrap().entitlement, Code::Unknown);
    }
    let tolerated =
        json!({ "AP2004": { "entitlementstatus": 1, "provstatus": " 1 ", "tc_status": "", "AddrStatus": null } });
    assert_eq!(super::read(tolerated.to_string().as_bytes()).unwrap().codes(), "11--");
    let listed = json!({ "APPLICATION": [{ "AppID": "ap2003" }, { "AppID": "ap2004", "EntitlementStatus": "0" }] });
    assert_eq!(super::read(listed.to_string().as_bytes()).unwrap().codes(), "0---");
}

#[test]
fn a_form_is_opened_over_https_only_and_shown_to_nobody_else() {
    let flow = |url: &str| {
        let more = format!(
            r#"<parm name="ServiceFlow_URL" value="{url}"/><parm name="ServiceFlow_UserData" value="imsi=206050000000001"/>"#
        );
        super::read(xml([Some("0"), None, Some("0"), None], &more).as_bytes()).unwrap()
    };
    let good = flow("https://vowifi.operator.example/form?token=s3cret&amp;lang=fr");
    let page = good.service_flow.clone().unwrap();
    assert_eq!(page.url, "https://vowifi.operator.example/form?token=s3cret&lang=fr");
    assert_eq!(page.user_data.as_deref(), Some("imsi=206050000000001"));
    let shown = format!("{good:?}");
    assert!(!shown.contains("s3cret") && !shown.contains("operator.example") && !shown.contains("20605"), "{shown}");
    let long = format!("https://operator.example/{}", "a".repeat(2048));
    for bad in [
        "http://operator.example/form",
        "javascript:alert(1)",
        "https://",
        "https://user:pw@operator.example/",
        "form",
        "",
        &long,
    ] {
        assert_eq!(flow(bad).service_flow, None, "{bad}");
    }
}

#[test]
fn what_is_no_document_about_wifi_calling_says_why() {
    let entity = r#"<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><characteristic><parm name="AppID" value="&e;"/></characteristic>"#;
    let deep = "<a>".repeat(20_000);
    let wide = format!("<a>{}</a>", "<b/>".repeat(10_000));
    let vectors = [
        (vec![b' '; LONGEST + 1], Unreadable::TooLong),
        (Vec::new(), Unreadable::Malformed),
        (b"<a".to_vec(), Unreadable::Malformed),
        (b"{\"ap2004\":".to_vec(), Unreadable::Malformed),
        (b"[]".to_vec(), Unreadable::Malformed),
        (vec![0xFF, 0xFE], Unreadable::Malformed),
        (entity.as_bytes().to_vec(), Unreadable::Malformed),
        (deep.into_bytes(), Unreadable::Malformed),
        (wide.into_bytes(), Unreadable::Malformed),
        (b"[".repeat(30_000), Unreadable::Malformed),
        (b"<wap-provisioningdoc/>".to_vec(), Unreadable::NoWifiCalling),
        (b"{\"ap2003\":{\"EntitlementStatus\":1}}".to_vec(), Unreadable::NoWifiCalling),
        (b"{\"ap2004\":1}".to_vec(), Unreadable::NoWifiCalling),
    ];
    for (document, expected) in vectors {
        let start = String::from_utf8_lossy(&document[..document.len().min(40)]).into_owned();
        assert_eq!(super::read(&document), Err(expected), "{start}");
    }
    assert!(
        super::read(format!("\u{FEFF}{}", xml([Some("1"), None, None, None], "")).as_bytes()).is_ok(),
        "with a BOM"
    );
}

/// The size limit, as the documentation states it.
const LONGEST: usize = 65_536;

proptest! {
    #![proptest_config(config(500))]

    #[test]
    fn any_text_is_read(text in "[<>{}\\[\\]\"=/a-z0-9 :,&;!]{0,200}", at in 0usize..700, byte in any::<u8>()) {
        let _ = super::read(text.as_bytes());
        let mut document = xml([Some("1"), Some("0"), None, Some("3")], &text).into_bytes();
        let at = at % document.len();
        document[at] = byte;
        let _ = super::read(&document);
    }
}
