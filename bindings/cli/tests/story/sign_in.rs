//! Signing in through a browser.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::support::{Terminal, Waiting, as_str, get, status_line, told};

#[tokio::test]
async fn the_browser_comes_back_to_this_machine_and_nobody_else_can_end_the_wait() {
    let terminal = Terminal::open();
    let (number, password) = terminal.emma();
    let mut waiting = Waiting::start(&mut terminal.command("sign-in", &["--no-browser"]));
    let callback = waiting.callback(&terminal, &number, &password).await;
    let home = callback.split_once("/signed-in").unwrap().0;
    for (stray, status) in [
        ("/favicon.ico", "404"),
        ("/signed-in", "400"),
        ("/signed-in?error=access_denied", "400"),
        ("/signed-in?code=c&state=foreign", "400"),
    ] {
        let answer = get(&format!("{home}{stray}"));
        assert!(status_line(&answer).contains(status), "{stray}: {answer}");
        assert_eq!(waiting.child.0.try_wait().unwrap(), None, "{stray} ended the wait");
    }
    assert!(status_line(&get(&callback)).contains("200"));
    let (status, text, error) = waiting.end();
    assert_eq!(status, Some(0), "{error}");
    assert!(text.contains("Signed in at Sandbox Mobile."), "{text}");
    assert_eq!(terminal.usage(&[]).0, Some(0));
}

#[tokio::test]
async fn the_page_after_the_return_speaks_the_persons_language_and_keeps_nothing() {
    let terminal = Terminal::open();
    let (number, password) = terminal.emma();
    for (language, title) in [
        ("fr", "Vous êtes connecté"),
        ("nl", "Je bent aangemeld"),
        ("en", "You are signed in"),
        ("de", "Sie sind angemeldet"),
    ] {
        let waiting = Waiting::start(&mut terminal.command_in(language, "sign-in", &["--no-browser"]));
        let callback = waiting.callback(&terminal, &number, &password).await;
        let stray = get(&callback.replace("state=", "state=foreign"));
        assert!(stray.contains(&format!("<html lang=\"{language}\">")), "{stray}");
        assert!(status_line(&stray).contains("400") && !stray.contains(title), "{stray}");
        let answer = get(&callback);
        for part in [title, "Cache-Control: no-store", "Referrer-Policy: no-referrer", "default-src 'none'"] {
            assert!(answer.contains(part), "{part:?} is not in {answer}");
        }
        assert_eq!(waiting.end().0, Some(0));
    }
}

#[cfg(unix)]
#[tokio::test]
async fn the_browser_of_this_computer_is_opened_and_is_no_condition() {
    use std::os::unix::fs::PermissionsExt;
    let terminal = Terminal::open();
    let (number, password) = terminal.emma();
    let script = terminal.path("browser");
    let opened = terminal.path("opened");
    std::fs::write(&script, format!("#!/bin/sh\nprintf %s \"$*\" > {}.part\nmv {0}.part {0}\n", as_str(&opened)))
        .unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    let chosen = format!("{} --new %s", as_str(&script));
    for (browser, more, intro, complaint) in [
        (&*chosen, &[][..], "Your browser opens the operator's page.", ""),
        ("/no/such/browser", &[], "No browser could be started.", ""),
        ("false", &[], "Your browser opens the operator's page.", "could not open the page"),
        (&*chosen, &["--no-browser"], "Open the operator's page in your browser:", ""),
    ] {
        let _ = std::fs::remove_file(&opened);
        let waiting = Waiting::start(terminal.command("sign-in", more).env("BROWSER", browser));
        let is_opened = intro.starts_with("Your") && complaint.is_empty();
        let began = Instant::now();
        while is_opened && !opened.exists() {
            assert!(began.elapsed() < Duration::from_secs(10), "{browser}: nothing was opened");
            std::thread::sleep(Duration::from_millis(10));
        }
        let shown = std::fs::read_to_string(&opened).ok();
        assert_eq!(shown, is_opened.then(|| format!("--new {}", waiting.page)), "{browser} {more:?}");
        let callback = waiting.callback(&terminal, &number, &password).await;
        assert!(status_line(&get(&callback)).contains("200"));
        let (status, text, error) = waiting.end();
        assert_eq!(status, Some(0), "{browser}: {error}");
        assert!(text.contains(intro), "{browser}: {text}");
        assert!(error.contains(complaint) && error.is_empty() == complaint.is_empty(), "{browser}: {error}");
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_stops_a_sign_in_and_leaves_nothing_waiting() {
    let terminal = Terminal::open();
    let waiting = Waiting::start(&mut terminal.command("sign-in", &["--no-browser"]));
    let id = waiting.child.0.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let (status, text, error) = waiting.end();
    assert_eq!(status, Some(1), "{error}");
    assert!(text.contains("Stopped. Nothing has changed."), "{text}");
    let (status, text, _) = terminal.session(&[]);
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("Nobody is signed in at Sandbox Mobile."), "{text}");
}

#[tokio::test]
async fn another_person_replaces_the_one_signed_in_only_when_told_to() {
    let terminal = Terminal::open();
    let (emma, luc) = (terminal.person("emma"), terminal.person("luc"));
    assert_eq!(told(&terminal.sign_in_without_a_browser(&emma.0, &emma.1)).0, Some(0));
    assert_eq!(terminal.usage(&[]).0, Some(0));
    let emmas = terminal.usage(&["--offline"]).1;
    for (answer, status) in [("n", 1), ("y", 0)] {
        let mut waiting = Waiting::start(&mut terminal.command("sign-in", &["--no-browser"]));
        let callback = waiting.callback(&terminal, &luc.0, &luc.1).await;
        let page = get(&callback);
        assert!(page.contains("This is another account"), "{page}");
        waiting.type_line(answer);
        let (ended, text, error) = waiting.end();
        assert_eq!(ended, Some(status), "{error}");
        assert!(text.contains("Replace (y) / Keep (n)"), "{text}");
        let shown = terminal.usage(&["--offline"]).1;
        assert_eq!(shown == emmas, answer == "n", "{shown}");
    }
}
