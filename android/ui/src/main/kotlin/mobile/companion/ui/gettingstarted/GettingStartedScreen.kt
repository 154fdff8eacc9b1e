// The way of a new line until it works: what is done, what is now, what comes.

package mobile.companion.ui.gettingstarted

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.padding
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.CheckCircle
import androidx.compose.material.icons.filled.Error
import androidx.compose.material.icons.filled.PlayCircle
import androidx.compose.material.icons.outlined.Flag
import androidx.compose.material.icons.outlined.RadioButtonUnchecked
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.dp
import mobile.companion.ActivationView
import mobile.companion.HelpArticleSummary
import mobile.companion.Labels
import mobile.companion.LineTrackView
import mobile.companion.Place
import mobile.companion.SpokenText
import mobile.companion.TrackNowView
import mobile.companion.TrackStepState
import mobile.companion.TrackStepView
import mobile.companion.ui.navigation.Route
import mobile.companion.ui.parts.AnyButton
import mobile.companion.ui.parts.Aside
import mobile.companion.ui.parts.Empty
import mobile.companion.ui.parts.Heading
import mobile.companion.ui.parts.HelpLinks
import mobile.companion.ui.parts.MainButton
import mobile.companion.ui.parts.NoticeLine
import mobile.companion.ui.parts.Refresh
import mobile.companion.ui.parts.Said
import mobile.companion.ui.parts.Screen
import mobile.companion.ui.parts.SecondButton
import mobile.companion.ui.parts.Section
import mobile.companion.ui.parts.TextIcon
import mobile.companion.ui.parts.plain
import mobile.companion.ui.parts.sayingAsOne
import mobile.companion.ui.theme.LocalLabels

/** Every line on its way, the present step large. */
@Composable
fun GettingStartedScreen(
    title: SpokenText,
    view: ActivationView,
    articles: List<HelpArticleSummary>,
    actions: GettingStartedActions,
    open: (Route) -> Unit,
    back: (() -> Unit)?,
    problem: @Composable () -> Unit = {},
) {
    Screen(title, back, Refresh(view.refreshing, actions::refresh), problem = problem) {
        view.notice?.let { NoticeLine(it, actions::remedy) }
        view.empty?.let { Empty(it, icon = Icons.Outlined.Flag) }
        view.lines.forEach { line ->
            Column {
                Said(line.title, style = MaterialTheme.typography.titleLarge)
                Aside(line.case)
            }
            Now(line, actions, open)
            Section { line.steps.forEach { Step(it) } }
        }
        HelpLinks(articles, open)
    }
}

@Composable
private fun Now(line: LineTrackView, actions: GettingStartedActions, open: (Route) -> Unit) {
    val labels = LocalLabels.current
    val now = line.now
    Section {
        Heading(now.title, style = MaterialTheme.typography.headlineSmall)
        now.text.forEach { Said(it, style = MaterialTheme.typography.bodyLarge) }
        Part(labels.keepAtHand, now.keep)
        Part(labels.byWhen, now.byWhen)
        Part(labels.ifNot, now.ifNot)
        Buttons(line.id, now, actions)
        if (now.esim) {
            MainButton(plain(labels.esimInstall), { open(Route.Esim(now.esimSimId.orEmpty())) })
        }
        if (now.wifiCalling) {
            SecondButton(plain(labels.goOn), { open(Route.At(Place.WIFI_CALLING)) })
        }
    }
}

@Composable
private fun Part(title: String, sentences: List<SpokenText>) {
    if (sentences.isEmpty()) return
    Column(Modifier.padding(top = 4.dp), verticalArrangement = Arrangement.spacedBy(4.dp)) {
        Heading(title, style = MaterialTheme.typography.titleSmall)
        sentences.forEach { Said(it, style = MaterialTheme.typography.bodyMedium) }
    }
}

@Composable
private fun Buttons(lineId: String, now: TrackNowView, actions: GettingStartedActions) {
    val labels = LocalLabels.current
    now.answers.forEach { answer -> AnyButton(answer.label, answer.isMain) { actions.tell(lineId, answer.id) } }
    now.request?.let { request -> SecondButton(plain(labels.writeToEmployer), { actions.ask(request) }) }
    now.claim?.let { letter -> SecondButton(plain(labels.askCompensation), { actions.claim(letter) }) }
}

@Composable
private fun Step(step: TrackStepView) {
    val isNow = step.state == TrackStepState.CURRENT || step.state == TrackStepState.FAILED
    Row(
        Modifier.padding(vertical = 4.dp).sayingAsOne("${step.title.spoken}: ${step.state.word(LocalLabels.current)}"),
        horizontalArrangement = Arrangement.spacedBy(12.dp),
    ) {
        TextIcon(step.state.icon(), tint = step.state.colour())
        val style = MaterialTheme.typography.bodyLarge
        Said(step.title, style = if (isNow) style.copy(fontWeight = FontWeight.Medium) else style)
    }
}

private fun TrackStepState.word(labels: Labels): String = when (this) {
    TrackStepState.DONE -> labels.stepDone
    TrackStepState.CURRENT -> labels.stepCurrent
    TrackStepState.AHEAD -> labels.stepAhead
    TrackStepState.FAILED -> labels.stepFailed
}

private fun TrackStepState.icon(): ImageVector = when (this) {
    TrackStepState.DONE -> Icons.Filled.CheckCircle
    TrackStepState.CURRENT -> Icons.Filled.PlayCircle
    TrackStepState.AHEAD -> Icons.Outlined.RadioButtonUnchecked
    TrackStepState.FAILED -> Icons.Filled.Error
}

@Composable
private fun TrackStepState.colour(): Color = when (this) {
    TrackStepState.DONE, TrackStepState.CURRENT -> MaterialTheme.colorScheme.primary
    TrackStepState.AHEAD -> MaterialTheme.colorScheme.outline
    TrackStepState.FAILED -> MaterialTheme.colorScheme.error
}
