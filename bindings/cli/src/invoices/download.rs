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
            eprintln!("\ncompanion: stopped; what is here is kept, and the same command goes on from there");
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
    terminal::print(&format!("{}\n", put.display()))?;
    let _ = core.suspend(5000);
    Ok(ExitCode::SUCCESS)
}

/// Puts a file into a folder, under another name where there is one of its name.
fn put(from: &Path, folder: &Path, name: &str) -> std::io::Result<PathBuf> {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "pdf"));
    for nth in 1..=1000 {
        let to = folder.join(if nth == 1 { name.to_owned() } else { format!("{stem}-{nth}.{ending}") });
        match File::options().write(true).create_new(true).open(&to) {
            Ok(mut file) => {
                let copied = std::io::copy(&mut File::open(from)?, &mut file).and_then(|_| file.sync_all());
                if copied.is_err() {
                    let _ = std::fs::remove_file(&to);
                }
                return copied.map(|()| to);
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(std::io::Error::new(error.kind(), format!("{}: {error}", to.display()))),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
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
        let put = put(&from, folder.path(), "a.pdf").unwrap();
        assert_eq!(put.file_name().unwrap(), "a-2.pdf");
        assert_eq!(std::fs::read_to_string(folder.path().join("a.pdf")).unwrap(), "mine");
        assert_eq!(std::fs::read_to_string(put).unwrap(), "new");
    }
}
