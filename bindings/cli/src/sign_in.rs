//! `companion sign-in`: the operator's page in a browser, which comes back to a port on this machine (RFC 8252 §7.3).

use std::io::Read;
use std::process::ExitCode;
use std::time::Duration;

use companion::problem::SignInFailure;
use companion::{CompanionCore, Problem};
use companion_sandbox::agent;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::usage::PhoneArguments;

/// How long the browser may stay away; the operator's page asks nobody for longer.
const PATIENCE: Duration = Duration::from_secs(15 * 60);
const PATH: &str = "/signed-in";
/// Longer than what any browser asks with.
const LONGEST_HEAD: u64 = 64 * 1024;

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
    let page = explained(&core, core.session().start(Default::default(), None).await)?;
    match arguments.sandbox_number {
        Some(number) => {
            let mut password = String::new();
            std::io::stdin().read_to_string(&mut password)?;
            let anchors = arguments.phone.anchors_pem()?;
            let callback = agent::sign_in(&anchors, &page.url, &number, password.trim()).await?;
            explained(&core, core.session().finish(callback).await)?;
        }
        None => {
            println!("Open this page in your browser, and sign in with your mobile number:\n\n  {}\n", page.url);
            println!("Waiting for the browser to come back. Ctrl-C stops.");
            tokio::time::timeout(PATIENCE, come_back(&core, &listener, &home))
                .await
                .map_err(|_| "nobody came back")??;
        }
    }
    println!("Signed in at {}. See your usage with: companion usage", core.session().state().operator_name);
    core.suspend(5000)?;
    Ok(ExitCode::SUCCESS)
}

/// A problem in the person's words.
fn explained<T>(core: &CompanionCore, outcome: Result<T, Problem>) -> Result<T, String> {
    outcome.map_err(|problem| core.explain(problem).sentence)
}

/// Answers requests until one ends the sign-in. Any program on this machine can ask for our path, and only the core
/// knows the attempt's own return from a stray one; a stray one changes nothing.
async fn come_back(core: &CompanionCore, listener: &TcpListener, home: &str) -> Result<(), Box<dyn std::error::Error>> {
    loop {
        let (stream, _) = listener.accept().await?;
        let mut stream = BufReader::new(stream);
        let Ok(Some(target)) = asked(&mut stream).await else {
            let _ = answer(&mut stream, "404 Not Found", "Not here.").await;
            continue;
        };
        let outcome = core.session().finish(format!("{home}{target}")).await;
        let stray = matches!(outcome, Err(Problem::SignIn { reason: SignInFailure::AttemptUnknown }));
        let outcome = explained(core, outcome);
        let (status, text) = match &outcome {
            Ok(()) => ("200 OK", "You are signed in. You can close this page."),
            Err(sentence) => ("400 Bad Request", sentence.as_str()),
        };
        // The browser may be gone; the sign-in stands.
        let _ = answer(&mut stream, status, text).await;
        if !stray {
            return Ok(outcome?);
        }
    }
}

/// Reads a request. Some, when it asks for the path the browser returns to.
async fn asked(stream: &mut BufReader<TcpStream>) -> std::io::Result<Option<String>> {
    let mut head = stream.take(LONGEST_HEAD);
    let mut first = String::new();
    let all = async {
        head.read_line(&mut first).await?;
        // To its end: closing on bytes nobody read resets the connection, and the browser would lose our answer.
        let mut line = String::new();
        while head.read_line(&mut line).await? > 0 && !line.trim_end().is_empty() {
            line.clear();
        }
        std::io::Result::Ok(())
    };
    tokio::time::timeout(Duration::from_secs(5), all).await??;
    let target = first.split(' ').nth(1).unwrap_or_default();
    let ours = first.starts_with("GET ") && target.split('?').next() == Some(PATH);
    Ok(ours.then(|| target.to_owned()))
}

async fn answer(stream: &mut BufReader<TcpStream>, status: &str, text: &str) -> std::io::Result<()> {
    let length = text.len();
    let answer = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{text}"
    );
    stream.write_all(answer.as_bytes()).await?;
    stream.flush().await
}
