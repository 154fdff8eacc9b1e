// The app as a whole: sign-in, the places with their bar or rail, the present screen, and what covers it.

package mobile.companion.ui

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.WindowInsets
import androidx.compose.foundation.layout.consumeWindowInsets
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawing
import androidx.compose.foundation.layout.windowInsetsPadding
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Scaffold
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.unit.dp
import mobile.companion.FrameView
import mobile.companion.Place
import mobile.companion.ui.invoices.LocalClaims
import mobile.companion.ui.model.AppModel
import mobile.companion.ui.model.LocalReads
import mobile.companion.ui.navigation.needsNobody
import mobile.companion.ui.parts.LocalDrafts
import mobile.companion.ui.parts.ProblemCard
import mobile.companion.ui.signin.LockCover
import mobile.companion.ui.signin.SignIn
import mobile.companion.ui.theme.CompanionTheme

/** From this width on the places stand at the side. */
private val LARGE = 600.dp

/**
 * The whole app.
 *
 * @param dark whether to draw it in dark colours.
 * @param font the family of all text; the phone's own where none is given.
 */
@Composable
fun App(model: AppModel, dark: Boolean, font: FontFamily = FontFamily.Default) {
    val frame by model.frame.collectAsState()
    CompanionTheme(frame, model.labels, dark, font) {
        CompositionLocalProvider(
            LocalScreenStates provides rememberScreenStates(),
            LocalDrafts provides model.drafts,
            LocalReads provides model.reads,
            LocalClaims provides model.claims,
        ) {
            Surface(Modifier.fillMaxSize(), color = MaterialTheme.colorScheme.surface) { Uppermost(model, frame) }
        }
    }
}

/** What covers everything else, if something does. */
@Composable
private fun Uppermost(model: AppModel, frame: FrameView) {
    val session by model.session.collectAsState()
    val lock by model.lock.collectAsState()
    val letter by model.letter.collectAsState()
    val question by model.signIn.question.collectAsState()
    val problem: @Composable () -> Unit = { Problems(model) }
    when {
        lock.locked -> Inset { LockCover(lock.screen, model::unlock, problem) }

        letter != null -> Inset { Letter(model, problem) }

        // Whoever is signed in, or reads help, is asked as well.
        question != null -> Inset { Entrance(model, problem) }

        session.asksToSignIn -> Inset { Outside(model, problem) }

        else -> Inside(model, frame, problem)
    }
}

/** Nobody's figures are here. */
@Composable
private fun Outside(model: AppModel, problem: @Composable () -> Unit) {
    val stack by model.stack.collectAsState()
    if (stack.top.needsNobody) Present(model, stack, problem) else Entrance(model, problem)
}

@Composable
private fun Entrance(model: AppModel, problem: @Composable () -> Unit) {
    val session by model.session.collectAsState()
    val question by model.signIn.question.collectAsState()
    val splitBill by model.signIn.splitBill.collectAsState()
    SignIn(session, question, model.signIn, { model.open(Place.HELP) }, splitBill, problem)
}

@Composable
private fun Inside(model: AppModel, frame: FrameView, problem: @Composable () -> Unit) {
    val stack by model.stack.collectAsState()
    Frame(frame, stack.placeIn(frame), model::open) { Present(model, stack, problem) }
}

/** [content] with the places around it: at the bottom of a phone, at the side of a large window. */
@Composable
internal fun Frame(frame: FrameView, chosen: Place, open: (Place) -> Unit, content: @Composable () -> Unit) {
    BoxWithConstraints(Modifier.fillMaxSize()) {
        if (maxWidth >= LARGE) {
            Row(Modifier.fillMaxSize()) {
                Rail(frame.bar, chosen, open)
                Inset(Modifier.weight(1f), content)
            }
        } else {
            Scaffold(bottomBar = { PlacesBar(frame.bar, chosen, open) }) { inner ->
                Box(Modifier.padding(inner).consumeWindowInsets(inner).fillMaxSize()) { content() }
            }
        }
    }
}

@Composable
private fun Letter(model: AppModel, problem: @Composable () -> Unit) {
    val letter by model.letter.collectAsState()
    letter?.let { LetterScreen(it, model::share, model::mail, model::closeLetter, problem) }
}

@Composable
private fun Problems(model: AppModel) {
    val problem by model.problem.collectAsState()
    val session by model.session.collectAsState()
    // Who waits for a decision stays on the screen until there is one.
    session.otherAccount?.let { ProblemCard(it, model::replaceAccount, model::alternative, onClose = null) }
    problem?.takeIf { it.explanation != session.otherAccount }?.let {
        ProblemCard(it.explanation, model::remedy, model::alternative, model::closeProblem)
    }
}

/** Clear of the bars and the cut-outs of the phone. */
@Composable
private fun Inset(modifier: Modifier = Modifier, content: @Composable () -> Unit) {
    Box(modifier.fillMaxSize().windowInsetsPadding(WindowInsets.safeDrawing)) { content() }
}
