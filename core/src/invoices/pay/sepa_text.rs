//! Text as every bank in SEPA takes it: letters without accents, digits, blanks and few marks (EPC217-08, basic Latin set).
//! What is beyond it makes some banks refuse a payment, so it is written in what they know.

/// A run of so many digits is taken for a structured communication by some banks' readers.
const DIGITS_OF_A_REFERENCE: usize = 12;
/// Digits are set apart in groups of this many where they would make such a run.
const GROUP: usize = 6;

/// The text in the basic Latin set. Accents go, ligatures are written out, `&` becomes `+` and `€` becomes `EUR`; what has no
/// Latin letters becomes a blank, as do line ends; blanks are single, and none stands at either end.
pub fn transliterate(text: &str) -> String {
    let mut latin = String::new();
    for c in text.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' => latin.push(c),
            '/' | '-' | '?' | ':' | '(' | ')' | '.' | ',' | '\'' | '+' => latin.push(c),
            other => latin.push_str(written(other)),
        }
    }
    latin.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// Free text without a run of twelve digits: longer runs get blanks.
pub fn without_long_numbers(text: &str) -> String {
    let mut apart = String::new();
    let mut run = String::new();
    for c in text.chars() {
        if c.is_ascii_digit() {
            run.push(c);
        } else {
            apart.push_str(&in_groups(&run));
            run.clear();
            apart.push(c);
        }
    }
    apart.push_str(&in_groups(&run));
    apart
}

fn in_groups(run: &str) -> String {
    if run.len() < DIGITS_OF_A_REFERENCE {
        return run.to_owned();
    }
    let mut groups = String::new();
    for (index, c) in run.chars().enumerate() {
        if index > 0 && index.checked_rem(GROUP) == Some(0) {
            groups.push(' ');
        }
        groups.push(c);
    }
    groups
}

/// What stands for a character beyond the set.
fn written(c: char) -> &'static str {
    match c {
        'À'..='Å' | 'Ā' | 'Ă' | 'Ą' => "A",
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'Æ' => "AE",
        'æ' => "ae",
        'Ç' | 'Ć' | 'Ĉ' | 'Ċ' | 'Č' => "C",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'Ð' | 'Ď' | 'Đ' => "D",
        'ð' | 'ď' | 'đ' => "d",
        'È'..='Ë' | 'Ē' | 'Ĕ' | 'Ė' | 'Ę' | 'Ě' => "E",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'Ĝ' | 'Ğ' | 'Ġ' | 'Ģ' => "G",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'Ĥ' | 'Ħ' => "H",
        'ĥ' | 'ħ' => "h",
        'Ì'..='Ï' | 'Ĩ' | 'Ī' | 'Ĭ' | 'Į' | 'İ' => "I",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'Ĳ' => "IJ",
        'ĳ' => "ij",
        'Ĵ' => "J",
        'ĵ' => "j",
        'Ķ' => "K",
        'ķ' => "k",
        'Ĺ' | 'Ļ' | 'Ľ' | 'Ŀ' | 'Ł' => "L",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'Ñ' | 'Ń' | 'Ņ' | 'Ň' => "N",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'Ò'..='Ö' | 'Ø' | 'Ō' | 'Ŏ' | 'Ő' => "O",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'Œ' => "OE",
        'œ' => "oe",
        'Ŕ' | 'Ŗ' | 'Ř' => "R",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'Ś' | 'Ŝ' | 'Ş' | 'Š' | 'Ș' => "S",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'Ţ' | 'Ť' | 'Ŧ' | 'Ț' => "T",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'Þ' => "TH",
        'þ' => "th",
        'Ù'..='Ü' | 'Ũ' | 'Ū' | 'Ŭ' | 'Ů' | 'Ű' | 'Ų' => "U",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'Ŵ' => "W",
        'ŵ' => "w",
        'Ý' | 'Ŷ' | 'Ÿ' => "Y",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'Ź' | 'Ż' | 'Ž' => "Z",
        'ź' | 'ż' | 'ž' => "z",
        '&' => "+",
        '€' => "EUR",
        '"' | '`' | '´' | '‘' | '’' | '“' | '”' | '«' | '»' => "'",
        '_' | '‐'..='―' => "-",
        ';' => ",",
        // Accents that follow their letter.
        '\u{300}'..='\u{36f}' => "",
        _ => " ",
    }
}
