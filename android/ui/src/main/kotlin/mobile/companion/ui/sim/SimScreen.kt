// PIN and PUK of the person's SIMs: half a minute, large, and digit by digit for whoever listens.

package mobile.companion.ui.sim

import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.outlined.Dialpad
import androidx.compose.material.icons.outlined.Info
import androidx.compose.material.icons.outlined.SimCard
import androidx.compose.material.icons.outlined.Timer
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import mobile.companion.ActivationView
import mobile.companion.HelpArticleSummary
import mobile.companion.SimSecretKind
import mobile.companion.SimSecretView
import mobile.companion.SimView
import mobile.companion.SpokenText
import mobile.companion.ui.navigation.Route
import mobile.companion.ui.parts.Aside
import mobile.companion.ui.parts.CopyButton
import mobile.companion.ui.parts.HelpLinks
import mobile.companion.ui.parts.Line
import mobile.companion.ui.parts.MainButton
import mobile.companion.ui.parts.NoticeLine
import mobile.companion.ui.parts.Said
import mobile.companion.ui.parts.Screen
import mobile.companion.ui.parts.SecondButton
import mobile.companion.ui.parts.Section
import mobile.companion.ui.parts.SwitchRow
import mobile.companion.ui.parts.WarningLine
import mobile.companion.ui.parts.WholeWords
import mobile.companion.ui.parts.Words
import mobile.companion.ui.parts.plain
import mobile.companion.ui.parts.sayingAsOne
import mobile.companion.ui.theme.LocalLabels

/**
 * The person's SIMs.
 *
 * @param secret what is shown of one of them now.
 * @param isCopied whether a copy of the shown PUK is on this phone.
 */
@Composable
fun SimScreen(
    title: SpokenText,
    view: ActivationView,
    secret: SimSecretView?,
    isCopied: Boolean,
    articles: List<HelpArticleSummary>,
    actions: SimActions,
    open: (Route) -> Unit,
    back: (() -> Unit)?,
    problem: @Composable () -> Unit = {},
) {
    Screen(title, back, problem = problem) {
        view.notice?.let { NoticeLine(it, actions::remedy) }
        view.simsNotice?.let { Aside(it) }
        view.sims.forEach { sim -> Sim(sim, secret?.takeIf { it.sim == sim.id }, isCopied, actions) }
        HelpLinks(articles, open)
    }
}

@Composable
private fun Sim(sim: SimView, secret: SimSecretView?, isCopied: Boolean, actions: SimActions) {
    val labels = LocalLabels.current
    Section {
        Line(sim.label, Icons.Outlined.SimCard)
        if (secret != null) {
            Secret(secret, isCopied, actions)
        } else if (sim.tellsSecrets) {
            SecondButton(plain(labels.showPin), { actions.reveal(sim.id, SimSecretKind.PIN) })
            SecondButton(plain(labels.showPuk), { actions.reveal(sim.id, SimSecretKind.PUK) })
        }
    }
}

@Composable
private fun Secret(secret: SimSecretView, isCopied: Boolean, actions: SimActions) {
    val labels = LocalLabels.current
    Said(secret.title, style = MaterialTheme.typography.titleMedium)
    WholeWords(secret.digits.text, MaterialTheme.typography.displayMedium, Modifier.sayingAsOne(secret.digits.spoken))
    Line(secret.hides, Icons.Outlined.Timer)
    secret.warning?.let { WarningLine(it) }
    Line(secret.attempts, Icons.Outlined.Info)
    Line(secret.keypad, Icons.Outlined.Dialpad)
    secret.source?.let { Aside(it) }
    secret.copyLabel?.let { label ->
        SwitchRow(label, isCopied, true, { actions.keepCopy(secret.sim, it) }) { secret.copySentence?.let { Aside(it) } }
    }
    MainButton(plain(labels.hide), actions::hide)
    Words { CopyButton { actions.copy(secret) } }
}
