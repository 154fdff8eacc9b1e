//! A text as its writer meant it: what mail programs, chats and web pages make of a code on its way is undone.

mod markup;
mod quoted;
mod signs;

use zeroize::Zeroizing;

/// One layer is what a mail does; a mail in a mail has two.
const MOST_LAYERS: usize = 6;

/// The text without reply marks, quoted-printable, tags, entities and links of markup, and with ASCII for what stands in its
/// place. A link that was within markup stands at its end, in a paragraph of its own. None: it is wrapped without an end.
pub(super) fn plain(typed: &str) -> Option<Zeroizing<String>> {
    let mut text = Zeroizing::new(typed.to_owned());
    for _ in 0..MOST_LAYERS {
        let next = markup::without(&quoted::without(&signs::to_ascii(&text)));
        if *next == *text {
            return Some(text);
        }
        text = next;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn what_mails_and_pages_do_to_a_text_is_undone() {
        for (typed, expected) in [
            ("1$smdp.example.com$A-B", "1$smdp.example.com$A-B"),
            ("ＬＰＡ：１＄ａ", "LPA:1$a"),
            ("a\u{2011}b\u{2010}c–d", "a-b-c–d"),
            ("> LPA:1$a$04386-\n> AGYFT", "LPA:1$a$04386-\nAGYFT"),
            (">> > a\n>b", "a\nb"),
            ("LPA:1$a$043=\n86-AGYFT", "LPA:1$a$04386-AGYFT"),
            ("LPA:1$a$043= \r\n86", "LPA:1$a$04386"),
            ("> LPA:1$a$043=\n> 86", "LPA:1$a$04386"),
            ("https://a.example/?b=\nc", "https://a.example/?b=\nc"),
            ("https://a.example/?b=3DLPA:1$a", "https://a.example/?b=LPA:1$a"),
            ("LPA:1=24a=24B=2DC=E2=80=A6", "LPA:1$a$B-C…"),
            ("?a=AB&b=1$x", "?a=AB&b=1$x"),
            (
                "1&#36;a&#x24;b&dollar;c &amp;amp; &nbsp;&unknown; &#0;&#xD800;&",
                "1$a$b$c & \u{a0}&unknown; &#0;&#xD800;&",
            ),
            ("LPA:1$a<br>OK", "LPA:1$a\nOK"),
            ("<p>LPA:1$a</p><p>OK</p>", "\n\nLPA:1$a\n\n\n\nOK\n\n"),
            ("A-<wbr/>B <b>c</b>", "A-B c"),
            ("<a class='x' href=\"https://a.example/?b=c\">tap</a>!", "tap!\n\nhttps://a.example/?b=c\n\n"),
            ("<a href=https://a.example>tap</a>", "tap\n\nhttps://a.example\n\n"),
            ("a<!-- b -->c", "ac"),
            ("<LPA:1$a> <x> <", "<LPA:1$a> <x> <"),
            ("&lt;br&gt;", "\n"),
            ("[tap](https://a.example) it", "tap it\n\nhttps://a.example\n\n"),
            ("1$a.example<http://a.example/>$B", "1$a.example$B\n\nhttp://a.example/\n\n"),
            ("<https://a.example/\r\n b>", "\n\nhttps://a.example/b\n\n"),
            ("(https://a.example)", "(https://a.example)"),
        ] {
            let found = plain(typed).map(|text| text.to_string());
            assert_eq!(found.as_deref(), Some(expected), "{typed:?}");
        }
    }

    #[test]
    fn what_is_wrapped_without_an_end_is_given_up() {
        assert!(plain(&format!("&{}36;", "amp;".repeat(3))).is_some());
        assert!(plain(&format!("&{}36;", "amp;".repeat(30))).is_none());
    }
}
