// A prepared request, to be read before it leaves the phone.

package mobile.companion.ui

import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import mobile.companion.PreparedRequest
import mobile.companion.ui.parts.MainButton
import mobile.companion.ui.parts.Screen
import mobile.companion.ui.parts.SecondButton
import mobile.companion.ui.parts.Section
import mobile.companion.ui.parts.plain
import mobile.companion.ui.theme.LocalLabels

/** The letter, by mail or otherwise. */
@Composable
internal fun LetterScreen(
    letter: PreparedRequest,
    share: (PreparedRequest) -> Unit,
    mail: (PreparedRequest) -> Unit,
    close: () -> Unit,
    problem: @Composable () -> Unit = {},
) {
    val labels = LocalLabels.current
    Screen(
        labels.share,
        back = close,
        action = {
            MainButton(plain(labels.share), { share(letter) })
            SecondButton(plain(labels.byEmail), { mail(letter) })
        },
        problem = problem,
    ) {
        Section(letter.subject) { SelectionContainer { Text(letter.body, style = MaterialTheme.typography.bodyLarge) } }
    }
}
