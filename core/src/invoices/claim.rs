//! What employees do with an invoice: reclaim chosen lines from their employer, on a sheet or as CSV, and ask what a third
//! party's line is. Only what was chosen is in it; texts of third parties and numbers stay out unless the person wants them
//! in; what only the person can tell, their name and number, has a place; nothing is sent.

use super::checks::{is_coverable, subscription_goes_first};
use super::model::{Bill, BillLine, LineKind};
use super::view::Presentation;
use super::view::list::title;
use crate::money::Cents;
use crate::problem::Problem;
use crate::text::request::{PreparedRequest, letter};
use crate::text::{Language, Text, messages};

/// Lines of an invoice to reclaim from the employer.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ClaimSheet {
    /// The sheet, to read and to share.
    pub sheet: PreparedRequest,
    /// The lines as CSV, without the note: UTF-8 with a byte order mark, `;` between cells, the language's decimal sign, ISO dates.
    pub csv: String,
    /// The name for the file of it, without its ending: ASCII letters, digits, `.`, `_`, `-`.
    pub file_name: String,
    /// Their sum with VAT, in cents. Absent where a line has no amount: then the sheet says so.
    pub total_cents: Option<i64>,
    /// What to look at before it is shared: how much of these lines the employer has paid already. The sheet says it too,
    /// before the amounts.
    pub warning: Option<Text>,
}

/// What goes into a claim.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ClaimWish {
    /// The chosen lines, by id.
    pub line_ids: Vec<String>,
    /// A note of the person's, as they write it. May be empty.
    pub note: String,
    /// Also what tells of others and of whereabouts: texts of third parties' lines, and numbers that were called.
    pub with_private_texts: bool,
}

/// The sheet of the chosen lines. Fails with `Unexpected`: `no_such_line` where one of them is not on the document, or none
/// was chosen; `employer_line` where one is what the employer pays.
pub(super) fn claim(
    bill: &Bill,
    lines: &[&BillLine],
    wish: &ClaimWish,
    presentation: &Presentation<'_>,
) -> Result<ClaimSheet, Problem> {
    let chosen: Vec<&BillLine> = lines.iter().copied().filter(|line| wish.line_ids.contains(&line.id)).collect();
    let is_known = |id: &String| chosen.iter().any(|line| line.id == *id);
    if chosen.is_empty() || !wish.line_ids.iter().all(is_known) {
        return Err(Problem::unexpected("no_such_line"));
    }
    if chosen.iter().any(|line| line.employer_share.is_set()) {
        return Err(Problem::unexpected("employer_line"));
    }
    let language = presentation.language;
    let amounts: Option<Vec<Cents>> = chosen.iter().map(|line| line.tax_included).collect();
    let total = amounts.and_then(Cents::sum);
    let rows: Vec<Row> = chosen.iter().map(|line| Row::of(line, wish.with_private_texts, presentation)).collect();

    // Costs that the employer took over are not to be had from them again.
    let warning =
        already_paid(bill, lines, &chosen).map(|paid| messages::claim_covered(language, &presentation.money(paid)));
    let covered = in_full(lines);
    let mark = |line: &BillLine| match covered.contains(&line.id.as_str()) {
        true => format!("  ({})", messages::claim_line_covered(language).text),
        false => String::new(),
    };
    let name = name(bill, presentation);
    let subject = messages::claim_subject(language, &name).text;
    let period = bill.period.map(|period| presentation.period_in_full(period));
    let heading = [Some(name), Some(presentation.operator()), period];
    let mut body = vec![
        messages::claim_name(language).text,
        messages::claim_number(language).text,
        String::new(),
        Text::list(&heading.into_iter().flatten().collect::<Vec<_>>()).text,
        String::new(),
    ];
    body.extend(warning.iter().flat_map(|warning| [warning.text.clone(), String::new()]));
    body.extend(rows.iter().zip(&chosen).map(|(row, line)| {
        let parts = [row.when.as_str(), &row.what, &row.amount].join("  ");
        format!("{}{}", parts.trim_start(), mark(line))
    }));
    body.push(String::new());
    body.push(match total {
        Some(total) => messages::claim_total(language, &presentation.money(total)).text,
        None => messages::claim_no_total(language).text,
    });
    let note = one_line(&wish.note);
    if !note.is_empty() {
        body.extend([String::new(), note.clone()]);
    }
    body.extend([String::new(), messages::claim_footer(language).text]);
    Ok(ClaimSheet {
        sheet: letter(subject, plain_spaces(&body.join("\n"))),
        csv: csv(bill, &rows, presentation),
        file_name: file_name(bill),
        total_cents: total.map(|total| total.0),
        warning,
    })
}

