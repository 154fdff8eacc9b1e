// Help that belongs to a screen, at its end.

package mobile.companion.ui.parts

import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.automirrored.outlined.HelpOutline
import androidx.compose.runtime.Composable
import mobile.companion.HelpArticleSummary
import mobile.companion.ui.navigation.Route

/** So many articles stand at the end of a screen; all of them are in help. */
private const val MOST = 3

/** The articles closest to a screen. */
@Composable
fun HelpLinks(articles: List<HelpArticleSummary>, open: (Route) -> Unit) {
    if (articles.isEmpty()) return
    Section {
        articles.take(MOST).forEach { article ->
            LinkRow(article.title, { open(Route.Article(article.id)) }, icon = Icons.AutoMirrored.Outlined.HelpOutline)
        }
    }
}
