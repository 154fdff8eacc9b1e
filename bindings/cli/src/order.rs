//! In which order options may be typed: those of a command's subcommand also before its name, as `companion guide --language
//! fr search x`. A command and its subcommands have options of the same names, and the subcommand's are meant.

use std::ffi::{OsStr, OsString};

use clap::Command;

/// The same words, with what stands before a subcommand behind it. What is wrong stays, to be told.
pub(crate) fn subcommand_first(all: &Command, mut typed: Vec<OsString>) -> Vec<OsString> {
    if let Some(at) = late_subcommand(all, &typed)
        && let Some(words) = typed.get_mut(2..=at)
    {
        words.rotate_right(1);
    }
    typed
}

/// Where a subcommand stands behind options; typed are the program, the command, and the rest.
fn late_subcommand(all: &Command, typed: &[OsString]) -> Option<usize> {
    let command =
        all.find_subcommand(typed.get(1)?).filter(|command| command.is_args_conflicts_with_subcommands_set())?;
    let mut words = typed.iter().enumerate().skip(2);
    loop {
        let (at, word) = words.next()?;
        let Some(option) = word.to_str().and_then(|word| word.strip_prefix("--")) else {
            return command.find_subcommand(OsStr::new(word)).map(|_| at);
        };
        let (name, value) = option.split_once('=').map_or((option, None), |(name, value)| (name, Some(value)));
        let known = command.get_arguments().find(|known| known.get_long() == Some(name))?;
        if value.is_none() && known.get_action().takes_values() {
            words.next();
        }
    }
}
