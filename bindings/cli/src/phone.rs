//! A phone on this computer: which operator's profile, where session and figures are kept, in which language.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use companion::frame::Place;
use companion::problem::Remedy;
use companion::text::Language;
use companion::text::explain::explain;
use companion::text::notice::Notice;
use companion::{CompanionCore, CoreConfig, Explanation, Host, Problem, UserPresence};

use crate::host::{ComputerClock, FileStore};
use crate::operator::faults;
use crate::terminal;

/// What is said where somebody must be signed in and nobody is.
pub const NOBODY: &str = "Nobody is signed in. Sign in with: companion sign-in";
/// What is said where the operator does not offer what a command is for; the exit status is 2 then.
pub const NO_USAGE: &str = "Your operator does not offer usage in the app.";
/// The same of SIMs.
pub const NO_SIMS: &str = "Your operator does not offer SIMs in the app.";
/// So many commands at once on one folder leave names to those that follow.
const MOST_COMMANDS: u32 = 16;
/// Certificates included, a profile is a few kilobytes.
const LONGEST_PROFILE: u64 = 256 * 1024;

/// Where this terminal keeps what a phone would keep, and for which operator.
#[derive(Debug, Clone, clap::Args)]
pub struct PhoneArguments {
    /// The operator profile
    #[arg(long, value_name = "FILE", default_value = "companion-profile.json")]
    profile: PathBuf,
    /// Where session and figures are kept [default: a folder of the profile's own, in your data folder]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// fr, nl, en or de [default: the environment's]
    #[arg(long, value_name = "LANG", value_parser = language)]
    language: Option<String>,
}

impl PhoneArguments {
    /// Opens the core; `redirect_uri` is where a browser comes back to.
    pub fn open(&self, redirect_uri: Option<String>) -> Result<Arc<CompanionCore>, Box<dyn std::error::Error>> {
        self.open_asking(redirect_uri, None)
    }

    /// Opens the core with somebody who asks whether the person is there.
    pub fn open_asking(
        &self,
        redirect_uri: Option<String>,
        user_presence: Option<Arc<dyn UserPresence>>,
    ) -> Result<Arc<CompanionCore>, Box<dyn std::error::Error>> {
        let profile_json = self.read().map_err(|error| {
            format!("cannot read the profile {}: {error}. `companion sandbox` writes one.", self.profile.display())
        })?;
        if let Some(faults) = faults::told(&self.profile, &profile_json) {
            return Err(faults.into());
        }
        let data = self.folder(&profile_json)?;
        let secure_store = secure_store(&data)?;
        let config = CoreConfig {
            data_dir: data.join("data").to_string_lossy().into_owned(),
            profile_json,
            languages: terminal::languages(self.language.as_deref()),
            redirect_uri,
            process: Some(process_name(&data)),
        };
        let host = Host { user_presence, ..Host::new(Arc::new(secure_store), Arc::new(ComputerClock)) };
        CompanionCore::open(config, host).map_err(|problem| match problem {
            Problem::Configuration { field, reason } => {
                format!("the profile {} is not usable: {field} {reason}", self.profile.display()).into()
            }
            other => in_words(explain(&other, self.language(), "")).into(),
        })
    }
}

impl PhoneArguments {
    /// What a phone would keep in its keychain.
    pub fn secure_store(&self) -> Result<FileStore, Box<dyn std::error::Error>> {
        Ok(secure_store(&self.folder(&self.read()?)?)?)
    }

    /// The language the core speaks here.
    pub fn language(&self) -> Language {
        Language::pick(&terminal::languages(self.language.as_deref()))
    }

    fn folder(&self, profile_json: &str) -> Result<PathBuf, String> {
        self.data.clone().map_or_else(|| default_data(profile_json), Ok)
    }

    /// The profile's text, as much of it as a profile can be long.
    fn read(&self) -> std::io::Result<String> {
        let mut text = String::new();
        std::fs::File::open(&self.profile)?.take(LONGEST_PROFILE).read_to_string(&mut text)?;
        Ok(text)
    }

