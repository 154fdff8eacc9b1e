//! The invoice screens in a terminal, and as JSON.

use companion::invoices::view::{
    CopyField, InvoiceLineView, InvoiceRow, InvoiceState, InvoiceView, InvoicesView, PaymentView, QrView,
};
use companion::text::Text;
use serde_json::{Value, json};
use textwrap::core::display_width;

use crate::draw::canvas::{Canvas, Column, Style};
use crate::draw::json::{notice, text};

/// White squares around a QR.
const MARGIN: usize = 4;
/// Between columns.
const GAP: &str = "  ";

pub(crate) fn list(view: &InvoicesView, width: usize, colour: bool) -> String {
    let mut canvas = Canvas::new(width, colour);
    if let Some(notice) = &view.notice {
        canvas.hanging(Style::Warning, "! ", &notice.text);
        canvas.gap();
    }
    if let Some(empty) = &view.empty {
        canvas.text(Style::Strong, &empty.title.text);
        canvas.text(Style::Plain, &empty.detail.text);
        canvas.gap();
    }
    if let Some(running) = &view.running {
        canvas.text(Style::Strong, &running.headline.text);
        canvas.text(Style::Quiet, &running.note.text);
        if let Some(expected) = &running.expected {
            canvas.text(Style::Plain, &expected.text);
        }
        canvas.gap();
    }
    rows(&mut canvas, &view.rows);
    checked(&mut canvas, view.checked.as_ref());
    canvas.finish()
}

fn rows(canvas: &mut Canvas, rows: &[InvoiceRow]) {
    let widest = |text: fn(&InvoiceRow) -> &str| rows.iter().map(|row| display_width(text(row))).max().unwrap_or(0);
    let third = canvas.width().checked_div(3).unwrap_or_default();
    let (left, right) = (widest(|row| &row.title.text).saturating_add(4).min(third), widest(amount).min(third));
    let gaps = display_width(GAP).saturating_mul(2);
    let middle = canvas.width().saturating_sub(left).saturating_sub(right).saturating_sub(gaps);
    let mut place = 0u32;
    for row in rows {
        // What can be named has a place.
        let named = row.invoice_id.is_some();
        place = place.saturating_add(u32::from(named));
        let mark = if named { format!("{place:>2}  ") } else { "    ".to_owned() };
        let number = row.number.as_ref().map(|number| format!("{} · ", number.text)).unwrap_or_default();
        canvas.columns(&[
            Column::hanging(left, Style::Plain, &mark, &row.title.text),
            Column::text(middle, style(row.state), &format!("{number}{}", row.status.text)),
            Column { right: true, ..Column::text(right, Style::Plain, amount(row)) },
        ]);
    }
}

fn amount(row: &InvoiceRow) -> &str {
    row.amount.as_ref().map_or("", |amount| &amount.text)
}

fn style(state: InvoiceState) -> Style {
    match state {
        InvoiceState::Overdue | InvoiceState::Reminded | InvoiceState::EmployerContacted => Style::Warning,
        InvoiceState::Open | InvoiceState::PartlyPaid => Style::Strong,
        _ => Style::Quiet,
    }
}

pub(crate) fn invoice(
    view: &InvoiceView,
    detail: &[InvoiceLineView],
    beside: &[InvoiceLineView],
    width: usize,
    colour: bool,
) -> String {
    let mut canvas = Canvas::new(width, colour);
    canvas.text(Style::Quiet, &format!("{} · {}", view.title.text, view.subtitle.text));
    canvas.gap();
    if let Some(total) = &view.total {
        canvas.text(Style::Strong, &total.text);
    }
    canvas.text(style(view.state), &view.status.text);
    canvas.gap();
    for sentence in &view.why {
        canvas.hanging(Style::Plain, "· ", &sentence.text);
    }
    for warning in &view.warnings {
        canvas.hanging(Style::Warning, "▲ ", &warning.text);
    }
    if !view.overview.is_empty() {
        canvas.gap();
        for row in &view.overview {
            pair(&mut canvas, if row.strong { Style::Strong } else { Style::Plain }, &row.title.text, &row.amount.text);
        }
    }
    canvas.gap();
    canvas.text(Style::Quiet, &view.document_text.text);
    if let Some(missing) = &view.lines_missing {
        canvas.gap();
        canvas.hanging(Style::Warning, "! ", &missing.text);
    }
    lines(&mut canvas, &view.detail_title, detail, true);
    lines(&mut canvas, &view.out_of_bundle_title, beside, false);
    checked(&mut canvas, view.checked.as_ref());
    canvas.finish()
}

fn checked(canvas: &mut Canvas, checked: Option<&Text>) {
    if let Some(checked) = checked {
        canvas.gap();
        canvas.text(Style::Quiet, &checked.text);
    }
}

