//! `companion usage`: this cycle's usage, fresh where there is a network, dated where there is none.

use std::io::Read;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use companion::text::Language;
use companion::text::explain::explain;
use companion::usage::view::UsagePhase;
use companion::{CompanionCore, CoreConfig, Host, Problem};

use crate::draw;
use crate::host::{ComputerClock, FileStore};
use crate::terminal;

/// Show this cycle's usage
///
/// Exit status: 0 as the operator says now, or as kept when nothing else was asked for (--offline); 1 as kept, because
/// the operator could not be asked; 2 nothing to show, such as when nobody is signed in or the profile is not usable.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    pub phone: PhoneArguments,
    /// Print the view as JSON, as the phones get it
    #[arg(long)]
    json: bool,
    /// Do not ask the operator, show what is kept
    #[arg(long)]
    offline: bool,
}

/// Certificates included, a profile is a few kilobytes.
const LONGEST_PROFILE: u64 = 256 * 1024;

/// Where this terminal keeps what a phone would keep, and for which operator.
#[derive(Debug, clap::Args)]
pub struct PhoneArguments {
    /// The operator profile
    #[arg(long, value_name = "FILE", default_value = "companion-profile.json")]
    profile: PathBuf,
    /// Where session and figures are kept [default: a folder of the profile's own, in your data folder]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// fr, nl, en or de [default: the environment's]
    #[arg(long, value_name = "LANG")]
    language: Option<String>,
}

impl PhoneArguments {
    /// Opens the core; `redirect_uri` is where a browser comes back to.
    pub fn open(&self, redirect_uri: Option<String>) -> Result<Arc<CompanionCore>, Box<dyn std::error::Error>> {
        let profile_json = self.read().map_err(|error| {
            format!("cannot read the profile {}: {error}. `companion sandbox` writes one.", self.profile.display())
        })?;
        let data = match &self.data {
            Some(data) => data.clone(),
            None => default_data(&profile_json)?,
        };
        let secure_store = FileStore::open(&data.join("secure"))
            .map_err(|error| format!("cannot keep anything in {}: {error}", data.display()))?;
        let config = CoreConfig {
            data_dir: data.join("data").to_string_lossy().into_owned(),
            profile_json,
            languages: terminal::languages(self.language.as_deref()),
            redirect_uri,
            process: None,
        };
        CompanionCore::open(config, Host::new(Arc::new(secure_store), Arc::new(ComputerClock))).map_err(|problem| {
            match problem {
                Problem::Configuration { field, reason } => {
                    format!("the profile {} is not usable: {field} {reason}", self.profile.display()).into()
                }
                other => {
                    let languages = terminal::languages(self.language.as_deref());
                    explain(&other, Language::pick(&languages), "").sentence.into()
                }
            }
        })
    }
}

impl PhoneArguments {
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

/// `companion/<profile id>` in the person's data folder (XDG Base Directory).
fn default_data(profile_json: &str) -> Result<PathBuf, String> {
    let profile: serde_json::Value = serde_json::from_str(profile_json).unwrap_or_default();
    let id = profile.get("id").and_then(serde_json::Value::as_str).unwrap_or("operator");
    let id: String = id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let base = std::env::var_os("XDG_DATA_HOME").filter(|base| !base.is_empty()).map(PathBuf::from);
    let base = base.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".local/share")));
    Ok(base.ok_or("where to keep things? Say it with --data DIR")?.join("companion").join(id))
}

/// Runs the command.
pub async fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let core = arguments.phone.open(None)?;
    let usage = core.usage();
    let outcome = match usage.state().phase {
        UsagePhase::SignedOut => Ok(()),
        _ if arguments.offline => Ok(()),
        _ => core.usage().refresh(None).await,
    };
    let view = usage.state();
    terminal::print(&if arguments.json {
        format!("{:#}\n", draw::usage_json(&view))
    } else if view.phase == UsagePhase::SignedOut {
        "Nobody is signed in. Sign in with: companion sign-in\n".to_owned()
    } else if view.lines.is_empty() && view.notice.is_none() {
        "Nothing is loaded yet. Ask the operator with: companion usage\n".to_owned()
    } else {
        draw::usage(&view, terminal::width(), terminal::colour())
    })?;
    // What could not be written out has been shown all the same.
    let _ = core.suspend(5000);
    Ok(match (view.phase, outcome) {
        (UsagePhase::Loaded, Ok(())) => ExitCode::SUCCESS,
        (UsagePhase::Loaded, Err(_)) => ExitCode::from(1),
        _ => ExitCode::from(2),
    })
}