/// The document as others can find it: by its number, or by the operator's id where it has none.
fn name(bill: &Bill, presentation: &Presentation<'_>) -> Text {
    let title = title(bill, presentation);
    match &bill.bill_no {
        Some(_) => Text::plain(title.text),
        None => Text::plain(format!("{} {}", title.text, Text::foreign(&bill.id).text)),
    }
}

/// What the employer pays of the document, as a size. None where no line says so, or one lacks its amount.
fn employer_pays(lines: &[&BillLine]) -> Option<Cents> {
    let shares = lines.iter().filter(|line| line.employer_share.is_set()).map(|line| line.tax_included);
    let sum = Cents::ZERO.minus(Cents::sum(shares.collect::<Option<Vec<_>>>()?)?)?;
    (sum > Cents::ZERO).then_some(sum)
}

fn sum_of(lines: &[&BillLine], wanted: impl Fn(&BillLine) -> bool) -> Option<Cents> {
    let amounts = lines.iter().filter(|line| wanted(line)).map(|line| line.tax_included);
    Cents::sum(amounts.collect::<Option<Vec<_>>>()?)
}

/// How much of the chosen lines the employer has paid at least: those of which it can be told, or, whichever lines that was,
/// what they come to beyond what is left to the person. None where that is nothing, or cannot be told.
fn already_paid(bill: &Bill, lines: &[&BillLine], chosen: &[&BillLine]) -> Option<Cents> {
    let pays = employer_pays(lines)?;
    // A third party's service is never paid by the employer, and hides nothing of the others.
    let beyond = |chosen: Option<Cents>, left: Option<Cents>| chosen?.minus(left?);
    let left = sum_of(lines, is_coverable).and_then(|all| all.minus(pays)).map(|left| left.max(Cents::ZERO));
    let of_lines = beyond(sum_of(chosen, is_coverable), left);
    let of_total = beyond(sum_of(chosen, |_| true), bill.amounts.tax_included);
    let told = in_full(lines);
    let one_by_one = sum_of(chosen, |line| told.contains(&line.id.as_str()));
    // Never more than the employer has paid in all: a discount may have made the lines cheaper.
    of_lines.max(of_total).max(one_by_one).map(|paid| paid.min(pays)).filter(|paid| *paid > Cents::ZERO)
}

/// The lines of which it can be told that the employer paid them: all that can be covered where the contribution reaches
/// that far, else the subscription, which uses the contribution first.
fn in_full<'a>(lines: &[&'a BillLine]) -> Vec<&'a str> {
    let Some(pays) = employer_pays(lines) else { return Vec::new() };
    let reaches = |wanted: fn(&BillLine) -> bool| sum_of(lines, wanted).is_some_and(|sum| sum <= pays);
    let subscription: fn(&BillLine) -> bool = |line| is_coverable(line) && line.kind == LineKind::Recurring;
    let wanted = match (reaches(is_coverable), subscription_goes_first(lines) && reaches(subscription)) {
        (true, _) => is_coverable,
        (false, true) => subscription,
        (false, false) => return Vec::new(),
    };
    lines.iter().filter(|line| wanted(line)).map(|line| line.id.as_str()).collect()
}

struct Row {
    when: String,
    iso: String,
    what: String,
    amount: String,
    cents: Option<Cents>,
}

impl Row {
    fn of(line: &BillLine, with_texts: bool, presentation: &Presentation<'_>) -> Row {
        let language = presentation.language;
        let day = line.date.or(line.period.map(|period| period.start));
        let hidden = line.third_party.is_set() && !with_texts;
        let name = line.name.as_deref().map(|name| if with_texts { name.to_owned() } else { masked(name) });
        let name = name.as_deref().map(Text::foreign).filter(|name| !name.text.is_empty() && !hidden);
        Row {
            when: day.map(|day| presentation.date_in_full(day).text).unwrap_or_default(),
            iso: day.map(|day| day.to_string()).unwrap_or_default(),
            what: name
                .unwrap_or_else(|| match line.third_party.is_set() {
                    true => messages::group_third_party(language),
                    false => messages::group_other(language),
                })
                .text,
            amount: line.tax_included.map(|amount| presentation.money(amount).text).unwrap_or_default(),
            cents: line.tax_included,
        }
    }
}

