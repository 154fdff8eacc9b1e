//! A report for reading: what works first, then each finding with what was expected, what came and where that is written.

use companion::text::Text;

use super::report::{Finding, Judged, Level, Report, Verdict};
use crate::draw::canvas::{Canvas, Style};
use crate::terminal::counted;

/// Columns a name takes.
const NAME: usize = 15;

/// Lays a report out.
pub fn lay_out(report: &Report, width: usize, colour: bool) -> String {
    let mut canvas = Canvas::for_reading(width.min(80), colour);
    canvas.text(Style::Strong, &Text::foreign(&report.operator).text);
    canvas.gap();
    for judged in &report.capabilities {
        canvas.text(style(judged.verdict), &format!("{:NAME$}{}", judged.capability, verdict(judged)));
    }
    for finding in &report.findings {
        canvas.gap();
        one(&mut canvas, finding);
    }
    canvas.gap();
    let faults = report.findings.iter().filter(|it| it.level == Level::Fault).count();
    let remarks = report.findings.len().saturating_sub(faults);
    let counts = format!("{}, {}.", counted(number(faults), "fault"), counted(number(remarks), "remark"));
    let works = if report.works() { "Every claimed capability works" } else { "Not every claimed capability works" };
    canvas.text(Style::Strong, &format!("{works}: {counts}"));
    canvas.finish()
}

fn one(canvas: &mut Canvas, finding: &Finding) {
    let (mark, level) = match finding.level {
        Level::Fault => ("✗ ", "fault"),
        Level::Remark => ("! ", "remark"),
    };
    canvas.hanging(Style::Strong, mark, &format!("{} · {}: {level}", finding.capability, finding.request));
    let at = Text::foreign(&finding.at).text;
    let line = finding.contract_line.map(|line| format!("core/profiles/contract.json:{line}"));
    for (name, value) in [
        ("  request   ", finding.asked.clone()),
        ("  at        ", at),
        ("  expected  ", finding.expected.clone()),
        ("  came      ", Text::foreign(&finding.came).text),
        ("  so        ", finding.consequence.clone()),
        ("  contract  ", line.unwrap_or_default()),
    ] {
        if !value.is_empty() {
            canvas.hanging(Style::Plain, name, &value);
        }
    }
}

fn verdict(judged: &Judged) -> String {
    let asked = || counted(number(judged.requests), "request");
    match judged.verdict {
        Verdict::Works => format!("works ({})", asked()),
        Verdict::WorksWithRemarks => format!("works, with remarks ({})", asked()),
        Verdict::Fails => format!("fails ({})", asked()),
        Verdict::NotReached => "not reached, because of what failed before it".to_owned(),
        Verdict::NotClaimed => "not claimed by the profile".to_owned(),
    }
}

fn style(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Works | Verdict::WorksWithRemarks => Style::Plain,
        Verdict::Fails | Verdict::NotReached => Style::Strong,
        Verdict::NotClaimed => Style::Quiet,
    }
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
