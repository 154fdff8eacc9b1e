//! This computer's browser: the one the person chose in `BROWSER`, else whatever the system opens pages with. No shell
//! comes between: the address is one argument.

use std::ffi::OsString;
use std::process::Stdio;

use tokio::process::{Child, Command};

/// Opens a page; the started program, which may go on as long as the browser does. None when nothing could be started.
pub fn open(url: &str) -> Option<Child> {
    // What the core hands out is always https; nothing else is worth a program of this computer's.
    let commands = url.starts_with("https://").then(|| commands(std::env::var_os("BROWSER"), url))?;
    commands.into_iter().find_map(|command| start(&command))
}

/// Tells when the started program ends without having opened anything.
pub async fn failed(child: &mut Child) -> bool {
    !child.wait().await.is_ok_and(|status| status.success())
}

fn start(command: &[OsString]) -> Option<Child> {
    let (program, arguments) = command.split_first()?;
    let quiet = || Stdio::null();
    Command::new(program).args(arguments).stdin(quiet()).stdout(quiet()).stderr(quiet()).spawn().ok()
}

/// The commands to try. `BROWSER` names some, parted by colons; `%s` in one stands for the address, else it comes last.
fn commands(chosen: Option<OsString>, url: &str) -> Vec<Vec<OsString>> {
    let chosen = chosen.and_then(|chosen| chosen.into_string().ok()).unwrap_or_default();
    let mut commands: Vec<Vec<OsString>> = chosen
        .split(':')
        .filter(|command| !command.trim().is_empty())
        .map(|command| {
            let mut words: Vec<OsString> =
                command.split_whitespace().map(|word| word.replace("%s", url).into()).collect();
            if !command.contains("%s") {
                words.push(url.into());
            }
            words
        })
        .collect();
    if commands.is_empty() {
        commands.push(of_the_system().iter().copied().chain([url]).map(OsString::from).collect());
    }
    commands
}

const fn of_the_system() -> &'static [&'static str] {
    if cfg!(target_os = "macos") {
        &["open"]
    } else if cfg!(windows) {
        &["rundll32", "url.dll,FileProtocolHandler"]
    } else {
        &["xdg-open"]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_the_person_chose_comes_before_the_systems() {
        const URL: &str = "https://id.example/a?b=c&d=$(e)";
        let of = |chosen: Option<&str>| -> Vec<Vec<String>> {
            let commands = commands(chosen.map(OsString::from), URL);
            commands
                .into_iter()
                .map(|words| words.into_iter().map(|word| word.into_string().unwrap()).collect())
                .collect()
        };
        let system: Vec<String> =
            of_the_system().iter().map(|word| (*word).to_owned()).chain([URL.to_owned()]).collect();
        for chosen in [None, Some(""), Some(" : ")] {
            assert_eq!(of(chosen), std::slice::from_ref(&system), "{chosen:?}");
        }
        assert_eq!(of(Some("firefox --new-window")), [["firefox", "--new-window", URL]]);
        assert_eq!(of(Some("lynx %s:w3m")), [["lynx", URL], ["w3m", URL]]);
        assert_eq!(of(Some("show --url=%s --wait")), [["show", &format!("--url={URL}"), "--wait"]]);
    }

    #[tokio::test]
    async fn nothing_but_a_page_is_opened() {
        for url in ["", "file:///etc/passwd", "http://id.example", "javascript:1", "--help"] {
            assert!(open(url).is_none(), "{url}");
        }
    }
}
