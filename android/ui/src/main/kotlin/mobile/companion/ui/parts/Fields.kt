// Fields to type in, and what is there to be copied.

package mobile.companion.ui.parts

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.text.KeyboardActions
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedTextField
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.focus.focusRequester
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.error
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.unit.dp
import mobile.companion.Explanation
import mobile.companion.SpokenText
import mobile.companion.ui.model.Reply
import mobile.companion.ui.theme.LocalLabels

/**
 * A field with its button below. The keyboard's own key does what the button does; what was typed stays until it is taken, and
 * why it would not do is said under it.
 *
 * @param spoken what the field is called for whoever listens, where [label] alone does not say of what it is.
 * @param close gives it up, where it was opened to type in; it then has the keyboard at once.
 */
@Composable
fun FieldWithButton(
    label: String,
    button: SpokenText,
    type: KeyboardType = KeyboardType.Text,
    typed: Typed = rememberTyped(),
    spoken: String? = null,
    close: (() -> Unit)? = null,
    onDone: (String, Reply) -> Unit,
) {
    val done = { if (typed.text.isNotBlank()) onDone(typed.text.trim(), typed) }
    Column(verticalArrangement = Arrangement.spacedBy(8.dp)) {
        OutlinedTextField(
            typed.text,
            typed::type,
            Modifier.fillMaxWidth().typedInAtOnce(close != null).called(spoken).refusing(typed.refusal),
            label = { Drawn(label) },
            isError = typed.refusal != null,
            supportingText = typed.refusal?.let { why ->
                { Drawn(why.sentence, Modifier.semantics { liveRegion = LiveRegionMode.Polite }) }
            },
            singleLine = true,
            keyboardOptions = KeyboardOptions(keyboardType = type, imeAction = ImeAction.Done),
            keyboardActions = KeyboardActions(onDone = { done() }),
        )
        SecondButton(button, done, enabled = typed.text.isNotBlank())
        close?.let { WordButton(LocalLabels.current.cancel, it) }
    }
}

/** Takes the keyboard when it comes, and not again when one comes back to it. */
@Composable
private fun Modifier.typedInAtOnce(isOpened: Boolean): Modifier {
    if (!isOpened) return this
    val focus = remember { FocusRequester() }
    var isFresh by rememberSaveable { mutableStateOf(true) }
    LaunchedEffect(focus) {
        if (isFresh) focus.requestFocus()
        isFresh = false
    }
    return focusRequester(focus)
}

private fun Modifier.called(spoken: String?): Modifier =
    if (spoken == null) this else semantics { contentDescription = spoken }

/** Whoever listens hears in the field itself why it would not do. */
private fun Modifier.refusing(why: Explanation?): Modifier =
    if (why == null) this else semantics { error(why.spoken) }

/** Something to copy, with its button. */
@Composable
fun CopyRow(title: SpokenText, shown: SpokenText, onCopy: () -> Unit) {
    val copying = rememberCopying(onCopy)
    Row(Modifier.fillMaxWidth(), verticalAlignment = Alignment.CenterVertically) {
        Column(Modifier.weight(1f).padding(top = 4.dp, end = 8.dp, bottom = 4.dp)) {
            Words {
                Aside(title)
                // Whoever listens hears it of the button.
                if (copying.justNow) JustCopied()
            }
            WholeWords(shown.text, MaterialTheme.typography.titleMedium, Modifier.sayingAsOne(shown.spoken))
        }
        CopyIcon(copying, title.spoken)
    }
}

@Composable
private fun JustCopied() = Drawn(
    LocalLabels.current.copied,
    Modifier.clearAndSetSemantics {},
    MaterialTheme.typography.labelLarge,
    MaterialTheme.colorScheme.primary,
)

/** Words that do something, side by side as far as they fit. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
fun Words(modifier: Modifier = Modifier, content: @Composable () -> Unit) {
    FlowRow(modifier, horizontalArrangement = Arrangement.spacedBy(8.dp)) { content() }
}
