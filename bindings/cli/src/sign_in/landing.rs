//! Where the browser comes back to: a port of this machine's own (RFC 8252 §7.3), and the page it shows then.

use std::time::Duration;

use companion::problem::SignInFailure;
use companion::text::{Language, Text, messages};
use companion::{CompanionCore, Problem};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

const PATH: &str = "/signed-in";
/// Longer than what any browser asks with.
const LONGEST_HEAD: u64 = 64 * 1024;

/// A port that waits for the browser.
#[derive(Debug)]
pub struct Landing {
    listener: TcpListener,
    home: String,
    language: Language,
}

impl Landing {
    /// Listens on a free port, to this machine alone.
    pub async fn open(language: Language) -> std::io::Result<Landing> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let home = format!("http://{}", listener.local_addr()?);
        Ok(Landing { listener, home, language })
    }

    /// The redirect URI.
    pub fn redirect_uri(&self) -> String {
        format!("{}{PATH}", self.home)
    }

    /// Answers requests until one ends the sign-in. Any program on this machine can ask for our path, and only the core
    /// knows the attempt's own return from a stray one; a stray one changes nothing.
    pub async fn come_back(&self, core: &CompanionCore) -> std::io::Result<Result<(), Problem>> {
        loop {
            let (stream, _) = self.listener.accept().await?;
            let mut stream = BufReader::new(stream);
            let Ok(Some(target)) = asked(&mut stream).await else {
                let _ = answer(&mut stream, "404 Not Found", "text/plain", "Not here.").await;
                continue;
            };
            let outcome = core.session().finish(format!("{}{target}", self.home)).await;
            let status = if outcome.is_ok() { "200 OK" } else { "400 Bad Request" };
            let page = self.page(core, outcome.as_ref().err());
            // The browser may be gone; the sign-in stands.
            let _ = answer(&mut stream, status, "text/html", &page).await;
            if !is_stray(&outcome) {
                return Ok(outcome);
            }
        }
    }

    /// What the browser shows, in the person's language.
    fn page(&self, core: &CompanionCore, problem: Option<&Problem>) -> String {
        let language = self.language;
        let close = messages::landing_close(language).text;
        let (title, sentence) = match problem {
            None => (messages::landing_title(language).text, close),
            Some(problem) => {
                let explained = core.explain(problem.clone());
                (explained.title, format!("{} {close}", explained.sentence))
            }
        };
        let operator = Text::foreign(&core.session().state().operator_name).text;
        let [title, sentence, operator] = [title, sentence, operator].map(|text| escaped(&text));
        format!(
            "<!doctype html>\n<html lang=\"{}\"><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">\
             <title>{title} – {operator}</title><style>body{{font:1.25rem/1.5 system-ui,sans-serif;max-width:32rem;\
             margin:15vh auto;padding:0 1rem}}</style><main><h1>{title}</h1><p>{sentence}</p></main></html>\n",
            language.tag()
        )
    }
}

fn is_stray(outcome: &Result<(), Problem>) -> bool {
    use SignInFailure::{AlreadyHandled, AttemptUnknown};
    matches!(outcome, Err(Problem::SignIn { reason: AttemptUnknown | AlreadyHandled }))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
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

/// Answers and closes. The address of the page holds the code: nothing may keep it, frame it or learn it as a referrer.
async fn answer(stream: &mut BufReader<TcpStream>, status: &str, kind: &str, text: &str) -> std::io::Result<()> {
    let length = text.len();
    let answer = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {length}\r\n\
         Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n\
         Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'\r\n\
         Connection: close\r\n\r\n{text}"
    );
    stream.write_all(answer.as_bytes()).await?;
    stream.flush().await
}
