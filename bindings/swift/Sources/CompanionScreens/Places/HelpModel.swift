// What help draws and calls. The articles are read without a network.

import Companion
import Observation

/// Help: the articles, and whom to turn to.
@MainActor
@Observable
public final class HelpModel {
    /// The words that are searched for.
    public var words = ""

    @ObservationIgnored private unowned let app: AppModel

    private var help: Help { app.core.help() }

    init(app: AppModel) { self.app = app }

    /// All articles, or those that the words find.
    public var found: [HelpArticleSummary] { help.articles(topic: nil, words: words) }

    /// Articles that belong to a screen.
    public func articles(_ topic: HelpTopic) -> [HelpArticleSummary] { help.articles(topic: topic, words: "") }

    /// One article.
    public func article(_ id: String) -> HelpArticle? { help.article(id: id) }

    /// Opens a page of the operator's own.
    public func open(_ page: HelpPage) { app.hand { await $0.openBrowser(page.url) } }

    /// Opens what reaches somebody at the operator: the telephone, a letter, a page.
    public func reach(_ contact: ContactView) { app.hand { await $0.openLink(contact.link) } }
}