    /// The certificates the profile believes.
    pub fn anchors_pem(&self) -> Result<String, Box<dyn std::error::Error>> {
        let profile: serde_json::Value = serde_json::from_str(&self.read()?)?;
        let anchors = profile.pointer("/trust/anchorsPem").and_then(serde_json::Value::as_str);
        Ok(anchors.ok_or("the profile is not a sandbox's: it names no certificates of its own")?.to_owned())
    }
}

/// A language the core speaks, with or without a region: `nl`, `nl-BE`.
pub fn language(text: &str) -> Result<String, String> {
    Language::of_tag(text).map(|_| text.to_owned()).ok_or_else(|| "the languages here are fr, nl, en and de".to_owned())
}

fn secure_store(data: &Path) -> Result<FileStore, String> {
    FileStore::open(&data.join("secure"))
        .map_err(|error| format!("cannot keep anything in {}: {error}", data.display()))
}

/// What this command is among those that run on the same folder. A name is free again when its command ends, however it
/// ends, so that what one was in the middle of is the next one's to finish.
fn process_name(data: &Path) -> String {
    static HELD: OnceLock<File> = OnceLock::new();
    let free = (0..MOST_COMMANDS).find_map(|number| {
        let file = File::options().create(true).append(true).open(data.join(format!("command-{number}.lock"))).ok()?;
        file.try_lock().ok().map(|()| (number, file))
    });
    let Some((number, file)) = free else { return format!("command of {}", std::process::id()) };
    // Held until the program ends; one that opens two folders holds the first.
    let _ = HELD.set(file);
    format!("command {number}")
}

/// Whether the operator offers what a place of the app is for.
pub fn offers(core: &CompanionCore, place: Place) -> bool {
    let frame = core.frame();
    frame.bar.iter().chain(&frame.more).any(|offered| offered.place == place)
}

/// A problem in the person's words, with the code for support.
pub fn explained<T>(core: &CompanionCore, outcome: Result<T, Problem>) -> Result<T, String> {
    outcome.map_err(|problem| in_words(core.explain(problem)))
}

/// Whether a screen that shows this notice says all of a problem in words, which need not be said twice then.
pub fn is_said(why: &str, notice: Option<&Notice>) -> bool {
    let rest = notice.and_then(|notice| why.strip_prefix(&notice.text));
    // A command to go on with is more than the notice says.
    rest.is_some_and(|code| !code.contains('\n'))
}

fn in_words(explanation: Explanation) -> String {
    let next = explanation.remedy.and_then(next).map(|command| format!("\n→ {command}")).unwrap_or_default();
    format!("{} [{}]{next}", explanation.sentence, explanation.code)
}

/// The command that does what the button of a phone does, where it is another than the one that failed.
fn next(remedy: Remedy) -> Option<&'static str> {
    match remedy {
        Remedy::SignIn | Remedy::StartAgain | Remedy::CompleteAccount => Some("companion sign-in"),
        Remedy::ShowWho => Some("companion sign-in --step-up"),
        Remedy::TryAgain
        | Remedy::OpenBrowser
        | Remedy::ReplaceAccount
        | Remedy::AskEmployer { .. }
        | Remedy::Unlock
        | Remedy::OpenSettings
        | Remedy::UseMobileData
        | Remedy::Update => None,
    }
}

/// `companion/<profile id>` in the person's data folder (XDG Base Directory).
fn default_data(profile_json: &str) -> Result<PathBuf, String> {
    let profile: serde_json::Value = serde_json::from_str(profile_json).unwrap_or_default();
    let id = profile.get("id").and_then(serde_json::Value::as_str).unwrap_or("operator");
    let id: String = id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let base = std::env::var_os("XDG_DATA_HOME").filter(|base| !base.is_empty()).map(PathBuf::from);
    let base = base.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".local/share")));
    Ok(base.ok_or("where to keep things? Say it with --data DIR")?.join("companion").join(id))
}
