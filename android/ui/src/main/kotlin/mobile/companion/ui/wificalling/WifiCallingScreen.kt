// From "may I?" to "it works", one step and one question at a time.

package mobile.companion.ui.wificalling

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.outlined.CheckCircle
import androidx.compose.material.icons.outlined.Info
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.unit.dp
import mobile.companion.HelpArticleSummary
import mobile.companion.PathView
import mobile.companion.SpokenText
import mobile.companion.WifiCallingView
import mobile.companion.WifiStepButton
import mobile.companion.WifiStepView
import mobile.companion.ui.model.then
import mobile.companion.ui.navigation.Route
import mobile.companion.ui.parts.AnyButton
import mobile.companion.ui.parts.Aside
import mobile.companion.ui.parts.FieldWithButton
import mobile.companion.ui.parts.FoldRow
import mobile.companion.ui.parts.Heading
import mobile.companion.ui.parts.HelpLinks
import mobile.companion.ui.parts.Line
import mobile.companion.ui.parts.LinkRow
import mobile.companion.ui.parts.NoticeLine
import mobile.companion.ui.parts.Refresh
import mobile.companion.ui.parts.Said
import mobile.companion.ui.parts.Screen
import mobile.companion.ui.parts.SecondButton
import mobile.companion.ui.parts.Section
import mobile.companion.ui.parts.Skeleton
import mobile.companion.ui.parts.plain
import mobile.companion.ui.theme.LocalLabels

/** Where phone and line stand, and the step the person is at. */
@Composable
fun WifiCallingScreen(
    title: SpokenText,
    view: WifiCallingView,
    articles: List<HelpArticleSummary>,
    actions: WifiCallingActions,
    open: (Route) -> Unit,
    problem: @Composable () -> Unit = {},
) {
    Screen(title, refresh = Refresh(view.refreshing, actions::refresh), problem = problem) {
        view.notice?.let { NoticeLine(it, actions::remedy) }
        Verdict(view.headline)
        view.works?.let { Works(it, view.asksPlace, actions) }
        val step = view.step
        if (step == null) Skeleton() else Step(step, view.canGoBack, actions)
        view.check?.let { Check(it) }
        view.guidesNote?.let { Aside(it) }
        view.shortVersion?.let { ShortVersion(it, actions) }
        HelpLinks(articles, open)
    }
}

@Composable
private fun Verdict(sentences: List<SpokenText>) {
    Column(verticalArrangement = Arrangement.spacedBy(4.dp)) {
        sentences.forEach { Said(it, style = MaterialTheme.typography.bodyLarge) }
    }
}

@Composable
private fun Works(works: SpokenText, asksPlace: Boolean, actions: WifiCallingActions) {
    val labels = LocalLabels.current
    var naming by rememberSaveable { mutableStateOf(false) }
    Section {
        Line(works, Icons.Outlined.CheckCircle, color = MaterialTheme.colorScheme.primary)
        if (naming) {
            FieldWithButton(labels.placeField, plain(labels.confirm), close = { naming = false }) { text, reply ->
                actions.namePlace(text, reply.then { naming = false })
            }
        } else if (asksPlace) {
            LinkRow(labels.placeField, { naming = true })
        }
    }
}

@Composable
private fun Step(step: WifiStepView, canGoBack: Boolean, actions: WifiCallingActions) {
    val labels = LocalLabels.current
    Section {
        Heading(step.title, style = MaterialTheme.typography.headlineSmall)
        step.text.forEach { Said(it, style = MaterialTheme.typography.bodyLarge) }
        step.paths.forEach { Path(it, actions) }
        step.notes.forEach { Line(it, Icons.Outlined.Info) }
        Buttons(step, actions)
        if (canGoBack) SecondButton(plain(labels.stepBack), actions::stepBack)
    }
}

@Composable
private fun Buttons(step: WifiStepView, actions: WifiCallingActions) {
    val labels = LocalLabels.current
    step.switchOn?.let { AnyButton(it, step.main == WifiStepButton.SWITCH_ON, actions::switchOn) }
    step.check?.let { AnyButton(it, step.main == WifiStepButton.CHECK, actions::check) }
    step.answers.forEachIndexed { at, answer ->
        AnyButton(answer.label, at == 0 && step.main == WifiStepButton.FIRST_ANSWER) { actions.answer(step.id, answer.id) }
    }
    if (step.askEmployer) SecondButton(plain(labels.writeToEmployer), actions::askEmployer)
    if (step.report) SecondButton(plain(labels.sendReport), actions::report)
}

@Composable
private fun ShortVersion(path: PathView, actions: WifiCallingActions) {
    var open by rememberSaveable { mutableStateOf(false) }
    Section {
        FoldRow(plain(LocalLabels.current.shortVersion), open, { open = !open })
        if (open) Path(path, actions)
    }
}
