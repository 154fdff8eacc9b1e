//! Articles in a language: keys become texts, with the figures of this operator and of the law.

use super::articles::{ARTICLES, Article, Block, Kind};
use super::search::Index;
use super::support;
use super::view::{HelpArticle, HelpArticleSummary, HelpBlock};
use crate::activation::{DAILY_CENTS, PIN_ATTEMPTS, PUK_ATTEMPTS, USUAL_HOURS};
use crate::invoices::SPLIT_BILL_THRESHOLD;
use crate::operator::profile::Profile;
use crate::text::number::{Number, percent};
use crate::text::{Language, Text, messages, money};

/// So long a person can still stop a move they did not ask for, from the old operator's text message.
const STOP_HOURS: u64 = 8;

/// Writes articles of one operator in one language.
#[derive(Debug)]
pub struct Writer<'a> {
    profile: &'a Profile,
    language: Language,
    /// What texts may name.
    facts: Vec<(&'static str, Text)>,
}

impl<'a> Writer<'a> {
    /// `profile` says what is offered, by whom, and at which shares of an allowance people are told.
    pub fn new(profile: &'a Profile, language: Language) -> Self {
        let whole = |number: u64| Number::whole(language, number);
        let euros = |cents: i64| {
            money::euros(language, u64::try_from(cents).unwrap_or_default().checked_div(100).unwrap_or_default())
        };
        let hours = |hours: u64| messages::hours_long(language, &whole(hours));
        let [daily, most] = DAILY_CENTS.map(euros);
        let facts = vec![
            ("operator", Text::foreign(&profile.name)),
            ("thresholds", thresholds(language, &profile.alerts.thresholds_percent)),
            ("limit", euros(SPLIT_BILL_THRESHOLD.0)),
            ("usual", hours(USUAL_HOURS.into())),
            ("stop", hours(STOP_HOURS)),
            ("daily", daily),
            ("most", most),
            ("pins", whole(PIN_ATTEMPTS.into()).text),
            ("puks", whole(PUK_ATTEMPTS.into()).text),
            ("create", messages::create_account(language)),
            ("pin", messages::labels::show_pin(language)),
            ("puk", messages::labels::show_puk(language)),
            ("enter", messages::split_bill_enter(language)),
            ("lost", messages::split_bill_lost(language)),
        ];
        Writer { profile, language, facts }
    }

    /// The language it writes in.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The articles that are true of this operator.
    pub fn offered(&self) -> impl Iterator<Item = &'static Article> {
        ARTICLES.iter().filter(|article| article.needs.met_by(self.profile))
    }

    /// An article as a row.
    pub fn summary(&self, article: &Article) -> HelpArticleSummary {
        HelpArticleSummary {
            id: article.id.to_owned(),
            title: self.text(&format!("help-{}-title", article.id)),
            topics: article.topics.to_vec(),
        }
    }

    /// An article whole; `related` are those it names that are there.
    pub fn article<'b>(&self, article: &Article, related: impl Iterator<Item = &'b Article>) -> HelpArticle {
        let HelpArticleSummary { id, title, topics } = self.summary(article);
        HelpArticle {
            id,
            title,
            topics,
            blocks: self.blocks(article),
            related: related.map(|article| self.summary(article)).collect(),
            pages: support::pages(self.profile, Some(article.topics), self.language),
            request: article.request,
        }
    }

    /// By which words an article is found.
    pub fn index(&self, article: &Article) -> Index {
        let words = self.text(&format!("help-{}-words", article.id)).text;
        let body: Vec<String> = self.blocks(article).into_iter().map(|block| block.text().text.clone()).collect();
        Index::of(&self.summary(article).title.text, &words, &body.join("\n"))
    }

    /// What an article says to this operator's people.
    fn blocks(&self, article: &Article) -> Vec<HelpBlock> {
        let mut steps: u32 = 0;
        let offered = article.blocks.iter().filter(|block| block.needs.met_by(self.profile));
        offered.map(|block| self.block(block, &mut steps)).collect()
    }

    fn block(&self, block: &Block, steps: &mut u32) -> HelpBlock {
        let text = self.text(block.key);
        match block.kind {
            Kind::Paragraph => HelpBlock::Paragraph { text },
            Kind::Warning => HelpBlock::Warning { text },
            Kind::Step => {
                *steps = steps.saturating_add(1);
                HelpBlock::Step { number: *steps, text }
            }
        }
    }

    fn text(&self, key: &str) -> Text {
        let text = messages::of_key_with(self.language, key, &self.facts);
        debug_assert!(text.is_some(), "{key} in {:?}", self.language);
        // The test of the texts keeps this from happening; a key on the screen is better than a crash.
        text.unwrap_or_else(|| Text::plain(key))
    }
}

/// "75%, 90% and 100%".
fn thresholds(language: Language, shares: &[u8]) -> Text {
    let shares: Vec<Text> = shares.iter().map(|share| percent(language, u64::from(*share))).collect();
    match shares.as_slice() {
        [] => Text::plain(""),
        [only] => only.clone(),
        [first @ .., last] => {
            let join = |form: fn(&Text) -> &str| first.iter().map(form).collect::<Vec<_>>().join(", ");
            let first = Text { text: join(|text| &text.text), spoken: join(|text| &text.spoken) };
            messages::list_and(language, &first, last)
        }
    }
}
