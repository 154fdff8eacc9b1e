//! The sandbox as a program: arguments, start text, files it writes. Behind `companion-sandbox` and `companion sandbox`.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::operators::OperatorName;
use crate::options::{
    ActivationDialect, BillDelivery, BillDialect, Dialect, PreferenceHome, QueryMode, SandboxOptions,
};
use crate::sandbox::Sandbox;

/// What the program takes.
#[derive(Debug, clap::Args)]
// Both programs that take these have an `Arguments` of their own, and clap wants each group name once.
#[group(skip)]
pub struct Arguments {
    /// Which operator it is: one of the profiles in core/profiles, with all that belongs to it
    #[arg(long, value_enum, value_name = "NAME", default_value_t = OperatorName::Sandbox)]
    operator: OperatorName,
    /// Decides numbers, identifiers and how much was used
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Stand still at this time (RFC 3339); without it the clock runs with this machine's
    #[arg(long)]
    now: Option<Timestamp>,
    /// Generation of the TMF677 bodies [default: the operator's]
    #[arg(long, value_enum)]
    dialect: Option<Dialect>,
    /// How the profile tells the app to ask for usage [default: the operator's]
    #[arg(long, value_enum)]
    query: Option<QueryMode>,
    /// Where the profile says that notification preferences are kept [default: the operator's]
    #[arg(long, value_enum)]
    preferences: Option<PreferenceHome>,
    /// Version of the TMF678 bodies [default: the operator's]
    #[arg(long, value_enum)]
    bills: Option<BillDialect>,
    /// How printed bills can be had
    #[arg(long, value_enum, default_value_t = BillDelivery::ByPerson)]
    bill_delivery: BillDelivery,
    /// Version in which the profile has orders, products and SIMs read [default: the operator's]
    #[arg(long, value_enum)]
    activation: Option<ActivationDialect>,
    /// Address to listen on: this machine alone, or 0.0.0.0 for phones that reach it, and then --name says how
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub listen: IpAddr,
    /// Name or address by which a phone reaches this machine; may be given more than once, links have the first
    #[arg(long = "name", value_name = "HOST")]
    names: Vec<String>,
    /// Keep the key of the certificate authority here, so that a phone which believes it still does after a restart
    #[arg(long, value_name = "FILE")]
    ca_key: Option<PathBuf>,
    /// TLS port, 0 for any free one [default: of `companion sandbox` 8443 where that is free, else any free one]
    #[arg(long)]
    pub port: Option<u16>,
    /// TLS port of printed bills, 0 for any free one [default: 8444 beside 8443]
    #[arg(long)]
    pub document_port: Option<u16>,
    /// Plain HTTP port of the page and its controls, 0 for any free one [default: 8445 beside 8443]
    #[arg(long)]
    pub control_port: Option<u16>,
    /// Write profile, control address and people here once listening
    #[arg(long)]
    ready_file: Option<PathBuf>,
    /// Write the operator profile here, for the app to open
    #[arg(long, value_name = "FILE")]
    pub profile: Option<PathBuf>,
    /// How long a rotated refresh token is still taken (0: reuse ends the session)
    #[arg(long, default_value_t = 0)]
    grace_seconds: i64,
}

/// Runs a sandbox until Ctrl-C. It says who it is once, when it stands: the greeting first. A reader that is gone by then ends
/// it; one that leaves later has read what it wanted, and the sandbox goes on.
pub async fn run(arguments: Arguments, greeting: &str) -> Result<(), Box<dyn std::error::Error>> {
    let operators = SandboxOptions::of(arguments.operator);
    let sandbox = Sandbox::start(SandboxOptions {
        seed: arguments.seed,
        now: arguments.now.unwrap_or_else(Timestamp::now),
        running_clock: arguments.now.is_none(),
        dialect: arguments.dialect.unwrap_or(operators.dialect),
        query: arguments.query.unwrap_or(operators.query),
        preferences: arguments.preferences.unwrap_or(operators.preferences),
        bill_dialect: arguments.bills.unwrap_or(operators.bill_dialect),
        bill_delivery: arguments.bill_delivery,
        activation: arguments.activation.unwrap_or(operators.activation),
        port: arguments.port.unwrap_or_default(),
        listen: arguments.listen,
        names: arguments.names,
        ca_key: arguments.ca_key,
        document_port: arguments.document_port.unwrap_or_default(),
        control_port: arguments.control_port.unwrap_or_default(),
        grace_seconds: arguments.grace_seconds,
        ..operators
    })
    .await?;
    if let Some(path) = &arguments.ready_file {
        write_whole(path, &sandbox.ready_json())
            .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    }
    if let Some(path) = &arguments.profile {
        write_whole(path, &sandbox.profile_json())
            .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    }
    let says = async { print(&format!("{greeting}{}\nStop with Ctrl-C.\n", sandbox.introduction())) };
    // Ctrl-C is listened to before it is offered.
    tokio::try_join!(biased; tokio::signal::ctrl_c(), says)?;
    sandbox.stop().await;
    print("Stopped.\n")?;
    Ok(())
}

/// Fails where `println!` would panic: a reader that has gone away.
fn print(text: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// A reader sees the whole file or none.
fn write_whole(path: &Path, text: &str) -> std::io::Result<()> {
    let beside = path.with_extension(format!("{}.part", std::process::id()));
    std::fs::write(&beside, text)?;
    std::fs::rename(&beside, path)
}
