//! `companion invoices download`: the printed document, into a folder of the person's own. What an interrupted try brought is
//! kept, and the next one goes on from there.

use std::fs::File;
use std::io::{ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use companion::host::HostError;
use companion::invoices::documents::{DownloadProgress, DownloadState};

use super::{Which, find};
use crate::interrupt::{Ended, stoppable, stopped};
use crate::phone::explained;
use crate::terminal;

/// Signs of the bar.
const BAR: u64 = 30;

#[derive(Debug, Clone, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    which: Which,
    /// The folder it is put into
    #[arg(long, value_name = "DIR", default_value = ".")]
    to: PathBuf,
}

pub(super) async fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    // Before anything is fetched: whoever waited for it is not told at the end that there is no place for it.
    make_ready(&arguments.to)?;
    let (core, id, _) = find(&arguments.which).await?;
    let room = core.invoices();
    let is_here = room.invoice(id.clone()).is_some_and(|view| view.document == DownloadState::Here);
    if arguments.which.offline && !is_here {
        return Err("it is not on this computer; without --offline it is fetched".into());
    }
    let download = |cancel| room.clone().download(id.clone(), true, Some(Arc::new(Bar)), Some(cancel));
    let outcome = match stoppable(download).await {
        Ended::Done(outcome) => outcome,
        Ended::Stopped => {
            terminal::say("\ncompanion: stopped; what is here is kept, and the same command goes on from there");
            let _ = core.suspend(5000);
            return Ok(stopped());
        }
    };
    explained(&core, outcome)?;
    let copy = explained(&core, room.share_document(id).await)?;
    let put = put(Path::new(&copy.path()), &arguments.to, &copy.name());
    // The person has theirs; the readable copy is not left behind.
    let _ = std::fs::remove_file(copy.path());
    let put = put?;
    match &put {
        Put::New(_) => {}
        Put::SameIsHere(_) => terminal::say("companion: the same document is in the folder already"),
        Put::BesideAnother(_) => {
            terminal::say(
                "companion: another file of its name is in the folder; this one has a number behind its name",
            );
        }
    }
    terminal::print(&format!("{}\n", put.path().display()))?;
    let _ = core.suspend(5000);
    Ok(ExitCode::SUCCESS)
}

/// Makes the folder, where it is missing, and sees whether something can be put into it.
fn make_ready(folder: &Path) -> Result<(), String> {
    let why = |error: std::io::Error| format!("nothing can be put into {}: {error}", folder.display());
    std::fs::create_dir_all(folder).map_err(why)?;
    let probe = folder.join(format!(".companion-{}", std::process::id()));
    File::options().write(true).create_new(true).open(&probe).map_err(why)?;
    std::fs::remove_file(&probe).map_err(why)
}

/// Where a document is now.
#[derive(Debug, PartialEq, Eq)]
enum Put {
    /// In a file of its own name.
    New(PathBuf),
    /// In a file that was there before, byte by byte the same.
    SameIsHere(PathBuf),
    /// Beside another file of its name.
    BesideAnother(PathBuf),
}

impl Put {
    fn path(&self) -> &Path {
        match self {
            Put::New(path) | Put::SameIsHere(path) | Put::BesideAnother(path) => path,
        }
    }
}

