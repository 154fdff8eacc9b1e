//! Lines of text on a terminal: wrapped by display width, painted only when asked. Paint never reaches the measuring:
//! colour codes are put around text that is already cut to size.

use textwrap::core::display_width;
use textwrap::{Options, WordSplitter, WrapAlgorithm};

/// How a text stands out. Without colour nothing does, so a style never carries a meaning of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// As it is.
    Plain,
    /// The answer.
    Strong,
    /// What is read second.
    Quiet,
    /// Near the end of an allowance.
    Warning,
    /// At its end, or beyond.
    Alarm,
}

impl Style {
    /// The ECMA-48 "select graphic rendition" parameters; basic colours, which follow the terminal's own theme.
    const fn code(self) -> &'static str {
        match self {
            Style::Plain => "",
            Style::Strong => "1",
            Style::Quiet => "2",
            Style::Warning => "1;33",
            Style::Alarm => "1;31",
        }
    }
}

/// A piece of a line.
pub type Span = (Style, String);

/// The narrowest and the widest a line of sentences gets, whatever the window.
const READING_WIDTHS: (usize, usize) = (40, 80);

/// Where the screen is drawn.
#[derive(Debug)]
pub struct Canvas {
    width: usize,
    colour: bool,
    out: String,
}

impl Canvas {
    /// An empty canvas of so many columns.
    pub fn new(width: usize, colour: bool) -> Canvas {
        Canvas { width, colour, out: String::new() }
    }

    /// One for sentences: of the window's columns, but no narrower or wider than they read well.
    pub fn for_reading(width: usize, colour: bool) -> Canvas {
        let (least, most) = READING_WIDTHS;
        Canvas::new(width.clamp(least, most), colour)
    }

    /// Its columns.
    pub fn width(&self) -> usize {
        self.width
    }

    /// A text, wrapped.
    pub fn text(&mut self, style: Style, text: &str) {
        self.hanging(style, "", text);
    }

    /// A text after a mark, wrapped and indented under itself.
    pub fn hanging(&mut self, style: Style, mark: &str, text: &str) {
        let indent = " ".repeat(display_width(mark));
        let lines = wrap(text, self.width.saturating_sub(display_width(mark)));
        for (at, line) in lines.into_iter().enumerate() {
            let mark = if at == 0 { mark } else { &indent };
            self.spans(&[(style, format!("{mark}{line}"))]);
        }
    }

    /// One line of pieces that are known to fit.
    pub fn spans(&mut self, spans: &[Span]) {
        let mut line = String::new();
        for (style, text) in spans {
            let code = style.code();
            if self.colour && !code.is_empty() && !text.trim().is_empty() {
                line.push_str(&format!("\u{1b}[{code}m{text}\u{1b}[0m"));
            } else {
                line.push_str(text);
            }
        }
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    /// Cells side by side, each a list of lines that fit their width.
    pub fn columns(&mut self, columns: &[Column]) {
        let height = columns.iter().map(|column| column.lines.len()).max().unwrap_or_default();
        for at in 0..height {
            let mut spans: Vec<Span> = Vec::new();
            for (index, column) in columns.iter().enumerate() {
                if index > 0 {
                    spans.push((Style::Plain, GAP.to_owned()));
                }
                let line = column.lines.get(at).cloned().unwrap_or_default();
                let used: usize = line.iter().map(|(_, text)| display_width(text)).sum();
                let space = (Style::Plain, " ".repeat(column.width.saturating_sub(used)));
                if column.right {
                    spans.push(space);
                    spans.extend(line);
                } else {
                    spans.extend(line);
                    spans.push(space);
                }
            }
            self.spans(&spans);
        }
    }

    /// An empty line, but never two and never the first.
    pub fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// A line across.
    pub fn rule(&mut self) {
        self.spans(&[(Style::Quiet, "─".repeat(self.width))]);
    }

    /// What was drawn.
    pub fn finish(self) -> String {
        self.out
    }
}

/// What stands between two columns.
pub const GAP: &str = "  ";

/// One cell of a row.
#[derive(Debug)]
pub struct Column {
    /// Its columns on the terminal.
    pub width: usize,
    /// Numbers stand right.
    pub right: bool,
    /// Its lines, each no wider than `width`.
    pub lines: Vec<Vec<Span>>,
}

impl Column {
    /// A wrapped text.
    pub fn text(width: usize, style: Style, text: &str) -> Column {
        let lines = wrap(text, width).into_iter().map(|line| vec![(style, line)]).collect();
        Column { width, right: false, lines }
    }

    /// A text after a mark, wrapped and indented under itself.
    pub fn hanging(width: usize, style: Style, mark: &str, text: &str) -> Column {
        let indent = " ".repeat(display_width(mark));
        let lines = wrap(text, width.saturating_sub(display_width(mark))).into_iter().enumerate();
        let lines = lines.map(|(at, line)| vec![(style, format!("{}{line}", if at == 0 { mark } else { &indent }))]);
        Column { width, right: false, lines: lines.collect() }
    }
}

/// A text cut at spaces into lines of at most `width` columns; a longer word is broken, never clipped.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let options =
        Options::new(width.max(1)).word_splitter(WordSplitter::NoHyphenation).wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::wrap(text, options).into_iter().map(std::borrow::Cow::into_owned).collect()
}
