//! Entities, tags and links of HTML, and the links of Markdown and of mails as text. A mail program makes a link of the server's
//! name within a code, so a link is taken out of where it stands.

use zeroize::Zeroizing;

/// Tags that stand within a line. Others of HTML begin a paragraph; what is no tag of it may be anything in angle brackets.
const WITHIN_A_LINE: [&str; 20] = [
    "a", "abbr", "b", "big", "code", "em", "font", "i", "kbd", "mark", "nobr", "s", "small", "span", "strong", "sub",
    "sup", "tt", "u", "wbr",
];
const OF_A_BLOCK: [&str; 34] = [
    "article",
    "blockquote",
    "body",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "html",
    "img",
    "li",
    "meta",
    "ol",
    "p",
    "pre",
    "section",
    "style",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
    "link",
];

/// Entities by name that stand in a code or beside it; others stay as they are.
const ENTITIES: [(&str, char); 20] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("shy", '\u{ad}'),
    ("zwnj", '\u{200c}'),
    ("dollar", '$'),
    ("colon", ':'),
    ("equals", '='),
    ("percnt", '%'),
    ("period", '.'),
    ("hyphen", '-'),
    ("dash", '-'),
    ("quest", '?'),
    ("sol", '/'),
    ("lowbar", '_'),
    ("num", '#'),
    ("ndash", '–'),
];
const LONGEST_ENTITY: usize = 8;
/// Nor is a link longer.
const LONGEST_TAG: usize = 4 * 1024;
const PARAGRAPH: &str = "\n\n";

/// The text without them; links that stood within stand at its end.
pub(super) fn without(text: &str) -> Zeroizing<String> {
    // Each link that is set aside leaves its own brackets or tag behind, which are as long as what stands around it there.
    let capacity = text.len().saturating_mul(3);
    let (mut plain, mut aside) =
        (Zeroizing::new(String::with_capacity(capacity)), Zeroizing::new(String::with_capacity(capacity)));
    let mut rest = text;
    while let Some((before, from)) = rest.find(['&', '<', '(']).and_then(|at| rest.split_at_checked(at)) {
        plain.push_str(before);
        let found = entity(&mut plain, from)
            .or_else(|| link_in_brackets(&mut aside, from))
            .or_else(|| tag(&mut plain, &mut aside, from))
            .or_else(|| link_of_a_text(&mut plain, &mut aside, from));
        rest = found.unwrap_or_else(|| {
            let mut signs = from.chars();
            plain.extend(signs.next());
            signs.as_str()
        });
    }
    plain.push_str(rest);
    plain.push_str(&aside);
    plain
}

/// What stands after an entity, whose sign is pushed.
fn entity<'t>(plain: &mut String, from: &'t str) -> Option<&'t str> {
    let (name, rest) = split(from.strip_prefix('&')?, ";", LONGEST_ENTITY)?;
    let sign = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?).filter(|sign| *sign != '\0')?
        }
        None => ENTITIES.iter().find(|(known, _)| *known == name)?.1,
    };
    plain.push(sign);
    Some(rest)
}

/// What stands after a link in angle brackets, which is set aside. Line breaks within are none of it (RFC 3986, appendix C).
fn link_in_brackets<'t>(aside: &mut String, from: &'t str) -> Option<&'t str> {
    let link = from.strip_prefix('<').filter(|link| begins_as_link(link))?;
    let (link, rest) = split(link, ">", LONGEST_TAG).filter(|(link, _)| !link.contains('<'))?;
    set_aside(aside, link);
    Some(rest)
}

/// What stands after the address of `[a text](address)`, which is set aside; its text stays, without brackets.
fn link_of_a_text<'t>(plain: &mut String, aside: &mut String, from: &'t str) -> Option<&'t str> {
    let link = from.strip_prefix('(').filter(|link| begins_as_link(link))?;
    let (link, rest) = split(link, ")", LONGEST_TAG)?;
    let open = plain.strip_suffix(']').and_then(|text| text.rfind('['))?;
    plain.pop();
    plain.remove(open);
    set_aside(aside, link);
    Some(rest)
}

/// What stands after a tag or a comment. The links in it are set aside.
fn tag<'t>(plain: &mut String, aside: &mut String, from: &'t str) -> Option<&'t str> {
    if let Some(comment) = from.strip_prefix("<!") {
        let end = if comment.starts_with("--") { "-->" } else { ">" };
        return split(comment, end, LONGEST_TAG).map(|(_, rest)| rest);
    }
    let inner = from.strip_prefix('<')?;
    let name = inner.strip_prefix('/').unwrap_or(inner);
    let length = name.find(|c: char| !c.is_ascii_alphanumeric()).filter(|length| *length > 0)?;
    let (name, _) = name.split_at_checked(length)?;
    let is_known = WITHIN_A_LINE.iter().chain(&OF_A_BLOCK).chain(&["br"]).any(|known| name.eq_ignore_ascii_case(known));
    let (inner, rest) = inner.split_at_checked(end(inner).filter(|_| is_known)?)?;
    let is = |known: &&str| name.eq_ignore_ascii_case(known);
    let attributes = inner.strip_prefix('/').unwrap_or(inner).get(name.len()..)?;
    attributes.chars().next().is_none_or(|next| next.is_whitespace() || next == '/').then_some(())?;
    if name.eq_ignore_ascii_case("br") {
        plain.push('\n');
    } else if OF_A_BLOCK.iter().any(is) {
        plain.push_str(PARAGRAPH);
    }
    for value in values(attributes) {
        set_aside(aside, value);
    }
    rest.strip_prefix('>')
}

/// What stands before an end that comes within so many bytes, and what stands after it.
fn split<'t>(text: &'t str, end: &str, within: usize) -> Option<(&'t str, &'t str)> {
    let bytes = text.as_bytes().get(..within.saturating_add(end.len())).unwrap_or(text.as_bytes());
    let at = bytes.windows(end.len()).position(|part| part == end.as_bytes())?;
    Some((text.get(..at)?, text.get(at.checked_add(end.len())?..)?))
}

/// Where a tag ends: at the first angle bracket that stands in no value.
fn end(tag: &str) -> Option<usize> {
    let mut quote = None;
    tag.char_indices().take_while(|(at, _)| *at < LONGEST_TAG).find_map(|(at, c)| match (quote, c) {
        (None, '>') => Some(at),
        (None, '"' | '\'') => {
            quote = Some(c);
            None
        }
        (Some(open), close) if open == close => {
            quote = None;
            None
        }
        _ => None,
    })
}

/// The values of a tag's attributes that are links or hold a code.
fn values(attributes: &str) -> Vec<&str> {
    let mut values = Vec::new();
    let mut rest = attributes;
    while let Some((_, value)) = rest.split_once('=') {
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => value.get(1..).and_then(|value| value.split_once(quote)).unwrap_or((value, "")),
            None => value.split_once(char::is_whitespace).unwrap_or((value, "")),
        };
        let has_code = || value.to_ascii_lowercase().contains("lpa");
        if begins_as_link(value) || has_code() {
            values.push(value);
        }
        rest = after;
    }
    values
}

fn set_aside(aside: &mut String, link: &str) {
    aside.push_str(PARAGRAPH);
    aside.extend(link.chars().filter(|c| !c.is_whitespace()));
    aside.push_str(PARAGRAPH);
}

fn begins_as_link(text: &str) -> bool {
    let begins = |start: &str| text.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
    ["http://", "https://", "mailto:"].into_iter().any(begins)
}
