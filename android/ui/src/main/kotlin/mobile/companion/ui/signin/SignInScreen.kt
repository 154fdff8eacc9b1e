// The way in: the operator's name, one button, and what to do without an account.

package mobile.companion.ui.signin

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.outlined.PhoneAndroid
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import mobile.companion.InvitationView
import mobile.companion.SessionPhase
import mobile.companion.SessionView
import mobile.companion.SignInScreen
import mobile.companion.SplitBillChoice
import mobile.companion.ui.parts.FieldWithButton
import mobile.companion.ui.parts.Line
import mobile.companion.ui.parts.MainButton
import mobile.companion.ui.parts.NoticeLine
import mobile.companion.ui.parts.Pinned
import mobile.companion.ui.parts.Said
import mobile.companion.ui.parts.SecondButton
import mobile.companion.ui.parts.WordButton
import mobile.companion.ui.parts.plain
import mobile.companion.ui.parts.typedSecret
import mobile.companion.ui.theme.LocalLabels

/**
 * The sign-in screen.
 *
 * @param question what an opened invitation asks; it takes the place of the ways in.
 * @param isSplitBillOpen whether what belongs to a bill that is split is open.
 */
@Composable
fun SignIn(
    view: SessionView,
    question: InvitationView?,
    actions: SignInActions,
    help: () -> Unit,
    isSplitBillOpen: Boolean = false,
    problem: @Composable () -> Unit = {},
) {
    Column(Modifier.fillMaxSize().imePadding(), Arrangement.Center, Alignment.CenterHorizontally) {
        Column(
            Modifier.weight(1f, fill = false).widthIn(max = WIDEST).fillMaxWidth()
                .verticalScroll(rememberScrollState()).padding(24.dp),
            verticalArrangement = Arrangement.spacedBy(16.dp),
        ) {
            Title(view.screen)
            view.notice?.let { NoticeLine(it) }
            when {
                question != null -> Question(question, actions)
                view.phase == SessionPhase.SIGNING_IN -> Waiting(actions)
                else -> Ways(view.screen, isSplitBillOpen, actions)
            }
            // Who is asked something decides first.
            if (question == null) WordButton(LocalLabels.current.readArticle, help)
        }
        Pinned(Modifier.widthIn(max = WIDEST), problem)
    }
}

private val WIDEST = 480.dp

@Composable
private fun ColumnScope.Title(screen: SignInScreen) {
    Icon(
        Icons.Outlined.PhoneAndroid,
        null,
        Modifier.size(48.dp).align(Alignment.CenterHorizontally),
        tint = MaterialTheme.colorScheme.primary,
    )
    Said(
        screen.title,
        Modifier.fillMaxWidth().semantics { heading() },
        style = MaterialTheme.typography.headlineMedium,
        align = TextAlign.Center,
    )
}

@Composable
private fun Ways(screen: SignInScreen, isSplitBillOpen: Boolean, actions: SignInActions) {
    MainButton(screen.signInLabel, actions::signIn)
    screen.firstTimeLabel?.let { Said(it, Modifier.padding(top = 16.dp), style = MaterialTheme.typography.titleMedium) }
    screen.createAccount?.let { SecondButton(it, actions::createAccount) }
    screen.splitBill?.let { SplitBill(it, isSplitBillOpen, actions) }
}

@Composable
private fun SplitBill(choice: SplitBillChoice, isOpen: Boolean, actions: SignInActions) {
    if (!isOpen) {
        SecondButton(choice.label, { actions.openSplitBill(true) })
        return
    }
    val labels = LocalLabels.current
    Said(choice.sentence, style = MaterialTheme.typography.bodyLarge)
    // As good as the account that is made with it.
    val typed = typedSecret(labels.invitationField)
    FieldWithButton(labels.invitationField, choice.enterLabel, typed = typed, onDone = actions::readInvitation)
    SecondButton(choice.lostLabel, actions::lostInvitation)
    WordButton(labels.close, { actions.openSplitBill(false) })
}

@Composable
private fun Question(question: InvitationView, actions: SignInActions) {
    Said(question.title, style = MaterialTheme.typography.titleLarge)
    Said(question.sentence, style = MaterialTheme.typography.bodyLarge)
    question.notice?.let { NoticeLine(it) }
    MainButton(question.action, actions::acceptInvitation)
    SecondButton(question.dismiss, actions::dismissInvitation)
}

@Composable
private fun Waiting(actions: SignInActions) {
    val labels = LocalLabels.current
    Line(plain(labels.browserOpened))
    SecondButton(plain(labels.cancel), actions::cancel)
}
