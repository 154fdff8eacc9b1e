//! `companion sign-in`: the operator's page in a browser, which comes back to a port on this machine (RFC 8252 §7.3).

use std::io::Read;
use std::process::ExitCode;
use std::time::Duration;

use companion::{CompanionCore, Problem};
use companion_sandbox::agent;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::usage::PhoneArguments;

/// How long the browser may stay away; the operator's page asks nobody for longer.
const PATIENCE: Duration = Duration::from_secs(15 * 60);
const PATH: &str = "/signed-in";

/// What `companion sign-in` takes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    phone: PhoneArguments,
    /// Let a headless browser fill in the sandbox's page with this mobile number; the password is read from standard input
    #[arg(long, value_name = "NUMBER")]
    sandbox_number: Option<String>,
}

/// Runs the command.
pub async fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let home = format!("http://{}", listener.local_addr()?);
    let core = arguments.phone.open(Some(format!("{home}{PATH}")))?;
    let page = explained(&core, core.session().start().await)?;
    let callback = match arguments.sandbox_number {
        Some(number) => {
            let mut password = String::new();
            std::io::stdin().read_to_string(&mut password)?;
            agent::sign_in(&arguments.phone.anchors_pem()?, &page.url, &number, password.trim()).await?
        }
        None => {
            println!("Open this page in your browser, and sign in with your mobile number:\n\n  {}\n", page.url);
            println!("Waiting for the browser to come back. Ctrl-C stops.");
            tokio::time::timeout(PATIENCE, returned(&listener, &home)).await.map_err(|_| "nobody came back")??
        }
    };
    explained(&core, core.session().finish(callback).await)?;
    println!("Signed in at {}. See your usage with: companion usage", core.session().state().operator_name);
    core.suspend(5000)?;
    Ok(ExitCode::SUCCESS)
}

/// A problem in the person's words.
fn explained<T>(core: &CompanionCore, outcome: Result<T, Problem>) -> Result<T, String> {
    outcome.map_err(|problem| core.explain(problem).sentence)
}

/// Answers requests until one is the browser's return, and gives its whole address.
async fn returned(listener: &TcpListener, home: &str) -> std::io::Result<String> {
    loop {
        let (stream, _) = listener.accept().await?;
        if let Some(target) = answer(stream).await.unwrap_or_default() {
            return Ok(format!("{home}{target}"));
        }
    }
}

/// Reads a request's first line and answers it. Some, when it is the browser's return.
async fn answer(stream: TcpStream) -> std::io::Result<Option<String>> {
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    tokio::time::timeout(Duration::from_secs(5), stream.read_line(&mut line)).await??;
    let target = line.split(' ').nth(1).unwrap_or_default();
    let ours = line.starts_with("GET ") && target.split('?').next() == Some(PATH);
    let (status, text) = if ours { ("200 OK", "You can close this page.") } else { ("404 Not Found", "Not here.") };
    let length = text.len();
    let answer = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{text}"
    );
    stream.write_all(answer.as_bytes()).await?;
    Ok(ours.then(|| target.to_owned()))
}