/// A text without the numbers that are long enough to ring somebody: their last two digits stay.
fn masked(text: &str) -> String {
    const SHORTEST: usize = 6;
    let is_part = |c: char| c.is_ascii_digit() || " +()-./\u{a0}".contains(c);
    let mut out = String::new();
    let mut rest = text;
    while let Some(from) = rest.find(|c: char| c.is_ascii_digit() || c == '+') {
        let (before, number) = rest.split_at(from);
        let to = number.find(|c: char| !is_part(c)).unwrap_or(number.len());
        let (number, after) = number.split_at(to);
        let number_only = number.trim_end_matches(|c: char| !c.is_ascii_digit());
        let digits: Vec<char> = number_only.chars().filter(char::is_ascii_digit).collect();
        out.push_str(before);
        match digits.len().checked_sub(2).and_then(|at| digits.get(at..)) {
            Some(end) if digits.len() >= SHORTEST => {
                out.push_str("•••• ");
                out.extend(end);
                out.push_str(number.strip_prefix(number_only).unwrap_or_default());
            }
            _ => out.push_str(number),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The header's words are the sheet's; the amount's column holds numbers alone.
fn csv(bill: &Bill, rows: &[Row], presentation: &Presentation<'_>) -> String {
    let language = presentation.language;
    let header = [
        messages::csv_invoice(language),
        messages::csv_date(language),
        messages::csv_what(language),
        messages::csv_amount(language),
    ];
    let mut text = String::from('\u{FEFF}');
    let mut line = |cells: [String; 4]| {
        text.push_str(&cells.join(";"));
        text.push_str("\r\n");
    };
    line(header.map(|cell| cell_of(&cell.text)));
    let number = bill.bill_no.as_deref().unwrap_or(&bill.id);
    for row in rows {
        let amount = row.cents.map(|cents| decimal(cents, language)).unwrap_or_default();
        line([cell_of(number), cell_of(&row.iso), cell_of(&row.what), amount]);
    }
    text
}

/// Text as a spreadsheet takes it: never as a formula, in quotes where it needs them (RFC 4180).
fn cell_of(text: &str) -> String {
    let text = plain_spaces(&one_line(text));
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text };
    if text.contains([';', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

fn decimal(cents: Cents, language: Language) -> String {
    let sign = if cents.0 < 0 { "-" } else { "" };
    let (euros, rest) = (cents.0.unsigned_abs().checked_div(100), cents.0.unsigned_abs().checked_rem(100));
    let point = if language == Language::English { '.' } else { ',' };
    format!("{sign}{}{point}{:02}", euros.unwrap_or_default(), rest.unwrap_or_default())
}

/// What leaves the app has no spaces that other programs stumble over.
fn plain_spaces(text: &str) -> String {
    text.replace(['\u{A0}', '\u{202F}'], " ")
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_owned()
}

fn file_name(bill: &Bill) -> String {
    let number = bill.bill_no.as_deref().unwrap_or(&bill.id);
    let safe: String =
        number.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).take(40).collect();
    let month = bill.period.map(|period| period.last_day().strftime("%Y-%m").to_string());
    ["claim".to_owned()]
        .into_iter()
        .chain(month)
        .chain((!safe.is_empty()).then_some(safe))
        .collect::<Vec<_>>()
        .join("_")
}

/// A question about a third party's line, for whoever offers the service. Fails with `Unexpected` (`own_line`) where it is
/// none of a third party's.
pub(super) fn dispute(
    bill: &Bill,
    line: &BillLine,
    presentation: &Presentation<'_>,
) -> Result<PreparedRequest, Problem> {
    if !line.third_party.is_set() {
        return Err(Problem::unexpected("own_line"));
    }
    let language = presentation.language;
    let what = line.name.as_deref().map(Text::foreign).filter(|name| !name.text.is_empty());
    let what = what.unwrap_or_else(|| messages::group_third_party(language));
    let day = line.date.or(line.period.map(|period| period.start)).map(|day| presentation.date_in_full(day));
    let amount = line.tax_included.or(line.tax_excluded).map(|amount| presentation.money(amount));
    let known: Vec<Text> = [Some(what.clone()), day, amount].into_iter().flatten().collect();
    let body =
        messages::dispute_body(language, &Text::list(&known), &name(bill, presentation), &presentation.operator());
    let body = [body, messages::claim_name(language), messages::claim_number(language)].map(|part| part.text);
    let body = body.join("\n");
    Ok(letter(messages::dispute_subject(language, &what).text, plain_spaces(&body)))
}
