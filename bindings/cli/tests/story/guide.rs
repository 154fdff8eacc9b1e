//! The operator's guide in the terminal: listed, read and searched while nobody is signed in and nothing can be reached.

use std::process::Stdio;

use serde_json::Value;

use crate::support::{Terminal, as_str, companion, told};

/// A terminal whose operator is out of reach: only the profile was ever there.
fn out_of_reach() -> Terminal {
    let mut terminal = Terminal::open();
    terminal.sandbox = None;
    terminal
}

fn guide(terminal: &Terminal, language: &str, more: &[&str]) -> (Option<i32>, String, String) {
    told(&terminal.command_in(language, "guide", more).stdin(Stdio::null()).output().unwrap())
}

#[test]
fn the_guide_is_read_signed_out_and_out_of_reach_in_every_language() {
    let terminal = out_of_reach();
    for (language, title, words, said) in [
        ("en", "Keeping your number", "porting", "within 24 hours of"),
        ("nl", "Je nummer behouden", "gsm-nummer behouden", "binnen 24 uur na"),
        ("fr", "Garder votre numéro", "PORTABILITE", "dans les 24 heures qui"),
        ("de", "Ihre Nummer behalten", "Rufnummernmitnahme", "innerhalb von 24 Stunden nach"),
    ] {
        let (status, list, error) = guide(&terminal, language, &[]);
        assert_eq!((status, error.as_str()), (Some(0), ""));
        assert!(list.contains(&format!("{title}\n  keep-number\n")), "{list}");
        let (status, hits, _) = guide(&terminal, language, &["search", words]);
        assert!(status == Some(0) && hits.starts_with(&format!("{title}\n  keep-number\n")), "{hits}");
        let (status, article, _) = guide(&terminal, language, &["show", "keep-number"]);
        assert_eq!(status, Some(0));
        let on_one_line = article.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(article.starts_with(title) && on_one_line.contains(said), "{article}");
        for part in ["\n1. ", "\n! ", "\n→ ", "Sandbox Mobile"] {
            assert!(article.contains(part), "{part:?} is not in\n{article}");
        }
    }
}

/// As people type them, and as a subcommand's own; what it does not have stays wrong.
#[test]
fn options_of_a_subcommand_may_stand_before_its_name() {
    let terminal = out_of_reach();
    let profile = terminal.path("profile.json");
    let data = terminal.path("kept");
    let run = |words: &[&str]| {
        let mut command = companion();
        told(&command.args(words).env("XDG_DATA_HOME", &data).current_dir(profile.parent().unwrap()).output().unwrap())
    };
    let profile = &["--profile", "profile.json"][..];
    for (words, expected) in [
        (&["guide", "--language", "fr", "search", "portabilité"][..], Ok("Garder votre numéro\n")),
        (&["guide", "--language=fr", "search", "portabilité"], Ok("Garder votre numéro\n")),
        (&["guide", "--json", "--language", "de", "show", "keep-number"], Ok("\"text\": \"Ihre Nummer behalten\"")),
        (&["guide", "--language", "search", "show", "keep-number"], Err("the languages here are fr, nl, en and de")),
        (&["guide", "--topic", "pay", "search", "x"], Err("unexpected argument '--topic'")),
        (&["guide", "--nonsense", "search", "x"], Err("unexpected argument '--nonsense'")),
        (&["guide", "--language", "fr"], Ok("Garder votre numéro\n")),
        (&["sim", "--language", "fr", "puk", "--forget-offline"], Err("companion: ")),
        (&["invoices", "--offline", "--language", "nl", "show"], Err("companion: Nobody is signed in.")),
        (&["alerts", "--language", "nl", "thresholds", "--reset"], Err("Meld je aan")),
        (&["wifi-calling", "--language", "nl", "report"], Err("Nobody is signed in.")),
    ] {
        let (status, text, error) = run(&[words, profile].concat());
        let (code, part) = match expected {
            Ok(part) => (Some(0), part),
            Err(part) => (Some(2), part),
        };
        assert_eq!(status, code, "{words:?}: {text}{error}");
        assert!(format!("{text}{error}").contains(part), "{words:?}: {text}{error}");
        assert!(expected.is_err() || error.is_empty(), "{words:?}: {error}");
        let is_of_clap = error.contains("cannot be used with") || error.contains("unexpected argument 'search'");
        assert!(!is_of_clap, "{words:?}: {error}");
    }
}

