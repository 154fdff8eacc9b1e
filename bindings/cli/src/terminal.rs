//! The terminal as it is: how wide, whether a person looks at it, in which languages.

use std::fmt::Display;
use std::io::{BufRead, ErrorKind, IsTerminal, Read, Write, stdin};

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

/// Nobody types a longer line.
const LONGEST_LINE: u64 = 64 * 1024;

/// Prints a text whole. Fails where `println!` would panic: a reader that has gone away, a full disk.
pub fn print(text: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// The same for what came of a work that is done: its outcome is what it is, also where nobody reads on.
pub fn print_if_read(text: &str) -> std::io::Result<()> {
    match print(text) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        printed => printed,
    }
}

/// Says a line beside the output. Where nobody hears it, the command goes on: `eprintln!` would panic.
pub fn say(line: impl Display) {
    let _ = std::io::stderr().lock().write_all(format!("{line}\n").as_bytes());
}

/// Asks for something beside the output; the answer stands on the same line.
pub fn ask(question: impl Display) {
    let mut beside = std::io::stderr().lock();
    let _ = beside.write_all(format!("{question} ").as_bytes()).and_then(|()| beside.flush());
}

/// A text in which foreign parts may stand, without signs that a terminal would obey.
pub fn plain(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

/// So many of something, whose name has an s where there is not one alone.
pub fn counted(count: u64, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

/// The width to draw in: the terminal's, or 80 where nobody says.
pub fn width() -> usize {
    // Some terminals say 0 for "I do not know".
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|columns| *columns > 0);
    columns.or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))).unwrap_or(80)
}

/// Whether colour helps: a person looks, and has not asked for none (<https://no-color.org>).
pub fn colour() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// A line from the person; none when nobody types here. Read on a thread that nobody waits for, so that Ctrl-C still stops.
pub async fn line_typed() -> std::io::Result<Option<String>> {
    let (tell, told) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let mut line = String::new();
        let read = stdin().lock().take(LONGEST_LINE).read_line(&mut line);
        let _ = tell.send(read.map(|length| (length > 0).then_some(line)));
    });
    told.await.map_err(std::io::Error::other)?
}

/// A keyboard whose letters are not drawn, until this is dropped.
#[derive(Debug)]
pub struct Unseen(Termios);

impl Unseen {
    /// None: nobody types here.
    pub fn from_now() -> Option<Unseen> {
        let before = tcgetattr(stdin()).ok()?;
        let mut unseen = before.clone();
        unseen.local_modes.remove(LocalModes::ECHO);
        unseen.local_modes.insert(LocalModes::ECHONL);
        // What was typed before was drawn, and not meant for this.
        tcsetattr(stdin(), OptionalActions::Flush, &unseen).ok()?;
        Some(Unseen(before))
    }
}

impl Drop for Unseen {
    fn drop(&mut self) {
        let _ = tcsetattr(stdin(), OptionalActions::Flush, &self.0);
    }
}

/// The person's languages: what was asked for, else what the environment says (POSIX `LC_ALL`, `LC_MESSAGES`, `LANG`).
pub fn languages(asked: Option<&str>) -> Vec<String> {
    let environment = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    let spoken = environment.filter_map(|value| language_of(&value));
    asked.map(str::to_owned).into_iter().chain(spoken).chain(["en".to_owned()]).collect()
}

/// `nl_BE.UTF-8` is `nl-BE`; `C` and `POSIX` are no language.
fn language_of(locale: &str) -> Option<String> {
    let name = locale.split(['.', '@']).next().unwrap_or_default();
    (!matches!(name, "" | "C" | "POSIX")).then(|| name.replace('_', "-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_no_plural() {
        for (count, expected) in [(0, "0 bytes"), (1, "1 byte"), (2, "2 bytes")] {
            assert_eq!(counted(count, "byte"), expected);
        }
    }

    #[test]
    fn posix_locales_are_read_as_languages() {
        let cases = [
            ("nl_BE.UTF-8", Some("nl-BE")),
            ("fr", Some("fr")),
            ("de_DE@euro", Some("de-DE")),
            ("C.UTF-8", None),
            ("", None),
        ];
        for (locale, language) in cases {
            assert_eq!(language_of(locale).as_deref(), language, "{locale:?}");
        }
    }

    #[test]
    fn the_language_asked_for_comes_first_and_english_last() {
        let languages = languages(Some("fr"));
        assert_eq!(languages.first().map(String::as_str), Some("fr"));
        assert_eq!(languages.last().map(String::as_str), Some("en"));
    }
}
