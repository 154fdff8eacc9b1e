// A prepared request, to be read before it leaves the phone.

package mobile.companion.ui

import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import mobile.companion.PreparedRequest
import mobile.companion.ui.model.Device
import mobile.companion.ui.parts.MainButton
import mobile.companion.ui.parts.Screen
import mobile.companion.ui.parts.SecondButton
import mobile.companion.ui.parts.Section
import mobile.companion.ui.parts.plain
import mobile.companion.ui.theme.LocalLabels

/** The letter with the ways to send it: by mail, or with whatever the person shares with. */
@Composable
internal fun LetterScreen(letter: PreparedRequest, device: Device, close: () -> Unit) {
    val labels = LocalLabels.current
    Screen(
        letter.subject,
        back = close,
        action = {
            MainButton(plain(labels.share), { device.share(letter.subject, letter.shareText) })
            SecondButton(plain(labels.writeToEmployer), { device.openLink(letter.mailto) })
        },
    ) {
        Section { SelectionContainer { Text(letter.body, style = MaterialTheme.typography.bodyLarge) } }
    }
}