#[test]
fn a_narrow_window_wraps_and_loses_no_word() {
    let terminal = out_of_reach();
    let shown = |columns: &str| {
        let mut command = terminal.command("guide", &["show", "keep-number"]);
        told(&command.env("COLUMNS", columns).output().unwrap()).1
    };
    let (narrow, wide) = (shown("40"), shown("200"));
    assert!(narrow.lines().all(|line| line.chars().count() <= 40), "{narrow}");
    assert!(wide.lines().all(|line| line.chars().count() <= 80), "{wide}");
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(&narrow), words(&wide));
}

#[test]
fn the_exit_status_says_what_was_there() {
    let terminal = out_of_reach();
    let flood = "x".repeat(10_000);
    for (more, expected, part) in [
        (&["--topic", "pay"][..], 0, "Paying, and reminders"),
        (&["--topic", "nowhere"], 2, "getting-started"),
        (&["search", "zebra"], 1, "Nothing is found"),
        (&["search", flood.as_str()], 1, "Nothing is found"),
        (&["search", "\u{1b}[31mZEBRA\u{7}"], 1, "Nothing is found"),
        (&["search", "!!!"], 1, "Nothing is found"),
        (&["search", " "], 0, "sim-card"),
        (&["search", "how do I keep my number?"], 0, "keep-number"),
        (&["search", "guess", "puk"], 0, "pin-and-puk"),
        (&["search"], 2, "<WORDS>"),
        (&["show", "nothing"], 2, "there is no such article"),
        (&["show", "keep-number\u{1b}[2J"], 2, "there is no such article"),
    ] {
        let (status, text, error) = guide(&terminal, "en", more);
        assert_eq!(status, Some(expected), "{more:?}: {text}{error}");
        assert!(format!("{text}{error}").contains(part), "{more:?}: {text}{error}");
        assert!(!format!("{text}{error}").contains('\u{1b}'), "{more:?} paints");
    }
}

#[test]
fn json_holds_what_the_phones_get() {
    let terminal = out_of_reach();
    let json = |more: &[&str]| serde_json::from_str::<Value>(&guide(&terminal, "fr", more).1).unwrap();
    let all = json(&["--json"]);
    assert_eq!((all[0]["id"].as_str(), all[0]["topics"][0].as_str()), (Some("sim-card"), Some("getting_started")));
    assert_eq!(json(&["search", "zèbre", "--json"]), Value::Array(Vec::new()));
    let article = json(&["show", "account-with-split-bill", "--json"]);
    assert_eq!(article["request"], "invitation_lost");
    assert_eq!(article["related"][0]["id"], "split-bill");
    let steps: Vec<_> = article["blocks"].as_array().unwrap().iter().filter(|block| block["kind"] == "step").collect();
    assert_eq!(steps.iter().map(|step| step["number"].as_u64().unwrap()).collect::<Vec<_>>(), [1, 2, 3]);
    let limit = json(&["show", "split-bill", "--json"]).to_string();
    assert!(limit.contains("5\u{a0}€ au total") && limit.contains("5 euros au total"), "{limit}");
}

#[test]
fn a_profile_that_is_not_there_is_said_to_be_missing() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("none.json");
    let (status, text, error) = told(&companion().args(["guide", "--profile", as_str(&missing)]).output().unwrap());
    assert_eq!((status, text.as_str()), (Some(2), ""));
    assert!(error.contains("cannot read the profile"), "{error}");
}
