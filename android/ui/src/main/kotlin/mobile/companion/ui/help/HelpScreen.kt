// Help: searched by the person's own words, read without a network.

package mobile.companion.ui.help

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.text.KeyboardActions
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.outlined.Search
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedTextField
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalFocusManager
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.unit.dp
import mobile.companion.HelpArticle
import mobile.companion.HelpArticleSummary
import mobile.companion.HelpBlock
import mobile.companion.HelpPage
import mobile.companion.RequestKind
import mobile.companion.SpokenText
import mobile.companion.ui.model.LocalReads
import mobile.companion.ui.navigation.Route
import mobile.companion.ui.parts.Drawn
import mobile.companion.ui.parts.Empty
import mobile.companion.ui.parts.LinkRow
import mobile.companion.ui.parts.Said
import mobile.companion.ui.parts.Screen
import mobile.companion.ui.parts.SecondButton
import mobile.companion.ui.parts.Section
import mobile.companion.ui.parts.WarningLine
import mobile.companion.ui.parts.plain
import mobile.companion.ui.theme.LocalLabels

/** All articles, or those that [search] finds. */
@Composable
fun HelpScreen(
    title: SpokenText,
    search: (words: String) -> List<HelpArticleSummary>,
    open: (Route) -> Unit,
    back: (() -> Unit)?,
    problem: @Composable () -> Unit = {},
    support: @Composable () -> Unit = {},
) {
    val labels = LocalLabels.current
    var words by rememberSaveable { mutableStateOf("") }
    val found = LocalReads.current.of(listOf("help", words)) { search(words) }
    val focus = LocalFocusManager.current
    Screen(title, back, problem = problem) {
        OutlinedTextField(
            words,
            { words = it },
            Modifier.fillMaxWidth(),
            label = { Drawn(labels.searchHelp) },
            leadingIcon = { Icon(Icons.Outlined.Search, null) },
            singleLine = true,
            keyboardOptions = KeyboardOptions(imeAction = ImeAction.Search),
            // What is found stands below already: the keyboard makes room for it.
            keyboardActions = KeyboardActions(onSearch = { focus.clearFocus() }),
        )
        val articles = found.value.orEmpty()
        if (found.isThere && articles.isEmpty()) Empty(plain(labels.nothingFound), icon = Icons.Outlined.Search)
        if (articles.isNotEmpty()) Section { articles.forEach { LinkRow(it.title, { open(Route.Article(it.id)) }) } }
        if (words.isBlank()) support()
    }
}

/** One article, top to bottom. */
@Composable
fun ArticleScreen(
    article: HelpArticle,
    ask: (RequestKind) -> Unit,
    open: (Route) -> Unit,
    back: () -> Unit,
    problem: @Composable () -> Unit = {},
    openPage: (HelpPage) -> Unit = {},
) {
    val labels = LocalLabels.current
    Screen(article.title, back, problem = problem) {
        article.blocks.forEach { Block(it) }
        article.request?.let { request -> SecondButton(plain(labels.writeToEmployer), { ask(request) }) }
        if (article.related.isNotEmpty()) {
            Section(labels.related) { article.related.forEach { LinkRow(it.title, { open(Route.Article(it.id)) }) } }
        }
        Pages(article.pages, openPage)
    }
}

@Composable
private fun Block(block: HelpBlock) {
    val style = MaterialTheme.typography.bodyLarge
    when (block) {
        is HelpBlock.Paragraph -> Said(block.text, style = style)

        is HelpBlock.Step -> Row(horizontalArrangement = Arrangement.spacedBy(12.dp)) {
            Drawn("${block.number}.", style = style, color = MaterialTheme.colorScheme.primary)
            Said(block.text, style = style)
        }

        is HelpBlock.Warning -> WarningLine(block.text)
    }
}