/// A title and an amount at the ends of a row.
fn pair(canvas: &mut Canvas, style: Style, title: &str, amount: &str) {
    marked_pair(canvas, style, "", title, amount);
}

/// The same after a mark, with the title indented under itself.
fn marked_pair(canvas: &mut Canvas, style: Style, mark: &str, title: &str, amount: &str) {
    let right = display_width(amount);
    let left = canvas.width().saturating_sub(right).saturating_sub(display_width(GAP));
    let amount = Column { right: true, ..Column::text(right, style, amount) };
    canvas.columns(&[Column::hanging(left, style, mark, title), amount]);
}

/// Lines under the headings of their part and their groups; with their places, where one may be chosen.
fn lines(canvas: &mut Canvas, title: &Text, lines: &[InvoiceLineView], with_places: bool) {
    let mut group: Option<&Text> = None;
    if !lines.is_empty() {
        canvas.gap();
        canvas.rule();
        canvas.text(Style::Strong, &title.text);
    }
    for (place, line) in (1..).zip(lines) {
        if group != Some(&line.group) {
            canvas.text(Style::Quiet, &line.group.text);
            group = Some(&line.group);
        }
        let when = line.when.as_ref().map(|when| format!("{} · ", when.text)).unwrap_or_default();
        let place = if with_places { format!("{place:>3}  ") } else { "     ".to_owned() };
        let amount = line.amount.as_ref().map_or("", |amount| &amount.text);
        marked_pair(canvas, Style::Plain, &place, &format!("{when}{}", line.title.text), amount);
        if let Some(note) = &line.note {
            canvas.hanging(Style::Quiet, "     ", &note.text);
        }
    }
}

pub(super) fn payment(view: &PaymentView, width: usize, colour: bool) -> String {
    let mut canvas = Canvas::new(width, colour);
    canvas.text(Style::Strong, &view.sentence.text);
    if let Some(warning) = &view.warning {
        canvas.gap();
        canvas.hanging(Style::Warning, "▲ ", &warning.text.text);
        for field in warning.account_before.iter().chain([&warning.account]) {
            pair(&mut canvas, Style::Plain, &field.title.text, &field.shown.text);
        }
        if warning.must_confirm {
            let command = format!("companion invoices pay --accept-account {}", warning.account.copied);
            canvas.hanging(Style::Quiet, "  ", &command);
        }
    }
    if let Some(link) = &view.link {
        canvas.gap();
        canvas.text(Style::Plain, &link.label.text);
        canvas.text(Style::Plain, &link.url);
    }
    if !view.fields.is_empty() {
        canvas.gap();
    }
    for CopyField { title, shown, .. } in &view.fields {
        pair(&mut canvas, Style::Plain, &title.text, &shown.text);
    }
    let mut text = canvas.finish();
    if let Some(code) = &view.qr {
        text.push('\n');
        let mut canvas = Canvas::new(width, colour);
        let needed = usize::from(code.size).saturating_add(MARGIN.saturating_mul(2));
        if needed <= width {
            text.push_str(&qr(code, colour));
            canvas.text(Style::Quiet, &code.note.text);
            if let Some(other) = &code.other_way {
                canvas.text(Style::Quiet, &format!("{} (--as-message)", other.text));
            }
        } else {
            // Wrapped it would be no code; and a part of one would be scanned in vain.
            let why = format!(
                "The QR code needs {needed} columns and there are {width}: make the window wider, or copy the above."
            );
            canvas.hanging(Style::Warning, "! ", &why);
        }
        text.push_str(&canvas.finish());
    }
    if !view.notes.is_empty() {
        let mut canvas = Canvas::new(width, colour);
        canvas.gap();
        for note in &view.notes {
            canvas.hanging(Style::Quiet, "· ", &note.text);
        }
        text.push_str(&canvas.finish());
    }
    if let Some(at) = &view.checked {
        text.push('\n');
        let mut canvas = Canvas::new(width, colour);
        canvas.text(Style::Quiet, &at.text);
        text.push_str(&canvas.finish());
    }
    text
}

