//! The one shape of every bar: track, used part in eighths of a column, a tick where the cycle stands, and a hatched
//! end when more than the allowance is used.

use companion::usage::view::BarView;

use super::canvas::{Span, Style};

/// One column filled from the left, in eighths.
const EIGHTHS: [char; 8] = ['░', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const FULL: char = '█';
const TRACK: char = '░';
const HATCH: char = '▚';
const TICK: char = '┃';

/// The bar over so many columns. The percentage stands beside it, so the bar itself is not the only sign.
pub fn bar(view: &BarView, columns: usize, style: Style) -> Vec<Span> {
    let eighths = part(view.used_permille, columns.saturating_mul(8));
    let (full, rest) = (eighths.checked_div(8).unwrap_or_default(), eighths.checked_rem(8).unwrap_or_default());
    // A twelfth of the track, at least one column, says "beyond".
    let hatched_from = if view.over { columns.saturating_sub(columns.div_ceil(12)) } else { columns };
    let tick = view.elapsed_permille.map(|elapsed| part(elapsed, columns).min(columns.saturating_sub(1)));
    (0..columns)
        .map(|at| {
            if tick == Some(at) {
                (Style::Plain, TICK)
            } else if at >= hatched_from {
                (style, HATCH)
            } else if at < full {
                (style, FULL)
            } else if at == full && rest > 0 {
                (style, EIGHTHS.get(rest).copied().unwrap_or(TRACK))
            } else {
                (Style::Quiet, TRACK)
            }
        })
        .fold(Vec::new(), |mut spans: Vec<Span>, (style, glyph)| {
            match spans.last_mut().filter(|(last, _)| *last == style) {
                Some((_, text)) => text.push(glyph),
                None => spans.push((style, glyph.to_string())),
            }
            spans
        })
}

fn part(permille: u32, of: usize) -> usize {
    let permille = usize::try_from(permille.min(1000)).unwrap_or(1000);
    of.saturating_mul(permille).checked_div(1000).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_has_a_used_part_a_tick_and_a_hatched_end() {
        let cases = [
            // used, elapsed, over, drawn over twelve columns
            (0, None, false, "░░░░░░░░░░░░"),
            (1, None, false, "░░░░░░░░░░░░"),
            (11, None, false, "▏░░░░░░░░░░░"),
            (500, None, false, "██████░░░░░░"),
            (620, Some(800), false, "███████▍░┃░░"),
            (620, Some(0), false, "┃██████▍░░░░"),
            (999, Some(1000), false, "███████████┃"),
            (999, None, false, "███████████▉"),
            (1000, None, false, "████████████"),
            (1000, Some(500), true, "██████┃████▚"),
            (u32::MAX, None, false, "████████████"),
        ];
        for (used_permille, elapsed_permille, over, expected) in cases {
            let view = BarView { used_permille, elapsed_permille, over, text: String::new(), spoken: String::new() };
            let drawn: String = bar(&view, 12, Style::Plain).into_iter().map(|(_, text)| text).collect();
            assert_eq!(drawn, expected, "{used_permille} {elapsed_permille:?}");
        }
        let nothing = BarView {
            used_permille: 500,
            elapsed_permille: Some(1),
            over: true,
            text: String::new(),
            spoken: String::new(),
        };
        assert!(bar(&nothing, 0, Style::Plain).is_empty());
    }
}
