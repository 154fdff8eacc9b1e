//! Being told of usage.

use serde_json::Value;

use crate::support::{Terminal, told};

#[test]
fn alerts_are_listed_with_what_the_operator_sends_itself_and_a_sample() {
    let terminal = Terminal::open();
    let alerts = |more: &[&str]| terminal.run("alerts", more);
    let (status, text, _) = alerts(&[]);
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("Sign in with: companion sign-in"), "{text}");

    let (number, password) = terminal.emma();
    assert_eq!(told(&terminal.sign_in_without_a_browser(&number, &password)).0, Some(0));
    let (status, text, error) = alerts(&[]);
    assert_eq!(status, Some(0), "{error}");
    for line in ["At 90% of an allowance", "Quiet from 00:00 to 07:00", "Sent by Sandbox Mobile by SMS"] {
        assert!(text.contains(line), "{line} is not in: {text}");
    }
    let (status, json, _) = alerts(&["--json", "--sample"]);
    let view: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (status, view["phase"].as_str(), view["due"][0]["id"].as_str()),
        (Some(0), Some("ready"), Some("sample"))
    );
    assert_eq!((view["fixed"][1]["percent"].as_u64(), view["sent"][0]["kind"].as_str()), (Some(90), Some("statutory")));
    assert!(view["told"].as_array().unwrap().is_empty(), "a sample is recorded nowhere");
}

#[test]
fn thresholds_and_quiet_hours_of_ones_own_are_chosen_listed_and_kept_without_the_operator() {
    let mut terminal = Terminal::open();
    let (status, _, error) = terminal.run("alerts", &["thresholds", "50"]);
    assert_eq!(status, Some(2), "nobody is signed in: {error}");
    let (number, password) = terminal.emma();
    assert_eq!(told(&terminal.sign_in_without_a_browser(&number, &password)).0, Some(0));
    terminal.sandbox = None;
    let (status, text, error) = terminal.run("alerts", &[]);
    assert_eq!(status, Some(1), "{error}");
    assert!(text.contains("At 90% of an allowance") && error.contains("[offline]"), "{text}{error}");
    let own = |terminal: &Terminal| {
        let (_, text, _) = terminal.run("alerts", &["--offline"]);
        let own: Vec<String> =
            text.lines().filter_map(|line| line.strip_suffix(" · yours").map(str::to_owned)).collect();
        (own, text.lines().find(|line| line.to_lowercase().contains("quiet")).unwrap_or_default().to_owned())
    };
    let everything =
        ["At 50% of an allowance", "At 80% of an allowance", "At €12.50 out of bundle", "At every €5.00 out of bundle"];
    for (command, shares, quiet) in [
        (&["thresholds", "80", "50"][..], &everything[..2], "Quiet from 00:00 to 07:00"),
        (&["thresholds", "80", "50", "--costs", "12.50", "--every", "5"], &everything, "Quiet from 00:00 to 07:00"),
        (&["quiet", "22:00", "07:30"], &everything, "Quiet from 22:00 to 07:30"),
        (&["quiet", "--off"], &everything, "No quiet hours"),
        (&["thresholds", "--reset"], &[], "No quiet hours"),
        (&["quiet", "--reset"], &[], "Quiet from 00:00 to 07:00"),
    ] {
        let (status, text, error) = terminal.run("alerts", command);
        assert_eq!(status, Some(0), "{command:?}: {error}");
        assert!(text.contains("At 90% of an allowance\n") && text.contains(quiet), "{command:?}: {text}");
        assert_eq!(
            own(&terminal),
            (shares.iter().map(|&share| share.to_owned()).collect(), quiet.to_owned()),
            "{command:?}"
        );
    }
    assert_eq!(terminal.run("alerts", &["thresholds", "42"]).0, Some(0));
    let eleven = ["thresholds", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"];
    for (command, why) in [
        (&["thresholds"][..], "required"),
        (&["thresholds", "201"], "1 to 200 percent"),
        (&["thresholds", "--costs", "0.50"], "1 to 10000 euros"),
        (&["thresholds", "50", "--reset"], "cannot be used with"),
        (&eleven, "ten thresholds"),
        (&["quiet", "22:00"], "required"),
        (&["quiet", "25:00", "07:00"], "a time is written 22:00"),
    ] {
        let (status, _, error) = terminal.run("alerts", command);
        assert_eq!(status, Some(2), "{command:?}: {error}");
        assert!(error.contains(why), "{command:?}: {error}");
        assert_eq!(own(&terminal).0, ["At 42% of an allowance"], "what was chosen stays");
    }
}