/// The symbol in half blocks, two rows a line, with its white margin. Dark is what is left empty: terminals are dark, and a
/// reader wants black on white; with colour both are said.
fn qr(code: &QrView, colour: bool) -> String {
    let side = usize::from(code.size);
    let whole = side.saturating_add(MARGIN.saturating_mul(2));
    let light = |x: usize, y: usize| {
        let (x, y) = (x.checked_sub(MARGIN), y.checked_sub(MARGIN));
        let inside = x.zip(y).filter(|(x, y)| *x < side && *y < side);
        let at = inside.and_then(|(x, y)| y.checked_mul(side)?.checked_add(x));
        at.and_then(|at| code.squares.get(at)) != Some(&1)
    };
    let mut text = String::new();
    for y in (0..whole).step_by(2) {
        if colour {
            text.push_str("\u{1b}[97;40m");
        }
        for x in 0..whole {
            text.push(match (light(x, y), light(x, y.saturating_add(1))) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        }
        if colour {
            text.push_str("\u{1b}[0m");
        }
        text.push('\n');
    }
    text
}

pub(crate) fn json(view: &InvoicesView) -> Value {
    json!({
        "phase": format!("{:?}", view.phase),
        "notice": view.notice.as_ref().map(notice),
        "checked": view.checked.as_ref().map(text),
        "empty": view.empty.as_ref().map(|empty| json!({"title": text(&empty.title), "detail": text(&empty.detail)})),
        "running": view.running.as_ref().map(|running| json!({
            "headline": text(&running.headline),
            "cents": running.cents,
            "note": text(&running.note),
            "expected": running.expected.as_ref().map(text),
            "lines": running.lines,
        })),
        "rows": view.rows.iter().map(|row| json!({
            "invoice_id": row.invoice_id,
            "kind": format!("{:?}", row.kind),
            "title": text(&row.title),
            "number": row.number.as_ref().map(text),
            "amount": row.amount.as_ref().map(text),
            "cents": row.cents,
            "state": format!("{:?}", row.state),
            "status": text(&row.status),
            "document": row.document_text.as_ref().map(text),
        })).collect::<Vec<_>>(),
    })
}

pub(crate) fn invoice_json(view: &InvoiceView, detail: &[InvoiceLineView], beside: &[InvoiceLineView]) -> Value {
    let line = |line: &InvoiceLineView| {
        json!({
            "line_id": line.line_id,
            "group": text(&line.group),
            "title": text(&line.title),
            "when": line.when.as_ref().map(text),
            "amount": line.amount.as_ref().map(text),
            "cents": line.cents,
            "note": line.note.as_ref().map(text),
            "third_party": line.third_party,
            "employer_share": line.employer_share,
        })
    };
    json!({
        "invoice_id": view.invoice_id,
        "title": text(&view.title),
        "subtitle": text(&view.subtitle),
        "total": view.total.as_ref().map(text),
        "cents": view.cents,
        "state": format!("{:?}", view.state),
        "status": text(&view.status),
        "why": view.why.iter().map(text).collect::<Vec<_>>(),
        "warnings": view.warnings.iter().map(text).collect::<Vec<_>>(),
        "overview": view.overview.iter().map(|row| json!({
            "title": text(&row.title), "amount": text(&row.amount), "cents": row.cents,
        })).collect::<Vec<_>>(),
        "has_lines": view.has_lines,
        "checked": view.checked.as_ref().map(text),
        "lines_missing": view.lines_missing.as_ref().map(text),
        "detail": detail.iter().map(line).collect::<Vec<_>>(),
        "out_of_bundle": beside.iter().map(line).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_qr_is_drawn_where_it_fits_and_a_narrow_window_is_told_so() {
        let code = |size: u16| QrView {
            size,
            squares: vec![1; usize::from(size).pow(2)],
            note: Text::plain("Scan it"),
            other_way: None,
            payload: String::new(),
        };
        let view = |size| PaymentView {
            sentence: Text::plain("Pay"),
            warning: None,
            link: None,
            fields: Vec::new(),
            qr: Some(code(size)),
            notes: Vec::new(),
            checked: Some(Text::plain("Checked today")),
            is_offered: true,
        };
        let fits = payment(&view(32), 40, false);
        assert!(fits.contains('█') && fits.contains("Scan it") && fits.lines().all(|line| display_width(line) <= 40));
        let narrow = payment(&view(33), 40, false);
        assert!(!narrow.contains('█') && !narrow.contains("Scan it"), "{narrow}");
        assert!(narrow.contains("needs 41 columns") && narrow.ends_with("\nChecked today\n"), "{narrow}");
    }

    #[test]
    fn what_is_wrapped_stays_behind_its_place() {
        let line = InvoiceLineView {
            line_id: String::new(),
            group: Text::plain("Usage"),
            title: Text::plain("Data outside the bundle"),
            when: Some(Text::plain("6 October")),
            amount: Some(Text::plain("€17.20")),
            cents: Some(1_720),
            note: None,
            third_party: false,
            employer_share: false,
        };
        let mut canvas = Canvas::new(30, false);
        lines(&mut canvas, &Text::plain("All lines"), &[line], true);
        let drawn = canvas.finish();
        let rows: Vec<&str> = drawn.lines().skip(1).collect();
        assert_eq!(rows, ["All lines", "Usage", "  1  6 October · Data   €17.20", "     outside the", "     bundle"]);
    }
}