/// Puts a file into a folder, under another name where there is another file of its name.
fn put(from: &Path, folder: &Path, name: &str) -> std::io::Result<Put> {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "pdf"));
    let document = std::fs::read(from)?;
    for nth in 1..=1000 {
        let to = folder.join(if nth == 1 { name.to_owned() } else { format!("{stem}-{nth}.{ending}") });
        let named = |error: std::io::Error| std::io::Error::new(error.kind(), format!("{}: {error}", to.display()));
        match File::options().write(true).create_new(true).open(&to) {
            Ok(mut file) => {
                let written = file.write_all(&document).and_then(|()| file.sync_all());
                if let Err(error) = written {
                    let _ = std::fs::remove_file(&to);
                    return Err(named(error));
                }
                return Ok(if nth == 1 { Put::New(to) } else { Put::BesideAnother(to) });
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                if is_same(&to, &document) {
                    return Ok(Put::SameIsHere(to));
                }
            }
            Err(error) => return Err(named(error)),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

/// Whether a file holds this document. What cannot be read is another.
fn is_same(path: &Path, document: &[u8]) -> bool {
    let is_as_long = std::fs::metadata(path).is_ok_and(|facts| facts.len() == document.len() as u64);
    is_as_long && std::fs::read(path).is_ok_and(|bytes| bytes == document)
}

/// A bar on the standard error, where a person looks at it.
struct Bar;

impl DownloadProgress for Bar {
    fn moved(&self, bytes: u64, total: Option<u64>) -> Result<(), HostError> {
        let mut out = std::io::stderr().lock();
        if out.is_terminal() {
            let _ = write!(out, "\r{}", line(bytes, total)).and_then(|()| out.flush());
            if Some(bytes) == total {
                let _ = writeln!(out);
            }
        }
        Ok(())
    }
}

/// `[██████▌      ]  45 %  1.2 of 2.6 MB`.
fn line(bytes: u64, total: Option<u64>) -> String {
    let megabytes = |bytes: u64| {
        let tenths = bytes.saturating_add(50_000).checked_div(100_000).unwrap_or_default();
        format!("{}.{}", tenths.checked_div(10).unwrap_or_default(), tenths.checked_rem(10).unwrap_or_default())
    };
    let share = |of: u64| {
        let share = u128::from(bytes).saturating_mul(u128::from(of)).checked_div(u128::from(total?))?;
        u64::try_from(share).ok().map(|share| share.min(of))
    };
    match (total, share(BAR), share(100)) {
        (Some(total), Some(signs), Some(percent)) => {
            let signs = usize::try_from(signs).unwrap_or_default();
            let rest = usize::try_from(BAR).unwrap_or_default().saturating_sub(signs);
            let bar = format!("{}{}", "█".repeat(signs), " ".repeat(rest));
            format!("[{bar}] {percent:>3} %  {} of {} MB", megabytes(bytes), megabytes(total))
        }
        _ => format!("{} MB", megabytes(bytes)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_is_full_at_the_end_and_never_longer() {
        assert_eq!(line(0, Some(2_600_000)), format!("[{}]   0 %  0.0 of 2.6 MB", " ".repeat(30)));
        assert_eq!(
            line(1_300_000, Some(2_600_000)),
            format!("[{}{}]  50 %  1.3 of 2.6 MB", "█".repeat(15), " ".repeat(15))
        );
        assert_eq!(line(9, Some(3)), format!("[{}] 100 %  0.0 of 0.0 MB", "█".repeat(30)));
        assert_eq!((line(1_260_000, None), line(5, Some(0))), ("1.3 MB".to_owned(), "0.0 MB".to_owned()));
    }

    #[test]
    fn a_file_of_the_same_name_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let from = folder.path().join("source");
        std::fs::write(&from, "new").unwrap();
        std::fs::write(folder.path().join("a.pdf"), "mine").unwrap();
        let into = || put(&from, folder.path(), "a.pdf").unwrap();
        let second = folder.path().join("a-2.pdf");
        assert_eq!(into(), Put::BesideAnother(second.clone()));
        assert_eq!(std::fs::read_to_string(folder.path().join("a.pdf")).unwrap(), "mine");
        assert_eq!(std::fs::read_to_string(&second).unwrap(), "new");
        assert_eq!(into(), Put::SameIsHere(second), "a second time makes no third file");
        std::fs::remove_file(folder.path().join("a.pdf")).unwrap();
        assert_eq!(into(), Put::New(folder.path().join("a.pdf")));
    }

    #[test]
    fn a_folder_that_is_missing_is_made_and_one_that_cannot_be_is_told_before_the_transfer() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("bills").join("2026");
        make_ready(&deep).unwrap();
        assert_eq!(std::fs::read_dir(&deep).unwrap().count(), 0, "nothing is left in it");
        std::fs::write(folder.path().join("file"), "").unwrap();
        let why = make_ready(&folder.path().join("file").join("under")).unwrap_err();
        assert!(why.starts_with("nothing can be put into "), "{why}");
    }
}
