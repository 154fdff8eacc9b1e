//! Invoices in the terminal: seen, understood, downloaded, paid, reclaimed; with and without the operator.

use std::path::Path;

use serde_json::Value;

use crate::support::{Terminal, as_str, told};

fn signed_in() -> Terminal {
    let terminal = Terminal::open();
    let (number, password) = terminal.emma();
    let (status, _, error) = told(&terminal.sign_in_without_a_browser(&number, &format!("{password}\n")));
    assert_eq!(status, Some(0), "{error}");
    terminal
}

#[test]
fn invoices_are_listed_shown_downloaded_paid_and_reclaimed_also_when_the_operator_is_gone() {
    let mut terminal = signed_in();
    let (status, list, error) = terminal.run("invoices", &[]);
    assert_eq!(status, Some(0), "{error}");
    for part in ["so far", "Provisional", "To pay by", "Overdue", "No invoice", "Credit note", "Checked today"] {
        assert!(list.contains(part), "{part:?} is not in\n{list}");
    }
    let (status, json, _) = terminal.run("invoices", &["--json"]);
    let view: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((status, view["phase"].as_str()), (Some(0), Some("Loaded")));

    let (status, one, error) = terminal.run("invoices", &["show"]);
    assert_eq!(status, Some(0), "{error}");
    for part in ["Your employer covered €25.00", "always yours", "Total with VAT", "Parking by SMS", "Not downloaded"]
    {
        assert!(one.contains(part), "{part:?} is not in\n{one}");
    }
    let folder = terminal.path("invoices");
    std::fs::create_dir(&folder).unwrap();
    // The same file is not put there twice; another of that name is left alone.
    for (turn, ending) in [("", "90.pdf"), ("again", "90.pdf"), ("changed", "90-2.pdf")] {
        let (status, put, error) = terminal.run("invoices", &["download", "--to", as_str(&folder)]);
        assert_eq!(status, Some(0), "{error}");
        let put = Path::new(put.trim()).to_owned();
        let name = put.file_name().unwrap().to_str().unwrap().to_owned();
        assert!(name.starts_with("Sandbox-Mobile_") && name.ends_with(ending), "{turn}: {name}");
        assert_eq!(error.contains("in the folder already"), turn == "again", "{turn}: {error}");
        assert!(std::fs::read(&put).unwrap().starts_with(b"%PDF-"));
        if turn == "again" {
            std::fs::write(&put, "somebody's own").unwrap();
        }
    }

    let (status, pay, error) = terminal.run("invoices", &["pay"]);
    assert_eq!(status, Some(0), "{error}");
    for part in ["Pay €", "https://pay.sandbox.example/", "BE68 5390 0754 7034", "+++", "█▀"] {
        assert!(pay.contains(part), "{part:?} is not in\n{pay}");
    }
    let (status, payload, _) = terminal.run("invoices", &["pay", "--payload"]);
    assert_eq!((status, payload.lines().next()), (Some(0), Some("BCD")));

    let (status, sheet, error) = terminal.run("invoices", &["claim", "--line", "2", "--note", "Client visit"]);
    assert_eq!(status, Some(0), "{error}");
    assert!(sheet.contains("Client visit") && sheet.contains("this is not an invoice"), "{sheet}");
    let (status, csv, _) = terminal.run("invoices", &["claim", "--line", "2", "--csv"]);
    assert_eq!((status, csv.lines().count()), (Some(0), 2), "{csv}");
    let (status, letter, error) = terminal.run("invoices", &["dispute", "--line", "4"]);
    assert_eq!(status, Some(0), "{error}");
    assert!(letter.contains("Parking by SMS"), "{letter}");
    assert_eq!(terminal.run("invoices", &["dispute", "--line", "1"]).0, Some(2), "the plan is no third party's");
    assert_eq!(terminal.run("invoices", &["show", "999"]).0, Some(2));

    terminal.sandbox = None;
    let (status, kept, error) = terminal.run("invoices", &[]);
    assert_eq!(status, Some(1), "{error}");
    assert!(kept.contains("cannot reach the network") && kept.contains("Overdue"), "{kept}");
    let (status, kept, _) = terminal.run("invoices", &["show", "--offline"]);
    assert_eq!(status, Some(0));
    assert!(kept.contains("Parking by SMS") && kept.contains("Downloaded"), "{kept}");
    let (status, put, error) = terminal.run("invoices", &["download", "--offline", "--to", as_str(&folder)]);
    assert_eq!(status, Some(0), "what is here needs no operator: {error}");
    assert!(put.contains("-2.pdf") && error.contains("in the folder already"), "{put}{error}");
}
