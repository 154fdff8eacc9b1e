//! `companion guide`: the help articles, for anybody: nobody need be signed in, and no network is asked.

use std::process::ExitCode;
use std::sync::Arc;

use companion::help::{Help, HelpArticle, HelpArticleSummary, HelpBlock, HelpTopic};
use serde_json::{Value, json};

use crate::draw::canvas::{Canvas, Style};
use crate::draw::json::text;
use crate::inspect::snake_case;
use crate::phone::PhoneArguments;
use crate::terminal;

/// Read and search the operator's guide. Nobody need be signed in, and no network is asked
///
/// Without a command it lists the articles. Exit status: 0 shown; 1 nothing is found; 2 there is no such article, or the
/// profile is not usable.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    list: List,
}

#[derive(Debug, Clone, clap::Subcommand)]
enum Command {
    /// Show an article
    Show(Show),
    /// Find articles by words or a question, without accents too, the best first
    Search(Search),
}

#[derive(Debug, Clone, clap::Args)]
struct List {
    #[command(flatten)]
    phone: PhoneArguments,
    /// Only what belongs to one screen: usage, alerts, invoices, pay, wifi-calling, getting-started, sim, sign-in, plan
    #[arg(long, value_name = "SCREEN", value_parser = topic)]
    topic: Option<HelpTopic>,
    /// Print it as JSON, as the phones get it
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, clap::Args)]
struct Show {
    /// The article's id, as the list has it
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    phone: PhoneArguments,
    /// Print it as JSON, as the phones get it
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, clap::Args)]
struct Search {
    /// What to look for, also as a sentence; the beginning of a word is enough
    #[arg(value_name = "WORDS", required = true)]
    words: Vec<String>,
    #[command(flatten)]
    phone: PhoneArguments,
    /// Print it as JSON, as the phones get it
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    match arguments.command {
        None => list(&arguments.list),
        Some(Command::Show(show)) => article(show),
        Some(Command::Search(search)) => find(&search),
    }
}

fn list(list: &List) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let articles = open(&list.phone)?.articles(list.topic, String::new());
    print_list(&articles, list.json)?;
    Ok(if articles.is_empty() { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn find(search: &Search) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let hits = open(&search.phone)?.articles(None, search.words.join(" "));
    print_list(&hits, search.json)?;
    Ok(if hits.is_empty() { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn article(show: Show) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let article = open(&show.phone)?.article(show.id);
    let article = article.ok_or("there is no such article here. `companion guide` lists them.")?;
    terminal::print(&match show.json {
        true => format!("{:#}\n", article_json(&article)),
        false => draw(&article, terminal::width(), terminal::colour()),
    })?;
    Ok(ExitCode::SUCCESS)
}

fn open(phone: &PhoneArguments) -> Result<Arc<Help>, Box<dyn std::error::Error>> {
    Ok(phone.open(None)?.help())
}

fn topic(name: &str) -> Result<HelpTopic, String> {
    let named = |topic: &HelpTopic| name_of(*topic).replace('_', "-") == name;
    let names = || HelpTopic::ALL.map(|topic| name_of(topic).replace('_', "-")).join(", ");
    HelpTopic::ALL.into_iter().find(named).ok_or_else(|| format!("the screens are {}", names()))
}

fn name_of(topic: HelpTopic) -> String {
    snake_case(&format!("{topic:?}"))
}

fn print_list(articles: &[HelpArticleSummary], json: bool) -> std::io::Result<()> {
    terminal::print(&match (json, articles) {
        (true, _) => format!("{:#}\n", articles.iter().map(summary_json).collect::<Value>()),
        (false, []) => "Nothing is found. `companion guide` lists every article.\n".to_owned(),
        (false, _) => draw_list(articles, terminal::width(), terminal::colour()),
    })
}

/// A title, and under it what to show it by.
fn draw_list(articles: &[HelpArticleSummary], width: usize, colour: bool) -> String {
    let mut canvas = Canvas::for_reading(width, colour);
    for article in articles {
        canvas.text(Style::Plain, &article.title.text);
        canvas.hanging(Style::Quiet, "  ", &article.id);
    }
    canvas.finish()
}

fn draw(article: &HelpArticle, width: usize, colour: bool) -> String {
    let mut canvas = Canvas::for_reading(width, colour);
    canvas.text(Style::Strong, &article.title.text);
    let mut step_before = false;
    for block in &article.blocks {
        let step = matches!(block, HelpBlock::Step { .. });
        // Steps stand close together.
        if !(step && step_before) {
            canvas.gap();
        }
        step_before = step;
        match block {
            HelpBlock::Paragraph { text } => canvas.text(Style::Plain, &text.text),
            HelpBlock::Step { number, text } => canvas.hanging(Style::Plain, &format!("{number}. "), &text.text),
            HelpBlock::Warning { text } => canvas.hanging(Style::Warning, "! ", &text.text),
        }
    }
    canvas.gap();
    for related in &article.related {
        canvas.hanging(Style::Quiet, "→ ", &format!("{} ({})", related.title.text, related.id));
    }
    canvas.finish()
}

fn topics(topics: &[HelpTopic]) -> Value {
    topics.iter().map(|topic| name_of(*topic)).collect()
}

fn summary_json(article: &HelpArticleSummary) -> Value {
    json!({ "id": article.id, "title": text(&article.title), "topics": topics(&article.topics) })
}

fn article_json(article: &HelpArticle) -> Value {
    let blocks = article.blocks.iter().map(|block| match block {
        HelpBlock::Paragraph { text: said } => json!({ "kind": "paragraph", "number": null, "text": text(said) }),
        HelpBlock::Step { number, text: said } => json!({ "kind": "step", "number": number, "text": text(said) }),
        HelpBlock::Warning { text: said } => json!({ "kind": "warning", "number": null, "text": text(said) }),
    });
    json!({
        "id": article.id,
        "title": text(&article.title),
        "topics": topics(&article.topics),
        "blocks": blocks.collect::<Vec<_>>(),
        "related": article.related.iter().map(summary_json).collect::<Vec<_>>(),
        "request": article.request.map(|request| snake_case(&format!("{request:?}"))),
    })
}
