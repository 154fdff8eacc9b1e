// The code of an eSIM on its way into the phone. Nothing of the code itself is drawn but what is to be copied.

package mobile.companion.ui.gettingstarted

import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.outlined.CheckCircle
import androidx.compose.material.icons.outlined.Info
import androidx.compose.material.icons.outlined.RadioButtonUnchecked
import androidx.compose.material.icons.outlined.Warning
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import mobile.companion.EsimCodeView
import mobile.companion.EsimHandoverView
import mobile.companion.EsimRouteView
import mobile.companion.ui.model.then
import mobile.companion.ui.parts.Aside
import mobile.companion.ui.parts.CopyRow
import mobile.companion.ui.parts.FieldWithButton
import mobile.companion.ui.parts.Line
import mobile.companion.ui.parts.MainButton
import mobile.companion.ui.parts.Said
import mobile.companion.ui.parts.Screen
import mobile.companion.ui.parts.SecondButton
import mobile.companion.ui.parts.Section
import mobile.companion.ui.parts.WarningLine
import mobile.companion.ui.parts.WordButton
import mobile.companion.ui.parts.plain
import mobile.companion.ui.parts.typedSecret
import mobile.companion.ui.theme.LocalLabels

/**
 * Getting the code, then handing it to this phone.
 *
 * @param simId the SIM whose code the operator can be asked for; empty where there is none.
 */
@Composable
fun EsimScreen(
    simId: String,
    code: EsimCodeView?,
    handover: EsimHandoverView?,
    actions: GettingStartedActions,
    back: () -> Unit,
    problem: @Composable () -> Unit = {},
) {
    Screen(LocalLabels.current.esimInstall, back, problem = problem) {
        code?.let { Code(it, actions) }
        handover?.let { Handover(it, actions) }
        if (handover == null) Ways(simId, actions)
    }
}

/** The ways to get a code. */
@Composable
private fun Ways(simId: String, actions: GettingStartedActions) {
    val labels = LocalLabels.current
    Section {
        if (simId.isNotEmpty()) SecondButton(plain(labels.esimFetch), { actions.fetchCode(simId) })
        val typed = typedSecret(labels.esimField)
        SecondButton(plain(labels.esimScan), actions::scan)
        SecondButton(plain(actions.pasteLabel), { actions.pasted()?.let { typed.type(it.trim()) } })
        FieldWithButton(labels.esimField, plain(labels.confirm), typed = typed, onDone = actions::readCode)
    }
}

@Composable
private fun Code(code: EsimCodeView, actions: GettingStartedActions) {
    val labels = LocalLabels.current
    Section {
        Line(code.state, Icons.Outlined.Info)
        Aside(code.server)
        code.warnings.forEach { WarningLine(it) }
        Said(code.confirmation, style = MaterialTheme.typography.bodyMedium)
        var corrects by rememberSaveable { mutableStateOf(false) }
        if (code.hasConfirmation && !corrects) {
            WordButton(labels.confirmationField, { corrects = true })
        } else {
            FieldWithButton(
                labels.confirmationField,
                plain(labels.confirm),
                typed = typedSecret(labels.confirmationField),
                onDone = { typed, reply -> actions.confirm(typed, reply.then { corrects = false }) },
            )
        }
        MainButton(plain(labels.esimInstall), actions::install)
    }
}

@Composable
private fun Handover(view: EsimHandoverView, actions: GettingStartedActions) {
    Section {
        view.before.forEach { before ->
            Line(before.text, before.isMet.icon())
        }
    }
    view.routes.forEach { Way(it, actions) }
    Aside(view.afterwards)
}

/** What nobody knows is for the person to tick off. */
private fun Boolean?.icon() = when (this) {
    true -> Icons.Outlined.CheckCircle
    false -> Icons.Outlined.Warning
    null -> Icons.Outlined.RadioButtonUnchecked
}

@Composable
private fun Way(route: EsimRouteView, actions: GettingStartedActions) {
    val link = route.link
    if (link != null) {
        MainButton(route.title, { actions.openLink(link) })
    } else {
        Section(route.title) {
            route.fields.forEach { field -> CopyRow(field.label, plain(field.value)) { actions.copy(field) } }
        }
    }
}
