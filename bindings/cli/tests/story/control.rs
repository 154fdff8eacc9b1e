//! The sandbox's controls, typed.

use serde_json::Value;

use crate::support::{Terminal, output, told};

#[test]
fn what_can_be_asked_of_a_sandbox_is_listed_and_done() {
    let terminal = Terminal::open();
    let at = terminal.json("ready.json")["control"].as_str().unwrap().to_owned();
    let control = |words: &[&str]| told(&output(&[&["control", "--at", &at], words].concat()));

    let (status, listed, _) = told(&output(&["control"]));
    assert_eq!(status, Some(0));
    for part in
        ["advance\n", "      seconds ", "use\n", "      what ", "(data, dataEu, dataShared, calls, sms)", "[cutOff]"]
    {
        assert!(listed.contains(part), "no {part} in {listed}");
    }

    let answer = |words: &[&str]| -> Value {
        let (status, text, error) = control(words);
        assert_eq!(status, Some(0), "{words:?}: {error}");
        serde_json::from_str(&text).unwrap()
    };
    let now = |words: &[&str]| answer(words)["nowMs"].as_i64().unwrap();
    let moved = now(&["advance", "seconds=3600"]) - now(&["advance", "seconds=0"]);
    assert!(moved <= 0, "the second is not before the first");
    answer(&["faults", "status=503", "only=[\"/tmf-api/usageConsumption\"]"]);
    assert_eq!(answer(&["faults-in-force"])["status"], 503);
    answer(&["faults"]);
    assert_eq!(answer(&["faults-in-force"]).get("status"), None);

    for (words, status, part) in [
        (&["advance", "seconds=soon"][..], Some(1), "`seconds` is a whole number, not \"soon\""),
        (&["use", "person=emma", "what=sms", "amount=1"], Some(1), "the plan of emma does not count that"),
        (&["dance"], Some(2), "there is no control dance;"),
        (&["advnace"], Some(2), "there is no control advnace, perhaps advance is meant;"),
        (&["advance", "secnods=1"], Some(2), "advance has no field secnods, perhaps seconds is meant"),
        (&["requests", "person=emma"], Some(2), "requests has no field person; it takes none"),
        (&["second-device", "person=emma", "topic=usageThreshold", "channel=sms"], Some(1), "nothing is changed"),
        (&["advance", "seconds"], Some(2), "a field is written NAME=VALUE"),
    ] {
        let (told, _, error) = control(words);
        assert!(told == status && error.contains(part), "{words:?}: {told:?} {error}");
    }
    drop(terminal);
    let (status, _, error) = control(&["advance", "seconds=1"]);
    assert!(status == Some(2) && error.contains("no sandbox answers at"), "{error}");
}
