//! The help room: the operator's published guide in articles of our own words, beside the screens they belong to. They are part
//! of the app: read and searched without a network, and also while nobody is signed in.
//!
//! | file | what it is for |
//! |---|---|
//! | [`articles`] | which articles there are, and what an operator must offer for each |
//! | [`write`] | keys become texts, with the figures of the profile |
//! | [`search`] | finding one by what a person types |
//! | `support` | the operator's own pages, and whom to turn to |
//! | [`vocabulary`] | how people of a language search: words to ignore, synonyms |
//! | [`view`] | what the screens draw |

pub mod articles;
pub mod search;
pub(crate) mod support;
#[cfg(test)]
mod tests;
pub mod view;
pub mod vocabulary;
pub mod write;

use std::sync::{Arc, OnceLock};

use self::articles::Article;
use self::search::{Fit, Index, wanted};
pub use self::view::{ContactView, HelpArticle, HelpArticleSummary, HelpBlock, HelpPage, HelpTopic};
use self::vocabulary::Vocabulary;
use self::write::Writer;
use crate::engine::Engine;
use crate::operator::tolerant::is_blank;

/// Help articles in the person's language. Nothing here asks a network or needs a person signed in; nothing fails.
#[derive(uniffi::Object)]
pub struct Help {
    engine: Arc<Engine>,
    /// Made with the first search.
    index: OnceLock<Vec<Index>>,
}

impl std::fmt::Debug for Help {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Help")
    }
}

#[uniffi::export]
impl Help {
    /// The articles of a screen, those it is foremost about first; or all of them, in the order of a person's first weeks. An
    /// article about what the operator does not offer is absent.
    ///
    /// With `words`, which may be a sentence, they are those of them that fit it best: that have most of the words, and these in
    /// the title first, then among other names of the subject, then in the text. The beginning, another form or a synonym of a
    /// word is found too; words that say nothing of a subject ("my", "how"), case, accents and hyphens do not matter. The first
    /// 8 words of the first 200 characters count. Nothing but blanks is no search; nothing but signs finds nothing.
    #[uniffi::method(default(topic = None, words = ""))]
    pub fn articles(&self, topic: Option<HelpTopic>, words: String) -> Vec<HelpArticleSummary> {
        let writer = self.writer();
        let of_screen = articles(&writer, topic);
        if words.chars().all(is_blank) {
            return of_screen;
        }
        let mut hits = search(&writer, self.index.get_or_init(|| index(&writer)), &words);
        hits.retain(|hit| of_screen.iter().any(|article| article.id == hit.id));
        hits
    }

    /// An article by its id. Nothing: there is none of this name, or it is about what the operator does not offer.
    pub fn article(&self, id: String) -> Option<HelpArticle> {
        article(&self.writer(), &id)
    }
}

impl Help {
    pub(crate) fn new(engine: Arc<Engine>) -> Arc<Help> {
        Arc::new(Help { engine, index: OnceLock::new() })
    }

    fn writer(&self) -> Writer<'_> {
        Writer::new(&self.engine.profile, self.engine.language)
    }
}

fn articles(writer: &Writer<'_>, topic: Option<HelpTopic>) -> Vec<HelpArticleSummary> {
    let Some(topic) = topic else { return writer.offered().map(|article| writer.summary(article)).collect() };
    let place = |article: &Article| article.topics.iter().position(|one| *one == topic);
    let mut articles: Vec<_> =
        writer.offered().filter_map(|article| Some((place(article)?, writer.summary(article)))).collect();
    // A stable sort: what is equally close stays in its order.
    articles.sort_by_key(|(place, _)| *place);
    articles.into_iter().map(|(_, summary)| summary).collect()
}

fn article(writer: &Writer<'_>, id: &str) -> Option<HelpArticle> {
    let offered = |id: &str| writer.offered().find(|article| article.id == id);
    let article = offered(id)?;
    Some(writer.article(article, article.related.iter().filter_map(|id| offered(id))))
}

fn index(writer: &Writer<'_>) -> Vec<Index> {
    writer.offered().map(|article| writer.index(article)).collect()
}

/// The articles that fit best, the best first. `index` is of the same writer: one entry for each article that is offered.
fn search(writer: &Writer<'_>, index: &[Index], words: &str) -> Vec<HelpArticleSummary> {
    let wanted = wanted(words, Vocabulary::of(writer.language()));
    let fits = writer.offered().zip(index).filter_map(|(article, index)| Some((index.fit(&wanted)?, article)));
    let mut hits: Vec<(Fit, &Article)> = fits.collect();
    // A stable sort: what fits as well stays in its order.
    hits.sort_by_key(|(fit, _)| std::cmp::Reverse(*fit));
    let most = hits.first().map_or(0, |(best, _)| best.words);
    // Beside an article with all of a sentence, one that shares a word with it is noise.
    let close = hits.into_iter().take_while(|(fit, _)| fit.words.saturating_mul(2) > most);
    close.map(|(_, article)| writer.summary(article)).collect()
}
